"""What an aggregate was worked out from: whom it took together, and what it counted in each group."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from communitycheck.checking.repeated.once import Once
from communitycheck.model.expression import Node, names_in
from communitycheck.model.expression.values import Tru
from communitycheck.model.result import GapCause
from communitycheck.model.table import Floats, State

# What a cell that cannot be used is counted as; any other gap is a blank.
CAUSES = (
    (GapCause.IMPOSSIBLE, (State.IMPOSSIBLE, State.CONTRADICTED)),
    (GapCause.UNREADABLE, (State.UNREADABLE,)),
)


class Breakdown(NamedTuple):
    """What an aggregate was worked out from, a figure for each group; the numerator lies between two.

    ``at_worst`` is the denominator where of those who may or may not count all that have it not do. ``gaps`` are the
    records that are not known, a row a group and a column a ``GapCause``.
    """

    numerator: tuple[Floats, Floats]
    denominator: Floats
    gaps: Floats
    at_worst: Floats

    @property
    def blanks(self) -> Floats:
        total: Floats = self.gaps.sum(axis=1)
        return total


class Truths(NamedTuple):
    """Numbers of records in each group; ``perhaps`` are those of which it is not known whether they count."""

    yes: Floats
    maybe: Floats
    counted: Floats
    perhaps_not_yes: Floats
    perhaps_not_no: Floats
    gaps: Floats


class Taken(Struct):
    """The records that are taken together: who counts, who is of one subject, and what that was told by.

    ``behind`` gives the fields that an expression reads in the end.
    """

    scope: Tru
    once: Once | None = None
    where: Node | None = None
    behind: Callable[[Node], tuple[str, ...]] = names_in
