"""By how much a limit is missed, and how much of the rule's lever field closes the gap.

The indicator is worked out again with one unit more of the lever: where it moves in a straight line, the slope says
how much is needed.
"""

from __future__ import annotations

import numpy as np

from communitycheck.checking.context import RecordContext
from communitycheck.checking.evaluate import number
from communitycheck.checking.groups import GroupContext
from communitycheck.checking.measure import Measured
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Call
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.result import RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Floats, Ints

_WHOLE = ("int", "count", "truth")


def shortfall(rule: Rule, measured: Measured, missed: Ints) -> Floats:
    """For each of ``missed`` by how much it misses, in the rule's unit; at least that much where bounds are known."""
    assert rule.threshold is not None
    if measured.kind == "truth":
        return np.full(len(missed), np.nan)
    few, limit = _picked(measured.observed, missed), _picked(measured.required, missed)
    upper = None if measured.upper is None else _picked(measured.upper, missed)
    short = rule.threshold.comparison.shortfall(few, limit, upper)
    short = v.tidy(np.maximum(short, 0.0), limit.lo)
    if not measured.observed.exact:
        # 近400 misses 400 for certain, but nobody knows by how much.
        with np.errstate(invalid="ignore"):
            short = np.where((few.lo < few.hi) & (short <= 1e-7 * np.abs(limit.lo)), np.nan, short)
    return short


def lever_of_records(
    rule: Rule, dictionary: Dictionary, context: RecordContext, result: RuleResult
) -> tuple[Floats | None, str]:
    """How much of the lever to add for each of ``result.missed`` (NaN where adding cannot help), and the unit of it."""
    field = dictionary.fields.get(rule.lever or "")
    if field is None or rule.indicator is None or rule.threshold is None or not rule.threshold.comparison.adding_helps:
        return None, ""
    few = context.picked(result.missed)
    before = number(rule.indicator, few)
    few.shift = {field.key: 1.0}
    slope = np.broadcast_to(number(rule.indicator, few).hi - before.hi, len(few))
    few.shift = {}
    with np.errstate(divide="ignore", invalid="ignore"):
        amount = np.where(slope > 0, result.shortfall / slope, np.nan)
    amount = _rounded_up(amount, field, strictly=not rule.threshold.comparison.met_at_limit)
    return amount, field.unit


def lever_of_groups(
    rule: Rule, dictionary: Dictionary, context: GroupContext, result: RuleResult
) -> tuple[Floats | None, str]:
    """The same for groups: of a share how many more records must meet it, of sums how much more in all."""
    missed = result.missed
    if rule.indicator is None or rule.threshold is None or not rule.threshold.comparison.adding_helps:
        return None, ""
    if isinstance(rule.indicator, Call) and rule.indicator.function == "share":
        assert result.numerator is not None and result.denominator is not None
        required = result.required_lo[missed] * result.denominator[missed]
        return np.maximum(_ceil(required) - result.numerator[1][missed], 0.0), "items"
    field = dictionary.fields.get(rule.lever or "")
    if field is None:
        return None, ""
    counted = np.maximum(context.total(context.scope.yes), 1.0)
    before = number(rule.indicator, context)
    context.records.shift = {field.key: 1.0}
    after = number(rule.indicator, context)
    context.records.shift = {}
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = ((after.hi - before.hi) / counted)[missed]
        amount = np.where(slope > 0, result.shortfall / slope, np.nan)
    return _rounded_up(amount, field, strictly=False), field.unit


def _rounded_up(amount: Floats, field: Field, *, strictly: bool) -> Floats:
    """Whole things are added whole."""
    if field.type not in _WHOLE:
        return v.tidy(amount, amount * 1e5)
    whole = _ceil(amount)
    return whole + (whole <= amount) if strictly else whole


def _ceil(amount: Floats) -> Floats:
    """Round up, but 3.0000000001 is 3."""
    return v.stepwise(np.ceil, Num(amount, amount)).lo


def _picked(value: Num, places: Ints) -> Num:
    low, high = (x[places] if x.ndim else np.broadcast_to(x, len(places)) for x in (value.lo, value.hi))
    return Num(low, high)
