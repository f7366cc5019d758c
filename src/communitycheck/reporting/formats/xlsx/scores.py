"""The workbook's sheet of scores: a row for each subject, a column for each item."""

from __future__ import annotations

from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.reporting.formats.xlsx.book import Cell, Figure
from communitycheck.reporting.formats.xlsx.table import BookColumn, Tables, Written
from communitycheck.reporting.scores import dearest, doubts, grade_text, item_heading, points_of, range_text


def write_scores(tables: Tables) -> list[Written]:
    """A sheet for each assessment sheet; none where the standards have none."""
    return [_write(tables, found, k) for k, found in enumerate(tables.report.scores)]


def _write(tables: Tables, found: ScoreResult, k: int) -> Written:
    wording, score = tables.wording, found.score
    say, lang = wording.say, wording.lang
    columns = [
        BookColumn(say("column-region"), wide=24),
        BookColumn(say("column-name"), wide=24),
        BookColumn(say("column-score-low"), right=True),
        BookColumn(say("column-score-high"), right=True),
        BookColumn(say("column-grade"), wide=20),
        *(BookColumn(item_heading(one.item, lang), right=True, wide=16) for one in found.items),
        BookColumn(say("column-vetoes"), wide=30),
        BookColumn(say("column-lost"), wide=40),
    ]
    name = say("sheet-scores") + (f" {k + 1}" if k else "")
    sheet = tables.named_sheet(name, columns)
    for i, subject in found.named(found.order()):
        low, high = found.range_of(i)
        vetoes = [v.title.in_lang(lang) for v, holds in zip(score.vetoes, found.vetoed, strict=True) if holds[i]]
        vetoes += [
            f"{v.title.in_lang(lang)}（?）" for v, may in zip(score.vetoes, found.may_veto, strict=True) if may[i]
        ]
        cells: list[Cell] = [
            wording.region(subject),
            wording.name(subject),
            _figure(low),
            _figure(high),
            grade_text(found, i, wording),
            *(_points(tables, one, i) for one in found.items),
            wording.listed(vetoes),
            wording.listed(filter(None, (*doubts(found, i, wording), dearest(found, i, wording)))),
        ]
        sheet.add(cells)
    return sheet.close(say("table-empty"))


def _figure(value: float) -> Cell:
    return None if value != value else Figure(round(value, 2), points_of(value))


def _points(tables: Tables, one: ItemResult, i: int) -> Cell:
    """The points as a number; a range as text."""
    low, high = one.range_of(i)
    if one.left_out[i]:
        return tables.wording.say("none")
    return _figure(low) if low == high else range_text(low, high, tables.wording)
