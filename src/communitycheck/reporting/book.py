"""A workbook that needs no touching up: fonts, widths, frozen and filtered headers, print set-up, safe cells.

Text is always written as text, never as a formula. A sheet that grows past what Excel holds goes on in a next one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from communitycheck.model.returns import Address
from communitycheck.reporting.inert import clip, one_line
from communitycheck.reporting.numbers import PERCENT, clean

ROWS = 1_048_576  # rows of a sheet, the header included
SHEETS = 4  # sheets over which one table may go on
LINKS = 60_000  # Excel takes some 65,000 links in a sheet
MEASURED = 2_000  # rows that decide the width of a column
LONGEST = 2_000  # characters of a cell
NARROWEST = 6
LINE = 16.5  # height of a line, in points
_NUMBER = re.compile(r"[\d,]+(?:\.(\d+))?")
LINES = 6  # lines of a cell that are shown whole


@dataclass(frozen=True, slots=True)
class Figure:
    """A number shown with as many decimals as ``like``, its text in the other reports, has; a share as a percentage."""

    value: float
    like: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """``passed`` of ``judged`` as a percentage of one decimal; empty where nothing was judged."""

    passed: int
    judged: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a return: its cells as text, and a link to the first of them where the file is at hand."""

    text: str
    at: Address | None = None


Cell = str | int | Figure | Rate | Link | None


def figure(value: float | None, like: str, unit: str) -> Figure | None:
    """A number for a cell; None where there is none."""
    value = clean(value)
    return None if value is None else Figure(value, like, unit == PERCENT)


