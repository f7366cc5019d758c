"""What is needed: for one rule, for one lever and all rules that ask for it together, and for groups of records.

All run along the rows of a table. An amount lies between two ends: ``least`` is what is missing for certain, with
``most`` the subject passes whatever the unknown figures are (infinite where nobody can tell).
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Literal

import numpy as np
from msgspec import Struct, field

from communitycheck.model.dictionary import Field
from communitycheck.model.result import RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Bytes, Floats, Ints, Table, among
from communitycheck.model.waiver import Waiver


class NeedKind(IntEnum):
    EXACT = 0  # missed by so much
    BOUNDED = 1  # missed, and known between two ends
    OPEN = 2  # not judged for want of figures: perhaps nothing is missing
    NONE = 3  # missed, and no amount helps
    LATER = 4  # met, and short of it once a budget adds to another lever

    @property
    def word(self) -> str:
        return self.name.lower()


class NoAmount(IntEnum):
    """Why no amount helps; the sentence is ``gap-none-<name>``."""

    NEVER = 0  # with however much more it does not pass
    RANGE = 1  # it would take more than the field can be

    @property
    def word(self) -> str:
        return self.name.lower()


class RuleNeed(Struct, eq=False):
    """What each row that one rule does not pass needs of its lever. ``why`` is a ``NoAmount`` where ``kind`` is
    ``NONE``."""

    rule: Rule
    rows: Ints
    least: Floats
    most: Floats
    kind: Bytes
    why: Bytes


class LeverNeed(Struct, eq=False):
    """What each row of a table needs of one lever, all rules that ask for it taken together: the largest of their
    amounts.

    Attributes:
        rows: in their order; each once.
        deciding: which of ``parts`` asks for most.
        again: rows of a subject that another row stands for, which are not added up.
        blocked: some rule that asks for the lever is not met by any amount of it.
        passes: with the addition in place each rule that was missed passes.
    """

    lever: Field
    table: Table
    rows: Ints
    least: Floats
    most: Floats
    kind: Bytes
    deciding: Ints
    parts: list[RuleNeed]
    again: Bools
    blocked: Bools
    passes: Bools

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def unit(self) -> str:
        return self.lever.shown_unit

    @property
    def short(self) -> Bools:
        """The rows that miss a limit and pass it with an addition."""
        return among(self.kind, NeedKind.EXACT, NeedKind.BOUNDED)

    @property
    def open(self) -> Bools:
        """The rows that nobody could judge."""
        return among(self.kind, NeedKind.OPEN)

    def nearest_first(self) -> Ints:
        """Positions: those that need least come first, then the open ones, then those that no amount helps."""
        amount = np.where(np.isfinite(self.most), self.most, np.inf)
        order = np.lexsort((self.rows, self.least, amount, np.maximum(self.kind, NeedKind.BOUNDED)))
        return order.astype(np.int32)


Order = Literal["amount", "levers", "equal"]


class Candidates(Struct, eq=False):
    """Those of a group that do not meet its condition, the cheapest first: by what their one lever lacks (``amount``),
    by how many levers they lack something (``levers``), or all alike (``equal``).

    Attributes:
        lacking: lever -> how much of it each lacks; infinite where no amount helps or nobody knows, 0 where they lack
            none of it. ``fields`` are the levers.
    """

    table: Table
    rows: Ints
    order: Order
    lacking: dict[str, Floats] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def lever(self) -> Field | None:
        """The one lever that they are in order of."""
        return next(iter(self.fields.values())) if self.order == "amount" else None

    def amount(self, n: int) -> float | None:
        """What the one at place ``n`` lacks of that; None where it is not known, or does not help."""
        lever = self.lever
        found = None if lever is None else float(self.lacking[lever.key][n])
        return found if found and np.isfinite(found) else None


class GroupNeed(Struct, eq=False):
    """What group ``i`` of a result needs: of a share how many more members have to meet it, of sums how much more of
    the lever in all. ``counted`` is whom the share is of, ``met`` who meets it for certain."""

    result: RuleResult
    i: int
    least: float
    most: float
    unit: str
    open: bool
    lever: Field | None = None
    counted: int | None = None
    met: int | None = None
    candidates: Candidates | None = None


class Unclosed(Struct, eq=False):
    """Rows that miss a rule which no lever closes."""

    result: RuleResult
    count: int


class WaivedNeed(Struct, frozen=True, eq=False):
    """A fail that a waiver excuses, subject ``i`` of a result: in no amount. ``least`` and ``most`` are what it would
    take of the ``lever``; NaN where nobody knows, or nothing does."""

    result: RuleResult
    i: int
    waiver: Waiver
    lever: Field | None = None
    least: float = math.nan
    most: float = math.nan


class Needs(Struct, eq=False):
    """Everything that the records of a run need.

    Attributes:
        unclosed: fails of rules without a lever.
        waived: fails that a waiver excuses, of any rule; they are in none of the others.
        after: rule id -> how many subjects passed before and would not with all additions in place.
        advisory: how many results of advisory rules were left out.
    """

    levers: list[LeverNeed] = field(default_factory=list)
    groups: list[GroupNeed] = field(default_factory=list)
    unclosed: list[Unclosed] = field(default_factory=list)
    waived: list[WaivedNeed] = field(default_factory=list)
    after: dict[tuple[str, str], int] = field(default_factory=dict)
    advisory: int = 0
