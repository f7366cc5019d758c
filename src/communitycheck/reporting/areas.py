"""The report by area: what each region has met, missed and has to mend.

The areas are the regions of the largest level of which the report holds several: counties for a city, streets for a
county. Where no level does, each subject is an area of its own. Sums run over arrays; names are made for the areas
that are looked at alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Name
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult, Subject
from communitycheck.model.standard import Rule
from communitycheck.model.table import Table, among
from communitycheck.reporting.summary import REGIONS, Regions, amounts_missing, blamed, failed_of, is_listed

UNPLACED = ("document", "period")  # subjects that belong to no region
CELLS = 4  # cells named of one kind of trouble in one area

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Missed:
    """Fails of one rule in one area, waived ones left out. ``amount`` is None where amounts do not add up."""

    result: RuleResult
    count: int
    amount: float | None
    unit: str


@dataclass(slots=True)
class Trouble:
    """Cells of one area that gave no value: their state, or the reason, the field to blame, and a few of them."""

    code: str
    key: str
    standard: str
    count: int
    at: list[tuple[Address | None, tuple[str, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Area:
    """One region, or one subject. Passed, failed, waived and undecided count verdicts of binding rules on single
    subjects; ``advisory`` those that advisory rules found short. ``needs`` is what closes all fails, by field: of
    several rules that ask a subject for the same field the largest amount counts.
    """

    path: tuple[str, ...]
    subject: Subject | None
    subjects: int
    passed: int
    failed: int
    waived: int
    undecided: int
    advisory: int
    to_mend: int
    needs: dict[str, float]
    missed: list[Missed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    groups: list[tuple[RuleResult, int]] = field(default_factory=list)

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    def less(self, others: list[Area]) -> Area:
        """What is left of a total without ``others``."""
        return Area(
            path=(),
            subject=None,
            subjects=self.subjects - sum(a.subjects for a in others),
            passed=self.passed - sum(a.passed for a in others),
            failed=self.failed - sum(a.failed for a in others),
            waived=self.waived - sum(a.waived for a in others),
            undecided=self.undecided - sum(a.undecided for a in others),
            advisory=self.advisory - sum(a.advisory for a in others),
            to_mend=self.to_mend - sum(a.to_mend for a in others),
            needs={key: n - sum(a.needs.get(key, 0.0) for a in others) for key, n in self.needs.items()},
        )


class Areas:
    """All areas of a report, numbered. ``level`` is a region level, or empty where each subject is an area."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._regions = Regions(report.dictionary)
        self.tables = list(dict.fromkeys(_tables(report)))
        self._judged = self._rows_judged()
        self.level = self._level()
        self._ids: dict[Table, npt.NDArray[np.int64]] = {}
        self._paths: list[tuple[str, ...]] = []
        self._starts: list[tuple[int, Table]] = []
        if self.level:
            self._number_regions()
        else:
            self._number_subjects()
        self._count()

    def __len__(self) -> int:
        return len(self._concerned)

    @property
    def region(self) -> dict[str, str]:
        """The region that all subjects lie in, level by level from the largest down; empty where they share none."""
        found: dict[str, str] = {}
        for level in REGION_LEVELS:
            if any(t.entity in UNPLACED or _above(t, level) for t in self.tables) or not self.tables:
                break
            names = set()
            for table in self.tables:
                names |= self._names(table, level) if level in table.regions else {""}
            if len(names) > 1:
                break
            if names != {""}:
                found[level] = names.pop()
        return found

    @property
    def entities(self) -> list[str]:
        """Kinds of subject that are judged one by one, in the order they came."""
        return list(dict.fromkeys(t.entity for t in self.tables))

    @property
    def need_fields(self) -> list[tuple[str, str, str, float]]:
        """Fields that have to grow: (field, unit, standard, amount over all areas), the largest of each unit first."""
        found = [(key, *self._need_units[key], float(sums.sum())) for key, sums in self._needs.items()]
        return sorted((f for f in found if f[3] > 0), key=lambda f: (f[1], -f[3], f[0]))

    @property
    def total(self) -> Area:
        """All areas together."""
        return Area(
            path=(),
            subject=None,
            subjects=int(self._subjects.sum()),
            passed=int(self._passed.sum()),
            failed=int(self._failed.sum()),
            waived=int(self._waived.sum()),
            undecided=int(self._undecided.sum()),
            advisory=int(self._advisory.sum()),
            to_mend=int(self._to_mend.sum()),
            needs={key: float(amounts.sum()) for key, amounts in self._needs.items()},
        )

    def pick(self, n: int) -> list[Area]:
        """All areas with somebody judged in the order they came, or, where they are more than ``n``, the ``n`` with
        the most fails; with what each has to mend and to supply again."""
        chosen = self._concerned
        if len(chosen) > n:
            weight = np.lexsort((chosen, -self._undecided[chosen], -self._failed[chosen]))
            chosen = chosen[weight[:n]]
        areas = [self._area(int(k)) for k in chosen]
        slot = np.full(self._n + 1, -1, dtype=np.int64)  # the last one is for records outside all areas
        slot[chosen] = np.arange(len(chosen))
        self._fill_missed(areas, slot)
        self._fill_troubles(areas, slot)
        self._fill_groups(areas)
        return areas

    def outside(self, result: RuleResult) -> npt.NDArray[np.bool_]:
        """Which of the result's records lie in no area: a city's own record among its counties."""
        records = result.subjects
        assert isinstance(records, Records)
        ids = self._ids[records.table]
        return np.asarray((ids if records.index is None else ids[records.index]) == self._n)

    # numbering

    def _rows_judged(self) -> dict[Table, npt.NDArray[np.bool_]]:
        """For each table the records that some rule looked at; a report on one county looks at that county's alone."""
        judged = {t: np.zeros(len(t), dtype=bool) for t in self.tables}
        for result in self._report.results:
            if isinstance(result.subjects, Records):
                index = result.subjects.index
                judged[result.subjects.table][slice(None) if index is None else index] = True
        return judged

    def _names(self, table: Table, level: str) -> set[str]:
        """Names of the regions that the table's judged records lie in; an empty one where a record states none."""
        coded = table.regions[level]
        codes = np.unique(coded.codes[self._judged[table]]).tolist()
        return {coded.names[k] if k >= 0 else "" for k in codes}

    def _level(self) -> str:
        for level in REGION_LEVELS:
            stated = [self._names(t, level) for t in self.tables if level in t.regions]
            if len({name for names in stated for name in names if name}) > 1:
                fine = sum(len(self._regions.of(Records(t), level)[1]) for t in self.tables if level in t.regions)
                return level if fine <= REGIONS else ""
        return ""

    def _number_regions(self) -> None:
        level = self.level
        known = {t: self._regions.of(Records(t), level) for t in self.tables if level in t.regions}
        whole = _merged([path for _, paths in known.values() for path in paths])
        numbers: dict[tuple[str, ...], int] = {}
        for path in sorted(whole.values(), key=lambda p: not p[-1]):  # unnamed ones come last
            numbers.setdefault(path, len(numbers))
        numbers.setdefault(("",), len(numbers))
        for table in self.tables:
            if table in known:
                ids, paths = known[table]
                own = np.array([numbers[whole[path]] for path in paths], dtype=np.int64)
                self._ids[table] = own[ids]
            else:
                outside = _above(table, level) or table.entity in UNPLACED
                self._ids[table] = np.full(len(table), len(numbers) if outside else numbers[("",)])
        self._paths = list(numbers)
        self._n = len(numbers)

    def _number_subjects(self) -> None:
        start = 0
        for table in self.tables:
            self._ids[table] = np.arange(start, start + len(table), dtype=np.int64)
            self._starts.append((start, table))
            start += len(table)
        self._n = start

    # sums

    def _results(self) -> Iterator[tuple[RuleResult, Records, npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Results on single records, with the row and the area of each of their subjects."""
        for result in self._report.results:
            if is_listed(result) and isinstance(result.subjects, Records) and len(result):
                records = result.subjects
                rows = np.arange(len(records.table)) if records.index is None else records.index.astype(np.int64)
                yield result, records, rows, self._ids[records.table][rows]

    def _tallied(self, areas: npt.NDArray[np.int64], weights: npt.NDArray[np.float64] | None = None) -> Counts:
        return np.bincount(areas, weights=weights, minlength=self._n + 1)[: self._n]

    def _count(self) -> None:
        zeros = np.zeros(self._n, dtype=np.int64)
        self._passed, self._failed, self._waived = zeros.copy(), zeros.copy(), zeros.copy()
        self._undecided, self._advisory, self._not_due = zeros.copy(), zeros.copy(), zeros.copy()
        to_mend = {t: np.zeros(len(t), dtype=bool) for t in self.tables}
        needs: dict[tuple[Table, str], npt.NDArray[np.float64]] = {}
        self._need_units: dict[str, tuple[str, str]] = {}
        for result, records, rows, here in self._results():
            fails = result.missed[failed_of(result)]
            if result.rule.severity == "advisory":
                self._advisory += self._tallied(here[fails])
                continue
            self._passed += self._tallied(here[among(result.outcome, Outcome.PASS)])
            self._failed += self._tallied(here[fails])
            self._not_due += self._tallied(here[among(result.outcome, Outcome.NOT_DUE)])
            undecided = among(result.outcome, Outcome.NO_DATA, Outcome.ERROR)
            self._undecided += self._tallied(here[undecided])
            kept = _unwaived(result, fails)
            self._waived += self._tallied(here[fails[~kept]])
            to_mend[records.table][rows[fails[kept]]] = True
            amounts, unit = amounts_missing(result, self._report.dictionary)
            key = _need(result.rule)
            if amounts is not None and key:
                most = needs.setdefault((records.table, key), np.zeros(len(records.table)))
                short = np.nan_to_num(amounts[failed_of(result)][kept], nan=0.0)
                np.maximum.at(most, rows[fails[kept]], short)
                self._need_units.setdefault(key, (unit, result.rule.standard))
        self._to_mend, self._subjects = zeros.copy(), zeros.copy()
        self._needs: dict[str, npt.NDArray[np.float64]] = defaultdict(lambda: np.zeros(self._n))
        for table in self.tables:
            ids = self._ids[table]
            self._subjects += self._tallied(ids[self._judged[table]])
            self._to_mend += self._tallied(ids[to_mend[table]])
        for (table, key), most in needs.items():
            self._needs[key] += self._tallied(self._ids[table], most)
        concerned = self._passed + self._failed + self._undecided + self._advisory + self._not_due
        self._concerned = np.nonzero(concerned)[0]

    # one area

    def _area(self, k: int) -> Area:
        subject = None if self.level else self._subject(k)
        return Area(
            path=self._paths[k] if subject is None else (*subject.region, subject.name),
            subject=subject,
            subjects=int(self._subjects[k]),
            passed=int(self._passed[k]),
            failed=int(self._failed[k]),
            waived=int(self._waived[k]),
            undecided=int(self._undecided[k]),
            advisory=int(self._advisory[k]),
            to_mend=int(self._to_mend[k]),
            needs={key: float(sums[k]) for key, sums in self._needs.items()},
        )

    def _subject(self, k: int) -> Subject:
        start, table = next(pair for pair in reversed(self._starts) if pair[0] <= k and len(pair[1]))
        return Records(table).subject(k - start)

    def _fill_missed(self, areas: list[Area], slot: Counts) -> None:
        for result, _, _, here in self._results():
            if result.rule.severity == "advisory":
                continue
            failed = failed_of(result)
            fails = result.missed[failed]
            kept = _unwaived(result, fails)
            slots = slot[here[fails[kept]]]
            inside = slots >= 0
            if not inside.any():
                continue
            counts = np.bincount(slots[inside], minlength=len(areas))
            amounts, unit = amounts_missing(result, self._report.dictionary)
            sums = None
            if amounts is not None:
                short = np.nan_to_num(amounts[failed][kept], nan=0.0)
                sums = np.bincount(slots[inside], weights=short[inside], minlength=len(areas))
            for k in np.nonzero(counts)[0].tolist():
                amount = None if sums is None else float(sums[k])
                areas[k].missed.append(Missed(result, int(counts[k]), amount, unit))

    def _fill_troubles(self, areas: list[Area], slot: Counts) -> None:
        """Cells to supply again: a cell that several rules ask for is one cell."""
        found: dict[tuple[Table, str, tuple[str, ...]], tuple[str, str, npt.NDArray[np.bool_]]] = {}
        for result, records, rows, _ in self._results():
            table = records.table
            for code, key, places in blamed(result):
                fields = (key,) if key else result.fields
                wanted = found.setdefault(
                    (table, code, fields), (key, result.rule.standard, np.zeros(len(table), dtype=bool))
                )
                wanted[2][rows[places]] = True
        for (table, code, fields), (key, standard, hit) in found.items():
            rows = np.nonzero(hit)[0]
            slots = slot[self._ids[table][rows]]
            rows, slots = rows[slots >= 0], slots[slots >= 0]
            order = np.argsort(slots, kind="stable")
            rows, slots = rows[order], slots[order]
            present, first, counts = np.unique(slots, return_index=True, return_counts=True)
            for k, start, n in zip(present.tolist(), first.tolist(), counts.tolist(), strict=True):
                named = [Records(table).at(int(row), fields) for row in rows[start : start + min(n, CELLS)]]
                areas[k].troubles.append(Trouble(code, key, standard, n, named))
        for area in areas:
            area.troubles.sort(key=lambda t: -t.count)

    def _fill_groups(self, areas: list[Area]) -> None:
        """Fails of indicators of a whole region go to that region."""
        for result, i in failed_groups(self._report):
            subject = result.subjects.subject(i)
            path = (*subject.region, subject.name)
            for area in areas if subject.entity == self.level else ():
                if area.path == path or (area.path[-1] == path[-1] and set(area.path) >= set(path)):
                    area.groups.append((result, i))
                    break


def failed_groups(report: Report) -> Iterator[tuple[RuleResult, int]]:
    """Unwaived fails of binding rules on whole regions: the result and the position."""
    for result in report.results:
        if result.is_group and is_listed(result) and result.rule.severity != "advisory":
            for i in result.missed[failed_of(result)].tolist():
                if i not in result.waived:
                    yield result, i


def _tables(report: Report) -> Iterator[Table]:
    for result in report.results:
        if isinstance(result.subjects, Records):
            yield result.subjects.table


def _above(table: Table, level: str) -> bool:
    """True for records that are themselves larger than a region of ``level``."""
    return table.entity in REGION_LEVELS and REGION_LEVELS.index(table.entity) < REGION_LEVELS.index(level)


def _need(rule: Rule) -> str:
    """The field that closes a shortfall of the rule."""
    if rule.lever:
        return rule.lever
    return rule.indicator.name if isinstance(rule.indicator, Name) else ""


def _unwaived(result: RuleResult, fails: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    if not result.waived:
        return np.ones(len(fails), dtype=bool)
    return ~np.isin(fails, np.fromiter(result.waived, dtype=np.int64))


def _merged(paths: list[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each path with the one that stands for it: 东区 alone is 攀枝花市/东区 where only that one is known."""
    named: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        named[path[-1]].append(path)
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in paths:
        if not path[-1]:
            whole[path] = ("",)
            continue
        fuller = [p for p in named[path[-1]] if set(p) >= {n for n in path if n}]
        longest = max(len(set(p) - {""}) for p in fuller)
        best = [p for p in fuller if len(set(p) - {""}) == longest]
        whole[path] = best[0] if len(best) == 1 else path
    return whole
