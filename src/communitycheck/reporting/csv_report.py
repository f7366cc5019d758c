"""The verdicts as CSV, one row each, the same rows as in the JSON report.

Numbers are plain (a share is a fraction); a range is ``low~high``. Every text stays on one line, and what a
spreadsheet would run as a formula is led by an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import RuleResult, Verdict
from communitycheck.reporting.inert import cell
from communitycheck.reporting.numbers import PERCENT, plain, shown
from communitycheck.reporting.sentences import Value, Wording

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
CHUNK = 500  # rows handed on at once


def csv_report(report: Report, lang: Lang, *, all_verdicts: bool = False) -> Iterator[str]:
    """The rows in pieces, a header first. Lines end in a line feed; there is no byte-order mark."""
    wording = Wording.of(report, lang)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([wording.say(f"column-{c}") for c in COLUMNS])
    rows = 0
    for result in report.results:
        for verdict in result.verdicts(all_outcomes=all_verdicts):
            writer.writerow(_row(verdict, result, wording))
            rows += 1
            if rows % CHUNK == 0:
                yield sink.getvalue()
                sink.seek(0)
                sink.truncate()
    yield sink.getvalue()


def _row(v: Verdict, result: RuleResult, wording: Wording) -> list[str]:
    rule, subject, at = v.rule, v.subject, v.at
    figures = wording.figures(v, result.add_unit)
    add_unit = "" if v.add is None else result.add_unit or wording.unit_of(rule.lever or "", rule.standard)
    return [
        rule.id,
        cell(wording.rule_title(rule)),
        rule.standard,
        cell(rule.clause),
        wording.severity(rule.severity),
        wording.outcome(v.outcome),
        wording.entity(subject.entity),
        cell(wording.region(subject)),
        cell(subject.name),
        cell(subject.code),
        _value(v.observed, wording),
        _value(wording.required(v), wording),
        wording.say("ratio") if rule.unit == PERCENT else shown(rule.unit, wording.lang),
        plain(wording.shortfall(v)),
        cell(wording.label(rule.lever, rule.standard)) if rule.lever and v.add is not None else "",
        plain(v.add),
        shown(add_unit, wording.lang),
        "" if v.numerator is None else _value(v.numerator, wording),
        plain(v.denominator),
        "" if v.blanks is None else str(v.blanks),
        cell(wording.reason(v, figures)),
        cell(at.path) if at else "",
        cell(at.sheet or "") if at else "",
        str(at.row) if at and at.row is not None else "",
        " ".join(v.cells),
        cell(v.waiver.reason) if v.waiver else "",
    ]


def _value(value: Value, wording: Wording) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return wording.truth(value)
    if isinstance(value, tuple):
        low, high = plain(value[0]), plain(value[1])
        return low if low == high else f"{low}~{high}"
    return plain(value)
