"""The mean of a group's figures, each with a weight of its own: the mean wait over libraries by their visitors."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.groups.quotients import Terms
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.table import Floats, Ints


def weighted_mean(x: Terms, weight: Terms, codes: Ints, groups: int) -> Num:
    """The mean of ``x`` by ``weight`` in each group, over those that both can be asked of.

    A weight within bounds is its lower end, and more of it where that pulls the mean; of a record that may or may not
    count, all of the weight may be missing.
    """
    inside = x.inside & weight.inside & (codes >= 0)
    doubtful = (x.inside | x.doubtful) & (weight.inside | weight.doubtful) & (codes >= 0) & ~inside
    rows = np.flatnonzero(inside | doubtful)
    codes, certain = codes[rows], inside[rows]
    least = np.where(certain, weight.low[rows], 0.0)
    with v.unknown_numbers():
        more = np.where(weight.high[rows] == weight.low[rows], weight.high[rows] - least, weight.high[rows])
        more = np.where(certain, weight.high[rows] - least, more)
    below: Floats = np.bincount(codes, weights=least, minlength=groups).astype(np.float64)
    if not more.any() and x.high is x.low:
        ends = [_ratio(products(x.low[rows], least), below, codes)] * 2
    else:
        ends = [_end(x.low[rows], least, more, codes, below, -1.0), _end(x.high[rows], least, more, codes, below, 1.0)]
    perhaps = np.bincount(codes, weights=more > 0, minlength=groups) > 0
    negative = np.bincount(codes, weights=weight.low[rows] < 0, minlength=groups) > 0
    low, high = (np.where((below <= 0) | negative, np.nan, end) for end in ends)
    nothing = (below == 0) & ~perhaps
    na = np.where(nothing, np.uint8(v.ZERO_DENOMINATOR), np.uint8(0)) if nothing.any() else None
    return Num(low, low if np.array_equal(low, high, equal_nan=True) else high, na)


def products(x: Floats, weight: Floats) -> Floats:
    """The figures by their weights; what has no weight adds nothing."""
    with v.unknown_numbers():
        return np.where(weight == 0, 0.0, x * weight)


def _ratio(products: Floats, below: Floats, codes: Ints) -> Floats:
    with v.unknown_numbers():
        found: Floats = np.bincount(codes, weights=products, minlength=len(below)) / below
    return found


def _end(x: Floats, least: Floats, more: Floats, codes: Ints, below: Floats, sign: float) -> Floats:
    """The largest (``sign`` 1) or smallest (-1) mean: with all the weight that pulls it that way.

    Each round takes those that lie beyond the mean of the round before, until it moves no more.
    """
    n = len(below)
    above = np.bincount(codes, weights=products(x, least), minlength=n)
    bounded = np.isfinite(more)
    with v.unknown_numbers():
        end = above / below
        for _ in range(len(codes) + 1):
            pulls = bounded & (more > 0) & (sign * (x - end[codes]) > 0)
            top = above + np.bincount(codes[pulls], weights=(x * more)[pulls], minlength=n)
            moved = top / (below + np.bincount(codes[pulls], weights=more[pulls], minlength=n))
            further = sign * (moved - end) > 0
            if not further.any():
                break
            end = np.where(further, moved, end)
        # A weight without bounds draws the mean all the way to its own figure.
        furthest = np.full(n, -np.inf)
        np.maximum.at(furthest, codes[~bounded], sign * x[~bounded])
        found: Floats = sign * np.maximum(sign * end, furthest)
    return found
