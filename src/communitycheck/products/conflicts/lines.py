"""The conflicts one by one, both cells named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from communitycheck.model.subjects import Records, Subject
from communitycheck.model.table import Column, State, Table
from communitycheck.planning.conflicts.find_conflicts import TWICE, CellPairs, ReturnConflicts
from communitycheck.printable import one_line
from communitycheck.reporting.words.sentences import Wording


class ConflictLine(Struct, frozen=True):
    """One field of one subject: its value and cell in each of two returns."""

    subject: Subject
    field: str
    value: str
    other: str
    at: str
    other_at: str


def conflict_lines(found: ReturnConflicts, wording: Wording) -> Iterator[ConflictLine]:
    """All conflicts of two returns, in the order of the rows of the first."""
    table = found.table
    for subject, key, rows in _placed(table, found.fields):
        row, other = rows
        values = _values(table.columns[key], table, row, other, wording)
        yield ConflictLine(subject, key, *values, *(table.place_of(key, k) for k in rows))


class UnusedLine(Struct, frozen=True):
    """One field of one subject of which a cell is not used: how each of the two cells was read, and where it is."""

    subject: Subject
    field: str
    states: tuple[State, State]
    at: str
    other_at: str

    def reason(self, wording: Wording, *places: str) -> str:
        """Which cell was not used and why, in words; ``places`` are what the two cells are called."""
        sides = zip(self.states, places or (self.at, self.other_at), strict=True)
        odd = tuple((self.field, state, one_line(at)) for state, at in sides if state is not State.KNOWN)
        return wording.cells(odd)


def unused_lines(found: ReturnConflicts) -> Iterator[UnusedLine]:
    """All pairs of cells of two returns of which one is not used, in the order of the rows of the first."""
    table = found.table
    for subject, key, rows in _placed(table, found.unused):
        row, other = rows
        states = table.columns[key].state_at(row), table.columns[key].state_at(other)
        yield UnusedLine(subject, key, states, *(table.place_of(key, k) for k in rows))


def _placed(table: Table, cells: Sequence[CellPairs]) -> Iterator[tuple[Subject, str, tuple[int, int]]]:
    """Whom pairs of cells are of, their field and their two rows, in the order of the first rows."""
    places = sorted(
        (row, other, one.field)
        for one in cells
        for row, other in zip(one.rows.tolist(), one.others.tolist(), strict=True)
    )
    seen = Records(table).with_cells(np.array([row for row, _, _ in places], np.int32), ())
    for (row, other, key), one in zip(places, seen, strict=True):
        yield one.subject, key, (row, other)


class PerhapsLine(Struct, frozen=True):
    """Who may be one subject: those of the one return and of the other, each with the cell of its name, and why nobody
    knows."""

    subjects: list[Subject]
    others: list[Subject]
    at: list[str]
    other_at: list[str]
    why: str

    def reason(self, wording: Wording) -> str:
        """Why nobody knows, in words."""
        return wording.say("conflicts-twice" if self.why == TWICE else "compare-doubt-" + self.why.replace("_", "-"))


def perhaps_lines(found: ReturnConflicts) -> Iterator[PerhapsLine]:
    """All who may be in common, in the order of the rows of the first."""
    table, records = found.table, Records(found.table)

    def subjects(rows: Sequence[int]) -> list[Subject]:
        return [one.subject for one in records.with_cells(np.array(rows, np.int32), ())]

    def cells(rows: Sequence[int]) -> list[str]:
        return [table.place_of(table.about.name_field, row) for row in rows]

    for one in sorted(found.perhaps, key=lambda one: (one.rows, one.others)):
        yield PerhapsLine(
            subjects(one.rows), subjects(one.others), cells(one.rows), cells(one.others), one.why
        )  # fmt: skip


def _values(column: Column, table: Table, row: int, other: int, wording: Wording) -> tuple[str, str]:
    if column.lo is None or column.hi is None:
        coded = column.coded()
        one, two = (wording.category(column.field, coded.names[int(coded.codes[k])]) for k in (row, other))
        return one, two
    ends = [(float(column.lo[k]), float(column.hi[k])) for k in (row, other)]
    if column.truth:
        return wording.truth(bool(ends[0][0])), wording.truth(bool(ends[1][0]))
    one, two = wording.known_as(ends, wording.unit_of(column.field))
    return one, two
