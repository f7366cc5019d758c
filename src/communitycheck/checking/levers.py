"""From a shortfall in the indicator to what must be added of the lever field to close it.

The indicator is asked again with one unit more of the lever: where it moves in a straight line, the slope says how
much is needed. The answer is then tried; what does not close the gap is not claimed.
"""

from __future__ import annotations

import numpy as np

from communitycheck.checking.context import RecordContext
from communitycheck.checking.evaluate import number
from communitycheck.checking.groups import GroupContext
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Call
from communitycheck.model.expression import values as v
from communitycheck.model.result import RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Floats, Ints

_WHOLE = ("int", "count", "truth")


def lever_of_records(
    rule: Rule, dictionary: Dictionary, context: RecordContext, missed: Ints, shortfall: Floats
) -> tuple[Floats | None, str]:
    """Amount of the lever to add for each missed record (NaN where adding cannot help), and its unit."""
    field = dictionary.fields.get(rule.lever or "")
    if field is None or rule.indicator is None or rule.threshold is None or not rule.threshold.comparison.adding_helps:
        return None, ""
    few = context.picked(missed)
    before = number(rule.indicator, few)
    few.shift = {field.key: 1.0}
    slope = np.broadcast_to(number(rule.indicator, few).hi - before.hi, len(missed))
    few.shift = {}
    with np.errstate(divide="ignore", invalid="ignore"):
        amount = np.where(slope > 0, shortfall / slope, np.nan)
    amount = _rounded_up(amount, field, strictly=not rule.threshold.comparison.met_at_limit)
    return amount, field.unit


def lever_of_groups(
    rule: Rule, dictionary: Dictionary, context: GroupContext, missed: Ints, result: RuleResult
) -> tuple[Floats | None, str]:
    """For a share: how many more records must meet it. For sums: how much more of the lever over the whole group."""
    if rule.indicator is None or rule.threshold is None or not rule.threshold.comparison.adding_helps:
        return None, ""
    if isinstance(rule.indicator, Call) and rule.indicator.function == "share":
        assert result.numerator is not None and result.denominator is not None
        required = np.broadcast_to(result.required_lo, len(result))[missed] * result.denominator[missed]
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
    return v.stepwise(np.ceil, v.Num(amount, amount)).lo
