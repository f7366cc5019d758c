"""Who was judged: the subjects of a result, single records or groups of them, and where they stand in the return."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import Numbers, Path, levels_to, names_of, numbered
from communitycheck.model.table import Contradiction, Ints, State, Table


class Subject(Struct, frozen=True):
    """What is judged. ``region`` runs from the largest to the smallest known."""

    entity: str
    name: str
    code: str = ""
    region: tuple[str, ...] = ()


class Impossible(NamedTuple):
    """Figures of a subject that cannot be beside each other (``Contradiction`` says by which rule): field and cell."""

    by: Contradiction
    figures: tuple[tuple[str, str], ...]


class SubjectCells(NamedTuple):
    """A subject, where it stands, the cells of some fields there, and those of them that give no value; ``remarks`` are
    the cells, with their words, that make some of them none of today, ``impossible`` those that cannot all be."""

    subject: Subject
    at: Address | None
    cells: tuple[str, ...]
    troubled: tuple[tuple[str, State, str], ...]
    remarks: tuple[tuple[str, str], ...] = ()
    impossible: tuple[Impossible, ...] = ()


class Subjects(Protocol):
    """The subjects of one result."""

    def __len__(self) -> int: ...

    def subject(self, i: int) -> Subject: ...

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]: ...

    def with_cells(self, places: Ints, fields: tuple[str, ...]) -> Iterator[SubjectCells]:
        """The subjects at ``places`` with their cells of ``fields``; much quicker than one by one."""
        ...


class Records(Struct, eq=False):
    """Single records of a table; ``index`` picks some of them (None is all)."""

    table: Table
    index: Ints | None = None

    def __len__(self) -> int:
        return len(self.table) if self.index is None else len(self.index)

    @property
    def count(self) -> int:
        """How many records they are: the same as their length, unless some stand for others."""
        stands_for = self.table.stands_for
        if stands_for is None:
            return len(self)
        return int((stands_for if self.index is None else stands_for[self.index]).sum())

    def row(self, i: int) -> int:
        return i if self.index is None else int(self.index[i])

    def subject(self, i: int) -> Subject:
        return next(self.with_cells(np.array([i], dtype=np.int32), ())).subject

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]:
        """Where record ``i`` stands, and the cells of ``fields`` in it."""
        seen = next(self.with_cells(np.array([i], dtype=np.int32), fields))
        return seen.at, seen.cells

    def with_cells(self, places: Ints, fields: tuple[str, ...]) -> Iterator[SubjectCells]:
        table = self.table
        rows = self.rows(places)
        names, codes = table.names_at(rows), table.texts_at(table.about.code_field, rows)
        ids, paths = self.regions(rows)
        above = ids.tolist()
        states = [table.states_at(key, rows) for key in fields]
        numbers, where = table.sheet_of[rows].tolist(), table.row_of[rows].tolist()
        columns = {n: tuple(table.sheets[n].column_of(key) for key in fields) for n in set(numbers)}
        borrowed = any(c.borrowed for c in (table.columns.get(key) for key in fields) if c is not None)
        for n, row in enumerate(rows.tolist()):
            sheet, place = table.sheets[numbers[n]], where[n]
            if sheet.transposed or borrowed or sheet.row_keys is not None:
                spots = [self._borrowed(key, row) or sheet.cell_of(key, place) for key in fields]
            else:
                spots = [f"{letter}{place}" if letter else None for letter in columns[numbers[n]]]
            troubled = tuple(
                (key, State(state[n]), self._elsewhere(key, numbers[n]) if state[n] == State.UNLISTED else spot or "")
                for key, state, spot in zip(fields, states, spots, strict=True)
                if state is not None and state[n]
            )
            cells = tuple(dict.fromkeys(spot for spot in spots if spot))
            doubted = (key for key, state, _ in troubled if state is State.DOUBTED)
            remarks = tuple(dict.fromkeys(one for key in doubted if (one := sheet.remark_on(key, place))))
            subject = Subject(table.entity, names[n], codes[n], paths[above[n]])
            impossible = self._impossible(row, [key for key, state, _ in troubled if state is State.CONTRADICTED])
            yield SubjectCells(subject, sheet.address_of(place), cells, troubled, remarks, impossible)

    def rows(self, places: Ints) -> Ints:
        """The table's rows of the subjects at ``places``."""
        return places if self.index is None else self.index[places]

    def regions(self, rows: Ints) -> tuple[Numbers, list[tuple[str, ...]]]:
        """The regions above some rows: ``paths[ids[i]]`` runs from the largest to the smallest that is known."""
        ids, paths = numbered(self.table, [level for level in REGION_LEVELS if level != self.table.entity], rows)
        return ids, [names_of(path) for path in paths]

    def _impossible(self, row: int, keys: list[str]) -> tuple[Impossible, ...]:
        """Why the figures of the fields in a row cannot be, with the others that each of them contradicts."""
        table, found = self.table, []
        for one in table.contradictions if keys else ():
            if any(one.holds(key, row) for key in keys):
                sheet, place = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
                figures = [key for key in one.rows if one.holds(key, row)]
                spots = [self._borrowed(key, row) or sheet.cell_of(key, place) or "" for key in figures]
                found.append(Impossible(one, tuple(zip(figures, spots, strict=True))))
        return tuple(found)

    def _elsewhere(self, key: str, number: int) -> str:
        """The name of the sheet that has the column, which the record's own lacks."""
        path = self.table.sheets[number].path
        return next((s.name for s in self.table.sheets if s.path == path and s.column_of(key)), "")

    def _borrowed(self, key: str, k: int) -> str | None:
        """Where a value stands that another sheet holds."""
        column = self.table.columns.get(key)
        return None if column is None or column.borrowed is None else column.borrowed.get(k)


class Groups(Struct, eq=False):
    """Groups of records. ``levels[i]`` is the region level of group ``i``, ``paths[i]`` its path, from which the
    largest levels may be missing."""

    levels: list[str]
    paths: list[Path]
    codes: list[str]

    def __len__(self) -> int:
        return len(self.paths)

    def picked(self, places: list[int]) -> Groups:
        """The groups at ``places``."""
        return Groups(
            [self.levels[i] for i in places], [self.paths[i] for i in places], [self.codes[i] for i in places]
        )

    def region(self, i: int) -> Path:
        """The path of group ``i`` from the largest level down to its own; empty where it is no region."""
        depth = len(levels_to(self.levels[i]))
        path = self.paths[i][-depth:] if depth else ()
        return (None,) * (depth - len(path)) + path

    def subject(self, i: int) -> Subject:
        names = names_of(self.paths[i])
        return Subject(self.levels[i], names[-1] if names else "", self.codes[i], names[:-1])

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]:
        return None, ()

    def with_cells(self, places: Ints, fields: tuple[str, ...]) -> Iterator[SubjectCells]:
        for i in places.tolist():
            yield SubjectCells(self.subject(i), None, (), ())


def picked(subjects: Subjects, places: Ints) -> Subjects:
    """Those at ``places``."""
    if isinstance(subjects, Groups):
        return subjects.picked(places.tolist())
    assert isinstance(subjects, Records)
    return Records(subjects.table, subjects.rows(places))
