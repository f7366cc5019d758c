"""Rows that are sums of their neighbours, though no word says so.

A row is taken for a total when the agreement is too good for chance: the digits that agree, over all columns, must
outweigh the number of sums that were tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class ColumnShapes(NamedTuple):
    """What is known of the columns: digits after the point, the power of ten that all whole figures are multiples of,
    and which need not add up."""

    decimals: Ints
    round_to: Floats
    ratio: Flags


# Digits of agreement needed beyond what trying every window would give by chance; fewer where a county stands beside
# its streets.
MARGIN = 4.0
NEAR = 1.5
# The rank of a community: no regions lie below it that it could be the sum of.
LOWEST = 5
LEVELS = 6
EXACT = 2.0**53


def sum_rows(values: Floats, ratio: Flags | None = None, rank: Callable[[int], int] | None = None) -> Flags:
    """Which rows are sums of the rows right above or right below them.

    Sums of sums are found from the bottom up: once a subtotal is known it takes the place of its parts.

    Args:
        values: rows by columns; NaN where a cell holds no number.
        ratio: columns that need not add up (rates, means, codes); that they differ does not count against a sum.
        rank: of the region that a row names, 1 for a province to 5 for a community, 0 where its name does not tell.
    """
    n = len(values)
    found = np.zeros(n, bool)
    if n < 3:
        return found
    known = np.nan_to_num(values)
    # Figures past what a float holds exactly add up to nothing that could be compared.
    usable = (known >= 0).all(axis=0) & (known > 0).any(axis=0) & (known < EXACT).all(axis=0)
    if not usable.any():
        return found
    figures = values[:, usable]
    shape = ColumnShapes(
        np.array([decimals(column) for column in figures.T]),
        np.array([_round_to(column) for column in figures.T]),
        np.zeros(figures.shape[1], bool) if ratio is None else ratio[usable],
    )
    active = np.arange(n)
    for _ in range(LEVELS):
        totals = _one_level(figures[active], shape, None if rank is None else _Ranks(rank, active))
        if not totals:
            break
        keep = np.ones(len(active), bool)
        for row, first, last in totals:
            found[active[row]] = True
            keep[first : last + 1] = False
        active = active[keep]
    for edge in (len(active) - 1, 0):
        lowest = rank is not None and rank(int(active[edge])) == LOWEST
        if len(active) > 3 and not found[active[edge]] and not lowest and _sums_a_run(figures[active], shape, edge):
            found[active[edge]] = True
    return found


def decimals(column: Floats) -> int:
    """Digits after the point that a column is written with, at most 6."""
    held = column[np.isfinite(column)]
    for digits in range(6):
        if (np.abs(held - np.round(held, digits)) <= 1e-9).all():
            return digits
    return 6


def _round_to(column: Floats) -> float:
    """10, 100 ... where all figures are multiples of it; 1 otherwise."""
    held = column[np.isfinite(column) & (column > 0)]
    for zeros in range(6, 0, -1):
        if len(held) and not (held % 10.0**zeros).any():
            return 10.0**zeros
    return 1.0


def _agreement(row: Floats, summed: Floats, parts: Floats, several: Flags, shape: ColumnShapes) -> tuple[Floats, Flags]:
    """Digits of evidence and whether more columns agree than not, for candidates (rows) by columns.

    Where fewer agree, which is nearly everywhere, the digits are not counted and stay 0.

    A sum of rounded figures may be off by half a last digit for each part, growing as their root. A figure that equals
    the one part that is there (``several`` is false) is no evidence of a sum.
    """
    decimals = shape.decimals
    step = 10.0 ** -decimals.astype(float)
    slack = np.where(decimals == 0, 0.25, step * (0.51 * np.sqrt(parts)[:, None] + 0.01))
    given = np.isfinite(row) & (row > 0)
    agrees = given & (np.abs(row - summed) <= slack)
    differs = np.isfinite(row) & ~agrees & ~shape.ratio & ((row > 0) | (summed > 0))
    mostly: Flags = agrees.sum(axis=1) > differs.sum(axis=1)
    digits = np.zeros(len(mostly))
    if mostly.any():
        digits[mostly] = _evidence(np.where(agrees & several, row, 1.0)[mostly], step, shape)
    return digits, mostly


def _evidence(figures: Floats, step: Floats, shape: ColumnShapes) -> Floats:
    """Digits of the figures that agree, by rows.

    A whole number counts its own digits only, whatever decimals its column has; equal figures count once.
    """
    grain = np.where(figures == np.round(figures), shape.round_to, step)
    digits = np.log10(np.maximum(figures / grain, 1))
    order = np.argsort(figures, axis=1)
    ranked = np.take_along_axis(figures, order, axis=1)
    again = np.zeros(ranked.shape, bool)
    again[:, 1:] = ranked[:, 1:] == ranked[:, :-1]
    digits = np.where(again, 0.0, np.take_along_axis(digits, order, axis=1))
    evidence: Floats = digits.sum(axis=1)
    return evidence


def _running(values: Floats) -> tuple[Floats, Floats]:
    """Sums and numbers of positive figures of the first 0, 1, 2 ... rows."""
    nothing = np.zeros((1, values.shape[1]))
    figures = np.nan_to_num(values)
    return np.vstack([nothing, figures.cumsum(axis=0)]), np.vstack([nothing, (figures > 0).cumsum(axis=0)])


class _Ranks:
    """Ranks of the rows that are still looked at, found one at a time."""

    def __init__(self, rank: Callable[[int], int], active: Ints) -> None:
        self._rank = rank
        self._active = active

    def of(self, row: int) -> int:
        return self._rank(int(self._active[row]))

    def above(self, row: int, first: int, last: int) -> bool:
        """The row names a larger region than each of the others."""
        own = self.of(row)
        return own > 0 and all(own < self.of(part) for part in range(first, min(last, first + 60) + 1))


def _one_level(values: Floats, shape: ColumnShapes, ranks: _Ranks | None) -> list[tuple[int, int, int]]:
    """Totals among adjacent rows: ``(row, first part, last part)``, never overlapping; short runs of parts first."""
    found = _best_windows(values, shape, ranks) if len(values) >= 3 else {}
    chosen: list[tuple[int, int, int]] = []
    taken = np.zeros(len(values), bool)
    for row, (_, first, last) in sorted(found.items(), key=lambda item: (item[1][2] - item[1][1], item[0])):
        if not taken[row] and not taken[first : last + 1].any():
            taken[first : last + 1] = True
            taken[row] = True
            chosen.append((row, first, last))
    return chosen


def _best_windows(values: Floats, shape: ColumnShapes, ranks: _Ranks | None) -> dict[int, tuple[float, int, int]]:
    """Row -> (digits of evidence, first part, last part) of the adjacent rows that it is the sum of most surely."""
    sums, held = _running(values)
    chance = 2 * math.log10(len(values))
    best: dict[int, tuple[float, int, int]] = {}
    for rows, firsts, lasts in _windows(values, sums, shape):
        parts = (lasts - firsts + 1).astype(float)
        several = held[lasts + 1] - held[firsts] > 1
        digits, mostly = _agreement(values[rows], sums[lasts + 1] - sums[firsts], parts, several, shape)
        for row, first, last, evidence in zip(
            rows[mostly].tolist(), firsts[mostly].tolist(), lasts[mostly].tolist(), digits[mostly].tolist(), strict=True
        ):
            if evidence < NEAR + chance or evidence <= best.get(row, (0.0, 0, 0))[0]:
                continue
            if ranks is not None and ranks.of(row) == LOWEST:
                continue
            if evidence >= MARGIN + chance or (ranks is not None and ranks.above(row, first, last)):
                best[row] = (evidence, first, last)
    return best


def _windows(values: Floats, sums: Floats, shape: ColumnShapes) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Rows, and for each the first and last of the rows right below or right above that may add up to it.

    Columns with most digits tell windows apart best; a few of them are enough to propose one.
    """
    n = len(values)
    rows = np.arange(n)
    for c in np.argsort(-np.nan_to_num(values).max(axis=0))[:6]:
        goal = np.nan_to_num(values[:, c])
        slack = _window_slack(shape, c)
        for side in ("left", "right"):
            down = np.searchsorted(sums[:, c], sums[1:, c] + goal - slack, side="left")
            up = np.searchsorted(sums[:, c], sums[:-1, c] - goal + slack, side="right") - 1
            if side == "right":
                down = np.searchsorted(sums[:, c], sums[1:, c] + goal + slack, side="right") - 1
                up = np.searchsorted(sums[:, c], sums[:-1, c] - goal - slack, side="left")
            for first, last in ((rows + 1, down - 1), (up, rows - 1)):
                some = np.flatnonzero((goal > 0) & (last - first >= 1) & (first >= 0) & (last < n))
                if len(some):
                    yield some, first[some], last[some]


