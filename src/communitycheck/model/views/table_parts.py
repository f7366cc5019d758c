"""Tables whose records were joined to those of others: each is cut out of the whole again when somebody asks for it, so
that no record is held twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from msgspec import Struct

from communitycheck.model.table import Column, Table


class TablePart(Struct, frozen=True, eq=False):
    """The records from ``start`` up to ``stop`` of ``whole``, with the columns and sheets that they had before."""

    whole: Table
    start: int
    stop: int
    keys: tuple[str, ...]
    sheets: tuple[int, int]

    @classmethod
    def of(cls, table: Table) -> TablePart:
        """A whole table."""
        return cls(table, 0, len(table), tuple(table.columns), (0, len(table.sheets)))

    def cut(self) -> Table:
        """The table as it was. What is worked out about it is not kept."""
        whole, rows, (first, last) = self.whole, slice(self.start, self.stop), self.sheets
        return Table(
            whole.about,
            {key: cut(whole.columns[key], self.start, self.stop) for key in self.keys},
            whole.sheets[first:last],
            (whole.sheet_of[rows] - first).astype(np.int32),
            whole.row_of[rows],
        )


class TableParts(Sequence[Table]):
    """The tables of one return, some of them parts of larger ones."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Table | TablePart]) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return len(self.parts)

    @overload
    def __getitem__(self, at: int) -> Table: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Table]: ...
    def __getitem__(self, at: int | slice) -> Table | Sequence[Table]:
        found = self.parts[at]
        if isinstance(found, tuple):
            return TableParts(found)
        return found.cut() if isinstance(found, TablePart) else found

    def __iter__(self) -> Iterator[Table]:
        return (self[at] for at in range(len(self)))


def cut(column: Column, start: int, stop: int) -> Column:
    """The column of some records alone."""
    if (start, stop) == (0, len(column)):
        return column
    low, high = column.ends(start, stop)
    step = None if column.half_step is None else column.half_step[start:stop]
    state = None if column.state is None else column.state[start:stop]
    for array in (low, high, step, state):
        if array is not None:  # to be looked at alone: what is changed in a part is lost
            array.flags.writeable = False
    text, refused = (None if one is None else one.slice(start, stop - start) for one in (column.text, column.refused))
    held = column.borrowed or {}
    borrowed = {i - start: held[i] for i in range(start, stop) if i in held} if held else None
    return Column(column.field, low, high, text, state, column.truth, step, refused, borrowed or None)
