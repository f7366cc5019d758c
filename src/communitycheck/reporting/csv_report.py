"""The verdicts as CSV, one row each, the same rows as in the JSON report.

Numbers are plain (a share is a fraction); a range is ``low~high``. Every text stays on one line, and what a
spreadsheet would run as a formula is led by an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Reason, RuleResult, Verdict
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
CHUNK = 2048  # rows handed on at once
KEPT = 16_384  # figures of one rule kept in words
_JUDGED = (Reason.MET, Reason.MISSED)


def csv_report(report: Report, lang: Lang, *, all_verdicts: bool = False) -> Iterator[str]:
    """The rows in pieces, a header first. Lines end in a line feed; there is no byte-order mark."""
    wording = Wording.of(report, lang)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([wording.say(f"column-{c}") for c in COLUMNS])
    for result in report.results:
        rows = _Rows(result, wording)
        verdicts = result.verdicts(all_outcomes=all_verdicts)
        while chunk := list(islice(verdicts, CHUNK)):
            writer.writerows(map(rows.row, chunk))
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


class _Rows:
    """The rows of one rule's verdicts. Figures that recur are put into words once."""

    def __init__(self, result: RuleResult, wording: Wording) -> None:
        rule = result.rule
        self._rule, self._wording, self._add_unit = rule, wording, result.add_unit
        self._rule_cells = (
            rule.id,
            cell(wording.rule_title(rule)),
            rule.standard,
            cell(rule.clause),
            wording.severity(rule.severity),
        )
        self._unit = wording.say("ratio") if rule.unit == PERCENT else shown(rule.unit, wording.lang)
        self._lever = cell(wording.label(rule.lever, rule.standard)) if rule.lever else ""
        self._known: dict[tuple[object, ...], tuple[str, ...]] = {}

    def row(self, v: Verdict) -> tuple[str, ...]:
        wording, subject, at = self._wording, v.subject, v.at
        return (
            *self._rule_cells,
            wording.outcome(v.outcome),
            wording.entity(subject.entity),
            cell(wording.region(subject)),
            cell(subject.name),
            cell(subject.code),
            *self._figures(v),
            cell(at.path) if at else "",
            cell(at.sheet or "") if at else "",
            str(at.row) if at and at.row is not None else "",
            " ".join(v.cells),
            cell(v.waiver.reason) if v.waiver else "",
        )

    def _figures(self, v: Verdict) -> tuple[str, ...]:
        """The cells from ``observed`` to ``reason``; of a plain judged record they hang on its numbers alone."""
        if v.reason not in _JUDGED or v.waiver is not None or v.missing_items or v.denominator is not None:
            return self._worded(v)
        numbers = (v.outcome, v.reason, v.observed, v.required, v.shortfall, v.add)
        known = self._known.get(numbers)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[numbers] = self._worded(v)
        return known

    def _worded(self, v: Verdict) -> tuple[str, ...]:
        rule, wording = self._rule, self._wording
        add_unit = "" if v.add is None else self._add_unit or wording.unit_of(rule.lever or "", rule.standard)
        return (
            _value(v.observed, wording),
            _value(wording.required(v), wording),
            self._unit,
            plain(wording.shortfall(v)),
            self._lever if v.add is not None else "",
            plain(v.add),
            shown(add_unit, wording.lang),
            "" if v.numerator is None else _value(v.numerator, wording),
            plain(v.denominator),
            "" if v.blanks is None else str(v.blanks),
            cell(wording.reason(v, wording.figures(v, self._add_unit))),
        )


def _value(value: Value, wording: Wording) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return wording.truth(value)
    if isinstance(value, tuple):
        low, high = plain(value[0]), plain(value[1])
        return low if low == high else f"{low}~{high}"
    return plain(value)
