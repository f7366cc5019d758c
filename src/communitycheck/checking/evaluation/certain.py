"""What is certain in spite of blanks: 0 windows are too few whatever the number of residents.

A number that nobody knows lies within what its field can be. Where that decides a question, it is decided; but only
for records that say something about it, so that a blank alone never passes and never fails.
"""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.context import EvaluationContext, RecordContext
from communitycheck.checking.evaluation.evaluate import as_truth, evaluate, number, spread, truth
from communitycheck.checking.evaluation.measure import Measured, measure
from communitycheck.model.expression import Node, divisors_in, names_in, truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Tru
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Floats, Ints


def settle(rule: Rule, context: RecordContext, scope: Tru, measured: Measured) -> None:
    """Complete what was measured by what is certain although some figures are not known."""
    assert rule.threshold is not None and rule.indicator is not None
    if rule.threshold.comparison.form == "items" or context.recompute is not None:
        return
    places = _open(measured.met, ~scope.no, rule.indicator, context)
    if not len(places):
        return
    few = context.picked(places)
    few.bounded = True
    again = measure(rule, few, context.as_of)
    sure = again.met.yes | again.met.no
    if not sure.any():
        return
    n = len(context)
    measured.met = _with_truths(measured.met, places[sure], again.met, sure)
    measured.observed = v.overlaid(measured.observed, n, places, again.observed, sure)
    measured.required = v.overlaid(measured.required, n, places, again.required, sure)
    if measured.upper is not None and again.upper is not None:
        measured.upper = v.overlaid(measured.upper, n, places, again.upper, sure)


def certain_truth(node: Node, context: RecordContext, asked: Bools) -> Tru:
    """The condition for each record, where ``asked`` with what is certain although some figures are not known."""
    value = as_truth(evaluate(node, context))
    if not names_in(node):
        return value
    value = spread(value, len(context))
    places = _open(value, asked, node, context)
    if not len(places):
        return value
    few = context.picked(places)
    few.bounded = True
    again = spread(truth(node, few), len(few))
    sure = again.yes | again.no
    return _with_truths(value, places[sure], again, sure) if sure.any() else value


def possible_numbers(node: Node, context: RecordContext, places: Ints) -> tuple[Floats, Floats]:
    """Between which two numbers the expression lies in the records at ``places``."""
    few = context.picked(places)
    few.bounded = True
    value = v.settled(number(node, few))
    low, high = (np.broadcast_to(end, len(few)) for end in (value.lo, value.hi))
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def perhaps_void(node: Node, context: RecordContext, asked: Bools) -> Bools:
    """Of which records of ``asked`` the question may not arise: what they divide by is not known and may be 0."""
    found = np.zeros(len(context), bool)
    for below in divisors_in(node):
        found |= may_be_zero(below, context, asked)
    return found


def may_be_zero(node: Node, context: EvaluationContext, asked: Bools) -> Bools:
    """Of which subjects of ``asked`` a divisor is not known, and may be 0 by what its fields can be."""
    value = number(node, context)
    low, high = (np.broadcast_to(end, len(context)) for end in (value.lo, value.hi))
    places = np.flatnonzero((low != high) & asked).astype(np.int32)
    found = np.zeros(len(context), bool)
    if len(places):
        if isinstance(context, RecordContext):
            low, high = possible_numbers(node, context, places)
        else:
            low, high = low[places], high[places]
        found[places] = ~((low > 0) | (high < 0))
    return found


def _open(met: Tru, asked: Bools, node: Node, context: RecordContext) -> Ints:
    """Records whose question is open, of which at least one figure of the indicator is known."""
    open_ = ~met.yes & ~met.no & asked
    if met.na is not None:
        open_ &= ~truths.does_not_apply(met)
    if not open_.any():
        return np.zeros(0, np.int32)
    places = np.flatnonzero(open_).astype(np.int32)
    return places[context.picked(places).some_known(names_in(node))]


def _with_truths(value: Tru, places: Ints, new: Tru, sure: Bools) -> Tru:
    yes, no = np.array(value.yes), np.array(value.no)
    yes[places], no[places] = new.yes[sure], new.no[sure]
    return Tru(yes, no, value.na)
