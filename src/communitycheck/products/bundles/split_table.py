"""A table cut into the tables of single regions: put in their order once, then each is a stretch of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.model.table import Coded, Column, Ints, Table


class Stretches:
    """The records of a table in the order of their regions, each region's in the order of the table.

    Args:
        regions: along the records, the number of each one's region, below ``n``.
    """

    def __init__(self, table: Table, regions: Ints, n: int) -> None:
        order = np.argsort(regions, kind="stable").astype(np.int32)
        self._sheets = table.sheets
        self._entity = table.entity
        self._bounds = np.searchsorted(regions[order], np.arange(n + 1))
        self._rank = np.empty(len(order), dtype=np.int32)
        self._rank[order] = np.arange(len(order), dtype=np.int32)
        self._columns = {key: _taken(column, order, self._rank) for key, column in table.columns.items()}
        self._sheet_of, self._row_of = table.sheet_of[order], table.row_of[order]
        self._regions = {level: Coded(coded.codes[order], coded.names) for level, coded in table.regions.items()}

    def table(self, k: int) -> Table:
        """The records of region ``k`` as a table, with the sheets and the names of regions that they have."""
        start, stop = int(self._bounds[k]), int(self._bounds[k + 1])
        numbers, sheet_of = np.unique(self._sheet_of[start:stop], return_inverse=True)
        return Table(
            entity=self._entity,
            columns={key: _part(column, start, stop) for key, column in self._columns.items()},
            sheets=[self._sheets[i] for i in numbers.tolist()],
            sheet_of=sheet_of.reshape(-1).astype(np.int32),
            row_of=self._row_of[start:stop],
            regions={level: _used(coded, start, stop) for level, coded in self._regions.items()},
        )

    def within(self, rows: Ints, k: int) -> Ints:
        """Where the records at ``rows``, all of region ``k``, stand in its table."""
        return self._rank[rows] - np.int32(self._bounds[k])


def _taken(column: Column, order: Ints, rank: Ints) -> Column:
    low, high = _at(column.lo, order), None
    if column.hi is not None:
        high = low if column.hi is column.lo else column.hi[order]
    return Column(
        column.field,
        low,
        high,
        text=None if column.text is None else _whole(column.text).take(order),
        state=_at(column.state, order),
        truth=column.truth,
        half_step=_at(column.half_step, order),
        borrowed=None if column.borrowed is None else {int(rank[row]): cell for row, cell in column.borrowed.items()},
    )


def _part(column: Column, start: int, stop: int) -> Column:
    low, high = _between(column.lo, start, stop), None
    if column.hi is not None:
        high = low if column.hi is column.lo else column.hi[start:stop]
    borrowed = None
    if column.borrowed is not None:
        borrowed = {row - start: cell for row, cell in column.borrowed.items() if start <= row < stop} or None
    return Column(
        column.field,
        low,
        high,
        text=None if column.text is None else column.text.slice(start, stop - start),
        state=_between(column.state, start, stop),
        truth=column.truth,
        half_step=_between(column.half_step, start, stop),
        borrowed=borrowed,
    )


def _used(coded: Coded, start: int, stop: int) -> Coded:
    """With the names alone that occur between ``start`` and ``stop``."""
    numbers, codes = np.unique(coded.codes[start:stop], return_inverse=True)
    blank = int(bool(len(numbers)) and numbers[0] < 0)
    return Coded((codes.reshape(-1) - blank).astype(np.int32), [coded.names[i] for i in numbers[blank:].tolist()])


def _whole(text: Any) -> Any:
    """An Arrow column in one piece: taking from thousands of chunks is slow."""
    return text.combine_chunks() if hasattr(text, "combine_chunks") else text


def _at(values: npt.NDArray[Any] | None, order: Ints) -> Any:
    return None if values is None else values[order]


def _between(values: npt.NDArray[Any] | None, start: int, stop: int) -> Any:
    return None if values is None else values[start:stop]
