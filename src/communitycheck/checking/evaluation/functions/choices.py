"""``if``: one value where a condition holds, another where it does not, and what both allow where nobody knows."""

from __future__ import annotations

import numpy as np

from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt, Value


def chosen(condition: Tru, one: Value, other: Value) -> Value:
    """``one`` where the condition holds, ``other`` where it does not.

    Where the condition is not known, a number lies somewhere between the least and the most that the two allow, and is
    unknown where either is; a truth or a text is known where both say the same. Where the condition does not apply,
    neither does the choice.
    """
    kind = next((type(x) for x in (one, other) if not isinstance(x, Num)), Num)
    one, other = (v.nothing_of(kind, x) if type(x) is not kind else x for x in (one, other))
    na = _na(condition, _void(one), _void(other))
    match one, other:
        case Num(), Num():
            return _number(condition, one, other, na)
        case Tru(), Tru():
            yes, no = (_either(condition, a, b) for a, b in ((one.yes, other.yes), (one.no, other.no)))
            return Tru(yes, no, na)
        case Txt(), Txt():
            return _text(condition, one, other, na)
        case _:
            raise TypeError("a choice between values of two kinds")


def _void(value: Value) -> v.Na:
    """Why the value does not apply; of a truth that is decided all the same it does."""
    if isinstance(value, Tru) and value.na is not None:
        return np.where(truths.does_not_apply(value), value.na, np.uint8(0))
    return value.na


def _na(condition: Tru, one: v.Na, other: v.Na) -> v.Na:
    if condition.na is None and one is None and other is None:
        return None
    a, b = (np.uint8(0) if na is None else na for na in (one, other))
    both = np.where((a > 0) & (b > 0), a, np.uint8(0))
    found = np.where(condition.yes, a, np.where(condition.no, b, both))
    if condition.na is not None:
        found = np.where(truths.does_not_apply(condition), condition.na, found)
    return found.astype(np.uint8)


def _number(condition: Tru, one: Num, other: Num, na: v.Na) -> Num:
    yes, no = condition.yes, condition.no
    void = truths.does_not_apply(condition)
    a, b = v.settled(one), v.settled(other)
    with v.unknown_numbers():
        low = np.where(yes, one.lo, np.where(no, other.lo, np.where(void, np.nan, np.minimum(a.lo, b.lo))))
        if one.exact and other.exact and np.all(yes | no | void):
            return Num(low, low, na)
        high = np.where(yes, one.hi, np.where(no, other.hi, np.where(void, np.nan, np.maximum(a.hi, b.hi))))
    return Num(low, high, na)


def _either(condition: Tru, one: v.Array, other: v.Array) -> v.Array:
    """Where the chosen truth is certain: in the part that is chosen, and where nobody knows which, in both."""
    return np.where(condition.yes, one, np.where(condition.no, other, one & other & ~truths.does_not_apply(condition)))


def _text(condition: Tru, one: Txt, other: Txt, na: v.Na) -> Txt:
    joint = {name: i for i, name in enumerate(dict.fromkeys([*one.names, *other.names]))}
    left, right = (np.array([*(joint[n] for n in x.names), -1], np.int32)[x.codes] for x in (one, other))
    agreed = np.where((left == right) & ~truths.does_not_apply(condition), left, -1)
    return Txt(np.where(condition.yes, left, np.where(condition.no, right, agreed)), list(joint), na)
