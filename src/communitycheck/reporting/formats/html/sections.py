"""What the sections of the HTML page show, in words, as the template names it."""

from __future__ import annotations

from itertools import islice

from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.model.returns import Notice, Return
from communitycheck.model.standard import Standard
from communitycheck.reporting.brief import answer_block, gaps_block, groups_block
from communitycheck.reporting.formats.html.profiles import profiles
from communitycheck.reporting.formats.html.rows import Picked, line
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.scores import score_blocks
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.totals.gaps import Gap, gaps
from communitycheck.reporting.totals.rules import RuleTally, all_notices, group_verdicts, is_listed, tally, worst
from communitycheck.reporting.waivers.words import heading, remarks, waiver_rows
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import (
    ShortPlaces,
    as_of_in_words,
    cause_in_words,
    lacking_in_words,
    notice_kinds,
)
from communitycheck.reporting.words.sentences import Wording

# How many lines a table of the page holds before it only counts the rest.
WORST, GROUPS, CAUSES, NOTICES, RETURNS, UNREAD, WAIVERS = 20, 500, 200, 500, 500, 200, 500

Values = dict[str, object]


def sections(report: Report, picked: Picked, wording: Wording) -> Values:
    """The values of all sections, by the names that the template has for them."""
    numbers = {result: number for number, result in enumerate(report.results)}
    found = gaps(report)
    cards = list(profiles(report, found, wording))
    places = ShortPlaces(report, wording)
    return {
        "total": sum(picked.listed.values()),
        "cut": _cut(picked.listed, picked.totals, wording),
        "worst": [line(report, wording, places, numbers[result], i) for result, i in worst(report, WORST)],
        "rules": report.results,
        "answer": answer_block(report, found, wording),
        "gaps": gaps_block(found, report, wording),
        "needs": groups_block(report, wording),
        "scores": list(score_blocks(report, wording)),
        "profiles": cards,
        "links": {card["id"]: card["number"] for card in cards},
        **_overview(report, wording),
        **_rules(report, found, wording),
        **_findings(report, places, wording),
        **_notices(report, places, wording),
        "waivers": _waivers(report, wording),
        **_sources(report, wording),
    }


def _cut(listed: dict[Outcome, int], totals: dict[Outcome, int], wording: Wording) -> list[str]:
    return [
        wording.say(
            "html-cut",
            outcome=wording.outcome(outcome),
            total=count(total),
            n=count(listed.get(outcome, 0)),
            rest=count(total - listed.get(outcome, 0)),
        )
        for outcome, total in totals.items()
        if listed.get(outcome, 0) < total
    ]


def _overview(report: Report, wording: Wording) -> Values:
    """The report's head in the words of the other formats, and the outcomes."""
    facts = [pair for pair in summary_pairs(report, wording) if pair[0] != wording.say("label-verdicts")]
    outcomes = report.outcomes()
    total = sum(outcomes.values())
    stack = []
    left = 0.0
    for outcome in OUTCOMES:
        width = 100 * outcomes[outcome] / total if total else 0.0
        stack.append((outcome.word, f"{left:.3f}", f"{width:.3f}"))
        left += width
    return {
        "facts": facts,
        "exit_code": report.exit_code,
        "region": report.region is not None,
        "excuses": report.excuses,
        "outcomes": [(o.word, wording.outcome(o), outcomes[o]) for o in OUTCOMES],
        "verdicts": total,
        "stack": stack,
        "unread": [(wording.place(Address(e.path, e.sheet)), wording.error(e)) for e in report.unread[:UNREAD]],
        "unread_total": len(report.unread),
    }


def _rules(report: Report, found: list[Gap], wording: Wording) -> Values:
    """Every rule that judges, the largest gap first, and those that do not with the reason."""
    listed = [tally(result, report.dictionary) for result in report.results if is_listed(result)]
    short = {gap.tally.result for gap in found}
    groups = (
        ("html-rules-short", [gap.tally for gap in found]),
        ("html-rules-regions-short", [t for t in listed if t.failed and t.result not in short]),
        ("html-rules-met", [t for t in listed if t.judged and not t.failed]),
        ("html-rules-open", [t for t in listed if not t.judged]),
    )
    many = len(report.standards) > 1
    return {
        "rules_by_rate": [
            (wording.say(code, n=count(len(some))), [_rule(one, wording, many=many) for one in some])
            for code, some in groups
            if some
        ],
        "not_checked": [
            (wording.rule_id(r.rule), wording.rule_title(r.rule), r.rule.clause, lacking_in_words(r, wording))
            for r in report.results
            if not r.checked
        ],
        "manual": [
            (
                wording.rule_id(r.rule),
                wording.rule_title(r.rule),
                r.rule.clause,
                r.rule.manual.in_lang(wording.lang) or wording.say("reason-manual"),
            )
            for r in report.results
            if r.rule.manual is not None
        ],
    }


