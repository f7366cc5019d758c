"""The rules about groups of records."""

from __future__ import annotations

from msgspec.structs import replace
from sqlglot import exp

from communitycheck.model.aggregates import aggregates_of
from communitycheck.model.expression import Call
from communitycheck.model.result import Reason
from communitycheck.model.standard import Rule, Standard
from communitycheck.products.sql.groups.group_query import GroupCounts, GroupQuery
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.operands import ConditionSql
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.measuring import implausible, measure
from communitycheck.products.sql.records.record_rules import in_each_record, in_scope
from communitycheck.products.sql.records.verdict_columns import VerdictColumns, figures_of, outcome_of, reason_of, word
from communitycheck.products.sql.refusals import NotCovered

_OPEN = (Reason.MISSING, Reason.UNDECIDED, Reason.SCOPE_UNKNOWN)


def group_rule(rule: Rule, of: GroupQuery, missing: Sql | None = None) -> VerdictColumns:
    """The columns of one rule about groups of one level.

    Args:
        missing: where regions are missing of a whole that is judged.

    Raises:
        NotCovered: some part of it; the query is left as it was.
    """
    with of.trial():
        if rule.severities or rule.dues:
            raise NotCovered("classes")
        of.scope = in_scope(rule.where, of.records)
        of.plausible = None if in_each_record(rule) is None else rule.plausible
        of.counts = {}
        measured = measure(rule, of).told_apart(of)
        holds = of.scope.holds
        not_out = t.constant(True) if t.is_true(holds) else t.either(t.surely(holds), t.is_null(holds))
        some = t.constant(True) if t.is_true(not_out) else t.more(of.counted(of.records.keep(not_out)), 0)
        odd = t.constant(False) if rule.plausible is None else implausible(rule.plausible, measured.observed, of)
        reason = of.keep(_of_group(reason_of(measured, ConditionSql(some), odd)))
        outcome = outcome_of(rule, reason, of.as_of)
        if missing is not None and not _only_grows(rule):
            unsure = of.keep(t.both(t.same(reason, t.text(word(Reason.MET))), missing))
            reason = of.keep(t.choose((unsure, t.text(word(Reason.REGIONS_MISSING))), default=reason))
            outcome = outcome_of(rule, reason, of.as_of)
        parts = {"outcome": outcome, "reason": reason} | figures_of(rule, measured, reason)
        counts = _counted(of)
        parts |= {"numerator": counts.numerator, "denominator": counts.denominator, "blanks": counts.blanks}
        return VerdictColumns(rule, parts)


def _of_group(reason: Sql) -> Sql:
    """What a group's blanks leave open is one reason, and nobody in scope another."""
    changed = reason.copy()
    words = {word(one): word(Reason.BLANKS_UNDECIDED) for one in _OPEN}
    words[word(Reason.OUT_OF_SCOPE)] = word(Reason.EMPTY_GROUP)
    for literal in list(changed.find_all(exp.Literal)):
        if literal.is_string and literal.name in words:
            literal.replace(t.text(words[literal.name]))
    return changed


def _only_grows(rule: Rule) -> bool:
    """Whether what is missing can only raise the sum that is asked."""
    assert rule.threshold is not None
    grows = isinstance(rule.indicator, Call) and rule.indicator.function in ("sum", "count")
    return grows and rule.threshold.comparison.key == "at_least" and not aggregates_of(rule)


def _counted(of: GroupQuery) -> GroupCounts:
    """Numerator, denominator and gaps of the groups' indicator, as the reader would count them."""
    if not of.counts:
        return GroupCounts(t.unknown_number(), t.unknown_number(), t.double(0.0))
    calls, counts = list(of.counts), list(of.counts.values())
    blanks = counts[0].blanks
    for other in counts[1:]:
        blanks = t.plus(blanks, other.blanks)
    first = counts[0]
    two_sums = len(calls) >= 2 and all(call.function == "sum" for call in calls[:2])
    return replace(first, denominator=counts[1].numerator if two_sums else first.denominator, blanks=blanks)


def regions_missing(standard: Standard, level: str, of: GroupQuery, region: Sql | None) -> Sql | None:
    """Where some of the regions of the standard's place have records, and others none."""
    place = standard.jurisdiction
    if level != place.level or not place.divisions or region is None:
        return None
    own = t.choose((t.among(region, [t.text(name) for name in place.divisions]), region))
    found = of.summed(exp.Count(this=exp.Distinct(expressions=[own])))
    return of.keep(t.both(t.more(found, 0), t.less(found, t.whole(len(place.divisions)))))


def division_level(standard: Standard) -> str:
    """The level of the regions of which the standard's place is made."""
    return {"province": "city", "city": "county"}.get(standard.jurisdiction.level, "")


__all__ = ["division_level", "group_rule", "regions_missing"]
