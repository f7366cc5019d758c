"""JUnit XML: a suite for each standard, a test for each rule, so that names stay the same from run to run.

A mandatory or expected rule with a fail that nobody waived is a failure; an advisory one never is. A rule that could
not be judged for some subject is an error, unless incomplete data is allowed; what was not checked, or has to be
checked by hand, is skipped. The outcome counts stand as properties of each suite.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult
from communitycheck.printable import one_line
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.rules import open_notices
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import lacking_in_words, one_verdict, outcomes_in_words
from communitycheck.reporting.words.sentences import Wording

SUBJECTS = 100  # named under one failure


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The suites in pieces; a failure names 100 subjects at most unless ``all_verdicts``."""
    wording = Wording.of(report, lang)
    most = None if options.all_verdicts else SUBJECTS
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    number = 0
    for standard in report.standards:
        results = [r for r in report.results if r.rule.standard == standard.id]
        if results:
            title = f"{standard.id} {standard.title.in_lang(lang)}"
            yield from _suite(number, standard.id, title, results, report, wording, most)
            number += 1
    if report.unread or (not report.gate.allow_incomplete and any(open_notices(report))):
        yield from _reading(number, report, wording)
    yield "</testsuites>\n"


def _suite(
    number: int,
    package: str,
    title: str,
    results: list[RuleResult],
    report: Report,
    wording: Wording,
    most: int | None,
) -> Iterator[str]:
    states = [_state(r, report) for r in results]
    outcomes = {o: sum(r.counts()[o] for r in results) for o in OUTCOMES}
    yield _open(number, package, title, report, states)
    yield "<properties>\n"
    yield _property("as-of", report.as_of.isoformat())
    for outcome in OUTCOMES:
        yield _property(f"outcome.{outcome.word}", str(outcomes[outcome]))
    yield "</properties>\n"
    for result, state in zip(results, states, strict=True):
        yield from _case(result, state, wording, most)
    pairs = summary_pairs(report, wording)
    lines = [wording.say("summary-pair", label=label, value=value) for label, value in pairs if label]
    lines.append(wording.say("summary-pair", label=package, value=outcomes_in_words(outcomes, wording)))
    lines += [_advice(r, wording) for r in results if r.rule.severity == "advisory" and r.counts()[Outcome.FAIL]]
    yield f"<system-out>{_text(chr(10).join(lines))}</system-out>\n<system-err></system-err>\n</testsuite>\n"


def _state(result: RuleResult, report: Report) -> str:
    """``passed``, ``failure``, ``error`` or ``skipped``."""
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
    return "passed" if len(result) > counts[Outcome.NOT_APPLICABLE] + undecided else "skipped"


def _case(result: RuleResult, state: str, wording: Wording, most: int | None) -> Iterator[str]:
    rule = result.rule
    label = wording.rule_id(rule) if rule.class_conditions else rule.id
    name = f"{label} {wording.rule_title(rule)}"
    head = f'<testcase name={_quoted(name)} classname={_quoted(rule.standard)} time="0"'
    if state == "passed":
        yield head + "/>\n"
        return
    message = _message(result, wording)
    if state == "skipped":
        yield f"{head}><skipped message={_quoted(message)}/></testcase>\n"
        return
    yield f"{head}><{state} type={_quoted(rule.severity)} message={_quoted(message)}>"
    told = result.places()[~result.known()[result.places()]]  # what the baseline knows is not told again
    for verdict in result.verdicts_at(told[:most]):
        yield _text(one_verdict(result, verdict, wording)) + "\n"
    if most is not None and len(told) > most:
        yield _text(wording.say("more-subjects", n=count(len(told) - most))) + "\n"
    yield f"</{state}></testcase>\n"


def _message(result: RuleResult, wording: Wording) -> str:
    counts = result.counts()
    if not result.checked:
        return wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
    if result.rule.manual is not None:
        return one_line(result.rule.manual.in_lang(wording.lang)) or wording.say("skipped-manual")
    if len(result) == counts[Outcome.NOT_APPLICABLE]:
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


def _reading(number: int, report: Report, wording: Wording) -> Iterator[str]:
    """A suite of what could not be read, each an error: returns, and what of a return leaves the answer incomplete."""
    found = [(Address(e.path, e.sheet), e.code, wording.error(e)) for e in report.unread]
    if not report.gate.allow_incomplete:
        found += [(n.at, n.code, wording.notice(n)) for n in open_notices(report)]
    yield _open(number, "returns", wording.say("suite-returns"), report, ["error"] * len(found))
    yield "<properties/>\n"
    for at, code, message in found:
        yield (
            f'<testcase name={_quoted(wording.place(at))} classname="returns" time="0">'
            f"<error type={_quoted(code)} message={_quoted(message)}></error></testcase>\n"
        )
    yield "<system-out></system-out>\n<system-err></system-err>\n</testsuite>\n"


def _open(number: int, package: str, title: str, report: Report, states: list[str]) -> str:
    return (
        f'<testsuite id="{number}" package={_quoted(package)} name={_quoted(title)} hostname="localhost"'
        f' timestamp="{report.as_of.isoformat()}T00:00:00" time="0" tests="{len(states)}"'
        f' failures="{states.count("failure")}" errors="{states.count("error")}"'
        f' skipped="{states.count("skipped")}">\n'
    )


def _property(name: str, value: str) -> str:
    return f"<property name={_quoted(name)} value={_quoted(value)}/>\n"


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))


def _text(text: str) -> str:
    return escape("\n".join(one_line(part) for part in text.split("\n")))
