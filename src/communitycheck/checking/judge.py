"""One rule and one table -> RuleResult."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.checking.evaluate import truth
from communitycheck.checking.fields import fields_of
from communitycheck.checking.governed import GovernedRecords
from communitycheck.checking.groups import GroupContext, Grouping, group_by, whole
from communitycheck.checking.items import items_present
from communitycheck.checking.levers import lever_of_groups, lever_of_records
from communitycheck.checking.recomputed import aggregates_of
from communitycheck.checking.verdicts import everyone, hold_against, outcomes, overrule, shortfall, spread, upper_limit
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Name
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru
from communitycheck.model.result import Groups, Outcome, Reason, RuleResult
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.table import Ints, among

NOTHING = np.zeros(0)
NO_PLACES = np.zeros(0, dtype=np.int32)


def judge(rule: Rule, governed: GovernedRecords) -> RuleResult:
    """The rule's answer for every governed record (or group of them)."""
    threshold = rule.threshold
    assert threshold is not None and rule.indicator is not None
    fields = fields_of(rule, governed.dictionary, governed.table)
    if not governed.standard.in_force(governed.as_of) or threshold.at(governed.as_of) is None:
        return _uniform(rule, governed, fields, Outcome.NOT_APPLICABLE, Reason.NOT_IN_FORCE)
    return _judge_groups(rule, governed, fields) if rule.by else _judge_records(rule, governed, fields)


def _judge_records(rule: Rule, governed: GovernedRecords, fields: tuple[str, ...]) -> RuleResult:
    assert rule.threshold is not None and rule.indicator is not None
    n = len(governed)
    context = governed.context()
    scope = everyone(n) if rule.where is None else spread(truth(rule.where, context), n)
    missing_items: dict[int, tuple[str, ...]] = {}
    if rule.threshold.comparison.form == "items":
        assert isinstance(rule.indicator, Name)
        observed, lists = items_present(context, rule.indicator.name, rule.threshold.items)
        required = v.constant(float(len(rule.threshold.items)))
        met, kind = rule.threshold.comparison.test(observed, required), rule.threshold.comparison.kind
    else:
        if governed.recompute is not None and aggregates_of(rule):
            context.recompute = governed.recompute(rule)
        observed, required, met, kind = hold_against(rule, context, governed.as_of)
    met = spread(met, n)
    outcome, reason = outcomes(rule, scope, observed, required, met, governed.as_of)
    overrule(rule, governed, scope, outcome, reason)
    missed = _missed(outcome)
    if kind == "items":
        missing_items = {int(i): lists(int(i)) for i in missed}
    governed.outcomes[rule.id] = outcome
    upper = upper_limit(rule, context)
    result = RuleResult(
        rule=rule,
        subjects=governed.records,
        outcome=outcome,
        reason=reason,
        observed_lo=_full(observed.lo, n),
        observed_hi=_full(observed.lo, n) if observed.exact else _full(observed.hi, n),
        required_lo=_full(required.lo, n),
        required_hi=_required_hi(required, upper, n),
        missed=missed,
        shortfall=shortfall(rule.threshold, observed, required, missed, upper, kind),
        fields=fields,
        kind=kind,
        items_missing=missing_items,
    )
    if rule.lever is not None and len(missed):
        result.add, result.add_unit = lever_of_records(rule, governed.dictionary, context, missed, result.shortfall)
    return result


def _judge_groups(rule: Rule, governed: GovernedRecords, fields: tuple[str, ...]) -> RuleResult:
    parts = [_judge_level(rule, governed, fields, context) for context, _ in group_contexts(rule, governed)]
    if not parts:
        return unanswered(rule, fields, tuple(rule.by))
    return parts[0] if len(parts) == 1 else _joined(parts)


def group_contexts(rule: Rule, governed: GovernedRecords) -> Iterator[tuple[GroupContext, Ints]]:
    """The groups of each level that the rule judges, with the positions of the governed records they run over."""
    inside = governed.inside_jurisdiction()
    context = governed.context()
    if governed.out_of_jurisdiction.any():
        context = context.picked(inside)
    scope = spread(truth(rule.where, context), len(context)) if rule.where is not None else everyone(len(context))
    unclear = governed.maybe_more_local[inside]
    if rule.id in governed.more_local_rules and unclear.any():
        scope = Tru(scope.yes & ~unclear, scope.no, scope.na)
    rows = governed.records.rows(inside)
    for level in rule.by:
        grouping = _grouping(governed, rows, level)
        if grouping is not None:
            yield GroupContext(context, grouping, scope, governed.dictionary), inside


def _grouping(governed: GovernedRecords, rows: Ints, level: str) -> Grouping | None:
    """The groups of one level; the level of the standard's own jurisdiction is that jurisdiction."""
    place = governed.standard.jurisdiction
    if place.level == level:
        return whole(len(rows), level, place.name, place.code)
    return group_by(governed.table, rows, level)


