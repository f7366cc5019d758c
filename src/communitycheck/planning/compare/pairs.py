"""Whose subjects are the same in two runs, and who is on one side alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.identity import Identity
from communitycheck.checking.repeated.ladder import PART, Declared, Matched, Rung, matched
from communitycheck.model.subjects import Subject
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.planning.compare.renames import Rename, Unused, declared, with_new_regions
from communitycheck.planning.compare.side import RunSide, SubjectKind
from communitycheck.planning.compare.subjects import both, subjects_at

# Above this share of subjects without a partner nothing is said to have changed: the two are not comparable.
UNMATCHED_BAR = 0.02


class KindPairs(Struct, frozen=True, eq=False):
    """The subjects of one kind on both sides.

    Attributes:
        parts, parts_after: those that were declared to be merged or split; they have no partner, and are none lost.
        other_name: whose partner has another name than they.
    """

    kind: SubjectKind
    before: Table
    after: Table
    matched: Matched
    parts: Bools
    parts_after: Bools
    other_name: Bools

    @property
    def gone(self) -> Bools:
        """Who was there before and has no partner now."""
        return (self.matched.found < 0) & ~self.parts

    @property
    def come(self) -> Bools:
        """Who is there now and had no partner before."""
        without = ~self.parts_after
        without[self.matched.found[self.matched.found >= 0]] = False
        return without

    @property
    def unmatched(self) -> float:
        """The share of subjects without a partner, on the side where it is larger."""
        shares = [int(mask.sum()) / len(mask) for mask in (self.gone, self.come) if len(mask)]
        return max(shares, default=0.0)

    @property
    def comparable(self) -> bool:
        return self.unmatched <= UNMATCHED_BAR

    def count(self, rung: Rung) -> int:
        return int(np.count_nonzero(self.matched.how == int(rung)))

    def sides(self, rows: Ints, rows_after: Ints) -> list[tuple[Subject, Subject]]:
        """Subjects before and after that stand side by side."""
        return list(zip(subjects_at(self.before, rows), subjects_at(self.after, rows_after), strict=True))


def pair_subjects(
    before: RunSide, after: RunSide, renames: Sequence[Rename] = ()
) -> tuple[dict[SubjectKind, KindPairs], list[Unused]]:
    """Match the subjects of two sides, kind by kind; and the renames that fit nobody."""
    used = [one for one in renames if one.since <= after.day]
    unused = [Unused(one, "later") for one in renames if one.since > after.day]
    found: dict[SubjectKind, KindPairs] = {}
    for kind in dict.fromkeys([*before.subjects, *after.subjects]):
        one, other = (side.subjects.get(kind) for side in (before, after))
        if one is None or other is None:
            present = one or other
            assert present is not None
            empty = _none_of(present)
            one, other = one or empty, other or empty
        found[kind] = _paired(kind, one, other, used, unused)
    known = {kind.entity for kind in found} | {level for pairs in found.values() for level in pairs.before.regions}
    unused += [Unused(one, "before-none") for one in used if one.entity not in known]
    return found, unused


def _paired(kind: SubjectKind, one: Table, other: Table, renames: Sequence[Rename], unused: list[Unused]) -> KindPairs:
    said = None if kind.group else declared(renames, one, other, unused)
    table = both(with_new_regions(renames, one), other)
    here = np.arange(len(one), dtype=np.int32)
    there = np.arange(len(one), len(table), dtype=np.int32)
    identity = Identity(table, regions_by_code=True)
    found = matched(identity, here, there, said)
    partner = there[found.found] if len(there) else np.zeros(len(here), np.int32)
    other_name = (found.found >= 0) & identity.names.differ(here, partner)
    return KindPairs(kind, one, other, found, *_parts(said, one, other), other_name)


def _parts(said: Declared | None, one: Table, other: Table) -> tuple[Bools, Bools]:
    if said is None:
        return np.zeros(len(one), bool), np.zeros(len(other), bool)
    return said.found == PART, said.parts_there


def _none_of(table: Table) -> Table:
    """A table of that kind without records."""
    nothing = np.zeros(0, np.int32)
    columns = {key: type(column)(key, text=column.text.slice(0, 0)) for key, column in table.columns.items()}
    regions = {level: type(one)(nothing, []) for level, one in table.regions.items()}
    return Table(table.about, columns, [], nothing, nothing, regions)
