"""What ``overlap`` found as a workbook: the overview, and a row for each place that asks, to be filtered."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.products.overlap.lines import COLUMNS, rows
from communitycheck.products.overlap.text import overlap_blocks
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.blocks import blocks_sheet
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.sentences import Wording

_WIDE = ("column-field", "column-path", "column-header")
_COUNTS = ("overlap-column-forms", "overlap-column-number")


def write_overlap_book(found: FoundOverlap, wording: Wording, sink: IO[bytes]) -> None:
    """Write the workbook."""
    say = wording.say
    day = max((form.period for form in found.overlap.forms if form.period), default=date(2000, 1, 1))
    with Book(sink, font=FONTS[wording.lang], folder=Path(), day=day, footer=say("overlap-title")) as book:
        blocks_sheet(book, say("overlap-sheet-overview"), overlap_blocks(found, wording, most=None))
        sheet = book.sheet(say("overlap-sheet-places"))
        for k, code in enumerate(COLUMNS):
            sheet.set_column(k, k, 28 if code in _WIDE else 13)
            book.put(sheet, 0, k, say(code), "head")
        last = 0
        for last, cells in enumerate(islice(rows(found.overlap, wording), ROWS - 1), 1):
            for k, text in enumerate(cells):
                book.put(sheet, last, k, int(text) if COLUMNS[k] in _COUNTS and text else text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
