"""A sheet as a grid of text: what stands in which cell, before anybody asks what it means.

Addresses inside ``returns`` count from 0: ``cell(0, 0)`` is A1. Every row from row 1 and every column from column A
is there, also where the used range of the file starts further in, so an index is always a true address.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.model.address import column_letter
from communitycheck.returns.text_columns import Encoded, TextArray, encode, picked

# Grids of no more rows keep as lists the columns that are read cell by cell: one cell out of Arrow is slow.
SMALL = 2_000

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Grid:
    """One sheet, all of it text.

    Numbers are written as plain decimals, dates as ``2020-12-31`` or ``2020-12-31 08:30:00``, times as ``08:30:00``,
    truths as ``true`` and ``false``, error cells as the spreadsheet shows them (``#REF!``).

    Attributes:
        path: the file as shown to the user.
        sheet: name of the sheet; empty for a text file.
        columns: one Arrow array of strings for each column from A on; null is an empty cell.
        n_rows: rows from row 1 on.
        merged: merged ranges ``(first row, first column, last row, last column)``, inclusive, where the file tells.
        hidden: the sheet itself is hidden.
        hidden_rows: hidden rows, where the file tells.
        hidden_columns: first and last of each run of hidden columns, where the file tells.
        percent: cells ``(row, column)`` that the file formats as a percentage; None where the file was not asked.
        uncached: formula cells ``(row, column)`` without a stored value; they look blank.
        shifted: cells ``(row, column)`` of a text file of which nobody can say what they hold; they look blank.
        values_only: the values are all that could be read of a workbook: no formats, merged ranges, error cells and
            formulas, nothing hidden.
        comments: what is written in a comment at a cell ``(row, column)``, where the file tells.
        struck: cells ``(row, column)`` with a line through them, where the file tells.
        row_keys: of a table of a database what names each row; see ``Sheet``.
        tidy: row 1 has the names of the columns and each row below is a record; whoever made the grid has seen to that.
        transposed_from: for a grid whose rows are the columns of another: row and column of its first cell there.
    """

    path: str
    sheet: str
    columns: list[TextArray]
    n_rows: int
    merged: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    percent: set[tuple[int, int]] | None = None
    uncached: list[tuple[int, int]] = field(default_factory=list)
    shifted: list[tuple[int, int]] = field(default_factory=list)
    values_only: bool = False
    transposed_from: tuple[int, int] | None = None
    row_keys: TextArray | None = None
    tidy: bool = False
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    _texts: dict[int, list[str | None]] = field(default_factory=dict, repr=False, compare=False)
    _coded: dict[int, tuple[int, int, Encoded]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def n_columns(self) -> int:
        return len(self.columns)

    def cell(self, row: int, column: int) -> str | None:
        """Text of one cell; None where it is empty or lies outside."""
        if not (0 <= row < self.n_rows and 0 <= column < len(self.columns)):
            return None
        if self.n_rows > SMALL:
            text: str | None = self.columns[column][row].as_py()
            return text
        return self.texts(column)[row]

    def texts(self, column: int) -> list[str | None]:
        """The texts of a column; for a small grid, as the list is kept."""
        kept = self._texts.get(column)
        if kept is None:
            kept = self._texts[column] = self.columns[column].to_pylist()
        return kept

    def some(self, column: int, rows: npt.NDArray[np.integer]) -> list[str | None]:
        """Texts of a column in some rows (an array of whole numbers, ascending)."""
        if not len(rows):
            return []
        if self.n_rows > SMALL:
            found: list[str | None] = picked(self.columns[column], rows).to_pylist()
            return found
        texts = self.texts(column)
        return [texts[row] for row in rows.tolist()]

    def coded(self, column: int, first: int, n: int) -> Encoded:
        """``text_columns.encode`` of ``n`` rows of a column from row ``first`` on; kept for the next who asks."""
        known = self.known_codes(column, first, n)
        if known is None:
            known = encode(self.columns[column].slice(first, n))
            self._coded[column] = (first, n, known)
        return known

    def known_codes(self, column: int, first: int, n: int) -> Encoded | None:
        """The same where somebody has asked for it before."""
        kept = self._coded.get(column)
        return kept[2] if kept is not None and kept[:2] == (first, n) else None

    def address(self, row: int, column: int) -> str:
        """Where a cell stands in the file, like ``F12``; in a table of a database the name of its column."""
        if self.row_keys is not None:
            return self.cell(0, column) or letter(column)
        if self.transposed_from is None:
            return cell_name(row, column)
        return cell_name(self.transposed_from[0] + column, self.transposed_from[1] + row)

    def place_across(self, column: int) -> str:
        """The letter of a column; of a grid that was turned the number of the row in the file."""
        return letter(column) if self.transposed_from is None else str(self.transposed_from[0] + column + 1)

    def row(self, row: int) -> list[str | None]:
        return [self.cell(row, column) for column in range(len(self.columns))]

    def rows(self, first: int, last: int) -> list[list[str | None]]:
        """Rows ``first`` to ``last``, the last one included, as lists of text."""
        last = min(last, self.n_rows - 1)
        if last < first:
            return []
        if not self.columns:
            return [[] for _ in range(first, last + 1)]
        if self.n_rows <= SMALL:
            parts = [self.texts(column)[first : last + 1] for column in range(len(self.columns))]
        else:
            parts = [column.slice(first, last + 1 - first).to_pylist() for column in self.columns]
        return [list(cells) for cells in zip(*parts, strict=True)]

    def head(self, n: int) -> list[list[str | None]]:
        """The first ``n`` rows."""
        return self.rows(0, n - 1)


def grid_of_rows(path: str, sheet: str, rows: list[list[str | None]]) -> Grid:
    """A grid of rows of text that may differ in length; empty text counts as an empty cell."""
    width = max((len(row) for row in rows), default=0)
    columns = [
        pa.array([(row[c] or None) if c < len(row) else None for row in rows], pa.string()) for c in range(width)
    ]
    return Grid(path, sheet, columns, len(rows))


def letter(column: int) -> str:
    """Column 0 is ``A``, column 26 is ``AA``."""
    return column_letter(column + 1)


def cell_name(row: int, column: int) -> str:
    """``F12`` for row 11, column 5 (both from 0)."""
    return f"{letter(column)}{row + 1}"
