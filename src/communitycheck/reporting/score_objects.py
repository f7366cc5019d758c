"""Scores as JSON objects: what was scored and how, and a line for each subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.scores.score import Score
from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.model.subjects import Subject
from communitycheck.reporting.json_objects import Object, number
from communitycheck.reporting.words.figures import Value


def score_objects(report: Report, lang: Lang) -> Iterator[Object]:
    """The sheets themselves."""
    for found in report.scores:
        yield sheet_object(found.score, lang)


def score_lines(report: Report, lang: Lang) -> Iterator[Object]:
    """One object for each subject of each sheet."""
    for found in report.scores:
        items = list(zip(*(_items(one) for one in found.items), strict=True))
        for i, subject in found.named(np.arange(len(found), dtype=np.int32)):
            yield score_line(found, i, subject, lang, items[i])


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


def score_line(
    found: ScoreResult, i: int, subject: Subject, lang: Lang, items: Sequence[Object] | None = None
) -> Object:
    """The score of one subject, item by item; ``items`` where they are at hand."""
    return {
        "score": found.score.id,
        "standard": found.score.standard,
        "subject": {
            "entity": subject.entity,
            "name": subject.name,
            "code": subject.code,
            "region": list(subject.region),
        },
        "points": number(points(found.range_of(i))),
        "grades": [grade.name.in_lang(lang) for grade in found.grades_of(i)],
        "vetoed_by": [
            v.title.in_lang(lang) for v, holds in zip(found.score.vetoes, found.vetoed, strict=True) if holds[i]
        ],
        "may_be_vetoed_by": [
            v.title.in_lang(lang) for v, open_ in zip(found.score.vetoes, found.may_veto, strict=True) if open_[i]
        ],
        "items": [_item(one, i) for one in found.items] if items is None else items,
    }


def _items(one: ItemResult) -> list[Object]:
    """One item for all subjects; those to whom it gives the same share one object."""
    outcomes = np.zeros(len(one.lo)) if one.result is None or one.places is None else one.result.outcome[one.places]
    states = np.column_stack([one.lo, one.hi, one.left_out, one.may_leave_out, outcomes])
    _, first, of = np.unique(states, axis=0, return_index=True, return_inverse=True)
    objects = [_item(one, i) for i in first.tolist()]
    return [objects[k] for k in of.ravel().tolist()]


def _item(one: ItemResult, i: int) -> Object:
    outcome = one.outcome(i)
    return {
        "item": one.item.id,
        "points": number(points(one.range_of(i))),
        "left_out": bool(one.left_out[i]),
        "may_be_left_out": bool(one.may_leave_out[i]),
        "outcome": _unjudged(one) if outcome is None else outcome.word,
    }


def _unjudged(one: ItemResult) -> str:
    """Marked by hand, or without a column that answers it."""
    return "manual" if one.item.rule is None else "no_data"
