"""A report cut into reports of single regions, so that each county gets its own and no other's.

Every record goes into exactly one of them; what cannot be placed at the level goes into one of its own. A verdict on a
group goes with the region that the group is or lies in; one on a larger region stays in the whole report alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.regions import Path, Region, completed, levels_to, names_of, numbered
from communitycheck.model.report import Report, stray_notices
from communitycheck.model.result import Groups, Records, RuleResult, Subjects
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.products.bundles.split_notices import NoticeBoard
from communitycheck.products.bundles.split_table import Stretches

T = TypeVar("T")


def stated_levels(report: Report) -> tuple[str, ...]:
    """Region levels that some record states, the largest first."""
    found = {
        level
        for records in report.records
        for level, coded in records.table.regions.items()
        if (_picked(coded.codes, records) >= 0).any()
    }
    return tuple(level for level in REGION_LEVELS if level in found)


class Split:
    """A report by the regions of one level.

    ``regions`` are in the order of their paths, last the one without a name, if any record needs it. 鼓楼区 of two
    cities are two regions.
    """

    def __init__(self, report: Report, level: str) -> None:
        self.whole = report
        self.level = level
        self._ids: dict[Table, Ints] = {}  # the number of each record's region
        self._parts: dict[Records, tuple[Ints, npt.NDArray[np.intp]]] = {}
        self._stretches: dict[Table, Stretches] = {}
        self._paths: list[Path] = []  # the ways in which records state their regions
        self._homes: dict[Groups, dict[int, list[int]]] = {}
        self.regions = self._number()
        self._numbers = {region.path: k for k, region in enumerate(self.regions)}
        self._board = NoticeBoard(report, self._ids)

    def __len__(self) -> int:
        return len(self.regions)

    def report(self, k: int) -> Report:
        """The report of region ``k``: its records, the groups in it, the returns and standards that concern it."""
        whole = self.whole
        cut = _Cut(self, k)
        records, stray = cut.all(whole.records), cut.all(whole.stray)
        heard = {s.id for s in whole.standards if self._has_a_say(s.id, k)}
        results = [cut.result(r) for r in whole.results if r.rule.standard in heard]
        sheets = [sheet for some in records for sheet in some.table.sheets]
        paths = {sheet.path for sheet in sheets}
        kept = self._board.of(k, sheets)
        return replace(
            whole,
            region=self.regions[k],
            standards=[s for s in whole.standards if s.id in heard],
            returns=[
                replace(one, tables=[], notices=[n for n in one.notices if n in kept])
                for one in whole.returns
                if one.path in paths
            ],
            results=[r for r in results if r.lacking or r.rule.manual is not None or len(r)],
            notices=[*sorted(kept & self._order.keys(), key=self._order.__getitem__), *stray_notices(stray)],
            unread=[],
            records=records,
            stray=stray,
            governed={s: cut.all(some) for s, some in whole.governed.items() if s in heard},
        )

    @cached_property
    def _order(self) -> dict[Notice, int]:
        """The whole report's notices, each with its place: there may be too many to run through for each region."""
        return {notice: i for i, notice in enumerate(self.whole.notices)}

    def stretches(self, table: Table) -> Stretches:
        if table not in self._stretches:
            self._stretches[table] = Stretches(table, self._ids[table], len(self.regions))
        return self._stretches[table]

    def places(self, records: Records, k: int) -> Ints:
        """Positions among ``records`` of those in region ``k``, in their order."""
        if records not in self._parts:
            here = _picked(self._ids[records.table], records)
            order = np.argsort(here, kind="stable").astype(np.int32)
            self._parts[records] = order, np.searchsorted(here[order], np.arange(len(self.regions) + 1))
        order, bounds = self._parts[records]
        return order[bounds[k] : bounds[k + 1]]

    def groups_in(self, groups: Groups, k: int) -> list[int]:
        """Positions among ``groups`` of those that are region ``k`` or lie in it."""
        if groups not in self._homes:
            homes: dict[int, list[int]] = defaultdict(list)
            for i, region in enumerate(self._group_numbers(groups)):
                homes[region].append(i)
            self._homes[groups] = homes
        return self._homes[groups].get(k, [])

    def homes(self) -> dict[str, list[int]]:
        """Path of a return -> the regions with a record in it, the one without a name left out."""
        found: dict[str, set[int]] = defaultdict(set)
        for records in self.whole.records:
            table = records.table
            pairs = np.column_stack([table.sheet_of, self._ids[table]])
            picked = pairs if records.index is None else pairs[records.index]
            for sheet, k in np.unique(picked, axis=0).tolist():
                found[table.sheets[sheet].path].update((k,) if self.regions[k].path else ())
        return {path: sorted(regions) for path, regions in found.items()}

    def above(self, result: RuleResult) -> list[int]:
        """Positions in ``result`` that no region's report holds: groups larger than the regions."""
        return self.groups_in(result.subjects, -1) if isinstance(result.subjects, Groups) else []

    def _group_numbers(self, groups: Groups) -> list[int]:
        """The region of each group; -1 where it is larger than the regions, or could be in several of them."""
        depth = len(levels_to(self.level))
        paths = [groups.region(i) for i in range(len(groups))]
        whole = completed({path[:depth] for path in paths if len(path) >= depth}, self._paths)
        return [
            self._numbers.get(_names(whole[path[:depth]]), -1) if len(path) >= depth else -1 for path in paths
        ]

    def _has_a_say(self, standard: str, k: int) -> bool:
        """True where the standard governs a record of the region, or nothing tells whom it governs."""
        governed = self._governed.get(standard)
        return governed is None or bool(governed[k])

    @cached_property
    def _governed(self) -> dict[str, Bools]:
        """Standard -> along the regions: whether it governs a record there."""
        known = {standard: list(some) for standard, some in self.whole.governed.items()}
        for result in self.whole.results:
            if result.rule.standard not in self.whole.governed and isinstance(result.subjects, Records):
                known.setdefault(result.rule.standard, []).append(result.subjects)
        n = len(self.regions)
        return {
            standard: np.array([any(len(self.places(r, k)) for r in some) for k in range(n)], dtype=bool)
            for standard, some in known.items()
        }

    def _tables(self) -> list[Table]:
        """The tables that the records stand in."""
        whole = self.whole
        known = [*whole.records, *whole.stray, *(r for some in whole.governed.values() for r in some)]
        known += [r.subjects for r in whole.results if isinstance(r.subjects, Records)]
        return list(dict.fromkeys(r.table for r in known))

    def _number(self) -> list[Region]:
        """Give every record the number of its region; the regions by number."""
        levels = levels_to(self.level)
        keyed = {table: numbered(table, levels) for table in self._tables()}
        whole = completed(path for _, paths in keyed.values() for path in paths)
        self._paths = list(whole)
        ordered = sorted({_names(path) for path in whole.values()}, key=lambda path: (not path, path))
        number = {path: k for k, path in enumerate(ordered)}
        for table, (ids, paths) in keyed.items():
            lookup = np.array([number[_names(whole[path])] for path in paths], dtype=np.int32)
            self._ids[table] = lookup[ids]
        return [Region(self.level, path) for path in ordered]


