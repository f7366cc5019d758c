"""What all workbooks that we write have in common: how they are opened and closed, fonts, heights, limits of Excel."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from communitycheck.messages import Lang

FONTS: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
LINE = 16.5  # height of a line, in points
ROWS = 1_048_576  # rows of a sheet, the header included
LINES = 6  # lines of a cell that are shown whole
LONGEST = 2_000  # characters of a cell
LINKS = 65_530  # Excel takes no more links in a sheet


def new_workbook(sink: IO[bytes], font: str, day: date, **options: Any) -> Workbook:
    """A workbook in which text stays text; the same content gives the same bytes.

    Args:
        day: stands for the time of writing, which would make every file differ. options: of XlsxWriter.
    """
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    look = {"font_name": font, "font_size": 10}
    book = Workbook(sink, {**plain, "default_format_properties": look, **options})
    book.set_properties({"created": datetime(day.year, day.month, day.day)})
    return book


def close_workbook(book: Workbook) -> None:
    """Write everything.

    Raises:
        OSError: the file could not be written.
    """
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def text_width(text: str) -> int:
    """Characters, those that UTF-8 writes in three bytes or more (Chinese, full-width) twice; others may count more."""
    if text.isascii():
        return len(text)
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2
