"""The top rows of a table, looked at cell by cell: what stands in them, over which values, under which merged cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from communitycheck.returns.grid import Range
from communitycheck.returns.layout.cell_kinds import Kind, kind_of, number_of, plain
from communitycheck.returns.layout.row_words import is_total, unit_line

Rows = list[list[str | None]]
# A row is judged as a header by so many rows below it.
BELOW = 40
# As plain numbers, against which numpy compares fastest.
TEXT, PERIOD = int(Kind.TEXT), int(Kind.PERIOD)


class Window:
    """The first rows of a table, looked at cell by cell."""

    def __init__(self, rows: Rows, merged: list[Range]) -> None:
        self.rows = rows
        self.height = len(rows)
        self.width = len(rows[0]) if rows else 0
        self.merged = merged
        self.kinds = np.array([[kind_of(text) for text in row] for row in rows], np.int8).reshape(
            self.height, self.width
        )
        self.filled = (self.kinds != Kind.BLANK).sum(axis=1)
        self.spread = [list(row) for row in rows]
        for r1, c1, r2, c2 in merged:
            if r1 < self.height and c1 < self.width:
                for r in range(r1, min(r2, self.height - 1) + 1):
                    for c in range(c1, min(c2, self.width - 1) + 1):
                        self.spread[r][c] = rows[r1][c1]
        self.spread_kinds = self.kinds
        if merged:
            spread = [[kind_of(text) for text in row] for row in self.spread]
            self.spread_kinds = np.array(spread, np.int8).reshape(self.height, self.width)

    def below(self, row: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Values and filled cells of each column in the next rows that hold more than one cell."""
        wide = [r for r in range(row + 1, min(self.height, row + 1 + BELOW)) if self.filled[r] >= min(2, self.width)]
        kinds = self.kinds[wide]
        return (kinds >= Kind.PERIOD).sum(axis=0), (kinds != Kind.BLANK).sum(axis=0)

    def value_columns(self, row: int) -> set[int]:
        """Columns that hold values below a row."""
        values, filled = self.below(row)
        return set(np.flatnonzero((values > 0) & (values * 2 >= filled)).tolist())

    def title_like(self, row: int) -> bool:
        """One cell, or one cell merged over most of the width: a title, a note, the name of a group."""
        if self.filled[row] != 1:
            return False
        area = self.area(row, int(np.flatnonzero(self.kinds[row])[0]))
        return area is None or area[1] == 0 or area[3] - area[1] + 1 >= self.width * 0.8

    def area(self, row: int, column: int) -> Range | None:
        """The merged range that starts at a cell and is wider than one column."""
        return next((m for m in self.merged if m[0] == row and m[1] == column and m[3] > m[1]), None)

    def heads_by_number(self, row: int) -> set[int]:
        """Columns whose number in this row is a name: a year over figures, or ages and ranks in a series."""
        columns = np.flatnonzero(self.kinds[row] >= PERIOD).tolist()
        if not columns or (not (self.kinds[row] == Kind.TEXT).any() and self.kinds[row, 0] != Kind.BLANK):
            return set()
        if self._named_above(row):  # 社区名称, 户数 over 甲社区, 2000: a figure like a year
            return set()
        kinds = {int(self.kinds[row, c]) for c in columns}
        if kinds == {int(Kind.PERIOD)}:
            wide = [r for r in range(row + 1, min(self.height, row + 12)) if self.filled[r] >= 2]
            below = self.kinds[np.ix_(wide, columns)]
            same = (below == Kind.PERIOD).sum(axis=0)
            held = (below != Kind.BLANK).sum(axis=0)
            return set(columns) if (same * 2 <= held).mean() >= 0.5 else set()
        numbers = [number_of(self.rows[row][c]) for c in columns]
        return set(columns) if len(columns) >= 3 and self._series(row, columns, numbers) else set()

    def _named_above(self, row: int) -> bool:
        """A row above has a name of its own for each cell of this row."""
        held = np.flatnonzero(self.kinds[row] != Kind.BLANK).tolist()
        texts = (r for r in range(row - 1, -1, -1) if (self.kinds[r, held] == Kind.TEXT).all())
        above = next((r for r in texts if not self.phrases(r)), None)
        return above is not None and len(held) > 1 and len({plain(self.rows[above][c]) for c in held}) == len(held)

    def _series(self, row: int, columns: list[int], numbers: list[float | None]) -> bool:
        if any(n is None for n in numbers):
            return False
        steps = np.diff(np.array(numbers, float))
        if not len(steps) or steps[0] <= 0 or (steps != steps[0]).mean() > 0.1:
            return False
        wide = [r for r in range(row + 1, min(self.height, row + 6)) if self.filled[r] >= 2]
        for r in wide:  # figures that go on as a series mean that this row is one of many, not their head
            other = [number_of(self.rows[r][c]) for c in columns]
            if None not in other and (np.diff(np.array(other, float)) == steps[0]).all():
                return False
        return bool(wide)

    def figures(self, row: int, columns: set[int]) -> int:
        """Figures of a row in ``columns``, without the numbers that are names."""
        by_number = self.heads_by_number(row)
        return sum(1 for c in columns if self.kinds[row, c] >= Kind.PERIOD and c not in by_number)

    def phrases(self, row: int) -> float:
        """Share of the cells that are no names of columns: ``填报单位：…``, sentences, totals."""
        texts = [text for text in self.rows[row] if kind_of(text) == Kind.TEXT]
        odd = sum(1 for text in texts if len(plain(text)) > 40 or states_something(text) or unit_line(text))
        first = next((c for c in range(self.width) if self.kinds[row, c] != Kind.BLANK), 0)
        return (odd + (is_total(self.rows[row][first]) and self.filled[row] > 2)) / max(1, len(texts))


def states_something(text: str | None) -> bool:
    """``key: value``: a line of a preamble, no header."""
    body = plain(text)
    return ":" in body[1:-1] and not body.startswith("其中") and "(" not in body.split(":")[0]
