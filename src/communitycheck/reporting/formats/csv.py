"""The verdicts as CSV, one row each, the same rows as in the JSON report.

Numbers are plain (a share is a fraction); a range is ``low~high``. Every text stays on one line, and what a
spreadsheet would run as a formula is led by an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from communitycheck.messages import Lang
from communitycheck.model.expression.calendar_days import DATE, iso
from communitycheck.model.report import Report
from communitycheck.model.result import RuleResult, Verdict
from communitycheck.model.table import Floats
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.lines.columns import (
    ADD,
    CODE,
    NAME,
    OBSERVED,
    PATH,
    REGION,
    REQUIRED,
    ROW,
    SHEET,
    SHORTFALL,
)
from communitycheck.reporting.lines.numbers import Texts, plains
from communitycheck.reporting.lines.writer import verdict_lines
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import PERCENT, plain, shown
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "rule",
    "title",
    "standard",
    "clause",
    "severity",
    "outcome",
    "entity",
    "region",
    "name",
    "code",
    "observed",
    "required",
    "unit",
    "shortfall",
    "lever",
    "add",
    "add-unit",
    "numerator",
    "denominator",
    "blanks",
    "reason",
    "path",
    "sheet",
    "row",
    "cells",
    "waiver",
)
_NUMBERS = {OBSERVED: "observed", REQUIRED: "required", SHORTFALL: "shortfall", ADD: "add"}
_MARKS = {"region": REGION, "name": NAME, "code": CODE, "path": PATH, "sheet": SHEET, "row": ROW}


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str | memoryview]:
    """The rows in pieces, some of them in UTF-8 already, a header first.

    Lines end in a line feed; there is no byte-order mark.
    """
    wording = Wording.of(report, lang)
    yield record(wording.say(f"column-{c}") for c in COLUMNS)
    yield from verdict_lines(report, CsvLines(wording), wording, all_verdicts=options.all_verdicts)


class CsvLines:
    """A verdict as a row (see ``LineFormat``)."""

    odd = r"[^0-9A-Za-z\x{3400}-\x{9fff}（）()·]"

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def line(self, verdict: Verdict, result: RuleResult) -> str:
        reason = self._wording.reason(verdict, self._wording.figures(verdict, result.add_unit))
        return record(self._cells(verdict, result, reason).values())

    def pattern(self, verdict: Verdict, result: RuleResult, reason: str, numbers: frozenset[str]) -> str:
        marks = {name: mark for mark, name in _NUMBERS.items() if mark in numbers}
        return record({**self._cells(verdict, result, reason), **_MARKS, **marks}.values())

    def escape(self, text: str) -> str:
        return _field(cell(text))

    def region(self, path: tuple[str, ...]) -> str:
        return _field(cell("/".join(path)))

    def numbers(self, values: Floats) -> Texts:
        return plains(values)

    def _cells(self, v: Verdict, result: RuleResult, reason: str) -> dict[str, str]:
        rule, wording, subject, at = v.rule, self._wording, v.subject, v.at
        lever = unit = ""
        if v.add is not None:
            lever = wording.lever(rule)
            unit = shown(result.add_unit or wording.unit_of(rule.lever or "", rule.standard), wording.lang)
        cells = (
            rule.id,
            cell(wording.rule_title(rule)),
            rule.standard,
            cell(rule.clause),
            wording.severity(rule.severity),
            wording.outcome(v.outcome),
            wording.entity(subject.entity),
            cell("/".join(subject.region)),
            cell(subject.name),
            cell(subject.code),
            _value(v.observed, wording, rule.unit),
            _value(wording.required(v), wording, rule.unit),
            wording.say("ratio") if rule.unit == PERCENT else shown(rule.unit, wording.lang),
            plain(wording.shortfall(v)),
            cell(lever),
            plain(v.add),
            unit,
            "" if v.numerator is None else _value(v.numerator, wording),
            plain(v.denominator),
            "" if v.blanks is None else str(v.blanks),
            cell(reason),
            cell(at.path) if at else "",
            cell(at.sheet or "") if at else "",
            str(at.row) if at and at.row is not None else "",
            cell(wording.spot(at, v.cells)) if at and at.key else " ".join(v.cells),
            cell(wording.terms(v.waiver)) if v.waiver else "",
        )
        return dict(zip(COLUMNS, cells, strict=True))


def record(cells: Iterable[str]) -> str:
    """One row with its line feed."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerow(cells)
    return sink.getvalue()


def _field(text: str) -> str:
    """One cell of a row of many."""
    return record(["", text])[1:-1]


def _value(value: Value, wording: Wording, unit: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return wording.truth(value)
    if isinstance(value, tuple):
        low, high = (iso(end) if unit == DATE else plain(end) for end in value)
        return low if low == high else f"{low}~{high}"
    return iso(value) if unit == DATE else plain(value)
