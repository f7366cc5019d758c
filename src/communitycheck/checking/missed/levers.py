"""How much of a rule's lever field has to be added for a missed limit to be met: the least amount, and exactly that.

The indicator is worked out again with one unit more of the lever: where it moves in a straight line, the slope says how
much is needed; where it moves on a curve, the least amount is searched for (``least.py``). Whether a whole number
suffices is asked of the rule's own comparison, so that the noise of arithmetic never adds one too many. Where values
are known within bounds only, no amount is promised; what is missing for certain is the least with which they may do.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.missed.least import FAR, WHOLE, Passes, least_addition, step_of
from communitycheck.model.comparison import Comparison
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Binary, Call, Name, Node, Unary, names_in
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.result import RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Floats, Ints

Lever = tuple[Floats | None, str]  # how much to add for each of ``result.missed``, and the unit of it
NONE: Lever = (None, "")

_HAIR = 1e-3  # of a step: less by so much is less
_NEAR = 1e-6  # relative to an amount: nearer to a whole number than this, it may be that number


def lever_of_records(
    rule: Rule, dictionary: Dictionary, context: RecordContext, result: RuleResult
) -> tuple[Floats | None, Floats | None, str]:
    """For each record that missed how much of the lever to add (below zero: to take away); NaN where no amount of it
    helps, or where nobody can tell. Then how much is missing for certain, and the unit of both."""
    field = _field(rule, dictionary)
    if field is None:
        return None, None, ""
    assert rule.indicator is not None and rule.threshold is not None
    comparison, missed = rule.threshold.comparison, result.missed
    observed = result.observed_lo[missed]
    low, high = result.required_lo[missed], result.required_hi[missed]
    limits = [limit.value for limit in rule.threshold.limits]
    limits += [rule.threshold.upper] if rule.threshold.upper is not None else []
    exact = (observed == result.observed_hi[missed]) & ((low == high) | (comparison.form == "range"))
    if any(field.key in names_in(node) for node in limits):
        nobody_knows = np.full(len(missed), np.nan)
        return nobody_knows, nobody_knows, field.unit
    few = context.picked(missed)

    def with_more(amount: Floats) -> Floats:
        if rule.indicator == Name(field.key):
            return observed + amount
        few.shift = {field.key: amount}
        moved = number(rule.indicator, few).lo  # type: ignore[arg-type]
        few.shift = {}
        return np.broadcast_to(moved, len(few))

    def moved(places: Ints, amounts: Floats) -> Num:
        here = few.picked(places)
        here.shift = {field.key: amounts}
        value = number(rule.indicator, here)  # type: ignore[arg-type]
        return Num(*(np.broadcast_to(end, len(here)) for end in (value.lo, value.hi)))

    straight = _straight(rule.indicator, field.key)
    found = _to_reach((low, high), observed, exact, with_more, field, comparison, straight=straight)
    if not straight:

        def passes(places: Ints, amounts: Floats) -> Bools:
            return _reached(comparison, moved(places, amounts).lo, low[places], high[places])

        found = _on_a_curve(found, exact, passes, field)
    loose = np.flatnonzero(~exact | _within_bounds(rule.indicator, few)).astype(np.int32)
    least = found if not len(loose) else found.copy()
    if len(loose) and comparison.direction == "up":
        least[loose] = _for_certain(loose, moved, (low[loose], high[loose]), comparison, step_of(field))
    return found, least, field.unit


def _within_bounds(indicator: Node | None, few: RecordContext) -> Bools:
    """Which records state a figure of the indicator within bounds: with more of the lever that may come to matter."""
    found = np.zeros(len(few), bool)
    for name in () if indicator is None else names_in(indicator):
        value = few.field(name)
        if isinstance(value, Num) and value.lo is not value.hi:
            found |= ~(value.lo == value.hi)
    return found


def _for_certain(
    loose: Ints,
    moved: Callable[[Ints, Floats], Num],
    required: tuple[Floats, Floats],
    comparison: Comparison,
    step: float,
) -> Floats:
    """The least amount with which the records at ``loose``, known within bounds only, may reach what is required."""

    def may(some: Ints, amounts: Floats) -> Bools:
        limit = Num(required[0][some], required[1][some])
        found: Bools = ~comparison.test(moved(loose[some], amounts), limit).no
        return found & np.isfinite(amounts)

    now, then = (moved(loose, amount).hi for amount in (np.zeros(len(loose)), np.ones(len(loose))))
    with v.unknown_numbers():
        guess = (required[0] - now) / (then - now)
    return least_addition(may, guess, step, np.full(len(loose), FAR))


def lever_of_groups(rule: Rule, dictionary: Dictionary, context: GroupContext, result: RuleResult) -> Lever:
    """The same for groups: of a share how many more records must meet it, of sums how much more in all.

    That is what makes the group pass however its blanks turn out and whoever of unknown type counts.
    """
    assert rule.threshold is not None
    if isinstance(rule.indicator, Call) and rule.indicator.function == "share":
        return _more_records(rule.threshold.comparison, context, result)
    field = _field(rule, dictionary)
    if field is None or not counts_in_full(rule.indicator, field.key):
        return NONE
    assert rule.indicator is not None
    comparison, missed = rule.threshold.comparison, result.missed
    low, high = result.required_lo[missed], result.required_hi[missed]

    def with_more(amount: Floats) -> Floats:
        context.added = {field.key: np.zeros(len(context))}
        context.added[field.key][missed] = amount
        worst = number(rule.indicator, context)  # type: ignore[arg-type]
        context.added = {}
        return np.broadcast_to(worst.lo, len(context))[missed]

    observed = with_more(np.zeros(len(missed)))
    known = np.isfinite(observed) & ((comparison.direction == "up") | (observed == result.observed_hi[missed]))
    return _to_reach((low, high), observed, known, with_more, field, comparison, straight=True), field.unit


def _to_reach(
    required: tuple[Floats, Floats],
    observed: Floats,
    known: Bools,
    with_more: Callable[[Floats], Floats],
    field: Field,
    comparison: Comparison,
    *,
    straight: bool,
) -> Floats:
    """The least amount with which what was observed, where it is ``known``, reaches what is required; ``with_more``
    gives the indicator with so much more of the lever."""
    low, high = required
    slope = with_more(np.ones(len(observed))) - observed
    with v.unknown_numbers():
        needed = np.where(observed > high, high, low) - observed
        amount = np.where(known & (slope > 0), needed / slope, np.nan)
        size = np.abs(low / slope)

    def met(added: Floats) -> Bools:
        return _reached(comparison, with_more(added), low, high)

    return _least(amount, size, field, comparison, met, straight=straight)


def _reached(comparison: Comparison, observed: Floats, low: Floats, high: Floats) -> Bools:
    upper = Num(high, high) if comparison.form == "range" else None
    yes: Bools = comparison.test(Num(observed, observed), Num(low, low), upper).yes
    return yes


def _on_a_curve(guess: Floats, known: Bools, passes: Passes, field: Field) -> Floats:
    """The amounts where the indicator moves on a curve: what was found as though it went on straight, where it passes
    and less does not, else what a search finds."""
    every = np.flatnonzero(known).astype(np.int32)
    step = step_of(field)
    amounts = np.where(np.isfinite(guess), guess, np.nan)
    good = every[np.isfinite(amounts[every])]
    good = good[passes(good, amounts[good]) & ~passes(good, amounts[good] - step * _HAIR)] if len(good) else good
    left = np.setdiff1d(every, good).astype(np.int32)
    if len(left):
        farthest = np.full(len(left), FAR)
        amounts[left] = least_addition(lambda some, more: passes(left[some], more), amounts[left], step, farthest)
    return amounts


def _more_records(comparison: Comparison, context: GroupContext, result: RuleResult) -> Lever:
    """Of a share: how many more must meet it. Nobody counts as meeting it of whom that is not known."""
    if comparison.direction != "up":
        return NONE
    assert result.numerator is not None
    yes, everyone = result.numerator[0][result.missed], context.breakdowns[0][1].at_worst[result.missed]
    required = result.required_lo[result.missed]

    def met(more: Floats) -> Bools:
        with v.unknown_numbers():
            share = (yes + more) / everyone
        found: Bools = comparison.test(Num(share, share), Num(required, required)).yes
        return found

    more = _whole(required * everyone - yes, met, straight=True)
    return np.where(more <= everyone - yes, more, np.nan), "items"


def _field(rule: Rule, dictionary: Dictionary) -> Field | None:
    field = dictionary.fields.get(rule.lever or "")
    if rule.indicator is None or rule.threshold is None or not rule.threshold.comparison.adding_helps:
        return None
    return field


def _least(
    amount: Floats,
    size: Floats,
    field: Field,
    comparison: Comparison,
    met: Callable[[Floats], Bools],
    *,
    straight: bool,
) -> Floats:
    """The least amount that does it, from where the limit is reached: things are added whole, all else to the digit."""
    if field.type in WHOLE:
        return _whole(amount, met, straight=straight)
    tidied = v.tidy(amount, size)
    if straight or not comparison.met_at_limit:
        return tidied
    return np.where(met(tidied), tidied, np.nan)


def _whole(amount: Floats, met: Callable[[Floats], Bools], *, straight: bool) -> Floats:
    with v.unknown_numbers():
        nearest = np.rint(amount)
        near = np.abs(amount - nearest) <= _NEAR * np.maximum(np.abs(amount), 1.0)
        outward = np.where(amount < 0, np.floor(amount), np.ceil(amount))
    whole = np.where(near, nearest, outward)
    if straight and not near.any():
        return whole
    enough = met(whole) | (straight & ~near)
    if enough.all():
        return whole
    one_more = whole + np.where(amount < 0, -1.0, 1.0)
    return np.where(enough, whole, np.where(met(one_more), one_more, np.nan))


def _straight(node: Node, key: str) -> bool:
    """Whether the expression moves in a straight line with the field."""
    match node:
        case Name() | Binary("+" | "-", _, _) | Unary("-", _):
            return all(_straight(part, key) for part in _parts(node))
        case Binary("*", left, right):
            alone = key not in names_in(left) or key not in names_in(right)
            return alone and _straight(left, key) and _straight(right, key)
        case Binary("/", above, below):
            return key not in names_in(below) and _straight(above, key)
        case _:
            return key not in names_in(node)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Binary(_, left, right):
            return left, right
        case Unary(_, operand):
            return (operand,)
        case _:
            return ()


def counts_in_full(node: Node | None, key: str) -> bool:
    """Whether one more of the field is one more in each sum that names it, whichever record it is added to."""
    match node:
        case Call("sum" | "mean", (argument,)):
            return argument == Name(key) or key not in names_in(argument)
        case Binary("+" | "-" | "*" | "/", left, right):
            return counts_in_full(left, key) and counts_in_full(right, key)
        case Unary("-", operand):
            return counts_in_full(operand, key)
        case None:
            return False
        case _:
            return key not in names_in(node)
