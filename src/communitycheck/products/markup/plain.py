"""A text return (csv, tsv) as a workbook that can be marked: every cell as text, exactly as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, islice
from typing import IO

from communitycheck.messages import Lang
from communitycheck.printable import clip
from communitycheck.reporting.excel import FONTS, ROWS, close_workbook, new_workbook, text_width

SHEET = "Sheet1"  # says nothing, so that the reader learns no more than the text told
COLUMNS, LONGEST = 16_384, 32_767  # of a sheet, and characters of a cell
MEASURED, WIDEST = 100, 24  # rows that decide how wide a column is, and the most it is


def write_plain(
    rows: Iterable[Sequence[str | None]],
    sink: IO[bytes],
    day: date,
    lang: Lang,
    *,
    scratch: str | None = None,
    fold_gaps: bool = False,
) -> int:
    """Write the workbook; how many cells were too long for one and were clipped.

    Args:
        scratch: a folder for files that are gone at the end, unless the disk is full.
        fold_gaps: rows without a cell take no height.

    Raises:
        OSError: the file could not be written. ValueError: more rows or columns than a sheet has.
    """
    book = new_workbook(sink, FONTS[lang], day, constant_memory=True, tmpdir=scratch)
    sheet = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@"})
    clipped = 0
    ahead = iter(rows)
    first = list(islice(ahead, MEASURED))
    for column in range(min(max(map(len, first), default=0), COLUMNS)):
        widths = (text_width(row[column] or "") for row in first if column < len(row))
        sheet.set_column(column, column, min(max(widths) + 2, WIDEST))
    for number, row in enumerate(chain(first, ahead)):
        if number >= ROWS or len(row) > COLUMNS:
            raise ValueError(number)
        if fold_gaps and not row:
            sheet.set_row(number, None, None, {"hidden": True})
        for column, cell in enumerate(row):
            if cell:
                clipped += len(cell) > LONGEST
                sheet.write_string(number, column, clip(cell, LONGEST), text)
    close_workbook(book)
    return clipped
