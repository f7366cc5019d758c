"""The figures of a table that it says itself are none of today, and where it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Remark, Sheet
from communitycheck.model.table import Column, Ints, State
from communitycheck.returns.cells.cast.findings import LIMIT
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.grid import letter
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.doubts.taken_out import Positions, refuse, stated
from communitycheck.returns.text_columns import TextArray

CellsOf = Callable[[int, bool], TextArray]
# The positions of records, and how many of their figures are in doubt.
Doubted = tuple[Positions, int]
_WORDS = 60  # so much of a remark is quoted


@dataclass(slots=True)
class Doubts:
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
        code: str = "doubted-figures",
    ) -> None:  # fmt: skip
        """Put the figures of some records in doubt.

        Args:
            words: what the table says of them, in ``cell``, or in each record's cell of ``column``.
            above_zero: a no and a zero stay: there is none of what does not stand.
            everyone: it is said of all records alike.
        """
        for doubted, said in self.refuse(keys, [(positions, words)], above_zero=above_zero):
            self._say(keys, doubted, said, cell, column, code, everyone=everyone)

    def cast_each(
        self, keys: frozenset[str], said: list[tuple[Positions, str]], *, column: str, above_zero: bool
    ) -> None:
        """The same for the several texts of a column."""
        for doubted, words in self.refuse(keys, said, above_zero=above_zero):
            self._say(keys, doubted, words, "", column, "doubted-figures")

    def refuse(
        self, keys: frozenset[str], said: list[tuple[Positions, str]], *, above_zero: bool
    ) -> list[tuple[Doubted, str]]:
        """Take the figures out of the columns; for each text the records that lost some, and how many figures."""
        every = np.sort(np.concatenate([positions for positions, _ in said]))
        lost = np.zeros(len(self.row_of), np.int64)
        for key in sorted(keys):
            some = stated(self.columns[key], every, above_zero=above_zero)
            refuse(self.columns[key], some, State.DOUBTED)
            lost[some] += 1
        found = [((positions[lost[positions] > 0], int(lost[positions].sum())), words) for positions, words in said]
        return [(doubted, words) for doubted, words in found if doubted[1]]

    def _say(
        self, keys: frozenset[str], doubted: Doubted, words: str, cell: str, column: str, code: str,
        *, everyone: bool = False,
    ) -> None:  # fmt: skip
        places = self.row_of[doubted[0]]
        text = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
        at = () if everyone else tuple(sorted(places.tolist()))
        self.sheet.remarks.append(Remark(text, tuple(sorted(keys)), at, column, cell))
        if len(self.notices) == LIMIT:
            return
        first = int(places[0])
        row = None if self.sheet.transposed or cell else first
        address = Address(self.sheet.path, self.sheet.name or None, row, cell or self.sheet.cell_in(column, first))
        self.notices.append(Notice(code, address, text, {"cells": doubted[1], "records": len(places)}))
