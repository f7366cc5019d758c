"""One rule judged over the records that a standard governs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from communitycheck.checking.classes import SubjectClasses, classes_of, joined_classes
from communitycheck.checking.evaluation.certain import settle
from communitycheck.checking.evaluation.evaluate import in_scope
from communitycheck.checking.evaluation.measure import Measured, measure
from communitycheck.checking.evaluation.twins import twins, uniques_of
from communitycheck.checking.evaluation.unlisted import lookups_of, outside_lists, unlisted
from communitycheck.checking.evaluation.untold import compared_by, only_earlier, untold
from communitycheck.checking.fields import above_of, fields_of, forms_of, listings_of
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.breakdown import Taken
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.groups.grouping import Grouping, group_by, whole
from communitycheck.checking.groups.open_cells import open_cells
from communitycheck.checking.groups.so_far import GroupsSoFar
from communitycheck.checking.impossible import in_each_record, show_impossible
from communitycheck.checking.missed.levers import lever_of_groups, lever_of_records
from communitycheck.checking.missed.shortfalls import over_nothing, shortfall
from communitycheck.checking.outcomes import outcomes, overrule
from communitycheck.checking.results import all_alike, joined, unanswered
from communitycheck.model.aggregates import aggregates_of
from communitycheck.model.expression import Call
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.values import Tru
from communitycheck.model.result import GapCause, Groups, Outcome, Reason, RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.subjects import Subjects
from communitycheck.model.table import Bytes, Floats, Ints, among


def judge(rule: Rule, governed: GovernedRecords, so_far: GroupsSoFar | None = None) -> RuleResult:
    """The rule's answer for every governed record (or group of them).

    Args:
        so_far: where the records come some at a time: what the groups of those before came to.
    """
    assert rule.threshold is not None and rule.indicator is not None
    fields = fields_of(rule, governed.dictionary, governed.table)
    if not governed.standard.in_force(governed.as_of) or rule.threshold.at(governed.as_of) is None:
        result = all_alike(rule, governed.records, Outcome.NOT_APPLICABLE, Reason.NOT_IN_FORCE, fields)
        governed.outcomes[rule.id] = result.outcome
        return result
    return _judge_groups(rule, governed, fields, so_far) if rule.by else _judge_records(rule, governed, fields)


def _judge_records(rule: Rule, governed: GovernedRecords, fields: tuple[str, ...]) -> RuleResult:
    context = governed.context()
    scope = in_scope(rule.where, context)
    if governed.recompute is not None and aggregates_of(rule):
        context.recompute = governed.recompute(rule)
    measured = measure(rule, context, governed.as_of)
    settle(rule, context, scope, measured)
    show_impossible(rule, context, measured)
    outcome, reason = outcomes(rule, scope, measured, governed.as_of)
    if (classes := classes_of(rule, context, governed.as_of)) is not None:
        classes.settle(outcome, reason)
        governed.classes[rule.id] = classes
    overrule(rule, governed, scope, outcome, reason)
    governed.outcomes[rule.id] = outcome
    exempt = among(reason, Reason.EXEMPT)
    if exempt.any():
        governed.exempt[rule.id] = exempt
    result = _result(rule, governed.records, fields, measured, outcome, reason)
    if lookups := lookups_of(rule):
        missing = np.flatnonzero(among(reason, Reason.MISSING, Reason.NOT_LAID_DOWN)).astype(np.int32)
        result.unlisted = unlisted(lookups, context, missing)
    if len(result.missed) and (fields_of_uniques := uniques_of(rule)):
        result.twins = twins(fields_of_uniques, context, governed.records, result.missed)
    if len(result.missed):
        result.over_nothing = over_nothing(context, result)
        result.asks_form = forms_of(rule, governed.dictionary)
    if len(result.missed) and listings_of(rule, governed.dictionary):
        result.unlisted |= outside_lists(rule, context, result.missed)
    if measured.missing_items is not None:
        result.items_missing = {i: measured.missing_items(i) for i in result.missed.tolist()}
    open_ = np.flatnonzero(among(outcome, Outcome.NO_DATA)).astype(np.int32)
    if compared_by(rule) or above_of(rule):
        result.untold = untold(rule, context, open_)
    elif governed.latest is not None:
        result.untold = only_earlier(result, governed.latest, open_)
    if rule.lever is not None and len(result.missed):
        result.add, result.add_least, result.add_unit = lever_of_records(rule, governed.dictionary, context, result)
    return result


def _judge_groups(
    rule: Rule, governed: GovernedRecords, fields: tuple[str, ...], so_far: GroupsSoFar | None
) -> RuleResult:
    levels: list[RuleResult] = []
    classes: list[SubjectClasses] = []
    for context, _ in group_contexts(rule, governed, so_far):
        own = _classes_of_groups(rule, context, governed.as_of)
        is_whole = context.grouping.levels == [governed.standard.jurisdiction.level]
        in_part = is_whole and bool(governed.divisions_missing() if so_far is None else so_far.absent)
        levels.append(_judge_level(rule, governed, fields, context, own, in_part=in_part))
        classes += () if own is None else (own,)
    if not levels:
        return unanswered(rule, fields, tuple(rule.by))
    if classes:
        governed.classes[rule.id] = joined_classes(classes)
    return levels[0] if len(levels) == 1 else joined(levels)


def group_contexts(
    rule: Rule, governed: GovernedRecords, so_far: GroupsSoFar | None = None
) -> Iterator[tuple[GroupContext, Ints]]:
    """The groups of each level that the rule judges, with the positions of the governed records they run over."""
    inside = governed.inside_jurisdiction()
    context = governed.context()
    if governed.out_of_jurisdiction.any():
        context = context.picked(inside)
    scope = in_scope(rule.where, context)
    unclear = governed.unsettled(rule)[inside]
    if unclear.any():
        scope = Tru(scope.yes & ~unclear, scope.no, scope.na)
    rows = governed.records.rows(inside)
    plausible = None if in_each_record(rule) is None else rule.plausible
    for level in rule.by:
        grouping = _grouping(governed, rows, level, so_far)
        if grouping is None:
            continue
        once = governed.once() if so_far is None else None  # of those, each is of a subject of its own
        taken = Taken(scope, once, rule.where, governed.fields_behind)
        found = GroupContext.of(context, grouping, taken, plausible)
        found.sums = None if so_far is None else so_far.sums(rule.id, level)
        yield found, inside


def _grouping(governed: GovernedRecords, rows: Ints, level: str, so_far: GroupsSoFar | None) -> Grouping | None:
    """The groups of one level; the level of the standard's own jurisdiction is that jurisdiction."""
    place = governed.standard.jurisdiction
    if place.level == level:
        return whole(len(rows), level, place.name, place.code)
    if so_far is not None:
        return so_far.grouping(level, rows)
    return group_by(governed.table, rows, level)


