"""What a circular says of each rule: those that some fail, those that all meet, whole regions, the advisory ones."""

from __future__ import annotations

from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.standard import SEVERITIES, Rule
from communitycheck.products.circular.pieces import TITLE, Column, Draft, capped, concerned
from communitycheck.reporting.outline import FEW
from communitycheck.reporting.summary import Tally, group_verdicts, is_listed, tally
from communitycheck.reporting.words.numbers import count, plain, rate
from communitycheck.reporting.words.sanitise import clip, one_line

# How many are described, or named, before the rest is only counted.
RULES, MET, GROUPS, ADVISORY, BRIEF, ANNEX = 15, 12, 20, 12, 10, 200


def write_rules(draft: Draft) -> None:
    """Each rule that somebody fails, those that all meet, indicators of whole regions, and the advisory ones apart."""
    report, say = draft.report, draft.say
    found = [tally(r, report.dictionary) for r in report.results if is_listed(r) and not r.is_group]
    binding = [t for t in found if t.result.rule.severity != "advisory"]
    failing = sorted((t for t in binding if t.failed), key=lambda t: _urgency(t.result.rule))
    met = [t for t in binding if t.passed and not t.failed]
    advisory = [t for t in found if t.result.rule.severity == "advisory" and t.judged]
    groups = group_verdicts(report)
    if not (failing or met or advisory or groups):
        return
    draft.heading(say("circular-heading-rules"))
    if failing:
        draft.subheading(say("circular-heading-failing"))
        for one in failing[:RULES]:
            _failing_rule(draft, one)
        if len(failing) > RULES:
            rest = failing[RULES:]
            draft.paragraph(say("circular-more-rules", n=count(len(rest)), fails=count(sum(t.failed for t in rest))))
    if met:
        draft.subheading(say("circular-heading-met"))
        named, more = capped([_met(draft, t) for t in met], MET)
        text = draft.wording.listed(named)
        if more:
            text = say("circular-and-others", items=text)
        draft.paragraph(say("circular-met", n=count(len(met)), rules=text))
    if groups:
        draft.subheading(say("circular-heading-groups"))
        _groups(draft, groups)
    if advisory:
        draft.subheading(say("circular-heading-advisory"))
        first = sorted(advisory, key=lambda t: not t.failed)
        named, more = capped([_advisory(draft, t) for t in first], ADVISORY)
        named += [say("circular-advisory-more", n=count(more))] if more else []
        draft.paragraph(say("circular-advisory", rules=draft.listed(named)))


def _urgency(rule: Rule) -> int:
    return SEVERITIES.index(rule.severity)


def _failing_rule(draft: Draft, one: Tally) -> None:
    say, rule = draft.say, one.result.rule
    waived = len(one.result.waived)
    details = say("circular-rule-waived", n=count(waived)) if waived else ""
    if one.shortfall:
        over = rule.threshold is not None and rule.threshold.comparison.direction == "down"
        code = "circular-rule-over" if over else "circular-rule-short"
        details += say(code, field=draft.need_of(rule), amount=draft.amount(one.shortfall, one.unit))
    undecided = one.counts[Outcome.NO_DATA] + one.counts[Outcome.ERROR]
    if undecided:
        details += say("circular-rule-undecided", n=count(undecided))
    if one.counts[Outcome.NOT_DUE]:
        details += say("circular-rule-not-due", n=count(one.counts[Outcome.NOT_DUE]))
    required = _required(draft, rule)
    said = say(
        "circular-rule" if required else "circular-rule-each",
        required=required,
        kind=draft.wording.entities(rule.applies_to),
        judged=count(one.judged),
        passed=count(one.passed),
        rate=rate(one.passed, one.judged),
        failed=count(one.failed),
        details=details,
    )
    note = rule.note.in_lang(draft.lang) if one.concerned <= FEW else ""
    facts = say(
        "circular-rule-facts",
        rule=draft.wording.rule_id(rule),
        severity=draft.wording.severity(rule.severity),
        clause=one_line(rule.clause),
    )
    draft.item(
        draft.title_of(rule), draft.joined(said, say("circular-rule-note", note=note) if note else ""), facts=facts
    )


def _required(draft: Draft, rule: Rule) -> str:
    """The limit in words where it is the same for all; empty where each subject has its own."""
    limits = rule.threshold
    if limits is None:
        return ""
    limit = limits.at(draft.report.as_of)
    if limits.comparison.kind == "number":
        ends = ([limit.value] if limit else []) + ([limits.upper] if limits.upper is not None else [])
        if not ends or any(draft.wording.constant(end, rule) is None for end in ends):
            return ""
    return draft.prose(draft.wording.limit(rule, draft.wording.threshold(rule)))