def _judge_level(rule: Rule, governed: GovernedRecords, fields: tuple[str, ...], context: GroupContext) -> RuleResult:
    assert rule.threshold is not None
    n = len(context.grouping)
    observed, required, met, kind = hold_against(rule, context, governed.as_of)
    tally = _headline(context)
    met = spread(met, n)
    counted = context.total(~context.scope.no)
    scope = Tru(counted > 0, counted == 0)
    outcome, reason = outcomes(rule, scope, observed, required, met, governed.as_of)
    reason[among(reason, Reason.OUT_OF_SCOPE)] = Reason.EMPTY_GROUP
    undecided = among(outcome, Outcome.NO_DATA) & ~among(reason, Reason.IMPLAUSIBLE)
    reason[undecided] = Reason.BLANKS_UNDECIDED
    missed = _missed(outcome)
    grouping = context.grouping
    upper = upper_limit(rule, context)
    result = RuleResult(
        rule=rule,
        subjects=Groups(list(grouping.levels), list(grouping.paths), list(grouping.region_codes)),
        outcome=outcome,
        reason=reason,
        observed_lo=_full(observed.lo, n),
        observed_hi=_full(observed.hi, n),
        required_lo=_full(required.lo, n),
        required_hi=_required_hi(required, upper, n),
        missed=missed,
        shortfall=shortfall(rule.threshold, observed, required, missed, upper, kind),
        fields=fields,
        kind=kind,
    )
    result.numerator, result.denominator, result.blanks = tally
    if len(missed):
        result.add, result.add_unit = lever_of_groups(rule, governed.dictionary, context, missed, result)
    return result


def _required_hi(required: Num, upper: Num | None, n: int) -> np.ndarray:
    """The far end of what is required: for ``between`` its upper limit."""
    return _full(required.hi if upper is None else upper.hi, n)


def _headline(context: GroupContext) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray, np.ndarray]:
    """Numerator, denominator and blanks of the group's indicator, as the reader would count them."""
    first = context.tallies[0][1]
    blanks = np.sum([t.blanks for _, t in context.tallies], axis=0)
    pooled = len(context.tallies) >= 2 and all(call.function == "sum" for call, _ in context.tallies[:2])
    assert first.numerator is not None
    if pooled and context.tallies[1][1].numerator is not None:
        return first.numerator, context.tallies[1][1].numerator[0], blanks.astype(np.int32)
    return first.numerator, first.denominator, blanks.astype(np.int32)


def _uniform(
    rule: Rule, governed: GovernedRecords, fields: tuple[str, ...], outcome: Outcome, reason: Reason
) -> RuleResult:
    n = len(governed)
    nothing = np.broadcast_to(np.nan, n)
    governed.outcomes[rule.id] = np.full(n, outcome, np.uint8)
    return RuleResult(
        rule=rule,
        subjects=governed.records,
        outcome=governed.outcomes[rule.id],
        reason=np.full(n, reason, np.uint8),
        observed_lo=nothing,
        observed_hi=nothing,
        required_lo=nothing,
        required_hi=nothing,
        missed=NO_PLACES,
        shortfall=NOTHING,
        fields=fields,
    )


def unanswered(rule: Rule, fields: tuple[str, ...], lacking: tuple[str, ...]) -> RuleResult:
    """A rule that no column can answer: no subjects, no verdicts, the missing fields named."""
    return RuleResult(
        rule=rule,
        subjects=Groups([], [], []),
        outcome=np.zeros(0, np.uint8),
        reason=np.zeros(0, np.uint8),
        observed_lo=NOTHING,
        observed_hi=NOTHING,
        required_lo=NOTHING,
        required_hi=NOTHING,
        missed=NO_PLACES,
        shortfall=NOTHING,
        fields=fields,
        lacking=lacking,
    )


def by_hand(rule: Rule, standard: Standard) -> RuleResult:
    """A manual rule: one verdict for the whole jurisdiction, so that coverage stays honest."""
    place = standard.jurisdiction
    nothing = np.full(1, np.nan)
    level = place.level if place.level in REGION_LEVELS else rule.applies_to
    return RuleResult(
        rule=rule,
        subjects=Groups([level], [(place.name,)], [place.code]),
        outcome=np.full(1, Outcome.MANUAL, np.uint8),
        reason=np.full(1, Reason.MANUAL, np.uint8),
        observed_lo=nothing,
        observed_hi=nothing,
        required_lo=nothing,
        required_hi=nothing,
        missed=NO_PLACES,
        shortfall=NOTHING,
    )


def _joined(parts: list[RuleResult]) -> RuleResult:
    """Results of several group levels as one, the larger regions after the smaller as the rule lists them."""
    first = parts[0]
    sizes = np.cumsum([0, *(len(p) for p in parts)])
    subjects = Groups([], [], [])
    for part in parts:
        assert isinstance(part.subjects, Groups)
        subjects.levels += part.subjects.levels
        subjects.paths += part.subjects.paths
        subjects.codes += part.subjects.codes

    def chain(name: str) -> np.ndarray:
        return np.concatenate([getattr(p, name) for p in parts])

    joined = RuleResult(
        rule=first.rule,
        subjects=subjects,
        outcome=chain("outcome"),
        reason=chain("reason"),
        observed_lo=chain("observed_lo"),
        observed_hi=chain("observed_hi"),
        required_lo=chain("required_lo"),
        required_hi=chain("required_hi"),
        missed=np.concatenate([p.missed + s for p, s in zip(parts, sizes, strict=False)]).astype(np.int32),
        shortfall=chain("shortfall"),
        fields=first.fields,
        kind=first.kind,
        denominator=chain("denominator"),
        blanks=chain("blanks"),
    )
    joined.numerator = (
        np.concatenate([p.numerator[0] for p in parts if p.numerator]),
        np.concatenate([p.numerator[1] for p in parts if p.numerator]),
    )
    if any(p.add is not None for p in parts):
        joined.add = np.concatenate([np.full(len(p.missed), np.nan) if p.add is None else p.add for p in parts])
        joined.add_unit = next(p.add_unit for p in parts if p.add is not None)
    return joined


def _full(array: np.ndarray, n: int) -> np.ndarray:
    return array if array.shape == (n,) else np.broadcast_to(array, n)


def _missed(outcome: np.ndarray) -> Ints:
    return np.flatnonzero(among(outcome, Outcome.FAIL, Outcome.NOT_DUE)).astype(np.int32)
