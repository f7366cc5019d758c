"""What a report adds up to: totals by rule, region and cause, counted over arrays, never verdict by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult, Verdict
from communitycheck.model.returns import Notice
from communitycheck.model.standard import SEVERITIES
from communitycheck.model.table import State, among, combinations
from communitycheck.model.units import canonical
from communitycheck.reporting.words.numbers import difference

# Only amounts of these can be added up over subjects; a sum of rates or of hours a day says nothing.
ADDABLE = {canonical(d) for d in ("area", "households", "persons", "items", "money")}
# A level with more regions than this (there are some 2,850 counties) is too fine for a summary.
REGIONS = 3000
TROUBLES = (State.BLANK, State.UNREADABLE, State.IMPOSSIBLE, State.EXEMPT)


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule in numbers. ``shortfall`` sums over its fails, in ``unit``; None where it cannot be summed."""

    result: RuleResult
    counts: dict[Outcome, int]
    shortfall: float | None
    unit: str

    @property
    def passed(self) -> int:
        return self.counts[Outcome.PASS]

    @property
    def failed(self) -> int:
        return self.counts[Outcome.FAIL]

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def concerned(self) -> int:
        """Verdicts on subjects that the rule covers."""
        return len(self.result) - self.counts[Outcome.NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class RegionTally:
    """One rule in one region. ``path`` runs from the largest region down; its last name is empty where unknown."""

    level: str
    path: tuple[str, ...]
    passed: int
    failed: int
    not_due: int
    no_data: int
    shortfall: float | None
    unit: str

    @property
    def judged(self) -> int:
        return self.passed + self.failed


@dataclass(slots=True)
class Cause:
    """Why verdicts could not be given: ``code`` is a cell's state or a reason, ``key`` the field to blame, if any."""

    code: str
    key: str
    standard: str
    count: int = 0
    rules: list[str] = field(default_factory=list)
    at: Address | None = None
    cells: tuple[str, ...] = ()


def tally(result: RuleResult, dictionary: Dictionary) -> Tally:
    """The rule's counts, and its shortfall: of the lever field where it has one, else its own if that can be added."""
    counts = result.counts()
    values, unit = amounts_missing(result, dictionary)
    if values is None or not counts[Outcome.PASS] + counts[Outcome.FAIL]:
        return Tally(result, counts, None, "")
    size = np.nanmax(np.abs(result.required_lo[result.missed]), initial=0.0) if len(result.missed) else 0.0
    return Tally(result, counts, difference(float(np.nansum(values[failed_of(result)])), float(size)), unit)


def is_listed(result: RuleResult) -> bool:
    """True for rules that judge: not manual, and with the columns they need."""
    return result.checked and result.rule.manual is None


def subjects_by_entity(report: Report) -> dict[str, int]:
    """How many subjects of each kind were read, in the order they came."""
    counts: Counter[str] = Counter()
    for records in report.records:
        counts[records.table.entity] += len(records)
    return dict(counts)


def all_notices(report: Report) -> Iterator[Notice]:
    """Every notice once: those of each return, then those of the run."""
    return iter(dict.fromkeys(chain(*(r.notices for r in report.returns), report.notices)))


def worst(report: Report, n: int, *, each: int = 3) -> list[tuple[RuleResult, int]]:
    """The ``n`` worst fails (result and position): binding rules first, then the largest relative shortfall; at most
    ``each`` of a rule."""
    ranked = []
    for order, result in enumerate(report.results):
        severity = SEVERITIES.index(result.rule.severity)
        for place, i in enumerate(result.worst(each)):
            ranked.append(((severity, -_relative(result.verdict(i)), order, place), result, i))
    ranked.sort(key=lambda r: r[0])
    return [(result, i) for _, result, i in ranked[:n]]


def group_verdicts(report: Report) -> list[tuple[RuleResult, int]]:
    """Verdicts on groups of records (result and position), those that need a look first."""
    order = {Outcome.FAIL: 0, Outcome.ERROR: 1, Outcome.NO_DATA: 2, Outcome.NOT_DUE: 3, Outcome.PASS: 4}
    found = [
        (order[outcome], result, i)
        for result in report.results
        if result.is_group and result.checked
        for i in range(len(result))
        if (outcome := Outcome(int(result.outcome[i]))) in order
    ]
    found.sort(key=lambda f: f[0])
    return [(result, i) for _, result, i in found]


def causes(report: Report) -> list[Cause]:
    """Why verdicts could not be given, the most frequent first; counts sum to all no_data and error verdicts."""
    found: dict[tuple[str, str, str], Cause] = {}
    for result in report.results:
        for code, key, places in blamed(result):
            standard = result.rule.standard if key else ""
            cause = found.setdefault((code, key, standard), Cause(code, key, standard))
            if not cause.count:
                cause.at, cause.cells = result.subjects.at(int(places[0]), (key,) if key else result.fields)
            cause.count += len(places)
            if result.rule.id not in cause.rules:
                cause.rules.append(result.rule.id)
    return sorted(found.values(), key=lambda c: -c.count)


class Regions:
    """Rules by region. The regions of records that share an index are worked out once."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._known: dict[tuple[int, int, str], tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]] = {}

    def levels(self, result: RuleResult) -> tuple[str, ...]:
        """Region levels above the rule's subjects that the return states, the largest first; none too fine."""
        if not isinstance(result.subjects, Records) or not len(result):
            return ()
        records = result.subjects
        table = records.table
        above = REGION_LEVELS
        if table.entity in REGION_LEVELS:
            above = REGION_LEVELS[: REGION_LEVELS.index(table.entity)]
        stated = [level for level in above if level in table.regions]
        return tuple(level for level in stated if self.is_coarse(records, level))

    def is_coarse(self, records: Records, level: str) -> bool:
        """True where a summary can list the records' regions of ``level`` one by one."""
        return len(self.of(records, level)[1]) <= REGIONS

    def tallies(self, result: RuleResult, level: str) -> list[RegionTally]:
        """One for each region of ``level`` with somebody in scope, in the order of their names."""
        records = result.subjects
        assert isinstance(records, Records)
        here, paths = self.of(records, level)
        values, unit = amounts_missing(result, self._dictionary)

        def counted(outcome: Outcome) -> npt.NDArray[np.int64]:
            return np.bincount(here[result.outcome == outcome], minlength=len(paths))

        passed, failed = counted(Outcome.PASS), counted(Outcome.FAIL)
        not_due, no_data = counted(Outcome.NOT_DUE), counted(Outcome.NO_DATA) + counted(Outcome.ERROR)
        short = None
        if values is not None:
            fails = failed_of(result)
            weights = np.nan_to_num(values[fails], nan=0.0)
            short = np.bincount(here[result.missed[fails]], weights=weights, minlength=len(paths))
        concerned = np.nonzero(passed + failed + not_due + no_data)[0]
        lines = [
            RegionTally(
                level,
                paths[k],
                int(passed[k]),
                int(failed[k]),
                int(not_due[k]),
                int(no_data[k]),
                None if short is None else float(short[k]),
                unit,
            )
            for k in concerned.tolist()
        ]
        return sorted(lines, key=lambda line: line.path)

    def of(self, records: Records, level: str) -> tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]:
        """For each record the number of its region, and the regions' paths: 鼓楼区 of two cities are two."""
        table, index = records.table, records.index
        key = (id(table), id(index), level)
        if key not in self._known:
            upto = REGION_LEVELS[: REGION_LEVELS.index(level) + 1]
            coded = [table.regions[one] for one in upto if one in table.regions]
            rows = np.arange(len(table)) if index is None else index
            first, ids = combinations(((one.codes[rows], len(one.names)) for one in coded), len(rows))
            paths = [
                tuple(one.names[one.codes[k]] if one.codes[k] >= 0 else "" for one in coded)
                for k in rows[first].tolist()
            ]
            self._known[key] = (ids, paths)
        return self._known[key]


