"""The workbook's sheets of verdicts, a row each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.report import Report
from communitycheck.model.result import CHUNK, Groups, Outcome, Records, RuleResult, Verdict
from communitycheck.model.table import Ints, Table
from communitycheck.reporting.formats.xlsx.book import Cell, Link, figure
from communitycheck.reporting.formats.xlsx.table import BookColumn, Tables, Written
from communitycheck.reporting.words.numbers import shown
from communitycheck.reporting.words.sentences import Wording


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


def write_verdicts(tables: Tables, levels: list[str], name: str, outcomes: tuple[Outcome, ...]) -> Written:
    """A row for each verdict of ``outcomes``, with the names of its regions of ``levels``."""
    wording = tables.wording
    say = wording.say
    shortfall = (
        BookColumn(say("column-shortfall"), right=True),
        BookColumn(say("column-lever"), wide=24),
        BookColumn(say("column-add"), right=True),
        BookColumn(say("column-add-unit")),
    )
    columns = [
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
    sheet = tables.sheet(name, columns)
    for result in tables.report.results:
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
            wording.lever(rule) if v.add is not None else "",
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
        wording.terms(v.waiver),
    ]


def _figure(value: object, text: str, unit: str, shown_unit: str) -> Cell:
    """A plain number as a number; a truth or a range in words. The unit stands in a column of its own."""
    if isinstance(value, float) and unit != DATE:
        return figure(value, text, unit)
    return text.removesuffix(f" {shown_unit}") if shown_unit else text


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
