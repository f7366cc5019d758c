"""From an indicator and a threshold to outcomes, reasons and shortfalls, for all subjects at once."""

from __future__ import annotations

from datetime import date

import numpy as np

from communitycheck.checking.context import EvaluationContext, RecordContext
from communitycheck.checking.evaluate import number, truth
from communitycheck.checking.fields import fields_of
from communitycheck.checking.governed import GovernedRecords
from communitycheck.checking.groups import GroupContext
from communitycheck.model.comparison import Kind
from communitycheck.model.expression import Binary, Call, Node, addends
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru
from communitycheck.model.result import Outcome, Reason
from communitycheck.model.standard import Rule, Threshold
from communitycheck.model.table import Bools, Ints, Table


def hold_against(rule: Rule, context: EvaluationContext, as_of: date) -> tuple[Num, Num, Tru, Kind]:
    """Observed, required, whether it is met, and the kind of the indicator."""
    threshold = rule.threshold
    assert threshold is not None and rule.indicator is not None
    limit = threshold.at(as_of)
    assert limit is not None
    comparison = threshold.comparison
    if comparison.form == "truth":
        found = truth(rule.indicator, context)
        wanted = number(limit.value, context)
        positive = bool(wanted.lo)
        seen = np.where(found.yes, 1.0, np.where(found.no, 0.0, np.nan))
        return Num(seen, seen, found.na), wanted, found if positive else v.inverse(found), comparison.kind
    observed = _clipped(rule, _indicator(rule, context))
    required = number(limit.value, context)
    slack = allowance(rule, limit.value, context) if comparison.equates else 0.0
    met = comparison.test(observed, required, upper_limit(rule, context), slack)
    return observed, required, met, comparison.kind


def _indicator(rule: Rule, context: EvaluationContext) -> Num:
    """The indicator; a ratio of two sums whose range is known is bounded record by record where cells are blank."""
    assert rule.indicator is not None
    match rule.indicator:
        case Binary("/", Call("sum", _) as above, Call("sum", _) as below) if isinstance(context, GroupContext):
            if rule.plausible is not None and rule.plausible[1] is not None:
                return context.pooled(above, below, rule.plausible[0] or 0.0, rule.plausible[1])
    return number(rule.indicator, context)


def _clipped(rule: Rule, observed: Num) -> Num:
    """Bounds no wider than what the indicator can be."""
    if observed.exact or rule.plausible is None:
        return observed
    least = -np.inf if rule.plausible[0] is None else rule.plausible[0]
    most = np.inf if rule.plausible[1] is None else rule.plausible[1]
    with np.errstate(invalid="ignore"):
        possible = (observed.lo <= most) & (observed.hi >= least)
        low = np.where(possible, np.maximum(observed.lo, least), observed.lo)
        high = np.where(possible, np.minimum(observed.hi, most), observed.hi)
    return Num(low, high, observed.na)


def allowance(rule: Rule, limit: Node, context: EvaluationContext) -> float | v.Array:
    """By how much two sides that are equated may differ; ``printed``: by what rounding to those digits can do."""
    if not isinstance(rule.tolerance, str):
        return rule.tolerance or 0.0
    assert rule.indicator is not None and isinstance(context, RecordContext)
    return sum((context.half_step(name) for node in (rule.indicator, limit) for name in addends(node)), np.zeros(()))


def upper_limit(rule: Rule, context: EvaluationContext) -> Num | None:
    if rule.threshold is None or rule.threshold.upper is None:
        return None
    return number(rule.threshold.upper, context)


def outcomes(
    rule: Rule, scope: Tru, observed: Num, required: Num, met: Tru, as_of: date
) -> tuple[np.ndarray, np.ndarray]:
    """Outcome and reason of every subject; later lines overrule earlier ones."""
    n = len(scope.yes)
    outcome = np.full(n, Outcome.NO_DATA, dtype=np.uint8)
    reason = np.full(n, Reason.UNDECIDED, dtype=np.uint8)
    unknown = np.isnan(observed.lo) | np.isnan(required.lo)
    reason[np.broadcast_to(unknown, n)] = Reason.MISSING
    outcome[met.yes], reason[met.yes] = Outcome.PASS, Reason.MET
    failed = Outcome.NOT_DUE if rule.due is not None and rule.due > as_of else Outcome.FAIL
    outcome[met.no], reason[met.no] = failed, Reason.MISSED
    if met.na is not None:
        void = np.broadcast_to(met.na, n)
        for na, why in ((v.ZERO_DENOMINATOR, Reason.ZERO_DENOMINATOR), (v.EXEMPT, Reason.EXEMPT)):
            outcome[void == na], reason[void == na] = Outcome.NOT_APPLICABLE, why
    if rule.plausible is not None:
        odd = np.broadcast_to(_implausible(rule.plausible, observed), n)
        outcome[odd], reason[odd] = Outcome.NO_DATA, Reason.IMPLAUSIBLE
    unsure = ~scope.yes & ~scope.no
    outcome[unsure], reason[unsure] = Outcome.NO_DATA, Reason.SCOPE_UNKNOWN
    outcome[scope.no], reason[scope.no] = Outcome.NOT_APPLICABLE, Reason.OUT_OF_SCOPE
    if scope.na is not None:
        exempt = np.broadcast_to(scope.na, n) > 0
        outcome[exempt], reason[exempt] = Outcome.NOT_APPLICABLE, Reason.EXEMPT
    return outcome, reason


