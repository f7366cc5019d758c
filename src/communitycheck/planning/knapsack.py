"""The 0/1 knapsack: of things with a price and a value, those that are worth most within a limit.

Exact, by dynamic programming over the few things whose choice is not clear from the start (the core): the others' best
plan falls below one already known, however much is bought for parts of things (the bound of Dantzig, and that of Dembo
and Hammer for one thing kept in or out). Of plans with a lower value for no lower price none is pursued.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.table import Bools, Floats

Wholes = npt.NDArray[np.int64]

MOST_PLANS = 1 << 17  # pursued at a time
MOST_KEPT = 1 << 23  # in all, from which the best is traced back
_NOISE = 1e-6  # of a bound


class Best(Struct, frozen=True):
    """What is taken. No other choice is worth more than ``bound``, which is what this one is worth where it is proved
    the best."""

    taken: Bools
    value: int
    bound: int

    @property
    def exact(self) -> bool:
        return self.value == self.bound


def best_within(prices: Wholes, values: Wholes, limit: int, *, most_plans: int = MOST_PLANS) -> Best:
    """The most valuable choice whose prices add up to no more than ``limit``; prices and values are 0 or more."""
    taken = (prices == 0) & (values > 0)
    open_ = np.flatnonzero((prices > 0) & (values > 0) & (prices <= limit))
    order = open_[np.lexsort((open_, prices[open_], -values[open_] / np.maximum(prices[open_], 1)))]
    w, v = prices[order], values[order]
    free = int(values[taken].sum())
    core = _Core(w, v, limit, most_plans)
    taken[order[core.search()]] = True
    return Best(taken, free + core.best, free + core.bound)


def greedily(prices: Wholes, limit: int) -> Bools:
    """One after the other, each that still fits."""
    taken = np.zeros(len(prices), bool)
    left = np.arange(len(prices))
    while len(left):
        left = left[prices[left] <= limit]
        n = int(np.searchsorted(np.cumsum(prices[left]), limit, side="right"))
        taken[left[:n]] = True
        limit -= int(prices[left[:n]].sum())
        left = left[n + 1 :]  # the one between does not fit
    return taken


class _Core:
    """A search among things in the order of what they are worth for their price."""

    def __init__(self, w: Wholes, v: Wholes, limit: int, most_plans: int) -> None:
        self.w, self.v, self.limit, self.most_plans = w, v, limit, most_plans
        self.start = greedily(w, limit)
        self.best = self.bound = int(v[self.start].sum())
        self.steps: list[tuple[int, npt.NDArray[np.int32], Bools]] = []
        self.found: tuple[int, int] | None = None  # after which step, and which of its plans

    def search(self) -> Bools:
        """Which are taken; ``best`` is what they are worth and ``bound`` what no choice exceeds."""
        w, v, limit = self.w, self.v, self.limit
        whole = np.cumsum(w)
        b = int(np.searchsorted(whole, limit, side="right"))  # the first that does not fit behind all before it
        if b == len(w):
            return self.start
        weight, value = int(whole[b] - w[b]), int(v[:b].sum())
        ratio = v[b] / w[b]
        swapped = np.where(np.arange(len(w)) < b, -1, 1)
        limits = value + swapped * v + (limit - weight - swapped * w) * ratio  # with this one in or out
        few = np.flatnonzero(np.floor(limits + _NOISE) > self.best)
        left, right = few[few < b][::-1].tolist(), few[few >= b].tolist()
        weights, values = np.array([weight], np.int64), np.array([value], np.int64)
        kept, order = 0, self._in_turn(left, right)
        for k, (i, lowest, highest) in enumerate(order):
            weights, values = self._with(i, -1 if i < b else 1, weights, values)
            self._note(k, weights, values)
            ends = self._bounds(weights, values, lowest, highest)
            going = np.floor(ends + _NOISE) > self.best
            if not going.any():
                break
            kept += len(weights)
            if int(going.sum()) > self.most_plans or kept > MOST_KEPT:
                self.bound = int(np.floor(ends.max() + _NOISE))
                break
            self._drop(going)
            weights, values = weights[going], values[going]
        self.bound = max(self.bound, self.best)
        return self._taken(b)

    def _in_turn(self, left: list[int], right: list[int]) -> list[tuple[int, int | None, int | None]]:
        """The things from the middle outwards, each with what comes next on either side (None: nothing)."""
        order: list[tuple[int, int | None, int | None]] = []
        i = j = 0
        while i < len(left) or j < len(right):
            if j < len(right) and (j <= i or i == len(left)):
                one, j = right[j], j + 1
            else:
                one, i = left[i], i + 1
            order.append((one, left[i] if i < len(left) else None, right[j] if j < len(right) else None))
        return order

    def _with(self, i: int, sign: int, weights: Wholes, values: Wholes) -> tuple[Wholes, Wholes]:
        """The plans as they are and with thing ``i`` put in or taken out, none beside a better one."""
        n = len(weights)
        both_w = np.concatenate((weights, weights + sign * self.w[i]))
        both_v = np.concatenate((values, values + sign * self.v[i]))
        order = np.lexsort((-both_v, both_w))
        both_w, both_v = both_w[order], both_v[order]
        better = np.ones(len(order), bool)
        better[1:] = both_v[1:] > np.maximum.accumulate(both_v)[:-1]
        order = order[better]
        self.steps.append((i, (order % n).astype(np.int32), order >= n))
        return both_w[better], both_v[better]

    def _note(self, k: int, weights: Wholes, values: Wholes) -> None:
        fits = int(np.searchsorted(weights, self.limit, side="right"))
        if fits and int(values[fits - 1]) > self.best:
            self.best, self.found = int(values[fits - 1]), (k, fits - 1)

    def _bounds(self, weights: Wholes, values: Wholes, lowest: int | None, highest: int | None) -> Floats:
        """What each plan could come to at most with what is still to be looked at."""
        rest = self.limit - weights
        more = 0.0 if highest is None else self.v[highest] / self.w[highest]
        less = np.inf if lowest is None else self.v[lowest] / self.w[lowest]
        with np.errstate(invalid="ignore"):
            ends: Floats = values.astype(np.float64) + np.where(rest >= 0, rest * more, rest * less)
        return ends

    def _drop(self, going: Bools) -> None:
        """Of the last step those plans alone that are pursued."""
        i, parents, flipped = self.steps[-1]
        self.steps[-1] = i, parents[going], flipped[going]
        if self.found is not None and self.found[0] == len(self.steps) - 1:
            at = self.found[1]
            if not going[at]:  # the best of all so far may lead no further
                self.steps[-1] = i, np.append(parents[going], parents[at]), np.append(flipped[going], flipped[at])
                self.found = self.found[0], int(going.sum())
            else:
                self.found = self.found[0], int(going[:at].sum())

    def _taken(self, b: int) -> Bools:
        if self.found is None:
            return self.start
        taken = np.arange(len(self.w)) < b
        k, at = self.found
        for i, parents, flipped in reversed(self.steps[: k + 1]):
            if flipped[at]:
                taken[i] = not taken[i]
            at = int(parents[at])
        return taken
