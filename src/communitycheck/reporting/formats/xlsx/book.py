"""A workbook that needs no touching up: fonts, print set-up, number formats, safe cells.

Text is always written as text, never as a formula.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple, Self, TypeVar

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from communitycheck.model.address import Address
from communitycheck.printable import clip, one_line
from communitycheck.reporting.excel import LONGEST, close_workbook, new_workbook, text_width
from communitycheck.reporting.formats.xlsx.links import Targets
from communitycheck.reporting.words.numbers import PERCENT, clean
from communitycheck.system.scratch import scratch_folder

S = TypeVar("S", bound=Worksheet)
_NUMBER = re.compile(r"[\d,]+(?:\.(\d+))?")


class Figure(NamedTuple):
    """A number shown with as many decimals as ``like``, its text in the other reports, has; a share as a percentage."""

    value: float
    like: str
    percent: bool = False


class PassRate(NamedTuple):
    """``passed`` of ``judged`` as a percentage of one decimal; empty where nothing was judged."""

    passed: int
    judged: int


class Link(NamedTuple):
    """A place in a return: its cells as text, and a link to ``first`` of them where the file is at hand."""

    text: str
    at: Address | None = None
    first: str | None = None


Cell = str | int | Figure | PassRate | Link | None


def figure(value: float | None, like: str, unit: str) -> Figure | None:
    """A number for a cell; None where there is none."""
    value = clean(value)
    return None if value is None else Figure(value, like, unit == PERCENT)


class Book:
    """The workbook being written; sheets of rows go through files in a folder that is gone when it is closed.

    Args:
        folder: where the file will lie; links to returns are relative to it.
    """

    def __init__(self, sink: IO[bytes], *, font: str, folder: Path, day: date, footer: str) -> None:
        self._scratch = scratch_folder()
        self._workbook = new_workbook(sink, font, day, use_zip64=True, tmpdir=self._scratch.name)
        self._formats: dict[str, Format] = {}
        self._footer = footer
        self.font = font
        self.targets = Targets(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write everything, unless something went wrong before.

        Raises:
            OSError: the file could not be written.
        """
        try:
            if kind is None:
                close_workbook(self._workbook)
        finally:
            self._workbook.fileclosed = True  # else it warns when it is thrown away
            self._scratch.cleanup()

    def format(self, kind: str) -> Format:
        """A cell format: one of the ``known`` below, ``number:<Excel format>``, or ``total:`` of it."""
        if kind not in self._formats:
            self._formats[kind] = self._workbook.add_format(_properties(kind))
        return self._formats[kind]

    def style(self, kind: str) -> int:
        """The number of a cell format in the file."""
        number: int = self.format(kind)._get_xf_index()
        return number

    def sheet(self, name: str) -> Worksheet:
        """A new worksheet, set up for the printer."""
        return self._set_up(self._workbook.add_worksheet(name), name)

    def row_sheet(self, name: str) -> RowSheet:
        """A new worksheet that is made of whole rows."""
        sheet: RowSheet = self._workbook.add_worksheet(name, RowSheet)
        return self._set_up(sheet, name)

    def _set_up(self, sheet: S, name: str) -> S:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{name}")
        sheet.set_footer(f"&C{self._footer}")
        return sheet

    def chart(self, kind: str = "bar", subtype: str = "") -> Chart:
        return self._workbook.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})

    def put(
        self, sheet: Worksheet, row: int, column: int, value: str | int | Figure | PassRate | None, kind: str = "plain"
    ) -> None:
        """Write one cell."""
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, clip(one_line(value), LONGEST), self.format(kind))
            elif kind != "plain":
                sheet.write_blank(row, column, None, self.format(kind))
        elif value is not None and (number := number_of(value)) is not None:
            sheet.write_number(row, column, number[0], self.format(f"number:{number[1]}"))


class RowSheet(Worksheet):  # type: ignore[misc]
    """A worksheet made of whole rows, each given as XML and kept in a file until the workbook is written.

    ``write_string`` and its like take some 10 µs a cell, most of the time of a report with millions of cells.
    """

    def _initialize(self, init_data: dict[str, object]) -> None:
        super()._initialize({**init_data, "constant_memory": True})

    def add_row(self, xml: str) -> None:
        """The next ``<row>``."""
        self.row_data_fh.write(xml)

    def link(self, row: int, column: int, target: str) -> None:
        """Let a cell that is written already lead to ``target``."""
        self.ignore_write_string = True
        self.write_url(row, column, target)

    def filled(self, rows: int, columns: int) -> None:
        """Tell how much was added."""
        self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax = 0, rows - 1, 0, columns - 1


def _properties(kind: str) -> dict[str, object]:
    if kind.startswith("number:"):
        return {"num_format": kind.removeprefix("number:"), "valign": "vcenter"}
    if kind.startswith("total:"):
        shape = _properties(f"number:{kind.removeprefix('total:')}")
        return {**shape, "bold": True, "bg_color": "#DDEBF7", "bottom": 1}
    if kind.endswith("-after"):
        return {**_properties(kind.removesuffix("-after")), "indent": 1}
    known: dict[str, dict[str, object]] = {
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
            "indent": 2,  # clear of the filter's button
        },
        "head-figure": {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "valign": "vcenter", "align": "right"},
        "title": {"bold": True, "font_size": 16},
        "section": {"bold": True, "font_size": 12},
        "label": {"font_color": "#595959", "valign": "vcenter"},
    }
    return known[kind]


def _decimals(text: str) -> int:
    """Decimals of the first number in ``text``."""
    found = _NUMBER.search(text)
    return len(found[1] or "") if found else 0


def _places(one: Figure) -> int:
    """The decimals of its text; one more where Excel, which rounds a five up, would show another number: a limit of 2.5
    for 2.4995, which other reports round to 2.499."""
    decimals = _decimals(one.like)
    digits = repr(clean(one.value * 100) if one.percent else one.value)
    if digits.endswith("5") and len(digits.partition(".")[2]) == decimals + 1 and "e" not in digits:
        up = Decimal(digits).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP)
        return decimals + (f"{up}" != f"{float(digits):.{decimals}f}")
    return decimals


@lru_cache(maxsize=4096)
def _shape(decimals: int, percent: bool) -> str:
    return ("0" if percent else "#,##0") + (f".{'0' * decimals}" if decimals else "") + ("%" if percent else "")


def number_of(value: int | Figure | PassRate) -> tuple[float, str] | None:
    """The number to write and its Excel format; None where there is none."""
    if isinstance(value, int):
        return value, "#,##0"
    if isinstance(value, Figure):
        return value.value, _shape(_places(value), value.percent)
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
            return text_width(value[:LONGEST])
        case Link():
            return text_width(value.text)
        case Figure(number, like, percent):
            return len(f"{number * 100 if percent else number:,.{_decimals(like)}f}") + percent
        case PassRate():
            return 8
        case _:
            return len(f"{value:,}")
