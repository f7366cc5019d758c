"""Quotes that stand for nothing: one opens in a cell, and what follows up to the next is taken for a part of it.

A cell may hold line breaks on purpose. It does not where its lines, each by itself, are rows of the table.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from communitycheck.returns.files.formats.file_format import RowRemark
from communitycheck.returns.files.formats.text.kinds import SAMPLE, Kinds, Row, class_of, fits, kinds_of_columns

# A stray quote is looked for among so many.
QUOTES = 8
# Of the lines of a cell that is many rows, so many are rows by themselves; the others are titles, notes, blanks.
MOST_LINES = 0.8
# Lines of words alone are rows where they have so many cells: no prose has as many commas in each of its lines.
WIDE = 4
# Lines of a cell that are named one by one.
NAMED = 200
SHOWN = 80


class QuotedRows(Struct):
    """``lines``: the line that each row begins in."""

    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)


def rows_by_quotes(lines: Sequence[str], delimiter: str, numbers: Sequence[int] | None = None) -> QuotedRows:
    """The rows of a text, in which a quote only joins what belongs together.

    Args:
        numbers: of the lines in the file, where these are not all of them.

    Raises:
        csv.Error: the text cannot be parsed at all.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    read: list[tuple[Row, int, int]] = []
    before = 0
    for row in reader:
        read.append((list(row), before, reader.line_num))
        before = reader.line_num
    widths = Counter(len(row) for row, _, _ in read if len(row) > 1)
    usual = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    numbers = range(len(lines)) if numbers is None else numbers
    if not any(last - first > 1 or (len(row) != usual and '"' in lines[first]) for row, first, last in read):
        return QuotedRows([row for row, _, _ in read], [numbers[first] for _, first, _ in read])
    return _Lines(lines, delimiter, numbers).rows(read)


class _Lines:
    """Lines of the text by themselves: how many cells most of them have, and what stands in their columns."""

    def __init__(self, lines: Sequence[str], delimiter: str, numbers: Sequence[int]) -> None:
        self._lines, self._delimiter, self._numbers = lines, delimiter, numbers
        alone = [row for line in lines for row in self._parsed(line) if len(row) > 1]
        counts = Counter(map(len, alone))
        self._width = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
        regular = [row for row in alone if len(row) == self._width]
        self._kinds: list[Kinds] = kinds_of_columns(regular[1 : 1 + SAMPLE], self._width)

    def rows(self, read: list[tuple[Row, int, int]]) -> QuotedRows:
        found = QuotedRows()
        for row, first, last in read:
            at, text = len(found.rows), self._lines[first]
            if last - first > 1 and self._width > 1:
                apart = [self._alone(line) for line in self._lines[first:last]]
                if self._are_rows(row, apart, first, last):
                    lines = self._numbers[last - 1] - self._numbers[first] + 1
                    found.remarks.append(RowRemark("quote-unclosed", at, shown(text), {"lines": lines}))
                    found.rows += apart
                    found.lines += self._numbers[first:last]
                    continue
                found.remarks += self._named(at, apart, first)
            elif len(row) != self._width and '"' in text and not self._well_formed(first, last):
                alone = self._alone(text)
                if len(alone) == self._width:
                    found.remarks.append(RowRemark("quote-stray", at, shown(text)))
                    row = alone
            found.rows.append(row)
            found.lines.append(self._numbers[first])
        return found

    def _are_rows(self, row: Row, apart: list[Row], first: int, last: int) -> bool:
        """A row over several lines is as many rows."""
        held = [cells for cells in apart if any(cells)]
        fit = [cells for cells in held if len(cells) == self._width]
        if not self._well_formed(first, last):
            return (len(fit) >= 2 and len(fit) * 2 >= len(held)) or (len(row) != self._width and bool(fit))
        whole = len(apart[0]) == self._width == len(apart[-1]) and len(fit) >= MOST_LINES * len(held)
        return whole and self._alike(fit) and (self._width >= WIDE or all(map(self._has_figures, fit)))

    def _named(self, at: int, apart: list[Row], first: int) -> Iterator[RowRemark]:
        """The lines below the first that look like rows all the same."""
        rows = [(n, cells) for n, cells in enumerate(apart) if n and len(cells) == self._width]
        if len(rows) * 2 >= len(apart) - 1 and self._alike([cells for _, cells in rows]):
            for n, _ in rows[:NAMED]:
                yield RowRemark("line-in-cell", at, shown(self._lines[first + n]))

    def _alike(self, rows: list[Row]) -> bool:
        """Each cell is of the kind that its column holds."""
        return all(fits([cell or ""], kinds) for cells in rows for cell, kinds in zip(cells, self._kinds, strict=True))

    def _has_figures(self, cells: Row) -> bool:
        """A figure stands in a column of figures."""
        pairs = zip(cells, self._kinds, strict=True)
        return any(kinds == {"n"} and class_of(cell or "") == "n" for cell, kinds in pairs)

    def _well_formed(self, first: int, last: int) -> bool:
        """Every quote opens a cell or closes one."""
        try:
            return bool(list(csv.reader(self._lines[first:last], delimiter=self._delimiter, strict=True)))
        except csv.Error:
            return False

    def _parsed(self, line: str) -> Iterator[Row]:
        """A line as a row of its own; nothing where its quotes do not pair."""
        if line.count('"') % 2 == 0:
            for row in csv.reader([line], delimiter=self._delimiter):
                yield [*row]

    def _alone(self, line: str) -> Row:
        """A line as a row of its own, without quotes that join nothing."""
        line = line.rstrip("\r\n")
        whole = next(self._parsed(line), None)
        if whole is not None and (len(whole) == self._width or '"' not in line):
            return whole
        places = [at for at, mark in enumerate(line) if mark == '"']
        if len(places) <= QUOTES:
            for at in places:
                cells = next(self._parsed(line[:at] + line[at + 1 :]), [])
                if len(cells) == self._width:
                    return cells
        bare: Row = [*line.replace('"', "").split(self._delimiter)]
        return bare if whole is None or len(bare) == self._width else whole


def shown(line: str) -> str:
    line = line.strip()
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
