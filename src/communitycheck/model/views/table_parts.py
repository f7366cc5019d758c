"""Tables whose records were joined to those of others: each is cut out of the whole again when somebody asks for it, so
that no record is held twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

from communitycheck.model.table import Column, Table

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class TablePart:
    """The records from ``start`` up to ``stop`` of ``whole``, with the columns and sheets that they had before."""

    whole: Table
    start: int
    stop: int
    keys: tuple[str, ...]
    sheets: tuple[int, int]

    def cut(self) -> Table:
        """The table as it was. What is worked out about it is not kept."""
        whole, rows, (first, last) = self.whole, slice(self.start, self.stop), self.sheets
        return Table(
            whole.about,
            {key: _cut(whole.columns[key], self.start, self.stop) for key in self.keys},
            whole.sheets[first:last],
            (whole.sheet_of[rows] - first).astype(np.int32),
            whole.row_of[rows],
        )


class TableParts(Sequence[Table]):
    """The tables of one return, some of them parts of larger ones."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Sequence[Table | TablePart]) -> None:
        self._tables = tuple(tables)

    def __len__(self) -> int:
        return len(self._tables)

    @overload
    def __getitem__(self, at: int) -> Table: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Table]: ...
    def __getitem__(self, at: int | slice) -> Table | Sequence[Table]:
        found = self._tables[at]
        if isinstance(found, tuple):
            return TableParts(found)
        return found.cut() if isinstance(found, TablePart) else found

    def __iter__(self) -> Iterator[Table]:
        return (self[at] for at in range(len(self)))


def _cut(column: Column, start: int, stop: int) -> Column:
    if (start, stop) == (0, len(column)):
        return column
    low, high, step = (
        None if one is None else _seen(one[start:stop]) for one in (column.lo, column.hi, column.half_step)
    )
    state = None if column.state is None else _seen(column.state[start:stop])
    text, refused = (None if one is None else one.slice(start, stop - start) for one in (column.text, column.refused))
    borrowed = {i - start: cell for i, cell in (column.borrowed or {}).items() if start <= i < stop}
    return Column(
        column.field, low, low if column.hi is column.lo else high, text, state, column.truth, step, refused,
        borrowed or None,
    )  # fmt: skip


def _seen(array: npt.NDArray[T]) -> npt.NDArray[T]:
    """To be looked at alone: what is changed in a part is lost."""
    array.flags.writeable = False
    return array
