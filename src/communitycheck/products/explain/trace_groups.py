"""A group's verdict taken apart: what each aggregate counted, and which records counted how."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace

from communitycheck.checking.evaluation.evaluate import as_truth, evaluate, number
from communitycheck.checking.evaluation.measure import measure
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.groups.distinct import as_numbers
from communitycheck.checking.groups.grouping import Grouping, whole
from communitycheck.checking.groups.recomputed import Recomputed
from communitycheck.checking.judge import group_contexts
from communitycheck.checking.repeated.once import Once
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.aggregates import aggregates_of
from communitycheck.model.expression import GROUP_FUNCTIONS, Binary, Call, Name, Node, names_in, rules_in, walk
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.result import Groups, Outcome, Reason, RuleResult, Verdict
from communitycheck.model.standard import Limit, Rule
from communitycheck.model.subjects import SubjectCells
from communitycheck.model.table import Bools, Ints, State, Table
from communitycheck.products.explain.explanation import (
    MEMBERS,
    Aggregate,
    Explanation,
    Group,
    Member,
    Remedy,
    Standing,
    Value,
    Worked,
)
from communitycheck.products.explain.worked import ends, first, units, work_out

_ORDER = (Standing.AGAINST, Standing.BLANK, Standing.COUNTED, Standing.FOR)


def trace_group(
    run: StandardRun, result: RuleResult, i: int, reading: Rule, found: Explanation, *, remedies: bool
) -> None:
    """Fill in the arithmetic and the members of the group at position ``i``."""
    governed = run.governed.get(result.rule.applies_to)
    if governed is None or not isinstance(result.subjects, Groups) or reading.threshold is None:
        return
    limit = reading.threshold.at(run.as_of)
    context, positions = _group(governed, run.folded(result.rule), result, i)
    if context is None or limit is None or reading.indicator is None:
        return
    unit_of = units(governed.dictionary.fields, run.standard.parameters)
    found.required = work_out(limit.value, context, unit_of)
    if items := reading.threshold.items:
        calls = [_listing(reading.indicator, items, context, found)]
    else:
        found.expression = work_out(reading.indicator, context, unit_of)
        calls = [n for n in walk(reading.indicator) if isinstance(n, Call) and n.function in GROUP_FUNCTIONS]
    if reading.threshold.upper is not None:
        found.upper = work_out(reading.threshold.upper, context, unit_of)
    found.group = _taken_apart(calls, context, positions, governed, run)
    verdict = found.verdict
    assert verdict is not None
    blanks = sum(a.blanks for a in found.group.aggregates)
    pooled = isinstance(reading.indicator, Binary) and reading.indicator.op == "/" and len(calls) == 2
    found.group.recordwise = bool(
        pooled and blanks and all(c.function == "sum" for c in calls) and result.rule.plausible is not None
    )
    if remedies:
        found.remedies = _remedies(run.folded(result.rule), verdict, found, context)


def _listing(indicator: Node, items: tuple[str, ...], context: GroupContext, found: Explanation) -> Call:
    """Which of the items the records of the group name; they are shown with what each says."""
    assert isinstance(indicator, Name)
    found.expression = Worked(indicator, None)
    _, missing = context.items_present(indicator.name, items)
    found.items_present = tuple(item for item in items if item not in missing(0))
    context.breakdowns.clear()
    return Call("distinct", (indicator,))


def trace_below(run: StandardRun, rule: Rule, i: int, limit: Limit | None, found: Explanation) -> None:
    """The records below that an aggregate in a single record's rule ran over, where it is known which those are."""
    calls = aggregates_of(rule)
    beneath = run.governed_below(rule, calls) if calls and limit is not None else None
    if beneath is None:
        return
    below = Recomputed(run.governed[rule.applies_to], beneath, rule.applies_to, run.standard.jurisdiction)
    if not below.known[i]:
        return
    members = np.flatnonzero(below.grouping.codes == i).astype(np.int32)
    inside = beneath.inside_jurisdiction()
    every = GroupContext.of(below.records, below.grouping, below.taken)
    context = every.alone(members, whole(len(members), rule.applies_to, "", ""))
    found.group = _taken_apart(calls, context, inside[members], beneath, run)


def _group(governed: GovernedRecords, rule: Rule, result: RuleResult, i: int) -> tuple[GroupContext | None, Ints]:
    """The context of the one group alone, and where its records stand among the governed."""
    subjects = result.subjects
    assert isinstance(subjects, Groups)
    at = i if result.part_of is None else int(result.part_of[i])
    before = 0
    for context, positions in group_contexts(rule, governed):
        n = len(context.grouping)
        if at < before + n:
            members = np.flatnonzero(context.grouping.codes == at - before).astype(np.int32)
            nobody_else = np.zeros(len(members), np.int32)
            one = Grouping(nobody_else, [subjects.levels[i]], [subjects.paths[i]], [subjects.codes[i]])
            return context.alone(members, one), positions[members]
        before += n
    return None, np.zeros(0, np.int32)


