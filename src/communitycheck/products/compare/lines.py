"""What a comparison says of single subjects, a line each, for formats that list them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import Enum

import numpy as np
from msgspec import Struct

from communitycheck.model.subjects import Subject
from communitycheck.model.table import Bools, Ints
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns
from communitycheck.planning.compare.pairs import KindPairs
from communitycheck.planning.compare.side import NOWHERE, RuleVerdicts, SubjectKind, outcome_word
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.reporting.words.figures import Value

CHUNK = 2048  # lines made at once


class Stand(Struct, frozen=True):
    """A verdict of one side: its outcome, and the figures of it that are known."""

    outcome: str
    observed: Value = None
    required: Value = None
    short: float | None = None


class ChangeLine(Struct, frozen=True):
    """One rule and one subject that both sides have; ``was`` is what it was called where that differs."""

    one: ComparedRule
    subject: Subject
    was: Subject | None
    change: VerdictChange
    trend: Trend
    cause: ChangeCause
    before: Stand
    after: Stand


def change_lines(comparison: ComparedRuns, one: ComparedRule, places: Ints) -> Iterator[ChangeLine]:
    """The changes of a rule at ``places``."""
    pairs, found = comparison.pairs[one.changes.kind], one.changes
    for start in range(0, len(places), CHUNK):
        some = places[start : start + CHUNK]
        were = subjects_at(pairs.before, found.rows[some])
        are = subjects_at(pairs.after, found.rows_after[some])
        stood = stands(found.before, found.at[some])
        stand = stands(found.after, found.at_after[some])
        codes = (part[some].tolist() for part in (found.change, found.trend, one.cause))
        for was, subject, before, after, change, trend, cause in zip(were, are, stood, stand, *codes, strict=True):
            other = was if (was.name, was.code) != (subject.name, subject.code) else None
            yield ChangeLine(
                one, subject, other, VerdictChange(change), Trend(trend), ChangeCause(cause), before, after
            )


def stands(verdicts: RuleVerdicts | None, at: Ints) -> list[Stand]:
    """How a rule stands on its subjects at ``at`` (-1: it has no verdict on them)."""
    if verdicts is None:
        return [Stand(outcome_word(NOWHERE))] * len(at)
    columns = (
        verdicts.outcome, verdicts.observed_lo, verdicts.observed_hi, verdicts.required_lo, verdicts.required_hi,
        verdicts.short,
    )  # fmt: skip
    return [
        Stand(outcome_word(NOWHERE))
        if place < 0
        else Stand(
            outcome_word(outcome),
            _value(low, high, truth=verdicts.truth),
            _value(least, most, truth=verdicts.truth),
            None if math.isnan(short) else short,
        )
        for place, outcome, low, high, least, most, short in zip(
            at.tolist(), *(column[at].tolist() for column in columns), strict=True
        )
    ]


def _value(low: float, high: float, *, truth: bool) -> Value:
    if low == high:
        return None if not math.isfinite(low) else bool(low) if truth else low
    if truth or math.isnan(low) or math.isnan(high) or (math.isinf(low) and math.isinf(high)):
        return None
    return low, high


def failing_come(comparison: ComparedRuns, one: ComparedRule, places: Ints) -> Iterator[tuple[Subject, Stand]]:
    """The fails at ``places`` of the later side, of subjects that the earlier one does not list."""
    after = one.changes.after
    if after is not None:
        for start in range(0, len(places), CHUNK):
            some = places[start : start + CHUNK]
            subjects = subjects_at(comparison.pairs[one.changes.kind].after, after.rows[some])
            yield from zip(subjects, stands(after, some), strict=True)


class OnOneSide(Enum):
    """Why a subject stands on one side alone, and on which."""

    GONE = "gone"
    COME = "come"
    MERGED_OR_SPLIT = "merged_or_split"  # declared to be, since
    MADE_OF_OTHERS = "made_of_others"  # what came of it

    @property
    def later(self) -> bool:
        return self in (OnOneSide.COME, OnOneSide.MADE_OF_OTHERS)

    def among(self, pairs: KindPairs) -> Bools:
        """Who of that side it is."""
        match self:
            case OnOneSide.GONE:
                return pairs.gone
            case OnOneSide.COME:
                return pairs.come
            case OnOneSide.MERGED_OR_SPLIT:
                return pairs.parts
            case OnOneSide.MADE_OF_OTHERS:
                return pairs.parts_after


class AloneLine(Struct, frozen=True):
    """A subject that one side alone has, and how many rules it fails there."""

    subject: Subject
    kind: SubjectKind
    failed: int


def alone_lines(comparison: ComparedRuns, where: OnOneSide) -> Iterator[AloneLine]:
    """Who stands on one side alone, those with most fails first."""
    for kind, pairs in comparison.pairs.items():
        table = pairs.after if where.later else pairs.before
        rows = np.flatnonzero(where.among(pairs)).astype(np.int32)
        failed = comparison.failed[kind, where.later][rows]
        order = np.argsort(-failed, kind="stable")
        for start in range(0, len(rows), CHUNK):
            some = order[start : start + CHUNK]
            for subject, n in zip(subjects_at(table, rows[some]), failed[some].tolist(), strict=True):
                yield AloneLine(subject, kind, n)
