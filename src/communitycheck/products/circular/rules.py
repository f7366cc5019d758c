"""What a circular says of each rule: those that some fail, those that all meet, whole regions, the advisory ones."""

from __future__ import annotations

from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.standard import SEVERITIES, Rule
from communitycheck.printable import clip, one_line
from communitycheck.products.circular.facts import TITLE, Facts, Some, Values, is_ceiling, is_concerned
from communitycheck.reporting.outline import FEW
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.totals.gaps import gaps
from communitycheck.reporting.totals.rules import RuleTally, group_verdicts, is_listed, tally
from communitycheck.reporting.words.numbers import rate

# How many are described, or named, before the rest is only counted.
RULES, MET, GROUPS, ADVISORY, BRIEF, ANNEX = 15, 12, 20, 12, 10, 200
OWN_WORDS = 2  # fails of a rule of which its own words are given


def findings(facts: Facts) -> Values:
    """Each rule that somebody fails, those that all meet, indicators of whole regions, and the advisory ones apart."""
    report = facts.report
    found = [tally(r, report.dictionary) for r in report.results if is_listed(r) and not r.is_group]
    binding = [t for t in found if t.result.rule.severity != "advisory"]
    order = {gap.tally.result: k for k, gap in enumerate(gaps(report))}
    failing = sorted(
        (t for t in binding if t.failed), key=lambda t: (SEVERITIES.index(t.result.rule.severity), order[t.result])
    )
    advisory = [t for t in found if t.result.rule.severity == "advisory" and t.judged]
    groups = group_verdicts(report)

    def described(tallies: list[RuleTally], most: int) -> Some[Values]:
        return Some([_finding(facts, t) for t in tallies[:most]], len(tallies), len(tallies[most:]))

    def regions(most: int, *outcomes: Outcome) -> Some[Values]:
        return facts.regions([(r, i) for r, i in groups if r.outcome[i] in outcomes], most)

    return {
        "failing": described(failing, RULES),
        "fails_more": sum(t.failed for t in failing[RULES:]),  # of rules that are not described
        "met": described([t for t in binding if t.passed and not t.failed], MET),
        "regions_missed": regions(GROUPS, Outcome.FAIL, Outcome.NOT_DUE),
        "regions_open": regions(BRIEF, Outcome.NO_DATA, Outcome.ERROR),
        "regions_met": regions(BRIEF, Outcome.PASS),
        "advisory": described(sorted(advisory, key=lambda t: not t.failed), ADVISORY),
    }


def _finding(facts: Facts, one: RuleTally) -> Values:
    """One rule on single subjects. ``required`` is empty where each has a limit of its own; what is to be there
    or not is said by the title. It is missed by falling ``short`` or going ``over`` by an amount, where amounts add
    up."""
    rule = one.result.rule
    value, unit = one.to_mend
    amount = facts.amount(value, unit) if value else ""
    over = is_ceiling(rule)
    worst = one.result.worst(OWN_WORDS)
    return facts.about(rule) | {
        "has_limit": rule.threshold is None or rule.threshold.comparison.form != "truth",
        "required": _required(facts, rule),
        "kind": facts.wording.entities(rule.applies_to),
        "judged": one.judged,
        "passed": one.passed,
        "rate": rate(one.passed, one.judged),
        "failed": one.failed,
        "waived": len(one.result.waived),
        "adjusted": rate(one.passed, one.judged - len(one.result.waived)),
        "short": "" if over else amount,
        "over": amount if over else "",
        "need": facts.need(rule),
        "undecided": one.counts[Outcome.NO_DATA] + one.counts[Outcome.ERROR],
        "not_due": one.counts[Outcome.NOT_DUE],
        "own_words": facts.own_words([(one.result, i) for i in worst]),
        "note": rule.note.in_lang(facts.lang) if one.concerned <= FEW else "",
    }


def _required(facts: Facts, rule: Rule) -> str:
    """The limit in words where it is the same for all; empty where each subject has its own."""
    limits, wording = rule.threshold, facts.wording
    if limits is None:
        return ""
    limit = limits.at(facts.report.as_of)
    if limits.comparison.kind == "number":
        ends = ([limit.value] if limit else []) + ([limits.upper] if limits.upper is not None else [])
        if not ends or any(wording.constant(end, rule) is None for end in ends):
            return ""
    return facts.prose(wording.limit(rule, wording.threshold(rule)))


def annex(facts: Facts) -> Some[tuple[str, ...]]:
    """A row for every rule on the reader: its clause, how binding it is, its limit, and what came of it."""
    entity = facts.wording.rule_entity
    own = (r for r in facts.report.results if is_concerned(r) or facts.within(entity(r.rule)))
    ordered = sorted(own, key=lambda r: not is_concerned(r))
    return Some([_row(facts, r) for r in ordered[:ANNEX]], len(ordered), len(ordered[ANNEX:]))


def _row(facts: Facts, result: RuleResult) -> tuple[str, ...]:
    rule, wording = result.rule, facts.wording
    one = tally(result, facts.report.dictionary)
    share = facts.none
    if not result.checked:
        state = wording.say("outcome-not-checked")
    elif rule.manual is not None or not one.concerned:
        state = wording.outcome(Outcome.NOT_APPLICABLE if rule.manual is None else Outcome.MANUAL)
    else:
        how = rule_rate(one, wording)
        state, share = how.fraction, how.rate if one.judged or how.whole else share
    return (
        wording.rule_id(rule),
        facts.title(rule),
        one_line(rule.clause) or facts.none,
        wording.severity(rule.severity),
        clip(wording.threshold(rule), TITLE) or facts.none,
        state,
        share,
    )