def _rule(one: RuleTally, wording: Wording, *, many: bool) -> Values:
    result, rule, say = one.result, one.result.rule, wording.say
    how = rule_rate(one, wording)
    about = [wording.entity(wording.rule_entity(rule)), wording.severity(rule.severity)]
    if rule.due:
        about.append(say("html-due", due=rule.due.isoformat()))
    if many:
        about.append(rule.standard)
    if rule.layer and rule.layer != rule.standard:
        about.append(say("html-layer", layer=rule.layer))
    return {
        "id": wording.rule_id(rule),
        "title": wording.rule_title(rule),
        "clause": rule.clause,
        "about": " · ".join(about),
        "threshold": wording.threshold(rule),
        "note": result.error or rule.note.in_lang(wording.lang),
        "fraction": how.fraction,
        "rate": how.rate,
        "adjusted_fraction": how.adjusted_fraction,
        "adjusted": how.adjusted,
        "part": how.part,
        "whole": how.whole,
        "failed": one.failed,
        "waived": len(result.waived),
        "not_due": one.counts[Outcome.NOT_DUE],
        "undecided": one.counts[Outcome.NO_DATA] + one.counts[Outcome.ERROR],
        "not_applicable": one.counts[Outcome.NOT_APPLICABLE],
        "missing": how.missing,
        "add": how.add,
    }


def _findings(report: Report, places: ShortPlaces, wording: Wording) -> Values:
    """Verdicts on whole regions, and why verdicts could not be given."""
    groups = group_verdicts(report)
    shown = []
    for result, i in groups[:GROUPS]:
        verdict = result.verdict(i)
        figures = wording.figures(verdict, result.add_unit)
        shown.append(
            {
                "name": wording.name(verdict.subject),
                "region": wording.region(verdict.subject),
                "id": wording.rule_id(result.rule),
                "title": wording.rule_title(result.rule),
                "part": figures.part,
                "whole": figures.whole,
                "blanks": count(verdict.blanks or 0),
                "observed": figures.observed,
                "required": figures.required,
                "missing": figures.missing,
                "add": wording.to_add(result.rule, verdict.add, result.add_unit, figures.missing),
                "word": verdict.outcome.word,
                "outcome": wording.outcome(verdict.outcome),
            }
        )
    found = causes(report)
    return {
        "groups": shown,
        "more_groups": len(groups) - len(shown),
        "causes": [
            {
                "cause": cause_in_words(cause.code, cause.key, cause.standard, wording),
                "count": cause.count,
                "rules": wording.listed(cause.rules),
                "place": places.short(cause.at, cause.cells),
            }
            for cause in found[:CAUSES]
        ],
        "undecided": sum(c.count for c in found),
        "more_causes": (len(found[CAUSES:]), sum(c.count for c in found[CAUSES:])),
    }


def _notices(report: Report, places: ShortPlaces, wording: Wording) -> Values:
    kinds = notice_kinds(all_notices(report))
    total = sum(kind.count for kind in kinds)

    return {
        "notice_kinds": [(kind.count, *_notice(kind.first, places, wording)) for kind in kinds],
        "notice_total": total,
        "notices": [_notice(notice, places, wording) for notice in islice(all_notices(report), NOTICES)],
        "more_notices": max(0, total - NOTICES),
    }


def _notice(notice: Notice, places: ShortPlaces, wording: Wording) -> tuple[str, str, str, str]:
    level = wording.say(f"level-{notice.level}")
    return level, wording.notice(notice), places.short(notice.at, ()), notice.text


def _waivers(report: Report, wording: Wording) -> Values | None:
    """What became of the waivers, those that want a look first; None where none were given."""
    if report.waivers is None:
        return None
    rows = waiver_rows(report, wording)
    return {
        "heading": heading(report.waivers, wording),
        "rows": rows[:WAIVERS],
        "remarks": list(remarks(report.waivers, wording)),
        "more": max(0, len(rows) - WAIVERS),
    }


def _sources(report: Report, wording: Wording) -> Values:
    say, gate = wording.say, report.gate
    severity = say("never") if gate.fail_on == "never" else wording.severity(gate.fail_on)
    return {
        "returns": [_return(one, wording) for one in report.returns[:RETURNS]],
        "more_returns": max(0, len(report.returns) - RETURNS),
        "standards": [_standard(one, wording) for one in report.standards],
        "options": [
            (say("label-version"), f"communitycheck {report.version}"),
            (say("label-as-of"), as_of_in_words(report, wording)),
            (say("option-fail-on"), severity),
            (say("option-strict"), wording.truth(gate.strict)),
            (say("option-incomplete"), wording.truth(gate.allow_incomplete)),
        ],
    }


def _return(one: Return, wording: Wording) -> Values:
    records = count(sum(sheet.records for sheet in one.sheets))
    sheets = [
        wording.say("html-sheet-read", sheet=s.name, entity=wording.entity(s.entity), n=count(s.records))
        for s in one.sheets
        if s.entity
    ]
    return {
        "path": one.path,
        "sheets": sheets,
        "note": wording.say("file-note", format=f"{one.format} {one.encoding or ''}".strip(), n=records),
        "sha256": one.sha256,
    }


def _standard(one: Standard, wording: Wording) -> Values:
    say, source = wording.say, one.source
    when = []
    if one.in_force_from:
        when.append(say("html-in-force", first=one.in_force_from.isoformat()))
    if one.in_force_to:
        when.append(say("html-in-force-until", last=one.in_force_to.isoformat()))
    if one.horizon:
        when.append(say("html-horizon", horizon=one.horizon.isoformat()))
    if one.lineage:
        when.append(say("html-lineage", standards=wording.listed(one.lineage)))
    parts = (source.document, source.issuer, source.date.isoformat() if source.date else "", source.url)
    return {
        "id": one.id,
        "title": one.title.in_lang(wording.lang),
        "source": [p for p in parts if p],
        "when": say("comma").join(when),
        "sha256": one.sha256,
    }
