"""The rank of each record by a number: one more than those that have a larger one.

What nobody knows may be larger than anything or not, so that beside unknown figures a rank lies between two.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from communitycheck.checking.evaluation.alike import keys_of
from communitycheck.checking.repeated.keys import Keys, joined
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Value
from communitycheck.model.table import Bools, Floats, Ints


class Ranked(Struct, frozen=True):
    """Among whom the records are ranked.

    Attributes:
        periods: the period of each record, in which alone it is ranked (-1: not known).
        heads: for each record the one that stands for its subject; None where each is of its own.
        aside: records that take no part.
    """

    periods: Ints
    heads: Ints | None
    aside: Bools | None


def ranks(number: Num, within: Sequence[Value], among: Ranked) -> Num:
    """The rank among the records that say the same in all fields of ``within``; 1 is the largest, ties share it."""
    n = len(among.periods)
    low, high = (np.broadcast_to(v.tidy(end, end), n) for end in (number.lo, number.hi))
    na = number.na
    for value in within:
        na = v.both_na(na, value.na)
    void = np.zeros(n, bool) if na is None else np.broadcast_to(na > 0, n)
    keys = _groups(within, among.periods)
    known = ~np.isnan(low) & (keys >= 0)
    taking = ~void if among.aside is None else ~void & ~among.aside
    subjects = _Subjects.of(keys, low, high, np.flatnonzero(taking).astype(np.int32), among.heads)
    best, worst = subjects.above(keys, low, high)
    own = subjects.own_high(n)
    worst -= own > np.where(known, low, np.inf)
    unplaced = keys < 0
    if (unplaced & taking).any():  # they may lie in any group
        everywhere = np.zeros(n, np.int64)
        homeless = np.flatnonzero(taking & unplaced).astype(np.int32)
        others = _Subjects.of(everywhere, low, high, homeless, among.heads)
        worst += others.above(everywhere, low, high)[1]
    first, last = np.where(known, best + 1.0, np.nan), np.where(known, worst + 1.0, np.nan)
    return Num(first, first if np.array_equal(first, last, equal_nan=True) else last, na)


def _groups(within: Sequence[Value], periods: Ints) -> Keys:
    keys = keys_of(within) if within else np.zeros(len(periods), np.int64)
    if (periods < 0).all():
        return keys
    both = joined([keys, periods.astype(np.int64)])
    both[(keys < 0) | (periods < 0)] = -1
    return both


class _Subjects(Struct, frozen=True):
    """Those who are ranked, each once: group and figure, which lies between what its records say."""

    keys: Keys
    low: Floats
    high: Floats
    members: Ints
    of_member: Ints

    @classmethod
    def of(cls, keys: Keys, low: Floats, high: Floats, members: Ints, heads: Ints | None) -> _Subjects:
        few, unknown = keys[members], np.isnan(low[members])
        least, most = np.where(unknown, -np.inf, low[members]), np.where(unknown, np.inf, high[members])
        if heads is None:
            return cls(few, least, most, members, np.arange(len(members), dtype=np.int32))
        pairs = joined([few + 1, heads[members].astype(np.int64)])
        _, first, which = np.unique(pairs, return_index=True, return_inverse=True)
        lows, highs = np.full(len(first), np.inf), np.full(len(first), -np.inf)
        np.minimum.at(lows, which, least)
        np.maximum.at(highs, which, most)
        return cls(few[first], lows, highs, members, which.astype(np.int32))

    def above(self, keys: Keys, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """How many of the same group have more for certain, and how many may have."""
        return _more(self.keys, self.low, keys, high), _more(self.keys, self.high, keys, low)

    def own_high(self, n: int) -> Floats:
        """The upper end of each record's own subject."""
        found = np.full(n, -np.inf)
        found[self.members] = self.high[self.of_member]
        return found


def _more(keys: Keys, figures: Floats, own_keys: Keys, own: Floats) -> Floats:
    """For each key and figure of one's own how many figures of that key are larger."""
    order = np.lexsort((figures, keys))
    values, place = np.unique(np.concatenate([figures, own]), return_inverse=True)
    width = np.int64(len(values) + 1)
    ordered = keys[order] * width + place[: len(figures)][order]
    up_to = np.searchsorted(ordered, own_keys * width + place[len(figures) :], "right")
    end = np.searchsorted(ordered, (own_keys + 1) * width, "left")
    return (end - up_to).astype(np.float64)


__all__ = ["Ranked", "ranks"]
