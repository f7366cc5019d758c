"""Reads xls (and et, the same in WPS), in a process that starts bare (``reader_service.py``).

By xlrd, which knows everything about a cell; by calamine where the file is too broken for that.
"""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from communitycheck.returns.files.formats.number_formats import Shown, shown_by_code
from communitycheck.returns.files.formats.reader_service import BookContent, Place, SheetContent, code_of
from communitycheck.returns.files.formats.spreadsheets.calamine import values_of
from communitycheck.returns.files.formats.spreadsheets.rows import sheet_of
from communitycheck.returns.files.formats.spreadsheets.xls_encoding import (
    BYTES,
    encoding_of,
    fits,
    lenient,
    stated,
    texts_of,
)
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.formats.worded_numbers import worded_text

if TYPE_CHECKING:
    import xlrd

_FORMULA = 0x06
# Error codes that are younger than xlrd.
_ERRORS = {0x2B: "#GETTING_DATA"}


def read_xls(file: str, spool: str) -> BookContent:
    try:
        return _read_xlrd(file, spool)
    except MemoryError:
        raise
    except Exception as trouble:
        if code_of(trouble) == "password-protected":
            raise
        first = trouble
    try:
        return values_of(file, spool)
    except MemoryError:
        raise
    except BaseException as second:  # a panic is no Exception
        if isinstance(second, SystemExit) or code_of(second) == "password-protected":
            raise
        raise first from None


def _read_xlrd(file: str, spool: str) -> BookContent:
    book, encoding = _opened(file)
    codes = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    shown = [shown_by_code(code) for code in codes]
    percent, elapsed = ({i for i, what in enumerate(shown) if what is one} for one in (Shown.PERCENT, Shown.ELAPSED))
    worded = {i: codes[i] for i, what in enumerate(shown) if what is Shown.WORDED}
    struck = {i for i, xf in enumerate(book.xf_list) if book.font_list[xf.font_index].struck_out}
    formats = _Formats(percent, elapsed, worded, struck)
    sheets = []
    for number in range(book.nsheets):
        formulas = XlsFormulas(book)
        sheet = book.sheet_by_index(number)
        sheets.append(_sheet(sheet, number, formats, formulas, spool))
        book.unload_sheet(number)
    return {"sheets": sheets, "encoding": encoding}


def _opened(file: str) -> tuple[xlrd.Book, str | None]:
    """The book, and the encoding of an old one; with a ``?`` where some of its texts cannot be read in it."""
    import xlrd

    def opened(encoding: str | None = None) -> xlrd.Book:
        return xlrd.open_workbook(
            file, logfile=io.StringIO(), ragged_rows=True, formatting_info=True, on_demand=True,
            encoding_override=encoding,
        )  # fmt: skip

    try:
        book = opened()
    except UnicodeDecodeError:  # only an old one decodes by its code page
        book = opened(BYTES)
    if book.biff_version >= 80:
        return book, None
    texts = texts_of(opened(BYTES))
    encoding = stated(book) or encoding_of(texts, book.codepage)
    if fits(texts, encoding):
        return opened(encoding), encoding
    return opened(lenient(encoding)), f"{encoding}?"


class _Formats(NamedTuple):
    """Numbers of the cell styles that show a percentage, a length of time, or a number with words (and that format), or
    draw a line through the text.
    """

    percent: set[int]
    elapsed: set[int]
    worded: dict[int, str]
    struck: set[int]


def _sheet(sheet: xlrd.sheet.Sheet, number: int, formats: _Formats, formulas: XlsFormulas, spool: str) -> SheetContent:
    percent: list[Place] = []
    content = sheet_of(sheet.name, _rows(sheet, formats, percent), spool, number)
    content["merged"] = [(r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells]
    content["hidden"] = sheet.visibility != 0
    content["hidden_rows"] = sorted(row for row, about in sheet.rowinfo_map.items() if about.hidden)
    content["hidden_columns"] = _runs(sorted(c for c, about in sheet.colinfo_map.items() if about.hidden))
    content["percent"], content["uncached"] = percent, formulas.uncalculated()
    content["comments"] = [(row, column, note.text) for (row, column), note in sorted(sheet.cell_note_map.items())]
    content["struck"] = list(_struck(sheet, formats.struck)) if formats.struck else []
    return content


def _rows(sheet: xlrd.sheet.Sheet, formats: _Formats, percent: list[Place]) -> Iterator[list[str | None]]:
    """The texts of each row; ``percent`` takes the figures that are shown as percentages."""
    import xlrd

    plain = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    for row in range(sheet.nrows):
        types, texts = sheet.row_types(row), []
        for column, value in enumerate(sheet.row_values(row)):
            kind = types[column]
            if kind in plain:
                text = text_of(value)
                if kind == plain[0] and (formats.percent or formats.worded):
                    style = sheet.cell_xf_index(row, column)
                    if style in formats.percent:
                        percent.append((row, column))
                    elif style in formats.worded:
                        text = worded_text(formats.worded[style], value)
                texts.append(text)
            else:
                elapsed = bool(formats.elapsed) and sheet.cell_xf_index(row, column) in formats.elapsed
                texts.append(_special(kind, value, sheet.book.datemode, elapsed))
        yield texts


def _struck(sheet: xlrd.sheet.Sheet, styles: set[int]) -> Iterator[Place]:
    """Cells with something in them and a line through it."""
    for row in range(sheet.nrows):
        for column, value in enumerate(sheet.row_values(row)):
            if value != "" and sheet.cell_xf_index(row, column) in styles:
                yield row, column


def _special(kind: int, value: float, datemode: int, elapsed: bool) -> str | None:
    """A date, a truth or an error as text; a number that no day has (-10) as it is."""
    import xlrd

    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value) or _ERRORS.get(int(value), "#ERROR!"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "true" if value else "false"
    try:
        if elapsed or 0 <= value < 1:
            return text_of(datetime.timedelta(days=value))
        if value < 0:
            return text_of(value)
        moment = xlrd.xldate_as_datetime(value, datemode)
        return text_of(moment.date() if moment.time() == datetime.time() else moment)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return text_of(value)


def _runs(columns: list[int]) -> list[Place]:
    """First and last of each run of neighbours."""
    runs: list[Place] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


class XlsFormulas:
    """Formulas of the sheet that xlrd reads next, seen as their records go by, for xlrd keeps no more than results."""

    def __init__(self, book: xlrd.Book) -> None:
        self._next = type(book).get_record_parts.__get__(book)
        self._due: list[Place] = []
        self._empty: list[Place] = []
        self._calculated = False
        book.get_record_parts = self._record

    def _record(self) -> tuple[int, int, bytes]:
        code, length, data = self._next()
        if code & 0xFF == _FORMULA and length >= 16 and code in (0x06, 0x206, 0x406):
            row, column, _, result, flags = struct.unpack("<HHH8sH", data[:16])
            never = result == bytes(8) or result[::7] == b"\x03\xff"
            if flags & 2 and never:  # to be calculated when the file is opened
                self._due.append((row, column))
            elif result[0] == 3 and result[6:] == b"\xff\xff":
                self._empty.append((row, column))
            else:
                self._calculated = True
        return code, length, data

    def uncalculated(self) -> list[Place]:
        """Formulas whose result is not stored.

        A program that cannot calculate stores nothing or 0 and asks for it to be done on opening, or stores the empty
        text for each of them. Where others have results, the empty text is one.
        """
        return sorted(self._due if self._calculated else [*self._due, *self._empty])
