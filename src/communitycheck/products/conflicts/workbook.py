"""What ``conflicts`` found as a workbook: the pairs of returns, and a row for each conflict, to be filtered."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO

from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.rows import COLUMNS, rows
from communitycheck.products.conflicts.text import conflict_blocks
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.blocks import blocks_sheet
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.sentences import Wording

_WIDE = (
    *("column-region", "conflicts-column-field", "conflicts-column-one-at", "conflicts-column-other-at"),
    "conflicts-column-unused",
)


def write_conflicts_book(found: FoundConflicts, wording: Wording, sink: IO[bytes]) -> None:
    """Write the workbook."""
    say = wording.say
    with Book(
        sink, font=FONTS[wording.lang], folder=Path(), day=found.report.as_of, footer=say("conflicts-title")
    ) as book:
        blocks_sheet(book, say("conflicts-sheet-pairs"), conflict_blocks(found, wording, most=0, more="conflicts-all"))
        sheet = book.sheet(say("conflicts-sheet-places"))
        for k, code in enumerate(COLUMNS):
            sheet.set_column(k, k, 30 if code in _WIDE else 14)
            book.put(sheet, 0, k, say(code), "head")
        last = 0
        for last, cells in enumerate(islice(rows(found, wording), ROWS - 1), 1):
            for k, text in enumerate(cells):
                book.put(sheet, last, k, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
