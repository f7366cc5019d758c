"""The summary at the top of a report: what it comes to, what was read, and what was not; every format says it alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from communitycheck.model.address import Address
from communitycheck.model.baseline import BaselineApplied, BaselineState
from communitycheck.model.report import Report
from communitycheck.model.returns import COLUMN_TO_CONFIRM, Notice
from communitycheck.model.sheet import RowClass, Sheet
from communitycheck.printable import one_line
from communitycheck.reporting.totals.records import record_tally
from communitycheck.reporting.totals.rules import rule_states, subjects_by_entity
from communitycheck.reporting.totals.sheets import SheetsRead, sheets_read
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import (
    as_of_in_words,
    causes_in_words,
    gating_in_words,
    open_in_words,
    outcomes_in_words,
    result_in_words,
    subjects_of_kinds,
)
from communitycheck.reporting.words.sentences import Wording

Pairs = list[tuple[str, str]]
SHEETS, PLACES = 5, 4  # that are named before the rest is only counted
COLUMNS = 6  # to confirm that are asked for one by one
NAME = 40  # characters of a sheet's name
# Why a sheet was not read, as a word; where it is another reason, its notice tells.
NOT_READ = (
    *("guidance", "example-sheet", "our-list", "no-table", "hidden-sheet", "no-records", "unknown-entity"),
    "no-known-columns",
    *("records-without-header", "records-not-known", "form-with-data", "not-chosen", "view"),
)


def summary_pairs(report: Report, wording: Wording, *, exits: bool = True) -> Pairs:
    """Labels and values, from top to bottom; an empty label goes on with the one above. ``exits``: the result decides
    the exit code of the command that shows it."""
    say = wording.say
    outcomes = report.outcomes()
    found: Pairs = []
    if report.region is not None:
        found.append((say("label-region"), wording.region_name(report.region)))
    found.append((say("label-result"), result_in_words(report, wording, exits=exits)))
    found += _to_confirm(report, wording)
    found.append((say("label-as-of"), as_of_in_words(report, wording)))
    found.append((say("label-returns"), returns_in_words(report, wording)))
    found += _reading(report, wording)
    found.append((say("label-subjects"), _records(report, wording)))
    found.append((say("label-rules"), rules_in_words(report, wording)))
    verdicts = count(sum(outcomes.values())) + say("brackets", text=outcomes_in_words(outcomes, wording))
    found.append((say("label-verdicts"), verdicts))
    if report.excuses:
        found.append((say("label-waived"), _waived(report, wording)))
    if report.baseline is not None:
        found.append((say("label-baseline"), baseline_in_words(report, report.baseline, wording)))
    for n, standard in enumerate(report.standards):
        title = one_line(standard.title.in_lang(wording.lang))
        found.append((say("label-standards") if not n else "", f"{standard.id}  {title}"))
    return found


def baseline_in_words(report: Report, found: BaselineApplied, wording: Wording) -> str:
    """How many fails the baseline knows and which ones count, how many of them are waived as well, and what it holds
    that it need not."""
    say, waived = wording.say, report.waived_by_state()
    always = (BaselineState.KNOWN, BaselineState.NEW)
    parts = []
    for state, n in found.states:
        if n or state in always:
            told = say(f"baseline-count-{state.word.replace('_', '-')}", n=count(n))
            also = waived.get(state, 0)
            parts.append(say("baseline-count-waived", counted=told, n=count(also)) if also else told)
    for code, n in (("settled", found.settled), ("unanswered", found.unanswered), ("unlisted", found.unlisted)):
        if n:
            parts.append(say(f"baseline-count-{code}", n=count(n)))
    return say("baseline-summary", path=one_line(found.path), n=count(found.held), counts=say("comma").join(parts))


def _waived(report: Report, wording: Wording) -> str:
    """How many fails are waived, and how many waivers stand where."""
    found = waived_in_words(report, wording)
    if report.waivers is None:
        return found
    from communitycheck.reporting.waivers.words import states  # seldom given

    n, path = count(len(report.waivers.outcomes)), one_line(report.waivers.path)
    told = wording.say("waivers-of-file", path=path, n=n, states=states(report.waivers, wording))
    return found + wording.say("semicolon") + told


def waived_in_words(report: Report, wording: Wording) -> str:
    explained = report.explained
    return wording.say("waived-count", n=count(report.waived), explained=count(explained) if explained else "")


def summary_of_reading(report: Report, wording: Wording) -> Iterator[str]:
    """What was read and what was not, in sentences."""
    say, read = wording.say, sheets_read(report.returns)
    rows = say("brief-unread", rows=_unread(read.unread, wording)) if read.unread else say("brief-all-rows")
    yield say(
        "brief-read",
        returns=returns_in_words(report, wording),
        subjects=_records(report, wording),
        rows=rows if sum(read.rows.values()) else "",
    )
    if read.not_read or read.partly:
        yield say("brief-sheets", sheets=_sheets(read, wording))


def summary_of_open(report: Report, wording: Wording) -> Iterator[str]:
    """Why the answer is incomplete, and which columns wait to be confirmed, in sentences."""
    say = wording.say
    if why := open_in_words(report, wording):
        yield say("result-open", why=why)
    for label, text in _to_confirm(report, wording):
        yield say("summary-pair", label=label, value=text) if label else text


def left_open_in_words(
    report: Report, wording: Wording, causes: Mapping[str, int] | None = None
) -> Iterator[str]:
    """What was not read, placed or asked, in sentences: why, which rows, and which columns wait to be confirmed.
    ``causes`` are those of the report that concern the answer; by default all."""
    say, causes = wording.say, report.left_open() if causes is None else causes
    if not causes:
        return
    yield say("left-open", why=causes_in_words(causes, gating_in_words(report, wording), wording))
    if unread := sheets_read(report.returns).unread:
        yield say("summary-pair", label=say("label-rows-unread"), value=_unread(unread, wording))
    for label, text in _to_confirm(report, wording):
        yield say("summary-pair", label=label, value=text) if label else text


def _to_confirm(report: Report, wording: Wording) -> Iterator[tuple[str, str]]:
    asked = [notice for notice in report.notices if notice.code == COLUMN_TO_CONFIRM]
    return columns_to_confirm(asked, wording, several=len(report.returns) > 1)


def columns_to_confirm(asked: Sequence[Notice], wording: Wording, *, several: bool) -> Iterator[tuple[str, str]]:
    """The columns that rules wait for until somebody says what they are, each by name; with its return where there are
    several."""
    for number, notice in enumerate(asked[:COLUMNS]):
        place = wording.say("brackets", text=wording.place(notice.at)) if several else ""
        yield wording.say("label-to-confirm") if not number else "", wording.notice(notice) + place
    if len(asked) > COLUMNS:
        yield "", wording.say("more-to-confirm", n=count(len(asked) - COLUMNS))


def returns_in_words(report: Report, wording: Wording) -> str:
    text = wording.say("returns-read", n=count(len(report.returns)))
    if report.unread:
        text += wording.say("comma") + wording.say("returns-unread", n=count(len(report.unread)))
    return text


def _reading(report: Report, wording: Wording) -> Iterator[tuple[str, str]]:
    """Sheets and rows: how many, and what became of them."""
    say, read = wording.say, sheets_read(report.returns)
    if not read.sheets:
        return
    yield say("label-sheets"), _sheets(read, wording)
    if sum(read.rows.values()):
        yield say("label-row-counts"), row_counts_in_words(read.rows, wording) + _turned(read.turned, wording)
    if read.unread:
        yield say("label-rows-unread"), _unread(read.unread, wording)


def _sheets(read: SheetsRead, wording: Wording) -> str:
    say = wording.say
    text = say("sheets-read", n=count(read.sheets - len(read.not_read)))
    for code, some in (("sheets-not-read", read.not_read), ("sheets-partly", read.partly)):
        if some:
            alike = Counter(_why(sheet, wording) for sheet in some)  # one name in many files is named once
            shown = list(alike.items())[:SHEETS]
            named = say("comma").join(one if n == 1 else say("sheets-alike", sheet=one, n=count(n)) for one, n in shown)
            left = len(some) - sum(n for _, n in shown)
            more = say("and-places", n=count(left)) if left else ""
            text += say("semicolon") + say(code, n=count(len(some)), names=named + more)
    return text


def _why(sheet: Sheet, wording: Wording) -> str:
    """A sheet that was not read, and why."""
    why = wording.say(f"not-read-{sheet.not_read if sheet.not_read in NOT_READ else 'other'}")
    return (one_line(sheet.name)[:NAME] or one_line(sheet.path)) + wording.say("brackets", text=why)


def _turned(sheets: Sequence[Sheet], wording: Wording) -> str:
    """Of tables with a subject in each column: how many of the rows counted as records are indicators, of whom."""
    if not sheets:
        return ""
    rows = sum(sheet.row_counts.get(RowClass.RECORD, 0) for sheet in sheets)
    records = sum(sheet.records for sheet in sheets)
    return wording.say("rows-turned", rows=count(rows), records=count(records))


def row_counts_in_words(counts: dict[str, int], wording: Wording) -> str:
    """How many rows are what, and all together; what was left unread is said also where it is none."""
    say = wording.say
    each = [
        say("row-count", what=say("row-class-" + kind.replace("_", "-")), n=count(counts.get(kind, 0)))
        for kind in RowClass
        if counts.get(kind, 0) or kind == RowClass.UNREAD
    ]
    return say("row-counts", each=say("plus").join(each), n=count(sum(counts.values())))


def _unread(sheets: Sequence[Sheet], wording: Wording) -> str:
    """Where the rows stand that nobody could read."""
    found = [Address(sheet.path, sheet.name, row) for sheet in sheets for row in sheet.unread_rows]
    more = wording.say("and-places", n=count(len(found) - PLACES)) if len(found) > PLACES else ""
    return wording.say("comma").join(wording.place(at) for at in found[:PLACES]) + more


def _records(report: Report, wording: Wording) -> str:
    """How many records of each kind were read, how many were judged, and why the others were not."""
    say, tally = wording.say, record_tally(report)
    text = count(tally.read)
    kinds = subjects_of_kinds(subjects_by_entity(report), wording)
    if kinds:
        text += say("brackets", text=kinds)
    if tally.left:
        several = len(tally.left) > 1
        why = [say(f"left-{reason}") + (f" {count(n)}" if several else "") for reason, n in tally.left.items()]
        left = count(tally.read - tally.judged) + say("brackets", text=say("comma").join(why))
        text += say("semicolon") + say("records-left", judged=count(tally.judged), left=left)
    if report.repeated:
        text += say("semicolon") + say("records-repeated", n=count(report.repeated))
    return text


def rules_in_words(report: Report, wording: Wording) -> str:
    """How many rules there are, and what became of them."""
    say, states = wording.say, rule_states(report)
    text = count(sum(states.values()))
    each = [f"{say(f'rules-{state}')} {count(n)}" for state, n in states.items() if n]
    return text + (say("brackets", text=say("comma").join(each)) if each else "")
