"""Scores as lines of text, very many at a time: the columns in which the subjects of one assessment sheet differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.model.subjects import Records
from communitycheck.model.table import Floats, Ints
from communitycheck.reporting.lines.columns import CODE, NAME, REGION, TEXT, MarkWriter, SubjectColumns, joined, one_of
from communitycheck.reporting.lines.numbers import Texts

CHUNK = 1 << 12  # subjects joined at once


class RangeStyle(NamedTuple):
    """How a format writes ``low`` and ``high`` where they differ, and where there is no number."""

    before: str
    between: str
    after: str
    none: str


class ScoreColumns:
    """The columns of some subjects of one sheet; ``regions`` are those that have been written before."""

    def __init__(
        self,
        found: ScoreResult,
        places: Ints,
        writer: MarkWriter,
        style: RangeStyle,
        regions: dict[tuple[str, ...], str],
    ) -> None:
        self.found, self.places = found, places
        self._writer, self._style = writer, style
        self._subjects = self._of_records(regions) if isinstance(found.subjects, Records) else self._one_by_one()

    def of_subject(self, mark: str) -> Texts:
        """Their names, codes or regions."""
        return self._subjects[mark]

    @property
    def points(self) -> Texts:
        return self.range_of(self.found.lo, self.found.hi)

    def points_of(self, item: ItemResult) -> Texts:
        return self.range_of(item.lo, item.hi)

    def range_of(self, low: Floats, high: Floats) -> Texts:
        """One number, or two where only bounds are known."""
        lo, hi = low[self.places], high[self.places]
        one, other = self._writer.numbers(lo), self._writer.numbers(hi)
        before, between, after, none = (pa.scalar(text, TEXT) for text in self._style)
        both = pc.binary_join_element_wise(before, one, between, other, after, pa.scalar("", TEXT))
        return pc.if_else(pa.array(np.isnan(lo)), none, pc.if_else(pa.array(lo == hi), one, both))

    def one_for_each(self, states: Ints, write: Callable[[int], str]) -> Texts:
        """What ``write`` says of the first subject of each state, for all in it; ``states`` are of all subjects."""
        _, first, which = np.unique(states[self.places], return_index=True, return_inverse=True)
        return one_of([write(i) for i in self.places[first].tolist()], which.ravel())

    def _of_records(self, regions: dict[tuple[str, ...], str]) -> dict[str, Texts]:
        assert isinstance(self.found.subjects, Records)
        columns = SubjectColumns(self.found.subjects, self.places, self._writer, regions)
        return {mark: columns.get(mark) for mark in (NAME, CODE, REGION)}

    def _one_by_one(self) -> dict[str, Texts]:
        """Of regions, which are few."""
        some = [seen.subject for seen in self.found.subjects.with_cells(self.places, ())]
        escape = self._writer.escape
        return {
            NAME: pa.array([escape(one.name) for one in some], TEXT),
            CODE: pa.array([escape(one.code) for one in some], TEXT),
            REGION: pa.array([self._writer.region(one.region) for one in some], TEXT),
        }


def item_states(one: ItemResult) -> Ints:
    """Equal for subjects of which the item says the same, its points apart."""
    outcomes = np.zeros(len(one.lo)) if one.result is None or one.places is None else one.result.outcome[one.places]
    found: Ints = (outcomes.astype(np.int32) * 2 + one.left_out) * 2 + one.may_leave_out
    return found


def grade_states(found: ScoreResult) -> Ints:
    """Equal for subjects of the same grades, vetoes and doubts; ``worst`` and ``best`` may be -1."""
    n = len(found.score.grades) + 1
    states: Ints = ((found.worst + 1) * n + found.best + 1).astype(np.int32)
    for flags in (*found.vetoed, *found.may_veto, found.may_not_apply):
        states = np.unique(states * 2 + flags, return_inverse=True)[1].ravel().astype(np.int32)
    return states


def in_chunks(order: Ints, parts: Callable[[Ints], Iterable[Texts | str]]) -> Iterator[memoryview]:
    """The lines of the subjects in ``order``: what their ``parts`` join to."""
    for start in range(0, len(order), CHUNK):
        some = parts(order[start : start + CHUNK])
        texts = (pa.scalar(part, TEXT) if isinstance(part, str) else part for part in some)
        yield joined(pc.binary_join_element_wise(*texts, pa.scalar("", TEXT)))
