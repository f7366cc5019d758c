"""The figures of a table that it says itself are none of today, and where it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct, field

from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Remark, Sheet
from communitycheck.model.table import Column, Ints, State
from communitycheck.returns.cells.cast.findings import LIMIT
from communitycheck.returns.cells.standing.statements import InDoubt, Statement
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.grid import letter
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.doubts.taken_out import Positions, at_most, refuse, stated
from communitycheck.returns.text_columns import TextArray

CellsOf = Callable[[int, bool], TextArray]
# The positions of records, and how many of their figures are in doubt.
Doubted = tuple[Positions, int]
DOUBTED, FURTHER, SOME = "doubted-figures", "figures-reach-further", "some-in-doubt"
_AT_MOST = (FURTHER, SOME)  # what is stated is the most that may be true
_WORDS = 60  # so much of a remark is quoted
_EXAMPLES = 3  # so many remarks that nothing was made of


def code_of(statement: Statement) -> str:
    """The notice by which a statement is told."""
    return FURTHER if statement.kind is InDoubt.EXTENT else DOUBTED


class Doubts(Struct):
    """The columns of a table, what may be in doubt among them, and what has been put in doubt so far."""

    layout: Layout
    columns: Mapping[str, Column]
    sheet: Sheet
    row_of: Ints
    names: FieldNames
    found: Assignment
    cells: CellsOf
    notices: list[Notice] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        return self.sheet.period.year if self.sheet.period else None

    def fields(self) -> FieldsInDoubt:
        return FieldsInDoubt(self.names, (key for key, column in self.columns.items() if column.lo is not None))

    def column_name(self, index: int) -> str:
        """The letter of a column, or the number of the row where the table is transposed."""
        turned = self.layout.grid.transposed_from
        return letter(index) if turned is None else str(turned[0] + index + 1)

    def everywhere(self) -> Positions:
        return np.arange(len(self.row_of))

    def cast(
        self, keys: frozenset[str], positions: Positions, words: str, *,
        cell: str = "", column: str = "", above_zero: bool = True, everyone: bool = False,
        code: str = DOUBTED,
    ) -> None:  # fmt: skip
        """Put the figures of some records in doubt.

        Args:
            words: what the table says of them, in ``cell``, or in each record's cell of ``column``.
            above_zero: a no and a zero stay: there is none of what does not stand.
            everyone: it is said of all records alike.
        """
        further = code in _AT_MOST
        for doubted, said in self.refuse(keys, [(positions, words)], above_zero=above_zero, further=further):
            self._say(keys, doubted, said, cell, column, code, everyone=everyone)

    def cast_each(
        self, keys: frozenset[str], said: list[tuple[Positions, str]], *, column: str, above_zero: bool, code: str
    ) -> None:
        """The same for the several texts of a column."""
        for doubted, words in self.refuse(keys, said, above_zero=above_zero, further=code in _AT_MOST):
            self._say(keys, doubted, words, "", column, code)

    def refuse(
        self, keys: frozenset[str], said: list[tuple[Positions, str]], *, above_zero: bool, further: bool
    ) -> list[tuple[Doubted, str]]:
        """Take the figures out of the columns, or make them bounds where they reach ``further`` than what is asked;
        for each text the records that lost some, and how many figures."""
        every = np.sort(np.concatenate([positions for positions, _ in said]))
        lost = np.zeros(len(self.row_of), np.int64)
        for key in sorted(keys):
            some = stated(self.columns[key], every, above_zero=above_zero)
            if further:
                at_most(self.columns[key], some)
            else:
                refuse(self.columns[key], some, State.DOUBTED)
            lost[some] += 1
        found = [((positions[lost[positions] > 0], int(lost[positions].sum())), words) for positions, words in said]
        return [(doubted, words) for doubted, words in found if doubted[1]]

    def leave(self, remarks: list[tuple[Positions, str]], *, column: str) -> None:
        """Say once of a column which remarks were neither known to touch a figure nor known not to."""
        if not remarks:
            return
        first = int(self.row_of[min(int(positions[0]) for positions, _ in remarks)])
        address = Address(self.sheet.path, self.sheet.name or None, None, self.sheet.cell_in(column, first))
        shown = "; ".join(_short(words) for _, words in remarks[:_EXAMPLES])
        count = sum(len(positions) for positions, _ in remarks)
        self.notices.append(Notice("remarks-not-weighed", address, shown, {"records": count}, "info"))

    def _say(
        self, keys: frozenset[str], doubted: Doubted, words: str, cell: str, column: str, code: str,
        *, everyone: bool = False,
    ) -> None:  # fmt: skip
        places = self.row_of[doubted[0]]
        text = _short(words)
        at = () if everyone else tuple(sorted(places.tolist()))
        self.sheet.remarks.append(Remark(text, tuple(sorted(keys)), at, column, cell))
        if len(self.notices) == LIMIT:
            return
        first = int(places[0])
        row = None if self.sheet.transposed or cell else first
        address = Address(self.sheet.path, self.sheet.name or None, row, cell or self.sheet.cell_in(column, first))
        self.notices.append(Notice(code, address, text, {"cells": doubted[1], "records": len(places)}))


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
