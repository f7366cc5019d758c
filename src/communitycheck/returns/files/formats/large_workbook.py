"""Reads large workbooks, in a process of its own: straight to Arrow, handed over as files (``spool.py``)."""

from __future__ import annotations

import datetime
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from communitycheck.returns.files.formats.arrow_text import as_text
from communitycheck.returns.files.formats.reader_service import BookContent, SheetContent, plain_sheet
from communitycheck.returns.files.formats.spool import spooled
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.formats.xlsx_parts import CELL, REF, VALUE, column_number, sheet_parts, styles_of

if TYPE_CHECKING:
    from fastexcel import DType, DTypeMap

_ERRORS = {
    "Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
    "Value": "#VALUE!", "GettingData": "#GETTING_DATA",
}  # fmt: skip
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
PEEK = 1 << 19
MOST_COLUMNS = 16_384


def read_large_xlsx(file: str, spool: str) -> BookContent:
    """Columns of numbers are read as numbers: that is faster, and keeps every digit."""
    return _read(file, _number_columns(file), spool)


def _read(source: str | bytes, numbers: dict[str, set[int]], spool: str) -> BookContent:
    import fastexcel  # not at the top: the parent names these readers without loading it

    book = fastexcel.read_excel(source)
    sheets: list[SheetContent] = []
    for index, name in enumerate(book.sheet_names):
        columns = numbers.get(name, set())
        dtypes: DType | DTypeMap = "string"
        if columns:
            dtypes = {c: "float" if c in columns else "string" for c in range(MOST_COLUMNS)}
        sheet = book.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtypes, whitespace_as_null=True)
        places = [column.absolute_index for column in sheet.available_columns()]
        batch, errors = sheet.to_arrow_with_errors()
        hidden = sheet.visible != "visible"
        del sheet
        with ThreadPoolExecutor(2) as pool:
            arrays = list(pool.map(as_text, batch.columns))
        found = [(*error.position, _said(error.detail)) for error in (errors.errors if errors else ())]
        sheets.append({
            **plain_sheet(name, batch.num_rows), "spool": spooled(spool, index, arrays), "places": places,
            "hidden": hidden, "errors": found,
        })  # fmt: skip
        del batch, arrays
    return {"sheets": sheets, "encoding": None}


def _said(detail: str) -> str | None:
    """Text of a cell that is not of its column's type, from the reader's complaint about it."""
    found = re.search(r"but got '(\w+)\((.*)\)'$", detail, re.S)
    if not found:
        return "#ERROR!"
    kind, body = found.groups()
    if kind == "Error":
        return _ERRORS.get(body, "#ERROR!")
    if kind in ("String", "SharedString"):
        plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m.group(1), 16)), body[1:-1])
        plain = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m.group(1), m.group(1)), plain)
        return plain if plain.strip() else None
    if kind == "DateTime":
        return _serial_date(body)
    if kind == "Bool":
        return body
    return body.strip('"') or None


def _serial_date(body: str) -> str:
    value = re.search(r"value: ([-\d.e+]+)", body)
    days = float(value.group(1)) if value else 0.0
    if "TimeDelta" in body or days < 1:
        return text_of(datetime.timedelta(days=days)) or ""
    start = datetime.datetime(1904, 1, 1) if "is_1904: true" in body else datetime.datetime(1899, 12, 30)
    moment = start + datetime.timedelta(seconds=round(days * 86400))
    return text_of(moment.date() if moment.time() == datetime.time() else moment) or ""


def _number_columns(file: str) -> dict[str, set[int]]:
    """Sheet name -> the columns (A is 0) that hold plain numbers, by a look at its first rows.

    Reading those as numbers is faster than as text, and keeps every digit. A truth among them becomes 1 or 0.
    """
    found = {}
    with zipfile.ZipFile(file) as archive:
        plain = _plain_styles(archive)
        for name, part in sheet_parts(archive):
            with archive.open(part) as stream:
                head = stream.read(PEEK)
            numbers: dict[int, int] = {}
            strays: dict[int, int] = {}
            rows = 0
            for cell in CELL.finditer(head):
                ref = REF.search(cell.group(1))
                if ref is None:
                    numbers.clear()
                    break
                column, rows = column_number(ref.group(1)), int(ref.group(2))
                style = re.search(rb'\bs="(\d+)"', cell.group(1))
                number = not re.search(rb'\bt="(?!n")', cell.group(1)) and (not style or int(style.group(1)) in plain)
                if not number:
                    strays[column] = strays.get(column, 0) + (rows > 20)
                elif VALUE.search(cell.group(2) or b""):
                    numbers[column] = numbers.get(column, 0) + 1
            # Text may stand above the numbers, and now and then among them: it comes back one by one, as a complaint.
            chosen = {c for c, n in numbers.items() if n >= 50 and n > 20 * strays.get(c, 0)}
            if rows > 100 and chosen:
                found[name] = chosen
    return found


def _plain_styles(archive: zipfile.ZipFile) -> set[int]:
    """Numbers of the cell styles that show plain numbers: no dates, no times, no text."""
    simple = {None, 0, 1, 2, 3, 4, 9, 10, 11, 37, 38, 39, 40}
    return {i for i, number in enumerate(styles_of(archive)[1]) if number in simple}
