"""What a circular rests on, what it all comes to, and what it leaves open."""

from __future__ import annotations

from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.model.returns import COLUMN_TO_CONFIRM
from communitycheck.model.standard import SEVERITIES, Rule, Source
from communitycheck.printable import one_line
from communitycheck.products.circular.facts import Facts, Some, T, Values, is_concerned
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.totals.rules import RuleTally, is_listed, subjects_by_entity, tally
from communitycheck.reporting.totals.sheets import sheets_read
from communitycheck.reporting.words.numbers import rate
from communitycheck.reporting.words.phrases import cause_in_words, lacking_in_words

# How many are named before the rest is only counted.
CLAUSES, CAUSES, NOT_CHECKED, MANUAL, UNREAD, LACKING = 20, 8, 6, 20, 12, 200


def documents(facts: Facts) -> list[Values]:
    """The documents behind the rules that judged somebody; behind all rules where none did."""
    report = facts.report
    rules_of: dict[str, list[Rule]] = {}
    for result in [r for r in report.results if is_concerned(r)] or report.results:
        rules_of.setdefault(result.rule.layer or result.rule.standard, []).append(result.rule)
    sources = _sources(report)
    return [_cited(layer, rules, sources.get(layer), facts) for layer, rules in rules_of.items()]


def _sources(report: Report) -> dict[str, Source]:
    known = {s.id: s.source for s in report.standards}
    for standard in report.standards:
        known.update({k: v for k, v in standard.sources.items() if k not in known})
    return known


def _cited(layer: str, rules: list[Rule], source: Source | None, facts: Facts) -> Values:
    """A document that rules come from; one whose figures are checked is named without marks or brackets."""
    wording = facts.wording
    clauses = [one_line(c) for c in dict.fromkeys(rule.clause for rule in rules if rule.clause)]
    named = clauses[:CLAUSES]
    commas = [wording.say("list-comma").strip(), wording.say("comma").strip()]
    nested = any(comma in clause for clause in named for comma in commas)
    figures = source is not None and not facts.is_placed(rules[0].applies_to)
    return {
        "name": one_line(source.document if source else layer),
        "in_marks": not figures,
        "issuer": one_line(source.issuer) if source and not figures else "",
        "date": source.date if source and not figures else None,
        "clauses": (wording.say("semicolon") if nested else wording.say("list-comma")).join(named) or facts.none,
        "cut": len(clauses) if len(clauses) > CLAUSES else 0,
        "rules": len(rules),
    }


def overall(facts: Facts) -> Values:
    """Subjects and verdicts counted: ``kinds`` of subject as (what it is, its name, how many), outcomes, severities."""
    report, wording = facts.report, facts.wording
    tallies = [tally(r, report.dictionary) for r in report.results if is_listed(r)]
    outcomes = report.outcomes()
    always = (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
    by_severity = []
    for severity in SEVERITIES:
        counts = _counted([t for t in tallies if t.result.rule.severity == severity])
        by_severity += [counts | {"name": wording.severity(severity), "advisory": severity == "advisory"}]
    return _counted(tallies) | {
        "kinds": [
            (facts.report.dictionary.entity(entity).kind, wording.entities(entity), n)
            for entity, n in subjects_by_entity(report).items()
        ],
        "outcomes": [(wording.outcome(o), outcomes[o]) for o in OUTCOMES if outcomes[o] or o in always],
        "verdicts": sum(outcomes.values()),
        "rules": sum(bool(t.concerned) for t in tallies),
        "severities": [s for s in by_severity if s["judged"]],
        "binding_fails": sum(t.failed for t in tallies if t.result.rule.severity != "advisory"),
    }


def _counted(tallies: list[RuleTally]) -> Values:
    judged, passed = sum(t.judged for t in tallies), sum(t.passed for t in tallies)
    return {"judged": judged, "passed": passed, "failed": judged - passed, "rate": rate(passed, judged)}


def open_items(facts: Facts) -> Values:
    """What could not be judged and why, and what was not checked; ``idle`` rules apply to nobody."""
    report, wording = facts.report, facts.wording
    found = causes(report)
    counts = [(cause_in_words(c.code, c.key, c.standard, wording), c.count) for c in found]
    lacking = [r for r in report.results if not r.checked and facts.within(r.rule.applies_to)]
    clauses = [one_line(r.rule.clause) or facts.none for r in lacking]
    waiting = [(facts.title(r.rule), c, lacking_in_words(r, wording)) for r, c in zip(lacking, clauses, strict=True)]
    manual = [r.rule for r in report.results if r.rule.manual is not None]
    idle = [r.rule for r in report.results if is_listed(r) and not is_concerned(r)]
    manual, idle = ([rule for rule in some if facts.within(wording.rule_entity(rule))] for some in (manual, idle))
    files = [(wording.place(Address(e.path, e.sheet)), wording.error(e)) for e in report.unread[:UNREAD]]
    reading = [
        (label, value)
        for label, value in summary_pairs(report, wording)
        if label in (wording.say("label-sheets"), wording.say("label-row-counts"), wording.say("label-rows-unread"))
    ]
    asked = [wording.notice(n) for n in report.notices if n.code == COLUMN_TO_CONFIRM]
    sheets = sheets_read(report.returns)
    return {
        "reading": reading,
        "to_confirm": Some.of(asked, CAUSES),
        "unread_rows": sheets.unread_rows,
        "sheets_not_read": len(sheets.not_read) + len(sheets.partly),
        "undecided": sum(n for _, n in counts),
        "causes": Some.of(counts, CAUSES),
        "undecided_more": sum(n for _, n in counts[CAUSES:]),
        "waiting": Some.of(list(dict.fromkeys(waiting)), LACKING),
        "not_checked": _each_once([(facts.title(r.rule), lacking_in_words(r, wording)) for r in lacking], NOT_CHECKED),
        "manual": _each_once([facts.title(rule) for rule in manual], MANUAL),
        "idle": _each_once([facts.title(rule) for rule in idle], MANUAL),
        "unread": Some(files, len(report.unread), len(report.unread) - len(files)),
    }


def _each_once(named: list[T], most: int) -> Some[T]:
    """The first of ``named``, each once; rules of two standards may read alike."""
    shown = list(dict.fromkeys(named))[:most]
    return Some(shown, len(named), sum(name not in shown for name in named))
