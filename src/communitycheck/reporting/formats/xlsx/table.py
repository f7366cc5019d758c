"""A table on a sheet of its own: header frozen, filtered and repeated in print, widths and heights to fit.

A table that grows past what a sheet of Excel holds goes on in a next one; what no sheet holds any more is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from xml.sax.saxutils import escape

from msgspec import Struct, field
from xlsxwriter.worksheet import Worksheet

from communitycheck.model.address import column_letter
from communitycheck.model.report import Report
from communitycheck.printable import clip, one_line
from communitycheck.reporting.excel import LINE, LINES, LINKS, LONGEST, ROWS, text_width
from communitycheck.reporting.formats.xlsx.book import Book, Cell, Link, number_of, width_of
from communitycheck.reporting.words.sentences import Wording

SHEETS = 4  # sheets over which one table may go on
MEASURED = 2_000  # rows that decide the width of a column
NARROWEST = 6
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read a character's code


class BookColumn(Struct, frozen=True):
    """One column of a table.

    ``wide`` is the most it may take, longer text wraps; ``right`` for numbers, ``bar`` for rates; a column that is
    not ``printed`` (the last ones alone) stays on the screen. ``dash``: a dash for zero, where most are.
    """

    title: str
    wide: int = 40
    right: bool = False
    bar: bool = False
    printed: bool = True
    dash: bool = False


class Written(Struct):
    """What became of a table: rows given, rows written, sheets used, cells that should lead somewhere and do not."""

    title: str
    total: int = 0
    rows: int = 0
    unlinked: int = 0
    sheets: list[str] = field(default_factory=list)


class Tables(Struct, frozen=True):
    """What every table of the workbook is made from. A longer one than ``rows`` goes on in further sheets."""

    report: Report
    book: Book
    wording: Wording
    rows: int

    def sheet(self, name: str, columns: Sequence[BookColumn]) -> TableSheet:
        """A new table; ``name`` is that of its sheet in the catalogue of messages."""
        return self.named_sheet(self.wording.say(f"sheet-{name}"), columns)

    def named_sheet(self, title: str, columns: Sequence[BookColumn]) -> TableSheet:
        """A new table on a sheet called ``title``."""
        return TableSheet(self.book, title, columns, rows=self.rows)


class TableSheet:
    """A table being written, row by row."""

    def __init__(self, book: Book, title: str, columns: Sequence[BookColumn], *, rows: int = ROWS) -> None:
        self._book = book
        self._columns = columns
        self._rows = rows
        self.written = Written(title)
        self._heads = [f'<c r="{column_letter(k + 1)}' for k in range(len(columns))]
        self._styles: dict[str, int] = {}
        numbers = [column.right or column.bar for column in columns]
        # Words keep clear of the figures to their left.
        self._after = ["-after" if before and not own else "" for before, own in pairwise([False, *numbers])]
        self._begin()

    def add(self, cells: Sequence[Cell]) -> None:
        """One more row; past the last sheet it is only counted."""
        self.written.total += 1
        if self._at >= self._rows:
            if len(self.written.sheets) >= SHEETS:
                return
            self._finish()
            self._begin()
        measured = self._at <= MEASURED
        number = self._at + 1
        lines = 1
        parts = [""]
        for k, value in enumerate(cells):
            if value is None or value == "":
                continue
            column = self._columns[k]
            width = 0
            if isinstance(value, str):
                long = column.printed and len(value) * 2 > column.wide
                kind = "right" if column.right or column.bar else ("wrap" if long else "plain") + self._after[k]
                content = _inline(value)
                if long or measured:
                    width = text_width(value) if len(value) <= LONGEST else 2 * LONGEST
                if long and width > column.wide:
                    # Words do not fill a line to its end: reckon with a little less than the column's width.
                    lines = max(lines, -(-width // (column.wide - 1)))
            elif isinstance(value, Link):
                if not value.text:
                    continue
                kind = ("link" if self._link(k, value) else "plain") + self._after[k]
                content = _inline(value.text)
                width = text_width(value.text) if measured else 0
            else:
                found = number_of(value)
                if found is None:
                    continue
                kind = f"number:{found[1]}" + (f';-{found[1]};"–"' if column.dash else "")
                content = f"><v>{found[0]:.16G}</v></c>"
                width = width_of(value) if measured else 0
            if measured and width > self._widths[k]:
                self._widths[k] = width
            parts.append(f'{self._heads[k]}{number}" s="{self._style(kind)}"{content}')
        self._row("".join(parts), LINE * min(lines, LINES) if lines > 1 else None)
        self.written.rows += 1

    def close(self, empty: str = "") -> Written:
        """Finish the table; one without rows says ``empty``."""
        if not self.written.total and empty:
            self._row(f'{self._heads[0]}2" s="{self._style("label")}"{_inline(empty)}', None)
        self._finish()
        return self.written

    def _style(self, kind: str) -> int:
        number = self._styles.get(kind)
        if number is None:
            number = self._styles[kind] = self._book.style(kind)
        return number

    def _row(self, cells: str, height: float | None) -> None:
        tall = f' ht="{height:g}" customHeight="1"' if height is not None else ""
        self._sheet.add_row(f'<row r="{self._at + 1}"{tall}>{cells}</row>')
        self._at += 1

    def _link(self, k: int, value: Link) -> bool:
        """Whether the cell leads to its place; past Excel's limit it is only counted."""
        target = self._book.targets.of(value.at, value.first) if value.at is not None else None
        if target is None:
            return False
        if self._links >= LINKS:
            self.written.unlinked += 1
            return False
        self._sheet.link(self._at, k, target)
        self._links += 1
        return True

    def _begin(self) -> None:
        number = len(self.written.sheets) + 1
        name = self.written.title if number == 1 else f"{self.written.title} ({number})"
        self._sheet = self._book.row_sheet(name)
        self._sheet.set_default_row(LINE)
        self.written.sheets.append(name)
        # Room for the filter's button; what is set right keeps clear of it.
        self._widths = [text_width(c.title) + (5 if c.right or c.bar else 4) for c in self._columns]
        self._at = 0
        self._links = 0
        heads = []
        for k, column in enumerate(self._columns):
            style = self._style("head-right" if column.right or column.bar else "head" + self._after[k])
            heads.append(f'{self._heads[k]}1" s="{style}"{_inline(column.title)}')
        self._row("".join(heads), 1.4 * LINE)
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)

    def _finish(self) -> None:
        last = max(self._at - 1, 1)
        self._sheet.filled(self._at, len(self._columns))
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        self._sheet.print_area(0, 0, last, sum(c.printed for c in self._columns) - 1)
        for k, column in enumerate(self._columns):
            self._sheet.set_column(k, k, min(max(self._widths[k] + 1, NARROWEST), column.wide))
            if column.bar:
                bars(self._sheet, 1, k, last)


def bars(sheet: Worksheet, first: int, column: int, last: int) -> None:
    """Bars behind percentages."""
    sheet.conditional_format(
        first,
        column,
        last,
        column,
        {
            "type": "data_bar",
            "bar_color": "#C5DFF3",
            "bar_solid": True,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1,
        },
    )


@lru_cache(maxsize=16384)
def _inline(text: str) -> str:
    """A cell's text as XML, harmless and on one line."""
    text = escape(clip(one_line(text), LONGEST))
    if "_x" in text:
        text = _CODE.sub("_x005F_", text)
    return f' t="inlineStr"><is><t>{text}</t></is></c>'
