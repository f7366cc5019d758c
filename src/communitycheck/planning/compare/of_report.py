"""A report as one side of a comparison."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.model.report import Report
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.returns import COLUMN_TO_CONFIRM
from communitycheck.model.rule import Rule
from communitycheck.model.subjects import Groups
from communitycheck.model.table import Bools, Floats, Ints, Table
from communitycheck.model.threshold_hash import threshold_hash
from communitycheck.planning.compare.places import SubjectPlaces, places_of
from communitycheck.planning.compare.side import COLUMNS, RuleKey, RuleVerdicts, RunSide, SubjectKind, side_open
from communitycheck.planning.compare.subjects import both, of_groups, of_records


def side_of(report: Report, shown: str) -> RunSide:
    """The subjects and verdicts of a report; ``shown`` is what people call it."""
    standards = {one.id: one for one in report.standards}
    hashes: dict[tuple[str, str], str] = {}
    side = RunSide(shown, report.as_of, tuple((s.id, s.title.zh) for s in report.standards), {}, {}, hashes)
    side.unread, side.open = len(report.unread), side_open(report.open_points())
    side.asked = [one for one in report.notices if one.code == COLUMN_TO_CONFIRM]
    side.stated = max((s.period for one in report.returns for s in one.sheets if s.period), default=None)
    judged = _JudgedSubjects(report)
    side.subjects, side.places = judged.subjects, judged.places
    for records in (one for some in report.governed.values() for one in some):
        # Whom no rule could judge stands in the return all the same: no comparison may call him gone.
        kind = SubjectKind(records.table.entity, group=False)
        if kind not in side.subjects and len(records):
            rows = records.rows(np.arange(len(records), dtype=np.int32))
            side.subjects[kind], side.places[kind] = of_records(records.table, rows), places_of(records.table, rows)
    for number, result in enumerate(report.results):
        rule = result.rule
        pair = rule.standard, rule.id
        if pair not in hashes:
            hashes[pair] = threshold_hash(rule, standards[rule.standard], report.dictionary, report.as_of)
        for kind, places, rows in judged.parts(result):
            _add(side, _verdicts(result, number, kind, places, rows, hashes[pair]))
    return side


def excused_fails(report: Report, side: RunSide) -> dict[RuleKey, Bools]:
    """Of each rule of ``side``, a side of the report: which verdicts a waiver or the return itself excuses."""
    found: dict[RuleKey, Bools] = {}
    for key, one in side.verdicts.items():
        excused, start = np.zeros(len(one.rows), bool), 0
        for number, n in one.parts:
            waived = np.zeros(len(report.results[number]), bool)
            waived[list(report.results[number].waived)] = True
            excused[start : start + n] = waived[one.places[start : start + n]]
            start += n
        found[key] = excused
    return found


class _JudgedSubjects:
    """Everybody that a report has a verdict on, each once, by kind."""

    def __init__(self, report: Report) -> None:
        self.subjects: dict[SubjectKind, Table] = {}
        self.places: dict[SubjectKind, SubjectPlaces] = {}
        self._row_of: list[tuple[Table, Ints]] = []  # of each table of records the rows of its records
        self._known: list[tuple[Records, Ints, Ints]] = []  # many rules judge the same records
        self._group_of: dict[SubjectKind, dict[tuple[str | None, ...], int]] = {}
        self._records(report)
        self._groups(report)

    def _records(self, report: Report) -> None:
        judged: list[tuple[Table, Bools]] = []
        for result in report.results:
            if isinstance(result.subjects, Records):
                table = result.subjects.table
                mask = next((mask for known, mask in judged if known is table), None)
                if mask is None:
                    mask = np.zeros(len(table), bool)
                    judged.append((table, mask))
                mask[slice(None) if result.subjects.index is None else result.subjects.index] = True
        sources: dict[SubjectKind, list[tuple[Table, Bools]]] = {}
        for table, mask in judged:
            sources.setdefault(SubjectKind(table.entity, group=False), []).append((table, mask))
        for kind, some in sources.items():
            for same in _of_one_source(some):
                self._add_records(kind, [table for table, _ in same], np.any([mask for _, mask in same], axis=0))

    def _add_records(self, kind: SubjectKind, tables: list[Table], mask: Bools) -> None:
        rows = np.flatnonzero(mask).astype(np.int32)
        found = of_records(tables[0], rows)
        before = self.subjects.get(kind)
        start = 0 if before is None else len(before)
        self.subjects[kind] = found if before is None else both(before, found)
        stand, known = places_of(tables[0], rows), self.places.get(kind)
        self.places[kind] = stand if known is None else known.joined(stand)
        row_of = np.full(len(mask), -1, np.int32)
        row_of[rows] = np.arange(start, start + len(rows), dtype=np.int32)
        self._row_of += [(table, row_of) for table in tables]

    def _groups(self, report: Report) -> None:
        for result in report.results:
            groups = result.subjects
            if not isinstance(groups, Groups):
                continue
            for level in dict.fromkeys(groups.levels):
                kind = SubjectKind(level, group=True)
                known = self._group_of.setdefault(kind, {})
                new = [i for i in _at_level(groups, level) if groups.paths[i] not in known]
                for i in new:
                    known[groups.paths[i]] = len(known)
                if new:
                    found, before = of_groups(groups, new, level), self.subjects.get(kind)
                    self.subjects[kind] = found if before is None else both(before, found)

    def parts(self, result: RuleResult) -> Iterator[tuple[SubjectKind, Ints, Ints]]:
        """The verdicts of a result by kind: their places, and the rows of their subjects."""
        subjects = result.subjects
        if isinstance(subjects, Records):
            yield SubjectKind(subjects.table.entity, group=False), *self._places_and_rows(subjects, len(result))
        elif isinstance(subjects, Groups):
            for level in dict.fromkeys(subjects.levels):
                kind, some = SubjectKind(level, group=True), _at_level(subjects, level)
                rows = [self._group_of[kind][subjects.paths[i]] for i in some]
                yield kind, np.array(some, np.int32), np.array(rows, np.int32)

    def _places_and_rows(self, subjects: Records, n: int) -> tuple[Ints, Ints]:
        known = next(((places, rows) for one, places, rows in self._known if one is subjects and len(rows) == n), None)
        if known is None:
            row_of = next(rows for table, rows in self._row_of if table is subjects.table)
            places = np.arange(n, dtype=np.int32)
            known = places, row_of[subjects.rows(places)]
            self._known.append((subjects, *known))
        return known


def _of_one_source(some: list[tuple[Table, Bools]]) -> list[list[tuple[Table, Bools]]]:
    """Tables that hold the same records stand together: each standard has its own."""
    found: list[list[tuple[Table, Bools]]] = []
    for table, mask in some:
        for others in found:
            if others[0][0].row_of is table.row_of and others[0][0].sheet_of is table.sheet_of:
                others.append((table, mask))
                break
        else:
            found.append([(table, mask)])
    return found


def _at_level(groups: Groups, level: str) -> list[int]:
    return [i for i, one in enumerate(groups.levels) if one == level]


def _verdicts(
    result: RuleResult, number: int, kind: SubjectKind, places: Ints, rows: Ints, hashed: str
) -> RuleVerdicts:
    rule, whole = result.rule, len(places) == len(result)
    short = np.full(len(result), np.nan)
    short[result.missed] = result.shortfall
    ends = [
        end if whole else end[places]  # of large tables nothing is kept twice
        for end in (result.observed_lo, result.observed_hi, result.required_lo, result.required_hi)
    ]
    figures = [*_once(*ends[:2]), *_once(*ends[2:]), short if whole else short[places]]
    return RuleVerdicts(
        RuleKey(rule.standard, rule.id, kind.entity),
        kind,
        rule.title,
        rule.severity,
        rule.unit,
        hashed,
        _direction(rule),
        rows,
        result.outcome if whole else result.outcome[places],
        figures[0],
        figures[1],
        figures[2],
        figures[3],
        figures[4],
        result.kind == "truth",
        ((number, len(places)),),
        places,
    )


def _once(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Two columns that may outlive their report: what is equal is held once, and so is a figure that all have."""
    if high is not low and np.array_equal(low, high, equal_nan=True):
        high = low
    first = low[:1].copy()
    if high is low and len(low) > 1 and np.array_equal(low, np.broadcast_to(first, low.shape), equal_nan=True):
        low = high = np.broadcast_to(first, low.shape)
    return low, high


def _direction(rule: Rule) -> str:
    return "" if rule.threshold is None else rule.threshold.comparison.direction or ""


def _add(side: RunSide, one: RuleVerdicts) -> None:
    """A rule whose severity hangs on the class has a result for each; together they are its verdicts."""
    known = side.verdicts.get(one.key)
    if known is None:
        side.verdicts[one.key] = one
        return
    for name in ("rows", "places", *COLUMNS):
        setattr(known, name, np.concatenate([getattr(known, name), getattr(one, name)]))
    known.parts += one.parts