def _met(draft: Draft, one: Tally) -> str:
    title = draft.title_of(one.result.rule)
    return draft.say("circular-met-rule", title=title, passed=count(one.passed), judged=count(one.judged))


def _advisory(draft: Draft, one: Tally) -> str:
    return draft.say(
        "circular-advisory-rule",
        title=draft.title_of(one.result.rule),
        judged=count(one.judged),
        passed=count(one.passed),
        rate=rate(one.passed, one.judged),
    )


def _groups(draft: Draft, found: list[tuple[RuleResult, int]]) -> None:
    """Indicators that are missed one by one, those that stay open and those that are met in a sentence each."""
    say = draft.say
    missed = [(r, i) for r, i in found if r.outcome[i] in (Outcome.FAIL, Outcome.NOT_DUE)]
    for result, i in missed[:GROUPS]:
        verdict = result.verdict(i)
        rule = verdict.rule
        lead = say("circular-group-lead", name=draft.name_of(verdict), title=draft.title_of(rule))
        facts = say(
            "circular-rule-facts",
            rule=draft.wording.rule_id(rule),
            severity=draft.wording.severity(rule.severity),
            clause=one_line(rule.clause),
        )
        draft.item(lead, _missed_group(draft, result, verdict), facts=facts)
    if len(missed) > GROUPS:
        draft.paragraph(say("circular-more-groups", n=count(len(missed) - GROUPS)))
    for code, outcomes in (
        ("circular-groups-undecided", (Outcome.NO_DATA, Outcome.ERROR)),
        ("circular-groups-met", (Outcome.PASS,)),
    ):
        rest = [(r, i) for r, i in found if r.outcome[i] in outcomes]
        if rest:
            named = [_brief_group(draft, r, r.verdict(i)) for r, i in rest[:BRIEF]]
            named += [say("circular-items-more", n=count(len(rest) - BRIEF))] if len(rest) > BRIEF else []
            draft.paragraph(say(code, n=count(len(rest)), groups=draft.listed(named)))


def _missed_group(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    figures = draft.wording.figures(verdict, result.add_unit)
    return draft.say(
        "circular-group",
        observed=draft.prose(draft.wording.full(figures)) or draft.say("none"),
        required=draft.prose(draft.wording.limit(verdict.rule, figures.required)),
        outcome=draft.wording.outcome(verdict.outcome),
        details=group_shortfall(draft, result, verdict) + (draft.say("waived-mark") if verdict.waiver else ""),
    )


def _brief_group(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    observed = draft.wording.full(draft.wording.figures(verdict, result.add_unit))
    return draft.say(
        "circular-group-brief",
        name=draft.name_of(verdict),
        title=draft.title_of(verdict.rule),
        observed=draft.prose(observed) or draft.say("none"),
    )


def group_shortfall(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    """How many more subjects an indicator needs, or by how much it is missed."""
    figures = draft.wording.figures(verdict, result.add_unit)
    if verdict.add and result.add_unit == "items" and figures.whole:
        return draft.say("circular-group-more", n=plain(verdict.add))
    return draft.say("circular-group-missing", value=draft.prose(figures.missing)) if figures.missing else ""


def write_annex(draft: Draft) -> None:
    """Every rule with its clause, how binding it is, its limit, and what came of it."""
    say, report = draft.say, draft.report
    first = sorted(report.results, key=lambda r: not concerned(r))
    grid = draft.grid(
        "",
        [
            Column(say("column-rule"), 4),
            Column(say("column-title"), 9),
            Column(say("column-clause"), 5),
            Column(say("column-severity"), 5),
            Column(say("column-threshold"), 6),
            Column(say("column-passed-judged"), 6, right=True),
            Column(say("column-rate"), 4, right=True),
        ],
    )
    none = say("none")
    for result in first[:ANNEX]:
        rule = result.rule
        one = tally(result, report.dictionary)
        if not result.checked:
            state, share = say("outcome-not-checked"), none
        elif rule.manual is not None:
            state, share = draft.wording.outcome(Outcome.MANUAL), none
        elif not one.concerned:
            state, share = draft.wording.outcome(Outcome.NOT_APPLICABLE), none
        else:
            state = f"{count(one.passed)}/{count(one.judged)}"
            share = rate(one.passed, one.judged) or none
        grid.rows.append(
            (
                draft.wording.rule_id(rule),
                draft.title_of(rule),
                one_line(rule.clause) or none,
                draft.wording.severity(rule.severity),
                clip(draft.wording.threshold(rule), TITLE) or none,
                state,
                share,
            )
        )
    if len(first) > ANNEX:
        draft.paragraph(say("circular-annex-rest", n=count(len(first) - ANNEX)))
    draft.note(say("circular-annex-note-rules"))
