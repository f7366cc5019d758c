"""A table split into the tables of single parts: sorted by part once, then each part is a stretch of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from communitycheck.model.table import Coded, Column, Ints, Table


class Stretches:
    """The records of a table in the order of their parts, each part's in the order of the table.

    Args:
        parts: along the records, the number of each one's part, below ``n``.
    """

    def __init__(self, table: Table, parts: Ints, n: int) -> None:
        order = np.argsort(parts, kind="stable").astype(np.int32)
        self._sheets = table.sheets
        self._about = table.about
        self._bounds = np.searchsorted(parts[order], np.arange(n + 1))
        self._rank = np.empty(len(order), dtype=np.int32)
        self._rank[order] = np.arange(len(order), dtype=np.int32)
        self._columns = {key: _taken(column, order, self._rank) for key, column in table.columns.items()}
        self._sheet_of, self._row_of = table.sheet_of[order], table.row_of[order]
        self._regions = {level: Coded(coded.codes[order], coded.names) for level, coded in table.regions.items()}

    def table(self, k: int) -> Table:
        """The records of part ``k`` as a table, with the sheets and the names of regions that they have."""
        start, stop = int(self._bounds[k]), int(self._bounds[k + 1])
        numbers, sheet_of = np.unique(self._sheet_of[start:stop], return_inverse=True)
        return Table(
            about=self._about,
            columns={key: _part(column, start, stop) for key, column in self._columns.items()},
            sheets=[self._sheets[i] for i in numbers.tolist()],
            sheet_of=sheet_of.reshape(-1).astype(np.int32),
            row_of=self._row_of[start:stop],
            regions={level: _used(coded, start, stop) for level, coded in self._regions.items()},
        )

    def within(self, rows: Ints, k: int) -> Ints:
        """Where the records at ``rows``, all of part ``k``, stand in its table."""
        return self._rank[rows] - np.int32(self._bounds[k])


def _taken(column: Column, order: Ints, rank: Ints) -> Column:
    borrowed = None if column.borrowed is None else {int(rank[row]): cell for row, cell in column.borrowed.items()}
    text = column.text
    if hasattr(text, "combine_chunks"):  # taking from thousands of chunks is slow
        text = text.combine_chunks()
    return _picked(column, order, None if text is None else text.take(order), borrowed)


def _part(column: Column, start: int, stop: int) -> Column:
    borrowed = None
    if column.borrowed is not None:
        borrowed = {row - start: cell for row, cell in column.borrowed.items() if start <= row < stop} or None
    text = None if column.text is None else column.text.slice(start, stop - start)
    return _picked(column, slice(start, stop), text, borrowed)


def _picked(column: Column, rows: Ints | slice, text: Any, borrowed: dict[int, str] | None) -> Column:
    """The column's cells at ``rows``, with their text and their addresses in other sheets."""
    low = None if column.lo is None else column.lo[rows]
    high = low if column.hi is column.lo or column.hi is None else column.hi[rows]
    return Column(
        column.field,
        low,
        high,
        text=text,
        state=None if column.state is None else column.state[rows],
        truth=column.truth,
        half_step=None if column.half_step is None else column.half_step[rows],
        refused=None if column.refused is None else _texts_at(column.refused, rows),
        borrowed=borrowed,
    )


def _texts_at(texts: Any, rows: Ints | slice) -> Any:
    return texts.slice(rows.start, rows.stop - rows.start) if isinstance(rows, slice) else texts.take(rows)


def _used(coded: Coded, start: int, stop: int) -> Coded:
    """With the names alone that occur between ``start`` and ``stop``."""
    numbers, codes = np.unique(coded.codes[start:stop], return_inverse=True)
    blank = int(bool(len(numbers)) and numbers[0] < 0)
    return Coded((codes.reshape(-1) - blank).astype(np.int32), [coded.names[i] for i in numbers[blank:].tolist()])
