"""The fails of a run that waivers excuse, and what became of each waiver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.same_subject import same_subjects
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Outcome, Records, RuleResult
from communitycheck.model.subjects import Subjects
from communitycheck.model.table import Ints, Table
from communitycheck.model.waiver import (
    WaivedSubject,
    Waiver,
    WaiverFile,
    WaiverOutcome,
    WaiversApplied,
    WaiverState,
    WaiverUse,
)
from communitycheck.planning.waivers.fits import Finder, finder_of

# Of so many subjects that were not found the nearest name is looked for.
_NEAR = 50


def waive(report: Report, file: WaiverFile) -> None:
    """Mark the fails that the waivers of ``file`` excuse on the day that the report judges by.

    A waiver is of a rule and a subject, whatever file, sheet and row the subject stands in. One that fits two subjects
    waives neither.
    """
    results: dict[str, list[RuleResult]] = defaultdict(list)
    for result in report.results:
        if len(result) and result.rule.manual is None:
            results[result.rule.id].append(result)
    run = _Run(report.as_of, results, list(dict.fromkeys(one.subject for one in file.waivers)))
    # Those that hold come first: what one has excused no expired one before it has brought back.
    order = sorted(range(len(file.waivers)), key=lambda n: not file.waivers[n].state(report.as_of).holds)
    found = {n: run.outcome(file.waivers[n]) for n in order}
    report.waivers = WaiversApplied(file.path, file.sha256, [found[n] for n in range(len(order))])


class _Met(Struct, frozen=True):
    """The subjects of a result that a waiver fits, and their positions there."""

    result: RuleResult
    home: Table | Groups
    rows: Ints
    places: Ints


class _Run:
    def __init__(self, day: date, results: dict[str, list[RuleResult]], wanted: Sequence[WaivedSubject]) -> None:
        self._day = day
        self._results = results
        self._wanted = wanted
        self._finders: dict[Table | Groups, Finder] = {}
        self._places: dict[Subjects, Ints] = {}
        self._sought = 0

    def outcome(self, waiver: Waiver) -> WaiverOutcome:
        state = waiver.state(self._day)
        results = [r for r in self._results[waiver.rule] if waiver.standard in ("", r.rule.standard)]
        if not results:
            return WaiverOutcome(waiver, state, WaiverUse.NOT_JUDGED)
        met = list(self._met(waiver, results))
        subjects = _count(met)
        if not subjects:
            unplaced = next((r for r in results if len(self._finder(r).find(waiver.subject).unplaced)), None)
            if unplaced is not None:
                return WaiverOutcome(waiver, state, WaiverUse.PLACE_UNKNOWN, near=self._written_place(waiver, unplaced))
            return WaiverOutcome(waiver, state, WaiverUse.NO_SUBJECT, near=self._near(waiver, results))
        if not waiver.subject.pattern and not _is_one(met):
            return WaiverOutcome(waiver, state, WaiverUse.SEVERAL, subjects=subjects)
        if _judged_twice(met):
            near = f"{waiver.rule}@{met[0].result.rule.standard}"
            return WaiverOutcome(waiver, state, WaiverUse.SEVERAL_STANDARDS, subjects=subjects, near=near)
        use, fails = self._waived(waiver, state, met)
        return WaiverOutcome(waiver, state, use, fails, subjects)

    def _met(self, waiver: Waiver, results: Sequence[RuleResult]) -> Iterator[_Met]:
        for result in results:
            rows = self._finder(result).find(waiver.subject).places
            if not len(rows):
                continue
            places = self._places_of(result)[rows]
            judged = places >= 0
            if judged.any():
                yield _Met(result, _home(result), rows[judged], places[judged])

    def _finder(self, result: RuleResult) -> Finder:
        home = _home(result)
        if home not in self._finders:
            self._finders[home] = finder_of(home, self._wanted)
        return self._finders[home]

    def _places_of(self, result: RuleResult) -> Ints:
        """The position in the result of each record of its table; -1 where it is not judged. Many rules judge the same
        records."""
        if result.subjects not in self._places:
            home = _home(result)
            places = np.full(len(home), -1, np.int32)
            every = np.arange(len(result), dtype=np.int32)
            rows = result.subjects.rows(every) if isinstance(result.subjects, Records) else every
            places[rows] = every
            self._places[result.subjects] = places
        return self._places[result.subjects]

    def _written_place(self, waiver: Waiver, result: RuleResult) -> str:
        """Where the returns say that the first of its name lies; empty where they say nothing of it."""
        places = self._places_of(result)[self._finder(result).find(waiver.subject).unplaced]
        judged = places[places >= 0].tolist()
        return "/".join(filter(None, result.subjects.subject(judged[0]).region)) if judged else ""

    def _near(self, waiver: Waiver, results: Sequence[RuleResult]) -> str:
        self._sought += 1
        if not waiver.subject.name or self._sought > _NEAR:
            return ""
        return next((near for r in results if (near := self._finder(r).near(waiver.subject))), "")

    def _waived(self, waiver: Waiver, state: WaiverState, met: Sequence[_Met]) -> tuple[WaiverUse, int]:
        """What it is used for, and the number of fails beneath it that no other waiver excuses."""
        fails, covered, others = 0, False, False
        for one in met:
            outcome = one.result.outcome[one.places]
            others |= bool(np.any((outcome != Outcome.PASS) & (outcome != Outcome.NOT_APPLICABLE)))
            for i in one.places[outcome == Outcome.FAIL].tolist():
                if i in one.result.waived:
                    covered = True
                    continue
                fails += 1
                (one.result.waived if state.holds else one.result.lapsed)[i] = waiver
        if fails:
            return WaiverUse.FAILS, fails
        if covered:
            return WaiverUse.COVERED, 0
        return (WaiverUse.NOT_A_FAIL if others else WaiverUse.NOT_NEEDED), 0


def _home(result: RuleResult) -> Table | Groups:
    """What its subjects are picked from."""
    if isinstance(result.subjects, Records):
        return result.subjects.table
    assert isinstance(result.subjects, Groups)
    return result.subjects


def _rows_by_home(met: Sequence[_Met]) -> dict[Table | Groups, Ints]:
    """The subjects, each once: a rule with classes of subjects has several results."""
    rows: dict[Table | Groups, list[Ints]] = defaultdict(list)
    for one in met:
        rows[one.home].append(one.rows)
    return {home: np.unique(np.concatenate(some)) for home, some in rows.items()}


def _count(met: Sequence[_Met]) -> int:
    standards = {one.result.rule.standard for one in met}
    by_standard = ([one for one in met if one.result.rule.standard == standard] for standard in standards)
    return max((sum(map(len, _rows_by_home(some).values())) for some in by_standard), default=0)


def _is_one(met: Sequence[_Met]) -> bool:
    """Whether all records are of one subject: returns may report it several times."""
    for standard in {one.result.rule.standard for one in met}:
        by_home = _rows_by_home([one for one in met if one.result.rule.standard == standard])
        if len(by_home) > 1:
            return False
        ((home, rows),) = by_home.items()
        if len(rows) > 1 and (isinstance(home, Groups) or not _alike(home, rows)):
            return False
    return True


def _alike(table: Table, rows: Ints) -> bool:
    found = same_subjects(table, rows)
    if found is None:
        return False
    joined = {int(found.kept[0])} if len(found.kept) else set()
    for kept, same in zip(found.kept.tolist(), found.same.tolist(), strict=True):
        if kept in joined:
            joined.add(same)
    return len(joined) == len(rows)


def _judged_twice(met: Sequence[_Met]) -> bool:
    """Whether two standards judge one of the subjects by rules of one id."""
    if len({one.result.rule.standard for one in met}) < 2:
        return False
    seen: dict[tuple[object, ...], str] = {}
    for one in met:
        for place in one.places.tolist():
            at = one.result.subjects.at(place, ())[0] or one.result.subjects.subject(place)
            if seen.setdefault((at,), one.result.rule.standard) != one.result.rule.standard:
                return True
    return False
