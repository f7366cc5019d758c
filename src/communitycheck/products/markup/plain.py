"""A text return (csv, tsv) as a workbook that can be marked: every cell as text, exactly as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import IO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from communitycheck.messages import Lang
from communitycheck.reporting.formats.xlsx.book import width_of
from communitycheck.reporting.formats.xlsx.sheets import FONTS
from communitycheck.reporting.words.sanitise import clip

SHEET = "Sheet1"  # says nothing, so that the reader learns no more than the text told
ROWS, COLUMNS, LONGEST = 1_048_576, 16_384, 32_767
MEASURED, WIDEST = 100, 24  # rows that decide how wide a column is, and the most it is


def write_plain(
    rows: Iterable[Sequence[str | None]], sink: IO[bytes], day: date, lang: Lang, *, scratch: str | None = None
) -> int:
    """Write the workbook; how many cells were too long for one and were clipped.

    Args:
        scratch: a folder for files that are gone at the end, unless the disk is full.

    Raises:
        OSError: the file could not be written. ValueError: more rows or columns than a sheet has.
    """
    book = xlsxwriter.Workbook(
        sink,
        {
            "constant_memory": True,
            "tmpdir": scratch,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": FONTS[lang], "font_size": 10},
        },
    )
    book.set_properties({"created": datetime(day.year, day.month, day.day)})
    sheet = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@"})
    clipped = 0
    ahead = iter(rows)
    first = list(islice(ahead, MEASURED))
    for column in range(min(max(map(len, first), default=0), COLUMNS)):
        widths = (width_of(row[column] or "") for row in first if column < len(row))
        sheet.set_column(column, column, min(max(widths) + 2, WIDEST))
    for number, row in enumerate(chain(first, ahead)):
        if number >= ROWS or len(row) > COLUMNS:
            raise ValueError(number)
        for column, cell in enumerate(row):
            if cell:
                clipped += len(cell) > LONGEST
                sheet.write_string(number, column, clip(cell, LONGEST), text)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    return clipped
