"""What ``compare`` found as a workbook: the totals, every change with its figures, and whom nobody could match."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO

from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.csv import COLUMNS, Cell, rows
from communitycheck.products.compare.lines import OnOneSide
from communitycheck.products.compare.text import compare_blocks
from communitycheck.products.compare.words import hyphened
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.blocks import blocks_sheet
from communitycheck.reporting.formats.xlsx.book import Book, Figure
from communitycheck.reporting.words.numbers import plain
from communitycheck.reporting.words.sentences import Wording

_TOTALS = ("compare", "compare-rules")
_SUBJECTS = (
    *(f"compare-heading-{hyphened(one.value)}" for one in OnOneSide),
    *("compare-heading-renamed", "compare-heading-questions", "compare-several", "compare-unused"),
)
_LISTED = 5_000  # lines of a list of subjects beside the sheet of changes


def write_workbook(found: ComparedRuns, wording: Wording, sink: IO[bytes]) -> None:
    """Write the workbook."""
    say = wording.say
    blocks = compare_blocks(found, wording, most=_LISTED, more="compare-more-elsewhere")
    with Book(
        sink, font=FONTS[wording.lang], folder=Path(), day=found.after.day, footer=say("compare-title")
    ) as book:  # fmt: skip
        blocks_sheet(book, say("compare-sheet-totals"), [block for block in blocks if block.key in _TOTALS])
        _changes(book, found, wording)
        if subjects := [block for block in blocks if block.key in _SUBJECTS]:
            blocks_sheet(book, say("compare-sheet-subjects"), subjects)


def _changes(book: Book, found: ComparedRuns, wording: Wording) -> None:
    sheet = book.sheet(wording.say("compare-sheet-changes"))
    for k, code in enumerate(COLUMNS):
        sheet.set_column(k, k, 24 if code in ("column-title", "column-region") else 14)
        book.put(sheet, 0, k, wording.say(code), "head")
    last = 0
    for last, cells in enumerate(islice(rows(found, wording), ROWS - 1), 1):
        for k, value in enumerate(cells):
            _put(book, sheet, last, k, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def _put(book: Book, sheet: object, row: int, column: int, value: Cell) -> None:
    if isinstance(value, float):
        book.put(sheet, row, column, Figure(value, plain(value)))
    elif value:
        book.put(sheet, row, column, value)
