"""A report split into reports of single parts, so that each county gets its own and no other's.

Every record goes into exactly one of them; what cannot be placed at the level goes into one of its own. A verdict on a
group goes with the region that the group is or lies in; one on a larger region stays in the whole report alone.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from communitycheck.model.periods.past_records import PastRecords, past_notices
from communitycheck.model.report import Report, stray_notices
from communitycheck.model.result import Groups, Records, RuleResult
from communitycheck.model.result_part import part_of
from communitycheck.model.returns import Notice
from communitycheck.model.scores.score_result import ScoreResult
from communitycheck.model.subjects import Subjects
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.products.bundles.parts import Parts
from communitycheck.products.bundles.split_notices import NoticeBoard
from communitycheck.products.bundles.split_table import Stretches


class Split:
    """A report by its parts."""

    def __init__(self, report: Report, parts: Parts) -> None:
        self.whole = report
        self.parts = parts
        self._places: dict[Records, tuple[Ints, npt.NDArray[np.intp]]] = {}
        self._stretches: dict[Table, Stretches] = {}
        self._groups: dict[Groups, dict[int, list[int]]] = {}
        self._board = NoticeBoard(report, parts)

    def __len__(self) -> int:
        return self.parts.n

    def report(self, k: int) -> Report:
        """The report of part ``k``: its records, the groups in it, the returns and standards that concern it."""
        whole, regions = self.whole, self.parts.regions
        part = _Part(self, k)
        records, stray, past = part.all(whole.records), part.all(whole.stray), part.past(whole.past)
        standards = [s for s in whole.standards if self._governs(s.id, k)]
        governing = {s.id for s in standards}
        results = [part.result(r) for r in whole.results if r.rule.standard in governing]
        sheets = [sheet for some in records for sheet in some.table.sheets]
        paths = {sheet.path for sheet in sheets}
        kept = self._board.of(k, sheets)
        return replace(
            whole,
            region=regions[k] if regions else None,
            standards=standards,
            returns=[
                replace(one, tables=[], notices=[n for n in one.notices if n in kept])
                for one in whole.returns
                if one.path in paths
            ],
            results=[r for r in results if r.lacking or r.rule.manual is not None or len(r)],
            notices=[
                *sorted(kept & self._order.keys(), key=self._order.__getitem__),
                *past_notices(past),
                *stray_notices(stray),
            ],
            unread=[],
            records=records,
            stray=stray,
            past=past,
            scores=[part.score(one) for one in whole.scores if one.score.standard in governing],
            waivers=whole.waivers and whole.waivers.within(one for r in results for one in r.waived.values()),
            baseline=whole.baseline and whole.baseline.within(r.baseline for r in results if r.baseline is not None),
            governed={s: part.all(some) for s, some in whole.governed.items() if s in governing},
        )

    @cached_property
    def _order(self) -> dict[Notice, int]:
        """The whole report's notices, each with its place: there may be too many to run through for each part."""
        return {notice: i for i, notice in enumerate(self.whole.notices)}

    def stretches(self, table: Table) -> Stretches:
        if table not in self._stretches:
            self._stretches[table] = Stretches(table, self.parts.of_table[table], len(self))
        return self._stretches[table]

    def places(self, records: Records, k: int) -> Ints:
        """Positions among ``records`` of those in part ``k``, in their order."""
        if records not in self._places:
            here = self.parts.of(records)
            order = np.argsort(here, kind="stable").astype(np.int32)
            self._places[records] = order, np.searchsorted(here[order], np.arange(len(self) + 1))
        order, bounds = self._places[records]
        return order[bounds[k] : bounds[k + 1]]

    def groups_in(self, groups: Groups, k: int) -> list[int]:
        """Positions among ``groups`` of those in part ``k``; of those in no part for -1."""
        if groups not in self._groups:
            self._groups[groups] = defaultdict(list)
            for i, part in enumerate(self.parts.of_groups(groups)):
                self._groups[groups][part].append(i)
        return self._groups[groups].get(k, [])

    def in_no_part(self, result: RuleResult) -> list[int]:
        """Positions in ``result`` that no part's report holds: groups larger than the regions."""
        return self.groups_in(result.subjects, -1) if isinstance(result.subjects, Groups) else []

    def regions_of_returns(self) -> dict[str, list[int]]:
        """Path of a return -> the regions with a record in it, the one without a name left out."""
        found: dict[str, set[int]] = defaultdict(set)
        for records in self.whole.records:
            table = records.table
            sheet_of = table.sheet_of if records.index is None else table.sheet_of[records.index]
            pairs = np.unique(np.column_stack([sheet_of, self.parts.of(records)]), axis=0)
            for sheet, k in pairs.tolist():
                found[table.sheets[sheet].path].update((k,) if self.parts.regions[k].path else ())
        return {path: sorted(regions) for path, regions in found.items()}

    def _governs(self, standard: str, k: int) -> bool:
        """True where the standard governs a record of the part, or nothing tells whom it governs."""
        governed = self._governed.get(standard)
        return governed is None or bool(governed[k])

    @cached_property
    def _governed(self) -> dict[str, Bools]:
        """Standard -> along the parts: whether it governs a record there."""
        known = {standard: list(some) for standard, some in self.whole.governed.items()}
        for result in self.whole.results:
            if result.rule.standard not in self.whole.governed and isinstance(result.subjects, Records):
                known.setdefault(result.rule.standard, []).append(result.subjects)
        return {
            standard: np.array([any(len(self.places(r, k)) for r in some) for k in range(len(self))], dtype=bool)
            for standard, some in known.items()
        }


class _Part:
    """What lies in one part: small tables of its own, and the records in them."""

    def __init__(self, split: Split, k: int) -> None:
        self._split = split
        self._k = k
        self._tables: dict[Table, Table] = {}
        self._records: dict[Records, Records] = {}

    def all(self, some: list[Records]) -> list[Records]:
        """Those of ``some`` that have a record here."""
        return [one for records in some if len(one := self.records(records))]

    def past(self, some: list[PastRecords]) -> list[PastRecords]:
        here = [replace(one, records=self.records(one.records)) for one in some]
        return [one for one in here if len(one.records)]

    def records(self, records: Records) -> Records:
        """Those of ``records`` that lie here; the same object for the same records."""
        if records not in self._records:
            self._records[records] = self._picked(records)
        return self._records[records]

    def _picked(self, records: Records) -> Records:
        stretches = self._split.stretches(records.table)
        table = self._tables.get(records.table)
        if table is None:
            table = self._tables[records.table] = stretches.table(self._k)
        places = self._split.places(records, self._k)
        if records.index is None or len(places) == len(table):
            return Records(table)
        return Records(table, stretches.within(records.index[places], self._k))

    def result(self, result: RuleResult) -> RuleResult:
        """The verdicts on the records and groups that lie here."""
        return part_of(result, *self._here(result.subjects))

    def score(self, found: ScoreResult) -> ScoreResult:
        """The scores of the records and groups that lie here."""
        subjects, places = self._here(found.subjects)
        return found.picked(subjects, places, self._here(found.outside)[0])

    def _here(self, subjects: Subjects) -> tuple[Subjects, Ints]:
        """Those that lie here, and their places."""
        if isinstance(subjects, Records):
            return self.records(subjects), self._split.places(subjects, self._k)
        assert isinstance(subjects, Groups)
        found = self._split.groups_in(subjects, self._k)
        return subjects.picked(found), np.array(found, dtype=np.int32)
