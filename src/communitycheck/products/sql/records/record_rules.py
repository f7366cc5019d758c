"""The rules about single records of one kind, and the figures that they call impossible."""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.model.expression import Binary, Call, Node, names_in, rules_in
from communitycheck.model.standard import Rule
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.comparisons import is_positive
from communitycheck.products.sql.language.expressions import number, truth
from communitycheck.products.sql.language.operands import ConditionSql, NumberSql, settled
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.measuring import MeasuredSql, implausible, kept_figure, measure
from communitycheck.products.sql.records.record_query import RecordQuery
from communitycheck.products.sql.records.verdict_columns import VerdictColumns, figures_of, outcome_of, reason_of
from communitycheck.products.sql.refusals import NotCovered

Range = tuple[float | None, float | None]


def in_scope(where: Node | None, of: RecordQuery) -> ConditionSql:
    if where is None:
        return ConditionSql(t.constant(True))
    scope = truth(where, of)
    return ConditionSql(of.keep(scope.holds), None if scope.na is None else of.keep(scope.na))


def record_rule(rule: Rule, of: RecordQuery) -> VerdictColumns:
    """The columns of one rule about single records.

    Raises:
        NotCovered: some part of it; the query is left as it was.
    """
    with of.trial():
        if rule.severities or rule.dues:
            raise NotCovered("classes")
        scope = in_scope(rule.where, of)
        measured = _settled(rule, of, measure(rule, of))
        odd = t.constant(False)
        if rule.plausible is not None and rule.indicator is not None:
            stated, itself = _as_stated(rule.indicator, rule.plausible, of)
            odd = t.either(itself, implausible(rule.plausible, measured.observed, of))
            lo, hi = (
                t.choose((itself, x), default=y)
                for x, y in ((stated.lo, measured.observed.lo), (stated.hi, measured.observed.hi))
            )
            shown = kept_figure(NumberSql(lo, lo if measured.observed.exact and stated.exact else hi), of)
            measured = MeasuredSql(shown, measured.required, measured.met, measured.is_truth, measured.upper)
        measured = measured.told_apart(of)
        reason = of.keep(reason_of(measured, scope, odd))
        of.reasons[rule.id] = reason
        parts = {"outcome": outcome_of(rule, reason, of.as_of), "reason": reason}
        return VerdictColumns(rule, parts | figures_of(rule, measured, reason))


def _settled(rule: Rule, of: RecordQuery, measured: MeasuredSql) -> MeasuredSql:
    """What was measured, with what is certain although some figures are not known."""
    assert rule.indicator is not None
    names = dict.fromkeys(name for node in rule.judged for name in names_in(node))
    open_ = [name for name in names if _may_be_anything(name, of)]
    if len(names) < 2 or not open_:
        return measured
    measured = measured.told_apart(of)
    of.bounded = True
    again = measure(rule, of).told_apart(of)
    of.bounded = False
    if again == measured:
        return measured
    undecided = t.both(t.is_null(measured.met.holds), t.negated(measured.met.void))
    sure = t.both(undecided, of.some_known(names_in(rule.indicator)), t.is_known(again.met.holds))
    sure = of.keep(sure)

    def overlaid(old: NumberSql, new: NumberSql) -> NumberSql:
        if old.value is not None and old.value == new.value:
            return old
        lo, hi = t.choose((sure, new.lo), default=old.lo), t.choose((sure, new.hi), default=old.hi)
        both_exact = old.exact and new.exact
        return NumberSql(lo, lo if both_exact else hi, None, min(old.least, new.least), max(old.most, new.most))

    met = ConditionSql(t.choose((sure, again.met.holds), default=measured.met.holds), measured.met.na)
    upper = measured.upper
    if upper is not None and again.upper is not None:
        upper = overlaid(upper, again.upper)
    observed, required = overlaid(measured.observed, again.observed), overlaid(measured.required, again.required)
    return MeasuredSql(observed, required, met, measured.is_truth, upper)


def _may_be_anything(name: str, of: RecordQuery) -> bool:
    entry = of.dictionary.fields.get(name)
    return entry is not None and entry.is_number and entry.type != "truth"


# --- figures that cannot be beside each other


def in_each_record(rule: Rule) -> Node | None:
    """What a rule's plausible range is about in a single record; None where it is about a group as a whole."""
    if rule.plausible is None or rule.threshold is None:
        return None
    if not rule.by:
        return rule.indicator
    match rule.indicator:
        case Binary("/", Call("sum", (above,)), Call("sum", (below,))):
            return Binary("/", above, below)
        case _:
            return None


def take_out_impossible(rules: Sequence[Rule], of: RecordQuery) -> dict[str, NotCovered]:
    """Mark the figures that one of the rules calls impossible.

    Returns:
        Fields that such a rule asks of that is not covered, with the reason: nobody knows which of their figures stand.
    """
    ranges: dict[tuple[Node, Range, Node | None], Rule] = {}
    for rule in rules:
        node = in_each_record(rule)
        if node is None or rule.plausible is None or (rule.where and rules_in(rule.where)):
            continue
        if all(of.has_column(name) for part in (node, rule.where) if part is not None for name in names_in(part)):
            ranges.setdefault((node, rule.plausible, rule.where), rule)
    of.doubted = frozenset(name for node, _, _ in ranges for name in _stated(names_in(node), of))
    lost: dict[str, NotCovered] = {}
    marks: dict[str, list[Sql]] = {}
    for (node, plausible, where), rule in ranges.items():
        names = _stated(names_in(node), of)
        try:
            with of.trial():
                of.believing = True
                scope = in_scope(where, of)
                odd = of.keep(_beyond(node, plausible, of)[1])
                mark = of.keep(t.both(odd, t.either(t.is_null(scope.holds), scope.holds)))
                of.believing = False
        except NotCovered:
            lost |= dict.fromkeys(names, NotCovered("plausible-range", rule=rule.id))
            continue
        for name in names:
            marks.setdefault(name, []).append(mark)
    of.contradicted = {name: t.surely(t.either(*marks.get(name, []))) for name in of.doubted}
    return lost


def _stated(names: Sequence[str], of: RecordQuery) -> list[str]:
    """The fields that the table states behind those that are worked out from them."""
    found: dict[str, None] = {}
    for name in names:
        if of.tables.has(name):
            if of.dictionary.fields[name].is_number:
                found[name] = None
        else:
            entry = of.dictionary.fields.get(name)
            if entry is not None and entry.derived is not None:
                found |= dict.fromkeys(_stated(names_in(entry.derived), of))
    return list(found)


def _as_stated(node: Node, plausible: Range, of: RecordQuery) -> tuple[NumberSql, Sql]:
    of.believing = True
    found = _beyond(node, plausible, of)
    of.believing = False
    return found


def _beyond(node: Node, plausible: Range, of: RecordQuery) -> tuple[NumberSql, Sql]:
    """What the expression works out at, and where that cannot be. Something of nothing cannot be either."""
    value = kept_figure(settled(number(node, of)), of)
    odd = [implausible(plausible, value, of)]
    match node:
        case Binary("/", above, _) if value.na is not None and plausible[1] is not None:
            positive = is_positive(number(above, of), of.keep).holds
            nothing = of.keep(t.surely(t.both(t.same(value.na, 1), positive)))
            odd.append(nothing)
            lo, hi = (t.choose((nothing, t.number(float("inf"))), default=end) for end in (value.lo, value.hi))
            value = NumberSql(lo, lo if value.exact else hi, value.na)
    return value, of.keep(t.either(*odd))


__all__ = ["in_each_record", "in_scope", "record_rule", "take_out_impossible"]
