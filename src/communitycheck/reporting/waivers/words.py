"""What became of each waiver, in words: every format lists the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from communitycheck.model.report import Report
from communitycheck.model.waiver import Waiver, WaiverOutcome, WaiversApplied, WaiverState, WaiverUse
from communitycheck.printable import one_line
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording

# In the order in which a report lists them: what wants a look comes first.
STATES = ("expired", "expiring", "no_end", "unused", "pending", "active")
_TONES = {"expired": "bad", "active": "good", "pending": ""}
# Uses that somebody has to look into, though the waiver holds.
_ODD = (WaiverUse.SEVERAL, WaiverUse.SEVERAL_STANDARDS, WaiverUse.PLACE_UNKNOWN, WaiverUse.NOT_A_FAIL)


class WaiverRow(Struct, frozen=True):
    """One waiver in words; ``calls`` where somebody should look at it."""

    state: str
    rule: str
    subject: str
    fails: int
    days: str
    reason: str
    approver: str
    document: str
    remedy_by: str
    note: str
    line: int
    tone: str
    calls: bool


def waiver_rows(report: Report, wording: Wording) -> list[WaiverRow]:
    """Those that want a look first, each state in the order of the file."""
    applied = report.waivers
    if applied is None:
        return []
    found = sorted(applied.outcomes, key=lambda one: (not _calls(one), STATES.index(one.word)))
    return [_row(one, wording, baseline=report.baseline is not None) for one in found]


def heading(applied: WaiversApplied, wording: Wording) -> str:
    return wording.say(
        "heading-waivers", path=one_line(applied.path), n=count(len(applied.outcomes)), states=states(applied, wording)
    )


def states(applied: WaiversApplied, wording: Wording) -> str:
    """How many stand where."""
    counts = Counter(one.word for one in applied.outcomes)
    each = (
        wording.say("waivers-state", state=wording.say(f"waiver-state-{_hyphened(state)}"), n=count(counts[state]))
        for state in reversed(STATES)
        if counts[state]
    )
    return wording.listed(each) or wording.say("none")


def remarks(applied: WaiversApplied, wording: Wording) -> Iterator[str]:
    """What is said of all of them."""
    endless = sum(one.state is WaiverState.NO_END for one in applied.outcomes)
    if endless:
        yield wording.say("waivers-no-end", n=endless)


def days(waiver: Waiver, wording: Wording) -> str:
    """From when to when it holds."""
    start, until = (day.isoformat() if day else "" for day in (waiver.start, waiver.until))
    if start and until:
        return wording.say("waiver-from-to", start=start, until=until)
    if until:
        return wording.say("waiver-to", until=until)
    return wording.say("waiver-from", start=start) if start else wording.say("waiver-always")


def _calls(one: WaiverOutcome) -> bool:
    restored = one.state is WaiverState.EXPIRED and one.fails > 0
    misspelt = one.use is WaiverUse.NO_SUBJECT and one.near != ""
    return restored or misspelt or one.word in ("expiring", "no_end", "unused") or (one.state.holds and one.use in _ODD)


def _row(one: WaiverOutcome, wording: Wording, *, baseline: bool) -> WaiverRow:
    waiver = one.waiver
    tone = "doubt" if one.word not in _TONES or _calls(one) else _TONES[one.word]
    return WaiverRow(
        wording.say(f"waiver-state-{_hyphened(one.word)}"),
        waiver.rule_words,
        one_line(waiver.subject.words),
        one.fails,
        days(waiver, wording),
        one_line(waiver.reason),
        one_line(waiver.approver),
        one_line(waiver.document),
        waiver.remedy_by.isoformat() if waiver.remedy_by else "",
        _note(one, wording, baseline=baseline),
        waiver.line,
        "bad" if one.word == "expired" and one.fails else tone,
        _calls(one),
    )


def _hyphened(word: str) -> str:
    return word.replace("_", "-")


def _note(one: WaiverOutcome, wording: Wording, *, baseline: bool) -> str:
    say = wording.say
    restored = "waiver-note-restored-baseline" if baseline else "waiver-note-restored"
    if one.use is WaiverUse.FAILS:
        return say("waiver-note-waives" if one.state.holds else restored, n=count(one.fails))
    return say(f"waiver-note-{_hyphened(one.use.value)}", n=count(one.subjects), near=one_line(one.near))