def failed_of(result: RuleResult) -> npt.NDArray[np.bool_]:
    """Along ``missed``: which of them are fails (the others are not due)."""
    return among(result.outcome[result.missed], Outcome.FAIL)


def amounts_missing(result: RuleResult, dictionary: Dictionary) -> tuple[npt.NDArray[np.float64] | None, str]:
    """What is missing along ``missed``, and its unit; None where amounts of that kind do not add up."""
    rule = result.rule
    if rule.threshold is None or rule.threshold.comparison.direction is None or result.kind == "truth":
        return None, ""
    if result.add is not None:
        known = dictionary.find(rule.lever or "")
        unit = result.add_unit or (known.unit if known else "")
        return (result.add, unit) if unit in ADDABLE else (None, "")
    return (result.shortfall, rule.unit) if rule.unit in ADDABLE else (None, "")


def _relative(verdict: Verdict) -> float:
    required = verdict.required[0] if isinstance(verdict.required, tuple) else verdict.required
    if verdict.shortfall is None:
        return 0.0
    return verdict.shortfall / abs(required) if required else verdict.shortfall


def blamed(result: RuleResult) -> Iterator[tuple[str, str, npt.NDArray[np.intp]]]:
    """(cause, field, positions), each undecided verdict in exactly one: the first cell in trouble is to blame."""
    undecided = among(result.outcome, Outcome.NO_DATA, Outcome.ERROR)
    if not undecided.any():
        return
    records = result.subjects
    for number in np.unique(result.reason[undecided]).tolist():
        left = np.nonzero(undecided & (result.reason == number))[0]
        reason = Reason(number)
        if reason in (Reason.MISSING, Reason.SCOPE_UNKNOWN) and isinstance(records, Records):
            for state, key in [(s, k) for k in result.fields for s in TROUBLES] + [
                (State.ABSENT, k) for k in result.fields
            ]:
                hit = _in_state(records, key, state, left)
                if hit.any():
                    yield state.name.lower(), key, left[hit]
                    left = left[~hit]
        if len(left):
            yield reason.code.removeprefix("reason-"), "", left


def _in_state(records: Records, key: str, state: State, places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    column = records.table.columns.get(key)
    if column is None:
        return np.full(len(places), state is State.ABSENT)
    if column.state is None:
        return np.zeros(len(places), dtype=bool)
    rows = places if records.index is None else records.index[places]
    return np.asarray(column.state[rows] == state)