class Book:
    """The workbook being written.

    Args:
        folder: where the file will lie; links to returns are relative to it.
        large: write row by row to disk, for tables of many rows.
    """

    def __init__(self, sink: IO[bytes], *, font: str, folder: Path, large: bool, day: date, footer: str) -> None:
        self._workbook = xlsxwriter.Workbook(
            sink,
            {
                "constant_memory": large,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": font, "font_size": 10},
                "use_zip64": large,
            },
        )
        # The time of writing would make every file differ.
        self._workbook.set_properties({"created": datetime(day.year, day.month, day.day)})
        self._formats: dict[str, Any] = {}
        self._folder = folder
        self._footer = footer
        self._links: dict[str, str | None] = {}

    def close(self) -> None:
        """Write everything.

        Raises:
            OSError: the file could not be written.
        """
        try:
            self._workbook.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error

    def format(self, kind: str) -> Any:
        """A cell format: ``plain right wrap link head head-right title section label`` or ``number:<Excel format>``."""
        if kind not in self._formats:
            self._formats[kind] = self._workbook.add_format(_properties(kind))
        return self._formats[kind]

    def sheet(self, name: str) -> Any:
        """A new worksheet, set up for the printer."""
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{name}")
        sheet.set_footer(f"&C{self._footer}")
        return sheet

    def chart(self) -> Any:
        return self._workbook.add_chart({"type": "bar"})

    def put(self, sheet: Any, row: int, column: int, value: Cell, kind: str = "plain", *, link: bool = True) -> None:
        """Write one cell."""
        if isinstance(value, str):
            if value:
                text = clip(one_line(value), LONGEST)
                sheet.write_string(row, column, text, self.format(kind))
            elif kind != "plain":
                sheet.write_blank(row, column, None, self.format(kind))
        elif isinstance(value, Link):
            target = self.target(value.at, value.text) if link and value.at is not None else None
            if target is None:
                self.put(sheet, row, column, value.text, kind)
            else:
                sheet.write_url(row, column, target, self.format("link"), value.text)
        elif value is not None and (number := _number(value)) is not None:
            sheet.write_number(row, column, number[0], self.format(f"number:{number[1]}"))

    def target(self, at: Address, cells: str) -> str | None:
        """A link to the first of ``cells`` in its return; None where there is no such file to open."""
        key = f"{at.path}\0{at.sheet}"
        if key not in self._links:
            self._links[key] = self._file(at)
        base = self._links[key]
        if base is None:
            return None
        first = cells.split(" ", 1)[0]
        target = f"{base}{f'A{first}' if first.isdigit() else first}" if base.endswith("!") else base
        return target if len(target) < 255 else None

    def _file(self, at: Address) -> str | None:
        path = Path(at.path)
        try:
            if not path.is_file() or "#" in at.path:
                return None
            near = os.path.relpath(path, self._folder)
        except (OSError, ValueError):  # another drive, or no name a file can have
            return None
        if not at.sheet or path.suffix.lower() in (".csv", ".txt"):
            return f"external:{near}"
        sheet = at.sheet.replace("'", "''")
        return f"external:{near}#'{sheet}'!"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    ``wide`` is the most it may take, longer text wraps; ``right`` for numbers, ``bar`` for rates; a column that is
    not ``printed`` (the last ones alone) stays on the screen.
    """

    title: str
    wide: int = 40
    right: bool = False
    bar: bool = False
    printed: bool = True


@dataclass(slots=True)
class Written:
    """What became of a table: rows given, rows written, sheets used."""

    title: str
    total: int = 0
    rows: int = 0
    sheets: list[str] = field(default_factory=list)


class TableSheet:
    """A table on a sheet of its own, its header frozen, filtered and repeated in print; goes on in a next when full."""

    def __init__(self, book: Book, title: str, fields: Sequence[Field], *, rows: int = ROWS) -> None:
        self._book = book
        self._fields = fields
        self._rows = rows
        self.written = Written(title)
        self._sheet: Any = None
        self._at = 0
        self._links = 0
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
        lines = 1
        for k, (value, column) in enumerate(zip(cells, self._fields, strict=True)):
            if value is None or value == "":
                continue
            kind = "plain"
            long = False
            if isinstance(value, str):
                long = column.printed and len(value) * 2 > column.wide
                kind = "right" if column.right else "wrap" if long else kind
            self._book.put(self._sheet, self._at, k, value, kind, link=self._links < LINKS)
            self._links += isinstance(value, Link)
            width = width_of(value) if measured or long else 0
            if long and width > column.wide:
                # Words do not fill a line to its end: reckon with a little less than the column's width.
                lines = max(lines, -(-width // (column.wide - 1)))
            if measured:
                self._widths[k] = max(self._widths[k], width)
        self._sheet.set_row(self._at, LINE * min(lines, LINES))
        self._at += 1
        self.written.rows += 1

    def close(self) -> Written:
        self._finish()
        return self.written

    def _begin(self) -> None:
        number = len(self.written.sheets) + 1
        name = self.written.title if number == 1 else f"{self.written.title} ({number})"
        self._sheet = self._book.sheet(name)
        self.written.sheets.append(name)
        self._widths = [_width(f.title) + 3 for f in self._fields]  # room for the filter button
        for k, column in enumerate(self._fields):
            self._book.put(self._sheet, 0, k, column.title, "head-right" if column.right or column.bar else "head")
        self._sheet.set_row(0, 1.4 * LINE)
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)
        self._at = 1
        self._links = 0

    def _finish(self) -> None:
        last = max(self._at - 1, 1)
        self._sheet.autofilter(0, 0, last, len(self._fields) - 1)
        self._sheet.print_area(0, 0, last, sum(f.printed for f in self._fields) - 1)
        for k, column in enumerate(self._fields):
            self._sheet.set_column(k, k, min(max(self._widths[k] + 1, NARROWEST), column.wide))
            if column.bar:
                bars(self._sheet, 1, k, last)


def bars(sheet: Any, first: int, column: int, last: int) -> None:
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


def _properties(kind: str) -> dict[str, Any]:
    if kind.startswith("number:"):
        return {"num_format": kind.removeprefix("number:"), "valign": "vcenter"}
    known: dict[str, dict[str, Any]] = {
        "plain": {"valign": "vcenter"},
        "right": {"valign": "vcenter", "align": "right"},
        "wrap": {"valign": "vcenter", "text_wrap": True},
        "link": {"valign": "vcenter", "font_color": "#0563C1", "underline": 1},
        "head": {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "valign": "vcenter", "text_wrap": True},
        "head-right": {
            "bold": True,
            "bg_color": "#DDEBF7",
            "bottom": 1,
            "valign": "vcenter",
            "text_wrap": True,
            "align": "right",
        },
        "title": {"bold": True, "font_size": 16},
        "section": {"bold": True, "font_size": 12},
        "label": {"font_color": "#595959", "valign": "vcenter"},
    }
    return known[kind]


def _decimals(text: str) -> int:
    """Decimals of the first number in ``text``."""
    found = _NUMBER.search(text)
    return len(found[1] or "") if found else 0


@lru_cache(maxsize=4096)
def _shape(like: str, percent: bool) -> str:
    decimals = _decimals(like)
    return ("0" if percent else "#,##0") + (f".{'0' * decimals}" if decimals else "") + ("%" if percent else "")


def _number(value: int | Figure | Rate) -> tuple[float, str] | None:
    """The number to write and its Excel format; None where there is none."""
    if isinstance(value, int):
        return value, "#,##0"
    if isinstance(value, Figure):
        return value.value, _shape(value.like, value.percent)
    if not value.judged:
        return None
    # One decimal, but 100.0% and 0.0% only where they are exact.
    near = value.passed not in (0, value.judged) and not 5e-4 < value.passed / value.judged < 0.9995
    return value.passed / value.judged, "0.0###%" if near else "0.0%"


def width_of(value: Cell) -> int:
    """How wide a cell's content is in a column: Chinese characters count double."""
    match value:
        case None:
            return 0
        case str():
            return _width(value[:LONGEST])
        case Link(text, _):
            return _width(text)
        case Figure(number, like, percent):
            return len(f"{number * 100 if percent else number:,.{_decimals(like)}f}") + percent
        case Rate():
            return 8
        case _:
            return len(f"{value:,}")


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)
