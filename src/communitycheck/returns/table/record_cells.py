"""The cells of a table's records as the grid holds them: their texts, and which of them look blank and are not."""

from __future__ import annotations

from itertools import repeat

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.table import Bools, Column, State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.findings import Finding, at_rows
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.table.doubts.taken_out import refuse
from communitycheck.returns.text_columns import Encoded, TextArray

_HOLDS_A_DIGIT = pattern(r"\d")


class RecordCells:
    """Each column of the grid is cut to the records once."""

    def __init__(self, layout: Layout, rows: npt.NDArray[np.int64]) -> None:
        self._grid = layout.grid
        self._filled = layout.forward_filled
        self._rows = rows
        # No row is left out between the first and the last.
        self._straight = int(rows[-1]) - int(rows[0]) + 1 == len(rows)
        self._places = None if self._straight else pa.array(rows)
        self._cut: dict[int, TextArray] = {}
        self._percent: npt.NDArray[np.int64] | None = None

    def __call__(self, index: int, fill: bool) -> TextArray:
        """The texts of a column (an Arrow array); forward-filled where ``fill`` asks for it."""
        if index not in self._cut:
            column = self._grid.columns[index]
            straight = self._places is None
            cut = column.slice(int(self._rows[0]), len(self._rows)) if straight else column.take(self._places)
            self._cut[index] = cut
        cut = self._cut[index]
        return pc.coalesce(self._filled[index], cut) if fill and index in self._filled else cut

    def codes(self, column: RawColumn) -> Encoded | None:
        """``encode`` of a column's cells where the layout has made it already."""
        if not self._straight or column.changed or column.index in self._filled:
            return None
        return self._grid.known_codes(column.index, int(self._rows[0]), len(self._rows))

    def percent(self, index: int) -> Bools | None:
        """Which cells of a column the file shows as a percentage; None where it shows none so."""
        if not self._grid.percent:
            return None
        if self._percent is None:
            self._percent = np.array(list(self._grid.percent), np.int64)
        rows = self._percent[self._percent[:, 1] == index, 0]
        return np.asarray(np.isin(self._rows, rows)) if len(rows) else None

    def mark_unread(self, index: int, column: Column) -> list[Finding]:
        """Mark the cells that look blank and are not: formulas without a stored value, cells of rows too long."""
        found: list[Finding] = []
        for cells, code in ((self._grid.uncached, "formula-without-value"), (self._grid.shifted, "shifted-value")):
            wanted = [row for row, place in cells if place == index]
            positions = np.flatnonzero(np.isin(self._rows, wanted)) if wanted else np.empty(0, np.intp)
            if len(positions):
                if column.state is None:
                    column.state = np.zeros(len(column), np.uint8)
                column.state[positions] = State.UNREADABLE
                found += at_rows(positions, code, repeat(""))
        return found + self._mark_merged(index, column)

    def _mark_merged(self, index: int, column: Column) -> list[Finding]:
        """A figure in a cell that is merged over several records belongs to no one of them."""
        found: list[Finding] = []
        if column.lo is None or column.truth:
            return found
        for top, left, bottom, right in self._grid.merged:
            if not left <= index <= right or top == bottom:
                continue
            positions = np.flatnonzero((self._rows >= top) & (self._rows <= bottom))
            if len(positions) > 1 and _HOLDS_A_DIGIT.search(self._grid.cell(top, left) or ""):
                refuse(column, positions, State.UNREADABLE)
                values = {"records": len(positions)}
                found += [Finding(int(place), "merged-figure", "", values) for place in positions]
        return found
