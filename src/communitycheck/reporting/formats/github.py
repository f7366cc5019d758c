"""GitHub annotations: one workflow command a line, the gravest first, the totals before the notices.

What fails the gate is an error; another fail, or what could not be judged, a warning; the rest notices. GitHub shows
ten annotations of each level for a step and drops the rest without a word, so no more are printed; how many were left
out is among those that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.table import Ints, among
from communitycheck.printable import one_line
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.rules import open_notices
from communitycheck.reporting.waivers.words import WaiverRow, waiver_rows
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import lacking_in_words, one_verdict
from communitycheck.reporting.words.sentences import Wording

LEVELS = ("error", "warning", "notice")
MOST = 10  # annotations of one level that GitHub shows of a step


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The annotations line by line, at most 10 of each level unless ``all_verdicts``."""
    wording = Wording.of(report, lang)
    notices = [_totals(report, wording)]
    for level in LEVELS:
        last = level == "notice"
        total, room = _count(report, level, wording), MOST - (len(notices) if last else 0)
        if options.all_verdicts or total <= room:
            room = total
        else:
            room -= last  # for the line that follows
            notices.append(command("notice", wording.say("more-annotations", n=count(total - room)), title=level))
        if last:
            yield from notices
        yield from islice(_annotations(report, level, wording), room)


def _annotations(report: Report, level: str, wording: Wording) -> Iterator[str]:
    """Everything of one level, in the order of the report."""
    if level == "error":
        for error in report.unread:
            yield command(level, wording.error(error), at=Address(error.path, error.sheet))
    if level == "warning":
        for notice in open_notices(report):
            yield command(level, wording.notice(notice), at=notice.at)
        for row in _waivers(report, wording):
            at = Address(report.waivers.path if report.waivers else "", row=row.line)
            said = {"rule": row.rule, "subject": row.subject, "state": row.state, "note": row.note}
            yield command(level, wording.say("waiver-annotation", **said), at=at)
    for result in report.results:
        for verdict in result.verdicts_at(_places(result, level, report.gate)):
            yield _annotation(level, result, verdict, wording)
        if level == "warning" and not result.checked:
            message = wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
            yield command(level, message, title=_title(result, wording))


def _count(report: Report, level: str, wording: Wording) -> int:
    """How many annotations of one level there are in all."""
    found = sum(len(_places(r, level, report.gate)) for r in report.results)
    if level == "error":
        return found + len(report.unread)
    if level == "warning":
        found += sum(1 for _ in open_notices(report)) + sum(not r.checked for r in report.results)
        return found + len(_waivers(report, wording))
    return found


def _waivers(report: Report, wording: Wording) -> list[WaiverRow]:
    """The waivers that somebody should look at."""
    return [row for row in waiver_rows(report, wording) if row.calls]


def _totals(report: Report, wording: Wording) -> str:
    """The summary of the report in one annotation, called by its result; standards apart, which only fill it."""
    pairs, say = dict(summary_pairs(report, wording)), wording.say
    title = say("label-result")
    for label in (say("label-standards"), ""):
        pairs.pop(label, None)
    parts = [say("summary-pair", label=label, value=value) for label, value in pairs.items() if label != title]
    return command("notice", say("semicolon").join([pairs[title], *parts]), title=title)


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


def _places(result: RuleResult, level: str, gate: Gate) -> Ints:
    """Positions whose annotation is of ``level``, in order."""
    gating = gate.holds(result.rule.severity)
    outcome = result.outcome
    fails = among(outcome, Outcome.FAIL) & ~result.known()  # what the baseline knows is not told again
    waived = np.zeros(len(outcome), dtype=bool)
    waived[list(result.waived)] = True
    undecided = among(outcome, Outcome.NO_DATA, Outcome.ERROR)
    error = fails & ~waived if gating else np.zeros(len(outcome), dtype=bool)
    warning = undecided if gating else fails & ~waived & (result.rule.severity != "advisory")
    notice = (fails | undecided | among(outcome, Outcome.NOT_DUE, Outcome.MANUAL)) & ~error & ~warning
    chosen = {"error": error, "warning": warning, "notice": notice}[level]
    return np.nonzero(chosen)[0].astype(np.int32)


def _annotation(level: str, result: RuleResult, verdict: Verdict, wording: Wording) -> str:
    return command(level, one_verdict(result, verdict, wording), title=_title(result, wording), at=verdict.at)


def _title(result: RuleResult, wording: Wording) -> str:
    return f"{wording.rule_id(result.rule)} {wording.rule_title(result.rule)}"


def _data(text: str) -> str:
    return one_line(_escaped(text))


def _property(text: str) -> str:
    return one_line(_escaped(text).replace(":", "%3A").replace(",", "%2C"))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
