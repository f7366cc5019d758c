"""More verdicts than memory holds: judged some records at a time, kept on the disk, and added up on the way."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import among
from communitycheck.products.sql.engine.condensed import Counted, rows_in
from communitycheck.reporting.totals.causes import blamed

WORST = 12  # fails of each rule that are kept one by one
Key = tuple[str, str]  # a standard and a rule
Rows = npt.NDArray[np.int64]
MissedKind = tuple[int, Outcome, bool, bool, bool]


class MissedSums(Struct):
    """Fails, or misses that are not due, of one place: how many, what they are short of, the first row, and the sum of
    all rows, by which the last that is left is known."""

    count: int = 0
    short: float = 0.0
    add: float = 0.0
    least: float = 0.0
    first: int = 0
    rows: int = 0


class RuleSums(Struct):
    """What the batches say of one rule.

    Attributes:
        missed: place, outcome, whether the shortfall, what the lever needs and the least of that are not known -> sums.
        open: place, outcome and cause -> how many, and the first row.
        worst: of the worst fails: less the relative shortfall, row, place, shortfall, what the lever needs, its least.
    """

    missed: dict[MissedKind, MissedSums] = field(default_factory=lambda: defaultdict(MissedSums))
    open: dict[tuple[int, Outcome, str, str], MissedSums] = field(default_factory=lambda: defaultdict(MissedSums))
    worst: list[tuple[float, int, int, float, float, float]] = field(default_factory=list)

    def counts(self) -> dict[tuple[int, Outcome], int]:
        """Verdicts of each place and outcome."""
        found: dict[tuple[int, Outcome], int] = defaultdict(int)
        for kind, one in self.missed.items():
            found[kind[0], kind[1]] += one.count
        for cause, one in self.open.items():
            found[cause[0], cause[1]] += one.count
        return dict(found)

    def without_worst(self) -> dict[MissedKind, MissedSums]:
        """The sums of those that are missed, but for the worst."""
        left = {key: replace(one) for key, one in self.missed.items()}
        for _, row, place, short, add, least in self.worst:
            unknown = (bool(np.isnan(value)) for value in (short, add, least))
            one = left[place, Outcome.FAIL, *unknown]  # type: ignore[index]
            one.count, one.rows = one.count - 1, one.rows - row
            one.short, one.add = one.short - float(np.nan_to_num(short)), one.add - float(np.nan_to_num(add))
            one.least -= float(np.nan_to_num(least))
        for one in left.values():
            one.first = one.rows if one.count == 1 else one.first
        return {key: one for key, one in left.items() if one.count}

    def firsts(self) -> set[int]:
        """Rows that stand for others, and those of the worst."""
        told = {one.first for one in (*self.without_worst().values(), *self.open.values())}
        return told | {row for _, row, *_ in self.worst}


class VerdictBatches:
    """The verdicts that are told one by one, batch by batch, on the disk.

    Args:
        folder: where to keep them; it goes with this object.
    """

    def __init__(self, folder: Any) -> None:
        self._folder, self._files, self._results = folder, list[Path](), list[RuleResult]()
        self.sums: dict[Key, RuleSums] = defaultdict(RuleSums)

    def add(self, report: Report, begin: int, places: Rows) -> None:
        """The verdicts of a report on some records.

        Args:
            begin: where in its table the records end that are meant. places: of those.
        """
        kept: list[tuple[Key, RuleResult]] = []
        for result in report.results:
            if isinstance(result.subjects, Records) and result.checked:
                key = result.rule.standard, result.rule.id
                own = _before(result, begin)
                self._sum(self.sums[key], own, places)
                kept.append((key, replace(own, rule=None)))
        file = Path(self._folder.name, f"{len(self._files)}.batch")
        with file.open("wb") as out:
            pickle.dump(kept, out, protocol=pickle.HIGHEST_PROTOCOL)
        self._files.append(file)

    def of(self, results: Sequence[RuleResult]) -> VerdictBatches:
        """The same, as parts of these results."""
        self._results = list(results)
        return self

    def __iter__(self) -> Iterator[list[tuple[int, RuleResult]]]:
        number = {(one.rule.standard, one.rule.id): n for n, one in enumerate(self._results)}
        for file in self._files:
            with file.open("rb") as stream:
                kept: list[tuple[Key, RuleResult]] = pickle.load(stream)  # our own, written by this run
            for key, result in kept:
                result.rule = self._results[number[key]].rule
            yield [(number[key], result) for key, result in kept]

    def _sum(self, sums: RuleSums, result: RuleResult, places: Rows) -> None:
        assert isinstance(result.subjects, Records)
        rows = rows_in(result.subjects)
        numbers = result.subjects.table.row_of[rows]
        if len(result.missed):
            missed = result.missed
            nothing = np.full(len(missed), np.nan)
            add = nothing if result.add is None else result.add
            least = nothing if result.least is None else result.least
            short, due = result.shortfall, result.outcome[missed] == Outcome.NOT_DUE
            kinds = places[rows[missed]] * 16 + due * 8 + np.isnan(short) * 4 + np.isnan(add) * 2 + np.isnan(least)
            each, first, which = np.unique(kinds, return_index=True, return_inverse=True)
            counts = np.bincount(which)
            shorts = np.bincount(which, weights=np.nan_to_num(short, nan=0.0))
            adds = np.bincount(which, weights=np.nan_to_num(add, nan=0.0))
            leasts = np.bincount(which, weights=np.nan_to_num(least, nan=0.0))
            total = np.zeros(len(each), np.int64)
            np.add.at(total, which, numbers[missed])
            for k, kind in enumerate(each.tolist()):
                told = Outcome.NOT_DUE if kind & 8 else Outcome.FAIL
                one = sums.missed[kind // 16, told, bool(kind & 4), bool(kind & 2), bool(kind & 1)]
                one.first = one.first or int(numbers[missed[first[k]]])
                one.count, one.short = one.count + int(counts[k]), one.short + float(shorts[k])
                one.add, one.rows = one.add + float(adds[k]), one.rows + int(total[k])
                one.least += float(leasts[k])
            self._rank(sums, result, places[rows], numbers, (add, least))
        for code, key, found in blamed(result):
            for outcome in (Outcome.NO_DATA, Outcome.ERROR):
                some = found[among(result.outcome[found], outcome)]
                each, first, counts = np.unique(places[rows[some]], return_index=True, return_counts=True)
                for place, at, count in zip(each.tolist(), first.tolist(), counts.tolist(), strict=True):
                    one = sums.open[place, outcome, code, key]
                    one.first = one.first or int(numbers[some[at]])
                    one.count += count

    @staticmethod
    def _rank(sums: RuleSums, result: RuleResult, places: Rows, numbers: Any, needs: tuple[Any, Any]) -> None:
        relative = result.relative_shortfall()
        for i in result.worst(WORST):
            k = int(np.searchsorted(result.missed, i))
            short = float(result.shortfall[k])
            own = (float(needs[0][k]), float(needs[1][k]))
            sums.worst.append((-float(relative[k]), int(numbers[i]), int(places[i]), short, *own))
        sums.worst = sorted(sums.worst)[:WORST]


def _before(result: RuleResult, begin: int) -> RuleResult:
    """The part of a result that is about the first records of its table, with their columns that it shows."""
    assert isinstance(result.subjects, Records)
    rows = rows_in(result.subjects)
    kept = int(np.searchsorted(rows, begin))
    missed = int(np.searchsorted(result.missed, kept))
    parts = {name: getattr(result, name)[:kept] for name in _ALONG}
    by_place: dict[str, Any] = {}
    for name in _BY_PLACE:
        by_place[name] = {k: v for k, v in getattr(result, name).items() if k < kept}
    return replace(
        result,
        **parts,
        **by_place,
        subjects=Records(result.subjects.table, rows[:kept]),
        missed=result.missed[:missed],
        shortfall=result.shortfall[:missed],
        add=None if result.add is None else result.add[:missed],
        add_least=None if result.add_least is None else result.add_least[:missed],
    )


_ALONG = ("outcome", "reason", "observed_lo", "observed_hi", "required_lo", "required_hi")
_BY_PLACE = ("items_missing", "unlisted", "over_nothing", "twins", "untold", "waived", "lapsed")


def counted(sums: RuleSums, result: RuleResult) -> Iterator[Counted]:
    """The verdicts of a rule that are told one by one: the worst for themselves, of the others those of each place and
    kind together, at the first of them."""
    assert isinstance(result.subjects, Records)
    rows = rows_in(result.subjects)
    numbers = result.subjects.table.row_of[rows]
    position: Mapping[int, int] = {int(number): k for k, number in reversed(list(enumerate(numbers.tolist())))}

    def at(number: int) -> tuple[int, int]:
        return int(rows[position[number]]), position[number]

    for _, number, *_ in sums.worst:
        yield Counted(*at(number), Outcome.FAIL, 1)
    for (_, outcome, *unknown), one in sums.without_worst().items():
        means: list[float | None] = [None, None, None]  # its own
        if one.count > 1:
            told = zip(unknown, (one.short, one.add, one.least), strict=True)
            means = [np.nan if gone else total / one.count for gone, total in told]
        yield Counted(*at(one.first), outcome, one.count, *means)
    for (_, outcome, *_), one in sums.open.items():
        yield Counted(*at(one.first), outcome, one.count)
