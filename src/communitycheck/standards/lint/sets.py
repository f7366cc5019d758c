"""Sets of values: numbers as a union of intervals, words as a list or all but a list. What lint reasons with."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf
from typing import NamedTuple


class Span(NamedTuple):
    """Numbers from ``low`` to ``high``; an end belongs to it where its flag says so. Never empty."""

    low: float
    high: float
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Reals:
    """A set of numbers: disjoint spans in ascending order."""

    spans: tuple[Span, ...]

    @property
    def empty(self) -> bool:
        return not self.spans

    def __and__(self, other: Reals) -> Reals:
        met = (_meet(a, b) for a in self.spans for b in other.spans)
        return Reals(tuple(sorted(s for s in met if s is not None)))

    def complement(self) -> Reals:
        out: list[Span] = []
        low, low_in = -inf, False
        for span in self.spans:
            gap = _span(low, span.low, low_in, not span.low_in)
            if gap is not None:
                out.append(gap)
            low, low_in = span.high, not span.high_in
        last = _span(low, inf, low_in, False)
        return Reals((*out, last) if last is not None else tuple(out))

    def whole(self) -> Reals:
        """The least set of spans that holds the same whole numbers."""
        out = []
        for low, high, low_in, high_in in self.spans:
            first = low if low == -inf else ceil(low) if low_in or ceil(low) != low else low + 1
            last = high if high == inf else floor(high) if high_in or floor(high) != high else high - 1
            if first <= last:
                out.append(Span(first, last, first != -inf, last != inf))
        return Reals(tuple(out))


EVERY = Reals((Span(-inf, inf, False, False),))
TRUE = Reals((Span(1, 1),))
FALSE = Reals((Span(0, 0),))
EITHER = Reals((Span(0, 0), Span(1, 1)))


def point(value: float) -> Reals:
    return Reals((Span(value, value),))


def between(low: float, high: float) -> Reals:
    """The closed interval; an infinite end is open."""
    span = _span(low, high, low != -inf, high != inf)
    return Reals((span,) if span is not None else ())


def compared(op: str, value: float) -> Reals:
    """The x for which ``x op value`` holds."""
    match op:
        case "==":
            return point(value)
        case "!=":
            return point(value).complement()
        case "<":
            return Reals((Span(-inf, value, False, False),))
        case "<=":
            return Reals((Span(-inf, value, False, True),))
        case ">":
            return Reals((Span(value, inf, False, False),))
        case _:
            return Reals((Span(value, inf, True, False),))


def _span(low: float, high: float, low_in: bool, high_in: bool) -> Span | None:
    if low < high or (low == high and low_in and high_in):
        return Span(low, high, low_in, high_in)
    return None


def _meet(a: Span, b: Span) -> Span | None:
    low = max(a.low, b.low)
    high = min(a.high, b.high)
    low_in = all(s.low_in for s in (a, b) if s.low == low)
    high_in = all(s.high_in for s in (a, b) if s.high == high)
    return _span(low, high, low_in, high_in)


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words: ``names``, or (``others``) every word but those."""

    names: frozenset[str]
    others: bool = False

    @property
    def empty(self) -> bool:
        return not self.others and not self.names

    def __and__(self, other: Words) -> Words:
        if self.others and other.others:
            return Words(self.names | other.names, True)
        if self.others or other.others:
            listed, barred = (other, self) if self.others else (self, other)
            return Words(listed.names - barred.names)
        return Words(self.names & other.names)

    def complement(self) -> Words:
        return Words(self.names, not self.others)


Domain = Reals | Words


def meet(a: Domain, b: Domain) -> Domain:
    """What is in both. A thing that is a number in one place and a word in another can be neither."""
    if isinstance(a, Reals) and isinstance(b, Reals):
        return a & b
    if isinstance(a, Words) and isinstance(b, Words):
        return a & b
    return Words(frozenset())