def _taken_apart(
    calls: list[Call], context: GroupContext, positions: Ints, governed: GovernedRecords, run: StandardRun
) -> Group:
    aggregates, columns = [], []
    for call in calls:
        context.breakdowns.clear()
        value, _ = first(context.aggregate(call))
        counted = context.breakdowns[0][1]
        numerator = float(counted.numerator[0][0]), float(counted.numerator[1][0])
        denominator, blanks = float(counted.denominator[0]), int(counted.blanks[0])
        aggregates.append(Aggregate(call, value, numerator, denominator, blanks))
        columns.append(_column(call, context))
    context.breakdowns.clear()
    n = len(context.records)
    again = np.zeros(n, bool) if context.again is None else context.again
    exempt = np.zeros(n, bool)
    for column in columns:
        exempt |= column.exempt
    taking = ~context.scope.no & ~exempt
    standing = np.full(n, _ORDER.index(Standing.COUNTED))
    judged = [c for c in columns if c.yes is not None]
    for column in judged:
        assert column.yes is not None and column.no is not None
        standing[column.no] = _ORDER.index(Standing.AGAINST)
        standing[column.yes] = _ORDER.index(Standing.FOR)
    unknown = ~context.scope.yes & ~context.scope.no
    unsure = int((unknown & taking).sum())
    for column in columns:
        unknown |= column.blank
    standing[unknown] = _ORDER.index(Standing.BLANK)
    counts = {s: int((standing[taking] == k).sum()) for k, s in enumerate(_ORDER)}
    listed = np.flatnonzero(taking)
    listed = listed[np.lexsort((listed, _measure(columns)[listed], standing[listed]))][:MEMBERS]
    fields = tuple(dict.fromkeys(name for call in calls for name in names_in(call)))
    fields = tuple(f for f in fields if f in governed.dictionary.fields)
    records = governed.records
    rules = tuple(dict.fromkeys(r for call in calls for r in rules_in(call)))
    members = []
    for k in listed.tolist():
        place = int(positions[k])
        seen = next(records.with_cells(np.array([place], np.int32), fields))
        values = tuple(column.value(k) for column in columns)
        unmet = _unmet(run, rules, place)
        member = Member(seen.subject, _ORDER[int(standing[k])], values, seen.at, seen.cells, unmet, seen.troubled)
        unused = tuple(_unused(call, seen, records.table, records.row(place)) for call in calls)
        members.append(replace(member, unused=unused, impossible=seen.impossible))
    return Group(
        tuple(aggregates),
        {s: c for s, c in counts.items() if c},
        int((context.scope.no & ~again).sum()),
        int((exempt & ~context.scope.no).sum()),
        members,
        again=int(again.sum()),
        unsure=unsure,
    )


def _unused(call: Call, seen: SubjectCells, table: Table, row: int) -> float | None:
    """The figure of the aggregate's field that stands in the record and was taken out."""
    match call.arguments:
        case (Name(key), *_) if any(one[:2] == (key, State.CONTRADICTED) for one in seen.troubled):
            low = table.columns[key].lo
            return None if low is None else float(low[row])
        case _:
            return None


class _Column:
    """The argument of an aggregate for each record of the group."""

    def __init__(self, value: Num | Tru, n: int) -> None:
        none = np.zeros(n, bool)
        self.exempt: Bools = none if value.na is None else np.broadcast_to(value.na > 0, n)
        self.yes: Bools | None = None
        self.no: Bools | None = None
        self.texts: list[str] | None = None
        if isinstance(value, Tru):
            self.yes, self.no = np.broadcast_to(value.yes, n), np.broadcast_to(value.no, n)
            self.blank: Bools = ~self.yes & ~self.no
            self.low = np.where(self.yes, 1.0, np.where(self.no, 0.0, np.nan))
            self.high = self.low
        else:
            self.low, self.high = np.broadcast_to(value.lo, n), np.broadcast_to(value.hi, n)
            self.blank = np.isnan(self.low)

    def agree(self, once: Once, node: Node) -> None:
        """Take what all records of a subject agree on for the one that counts."""
        if self.yes is not None and self.no is not None:
            self.yes, self.no = self.yes.copy(), self.no.copy()
            self.exempt = ~once.truths(node, self.yes, self.no, ~self.exempt).perhaps
            self.blank = ~self.yes & ~self.no
            return
        self.low, self.high, self.blank = self.low.copy(), self.high.copy(), self.blank.copy()
        self.exempt = ~once.numbers(node, self.low, self.high, self.blank, ~self.exempt, apart=True).perhaps
        self.low[self.blank], self.high[self.blank] = np.nan, np.nan

    def value(self, k: int) -> Value:
        if self.texts is not None:
            return None if self.blank[k] else self.texts[int(self.low[k])]
        if self.yes is not None:
            return None if self.blank[k] else bool(self.yes[k])
        return ends(float(self.low[k]), float(self.high[k]))


