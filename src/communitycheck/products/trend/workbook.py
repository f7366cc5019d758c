"""What ``trend`` found as a workbook: the tables, and a chart of each indicator beside the figures it shows."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from xlsxwriter.worksheet import Worksheet

from communitycheck.products.trend.charts import IndicatorChart, charts
from communitycheck.products.trend.found import FoundTrend
from communitycheck.products.trend.text import trend_blocks
from communitycheck.reporting.document import Block
from communitycheck.reporting.excel import FONTS
from communitycheck.reporting.formats.xlsx.book import Book, figure
from communitycheck.reporting.words.numbers import PERCENT, amounts
from communitycheck.reporting.words.sentences import Wording

_TALL = 18  # rows that a chart takes


def write_trend_book(found: FoundTrend, wording: Wording, sink: IO[bytes]) -> None:
    """Write the workbook."""
    say = wording.say
    with Book(sink, font=FONTS[wording.lang], folder=Path(), day=found.day, footer=say("trend-title")) as book:
        _tables(book, say("trend-sheet-tables"), trend_blocks(found, wording, details=True))
        sheet = book.sheet(say("trend-sheet-charts"))
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 12, 11)
        row = 0
        for one in charts(found, wording):
            row = _chart(book, sheet, row, one, wording)


def _tables(book: Book, name: str, blocks: list[Block]) -> None:
    sheet, row = book.sheet(name), 0
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 24, 15)
    for block in blocks:
        book.put(sheet, row, 0, block.title, "title")
        row += 1
        for label, value in block.pairs:
            book.put(sheet, row, 0, label)
            book.put(sheet, row, 1, value)
            row += 1
        if block.rows:
            for k, column in enumerate(block.columns):
                book.put(sheet, row, k, column.title, "head-figure" if column.right else "head")
            for n, one in enumerate(block.rows, row + 1):
                for k, text in enumerate(one.cells):
                    book.put(sheet, n, k, text, "wrap")
            row += 1 + len(block.rows)
        for line in filter(None, [*block.lines, block.more]):
            book.put(sheet, row, 0, line)
            row += 1
        row += 1


def _chart(book: Book, sheet: Worksheet, row: int, one: IndicatorChart, wording: Wording) -> int:
    """The figures of an indicator, and beneath them their chart, which Excel draws from the cells."""
    say, n = wording.say, len(one.periods)
    last = n + (1 if one.due else 0)
    book.put(sheet, row, 0, one.title, "title")
    for k, name in enumerate([*one.periods, *([one.due.isoformat()] if one.due else [])], 1):
        book.put(sheet, row + 1, k, name, "head-figure")
    lines: list[tuple[str, tuple[float | None, ...], str]] = []
    for line in one.lines:
        lines.append((line.name, line.figures, "solid"))
        if one.due and line.projected is not None:
            ahead = (*(None,) * (n - 1), line.figures[-1], line.projected)
            lines.append((say("trend-chart-projected", name=line.name), ahead, "round_dot"))
    if one.target is not None:
        lines.append((say("trend-column-target"), (one.target,) * last, "dash"))
    drawn = book.chart("line")
    for k, (name, values, dash) in enumerate(lines, row + 2):
        book.put(sheet, k, 0, name)
        for column, value in enumerate(values, 1):
            if value is not None and (number := figure(value, amounts([value], one.unit, wording.lang)[0], one.unit)):
                book.put(sheet, k, column, number)
        drawn.add_series({
            "name": [sheet.name, k, 0],
            "categories": [sheet.name, row + 1, 1, row + 1, last],
            "values": [sheet.name, k, 1, k, last],
            "line": {"dash_type": dash, "width": 2},
            "marker": {"type": "circle" if dash == "solid" else "none"},
        })  # fmt: skip
    drawn.set_title({"name": one.title, "overlay": False, "name_font": {"size": 11}})
    drawn.set_y_axis({"num_format": "0%" if one.unit == PERCENT else "General"})
    drawn.set_legend({"position": "right"})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": 760, "height": 320})
    sheet.insert_chart(row + 3 + len(lines), 0, drawn)
    return row + 3 + len(lines) + _TALL