def _classes_of_groups(rule: Rule, context: GroupContext, as_of: date) -> SubjectClasses | None:
    """The classes of the groups; what those are worked out from is nothing that the verdict rests on."""
    classes = classes_of(rule, context, as_of)
    context.breakdowns.clear()
    return classes


def _judge_level(
    rule: Rule,
    governed: GovernedRecords,
    fields: tuple[str, ...],
    context: GroupContext,
    classes: SubjectClasses | None,
    *,
    in_part: bool,
) -> RuleResult:
    """The answer for the groups of one level.

    Args:
        in_part: of the one group that is the whole jurisdiction, some regions have no record.
    """
    measured = measure(rule, context, governed.as_of)
    numerator, denominator, gaps = _counted(context)
    counted = context.total(~context.scope.no, "members")
    outcome, reason = outcomes(rule, Tru(counted > 0, counted == 0), measured, governed.as_of)
    reason[among(reason, Reason.OUT_OF_SCOPE)] = Reason.EMPTY_GROUP
    undecided = among(outcome, Outcome.NO_DATA) & ~among(reason, Reason.IMPLAUSIBLE)
    reason[undecided] = Reason.BLANKS_UNDECIDED
    repeats = undecided & (gaps[:, GapCause.REPEATED] > 0) & (gaps.sum(axis=1) == gaps[:, GapCause.REPEATED])
    reason[repeats] = Reason.REPEATS_UNDECIDED
    if classes is not None:
        classes.settle(outcome, reason)
    grouping = context.grouping
    if in_part:
        _unknown_in_part(rule, outcome, reason)
    groups = Groups(list(grouping.levels), list(grouping.paths), list(grouping.region_codes))
    result = _result(rule, groups, fields, measured, outcome, reason)
    result.numerator, result.denominator, result.gaps = numerator, denominator, gaps
    again = np.zeros(len(context)) if context.again is None else context.total(context.again)
    result.again = again.astype(np.int32)
    open_ = among(outcome, Outcome.NO_DATA) & among(reason, Reason.BLANKS_UNDECIDED) & (gaps.sum(axis=1) > 0)
    if open_.any() or context.sums is not None:
        places, asked = np.flatnonzero(open_).astype(np.int32), ~context.scope.no
        result.untold = open_cells(fields, context.records, grouping.codes, asked, places, context.sums)
    if measured.missing_items is not None:
        result.items_missing = {i: measured.missing_items(i) for i in result.missed.tolist()}
    if len(result.missed):
        result.add, result.add_unit = lever_of_groups(rule, governed.dictionary, context, result)
    return result


