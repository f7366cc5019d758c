"""Arithmetic on numbers with two ends, as SQL: what ``model.expression.values`` does with columns.

Figures that are known to be never below zero, as nearly all of a return are, take their own ends; of others all corners
are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce

from msgspec.structs import replace
from sqlglot import exp

from communitycheck.model.expression.values import ABSOLUTE, RELATIVE
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.operands import NumberSql, OverNothing, fixed, larger_na, lifted, zero_na
from communitycheck.products.sql.language.terms import Part, Sql

# Gives an expression that is used more than once a column of its own, and that column.
Keep = Callable[[Sql], Sql]


def add(a: NumberSql, b: NumberSql) -> NumberSql:
    return lifted(_sum, a, b)


def _sum(a: NumberSql, b: NumberSql) -> NumberSql:
    if a.value is not None and b.value is not None:
        return fixed(a.value + b.value)
    lo = _summed(a.low, b.low, a, b)
    hi = lo if a.exact and b.exact else _summed(a.high, b.high, a, b)
    known = a.known and b.known and not any(isinstance(end, exp.Case) for end in (lo, hi))
    return NumberSql(lo, hi, larger_na(a.na, b.na), a.least + b.least, a.most + b.most, known=known)


def _summed(one: Part, other: Part, a: NumberSql, b: NumberSql) -> Sql:
    """The sum; of two ends without bound on different sides nothing."""
    found = t.plus(one, other)
    clashes = [
        t.both(t.same(x, far), t.same(y, -far))
        for x, y, left, right in ((one, other, a, b), (other, one, b, a))
        for far in (math.inf,)
        if left.most == math.inf and right.least == -math.inf
    ]
    return _no_nan(found, t.either(*clashes))


def subtract(a: NumberSql, b: NumberSql) -> NumberSql:
    return lifted(_difference, a, b)


def _difference(a: NumberSql, b: NumberSql) -> NumberSql:
    if a.value is not None and b.value is not None:
        return fixed(a.value - b.value)
    lo = _less(a.low, b.high, a, b)
    hi = lo if a.exact and b.exact else _less(a.high, b.low, a, b)
    return NumberSql(lo, hi, larger_na(a.na, b.na), a.least - b.most, a.most - b.least)


def _less(one: Part, other: Part, a: NumberSql, b: NumberSql) -> Sql:
    clashes = [
        t.both(t.same(one, far), t.same(other, far))
        for far, unbounded in (
            (math.inf, a.most == math.inf and b.most == math.inf),
            (-math.inf, a.least == -math.inf and b.least == -math.inf),
        )
        if unbounded
    ]
    return _no_nan(t.minus(one, other), t.either(*clashes))


def negate(a: NumberSql) -> NumberSql:
    return lifted(_negated, a)


def _negated(a: NumberSql) -> NumberSql:
    if a.value is not None:
        return fixed(-a.value)
    lo = t.less_sign(a.hi)
    return NumberSql(lo, lo if a.exact else t.less_sign(a.lo), a.na, -a.most, -a.least)


def multiply(a: NumberSql, b: NumberSql, keep: Keep) -> NumberSql:
    if a.value is not None and b.value is not None:
        return fixed(a.value * b.value)
    if a.value is not None:
        a, b = b, a
    by = b.value
    if by is not None and by > 0:
        return _scaled(a, by, lambda end: t.times(end, by))
    return lifted(lambda x, y: _product(x, y, keep), a, b)


def _product(a: NumberSql, b: NumberSql, keep: Keep) -> NumberSql:
    na, (least, most) = larger_na(a.na, b.na), _range_of_product(a, b)
    if a.exact and b.exact and a.finite and b.finite:
        lo = t.times(a.low, b.low)
        return NumberSql(lo, lo, na, least, most)
    a, b = _kept(a, keep), _kept(b, keep)
    nothing = t.either(_zero_times_infinity(a, b), _zero_times_infinity(b, a))
    if a.least >= 0 and b.least >= 0:
        ends = [t.times(a.low, b.low), t.times(a.high, b.high)]
    else:
        corners = [keep(t.times(x, y)) for x in _ends(a) for y in _ends(b)]
        ends = [reduce(take, corners) for take in (t.smaller, t.larger)]
    lo, hi = (_no_nan(end, nothing) for end in ends)
    return NumberSql(lo, lo if a.exact and b.exact else hi, na, least, most)


def _ends(a: NumberSql) -> list[Part]:
    return [a.low] if a.exact else [a.low, a.high]


def _zero_times_infinity(a: NumberSql, b: NumberSql) -> Sql:
    """Where an end of the one is 0 and one of the other without bound: what that makes is nothing."""
    if b.finite or a.least > 0 or a.most < 0:
        return t.constant(False)
    none = t.either(*(t.same(end, 0) for end in _ends(a)))
    return t.both(none, t.either(*(t.same(end if b.least >= 0 else t.size(end), math.inf) for end in _ends(b))))


def _range_of_product(a: NumberSql, b: NumberSql) -> tuple[float, float]:
    products = [0.0 if 0.0 in (x, y) else x * y for x in (a.least, a.most) for y in (b.least, b.most)]
    return min(products), max(products)


def divide(a: NumberSql, b: NumberSql, keep: Keep) -> NumberSql:
    """a / b. A denominator of exactly 0 makes the question void, apart from what it says to an upper limit."""
    by = b.value
    if a.value is not None and by:
        return fixed(a.value / by)
    if by is not None and by > 0:
        return _scaled(a, 1 / by, lambda end: t.over(end, t.double(by)))
    return lifted(lambda x, y: _quotient(x, y, keep), a, b)


def _quotient(a: NumberSql, b: NumberSql, keep: Keep) -> NumberSql:
    a, b = _kept(a, keep), _kept(b, keep)
    na = larger_na(a.na, b.na)
    never_zero = b.least > 0 or b.most < 0
    zero = t.constant(False) if never_zero else t.both(*(t.same(end, 0) for end in _ends(b)))
    if a.exact and b.exact and a.finite and b.finite:
        lo = t.over(a.low, _not_zero(b.lo, b))
        found = NumberSql(lo, lo, na, *_range_of_quotient(a, b))
    elif a.least >= 0 and b.least >= 0:
        found = replace(_between(a, b, zero), na=na)
    else:
        found = replace(_anywhere(a, b, zero, keep), na=na)
    if never_zero:
        return found
    above = t.more(a.low, ABSOLUTE)
    unasked = t.constant(False) if a.na is None else t.more(a.na, 0)
    infinite = keep(t.surely(t.both(zero, above, t.negated(unasked))))
    not_more = t.surely(t.at_most(a.high, ABSOLUTE))
    some = keep(t.both(t.surely(zero), t.negated(not_more), t.negated(unasked)))
    if a.value is not None and a.value <= ABSOLUTE:
        infinite = some = t.constant(False)
    lo = t.choose((infinite, math.inf), (some, 0.0), default=found.lo)
    over = OverNothing(some, lo, t.choose((some, math.inf), default=found.hi), infinite)
    return replace(found, na=zero_na(zero, na), over_nothing=over)


def _between(a: NumberSql, b: NumberSql, zero: Sql) -> NumberSql:
    """The quotient of two that may be known between bounds, neither of them below zero."""
    # 0 / 0 and infinity / infinity are nothing, whichever of the corners they are.
    nothing = [zero]
    if b.least <= 0:
        nothing.append(t.both(t.same(b.low, 0), t.same(a.low, 0)))
    if not a.finite and not b.finite:
        nothing.append(t.both(t.same(a.high, math.inf), t.same(b.high, math.inf)))
    void = t.either(*nothing)
    lo, hi = t.over(a.low, _not_zero(b.hi, b)), t.over(a.high, _not_zero(b.lo, b))
    if b.least <= 0:
        hi = t.choose((t.both(t.same(b.low, 0), t.is_known(t.sql_of(a.high))), math.inf), default=hi)
    return NumberSql(_no_nan(lo, void), _no_nan(hi, void), None, *_range_of_quotient(a, b))


def _anywhere(a: NumberSql, b: NumberSql, zero: Sql, keep: Keep) -> NumberSql:
    """The same of figures that may be below zero: the least and the most of all corners; a denominator that may be 0
    from either side says nothing."""
    sign = t.choose((t.less(b.low, 0), -1.0), default=1.0)  # of a denominator that ends at 0: that of its other end

    def corner(x: Part, y: Part) -> Sql:
        far = t.choose((t.more(x, 0), t.times(sign, math.inf)), (t.less(x, 0), t.times(sign, -math.inf)))
        clash = t.both(t.same(t.size(x), math.inf), t.same(t.size(y), math.inf))
        divided = t.over(x, exp.Nullif(this=t.sql_of(y), expression=exp.Literal.number(0)))
        return keep(t.choose((t.same(y, 0), far), (clash, exp.Null()), default=divided))

    corners = [corner(x, y) for x in _ends(a) for y in _ends(b)]
    across = t.both(t.less(b.low, 0), t.more(b.high, 0), t.is_known(t.sql_of(a.low)))
    lo, hi = (
        t.choose((zero, exp.Null()), (across, far), default=reduce(take, corners))
        for take, far in ((t.smaller, -math.inf), (t.larger, math.inf))
    )
    return NumberSql(lo, lo if a.exact and b.exact else hi)


def _not_zero(end: Sql, b: NumberSql) -> Sql:
    never = b.least > 0 or b.most < 0
    return end if never else exp.Nullif(this=end, expression=exp.Literal.number(0))


def _range_of_quotient(a: NumberSql, b: NumberSql) -> tuple[float, float]:
    if a.least >= 0 and b.least >= 0:
        least = a.least / b.most if 0 < b.most < math.inf else 0.0
        most = a.most / b.least if b.least > 0 and a.most < math.inf else math.inf
        return least, most
    return -math.inf, math.inf


def absolute(a: NumberSql) -> NumberSql:
    return a if a.least >= 0 else lifted(_absolute, a)


def _absolute(a: NumberSql) -> NumberSql:
    lo = t.size(a.lo)
    most = max(abs(a.least), abs(a.most))
    if a.exact:
        return NumberSql(lo, lo, a.na, 0.0, most)
    sides = t.size(a.lo), t.size(a.hi)
    across = t.both(t.at_most(a.lo, 0), t.at_least(a.hi, 0))
    return NumberSql(t.choose((across, 0.0), default=t.smaller(*sides)), t.larger(*sides), a.na, 0.0, most)


def smallest(figures: list[NumberSql], keep: Keep) -> NumberSql:
    return _folded(figures, keep, t.smaller, min)


def largest(figures: list[NumberSql], keep: Keep) -> NumberSql:
    return _folded(figures, keep, t.larger, max)


def _folded(
    figures: list[NumberSql], keep: Keep, take: Callable[[Sql, Sql], Sql], ends: Callable[[float, float], float]
) -> NumberSql:
    def of_two(one: NumberSql, other: NumberSql) -> NumberSql:
        if one.value is not None and other.value is not None:
            return fixed(ends(one.value, other.value))
        one, other = _kept(one, keep), _kept(other, keep)
        lo = take(one.lo, other.lo)
        hi = lo if one.exact and other.exact else take(one.hi, other.hi)
        least, most = ends(one.least, other.least), ends(one.most, other.most)
        return NumberSql(lo, hi, larger_na(one.na, other.na), least, most)

    return reduce(lambda one, other: lifted(of_two, one, other), figures)


def stepwise(function: str, a: NumberSql, keep: Keep) -> NumberSql:
    """``ceil``, ``floor`` or ``round``; a number within the tolerance of a whole one counts as that one."""
    return lifted(lambda one: _stepped(function, one, keep), a)


def _stepped(function: str, a: NumberSql, keep: Keep) -> NumberSql:
    a = _kept(a, keep)

    def step(end: Sql) -> Sql:
        rounded = keep(exp.cast(exp.Round(this=end), t.DOUBLE))
        off = t.size(t.minus(end, rounded))
        room = t.times(t.number(RELATIVE), end if a.least >= 0 else t.size(end))
        near = t.either(t.at_most(off, t.number(RELATIVE)), t.at_most(off, room))
        stepped = t.choose((near, rounded), default=exp.cast(_STEPS[function](end), t.DOUBLE))
        return stepped if a.finite else t.choose((t.same(t.size(end), math.inf), end), default=stepped)

    lo = step(a.lo)
    least, most = (x if math.isinf(x) else math.floor(x) + s for x, s in ((a.least, 0.0), (a.most, 1.0)))
    return NumberSql(lo, lo if a.exact else step(a.hi), a.na, least, most)


def _half_up(end: Sql) -> Sql:
    """Half away from zero, as people round."""
    raised = exp.Floor(this=t.plus(t.plus(t.size(end), t.number(0.5)), t.number(RELATIVE)))
    return t.choose((t.less(end, 0), t.less_sign(raised)), default=raised)


_STEPS: dict[str, Callable[[Sql], Sql]] = {
    "ceil": lambda end: exp.Ceil(this=end),
    "floor": lambda end: exp.Floor(this=end),
    "round": _half_up,
}


def _scaled(a: NumberSql, by: float, function: Callable[[Part], Sql]) -> NumberSql:
    """By a factor above 0, which leaves what stands over nothing as it is."""
    lo = function(a.lo)
    over = a.over_nothing
    if over is not None:
        over = replace(over, lo=function(over.lo), hi=function(over.hi))
    return NumberSql(lo, lo if a.exact else function(a.hi), a.na, a.least * by, a.most * by, None, over, a.known)


def _kept(a: NumberSql, keep: Keep) -> NumberSql:
    if a.value is not None:
        return a
    lo = keep(a.lo)
    return replace(a, lo=lo, hi=lo if a.exact else keep(a.hi))


def _no_nan(found: Sql, nothing: Sql) -> Sql:
    return found if t.is_false(nothing) else t.choose((nothing, exp.Null()), default=found)
