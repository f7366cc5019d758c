"""The figures of a table that it says itself are none of today, and where it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Remark, Sheet
from communitycheck.model.table import Column, Ints, State
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.doubts.taken_out import Positions, refuse, stated
from communitycheck.returns.text_columns import TextArray

CellsOf = Callable[[int, bool], TextArray]
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
        doubted, rows = 0, np.zeros(len(self.row_of), bool)
        for key in sorted(keys):
            some = stated(self.columns[key], positions, above_zero=above_zero)
            refuse(self.columns[key], some, State.DOUBTED)
            doubted += len(some)
            rows[some] = True
        if not doubted:
            return
        places = self.row_of[rows]
        text = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
        at = () if everyone else tuple(sorted(places.tolist()))
        self.sheet.remarks.append(Remark(text, tuple(sorted(keys)), at, column, cell))
        first = cell or self.sheet.cell_in(column, int(places[0]))
        values = {"cells": doubted, "records": len(places)}
        row = None if self.sheet.transposed else int(places[0]) if not cell else None
        address = Address(self.sheet.path, self.sheet.name or None, row, first)
        self.notices.append(Notice(code, address, text, values))
