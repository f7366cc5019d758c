"""JUnit XML: a suite for each standard, a test for each rule, so that names stay the same from run to run.

A mandatory or expected rule with a fail that nobody waived is a failure; an advisory one never is. A rule that could
not be judged for some subject is an error, unless incomplete data is allowed; what was not checked, or has to be
checked by hand, is skipped. The outcome counts stand as properties of each suite.
"""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult
from communitycheck.printable import one_line
from communitycheck.reporting.ci.junit_xml import JUnitCase, JUnitSuite, State, suites_xml
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.rules import open_notices
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import lacking_in_words, one_verdict, outcomes_in_words
from communitycheck.reporting.words.sentences import Wording

SUBJECTS = 100  # named under one failure


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The suites in pieces; a failure names 100 subjects at most unless ``all_verdicts``."""
    return suites_xml(_suites(report, Wording.of(report, lang), None if options.all_verdicts else SUBJECTS))


def _suites(report: Report, wording: Wording, most: int | None) -> Iterator[JUnitSuite]:
    for standard in report.standards:
        results = [r for r in report.results if r.rule.standard == standard.id]
        if results:
            title = f"{standard.id} {standard.title.in_lang(wording.lang)}"
            yield _suite(standard.id, title, results, report, wording, most)
    if report.unread or (not report.gate.allow_incomplete and any(open_notices(report))):
        yield _reading(report, wording)


def _suite(
    package: str, title: str, results: list[RuleResult], report: Report, wording: Wording, most: int | None
) -> JUnitSuite:
    outcomes = {o: sum(r.counts()[o] for r in results) for o in OUTCOMES}
    pairs = summary_pairs(report, wording)
    lines = [wording.say("summary-pair", label=label, value=value) for label, value in pairs if label]
    lines.append(wording.say("summary-pair", label=package, value=outcomes_in_words(outcomes, wording)))
    lines += [_advice(r, wording) for r in results if r.rule.severity == "advisory" and r.counts()[Outcome.FAIL]]
    return JUnitSuite(
        package,
        title,
        report.as_of,
        [_case(r, _state(r, report), wording, most) for r in results],
        [("as-of", report.as_of.isoformat()), *((f"outcome.{o.word}", str(outcomes[o])) for o in OUTCOMES)],
        lines,
    )


def _state(result: RuleResult, report: Report) -> State:
    counts = result.counts()
    binding = result.rule.severity != "advisory"
    if result.rule.manual is not None:
        return "skipped"
    if not result.checked:
        return "error" if binding and report.gate.strict else "skipped"
    if binding and result.counting().any():
        return "failure"
    undecided = counts[Outcome.NO_DATA] + counts[Outcome.ERROR]
    if binding and undecided and not report.gate.allow_incomplete:
        return "error"
    return "passed" if result.total > counts[Outcome.NOT_APPLICABLE] + undecided else "skipped"


def _case(result: RuleResult, state: State, wording: Wording, most: int | None) -> JUnitCase:
    rule = result.rule
    label = wording.rule_id(rule) if rule.class_conditions else rule.id
    name = f"{label} {wording.rule_title(rule)}"
    if state == "passed":
        return JUnitCase(name, rule.standard, state)
    message, lines = _message(result, wording), _lines(result, wording, most)
    return JUnitCase(name, rule.standard, state, message, rule.severity, lines)


def _lines(result: RuleResult, wording: Wording, most: int | None) -> Iterator[str]:
    told = result.places()[~result.known()[result.places()]]  # what the baseline knows is not told again
    for verdict in result.verdicts_at(told[:most]):
        yield one_verdict(result, verdict, wording)
    if most is not None and len(told) > most:
        yield wording.say("more-subjects", n=count(len(told) - most), option="--all-verdicts")


def _message(result: RuleResult, wording: Wording) -> str:
    counts = result.counts()
    if not result.checked:
        return wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
    if result.rule.manual is not None:
        return one_line(result.rule.manual.in_lang(wording.lang)) or wording.say("skipped-manual")
    if result.total == counts[Outcome.NOT_APPLICABLE]:
        return wording.say("skipped-nobody")
    parts = []
    if counts[Outcome.FAIL]:
        judged = counts[Outcome.PASS] + counts[Outcome.FAIL]
        parts.append(
            wording.say(
                "rule-summary",
                failed=count(counts[Outcome.FAIL]),
                judged=count(judged),
                waived=count(len(result.waived)),
            )
        )
    undecided = counts[Outcome.NO_DATA] + counts[Outcome.ERROR]
    if undecided:
        parts.append(wording.say("undecided-summary", n=count(undecided)))
    return wording.say("semicolon").join(parts)


def _advice(result: RuleResult, wording: Wording) -> str:
    return wording.say(
        "advisory-line",
        rule=wording.rule_id(result.rule),
        title=wording.rule_title(result.rule),
        summary=_message(result, wording),
    )


def _reading(report: Report, wording: Wording) -> JUnitSuite:
    """A suite of what could not be read, each an error: returns, and what of a return leaves the answer incomplete."""
    found = [(Address(e.path, e.sheet), e.code, wording.error(e)) for e in report.unread]
    if not report.gate.allow_incomplete:
        found += [(n.at, n.code, wording.notice(n)) for n in open_notices(report)]
    cases = [JUnitCase(wording.place(at), "returns", "error", message, code) for at, code, message in found]
    return JUnitSuite("returns", wording.say("suite-returns"), report.as_of, cases)
