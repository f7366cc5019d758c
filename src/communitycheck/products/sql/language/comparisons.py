"""Two numbers held against each other within the usual tolerance, and truths of three values: as SQL."""

from __future__ import annotations

import math

from msgspec.structs import replace

from communitycheck.model.expression.values import ABSOLUTE, RELATIVE, ZERO_DENOMINATOR
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.arithmetic import Keep
from communitycheck.products.sql.language.operands import (
    ConditionSql,
    NumberSql,
    TextSql,
    larger_na,
    settled,
    with_infinity,
)
from communitycheck.products.sql.language.terms import Part, Sql
from communitycheck.products.sql.refusals import NotCovered


def at_least(a: NumberSql, b: NumberSql, keep: Keep) -> ConditionSql:
    """a >= b within the tolerance; NULL where the ends overlap."""
    return _unbeaten(_reaches(a, b, keep), a, b, keep, missed=False)


def above(a: NumberSql, b: NumberSql, keep: Keep) -> ConditionSql:
    """a > b, strictly beyond the tolerance."""
    return _unbeaten(t.negated(_reaches(b, a, keep)), a, b, keep, missed=True)


def _reaches(a: NumberSql, b: NumberSql, keep: Keep) -> Sql:
    if a.value is not None and b.value is not None:
        return t.constant(a.value >= b.value - _slack_of(a.value, b.value))
    if a.exact and b.exact:
        return t.at_least(a.low, _less_slack(a.low, b.low, a, b))
    a, b = _kept(a, keep), _kept(b, keep)
    return t.choose(
        (t.at_least(a.low, _less_slack(a.low, b.high, a, b)), t.constant(True)),
        (t.less(a.high, _less_slack(a.high, b.low, a, b)), t.constant(False)),
    )


def _less_slack(one: Part, other: Part, a: NumberSql, b: NumberSql) -> Sql:
    """``other`` less the slack: that of the larger of the two, which is ``other`` wherever the question is open."""
    if b.value is not None and b.value >= 0 and a.least >= 0:
        return t.minus(b.value, b.value * RELATIVE + ABSOLUTE)
    return t.minus(other, _slack(one, other, a, b))


def _slack(one: Part, other: Part, a: NumberSql, b: NumberSql) -> Sql:
    plain = a.least >= 0 and b.least >= 0
    size = _node(other) if plain else t.larger(t.size(one), t.size(other))
    if not (b.finite and (a.least >= 0 or a.finite)):
        size = t.choose((t.same(size, math.inf), 0.0), default=size)
    return t.plus(t.times(t.number(RELATIVE), size), t.number(ABSOLUTE))


def _slack_of(one: float, other: float) -> float:
    return max(abs(one), abs(other)) * RELATIVE + ABSOLUTE


def _unbeaten(met: Sql, low: NumberSql, high: NumberSql, keep: Keep, *, missed: bool) -> ConditionSql:
    """``met`` where one side is a quotient over zero: no limit is met by that, but an upper one may be exceeded, and is
    an open question where it could be.

    Args:
        low: the side that has to be the larger.
        missed: ``met`` says that it is.
    """
    na = larger_na(low.na, high.na)
    one, other = low.over_nothing, high.over_nothing
    if one is None and other is None:
        return ConditionSql(met, na)
    assert na is not None
    if other is None and one is not None and one.infinite is not None and high.finite:
        return ConditionSql(met, na)  # where it says nothing, its ends are NULL, and its na says why
    if one is None and other is not None and other.infinite is not None and low.finite:
        holds = t.choose((other.infinite, t.choose((t.is_known(low.lo), t.constant(False)))), default=met)
        unasked: tuple[tuple[Sql, Sql], ...] = (
            () if low.na is None else ((t.both(other.some, t.is_null(low.lo), t.more(low.na, 0)), low.na),)
        )
        return ConditionSql(holds, t.choose(*unasked, (other.some, t.whole(0)), default=na))
    some = keep(t.either(*(x.some for x in (one, other) if x is not None)))
    a, b = (_kept(with_infinity(x), keep) for x in (low, high))
    full = keep(t.negated(_reaches(b, a, keep)) if missed else _reaches(a, b, keep))
    fails = t.surely(t.both(t.negated(full), t.negated(t.same(a.low, b.low))))
    endless = t.either(t.same(b.high, math.inf), t.same(a.low, -math.inf))
    alike = t.both(t.same(t.size(a.low), math.inf), t.same(a.low, b.low))
    perhaps = t.both(t.surely(t.either(full, t.is_null(full))), t.surely(endless), t.negated(t.surely(alike)))
    holds = t.choose((some, t.choose((fails, t.constant(False)))), default=met)
    unasked = tuple(
        (t.both(some, t.is_null(x.lo), t.more(x.na, 0)), x.na)
        for x in (low, high)
        if x.na is not None and x.over_nothing is None
    )
    cases = (*unasked, (t.both(some, perhaps), t.whole(0)), (some, t.whole(ZERO_DENOMINATOR)))
    return ConditionSql(holds, t.choose(*cases, default=na))