def _unknown_in_part(rule: Rule, outcome: Bytes, reason: Bytes) -> None:
    """A whole of which regions are missing does not pass, unless what they add can only raise the sum that is asked. Of
    a list nothing is missing for certain that they may have."""
    assert rule.threshold is not None
    grows = isinstance(rule.indicator, Call) and rule.indicator.function in ("sum", "count")
    if grows and rule.threshold.comparison.key == "at_least" and not aggregates_of(rule):
        return
    # What a list lacks may lie in the other regions; what it has stays.
    wrong = (Outcome.FAIL, Outcome.NOT_DUE) if rule.threshold.comparison.form == "items" else (Outcome.PASS,)
    undone = among(outcome, *wrong)
    outcome[undone] = Outcome.NO_DATA
    reason[undone] = Reason.REGIONS_MISSING


def _counted(context: GroupContext) -> tuple[tuple[Floats, Floats], Floats, Ints]:
    """Numerator, denominator and gaps of the groups' indicator, as the reader would count them."""
    if not context.breakdowns:  # it asks only what its regions are called
        nothing = np.full(len(context), np.nan)
        return (nothing, nothing), nothing, np.zeros((len(context), len(GapCause)), np.int32)
    first = context.breakdowns[0][1]
    gaps = np.sum([b.gaps for _, b in context.breakdowns], axis=0)
    two_sums = len(context.breakdowns) >= 2 and all(call.function == "sum" for call, _ in context.breakdowns[:2])
    denominator = context.breakdowns[1][1].numerator[0] if two_sums else first.denominator
    return first.numerator, denominator, gaps.astype(np.int32)


def _result(
    rule: Rule, subjects: Subjects, fields: tuple[str, ...], measured: Measured, outcome: Bytes, reason: Bytes
) -> RuleResult:
    n = len(subjects)
    missed = np.flatnonzero(among(outcome, Outcome.FAIL, Outcome.NOT_DUE)).astype(np.int32)
    far_end = measured.required if measured.upper is None else measured.upper
    return RuleResult(
        rule=rule,
        subjects=subjects,
        outcome=outcome,
        reason=reason,
        observed_lo=_full(measured.observed.lo, n),
        observed_hi=_full(measured.observed.hi, n),
        required_lo=_full(measured.required.lo, n),
        required_hi=_full(far_end.hi, n),
        missed=missed,
        shortfall=shortfall(rule, measured, missed),
        fields=fields,
        kind="date" if rule.unit == DATE else measured.kind,
    )


def _full(array: Floats, n: int) -> Floats:
    """A constant as one number for each subject."""
    return array if array.shape == (n,) else np.broadcast_to(array, n)