def _window_slack(shape: ColumnShapes, column: int) -> float:
    """By how much a sum that is tried may miss a figure of a column."""
    decimals = shape.decimals[column]
    return 0.25 if decimals == 0 else 10.0 ** -float(decimals) * 3


def _sums_a_run(values: Floats, shape: ColumnShapes, edge: int) -> bool:
    """The first or last row is the sum of some run of rows, not only of those next to it."""
    n = len(values)
    others = np.delete(values, edge, axis=0)
    sums, held = _running(others)
    c = int(np.argmax(np.nan_to_num(values[edge])))
    goal = float(np.nan_to_num(values[edge, c]))
    if goal <= 0:
        return False
    slack = _window_slack(shape, c)
    starts = np.arange(n)
    ends = np.searchsorted(sums[:, c], sums[:, c] + goal - slack, side="left")
    ok = (ends < n) & (ends - starts >= 2)
    a, b = starts[ok], ends[ok]
    if not len(a):
        return False
    row = np.repeat(values[edge : edge + 1], len(a), axis=0)
    digits, mostly = _agreement(row, sums[b] - sums[a], (b - a).astype(float), held[b] - held[a] > 1, shape)
    return bool((mostly & (digits >= MARGIN + 2 * math.log10(n))).any())


class Sums:
    """The sums of the figures of any run of the records (or of the totals of one level), by columns."""

    def __init__(self, values: Floats, counted: Flags) -> None:
        known = np.where(counted[:, None], values, 0.0)
        nothing = np.zeros((1, values.shape[1]))
        self._sums = np.vstack([nothing, np.nan_to_num(known).cumsum(axis=0)])
        self._sizes = np.vstack([nothing, np.abs(np.nan_to_num(known)).cumsum(axis=0)])
        self._gaps = np.vstack([nothing, np.isnan(known).cumsum(axis=0)])
        self._counts = np.concatenate([[0], counted.cumsum()])
        digits = np.array([decimals(column) for column in values.T])
        self._slack: Floats = np.where(digits == 0, 0.0, 0.6 * 10.0 ** -digits.astype(float))

    def counts(self, first: Ints, end: Ints) -> Ints:
        counts: Ints = self._counts[end] - self._counts[first]
        return counts

    def of(self, first: Ints, end: Ints) -> Floats:
        sums: Floats = self._sums[end] - self._sums[first]
        return sums

    def gaps(self, first: Ints, end: Ints) -> Flags:
        gaps: Flags = (self._gaps[end] - self._gaps[first]) > 0
        return gaps

    def agree(self, stated: Floats, first: Ints, end: Ints) -> Flags:
        """Sums of rounded figures may be off by half a last digit for each part; whole numbers may not be off."""
        sizes = self._sizes[end] - self._sizes[first]
        parts = self.counts(first, end)[:, None]
        slack = np.where(self._slack == 0, 1e-9 * sizes, self._slack * parts + 1e-6 * sizes)
        agree: Flags = np.isfinite(stated) & (parts > 0) & (np.abs(stated - self.of(first, end)) <= slack)
        return agree
