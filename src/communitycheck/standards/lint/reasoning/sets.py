"""Sets of values: numbers as a union of intervals, words as a list or all but a list. What lint reasons with."""

from __future__ import annotations

from math import ceil, floor, inf
from typing import NamedTuple

from msgspec import Struct


class Interval(NamedTuple):
    """Numbers from ``low`` to ``high``; an end belongs to it where its flag says so. Never empty."""

    low: float
    high: float
    low_in: bool = True
    high_in: bool = True


class Reals(Struct, frozen=True):
    """A set of numbers: disjoint intervals in ascending order."""

    intervals: tuple[Interval, ...]

    @property
    def empty(self) -> bool:
        return not self.intervals

    def __and__(self, other: Reals) -> Reals:
        met = [s for a in self.intervals for b in other.intervals if (s := _meet(a, b)) is not None]
        return Reals(tuple(sorted(met) if len(met) > 1 else met))

    def complement(self) -> Reals:
        out: list[Interval] = []
        low, low_in = -inf, False
        for interval in self.intervals:
            gap = _interval(low, interval.low, low_in, not interval.low_in)
            if gap is not None:
                out.append(gap)
            low, low_in = interval.high, not interval.high_in
        last = _interval(low, inf, low_in, False)
        return Reals((*out, last) if last is not None else tuple(out))

    def whole(self) -> Reals:
        """The least set of intervals that holds the same whole numbers."""
        out = []
        for low, high, low_in, high_in in self.intervals:
            first = low if low == -inf else ceil(low) if low_in or ceil(low) != low else low + 1
            last = high if high == inf else floor(high) if high_in or floor(high) != high else high - 1
            if first <= last:
                out.append(Interval(first, last, first != -inf, last != inf))
        return Reals(tuple(out))


EVERY = Reals((Interval(-inf, inf, False, False),))
TRUE = Reals((Interval(1, 1),))
FALSE = Reals((Interval(0, 0),))
EITHER = Reals((Interval(0, 0), Interval(1, 1)))


def point(value: float) -> Reals:
    return Reals((Interval(value, value),))


def between(low: float, high: float) -> Reals:
    """The closed interval; an infinite end is open."""
    interval = _interval(low, high, low != -inf, high != inf)
    return Reals((interval,) if interval is not None else ())


def compared(op: str, value: float) -> Reals:
    """The x for which ``x op value`` holds."""
    match op:
        case "==":
            return point(value)
        case "!=":
            return point(value).complement()
        case "<":
            return Reals((Interval(-inf, value, False, False),))
        case "<=":
            return Reals((Interval(-inf, value, False, True),))
        case ">":
            return Reals((Interval(value, inf, False, False),))
        case _:
            return Reals((Interval(value, inf, True, False),))


def _interval(low: float, high: float, low_in: bool, high_in: bool) -> Interval | None:
    if low < high or (low == high and low_in and high_in):
        return Interval(low, high, low_in, high_in)
    return None


def _meet(a: Interval, b: Interval) -> Interval | None:
    low, low_out = max((a.low, not a.low_in), (b.low, not b.low_in))
    high, high_in = min((a.high, a.high_in), (b.high, b.high_in))
    return _interval(low, high, not low_out, high_in)


class Texts(Struct, frozen=True):
    """A set of words: ``names``, or (``others``) every word but those."""

    names: frozenset[str]
    others: bool = False

    @property
    def empty(self) -> bool:
        return not self.others and not self.names

    def __and__(self, other: Texts) -> Texts:
        if self.others and other.others:
            return Texts(self.names | other.names, True)
        if self.others or other.others:
            listed, barred = (other, self) if self.others else (self, other)
            return Texts(listed.names - barred.names)
        return Texts(self.names & other.names)

    def complement(self) -> Texts:
        return Texts(self.names, not self.others)


Domain = Reals | Texts


def meet(a: Domain, b: Domain) -> Domain:
    """What is in both. A thing that is a number in one place and a word in another can be neither."""
    if isinstance(a, Reals) and isinstance(b, Reals):
        return a & b
    if isinstance(a, Texts) and isinstance(b, Texts):
        return a & b
    return Texts(frozenset())
