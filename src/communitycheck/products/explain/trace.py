"""One verdict taken apart: the rule's expressions with their values, and the cells they were read from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.items import split_items
from communitycheck.checking.evaluation.measure import allowance
from communitycheck.checking.fields import above_of
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.trial import Trial
from communitycheck.model.address import Address
from communitycheck.model.aggregates import aggregates_of
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import GROUP_FUNCTIONS, Call, Name, Node, children, compared_in, names_in
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.values import Num, Value
from communitycheck.model.result import Outcome, Reason, RuleResult
from communitycheck.model.sheet import Sheet
from communitycheck.model.standard import Limit, Rule
from communitycheck.model.subjects import Records
from communitycheck.model.table import State
from communitycheck.model.text import Text
from communitycheck.products.explain.explanation import Explanation, Input, ParameterUsed, Wanted
from communitycheck.products.explain.find_remedies import remedies_of_record, remedy_of_items
from communitycheck.products.explain.trace_groups import trace_below, trace_group
from communitycheck.products.explain.worked import at, conjuncts, first, is_switch, units, work_out

# Verdicts that do not rest on the indicator.
_UNWORKED = (Reason.OUT_OF_SCOPE, Reason.OUTSIDE, Reason.NOT_CARRIED, Reason.NOT_IN_FORCE, Reason.REGION_UNKNOWN)
_HEADERS = 6  # headers named of a missing column


def trace(run: StandardRun, result: RuleResult, i: int, *, remedies: bool = True) -> Explanation:
    """The verdict at position ``i`` of ``result``, which is one of the run's.

    Args:
        remedies: also find what would make it pass.
    """
    rule = result.rule
    found = Explanation(rule, run.standard, result.verdict(i), result.add_unit, error=result.error)
    if rule.indicator is None or rule.threshold is None:
        return found
    found.parameters = _parameters(run, rule)
    found.limits, found.limit = rule.threshold.limits, rule.threshold.at(run.as_of)
    reading = _reading(run, rule)
    found.where = reading.where
    if rule.by:
        trace_group(run, result, i, reading, found, remedies=remedies)
    else:
        _trace_record(run, result, i, reading, found, remedies=remedies)
    return found


def trace_unchecked(run: StandardRun, result: RuleResult) -> Explanation:
    """A rule that no column can answer: the columns it lacks, and headers that would be recognised."""
    rule = result.rule
    wanted = tuple(_wanted(key, run.dictionary.fields.get(key)) for key in result.lacking)
    found = Explanation(rule, run.standard, None, wanted=wanted)
    if rule.threshold is not None:
        found.parameters = _parameters(run, rule)
        found.limits, found.limit = rule.threshold.limits, rule.threshold.at(run.as_of)
        found.where = _reading(run, rule).where
    return found


def _wanted(key: str, field: Field | None) -> Wanted:
    if field is None:
        return Wanted(key, Text(key, key))
    known = (field.label.in_lang("zh"), *field.aliases)
    return Wanted(key, field.label, tuple(dict.fromkeys(k for k in known if k))[:_HEADERS])


def _reading(run: StandardRun, rule: Rule) -> Rule:
    """The rule with its switches worked in; other parameters keep their names."""

    def switch(name: str) -> float | None:
        value = run.parameter(name)
        return value if is_switch(run.standard.parameters.get(name), value) else None

    return rule.folded(switch)


def _parameters(run: StandardRun, rule: Rule) -> list[ParameterUsed]:
    names = dict.fromkeys(name for node in rule.expressions for name in names_in(node))
    found = []
    for name in names:
        one = run.standard.parameters.get(name)
        if one is None:
            continue
        value = one.at(run.as_of)
        started = [start for start, _ in one.values if start is None or start <= run.as_of]
        later = [(start, x) for start, x in one.values if start is not None and start > run.as_of]
        found.append(
            ParameterUsed(
                name,
                value,
                "" if one.declared == "ratio" else one.unit,
                None if one.declared == "ratio" else one.dimension,
                one.clause,
                one.layer or run.standard.id,
                one.note,
                started[-1] if started else None,
                later[0] if later else None,
                is_switch(one, value),
            )
        )
    return found


def _trace_record(
    run: StandardRun, result: RuleResult, i: int, reading: Rule, found: Explanation, *, remedies: bool
) -> None:
    rule, verdict = result.rule, found.verdict
    governed = run.governed[rule.applies_to]
    assert verdict is not None and rule.threshold is not None and reading.threshold is not None
    if result.part_of is not None:
        i = int(result.part_of[i])
    trial = Trial.of_one(run.folded(rule), governed, i)
    context = _context(governed, rule, i)
    context.believing = verdict.reason is Reason.IMPLAUSIBLE
    context.bounded = verdict.reason in (Reason.MET, Reason.MISSED, Reason.DUE_UNKNOWN)
    own = governed.dictionary
    unit_of = units(own.fields, run.standard.parameters)
    found.scope = tuple(work_out(node, context, unit_of) for node in conjuncts(reading.where))
    answers = [one.value for one in found.scope]
    found.in_scope = False if False in answers else None if None in answers else True
    worked = [n for n in (reading.where,) if n is not None]
    limit = reading.threshold.at(run.as_of)
    if verdict.reason not in _UNWORKED and limit is not None:
        assert reading.indicator is not None
        found.expression = work_out(reading.indicator, context, unit_of)
        found.required = work_out(limit.value, context, unit_of)
        worked += [reading.indicator, limit.value]
        if reading.threshold.upper is not None:
            found.upper = work_out(reading.threshold.upper, context, unit_of)
            worked.append(reading.threshold.upper)
        if rule.threshold.comparison.equates:
            found.slack = _slack(reading, limit, context)
    if verdict.reason is Reason.DUE_UNKNOWN or verdict.open_severity:
        worked += rule.class_conditions
    names = dict.fromkeys(name for node in worked for name in _own_names(node) if name in own.fields)
    found.inputs = [_input(governed, context, name, ()) for name in names]
    compared = {name for node in worked for name in compared_in(node)}
    for one in (one for one in found.inputs if one.key in compared):
        one.before = _earlier(governed, context, one.key)
    found.inputs += [one for name in above_of(rule) for one in _above(run, governed, name, i)]
    trace_below(run, rule, i, limit, found)
    items = rule.threshold.items
    text = _text(context, rule.indicator) if items else ""
    if items:
        named = split_items(text)
        found.items_present = tuple(x for x in items if _plain(x) in named)
    curable = verdict.outcome in (Outcome.FAIL, Outcome.NOT_DUE) or verdict.reason in (Reason.MISSING, Reason.UNDECIDED)
    if not remedies or not curable:
        return
    if items:
        assert isinstance(rule.indicator, Name)
        missing = tuple(x for x in items if x not in found.items_present)
        missing = missing[: max(rule.threshold.items_needed - len(found.items_present), 1)]
        found.remedies = remedy_of_items(trial, rule.indicator.name, text, missing)
        return
    found.remedies = remedies_of_record(trial, [one for one in found.inputs if not one.kind])


def _own_names(node: Node) -> list[str]:
    """Names that the record itself answers, not the records below it."""
    if isinstance(node, Call) and (node.function in GROUP_FUNCTIONS or node.function == "above"):
        return []
    if isinstance(node, Name):
        return [node.name]
    return [name for child in children(node) for name in _own_names(child)]


def _plain(item: str) -> str:
    return next(iter(split_items(item)), item)


def _slack(reading: Rule, limit: Limit, context: RecordContext) -> float:
    return float(np.ravel(allowance(reading, limit.value, context))[0])


def _context(governed: GovernedRecords, rule: Rule, i: int) -> RecordContext:
    """The one record, as the rule sees it."""
    one = governed.context().picked(np.array([i], dtype=np.int32))
    if governed.recompute is not None and aggregates_of(rule):
        above = governed.recompute(rule)

        def below(call: Call) -> Value:
            value = above(call)
            assert isinstance(value, Num)
            low = np.array([at(value.lo, i)])
            return Num(low, low if value.exact else np.array([at(value.hi, i)]))

        one.recompute = below
    return one


def _text(context: RecordContext, node: Node | None) -> str:
    assert isinstance(node, Name)
    value, _ = first(context.field(node.name))
    return value if isinstance(value, str) else ""


def _input(governed: GovernedRecords, context: RecordContext, name: str, trail: tuple[str, ...]) -> Input:
    """A field of the record with its cell, and what it is worked out from where it has none."""
    table, field = governed.table, governed.dictionary.fields[name]
    row = context.records.row(0)
    sheet, place = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    column = table.columns.get(name)
    value, _ = first(context.field(name))
    state = State.ABSENT if column is None else column.state_at(row)
    unit = DATE if field.type == "date" else field.shown_unit
    stated = state is State.KNOWN or (state is State.CONTRADICTED and context.believing)
    found = Input(name, value if stated else None, state, unit)
    if column is not None and column.half_step is not None and not math.isnan(column.half_step[row]):
        found.half_step = float(column.half_step[row])
    borrowed = None if column is None or column.borrowed is None else column.borrowed.get(row)
    cell = sheet.cell_of(name, place)
    if borrowed is not None:
        home, _, cell = borrowed.rpartition("!")
        named = [s for s in table.sheets if s.path == sheet.path and s.name == home]  # several where tables are stacked
        sheet = next((s for s in named if s.column_of(name)), named[0] if named else sheet)
        found.at = Address(sheet.path, home, None, cell)
    elif cell is not None:
        found.at = sheet.address_of(place, cell)
    _head(found, sheet)
    if cell is None and field.derived is not None and name not in trail:
        derived = RecordContext(context.records, {}, governed.as_of)
        found.derived = work_out(field.derived, derived, units(governed.dictionary.fields, {}))
        parts: Iterable[str] = (n for n in names_in(field.derived) if n in governed.dictionary.fields)
        found.parts = tuple(_input(governed, context, n, (*trail, name)) for n in parts)
    return found


def _earlier(governed: GovernedRecords, context: RecordContext, name: str) -> Input | None:
    """The field of the same subject one period before."""
    row = int(context.earlier(name).rows[context.records.row(0)])
    if row < 0:
        return None
    before = RecordContext(
        Records(context.records.table, np.array([row], np.int32)), {}, context.as_of, None, governed.dictionary
    )
    return _input(governed, before, name, ())


def _above(run: StandardRun, governed: GovernedRecords, name: str, i: int) -> Iterator[Input]:
    """The field of the region above, in each of the records that speak of that."""
    found = governed.context().region_above(name)
    if found is None:
        return
    others, lies_in = found
    kind = others.records.table.entity
    for k in lies_in.of_record(i):
        one = _input(run.governed[kind], others.picked(np.array([k], np.int32)), name, ())
        one.kind = kind
        yield one


def _head(found: Input, sheet: Sheet) -> None:
    head = next((c for c in sheet.columns if c.field == found.key), None)
    if head is not None:
        found.header, found.factor = head.header, head.factor
