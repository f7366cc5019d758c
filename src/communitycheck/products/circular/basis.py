"""What a circular rests on and what it all comes to: documents with their clauses, subjects, verdicts, rates."""

from __future__ import annotations

from dataclasses import dataclass, field

from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.model.standard import SEVERITIES, Source
from communitycheck.products.circular.pieces import Draft, capped, concerned
from communitycheck.reporting.areas import UNPLACED
from communitycheck.reporting.summary import Tally, is_listed, subjects_by_entity, tally
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.sanitise import one_line

CLAUSES = 20  # named of one document before the rest is only counted
CITED = 3  # documents named with issuer and date in the opening sentence


@dataclass(slots=True)
class Document:
    """A document that rules come from: its clauses in the order of the rules, and how many rules it gave."""

    layer: str
    source: Source | None
    figures: bool  # about figures that documents print, not about subjects
    clauses: list[str] = field(default_factory=list)
    rules: int = 0


def documents(report: Report) -> list[Document]:
    """The documents behind the rules that judged somebody; behind all rules where none did."""
    used = [r for r in report.results if concerned(r)] or report.results
    known = {s.id: s.source for s in report.standards}
    for standard in report.standards:
        known.update({k: v for k, v in standard.sources.items() if k not in known})
    found: dict[str, Document] = {}
    for result in used:
        rule = result.rule
        layer = rule.layer or rule.standard
        document = found.setdefault(layer, Document(layer, known.get(layer), rule.applies_to in UNPLACED))
        document.rules += 1
        if rule.clause and rule.clause not in document.clauses:
            document.clauses.append(rule.clause)
    return list(found.values())


def cited(document: Document, draft: Draft, *, briefly: bool = False) -> str:
    """《…》（发文机关，日期）; ``briefly`` without what stands in brackets."""
    source = document.source
    if source is None:
        return draft.say("circular-document-bare", document=one_line(document.layer))
    text = one_line(source.document)
    if document.figures:
        return draft.say("circular-document-plain", document=text)
    facts = [one_line(source.issuer), draft.date(source.date) if source.date else ""]
    inside = draft.say("comma").join(f for f in facts if f)
    if not inside or briefly:
        return draft.say("circular-document-bare", document=text)
    return draft.say("circular-document", document=text, facts=inside)


def write_basis(draft: Draft) -> None:
    draft.heading(draft.say("circular-heading-basis"))
    for place, document in enumerate(documents(draft.report)):
        clauses, more = capped([one_line(c) for c in document.clauses], CLAUSES)
        nested = any(draft.say("list-comma").strip() in c or draft.say("comma").strip() in c for c in clauses)
        text = draft.listed(clauses) if nested else draft.wording.listed(clauses)
        if more:
            text = draft.say("circular-clauses-more", clauses=text, n=count(len(document.clauses)))
        said = draft.say(
            "circular-basis",
            document=cited(document, draft, briefly=place < CITED),
            clauses=text or draft.say("none"),
            n=count(document.rules),
        )
        draft.paragraph(said + draft.say("circular-stop"))
    draft.paragraph(draft.say("circular-basis-annex"))


def write_overall(draft: Draft) -> None:
    report, say = draft.report, draft.say
    draft.heading(say("circular-heading-overall"))
    as_of = say(f"circular-as-of-{report.as_of_from}", date=draft.date(report.as_of))
    kinds = subjects_by_entity(report)
    parts = [_kind(draft, entity, n) for entity, n in kinds.items()]
    code = "circular-subjects-kinds" if len(parts) > 1 else "circular-subjects"
    if parts:
        draft.paragraph(say(code, as_of=as_of, n=count(report.subjects), kinds=draft.wording.listed(parts)))
    tallies = [tally(r, report.dictionary) for r in report.results if is_listed(r)]
    outcomes = report.outcomes()
    always = (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
    if report.results:
        said = draft.wording.listed(
            say("circular-outcome", outcome=draft.wording.outcome(o), n=count(outcomes[o]))
            for o in OUTCOMES
            if outcomes[o] or o in always
        )
        judging = sum(bool(t.concerned) for t in tallies)
        draft.paragraph(
            say("circular-outcomes", rules=count(judging), total=count(sum(outcomes.values())), outcomes=said)
        )
    _rates(draft, tallies)
    rest = _left_out(draft)
    if rest:
        draft.paragraph(say("circular-rest", parts=draft.wording.listed(rest)))


def _rates(draft: Draft, tallies: list[Tally]) -> None:
    report, say = draft.report, draft.say
    passed, judged = sum(t.passed for t in tallies), sum(t.judged for t in tallies)
    if not judged:
        draft.paragraph(say("circular-none-judged"))
        return
    parts = []
    for severity in SEVERITIES:
        mine = [t for t in tallies if t.result.rule.severity == severity]
        good, all_ = sum(t.passed for t in mine), sum(t.judged for t in mine)
        code = "circular-severity-advisory" if severity == "advisory" else "circular-severity"
        if all_:
            word = draft.wording.severity(severity)
            figures = {"judged": count(all_), "passed": count(good), "failed": count(all_ - good)}
            parts.append(say(code, severity=word, rate=rate(good, all_), **figures))
    figures = {"judged": count(judged), "passed": count(passed), "rate": rate(passed, judged)}
    draft.paragraph(say("circular-rate", parts=draft.listed(parts), **figures))
    binding = sum(t.failed for t in tallies if t.result.rule.severity != "advisory")
    draft.paragraph(
        "" if binding else say("circular-no-fails"),
        say("circular-waived", failed=count(judged - passed), n=count(report.waived)) if report.waived else "",
    )


def _left_out(draft: Draft) -> list[str]:
    report = draft.report
    numbers = {
        "not-checked": sum(not r.checked for r in report.results),
        "manual": sum(r.rule.manual is not None for r in report.results),
        "unread": len(report.unread),
        "unplaced": report.unplaced,
    }
    return [draft.say(f"circular-rest-{what}", n=count(n)) for what, n in numbers.items() if n]


def _kind(draft: Draft, entity: str, n: int) -> str:
    code = "circular-kind-document" if entity == "document" else "circular-kind"
    return draft.say(code, entity=draft.wording.entities(entity), n=count(n))
