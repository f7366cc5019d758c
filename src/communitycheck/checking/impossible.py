"""Figures that cannot be: more volunteers than members. A rule's ``plausible`` range says so of its indicator."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.evaluation.measure import Measured
from communitycheck.model.expression import Binary, Call, Node, names_in, truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Ints

Range = tuple[float | None, float | None]


def implausible(plausible: Range, observed: Num) -> Bools:
    """Where the value lies outside the range for certain."""
    low, high = plausible
    odd: Bools = np.zeros(np.shape(observed.lo), dtype=bool)
    with v.unknown_numbers():
        if low is not None:
            odd |= truths.above(v.constant(low), observed).yes
        if high is not None:
            odd |= truths.above(observed, v.constant(high)).yes | np.isposinf(observed.lo)
    return odd


def show_impossible(rule: Rule, context: RecordContext, measured: Measured) -> None:
    """Put what the rule's own impossible figures work out at into what it observed."""
    if rule.plausible is None or rule.indicator is None:
        return
    places = np.flatnonzero(context.contradicted(names_in(rule.indicator))).astype(np.int32)
    if not len(places):
        return
    value, odd = beyond(rule.indicator, rule.plausible, believing(context, places))
    measured.observed = v.overlaid(measured.observed, len(context), places, value, odd)


def believing(context: RecordContext, places: Ints) -> RecordContext:
    """The records at ``places`` with the figures that they state, impossible or not."""
    few = context.picked(places)
    few.believing = True
    return few


def in_each_record(rule: Rule) -> Node | None:
    """What the rule's plausible range is about in a single record; None where it is about a group as a whole."""
    if rule.plausible is None or rule.threshold is None:
        return None
    if not rule.by:
        return rule.indicator
    match rule.indicator:
        case Binary("/", Call("sum", (above,)), Call("sum", (below,))):
            return Binary("/", above, below)
        case _:
            return None


def beyond(node: Node, plausible: Range, context: RecordContext) -> tuple[Num, Bools]:
    """What the expression works out at, and where that cannot be. Something of nothing cannot be either."""
    value = v.settled(number(node, context))
    odd = np.broadcast_to(implausible(plausible, value), len(context)).copy()
    match node:
        case Binary("/", above, _) if value.na is not None and plausible[1] is not None:
            of_nothing = (value.na == v.ZERO_DENOMINATOR) & truths.is_positive(number(above, context)).yes
            odd |= of_nothing
            value = Num(np.where(of_nothing, np.inf, value.lo), np.where(of_nothing, np.inf, value.hi), value.na)
    return value, odd
