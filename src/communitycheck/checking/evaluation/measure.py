"""A rule's indicator held against its limit, for all subjects at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.checking.evaluation.context import EvaluationContext, RecordContext
from communitycheck.checking.evaluation.evaluate import number, spread, truth
from communitycheck.model.comparison import IndicatorKind
from communitycheck.model.expression import Name, Node, addends, truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru
from communitycheck.model.standard import RelativeTolerance, Rule


class Measured(Struct):
    """What was observed, what is required, and whether each subject meets it.

    Numbers are in the rule's unit. Their arrays have an entry for each subject, or none at all (shape ``()``) where one
    number holds for all; ``met`` has an entry for each. ``upper`` is the far end of a range; ``missing_items`` tells
    which of the required items a subject lacks.
    """

    observed: Num
    required: Num
    met: Tru
    kind: IndicatorKind
    upper: Num | None = None
    missing_items: Callable[[int], tuple[str, ...]] | None = None


def measure(rule: Rule, context: EvaluationContext, as_of: date) -> Measured:
    """The rule's indicator for each subject of ``context``, held against the limit in force on ``as_of``."""
    threshold = rule.threshold
    assert threshold is not None and rule.indicator is not None
    measured = _measure_items(rule, context) if threshold.comparison.form == "items" else _measure(rule, context, as_of)
    measured.met = spread(measured.met, len(context))
    return measured


def _measure_items(rule: Rule, context: EvaluationContext) -> Measured:
    threshold = rule.threshold
    assert threshold is not None and isinstance(rule.indicator, Name)
    observed, missing = context.items_present(rule.indicator.name, threshold.items)
    required = v.constant(float(threshold.items_needed))
    met = threshold.comparison.test(observed, required)
    return Measured(observed, required, met, threshold.comparison.kind, missing_items=missing)


def _measure(rule: Rule, context: EvaluationContext, as_of: date) -> Measured:
    assert rule.threshold is not None and rule.indicator is not None
    limit, comparison = rule.threshold.at(as_of), rule.threshold.comparison
    assert limit is not None
    if comparison.form == "truth":
        found, required = truth(rule.indicator, context), number(limit.value, context)
        observed = np.where(found.yes, 1.0, np.where(found.no, 0.0, np.nan))
        met = found if bool(required.lo) else truths.inverse(found)
        return Measured(Num(observed, observed, found.na), required, met, comparison.kind)
    value = _clipped(rule, number(rule.indicator, context))
    required = v.settled(number(limit.value, context))
    slack = allowance(rule, limit.value, context) if comparison.equates else 0.0
    upper = None if rule.threshold.upper is None else v.settled(number(rule.threshold.upper, context))
    if upper is not None:
        required, upper = _as_far_as_laid_down(required, upper)
    met = comparison.test(value, required, upper, slack)
    if isinstance(rule.tolerance, RelativeTolerance) and not required.exact:
        wide = comparison.test(value, required, upper, allowance(rule, limit.value, context, at_most=True))
        met = Tru(met.yes, wide.no, met.na)
    return Measured(v.settled(value), required, met, comparison.kind, upper)


def _as_far_as_laid_down(low: Num, high: Num) -> tuple[Num, Num]:
    """Both ends of a range; where a table lays down but one of them, the range is open at the other."""
    if low.na is None and high.na is None:
        return low, high
    none = [np.isnan(end.lo) & (_na(end) == v.NOT_LAID_DOWN) for end in (low, high)]
    return _opened(low, none[0] & ~none[1], -np.inf), _opened(high, none[1] & ~none[0], np.inf)


def _na(value: Num) -> v.Array:
    return np.zeros((), np.uint8) if value.na is None else value.na


def _opened(end: Num, free: v.Array, far: float) -> Num:
    if not np.any(free):
        return end
    low = np.where(free, far, end.lo)
    high = low if end.exact else np.where(free, far, end.hi)
    return Num(low, high, np.where(free, np.uint8(0), _na(end)))


def _clipped(rule: Rule, observed: Num) -> Num:
    """Bounds no wider than what the indicator can be."""
    if observed.exact or rule.plausible is None:
        return observed
    least = -np.inf if rule.plausible[0] is None else rule.plausible[0]
    most = np.inf if rule.plausible[1] is None else rule.plausible[1]
    with v.unknown_numbers():
        possible = (observed.lo <= most) & (observed.hi >= least)
        if observed.na is not None:  # what may stand over nothing is infinite or no share at all
            possible &= observed.na == 0
        low = np.where(possible, np.maximum(observed.lo, least), observed.lo)
        high = np.where(possible, np.minimum(observed.hi, most), observed.hi)
    return Num(low, high, observed.na)


def allowance(rule: Rule, limit: Node, context: EvaluationContext, *, at_most: bool = False) -> float | v.Array:
    """By how much two sides that are equated may differ; ``printed``: by what rounding to those digits can do.

    Args:
        at_most: of a share of a limit that is known between bounds, what it comes to at most instead of at least.
    """
    if isinstance(rule.tolerance, RelativeTolerance):
        required = number(limit, context)
        size = np.maximum(np.abs(required.lo), np.abs(required.hi))
        slack: v.Array = rule.tolerance.share * (size if at_most else np.minimum(np.abs(required.lo), size))
        return slack
    if not isinstance(rule.tolerance, str):
        return rule.tolerance or 0.0
    assert rule.indicator is not None and isinstance(context, RecordContext)
    return sum((context.half_step(name) for node in (rule.indicator, limit) for name in addends(node)), np.zeros(()))
