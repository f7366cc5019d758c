"""Reads xls (and et, the same in WPS), in a process that starts bare (``reader_service.py``)."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.returns.files.formats.reader_service import BookContent, SheetContent, code_of, sheet_of_rows
from communitycheck.returns.files.formats.spreadsheets.calamine import read_calamine
from communitycheck.returns.files.formats.values import text_of

if TYPE_CHECKING:
    import xlrd


def read_xls(file: str, _: str) -> BookContent:
    """By calamine; where it gives up, garbles the text or leaves out error cells, by xlrd as well."""
    first: BaseException | None = None
    content = None
    try:
        content = read_calamine(file)
    except MemoryError:
        raise
    except BaseException as trouble:
        if code_of(trouble) == "password-protected" or isinstance(trouble, SystemExit):
            raise
        first = trouble
    if content is not None and not _garbled(content) and not _has_error_cells(file):
        return content
    try:
        return _read_xlrd(file, [] if content is None else content["sheets"])
    except Exception as second:
        if content is not None:
            return content
        raise (second if first is None or code_of(second) == "password-protected" else first) from None


# --- the second opinion


def _garbled(content: BookContent) -> bool:
    """An old code page read as another: NUL or replacement characters in the text."""
    return any(
        "\x00" in (text or "") or "\ufffd" in (text or "")
        for sheet in content["sheets"]
        for text in (sheet["name"], *(text for column in sheet["columns"] for text in column))
    )


def _has_error_cells(file: str) -> bool:
    """A cell record that holds an error code: BOOLERR, or a FORMULA whose result is an error."""
    data = Path(file).read_bytes()
    codes = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
    plain = rb"\x05\x02\x08\x00.{6}" + codes + rb"\x01"
    formula = rb"\x06\x00..(?:.{6})\x02." + codes + rb".{3}\xff\xff"
    return re.search(plain + b"|" + formula, data, re.S) is not None


def _read_xlrd(file: str, calamine: list[SheetContent]) -> BookContent:
    import xlrd

    def opened(encoding: str | None = None) -> xlrd.Book:
        return xlrd.open_workbook(file, logfile=io.StringIO(), ragged_rows=True, encoding_override=encoding)

    book = opened()
    if book.biff_version < 80 and (book.codepage in (None, 1252, 367, 10000) or book.encoding == "ascii"):
        # The file claims a Western code page or none at all: Chinese text shows as accented letters.
        sample = "".join(str(v) for s in book.sheets() for v in (s.row_values(0) if s.nrows else []))
        if any("\x80" <= c <= "\xff" for c in sample) or book.codepage is None:
            book = opened("gb18030")
    sheets: list[SheetContent] = []
    for index, sheet in enumerate(book.sheets()):
        cells = [[_xlrd_text(cell, book.datemode) for cell in sheet.row(r)] for r in range(sheet.nrows)]
        merged = [(r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells]
        if not merged and index < len(calamine):
            merged = calamine[index]["merged"]
        sheets.append({**sheet_of_rows(sheet.name, cells), "merged": merged, "hidden": sheet.visibility != 0})
    encoding = book.encoding if book.biff_version < 80 else None
    return {"sheets": sheets, "encoding": encoding}


def _xlrd_text(cell: xlrd.sheet.Cell, datemode: int) -> str | None:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            if cell.value < 1:
                return text_of(datetime.timedelta(days=cell.value))
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
            return text_of(moment.date() if moment.time() == datetime.time() else moment)
        except (xlrd.XLDateError, ValueError, OverflowError):
            return text_of(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "true" if cell.value else "false"
    return text_of(cell.value)


