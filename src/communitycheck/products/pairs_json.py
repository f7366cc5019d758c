"""Whose subjects are the same on two sides, as JSON: how many by which step, and whom a reader should look at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.table import Ints
from communitycheck.planning.compare.comparison import renamed
from communitycheck.planning.compare.pairs import KindPairs
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.reporting.json_objects import Object, subject_object
from communitycheck.reporting.words.numbers import clean


def kind_object(pairs: KindPairs, *, in_part: bool = False) -> Object:
    """How many are matched, gone and come; ``in_part``: one side does not tell everybody."""
    matched = pairs.matched
    return {
        "entity": pairs.kind.entity,
        "group": pairs.kind.group,
        "before": len(pairs.before),
        "after": len(pairs.after),
        "matched": {rung.word: pairs.count(rung) for rung in Rung if rung is not Rung.NONE},
        "merged_or_split": [int(pairs.parts.sum()), int(pairs.parts_after.sum())],
        "gone": int(pairs.gone.sum()),
        "come": int(pairs.come.sum()),
        "several": [int(matched.several.sum()), int(matched.several_there.sum())],
        "questions": len(matched.questions),
        "unmatched": None if in_part else clean(pairs.unmatched),
        "comparable": None if in_part else pairs.comparable,
    }


def renamed_objects(pairs: KindPairs) -> Iterator[Object]:
    """Who is found under another name or code."""
    here = renamed(pairs)
    for k, (before, after) in zip(here.tolist(), pairs.sides(here, pairs.matched.found[here]), strict=True):
        how = Rung(int(pairs.matched.how[k])).word
        yield {"before": subject_object(before), "after": subject_object(after), "by": how}


def question_objects(pairs: KindPairs) -> Iterator[Object]:
    """Who may be one subject, and why nobody knows."""
    asked = pairs.matched.questions
    here, there = (np.array(rows, np.int32) for rows in ([q.here for q in asked], [q.there for q in asked]))
    for question, (before, after) in zip(asked, pairs.sides(here, there), strict=True):
        yield {"before": subject_object(before), "after": subject_object(after), "why": question.why.word}


def several_objects(pairs: KindPairs) -> Iterator[Object]:
    """Who stands several times on one side."""
    for side, table, mask in (
        ("before", pairs.before, pairs.matched.several),
        ("after", pairs.after, pairs.matched.several_there),
    ):
        rows: Ints = np.flatnonzero(mask).astype(np.int32)
        for one in subjects_at(table, rows):
            yield {"side": side, "subject": subject_object(one)}
