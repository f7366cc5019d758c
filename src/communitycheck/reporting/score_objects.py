"""Scores as JSON objects: what was scored and how, and a line for each subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.expression import show
from communitycheck.model.report import Report
from communitycheck.model.scores.score import Score
from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.model.subjects import Subject
from communitycheck.model.table import Ints
from communitycheck.reporting.json_objects import Object, line, number, subject_object
from communitycheck.reporting.lines.columns import CODE, NAME, REGION, MarkWriter
from communitycheck.reporting.lines.numbers import Texts
from communitycheck.reporting.lines.scores import RangeStyle, ScoreColumns, grade_states, in_chunks, item_states
from communitycheck.reporting.words.figures import Value

_STYLE = RangeStyle("[", ", ", "]", "null")
# What stands in the pattern of a line, and of an item in it, for what is filled in by the column.
_POINTS, _GRADES, _ITEMS = "\ue200", "\ue201", "\ue202"
_PIECES = re.compile(f"([{NAME}{CODE}{REGION}{_POINTS}{_GRADES}{_ITEMS}])")


def score_objects(report: Report, lang: Lang) -> Iterator[Object]:
    """The sheets themselves."""
    for found in report.scores:
        yield {**sheet_object(found.score, lang), "out_of_scope": len(found.outside)}


def score_lines(report: Report, lang: Lang, writer: MarkWriter) -> Iterator[str | memoryview]:
    """``"scored": [...]``, one subject of one sheet a line, in pieces of very many."""
    yield '"scored": ['
    begun = False
    regions: dict[tuple[str, ...], str] = {}
    for found in report.scores:
        lines = _SheetLines(found, lang, writer, regions)
        for text in in_chunks(np.arange(len(found), dtype=np.int32), lines.parts):
            yield text if begun else text[1:]  # no comma before the first
            begun = True
    yield "],\n"


class _SheetLines:
    """``score_line`` of the subjects of one sheet, written by the column."""

    def __init__(self, found: ScoreResult, lang: Lang, writer: MarkWriter, regions: dict[tuple[str, ...], str]) -> None:
        self._found, self._lang, self._writer, self._regions = found, lang, writer, regions
        self._grades, self._items = grade_states(found), [item_states(one) for one in found.items]
        entity = found.subjects.subject(0).entity if len(found) else ""
        whole = _line(found, Subject(entity, NAME, CODE, (REGION,)), _POINTS, {_GRADES: None}, [_ITEMS])
        text = line(whole).replace(f'["{REGION}"]', REGION).replace(f'"{_POINTS}"', _POINTS)
        text = text.replace(f'"{_GRADES}": null', _GRADES).replace(f'"{_ITEMS}"', _ITEMS)
        self._pattern = _PIECES.split(f",\n{text}")

    def parts(self, places: Ints) -> Iterator[Texts | str]:
        """What the lines of the subjects at ``places`` are joined of."""
        columns = ScoreColumns(self._found, places, self._writer, _STYLE, self._regions)
        for piece in self._pattern:
            if piece == _POINTS:
                yield columns.points
            elif piece == _GRADES:
                yield columns.one_for_each(self._grades, self._graded)
            elif piece == _ITEMS:
                yield from self._item_parts(columns)
            else:
                yield columns.of_subject(piece) if _PIECES.match(piece) else piece

    def _graded(self, i: int) -> str:
        return line(_grades(self._found, i, self._lang))[1:-1]

    def _item_parts(self, columns: ScoreColumns) -> Iterator[Texts | str]:
        for k, (one, states) in enumerate(zip(self._found.items, self._items, strict=True)):
            yield ", " * (k > 0) + _around_points(one, int(columns.places[0]))[0]
            yield columns.points_of(one)
            yield columns.one_for_each(states, partial(_behind_points, one))


def _around_points(one: ItemResult, i: int) -> list[str]:
    return line(_item(one, i, _POINTS)).split(f'"{_POINTS}"')


def _behind_points(one: ItemResult, i: int) -> str:
    return _around_points(one, i)[1]


def points(ends: tuple[float, float]) -> Value:
    """A score as the report has values: one number, a range, or nothing."""
    low, high = ends
    return None if low != low else low if low == high else (low, high)


def sheet_object(score: Score, lang: Lang) -> Object:
    return {
        "id": score.id,
        "standard": score.standard,
        "layer": score.layer,
        "title": score.title.in_lang(lang),
        "clause": score.clause,
        "entity": score.applies_to,
        "by": score.by or None,
        "where": show(score.scope.indicator) if score.scope is not None and score.scope.indicator is not None else None,
        "total": score.total,
        "highest": score.highest,
        "not_applicable": score.not_applicable,
        "items": [
            {
                "id": item.id,
                "title": item.title.in_lang(lang),
                "clause": item.clause,
                "section": item.section or None,
                "kind": item.kind,
                "way": item.way,
                "points": item.most,
                "rule": item.rule.id if item.rule is not None and item.way == "rule" else None,
            }
            for item in score.items
        ],
        "grades": [grade.name.in_lang(lang) for grade in score.grades],
        "vetoes": [{"title": veto.title.in_lang(lang), "clause": veto.clause} for veto in score.vetoes],
    }


def score_line(found: ScoreResult, i: int, subject: Subject, lang: Lang) -> Object:
    """The score of one subject, item by item."""
    items = [_item(one, i, number(points(one.range_of(i)))) for one in found.items]
    return _line(found, subject, number(points(found.range_of(i))), _grades(found, i, lang), items)


def _line(found: ScoreResult, subject: Subject, earned: object, grades: Object, items: object) -> Object:
    return {
        "score": found.score.id,
        "standard": found.score.standard,
        "subject": subject_object(subject),
        "points": earned,
        **grades,
        "items": items,
    }


def _grades(found: ScoreResult, i: int, lang: Lang) -> Object:
    vetoes = found.score.vetoes
    return {
        "may_not_apply": bool(found.may_not_apply[i]),
        "grades": [grade.name.in_lang(lang) for grade in found.grades_of(i)],
        "vetoed_by": [v.title.in_lang(lang) for v, holds in zip(vetoes, found.vetoed, strict=True) if holds[i]],
        "may_be_vetoed_by": [v.title.in_lang(lang) for v, may in zip(vetoes, found.may_veto, strict=True) if may[i]],
    }


def _item(one: ItemResult, i: int, earned: object) -> Object:
    outcome = one.outcome(i)
    return {
        "item": one.item.id,
        "points": earned,
        "left_out": bool(one.left_out[i]),
        "may_be_left_out": bool(one.may_leave_out[i]),
        "outcome": _unjudged(one) if outcome is None else outcome.word,
    }


def _unjudged(one: ItemResult) -> str:
    """Marked by hand, or without a column that answers it."""
    return "manual" if one.item.rule is None else "no_data"