def _column(call: Call, context: GroupContext) -> _Column:
    n = len(context.records)
    if not call.arguments:  # count() takes every record in scope
        return _Column(Tru(np.ones(n, bool), np.zeros(n, bool)), n)
    node = call.arguments[0]
    if call.function in ("share", "count"):
        column = _Column(as_truth(evaluate(node, context.records)), n)
    elif call.function == "distinct":
        value = evaluate(node, context.records)
        column = _Column(as_numbers(value), n)
        column.texts = list(dict.fromkeys(value.names)) if isinstance(value, Txt) else None
    else:
        column = _Column(number(node, context.records), n)
    if context.once is not None:
        column.agree(context.once, node)
    if call.function == "mean" and len(call.arguments) > 1:
        weight = _Column(number(call.arguments[1], context.records), n)
        column.blank, column.exempt = column.blank | weight.blank, column.exempt | weight.exempt
    return column


def _measure(columns: list[_Column]) -> np.ndarray:
    """What records of one standing are sorted by: the ratio of two sums, else the first figure; the smallest first."""
    first_, *others = columns
    with v.unknown_numbers():
        measure = first_.low / others[0].low if len(columns) == 2 else first_.low
    return np.nan_to_num(np.asarray(measure, np.float64), nan=-1.0)


def _unmet(run: StandardRun, rules: tuple[str, ...], place: int) -> tuple[tuple[str, Outcome], ...]:
    found = []
    for rule in rules:
        outcome = Outcome(int(run.judged(run.rules[rule]).outcome[place]))
        if outcome is not Outcome.PASS:
            found.append((rule, outcome))
    return tuple(found)


def _remedies(rule: Rule, verdict: Verdict, found: Explanation, context: GroupContext) -> list[Remedy]:
    """What would carry the group over the line, recomputed with it in place."""
    group = found.group
    share = isinstance(rule.indicator, Call) and rule.indicator.function == "share"
    required = verdict.required
    raising = rule.threshold is not None and rule.threshold.comparison.direction == "up"
    if group is None or not raising or not isinstance(required, float):
        return []
    if share:
        one = group.aggregates[0]
        assert one.numerator is not None and one.denominator is not None
        # Of blank records the doubtful ones may not count at all; then no number of them can be promised.
        against, blank = group.standings.get(Standing.AGAINST, 0), group.standings.get(Standing.BLANK, 0)
        every = sum(group.standings.values())
        met = _meets_share(rule, required, every)
        if verdict.reason in (Reason.BLANKS_UNDECIDED, Reason.REPEATS_UNDECIDED):
            n = next((k for k in range(blank + 1) if met(one.numerator[0] + k)), None)
            kind = "blanks"
        elif verdict.outcome in (Outcome.FAIL, Outcome.NOT_DUE):
            # However the blanks turn out: counted as for it, as they were when it failed for certain.
            n = next((k for k in range(against + 1) if met(one.numerator[1] + k)), None)
            kind = "records"
        else:
            return []
        if not n:
            return []
        reached = (one.numerator[0 if kind == "blanks" else 1] + n) / every
        return [Remedy(kind, reached, required, n=float(n))]
    if verdict.outcome not in (Outcome.FAIL, Outcome.NOT_DUE) or verdict.add is None or not rule.lever:
        return []
    context.added = {rule.lever: np.array([verdict.add])}
    now = measure(rule, context, context.records.as_of)
    context.added = {}
    context.breakdowns.clear()
    if not bool(np.ravel(now.met.yes)[0]):
        return []
    field = context.records.dictionary.fields.get(rule.lever)
    reached_now, _ = first(now.observed)
    return [
        Remedy(
            "total",
            reached_now,
            first(now.required)[0],
            n=verdict.add,
            key=rule.lever,
            unit=field.unit if field is not None else found.add_unit,
        )
    ]


def _meets_share(rule: Rule, required: float, every: int) -> Callable[[float], bool]:
    assert rule.threshold is not None
    test = rule.threshold.comparison.test

    def met(part: float) -> bool:
        return bool(every) and bool(test(v.constant(part / every), v.constant(required)).yes)

    return met


__all__ = ["trace_below", "trace_group"]
