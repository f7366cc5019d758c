"""Questions about columns of values, answered with yes, no or neither: comparing, joining and counting truths."""

from __future__ import annotations

import numpy as np

from communitycheck.model.expression.values import (
    ABSOLUTE,
    OF_NOTHING,
    RELATIVE,
    ZERO_DENOMINATOR,
    Array,
    Na,
    Num,
    Tru,
    Txt,
    both_na,
    settled,
    unknown_numbers,
)


def at_least(a: Num, b: Num) -> Tru:
    """a >= b within the tolerance; unknown where the intervals overlap."""
    return _never_met(_reaches(a, b), a, b)


def above(a: Num, b: Num) -> Tru:
    """a > b, strictly beyond the tolerance."""
    return _never_met(inverse(_reaches(b, a)), a, b)


def _reaches(a: Num, b: Num) -> Tru:
    na = both_na(a.na, b.na)
    with unknown_numbers():
        if a.exact and b.exact:
            yes = a.lo >= b.lo - _slack(a.lo, b.lo)
            return Tru(yes, ~yes & ~np.isnan(a.lo) & ~np.isnan(b.lo), na)
        return Tru(a.lo >= b.hi - _slack(a.lo, b.hi), a.hi < b.lo - _slack(a.hi, b.lo), na)


def _never_met(t: Tru, low: Num, high: Num) -> Tru:
    """``t`` where one side is a quotient over zero: no limit is met by that, but an upper one may be exceeded, and is
    an open question where it could be.

    Args:
        low: the side that has to be the larger.
    """
    if t.na is None or not np.any(t.na == OF_NOTHING):
        return t
    void = t.na == OF_NOTHING
    with unknown_numbers():
        perhaps = ~t.no & ((high.hi == np.inf) | (low.lo == -np.inf)) & ~(np.isinf(low.lo) & (low.lo == high.lo))
    yes, no = t.yes & ~void, t.no & ~(void & (low.lo == high.lo))
    na = np.where(void, np.where(perhaps, np.uint8(0), np.uint8(ZERO_DENOMINATOR)), t.na)
    for one in (low, high):  # what does not apply at all leaves nothing to be exceeded
        if one.na is not None:
            none = void & np.isnan(one.lo) & (one.na > 0) & (one.na != OF_NOTHING)
            na = np.where(none, one.na, na)
    return Tru(yes, no, na.astype(np.uint8))


def equal(a: Num, b: Num, tolerance: float | Array = 0.0) -> Tru:
    """a == b within ``tolerance`` and the usual one."""
    a, b = settled(a), settled(b)
    na = both_na(a.na, b.na)
    with unknown_numbers():
        if a.exact and b.exact:
            yes = np.abs(a.lo - b.lo) <= tolerance + _slack(a.lo, b.lo)
            return Tru(yes, ~yes & ~np.isnan(a.lo) & ~np.isnan(b.lo), na)
        slack = tolerance + _slack(a.lo, b.lo)
        apart = (a.lo > b.hi + slack) | (a.hi < b.lo - slack)
        same = (np.abs(a.lo - b.hi) <= slack) & (np.abs(a.hi - b.lo) <= slack)
        return Tru(same, apart, na)


def compared(operator: str, a: Num, b: Num, tolerance: float | Array = 0.0) -> Tru:
    """``a`` against ``b`` by an operator of the rule language; equal are two that ``tolerance`` may set apart."""
    match operator:
        case ">=":
            return at_least(a, b)
        case "<=":
            return at_least(b, a)
        case ">":
            return above(a, b)
        case "<":
            return above(b, a)
        case "==":
            return equal(a, b, tolerance)
        case "!=":
            return inverse(equal(a, b, tolerance))
        case _:
            raise ValueError(operator)


def conjunction(a: Tru, b: Tru) -> Tru:
    """Both. One no decides it, whatever the other says or whether that applies."""
    yes, no = a.yes & b.yes, a.no | b.no
    return Tru(yes, no, _open_na(a, b))


def disjunction(a: Tru, b: Tru, plain: tuple[bool, bool] = (False, False)) -> Tru:
    """Either. One yes decides it.

    Args:
        plain: whether a no of ``a``, of ``b``, is an answer of its own, which holds beside a part that does not apply.
            A no that only says "another case" (urban and ...) leaves the whole without an answer there.
    """
    yes, no = a.yes | b.yes, a.no & b.no
    for one, other, answers in ((a, b, plain[1]), (b, a, plain[0])):
        if answers and one.na is not None:
            no = no | (does_not_apply(one) & other.no)
    return Tru(yes, no, _open_na(a, b))


def inverse(a: Tru) -> Tru:
    return Tru(a.no, a.yes, a.na)


def does_not_apply(a: Tru) -> Array:
    """Where the question does not arise and no other part decides it."""
    if a.na is None:
        return np.zeros(np.shape(a.yes), dtype=bool)
    void: Array = (a.na > 0) & ~a.yes & ~a.no
    return void


def _open_na(a: Tru, b: Tru) -> Na:
    """Of two truths together: where a part does not apply and the other is no open question."""
    na = both_na(a.na, b.na)
    if na is None:
        return None
    open_ = [~x.yes & ~x.no & ~does_not_apply(x) for x in (a, b)]
    return np.where(open_[0] | open_[1], np.uint8(0), na)


def is_positive(a: Num) -> Tru:
    """A count read as a truth: some or none."""
    a = settled(a)
    with unknown_numbers():
        return Tru(a.lo > 0, a.hi <= 0, a.na)


def count_true(values: list[Tru]) -> Num:
    """How many of the truths hold: a range where some are unknown.

    A part that does not apply is left out where another is a no; beside nothing but yes it might count or not, and the
    count has no answer where that matters.
    """
    low: Array = np.zeros(())
    high: Array = np.zeros(())
    void: Array = np.zeros(())
    missed: Array = np.zeros((), dtype=bool)
    na: Na = None
    for value in values:
        low = low + value.yes
        if value.na is None:
            high = high + ~value.no
        else:
            here = does_not_apply(value)
            void = void + here
            high = high + (~value.no & ~here)
            na = both_na(na, np.where(here, value.na, np.uint8(0)))
        missed = missed | value.no
    low, high = np.asarray(low, float), np.asarray(high, float)
    if na is not None:
        na = np.where(missed | (high > low), np.uint8(0), na)
        high = np.where(missed, high, high + void)
    return Num(low, low, na) if np.array_equal(low, high) else Num(low, high, na)


def text_is(a: Txt, wanted: set[str]) -> Tru:
    """Is the text one of ``wanted``? Unknown where blank."""
    table = np.array([name in wanted for name in a.names] + [False])  # the last serves code -1
    yes = table[a.codes]
    return Tru(yes, ~yes & (a.codes >= 0), a.na)


def text_equal(a: Txt, b: Txt) -> Tru:
    joint = {name: i for i, name in enumerate(dict.fromkeys([*a.names, *b.names]))}
    left = np.array([joint[n] for n in a.names] + [-1])[a.codes]
    right = np.array([joint[n] for n in b.names] + [-1])[b.codes]
    known = (left >= 0) & (right >= 0)
    yes = (left == right) & known
    return Tru(yes, known & ~yes, both_na(a.na, b.na))


def _slack(a: Array, b: Array) -> Array:
    size = np.maximum(np.abs(a), np.abs(b))
    slack: Array = np.where(np.isinf(size), 0.0, size) * RELATIVE + ABSOLUTE
    return slack
