"""Reported against recomputed: a city's figure held against its own communities' records.

A rule on a city, county or street may name an aggregate (``model.aggregates``); it then runs over the records of the
kind below that lie in each of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from communitycheck.checking.evaluation.evaluate import everyone
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.breakdown import Taken
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.groups.grouping import Grouping
from communitycheck.checking.groups.open_cells import open_cells, perhaps_repeated
from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.checking.repeated.keys import Keys
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Call
from communitycheck.model.expression.values import Num, Value
from communitycheck.model.result import NONE_BELOW, Untold
from communitycheck.model.standard import Jurisdiction
from communitycheck.model.table import Bools, Ints, Table, combinations


class Recomputed:
    """Aggregates over the records below, an answer for each record above."""

    def __init__(self, above: GovernedRecords, below: GovernedRecords, level: str, place: Jurisdiction) -> None:
        self.n = len(above)
        inside = below.inside_jurisdiction()
        self.records = below.context().picked(inside)
        rows = below.records.rows(inside)
        codes = _home(above, below, rows, level, place)
        self.grouping = Grouping(codes, [level] * self.n, [()] * self.n, [""] * self.n)
        self.dictionary = below.dictionary
        self.taken = Taken(everyone(len(self.records)), below.once(), behind=below.fields_behind)
        self.known = np.bincount(codes[codes >= 0], minlength=self.n) > 0
        if below.table.about.kind == "thing" and not self.known.all():  # of communities each region has some
            self.known |= _without_any(above, below, rows, codes)

    def aggregate(self, call: Call) -> Value:
        """The aggregate for each record above; unknown where nothing below was returned."""
        value = GroupContext.of(self.records, self.grouping, self.taken).aggregate(call)
        assert isinstance(value, Num)
        low = np.where(self.known, value.lo, np.nan)
        na = None if value.na is None else np.where(self.known, value.na, np.uint8(0))
        return Num(low, low if value.exact else np.where(self.known, value.hi, np.nan), na)

    def open_cells(self, calls: list[Call], places: Ints) -> dict[int, tuple[Untold, ...]]:
        """For the records above at ``places`` what leaves the aggregates open: cells below, records that may be one, or
        that none is listed."""
        codes, once = self.grouping.codes, self.taken.once
        names = tuple(dict.fromkeys(name for call in calls for name in self.taken.behind(call)))
        found = open_cells(names, self.records, codes, ~self.taken.scope.no, places)
        within = None if once is None else once.within(codes)
        if within is not None:
            for i, told in perhaps_repeated(self.records, codes, within.doubtful, places).items():
                found[i] = (*found.get(i, ()), *told)
        nobody = Untold("", NONE_BELOW, self.records.records.table.entity)
        return {**found, **dict.fromkeys(places[~self.known[places]].tolist(), (nobody,))}


def _without_any(above: GovernedRecords, below: GovernedRecords, rows: Ints, codes: Ints) -> Bools:
    """Records above that have none below for certain: the same file lists those of several others in the same period,
    all of it was read, and of each record below it is known where it lies."""
    upper = above.records.rows(np.arange(len(above), dtype=np.int32))
    own, months = _months(above.table, upper, below.table, rows)
    table, homes = below.table, defaultdict[tuple[str, int], set[int]](set)
    paths = [sheet.path for sheet in table.sheets]
    combined = np.stack([table.sheet_of[rows].astype(np.int64), months, codes.astype(np.int64)])
    for sheet, month, home in np.unique(combined, axis=1).T.tolist():
        homes[paths[sheet], month].add(home)
    torn = table.torn.union(sheet.path for sheet in table.sheets if sheet.unread_rows)
    places = zip((above.table.sheets[k].path for k in above.table.sheet_of[upper].tolist()), own.tolist(), strict=True)
    listed = [homes.get(place, set()) if place[0] not in torn else set() for place in places]
    empty = [len(some) > 1 and -1 not in some and i not in some for i, some in enumerate(listed)]
    return np.array(empty, dtype=bool)


def _home(above: GovernedRecords, below: GovernedRecords, rows: Ints, level: str, place: Jurisdiction) -> Ints:
    """For each record below, the record above it in which it lies; -1 where that is uncertain."""
    upper = np.arange(len(above.table)) if above.records.index is None else above.records.index
    own, months = _months(above.table, upper.astype(np.int32), below.table, rows)
    names = [(month, _path(above.table, i, level)) for month, i in zip(own.tolist(), upper.tolist(), strict=True)]
    namesakes = Counter(names)
    homes = {name: i for i, name in enumerate(names) if namesakes[name] == 1}
    if place.level == level and len({path for _, path in homes}) == 1:
        # The jurisdiction's own record, of each period one: everything governed lies in it.
        of_month = {month: i for (month, _), i in homes.items()}
        return np.array([of_month.get(month, -1) for month in months.tolist()], dtype=np.int32)
    levels = _shared_levels(above.table, below.table, level)
    region = [below.table.regions[x] for x in levels]
    if not region:
        return np.full(len(rows), -1, dtype=np.int32)
    known, period = np.unique(months, return_inverse=True)
    parts = [(period.astype(np.int32), len(known)), *((r.codes[rows], len(r.names)) for r in region)]
    first, ids = combinations(parts, len(rows))
    some = zip(*(r.codes[rows[first]].tolist() for r in region), strict=True)
    found = [
        homes.get((month, tuple(r.names[c] if c >= 0 else "" for r, c in zip(region, codes, strict=True))), -1)
        for month, codes in zip(months[first].tolist(), some, strict=True)
    ]
    return np.array(found, dtype=np.int32)[ids]


def _months(above: Table, upper: Ints, below: Table, rows: Ints) -> tuple[Keys, Keys]:
    """The period of each record above and below, where returns of several are given, so that the parts of each are held
    against its own whole; all alike where there is one, or where a record does not say."""
    sides = [periods_of(table).months[places] for table, places in ((above, upper), (below, rows))]
    several = any(len(np.unique(side)) > 1 for side in sides)
    if several and all((side >= 0).all() for side in sides):
        return sides[0], sides[1]
    return np.zeros(len(upper), np.int64), np.zeros(len(rows), np.int64)


def _path(table: Table, i: int, level: str) -> tuple[str, ...]:
    above = [table.regions[x] for x in _shared_levels(table, table, level) if x != level]
    return (*(r.names[r.codes[i]] if r.codes[i] >= 0 else "" for r in above), table.name_at(i))


def _shared_levels(above: Table, below: Table, level: str) -> list[str]:
    """The level itself and the larger ones that both tables state."""
    larger = REGION_LEVELS[: REGION_LEVELS.index(level)]
    shared = [x for x in larger if x in above.regions and x in below.regions]
    return [*shared, *([level] if level in below.regions else [])]
