"""An indicator held against its limit, as SQL: ``checking.evaluation.measure``."""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.expression import Node
from communitycheck.model.expression.values import NOT_LAID_DOWN
from communitycheck.model.standard import RelativeTolerance, Rule
from communitycheck.products.sql.language import comparisons
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.expressions import Readings, number, truth
from communitycheck.products.sql.language.operands import ConditionSql, NumberSql, fixed, settled
from communitycheck.products.sql.language.terms import Part, Sql
from communitycheck.products.sql.refusals import NotCovered


class MeasuredSql(Struct, frozen=True):
    """What is observed, what is required, and whether that is met. ``upper`` is the far end of a range; of a truth
    nothing is short."""

    observed: NumberSql
    required: NumberSql
    met: ConditionSql
    is_truth: bool = False
    upper: NumberSql | None = None

    def told_apart(self, of: Readings) -> MeasuredSql:
        """The same with a column for each part."""
        parts = [None if one is None else kept_figure(one, of) for one in (self.observed, self.required, self.upper)]
        assert parts[0] is not None and parts[1] is not None
        na = None if self.met.na is None else of.keep(self.met.na)
        return replace(
            self, observed=parts[0], required=parts[1], upper=parts[2], met=ConditionSql(of.keep(self.met.holds), na)
        )


def kept_figure(one: NumberSql, of: Readings) -> NumberSql:
    if one.value is not None:
        return one
    lo = of.keep(one.lo)
    return replace(one, lo=lo, hi=lo if one.exact else of.keep(one.hi))


def measure(rule: Rule, of: Readings) -> MeasuredSql:
    """The rule's indicator against the limit that is in force on the as-of date.

    Raises:
        NotCovered: some part of it.
    """
    assert rule.threshold is not None and rule.indicator is not None
    limit, comparison = rule.threshold.at(of.as_of), rule.threshold.comparison
    assert limit is not None
    if comparison.form == "items":
        raise NotCovered("comparison", comparison=comparison.key)
    if comparison.form == "truth":
        found, wanted = truth(rule.indicator, of), number(limit.value, of)
        found = ConditionSql(of.keep(found.holds), found.na)
        ends = t.choose((found.holds, 1.0), (t.negated(found.holds), 0.0))
        met = found if wanted.value else comparisons.inverse(found)
        return MeasuredSql(NumberSql(ends, ends, None, 0.0, 1.0), wanted, met, is_truth=True)
    value = _clipped(rule, kept_figure(number(rule.indicator, of), of), of)
    required = kept_figure(settled(number(limit.value, of)), of)
    upper = rule.threshold.upper
    if upper is not None:
        far = kept_figure(settled(number(upper, of)), of)
        required, far = _as_far_as_laid_down(required, far, of)
        met = comparisons.conjunction(
            comparisons.at_least(value, required, of.keep), comparisons.at_least(far, value, of.keep)
        )
        return MeasuredSql(settled(value), required, met, upper=far)
    slack = _allowance(rule, limit.value, required) if comparison.equates else 0.0
    met = comparisons.compared(comparison.operator, value, required, of.keep, slack)
    return MeasuredSql(settled(value), required, met)


def _as_far_as_laid_down(low: NumberSql, high: NumberSql, of: Readings) -> tuple[NumberSql, NumberSql]:
    """Both ends of a range; where a table lays down but one of them, the range is open at the other."""
    if low.na is None and high.na is None:
        return low, high
    none = [
        t.constant(False) if one.na is None else of.keep(t.both(t.is_null(one.lo), t.same(one.na, NOT_LAID_DOWN)))
        for one in (low, high)
    ]
    return (
        _opened(low, t.both(none[0], t.negated(none[1])), -math.inf, of),
        _opened(high, t.both(none[1], t.negated(none[0])), math.inf, of),
    )


def _opened(end: NumberSql, free: Sql, far: float, of: Readings) -> NumberSql:
    if end.na is None or t.is_false(free):
        return end
    free = of.keep(free)
    lo, hi = (t.choose((free, far), default=one) for one in (end.lo, end.hi))
    na = of.keep(t.choose((free, t.whole(0)), default=end.na))
    return kept_figure(NumberSql(lo, lo if end.exact else hi, na, min(end.least, far), max(end.most, far)), of)


def _clipped(rule: Rule, observed: NumberSql, of: Readings) -> NumberSql:
    """Bounds no wider than what the indicator can be."""
    if observed.exact or rule.plausible is None:
        return observed
    least, most = (far if end is None else end for end, far in zip(rule.plausible, (-math.inf, math.inf), strict=True))
    possible = t.both(t.at_most(observed.lo, t.number(most)), t.at_least(observed.hi, t.number(least)))
    lo, hi = observed.lo, observed.hi
    if least > observed.least:
        lo = t.choose((t.both(possible, t.less(lo, t.number(least))), least), default=lo)
    if most < observed.most:
        hi = t.choose((t.both(possible, t.more(hi, t.number(most))), most), default=hi)
    return kept_figure(replace(observed, lo=lo, hi=hi), of)


def _allowance(rule: Rule, limit: Node, required: NumberSql) -> Part:
    """By how much two sides that are equated may differ."""
    if isinstance(rule.tolerance, RelativeTolerance):
        if required.value is not None:
            return rule.tolerance.share * abs(required.value)
        if not required.exact:
            raise NotCovered("tolerance", tolerance="%")
        return t.times(t.number(rule.tolerance.share), t.size(required.lo))
    if isinstance(rule.tolerance, str):
        raise NotCovered("tolerance", tolerance=rule.tolerance)
    return float(rule.tolerance or 0.0)


def implausible(plausible: tuple[float | None, float | None], observed: NumberSql, of: Readings) -> Sql:
    """Where the value lies outside the range for certain; true or false."""
    low, high = plausible
    odd = []
    if low is not None:
        odd.append(comparisons.above(fixed(low), observed, of.keep).holds)
    if high is not None:
        odd.append(comparisons.above(observed, fixed(high), of.keep).holds)
        if observed.most == math.inf and observed.value is None:
            odd.append(t.same(observed.lo, math.inf))
    return t.surely(t.either(*odd))


def shortfall(rule: Rule, measured: MeasuredSql) -> Sql:
    """By how much the limit is missed; NULL where nobody can say."""
    assert rule.threshold is not None
    if measured.is_truth:
        return t.unknown_number()
    observed, required, upper = measured.observed, measured.required, measured.upper
    match rule.threshold.comparison.key:
        case "at_least" | "more_than":
            short = t.minus(required.low, observed.high)
        case "at_most" | "less_than":
            short = t.minus(observed.low, required.high)
        case "equals":
            over = t.more(observed.low, required.low)
            apart = t.choose((over, t.minus(observed.low, required.high)), default=t.minus(required.low, observed.high))
            short = t.size(apart)
        case "between":
            assert upper is not None
            short = t.larger(t.minus(required.low, observed.high), t.minus(observed.low, upper.high))
        case other:
            raise NotCovered("comparison", comparison=other)
    return t.choose((t.more(short, 0), short), (t.at_most(short, 0), 0.0))


def only_at_least(measured: MeasuredSql, short: Sql) -> Sql:
    """近400 misses 400 for certain, but nobody knows by how much."""
    observed, required = measured.observed, measured.required
    if observed.exact or measured.is_truth:
        return short
    nothing = t.both(
        t.less(observed.low, observed.high), t.at_most(short, t.times(t.number(1e-7), t.size(required.low)))
    )
    return t.choose((nothing, t.unknown_number()), default=short)