def overrule(rule: Rule, governed: GovernedRecords, scope: Tru, outcome: np.ndarray, reason: np.ndarray) -> None:
    """Records that the standard may not govern, or surely does not."""
    if rule.id in governed.more_local_rules:
        unclear = governed.maybe_more_local & ~scope.no
        outcome[unclear], reason[unclear] = Outcome.NO_DATA, Reason.REGION_UNKNOWN
    elsewhere = _has_columns_elsewhere(rule, governed)
    if elsewhere is not None:
        outcome[elsewhere], reason[elsewhere] = Outcome.NOT_APPLICABLE, Reason.NOT_CARRIED
    outcome[governed.out_of_jurisdiction], reason[governed.out_of_jurisdiction] = Outcome.NOT_APPLICABLE, Reason.OUTSIDE


def _has_columns_elsewhere(rule: Rule, governed: GovernedRecords) -> Bools | None:
    """Records of a table that has none of the rule's columns, where another table of the same return has them.

    A workbook may spread its figures over several tables; a rule is asked of those that have the columns. A return
    that has them nowhere stays in view as ``no_data``.
    """
    table = governed.table
    if len(table.sheets) < 2:
        return None
    wanted = set(fields_of(rule, governed.dictionary))
    kinds, kind_of = governed.sheet_fields()
    columns_here = np.array([len(wanted & fields) for fields in kinds])[kind_of]
    somewhere = {s.path for s, n in zip(table.sheets, columns_here, strict=True) if n}
    elsewhere = np.array([not n and s.path in somewhere for s, n in zip(table.sheets, columns_here, strict=True)])
    mask: Bools = elsewhere[table.sheet_of]
    if table.entity == "period":
        mask |= _fuller_elsewhere(wanted, table, columns_here[table.sheet_of])
    else:  # a record that was joined from two sheets has what stands in either
        mask[sorted({i for key in wanted if key in table.columns for i in table.columns[key].borrowed or ()})] = False
    if not mask.any():
        return None
    return mask if governed.records.index is None else mask[governed.records.index]


def _fuller_elsewhere(wanted: set[str], table: Table, columns_here: Ints) -> Bools:
    """Records that borrow figures from another sheet of their period, where a sheet has more of the columns itself.

    So a relation across the tables of one period is judged once: where most of its figures stand, else in the first.
    """
    mask = np.zeros(len(table), bool)
    borrowers = {i for key in wanted if key in table.columns for i in table.columns[key].borrowed or ()}
    if not borrowers:
        return mask
    best: dict[tuple[str, str], int] = {}
    period = table.columns["period"].coded()
    for i in sorted(borrowers):
        place = (table.sheets[int(table.sheet_of[i])].path, period.names[period.codes[i]])
        home = best.setdefault(place, i)
        if columns_here[i] > columns_here[home]:
            mask[home], best[place] = True, i
        elif i != home:
            mask[i] = True
    return mask


def _implausible(plausible: tuple[float | None, float | None], observed: Num) -> np.ndarray:
    low, high = plausible
    odd = np.zeros(np.shape(observed.lo), dtype=bool)
    with np.errstate(invalid="ignore"):
        if low is not None:
            odd |= v.above(v.constant(low), observed).yes
        if high is not None:
            odd |= v.above(observed, v.constant(high)).yes | np.isposinf(observed.lo)
    return odd


def shortfall(
    threshold: Threshold, observed: Num, required: Num, missed: Ints, upper: Num | None, kind: str
) -> np.ndarray:
    """By how much each missed subject misses, in the indicator's unit; at least that much where bounds are known."""
    if kind == "truth":
        return np.full(len(missed), np.nan)
    few, limit = _picked(observed, missed), _picked(required, missed)
    short = threshold.comparison.shortfall(few, limit, None if upper is None else _picked(upper, missed))
    short = v.tidy(np.maximum(short, 0.0), limit.lo)
    if not observed.exact:
        # 近400 misses 400 for certain, and by nobody knows how much.
        with np.errstate(invalid="ignore"):
            short = np.where((few.lo < few.hi) & (short <= 1e-7 * np.abs(limit.lo)), np.nan, short)
    return short


def everyone(n: int) -> Tru:
    return Tru(np.ones(n, bool), np.zeros(n, bool))


def spread(t: Tru, n: int) -> Tru:
    """A constant truth, spread over all records."""
    return Tru(np.broadcast_to(t.yes, n), np.broadcast_to(t.no, n), None if t.na is None else np.broadcast_to(t.na, n))


def _picked(value: Num, places: Ints) -> Num:
    low, high = (x[places] if x.ndim else np.broadcast_to(x, len(places)) for x in (value.lo, value.hi))
    return Num(low, high)
