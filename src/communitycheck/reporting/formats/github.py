"""GitHub annotations of a report.

What fails the gate is an error; another fail, or what could not be judged, a warning; the rest notices.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.table import Ints, among
from communitycheck.reporting.ci.annotations import LEVELS, Annotations, Level, annotated, command
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.rules import open_notices
from communitycheck.reporting.waivers.words import WaiverRow, waiver_rows
from communitycheck.reporting.words.phrases import lacking_in_words, one_verdict
from communitycheck.reporting.words.sentences import Wording


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The annotations line by line, at most 10 of each level unless ``all_verdicts``."""
    wording = Wording.of(report, lang)
    levels = {
        level: Annotations(_count(report, level, wording), _annotations(report, level, wording)) for level in LEVELS
    }
    return annotated(levels, _totals(report, wording), wording, every=options.all_verdicts, option="--all-verdicts")


def _annotations(report: Report, level: Level, wording: Wording) -> Iterator[str]:
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


def _count(report: Report, level: Level, wording: Wording) -> int:
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


def _places(result: RuleResult, level: Level, gate: Gate) -> Ints:
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


def _annotation(level: Level, result: RuleResult, verdict: Verdict, wording: Wording) -> str:
    return command(level, one_verdict(result, verdict, wording), title=_title(result, wording), at=verdict.at)


def _title(result: RuleResult, wording: Wording) -> str:
    return f"{wording.rule_id(result.rule)} {wording.rule_title(result.rule)}"
