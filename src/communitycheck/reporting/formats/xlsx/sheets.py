"""The report as an Excel workbook: summary with charts, rules, failures, regions, what could not be judged, notices,
provenance. What does not fit is counted on the summary sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.model.result import CHUNK, OUTCOMES, Groups, Outcome, Records, RuleResult, Verdict
from communitycheck.model.table import Ints, Table
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.book import Book, Cell, Link, Rate, figure
from communitycheck.reporting.formats.xlsx.summary import write_provenance, write_summary
from communitycheck.reporting.formats.xlsx.table import BookColumn, TableSheet, Written
from communitycheck.reporting.totals.regions import RegionTally, region_tallies
from communitycheck.reporting.totals.rules import all_notices, tally
from communitycheck.reporting.words.numbers import amount, shown
from communitycheck.reporting.words.phrases import lacking_in_words
from communitycheck.reporting.words.sentences import Wording

_LISTED = (Outcome.FAIL, Outcome.NOT_DUE)
_UNDECIDED = (Outcome.NO_DATA, Outcome.ERROR)


def write_workbook(
    report: Report, sink: IO[bytes], lang: Lang, *, folder: Path, all_verdicts: bool = False, rows: int = ROWS
) -> None:
    """Write the workbook.

    Args:
        folder: where the file will lie, for links into the returns.
        rows: rows of a sheet, the header included; a longer table goes on in further sheets.

    Raises:
        OSError: the file could not be written.
    """
    wording = Wording.of(report, lang)
    with Book(sink, font=FONTS[lang], folder=folder, day=report.as_of, footer=wording.say("page")) as book:
        _fill(report, book, wording, all_verdicts, rows)


def _fill(report: Report, book: Book, wording: Wording, all_verdicts: bool, rows: int) -> None:
    levels = stated_levels(report)
    front = book.sheet(wording.say("sheet-summary"))
    # Region by region, the larger levels first.
    regions = sorted(region_tallies(report), key=lambda f: (REGION_LEVELS.index(f[1].level), f[1].path))
    written = [
        _rules(report, book, wording),
        _verdicts(report, book, wording, levels, "failures", _LISTED, rows),
        _regions(regions, book, wording, levels, rows),
        _verdicts(report, book, wording, levels, "undecided", _UNDECIDED, rows),
    ]
    if all_verdicts:
        written.append(_verdicts(report, book, wording, levels, "verdicts", OUTCOMES, rows))
    written.append(_notices(report, book, wording, rows))
    write_provenance(report, book, wording, rows)
    write_summary(report, book, wording, front, regions, written)


def stated_levels(report: Report) -> list[str]:
    """Region levels that any subject states, the largest first."""
    found: set[str] = set()
    for result in report.results:
        if result.rule.manual is not None:
            continue
        if isinstance(result.subjects, Records):
            found |= result.subjects.table.regions.keys() - {result.subjects.table.entity}
        elif isinstance(result.subjects, Groups):
            found |= set(result.subjects.levels)
    return [level for level in REGION_LEVELS if level in found]


def _rules(report: Report, book: Book, wording: Wording) -> Written:
    say = wording.say
    fields = [
        BookColumn(say("column-rule"), wide=24),
        BookColumn(say("column-title"), wide=36),
        *(BookColumn(say(f"column-{c}"), wide=24) for c in ("severity", "clause", "threshold", "due")),
        BookColumn(say("column-passed"), right=True, dash=True),
        BookColumn(say("column-judged"), right=True, dash=True),
        BookColumn(say("column-rate"), bar=True),
        *(BookColumn(wording.outcome(o), right=True, dash=True) for o in OUTCOMES if o is not Outcome.PASS),
        BookColumn(say("outcome-waived"), right=True, dash=True),
        BookColumn(say("column-verdicts"), right=True, dash=True),
        BookColumn(say("column-shortfall"), right=True, dash=True),
        BookColumn(say("column-shortfall-unit")),
        BookColumn(say("column-lacking"), wide=24),
        *(BookColumn(say(f"column-{c}"), printed=False) for c in ("note", "entity", "standard", "layer")),
    ]
    sheet = TableSheet(book, say("sheet-rules"), fields)
    for result in report.results:
        rule, one = result.rule, tally(result, report.dictionary)
        manual = rule.manual.in_lang(wording.lang) if rule.manual is not None else ""
        cells: list[Cell] = [
            rule.id,
            wording.rule_title(rule),
            wording.severity(rule.severity),
            rule.clause,
            wording.threshold(rule),
            rule.due.isoformat() if rule.due else "",
            one.passed,
            one.judged,
            Rate(one.passed, one.judged),
            *(one.counts[o] for o in OUTCOMES if o is not Outcome.PASS),
            len(result.waived),
            len(result),
            _sum(one.shortfall, one.unit, wording),
            shown(one.unit, wording.lang) if one.shortfall else "",
            lacking_in_words(result, wording),
            manual or result.error or rule.note.in_lang(wording.lang),
            wording.entity(wording.rule_entity(rule)),
            rule.standard,
            rule.layer or rule.standard,
        ]
        sheet.add(cells)
    return sheet.close(say("table-empty"))


def _verdicts(
    report: Report,
    book: Book,
    wording: Wording,
    levels: list[str],
    name: str,
    outcomes: tuple[Outcome, ...],
    rows: int,
) -> Written:
    """A row for each verdict of ``outcomes``."""
    say = wording.say
    shortfall = (
        BookColumn(say("column-shortfall"), right=True),
        BookColumn(say("column-add"), right=True),
        BookColumn(say("column-add-unit")),
    )
    fields = [
        *(BookColumn(say(f"column-{c}"), wide=22) for c in ("rule", "title", "severity", "clause", "outcome")),
        *(BookColumn(wording.entity(level), wide=16) for level in levels),
        BookColumn(say("column-name"), wide=22),
        BookColumn(say("column-observed"), right=True),
        BookColumn(say("column-required"), right=True),
        BookColumn(say("column-unit")),
        *(shortfall if name != "undecided" else ()),
        BookColumn(say("column-cells"), wide=16),
        BookColumn(say("column-reason"), wide=60),
        *(BookColumn(say(f"column-{c}"), printed=False) for c in ("path", "sheet", "standard", "entity", "waiver")),
    ]
    sheet = TableSheet(book, say(f"sheet-{name}"), fields, rows=rows)
    for result in report.results:
        places = np.nonzero(np.isin(result.outcome, outcomes))[0].astype(np.int32)
        where = regions_of(result, places, levels)
        for verdict, regions in zip(result.verdicts_at(places), where, strict=True):
            sheet.add(_verdict(verdict, result, regions, wording, with_shortfall=name != "undecided"))
    return sheet.close(say("table-empty"))


def _verdict(
    v: Verdict, result: RuleResult, regions: tuple[str, ...], wording: Wording, *, with_shortfall: bool
) -> list[Cell]:
    rule, at, lang = v.rule, v.at, wording.lang
    figures = wording.figures(v, result.add_unit)
    add_unit = result.add_unit or wording.unit_of(rule.lever or "", rule.standard)
    unit = shown(rule.unit, lang)
    shortfall: list[Cell] = []
    if with_shortfall:
        shortfall = [
            figure(wording.shortfall(v), figures.missing, rule.unit),
            figure(v.add, figures.add, add_unit),
            shown(add_unit, lang) if v.add is not None else "",
        ]
    return [
        rule.id,
        wording.rule_title(rule),
        wording.severity(rule.severity),
        rule.clause,
        wording.outcome(v.outcome),
        *regions,
        wording.name(v.subject),
        _figure(v.observed, figures.observed, rule.unit, unit),
        _figure(wording.required(v), figures.required, rule.unit, unit),
        unit,
        *shortfall,
        Link(wording.spot(at, v.cells), at, v.cells[0] if v.cells else None),
        wording.reason(v, figures),
        at.path if at else "",
        (at.sheet or "") if at else "",
        rule.standard,
        wording.entity(v.subject.entity),
        v.waiver.reason if v.waiver else "",
    ]


def _figure(value: object, text: str, unit: str, shown_unit: str) -> Cell:
    """A plain number as a number; a truth or a range in words. The unit stands in a column of its own."""
    if isinstance(value, float):
        return figure(value, text, unit)
    return text.removesuffix(f" {shown_unit}") if shown_unit else text


def _sum(value: float | None, unit: str, wording: Wording) -> Cell:
    return None if value is None else figure(value, amount(value, unit, wording.lang), unit)


def regions_of(result: RuleResult, places: Ints, levels: list[str]) -> Iterator[tuple[str, ...]]:
    """The names of the regions that the subjects at ``places`` belong to, one for each of ``levels``."""
    subjects = result.subjects
    if not levels:
        yield from ((),) * len(places)
    elif isinstance(subjects, Records):
        rows = subjects.rows(places)
        for start in range(0, len(rows), CHUNK):
            here = rows[start : start + CHUNK]
            yield from zip(*(_region_names(subjects.table, level, here) for level in levels), strict=True)
    else:
        assert isinstance(subjects, Groups)
        for i in places.tolist():
            names = dict(zip(REGION_LEVELS, subjects.region(i), strict=False))
            yield tuple(names.get(level) or "" for level in levels)


def _region_names(table: Table, level: str, rows: Ints) -> list[str]:
    coded = table.regions.get(level)
    if coded is None:
        return [""] * len(rows)
    return [coded.names[code] if code >= 0 else "" for code in coded.codes[rows].tolist()]


def _regions(
    regions: list[tuple[RuleResult, RegionTally]], book: Book, wording: Wording, levels: list[str], rows: int
) -> Written:
    say = wording.say
    fields = [
        BookColumn(say("column-level")),
        *(BookColumn(wording.entity(level), wide=24) for level in levels),
        *(BookColumn(say(f"column-{c}")) for c in ("rule", "title", "severity")),
        *(BookColumn(say(f"column-{c}"), right=True, dash=True) for c in ("passed", "judged")),
        BookColumn(say("column-rate"), bar=True),
        *(BookColumn(say(f"column-{c}"), right=True, dash=True) for c in ("failed", "not-due", "no-data", "shortfall")),
        BookColumn(say("column-shortfall-unit")),
    ]
    sheet = TableSheet(book, say("sheet-regions"), fields, rows=rows)
    for result, one in regions:
        names = _named(one, levels, wording)
        sheet.add(
            [
                wording.entity(one.level),
                *names,
                result.rule.id,
                wording.rule_title(result.rule),
                wording.severity(result.rule.severity),
                one.passed,
                one.judged,
                Rate(one.passed, one.judged),
                one.failed,
                one.not_due,
                one.no_data,
                _sum(one.shortfall, one.unit, wording),
                shown(one.unit, wording.lang) if one.shortfall else "",
            ]
        )
    return sheet.close(say("table-empty"))


def _named(one: RegionTally, levels: list[str], wording: Wording) -> Iterator[str]:
    """The region's name in the column of its level, with those it lies in."""
    names = dict(zip(REGION_LEVELS, one.names, strict=False))
    for level in levels:
        yield names.get(level) or (wording.say("region-unnamed") if level == one.level else "")


def _notices(report: Report, book: Book, wording: Wording, rows: int) -> Written:
    say = wording.say
    columns = ("level", "notice", "path", "sheet", "cells", "text")
    fields = [BookColumn(say(f"column-{c}"), wide=60 if c in ("notice", "path") else 40) for c in columns]
    sheet = TableSheet(book, say("sheet-notices"), fields, rows=rows)
    for notice in all_notices(report):
        at = notice.at
        sheet.add(
            [
                say(f"level-{notice.level}"),
                wording.notice(notice),
                at.path,
                at.sheet or "",
                Link(wording.spot(at), at),
                notice.text,
            ]
        )
    for error in report.unread:
        sheet.add([say("level-unread"), wording.error(error), error.path, error.sheet or "", None, ""])
    return sheet.close(say("table-empty"))
