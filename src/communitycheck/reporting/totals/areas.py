"""The report by area: what each area has met, missed and has to mend.

Sums run over arrays; names are made for the areas that are looked at alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communitycheck.model.places.regions import Numbers
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Outcome, Records, RuleResult
from communitycheck.model.table import Table
from communitycheck.reporting.totals.area import COUNTS, Area, Missed, Trouble
from communitycheck.reporting.totals.area_numbers import AreaNumbers
from communitycheck.reporting.totals.causes import blamed
from communitycheck.reporting.totals.rules import amounts_to_mend, failed_of, is_listed

CELLS = 4  # cells named of one kind of trouble in one area


class _Fails(NamedTuple):
    """The unwaived fails of one binding rule on single records: their rows, and what each is short of."""

    result: RuleResult
    table: Table
    rows: npt.NDArray[np.signedinteger]
    amounts: npt.NDArray[np.float64] | None
    unit: str


class Areas:
    """All areas of a report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._numbers = AreaNumbers(report)
        self._count()
        self._add_up_needs()

    def __len__(self) -> int:
        return len(self._concerned)

    @property
    def level(self) -> str:
        """A region level, or empty where each subject is an area."""
        return self._numbers.level

    @property
    def region(self) -> dict[str, str]:
        """The region that all subjects lie in, level by level from the largest down; empty where they share none."""
        return self._numbers.region

    @property
    def entities(self) -> list[str]:
        """Kinds of subject that are judged one by one, in the order they came."""
        return list(dict.fromkeys(t.entity for t in self._numbers.tables))

    @property
    def need_fields(self) -> list[tuple[str, str, str, float]]:
        """Fields that have to grow: (field, unit, standard, amount over all areas), the largest of each unit first."""
        found = [(key, *self._need_units[key], float(sums.sum())) for key, sums in self._needs.items()]
        return sorted((f for f in found if f[3] > 0), key=lambda f: (f[1], -f[3], f[0]))

    @property
    def total(self) -> Area:
        """All areas together."""
        needs = {key: float(amounts.sum()) for key, amounts in self._needs.items()}
        return Area(*(int(self._counts[name].sum()) for name in COUNTS), needs=needs)

    def pick(self, n: int) -> list[Area]:
        """All areas with somebody judged in the order they came, or, where they are more than ``n``, the ``n`` with
        the most fails; with what each has to mend and to supply again."""
        chosen = self._concerned
        if len(chosen) > n:
            weight = np.lexsort((chosen, -self._counts["undecided"][chosen], -self._counts["failed"][chosen]))
            chosen = chosen[weight[:n]]
        areas = [self._area(int(k)) for k in chosen]
        slots = np.full(self._numbers.n + 1, -1, dtype=np.int64)  # the last one is for records outside all areas
        slots[chosen] = np.arange(len(chosen))
        self._fill_missed(areas, slots)
        self._fill_troubles(areas, slots)
        self._fill_groups(areas, slots)
        return areas

    def outside(self, result: RuleResult) -> npt.NDArray[np.bool_]:
        """Which of the result's records lie in no area: a city's own record among its counties."""
        assert isinstance(result.subjects, Records)
        return np.asarray(self._numbers.of(result.subjects) == self._numbers.n)

    # sums

    def _single(self) -> Iterator[tuple[RuleResult, Records]]:
        """Results on single records."""
        for result in self._report.results:
            if is_listed(result) and isinstance(result.subjects, Records) and len(result):
                yield result, result.subjects

    def _fails(self) -> Iterator[_Fails]:
        for result, records in self._single():
            if result.rule.severity != "advisory":
                failed = failed_of(result)
                fails = result.missed[failed]
                kept = _unwaived(result, fails)
                amounts, unit = amounts_to_mend(result, self._report.dictionary)
                short = None if amounts is None else np.nan_to_num(amounts[failed][kept], nan=0.0)
                yield _Fails(result, records.table, records.rows(fails[kept]), short, unit)

    def _counted(self, areas: Numbers) -> Numbers:
        return np.bincount(areas, minlength=self._numbers.n + 1)[: self._numbers.n]

    def _count(self) -> None:
        numbers = self._numbers
        self._counts = counts = {name: np.zeros(numbers.n, dtype=np.int64) for name in COUNTS}
        not_due = np.zeros(numbers.n, dtype=np.int64)
        for result, records in self._single():
            by = result.counts_by(numbers.of(records), numbers.n + 1)[: numbers.n]
            if result.rule.severity == "advisory":
                counts["advisory"] += by[:, Outcome.FAIL]
                continue
            counts["passed"] += by[:, Outcome.PASS]
            counts["failed"] += by[:, Outcome.FAIL]
            counts["undecided"] += by[:, Outcome.NO_DATA] + by[:, Outcome.ERROR]
            not_due += by[:, Outcome.NOT_DUE]
        to_mend = {table: np.zeros(len(table), dtype=bool) for table in numbers.tables}
        counts["waived"] += counts["failed"]
        for one in self._fails():
            to_mend[one.table][one.rows] = True
            counts["waived"] -= self._counted(numbers.of_rows(one.table, one.rows))
        for table in numbers.tables:
            for name, hit in (("subjects", numbers.judged[table]), ("to_mend", to_mend[table])):
                counts[name] += self._counted(numbers.of_rows(table, np.flatnonzero(hit)))
        concerned = counts["passed"] + counts["failed"] + counts["undecided"] + counts["advisory"] + not_due
        self._concerned = np.flatnonzero(concerned)

    def _add_up_needs(self) -> None:
        most: dict[tuple[Table, str], npt.NDArray[np.float64]] = {}
        self._need_units: dict[str, tuple[str, str]] = {}
        for one in self._fails():
            key = one.result.rule.mended_by
            if one.amounts is not None and key:
                amounts = most.setdefault((one.table, key), np.zeros(len(one.table)))
                np.maximum.at(amounts, one.rows, one.amounts)
                self._need_units.setdefault(key, (one.unit, one.result.rule.standard))
        n = self._numbers.n
        self._needs: dict[str, npt.NDArray[np.float64]] = defaultdict(lambda: np.zeros(n))
        for (table, key), amounts in most.items():
            areas = self._numbers.of(Records(table))
            self._needs[key] += np.bincount(areas, weights=amounts, minlength=n + 1)[:n]

    # one area

    def _area(self, k: int) -> Area:
        return Area(
            *(int(self._counts[name][k]) for name in COUNTS),
            needs={key: float(sums[k]) for key, sums in self._needs.items()},
            path=self._numbers.path(k) or ("",),
            subject=None if self.level else self._numbers.subject(k),
        )

    def _fill_missed(self, areas: list[Area], slots: Numbers) -> None:
        for one in self._fails():
            here = slots[self._numbers.of_rows(one.table, one.rows)]
            inside = here >= 0
            counts = np.bincount(here[inside], minlength=len(areas))
            sums = None
            if one.amounts is not None:
                sums = np.bincount(here[inside], weights=one.amounts[inside], minlength=len(areas))
            for k in np.flatnonzero(counts).tolist():
                amount = None if sums is None else float(sums[k])
                areas[k].missed.append(Missed(one.result, int(counts[k]), amount, one.unit))

    def _fill_troubles(self, areas: list[Area], slots: Numbers) -> None:
        """Cells to supply again: a cell that several rules ask for is one cell."""
        found: dict[tuple[Table, str, tuple[str, ...]], tuple[str, str, npt.NDArray[np.bool_]]] = {}
        for result, records in self._single():
            table = records.table
            for code, key, places in blamed(result):
                trouble = (key, result.rule.standard, np.zeros(len(table), dtype=bool))
                _, _, hit = found.setdefault((table, code, (key,) if key else result.fields), trouble)
                hit[records.rows(places)] = True
        for (table, code, fields), (key, standard, hit) in found.items():
            rows = np.flatnonzero(hit)
            here = slots[self._numbers.of_rows(table, rows)]
            order = np.argsort(here, kind="stable")[np.count_nonzero(here < 0) :]
            present, first, counts = np.unique(here[order], return_index=True, return_counts=True)
            for k, start, n in zip(present.tolist(), first.tolist(), counts.tolist(), strict=True):
                few = rows[order[start : start + min(n, CELLS)]]
                named = [Records(table).at(int(row), fields) for row in few]
                areas[k].troubles.append(Trouble(code, key, standard, n, named))
        for area in areas:
            area.troubles.sort(key=lambda t: -t.count)

    def _fill_groups(self, areas: list[Area], slots: Numbers) -> None:
        """Fails of indicators of a whole region go to that region."""
        found = [
            (result, i, result.subjects.region(i))
            for result, i in failed_groups(self._report)
            if isinstance(result.subjects, Groups) and result.subjects.levels[i] == self.level
        ]
        where = self._numbers.of_region([path for _, _, path in found])
        for (result, i, _), k in zip(found, where, strict=True):
            if k >= 0 and slots[k] >= 0:
                areas[slots[k]].groups.append((result, i))


def failed_groups(report: Report) -> Iterator[tuple[RuleResult, int]]:
    """Unwaived fails of binding rules on whole regions: the result and the position."""
    for result in report.results:
        if result.is_group and is_listed(result) and result.rule.severity != "advisory":
            for i in result.missed[failed_of(result)].tolist():
                if i not in result.waived:
                    yield result, i


def _unwaived(result: RuleResult, fails: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    if not result.waived:
        return np.ones(len(fails), dtype=bool)
    return ~np.isin(fails, np.fromiter(result.waived, dtype=np.int64))
