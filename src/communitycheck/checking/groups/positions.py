"""What stands at a place of a group's figures in order: the lowest, the highest, the median, a percentile.

Between two figures the place is shared out, as spreadsheets do it (``PERCENTILE.INC``). All ways are looked at in which
records that may or may not count do: of so many of them the smallest pull lowest, and the largest highest.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.checking.groups.quotients import Terms
from communitycheck.checking.groups.so_far import RowColumns
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.table import Bools, Floats, Ints

Whole = npt.NDArray[np.integer[Any]]

PLACES = {"lowest": 0.0, "median": 0.5, "highest": 1.0}


def at_place(x: Terms, codes: Ints, groups: int, place: float) -> Num:
    """The figure at ``place`` (0 the lowest, 1 the highest) of each group's."""
    inside, doubtful = x.inside & (codes >= 0), x.doubtful & (codes >= 0)
    counted = np.bincount(codes[inside], minlength=groups)
    low = _certain(x.low[inside], codes[inside], counted, place)
    high = low if x.high is x.low else _certain(x.high[inside], codes[inside], counted, place)
    perhaps = np.bincount(codes[doubtful], minlength=groups) > 0
    if perhaps.any():
        high = high.copy()
        for group, rows, others in _each(codes, inside, doubtful, perhaps):
            low[group] = _least(x.low[rows], x.low[others], place)
            high[group] = -_least(-x.high[rows], -x.high[others], 1 - place)
    nobody = (counted == 0) & ~perhaps
    na = np.where(nobody, np.uint8(v.ZERO_DENOMINATOR), np.uint8(0)) if nobody.any() else None
    return Num(low, low if np.array_equal(low, high, equal_nan=True) else high, na)


def outermost(records: RowColumns, place: float) -> RowColumns:
    """The records that a lowest or highest figure rests on: of each group, of those that count and of those that may,
    one at either end of both bounds. Of any other place all of them."""
    if place not in (0.0, 1.0):
        return records
    codes, low, high, _, inside, _ = records
    kind, kept = codes * 2 + inside, np.zeros(len(codes), bool)
    for end in (low, -low, high, -high):
        order = np.lexsort((end, kind))
        first = np.ones(len(order), bool)
        first[1:] = kind[order][1:] != kind[order][:-1]
        kept[order[first]] = True
    return tuple(column[kept] for column in records)


def _certain(values: Floats, codes: Ints, counted: Whole, place: float) -> Floats:
    """The figure at ``place`` of those that count for certain; NaN for a group of none."""
    found = np.full(len(counted), np.nan)
    some = counted > 0
    if some.any():
        ordered = values[np.lexsort((values, codes))]
        start = (np.cumsum(counted) - counted)[some]
        at, part = _split((counted[some] - 1) * place)
        found[some] = _between(ordered[start + at], ordered[start + np.minimum(at + 1, counted[some] - 1)], part)
    return found


def _each(codes: Ints, inside: Bools, doubtful: Bools, among: Bools) -> list[tuple[int, Whole, Whole]]:
    """Of each group with records that may count: it, the rows that count, and those that may."""
    sides = []
    for which in (inside, doubtful):
        rows = np.flatnonzero(which)
        rows = rows[np.argsort(codes[rows], kind="stable")]
        ends = np.searchsorted(codes[rows], np.arange(len(among) + 1))
        sides.append((rows, ends))
    (certain, a), (maybe, b) = sides
    return [(k, certain[a[k] : a[k + 1]], maybe[b[k] : b[k + 1]]) for k in np.flatnonzero(among).tolist()]


def _least(certain: Floats, maybe: Floats, place: float) -> float:
    """The least figure at ``place``, whichever of ``maybe`` count; NaN where perhaps nobody does."""
    if not len(certain):
        return np.nan
    a, d = np.sort(certain), np.sort(maybe)
    taken = np.arange(len(d) + 1)  # the smallest so many of them
    standing = np.searchsorted(a, d) + np.arange(len(d))  # where each stands among all
    at, part = _split((len(a) + taken - 1) * place)

    def figure(places: Whole) -> Floats:
        before = np.minimum(taken, np.searchsorted(standing, places, "right"))
        from_d = (before > 0) & (standing[np.maximum(before - 1, 0)] == places)
        of_a = a[np.clip(places - before, 0, len(a) - 1)]
        return np.where(from_d, d[np.maximum(before - 1, 0)], of_a)

    return float(_between(figure(at), figure(np.minimum(at + 1, len(a) + taken - 1)), part).min())


def _split(place: npt.NDArray[np.floating[Any]]) -> tuple[Whole, Floats]:
    """The whole number below and what is left of the way to the next; noise of arithmetic is no way."""
    near = np.rint(place)
    place = np.where(np.abs(place - near) < v.RELATIVE * np.maximum(place, 1.0), near, place)
    at = np.floor(place).astype(np.int64)
    return at, (place - at).astype(np.float64)


def _between(one: Floats, other: Floats, part: Floats) -> Floats:
    with v.unknown_numbers():
        return np.where((part == 0) | (one == other), one, one * (1 - part) + other * part)
