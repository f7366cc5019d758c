"""Phrases that several formats share: a verdict on one line, totals in words, notices by kind, short places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.baseline import BaselineState
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult, Verdict
from communitycheck.model.returns import Notice
from communitycheck.model.standard import SEVERITIES
from communitycheck.printable import one_line
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording


def one_verdict(result: RuleResult, verdict: Verdict, wording: Wording) -> str:
    """A verdict on one line: outcome, rule, subject, reason and place."""
    figures = wording.figures(verdict, result.add_unit)
    subject = verdict.subject
    name = "/".join(p for p in (wording.region(subject), wording.name(subject)) if p)
    place = wording.place(verdict.at, verdict.cells)
    return wording.say(
        "verdict-line",
        outcome=wording.outcome(verdict.outcome),
        rule=wording.rule_id(verdict.rule),
        name=name,
        reason=wording.reason(verdict, figures),
        place=wording.say("brackets", text=place) if place else "",
    )


def outcomes_in_words(counts: dict[Outcome, int], wording: Wording) -> str:
    """``达标 12，不达标 3，…``: outcomes that occurred; pass, fail and no data always."""
    always = (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
    return wording.say("comma").join(
        f"{wording.outcome(o)} {count(counts[o])}" for o in OUTCOMES if counts[o] or o in always
    )


def as_of_in_words(report: Report, wording: Wording) -> str:
    return report.as_of.isoformat() + wording.say("brackets", text=wording.say(f"as-of-from-{report.as_of_from}"))


def result_in_words(report: Report, wording: Wording, *, exits: bool = True) -> str:
    """What the exit code of ``check`` says, in a sentence, and why the answer is incomplete where it is; ``exits``:
    the command that says it ends with that code."""
    code, say = report.exit_code, wording.say
    severity = gating_in_words(report, wording)
    why = open_in_words(report, wording)
    text = say(f"result-{code_in_words(report)}", exit=code if exits else "", severity=severity, why=why)
    return text + say("semicolon") + say("result-open", why=why) if why and code != 3 else text


def code_in_words(report: Report) -> str:
    """The exit code as a part of codes of messages; 0 and 3 apart where fails are left that a baseline knows."""
    known = report.baseline is not None and report.baseline.count(BaselineState.KNOWN) > 0
    return f"{report.exit_code}-baseline" if report.exit_code in (0, 3) and known else str(report.exit_code)


def open_in_words(report: Report, wording: Wording) -> str:
    """Why the answer is incomplete; empty where it is complete."""
    return causes_in_words(report.open_points(), gating_in_words(report, wording), wording)


def causes_in_words(causes: Mapping[str, int], severity: str, wording: Wording) -> str:
    """What leaves an answer incomplete, each cause with its number."""
    say = wording.say
    return say("comma").join(say(f"open-{cause}", n=count(n), severity=severity) for cause, n in causes.items())


def gating_in_words(report: Report, wording: Wording) -> str:
    """The severities at which a fail decides the result."""
    return wording.say("either").join(wording.severity(s) for s in SEVERITIES if report.gate.holds(s))


def subjects_of_kinds(counts: dict[str, int], wording: Wording) -> str:
    """How many subjects of each kind: ``481 communities, 1 city``."""
    return wording.say("comma").join(
        wording.say("subjects-of-kind", n=count(n), kind=wording.entity(kind) if n == 1 else wording.entities(kind))
        for kind, n in counts.items()
    )


def cause_in_words(code: str, key: str, standard: str, wording: Wording) -> str:
    """Why a verdict could not be given: a cell's state or a reason, and the field to blame, if any."""
    return wording.say(f"cause-{code}", field=wording.label(key, standard) if key else "")


def lacking_in_words(result: RuleResult, wording: Wording) -> str:
    """The columns that a rule would need, by the names people know; a region level among them by its own."""
    standard = result.rule.standard
    labels = ((key, wording.label(key, standard)) for key in result.lacking)
    return wording.listed(wording.entity(key) if label == key else label for key, label in labels)


def some_of(names: list[str], most: int, wording: Wording) -> str:
    """The first ``most`` names, and how many there are where these are not all."""
    text = wording.listed(names[:most])
    return text if len(names) <= most else text + wording.say("and-others", n=len(names))


class NoticeKind(Struct):
    """All notices of one code: how many, and the first."""

    first: Notice
    count: int = 0


def notice_kinds(notices: Iterable[Notice]) -> list[NoticeKind]:
    """Notices counted by code; warnings before information, the most frequent first."""
    kinds: dict[str, NoticeKind] = {}
    for notice in notices:
        kinds.setdefault(notice.code, NoticeKind(notice)).count += 1
    return sorted(kinds.values(), key=lambda k: (k.first.level != "warning", -k.count, k.first.code))


class ShortPlaces:
    """Places in returns as short as they can be: without the file where there is only one, and so with the sheet."""

    def __init__(self, report: Report, wording: Wording) -> None:
        self._one_file = len(report.returns) + len(report.unread) == 1
        self._one_sheet = self._one_file and sum(len(r.sheets) for r in report.returns) == 1
        self._wording = wording

    def short(self, at: Address | None, cells: tuple[str, ...]) -> str:
        if at is None:
            return ""
        spot = self._wording.spot(at, cells)
        if self._one_file:
            sheet = "" if self._one_sheet or not at.sheet else f"[{one_line(at.sheet)}] "
            return (sheet + spot).strip()
        return self._wording.place(at, cells)
