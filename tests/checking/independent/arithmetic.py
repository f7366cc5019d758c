"""Numbers and answers that may be unknown, in exact fractions: the standards' arithmetic, written for these tests.

Nothing of the package is used here, so that a slip of the engine cannot repeat itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Num:
    """A number between two ends. ``top`` None has no upper end; ``open_top``: it stays below it; ``open_low``: above.

    ``given`` is false where nothing was stated (blank, unreadable, an error, impossible), and the ends are then those
    that a community can have at all. ``refused``: what was stated cannot be. ``applies`` is false for 不适用.
    """

    low: Fraction
    top: Fraction | None
    open_low: bool = False
    open_top: bool = False
    given: bool = True
    applies: bool = True
    refused: bool = False

    @property
    def exact(self) -> bool:
        return self.given and self.applies and self.low == self.top


def number(value: int | Fraction) -> Num:
    return Num(Fraction(value), Fraction(value))


@dataclass(frozen=True)
class Answer:
    """Yes, no, unknown (both) or 不适用 (neither)."""

    yes: bool
    no: bool

    @property
    def known(self) -> bool:
        return self.yes != self.no

    @property
    def applies(self) -> bool:
        return self.yes or self.no


YES, NO, UNKNOWN, NOT_APPLICABLE = Answer(True, False), Answer(False, True), Answer(True, True), Answer(False, False)


def reaches(value: Num, limit: Num) -> Answer:
    """Whether a number is at least a limit."""
    if not (value.applies and limit.applies):
        return NOT_APPLICABLE
    sure = limit.top is not None and value.low >= limit.top
    never = value.top is not None and (
        value.top < limit.low or (value.top == limit.low and (value.open_top or limit.open_low))
    )
    return YES if sure else NO if never else UNKNOWN


def stays_within(value: Num, limit: Num) -> Answer:
    """Whether a number is at most a limit."""
    return reaches(limit, value)


def between(value: Num, low: Fraction, high: Fraction) -> Answer:
    return both(reaches(value, number(low)), stays_within(value, number(high)))


def same(value: Num, other: Num) -> Answer:
    """Whether two whole numbers are equal."""
    if not (value.applies and other.applies):
        return NOT_APPLICABLE
    if value.exact and other.exact:
        return YES if value.low == other.low else NO
    apart = (value.top is not None and value.top < other.low) or (other.top is not None and other.top < value.low)
    return NO if apart else UNKNOWN


def both(*answers: Answer) -> Answer:
    if any(a == NO for a in answers):
        return NO
    if any(a == UNKNOWN for a in answers):
        return UNKNOWN
    return NOT_APPLICABLE if any(not a.applies for a in answers) else YES


def quotient(above: Num, below: Num) -> Num:
    """``below`` is above zero at its lower end."""
    if not (above.applies and below.applies):
        return Num(Fraction(0), Fraction(0), applies=False)
    low = Fraction(0) if below.top is None else above.low / below.top
    top = None if above.top is None else above.top / below.low
    exact = above.exact and below.exact
    return Num(
        low,
        top,
        open_low=not exact and (above.open_low or below.open_top),
        open_top=not exact and (above.open_top or below.open_low),
        given=above.given or below.given,
    )


def times(value: Num, factor: int) -> Num:
    top = None if value.top is None else value.top * factor
    return Num(value.low * factor, top, value.open_low, value.open_top, value.given, value.applies)


def plus(value: Num, more: int) -> Num:
    top = None if value.top is None else value.top + more
    return Num(value.low + more, top, value.open_low, value.open_top, value.given, value.applies)


def add(a: Num, b: Num) -> Num:
    top = None if a.top is None or b.top is None else a.top + b.top
    return Num(
        a.low + b.low, top, a.open_low or b.open_low, a.open_top or b.open_top, a.given and b.given,
        a.applies and b.applies,
    )  # fmt: skip


def largest(a: Num, b: Num) -> Num:
    top = None if a.top is None or b.top is None else max(a.top, b.top)
    return Num(max(a.low, b.low), top, given=a.given or b.given, applies=a.applies and b.applies)


def rounded_up(value: Num) -> Num:
    top = None if value.top is None else Fraction(math.ceil(value.top))
    return Num(Fraction(math.ceil(value.low)), top, given=value.given, applies=value.applies)


def count(answers: Sequence[Answer]) -> Num:
    """How many are yes. Beside a no a part that does not apply counts as not there; with only yes it may be either."""
    if all(not a.applies for a in answers):
        return Num(Fraction(0), Fraction(0), applies=False)
    sure = sum(a == YES for a in answers)
    most = sum(a.yes for a in answers)
    if not any(a == NO for a in answers):
        most += sum(not a.applies for a in answers)
    return Num(Fraction(sure), Fraction(most), given=any(a.known for a in answers))


# --- ratios of sums


Pair = tuple[Fraction, Fraction]


def least_ratio(choices: Sequence[Sequence[Pair]]) -> Fraction:
    """The least sum(x)/sum(y) where each record offers several pairs (x, y); sum(y) is above zero in each choice.

    Dinkelbach's method: with the least ratio so far, take of each record the pair that lowers x - ratio * y most.
    """
    ratio: Fraction | None = None
    chosen = [pairs[0] for pairs in choices]
    while True:
        above, below = sum(x for x, _ in chosen), sum(y for _, y in chosen)
        now = Fraction(above) / Fraction(below)
        if ratio is not None and now >= ratio:
            return ratio
        ratio = now
        chosen = [min(pairs, key=lambda pair: pair[0] - now * pair[1]) for pairs in choices]


def greatest_ratio(choices: Sequence[Sequence[Pair]]) -> Fraction:
    return -least_ratio([[(-x, y) for x, y in pairs] for pairs in choices])


# --- shares of records


@dataclass(frozen=True)
class Member:
    """A record of a group: whether it is in scope, and whether it meets what is asked."""

    within: Answer
    meets: Answer


@dataclass(frozen=True)
class Share:
    low: Fraction | None
    top: Fraction | None
    sure_of: int
    sure_met: int
    perhaps_unmet: int


def share(members: Sequence[Member]) -> Share:
    """The bounds of the share; None where not a single record can be in it."""
    taken = [m for m in members if m.within != NO and m.meets.applies]
    sure = [m for m in taken if m.within == YES]
    maybe = [m for m in taken if m.within == UNKNOWN]
    met = sum(m.meets == YES for m in sure)
    unknown = sum(m.meets == UNKNOWN for m in sure)
    unmet_maybe = sum(m.meets.no for m in maybe)
    met_maybe = sum(m.meets.yes for m in maybe)
    if not taken:
        return Share(None, None, 0, 0, 0)

    def rate(part: int, whole: int, empty: int) -> Fraction:
        return Fraction(part, whole) if whole else Fraction(empty)

    low = rate(met, len(sure) + unmet_maybe, 1)
    top = rate(met + unknown + met_maybe, len(sure) + met_maybe, 0)
    return Share(low, top, len(sure), met, unmet_maybe)