class _Cut:
    """What lies in one region: small tables of its own, and the records in them."""

    def __init__(self, split: Split, k: int) -> None:
        self._split = split
        self._k = k
        self._tables: dict[Table, Table] = {}
        self._done: dict[Records, Records] = {}

    def all(self, some: list[Records]) -> list[Records]:
        """Those of ``some`` that have a record here."""
        return [one for records in some if len(one := self.records(records))]

    def records(self, records: Records) -> Records:
        """Those of ``records`` that lie here; the same object for records that share an index."""
        if records not in self._done:
            self._done[records] = self._narrowed(records)
        return self._done[records]

    def _narrowed(self, records: Records) -> Records:
        stretches = self._split.stretches(records.table)
        table = self._tables.get(records.table)
        if table is None:
            table = self._tables[records.table] = stretches.table(self._k)
        places = self._split.places(records, self._k)
        if records.index is None or len(places) == len(table):
            return Records(table)
        return Records(table, stretches.within(records.index[places], self._k))

    def result(self, result: RuleResult) -> RuleResult:
        subjects = result.subjects
        if isinstance(subjects, Records):
            return pick(result, self.records(subjects), self._split.places(subjects, self._k))
        assert isinstance(subjects, Groups)
        found = self._split.groups_in(subjects, self._k)
        some = Groups(
            [subjects.levels[i] for i in found],
            [subjects.paths[i] for i in found],
            [subjects.codes[i] for i in found],
        )
        return pick(result, some, np.array(found, dtype=np.int32))


def pick(result: RuleResult, subjects: Subjects, places: Ints) -> RuleResult:
    """The verdicts at ``places`` (ascending) alone, on ``subjects``."""
    at = np.searchsorted(result.missed, places)
    inside = at < len(result.missed)
    hit = np.zeros(len(places), dtype=bool)
    hit[inside] = result.missed[at[inside]] == places[inside]
    short = at[hit]
    return replace(
        result,
        subjects=subjects,
        outcome=result.outcome[places],
        reason=result.reason[places],
        observed_lo=result.observed_lo[places],
        observed_hi=result.observed_hi[places],
        required_lo=result.required_lo[places],
        required_hi=result.required_hi[places],
        missed=np.nonzero(hit)[0].astype(np.int32),
        shortfall=result.shortfall[short],
        add=None if result.add is None else result.add[short],
        numerator=None if result.numerator is None else (result.numerator[0][places], result.numerator[1][places]),
        denominator=None if result.denominator is None else result.denominator[places],
        blanks=None if result.blanks is None else result.blanks[places],
        items_missing=_of(result.items_missing, places),
        waived=_of(result.waived, places),
    )


def _of(by_place: dict[int, T], places: Ints) -> dict[int, T]:
    """Those at ``places``, by their new positions."""
    if not by_place:
        return {}
    return {new: by_place[old] for new, old in enumerate(places.tolist()) if old in by_place}


def _picked(values: npt.NDArray[np.int32], records: Records) -> npt.NDArray[np.int32]:
    return values if records.index is None else values[records.index]


def _names(path: Path) -> tuple[str, ...]:
    """The path of a region by which it is known; empty where its own name is blank."""
    return names_of(path) if path[-1] else ()