def equal(a: NumberSql, b: NumberSql, keep: Keep, tolerance: Part = 0.0) -> ConditionSql:
    """a == b within ``tolerance`` and the usual one."""
    a, b = settled(a), settled(b)
    na = larger_na(a.na, b.na)
    if a.value is not None and b.value is not None and isinstance(tolerance, float):
        return ConditionSql(t.constant(abs(a.value - b.value) <= tolerance + _slack_of(a.value, b.value)))
    a, b = _kept(a, keep), _kept(b, keep)
    size = t.larger(_size(a.low, a), _size(b.low, b))
    if not (a.finite and b.finite):
        size = t.choose((t.same(size, math.inf), 0.0), default=size)
    slack = t.plus(t.times(t.number(RELATIVE), size), t.number(ABSOLUTE))
    if not isinstance(tolerance, float) or tolerance:
        slack = t.plus(tolerance, slack)
    if a.exact and b.exact:
        return ConditionSql(t.at_most(t.size(t.minus(a.low, b.low)), slack), na)
    slack = keep(slack)
    apart = t.either(t.more(a.low, t.plus(b.high, slack)), t.less(a.high, t.minus(b.low, slack)))
    same = t.both(_near(a.low, b.high, slack), _near(a.high, b.low, slack))
    return ConditionSql(t.choose((same, t.constant(True)), (apart, t.constant(False))), na)


def _near(one: Part, other: Part, slack: Sql) -> Sql:
    """Never of two ends without bound: their difference is nothing."""
    return t.both(t.less(t.size(one), math.inf), t.at_most(t.size(t.minus(one, other)), slack))


def _size(end: Part, a: NumberSql) -> Sql:
    return _node(end) if a.least >= 0 else t.size(end)


def compared(operator: str, a: NumberSql, b: NumberSql, keep: Keep, tolerance: Part = 0.0) -> ConditionSql:
    """``a`` against ``b`` by an operator of the rule language; equal are two that ``tolerance`` may set apart."""
    match operator:
        case ">=":
            return at_least(a, b, keep)
        case "<=":
            return at_least(b, a, keep)
        case ">":
            return above(a, b, keep)
        case "<":
            return above(b, a, keep)
        case "==":
            return equal(a, b, keep, tolerance)
        case "!=":
            return inverse(equal(a, b, keep, tolerance))
        case _:
            raise NotCovered("operator", operator=operator)


# --- truths


def conjunction(a: ConditionSql, b: ConditionSql) -> ConditionSql:
    """Both. One no decides it, whatever the other says or whether that applies."""
    return ConditionSql(t.both(a.holds, b.holds), _open_na(a, b))


def disjunction(a: ConditionSql, b: ConditionSql, plain: tuple[bool, bool] = (False, False)) -> ConditionSql:
    """Either. One yes decides it.

    Args:
        plain: whether a no of ``a``, of ``b``, is an answer of its own, which holds beside a part that does not apply.
    """
    holds = t.either(a.holds, b.holds)
    answered = [
        t.both(one.void, t.negated(other.holds))
        for one, other, answers in ((a, b, plain[1]), (b, a, plain[0]))
        if answers and one.na is not None
    ]
    if answered:
        holds = t.choose(*((t.surely(no), t.constant(False)) for no in answered), default=holds)
    return ConditionSql(holds, _open_na(a, b))


def inverse(a: ConditionSql) -> ConditionSql:
    return ConditionSql(t.negated(a.holds), a.na)


def _open_na(a: ConditionSql, b: ConditionSql) -> Sql | None:
    """Of two truths together: where a part does not apply and the other is no open question."""
    na = larger_na(a.na, b.na)
    if na is None:
        return None
    open_ = [t.both(t.is_null(x.holds), t.negated(x.void)) for x in (a, b)]
    return t.choose((t.either(*open_), t.whole(0)), default=na)


def is_positive(a: NumberSql, keep: Keep) -> ConditionSql:
    """A count read as a truth: some or none."""
    a = settled(a)
    if a.exact:
        return ConditionSql(t.more(a.low, 0), a.na)
    a = _kept(a, keep)
    yes, no = (t.more(a.low, 0), t.constant(True)), (t.at_most(a.high, 0), t.constant(False))
    return ConditionSql(t.choose(yes, no), a.na)


def count_true(conditions: list[ConditionSql], keep: Keep) -> NumberSql:
    """How many of the conditions hold: a range where some are unknown."""
    if any(one.na is not None for one in conditions):
        raise NotCovered("count-of-void")
    lo: Sql | None = None
    hi: Sql | None = None
    for one in conditions:
        holds = keep(one.holds)
        least, most = t.choose((holds, 1.0), default=0.0), t.choose((t.negated(holds), 0.0), default=1.0)
        lo, hi = (least, most) if lo is None or hi is None else (t.plus(lo, least), t.plus(hi, most))
    assert lo is not None and hi is not None
    return NumberSql(lo, hi, None, 0.0, float(len(conditions)))


def text_equal(a: TextSql, b: TextSql) -> ConditionSql:
    return ConditionSql(t.same(a.written, b.written), larger_na(a.na, b.na))


def _kept(a: NumberSql, keep: Keep) -> NumberSql:
    if a.value is not None:
        return a
    lo = keep(a.lo)
    return replace(a, lo=lo, hi=lo if a.exact else keep(a.hi))


def _node(part: Part) -> Sql:
    return t.sql_of(part)


__all__ = [
    "above",
    "at_least",
    "compared",
    "conjunction",
    "count_true",
    "disjunction",
    "equal",
    "inverse",
    "is_positive",
    "text_equal",
]
