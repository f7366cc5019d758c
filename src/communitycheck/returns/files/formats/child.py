"""Reads workbooks in a process of its own, under a memory limit, and answers on standard output.

Spreadsheet readers trust what a file says about itself: a few bytes can make them panic, loop or ask for gigabytes.
Whatever happens in here ends as the death of this process; ``sandbox.py`` starts it and replaces it. It is started as
a script and, for small files, imports nothing of the package, so that one costs no more than the start of a bare
interpreter.

A job is one line of JSON on standard input: ``file``, ``kind`` (``xlsx xlsb xls ods``), ``large``, ``memory``
(bytes), ``seconds``, ``path`` (where to import from), ``spool`` (a folder for Arrow files; large jobs alone). The
answer is the length in eight bytes and one marshalled dictionary: ``sheets`` (see ``_sheet``) and ``encoding``, or
``error`` with a message code. At the end of the input the process ends.
"""

from __future__ import annotations

import datetime
import json
import marshal
import os
import re
import signal
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

Cells = list[list[str | None]]


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent as well, which ends this process
    # What a library prints may not get in among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while line := sys.stdin.buffer.readline():
        said = marshal.dumps(_answer(json.loads(line)))
        answers.write(len(said).to_bytes(8, "little") + said)
        answers.flush()


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    _limit(job["memory"], job["seconds"] + 5)
    sys.path.extend(entry for entry in job["path"] if entry not in sys.path)
    try:
        return _read(job)
    except MemoryError:
        return {"error": "too-large"}
    except BaseException as trouble:  # a panic in a Rust reader is no Exception
        return {"error": _code_of(trouble), "detail": f"{type(trouble).__name__}: {trouble}"[:300]}
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(size: int, seconds: float) -> None:
    """Limits of one job. The alarm is for a process whose parent was killed: nobody else would end a loop in it."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the parent still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _code_of(trouble: BaseException) -> str:
    name = type(trouble).__name__
    if "capacity overflow" in str(trouble) or "allocat" in str(trouble):
        return "too-large"
    if name == "PasswordError" or "password" in str(trouble).lower() or "encrypted" in str(trouble).lower():
        return "password-protected"
    if isinstance(trouble, zipfile.BadZipFile | EOFError) or name == "ZipError":
        return "truncated"
    return "unreadable-file"


def _read(job: dict[str, Any]) -> dict[str, Any]:
    if job["large"]:
        from communitycheck.returns.files.formats.large import read_large

        return read_large(job)
    try:
        answer = _read_calamine(job["file"], job["kind"])
    except MemoryError:
        raise
    except BaseException as trouble:
        code = _code_of(trouble)
        if code == "password-protected":
            raise
        answer = None
        first = trouble
    if job["kind"] == "xls" and (answer is None or _garbled(answer) or _xls_has_errors(job["file"])):
        try:
            return _read_xlrd(job["file"], None if answer is None else answer["sheets"])
        except Exception as second:
            if answer is None:
                raise (second if _code_of(second) == "password-protected" else first) from None
    if answer is None:
        if job["kind"] != "xlsx":
            raise first
        return _read_openpyxl(job["file"])
    return answer


def _sheet(name: str, cells: Cells, **more: Any) -> dict[str, Any]:
    """One sheet by columns: ``name columns rows merged hidden hidden_rows hidden_columns percent uncached``."""
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((len(row) for row in cells), default=0)
    columns = [[row[c] if c < len(row) else None for row in cells] for c in range(width)]
    while columns and not any(columns[-1]):
        columns.pop()
    facts = {"merged": [], "hidden": False, "hidden_rows": [], "hidden_columns": [], "percent": None, "uncached": []}
    return {"name": name, "columns": columns, "rows": len(cells), **facts, **more}


def text_of(value: Any) -> str | None:
    """A typed cell as text: see ``Grid``."""
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        short = repr(value)
        return format(Decimal(short), "f") if "e" in short and abs(value) < 1e21 else short
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, datetime.time):
        return value.isoformat("seconds")
    return None if value is None else str(value)


# --- calamine: the fast reader of small and middling files


def _read_calamine(file: str, kind: str) -> dict[str, Any]:
    import python_calamine

    # Bytes, not a path: by path it would choose the reader by the suffix. But only a path tells of a password.
    try:
        with Path(file).open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.CalamineError:
        python_calamine.CalamineWorkbook.from_path(file)
        raise
    facts = _xlsx_facts(file, book.sheet_names) if kind == "xlsx" else {}
    sheets = []
    for meta in book.sheets_metadata:
        if "Work" not in str(meta.typ):
            continue
        sheet = book.get_sheet_by_name(meta.name)
        cells = [[text_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        more = facts.get(meta.name, {})
        for row, column, text in more.pop("errors", ()):
            if row < len(cells) and column < len(cells[row]) and cells[row][column] is None:
                cells[row][column] = text
        merged = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        sheets.append(_sheet(meta.name, cells, merged=merged, hidden=hidden, **more))
    return {"sheets": sheets, "encoding": None}


# --- what calamine leaves out of an xlsx: error cells, formulas without a value, what is hidden, percent formats

_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
REF = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")


def _xlsx_facts(file: str, names: list[str]) -> dict[str, dict[str, Any]]:
    """Sheet name -> ``errors hidden_rows hidden_columns percent uncached``, found by a look at the XML."""
    found: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file) as archive:
        percent = _percent_styles(archive)
        for name, part in sheet_parts(archive):
            if name in names:
                found[name] = _sheet_facts(archive.read(part), percent)
    return found


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    import xml.etree.ElementTree as Tree

    members = set(archive.namelist())
    if "xl/workbook.xml" not in members or "xl/_rels/workbook.xml.rels" not in members:
        return []
    book, rels = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    if b"<!DOCTYPE" in book or b"<!DOCTYPE" in rels:  # no entities from strangers
        return []
    targets = {e.get("Id"): e.get("Target", "") for e in Tree.fromstring(rels)}
    parts = []
    for sheet in Tree.fromstring(book).iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        rel = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(rel, "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in members:
            parts.append((sheet.get("name", ""), part))
    return parts


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Numbers of the cell styles that show a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = archive.read("xl/styles.xml")
    formats = {9, 10}
    for code, shown in re.findall(rb'<(?:\w+:)?numFmt\b[^>]*numFmtId="(\d+)"[^>]*formatCode="([^"]*)"', styles):
        if b"%" in re.sub(rb"&quot;.*?&quot;", b"", shown):
            formats.add(int(code))
    block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.S)
    if not block:
        return set()
    numbers = [re.search(rb'numFmtId="(\d+)"', x) for x in re.findall(rb"<(?:\w+:)?xf\b[^>]*>", block.group())]
    return {i for i, number in enumerate(numbers) if number and int(number.group(1)) in formats}


def _sheet_facts(xml: bytes, percent: set[int]) -> dict[str, Any]:
    facts: dict[str, Any] = {"errors": [], "uncached": [], "percent": []}
    facts["hidden_rows"], facts["hidden_columns"] = [], []
    if b"hidden=" in xml:
        for attributes in filter(_HIDDEN.search, _COL.findall(xml[: xml.find(b"sheetData")])):
            first, last = (re.search(rb'\b%s="(\d+)"' % end, attributes) for end in (b"min", b"max"))
            if first and last:
                facts["hidden_columns"].append((int(first.group(1)) - 1, int(last.group(1)) - 1))
        for attributes in _ROW.findall(xml):
            number = re.search(rb'\br="(\d+)"', attributes)
            if number and _HIDDEN.search(attributes):
                facts["hidden_rows"].append(int(number.group(1)) - 1)
    if not (percent or b't="e"' in xml or b"<f" in xml or b":f>" in xml):
        return facts
    for cell in CELL.finditer(xml):
        attributes, body = cell.group(1), cell.group(2) or b""
        formula = b"<f" in body or b":f" in body
        error = b't="e"' in attributes
        style = re.search(rb'\bs="(\d+)"', attributes) if percent else None
        shown = style is not None and int(style.group(1)) in percent
        if not (formula or error or shown):
            continue
        ref, value = REF.search(attributes), VALUE.search(body)
        if ref is None:
            continue
        at = (int(ref.group(2)) - 1, column_number(ref.group(1)))
        if error:
            facts["errors"].append((*at, value.group(1).decode("utf-8", "replace") if value else "#ERROR!"))
        elif value is None and formula and b"<is" not in body and b't="str"' not in attributes:
            facts["uncached"].append(at)
        elif shown and value is not None:
            facts["percent"].append(at)
    return facts


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


# --- the second opinion


def _garbled(answer: dict[str, Any]) -> bool:
    """An old code page read as another: NUL or replacement characters in the text."""
    return any(
        "\x00" in (text or "") or "\ufffd" in (text or "")
        for sheet in answer["sheets"]
        for column in [[sheet["name"]], *sheet["columns"]]
        for text in column
    )


def _xls_has_errors(file: str) -> bool:
    """A cell record that holds an error code: BOOLERR, or a FORMULA whose result is an error."""
    data = Path(file).read_bytes()
    codes = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
    plain = rb"\x05\x02\x08\x00.{6}" + codes + rb"\x01"
    formula = rb"\x06\x00..(?:.{6})\x02." + codes + rb".{3}\xff\xff"
    return re.search(plain + b"|" + formula, data, re.S) is not None


def _read_xlrd(file: str, calamine: list[dict[str, Any]] | None) -> dict[str, Any]:
    import io

    import xlrd

    def opened(**more: Any) -> Any:
        return xlrd.open_workbook(file, logfile=io.StringIO(), ragged_rows=True, **more)

    book = opened()
    if book.biff_version < 80 and (book.codepage in (None, 1252, 367, 10000) or book.encoding == "ascii"):
        # The file claims a Western code page or none at all: Chinese text shows as accented letters.
        sample = "".join(str(v) for s in book.sheets() for v in (s.row_values(0) if s.nrows else []))
        if any("\x80" <= c <= "\xff" for c in sample) or book.codepage is None:
            book = opened(encoding_override="gb18030")
    sheets = []
    for index, sheet in enumerate(book.sheets()):
        cells = [[_xlrd_text(cell, book.datemode) for cell in sheet.row(r)] for r in range(sheet.nrows)]
        merged = [(r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells]
        if not merged and calamine and index < len(calamine):
            merged = calamine[index]["merged"]
        sheets.append(_sheet(sheet.name, cells, merged=merged, hidden=sheet.visibility != 0))
    encoding = book.encoding if book.biff_version < 80 else None
    return {"sheets": sheets, "encoding": encoding}


def _xlrd_text(cell: Any, datemode: int) -> str | None:
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


def _read_openpyxl(file: str) -> dict[str, Any]:
    import openpyxl

    with Path(file).open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets = []
        for sheet in book.worksheets:
            cells = [[text_of(value) for value in row] for row in sheet.iter_rows(values_only=True, min_row=1)]
            sheets.append(_sheet(sheet.title, cells, hidden=sheet.sheet_state != "visible"))
    return {"sheets": sheets, "encoding": None}


if __name__ == "__main__":
    main()
