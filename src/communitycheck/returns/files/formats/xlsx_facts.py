"""What calamine leaves out of an xlsx: error cells, formulas without a value, what is hidden, percent formats."""

from __future__ import annotations

import re
import zipfile
from typing import TypedDict

from communitycheck.returns.files.formats.reader_service import Place
from communitycheck.returns.files.formats.xlsx_parts import CELL, REF, VALUE, column_number, sheet_parts, styles_of

_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")


class XlsxFacts(TypedDict):
    """``errors``: error cells with their text. Of the rest see ``Grid``."""

    errors: list[tuple[int, int, str]]
    uncached: list[Place]
    percent: list[Place]
    hidden_rows: list[int]
    hidden_columns: list[Place]


def xlsx_facts(file: str, names: list[str]) -> dict[str, XlsxFacts]:
    """Sheet name -> its facts."""
    found: dict[str, XlsxFacts] = {}
    with zipfile.ZipFile(file) as archive:
        percent = _percent_styles(archive)
        for name, part in sheet_parts(archive):
            if name in names:
                found[name] = _sheet_facts(archive.read(part), percent)
    return found


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Numbers of the cell styles that show a percentage."""
    styles, numbers = styles_of(archive)
    formats = {9, 10}
    for code, shown in re.findall(rb'<(?:\w+:)?numFmt\b[^>]*numFmtId="(\d+)"[^>]*formatCode="([^"]*)"', styles):
        if b"%" in re.sub(rb"&quot;.*?&quot;", b"", shown):
            formats.add(int(code))
    return {i for i, number in enumerate(numbers) if number in formats}


def _sheet_facts(xml: bytes, percent: set[int]) -> XlsxFacts:
    facts: XlsxFacts = {"errors": [], "uncached": [], "percent": [], "hidden_rows": [], "hidden_columns": []}
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
