"""GitHub annotations: one workflow command a line, the gravest first.

What fails the gate is an error; another fail, or what could not be judged, a warning; the rest notices.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.returns import Address
from communitycheck.reporting.inert import one_line
from communitycheck.reporting.numbers import count
from communitycheck.reporting.phrases import lacking_in_words, outcomes_in_words
from communitycheck.reporting.sentences import Wording

LEVELS = ("error", "warning", "notice")
MOST = 50  # annotations of one level; GitHub itself shows no more of a job


def github(report: Report, lang: Lang, *, all_verdicts: bool = False) -> Iterator[str]:
    """The annotations line by line, at most 50 of each level unless ``all_verdicts``; the totals at the end."""
    wording = Wording.of(report, lang)
    for error in report.unread:
        yield command("error", wording.error(error), at=Address(error.path, error.sheet))
    for level in LEVELS:
        left = 0
        room = None if all_verdicts else MOST
        for result in report.results:
            places = _places(result, level, report.gate)
            shown = places if room is None else places[:room]
            left += len(places) - len(shown)
            room = None if room is None else room - len(shown)
            for i in shown:
                yield _annotation(level, result, i, wording)
            if level == "warning" and not result.checked:
                message = wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
                yield command(level, message, title=_title(result, wording))
        if left:
            yield command("notice", wording.say("more-annotations", n=count(left)), title=level)
    outcomes = report.outcomes()
    total = count(sum(outcomes.values()))
    words = outcomes_in_words(outcomes, wording)
    yield command("notice", total + wording.say("brackets", text=words), title=wording.say("label-verdicts"))


def command(level: str, message: str, *, title: str = "", at: Address | None = None) -> str:
    """One workflow command; nothing in its values can end it or start another."""
    properties = []
    if at is not None:
        properties.append(f"file={_property(at.path)}")
        if at.row is not None:
            properties.append(f"line={at.row}")
    if title:
        properties.append(f"title={_property(title)}")
    return f"::{level}{' ' if properties else ''}{','.join(properties)}::{_data(message)}\n"


def _places(result: RuleResult, level: str, gate: Gate) -> list[int]:
    """Positions whose annotation is of ``level``, in order."""
    gating = gate.holds(result.rule.severity)
    outcome = result.outcome
    fails = outcome == Outcome.FAIL
    waived = np.zeros(len(outcome), dtype=bool)
    waived[list(result.waived)] = True
    undecided = (outcome == Outcome.NO_DATA) | (outcome == Outcome.ERROR)
    error = fails & ~waived if gating else np.zeros(len(outcome), dtype=bool)
    warning = undecided if gating else fails & ~waived & (result.rule.severity != "advisory")
    notice = (fails | undecided | (outcome == Outcome.NOT_DUE) | (outcome == Outcome.MANUAL)) & ~error & ~warning
    chosen = {"error": error, "warning": warning, "notice": notice}[level]
    return [int(i) for i in np.nonzero(chosen)[0]]


def _annotation(level: str, result: RuleResult, i: int, wording: Wording) -> str:
    verdict = result.verdict(i)
    figures = wording.figures(verdict, result.add_unit)
    place = wording.place(verdict.at, verdict.cells)
    message = wording.say(
        "verdict-line",
        outcome=wording.outcome(verdict.outcome),
        rule=wording.rule_id(verdict.rule),
        name="/".join(p for p in (wording.region(verdict.subject), wording.name(verdict.subject)) if p),
        reason=wording.reason(verdict, figures),
        place=wording.say("brackets", text=place) if place else "",
    )
    return command(level, message, title=_title(result, wording), at=verdict.at)


def _title(result: RuleResult, wording: Wording) -> str:
    return f"{wording.rule_id(result.rule)} {wording.rule_title(result.rule)}"


def _data(text: str) -> str:
    return one_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
