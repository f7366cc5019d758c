"""The verdicts as CSV, one row each, the same rows as in the JSON report.

Numbers are plain (a share is a fraction); a range is ``low~high``. Every text stays on one line, and what a
spreadsheet would run as a formula is led by an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Reason, Records, RuleResult, Verdict
from communitycheck.model.table import Ints
from communitycheck.reporting.inert import cell
from communitycheck.reporting.numbers import PERCENT, amounts, difference, plain, shown
from communitycheck.reporting.sentences import SIGNS, Figures, Value, Wording

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
_NO_MORE = ("",) * 6  # no lever, no group


def csv_report(report: Report, lang: Lang, *, all_verdicts: bool = False) -> Iterator[str]:
    """The rows in pieces, a header first. Lines end in a line feed; there is no byte-order mark."""
    wording = Wording.of(report, lang)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([wording.say(f"column-{c}") for c in COLUMNS])
    for result in report.results:
        rows = _Rows(result, wording)
        places = result.places(all_outcomes=all_verdicts)
        for start in range(0, len(places), CHUNK):
            writer.writerows(rows.at(places[start : start + CHUNK]))
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


class _Rows:
    """The rows of one rule's verdicts. Figures that recur are put into words once."""

    def __init__(self, result: RuleResult, wording: Wording) -> None:
        rule = result.rule
        self._result, self._rule, self._wording, self._add_unit = result, rule, wording, result.add_unit
        self._outcomes = [wording.outcome(o) for o in OUTCOMES]
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
        self._sentences: dict[int, list[str] | None] = {}
        self._regions: dict[tuple[str, ...], str] = {}

    def at(self, places: Ints) -> Iterator[tuple[str, ...]]:
        """The rows of the verdicts at ``places``, column by column."""
        result, wording, n = self._result, self._wording, len(places)
        subjects = result.subjects
        outcomes = [self._outcomes[o] for o in result.outcome[places].tolist()]
        figures = self._figures(places)
        waived = [cell(result.waived[i].reason) if i in result.waived else "" for i in places.tolist()]
        if isinstance(subjects, Records):
            seen = subjects.columns(places, result.fields)
            regions, entities = seen.regions, [wording.entity(subjects.table.entity)] * n
            names, codes, rows, cells = seen.names, seen.codes, seen.rows, seen.cells
            paths, sheets = seen.paths, seen.sheets
        else:
            groups = [one.subject for one in subjects.seen(places, result.fields)]
            regions, entities = [g.region for g in groups], [wording.entity(g.entity) for g in groups]
            names, codes = [g.name for g in groups], [g.code for g in groups]
            paths = sheets = rows = cells = [""] * n
        columns = (entities, map(self._region, regions), map(cell, names), map(cell, codes))
        places_in_file = (map(cell, paths), map(cell, sheets), rows, cells, waived)
        for outcome, subject, figure, place in zip(
            outcomes, zip(*columns, strict=True), figures, zip(*places_in_file, strict=True), strict=True
        ):
            yield (*self._rule_cells, outcome, *subject, *figure, *place)

    def _region(self, region: tuple[str, ...]) -> str:
        known = self._regions.get(region)
        if known is None:
            known = self._regions[region] = cell("/".join(region))
        return known

    def _figures(self, places: Ints) -> list[tuple[str, ...]]:
        """For each verdict the cells from ``observed`` to ``reason``.

        Those of a plain judged record hang on its numbers alone, and many records share them.
        """
        result = self._result
        if len(self._known) > KEPT:
            self._known.clear()
        plain_rule = isinstance(result.subjects, Records) and not result.items_missing and not result.waived
        keys: list[tuple[object, ...]] = [
            numbers if plain_rule and numbers[1] in _JUDGED else (place,)
            for place, numbers in zip(places.tolist(), result.numbers_at(places), strict=True)
        ]
        new = {key: k for k, key in enumerate(keys) if key not in self._known}
        quick = {key: row for key, k in new.items() if len(key) > 1 and (row := self._missed(key, int(places[k])))}
        self._known.update(quick)
        rest = [k for key, k in new.items() if key not in quick]
        if rest:
            verdicts = result.verdicts_at(places[rest])
            self._known.update(zip((keys[k] for k in rest), map(self._worded, verdicts), strict=True))
        return [self._known[key] for key in keys]

    def _missed(self, numbers: tuple[Any, ...], place: int) -> tuple[str, ...] | None:
        """The same cells of the commonest verdict, one number that misses another; None for any other."""
        outcome, reason, observed, high, required, limit, short, add = numbers
        if reason != Reason.MISSED or add is not None or short is None or observed != high or required != limit:
            return None
        if outcome not in self._sentences:
            self._sentences[outcome] = self._sentence(place)
        sentence = self._sentences[outcome]
        short = difference(short, required)
        if sentence is None or short is None or not (isfinite(observed) and isfinite(required)):
            return None
        wording, unit = self._wording, self._rule.unit
        seen, wanted = amounts([observed, required], unit, wording.lang)
        start, between, before, end = sentence
        told = f"{start}{seen}{between}{wanted}{before}{wording.missing(short, unit)}{end}"
        return (plain(observed), plain(required), self._unit, plain(short), *_NO_MORE, told)

    def _sentence(self, place: int) -> list[str] | None:
        """What stands around observed, required and missing in the reason of all such verdicts, in four pieces."""
        rule, marks = self._rule, ("\ue000", "\ue001", "\ue002")
        if self._result.kind != "number" or rule.threshold is None or rule.threshold.comparison not in SIGNS:
            return None
        figures = Figures(marks[0], SIGNS[rule.threshold.comparison] + marks[1], marks[2])
        text = cell(self._wording.reason(self._result.verdict(place), figures))
        pieces = re.split("|".join(marks), text)
        return pieces if re.findall("|".join(marks), text) == list(marks) else None

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
