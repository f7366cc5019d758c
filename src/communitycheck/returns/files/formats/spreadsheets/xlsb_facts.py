"""What calamine leaves out of an xlsb: error cells, percentages, merged cells, what is hidden, comments and what is
struck through ([MS-XLSB], 2.3, 2.4).

The parts of an xlsb are runs of records: a number, a length, so many bytes.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from communitycheck.returns.files.formats.number_formats import Shown, shown_by_code, shown_by_number
from communitycheck.returns.files.formats.reader_service import Place
from communitycheck.returns.files.formats.spreadsheets.facts_beside_values import FactsBesideValues
from communitycheck.returns.files.formats.spreadsheets.xlsx.package import OfficePackage

_USUAL = "xl/workbook.bin"
_ROW, _CELL_RK, _CELL_ERROR, _CELL_REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_FORMAT, _STYLE, _COLUMNS, _SHEET, _MERGED = 44, 47, 60, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_FONT, _FONTS_BEGIN, _FONTS_END, _STRUCK = 43, 611, 612, 0x08
_COMMENT, _COMMENT_TEXT = 635, 637
_FILLED = range(2, 12)
_PERCENT = "%"
_NUMBERS = frozenset({_CELL_RK, _CELL_REAL, _FORMULA_NUMBER})
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


def xlsb_facts(file: str) -> dict[str, FactsBesideValues]:
    """The facts of each sheet by its name.

    Raises:
        ValueError, KeyError, struct.error, IndexError: a part is broken or missing.
    """
    with zipfile.ZipFile(file) as archive:
        package = OfficePackage(archive)
        main = next((part for kind, part in package.relations("").values() if kind == "officeDocument"), _USUAL)
        relations = package.relations(main)
        styles = next((part for kind, part in relations.values() if kind == "styles"), None)
        styles_part = b"" if styles is None else _bytes(package, styles)
        formats, struck = _telling_styles(styles_part), _struck_styles(styles_part)
        book = _bytes(package, main)
        found = {}
        for kind, start, _ in _records(book):
            if kind == _SHEET:
                key, after = _text(book, start + 8)
                name, _ = _text(book, after)
                sort, part = relations[key]
                if sort == "worksheet":
                    facts = found[name] = _sheet_facts(name, _bytes(package, part), formats)
                    facts.struck = list(_struck(_bytes(package, part), struck)) if struck else []
                    notes = [target for sort, target in package.relations(part).values() if sort == "comments"]
                    facts.comments = [one for target in notes for one in _comments(_bytes(package, target))]
    return found


def _bytes(package: OfficePackage, part: str) -> bytes:
    with package.open(part) as stream:
        return stream.read()


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Number of each record, where its bytes start and where they end."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            raise ValueError("a record is cut off")
        yield kind, at, at + length
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    length = 0 if length == 0xFFFFFFFF else length
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _telling_styles(data: bytes) -> dict[int, str]:
    """Cell styles that show a percentage ("%"), and those that write words to a number, with their format."""
    codes: dict[int, str] = {}
    shown: list[tuple[Shown, str]] = []
    inside = False
    for kind, start, _ in _records(data):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data, start)[0]] = _text(data, start + 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            (number,) = struct.unpack_from("<H", data, start + 2)
            code = codes.get(number, "")
            shown.append((shown_by_code(code) if number in codes else shown_by_number(number), code))
    kept = {Shown.PERCENT: _PERCENT, Shown.WORDED: ""}
    return {style: kept[what] or code for style, (what, code) in enumerate(shown) if what in kept}


def _struck_styles(data: bytes) -> set[int]:
    """Cell styles whose font has a line through it."""
    fonts: list[bool] = []
    styles: list[int] = []
    inside = 0
    for kind, start, _ in _records(data):
        if kind in (_FONTS_BEGIN, _STYLES_BEGIN):
            inside = kind
        elif kind in (_FONTS_END, _STYLES_END):
            inside = 0
        elif kind == _FONT and inside == _FONTS_BEGIN:
            fonts.append(bool(struct.unpack_from("<H", data, start + 2)[0] & _STRUCK))
        elif kind == _STYLE and inside == _STYLES_BEGIN:
            styles.append(struct.unpack_from("<H", data, start + 4)[0])
    return {style for style, font in enumerate(styles) if font < len(fonts) and fonts[font]}


def _struck(data: bytes, styles: set[int]) -> Iterator[Place]:
    """Cells with something in them and a line through it."""
    row = 0
    for kind, start, _ in _records(data):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data, start)
        elif kind in _FILLED:
            column, style = struct.unpack_from("<II", data, start)
            if style & 0xFFFFFF in styles:
                yield row, column


def _comments(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each comment."""
    at = (0, 0)
    for kind, start, _ in _records(data):
        if kind == _COMMENT:
            row, _, column, _ = struct.unpack_from("<IIII", data, start + 4)
            at = row, column
        elif kind == _COMMENT_TEXT:
            yield *at, _text(data, start + 1)[0]


def _sheet_facts(name: str, data: bytes, formats: dict[int, str]) -> FactsBesideValues:
    facts = FactsBesideValues(name)
    row = 0
    for kind, start, _ in _records(data):
        if kind in _NUMBERS:
            if formats:
                column, style = struct.unpack_from("<II", data, start)
                code = formats.get(style & 0xFFFFFF)
                if code == _PERCENT:
                    facts.percent.append((row, column))
                elif code is not None:
                    facts.worded.append((row, column, code))
        elif kind == _ROW:
            (row,) = struct.unpack_from("<I", data, start)
            if data[start + 11] & 0x10:
                facts.hide_rows(row, 1)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            (column,) = struct.unpack_from("<I", data, start)
            facts.shown.append((row, column, _ERRORS.get(data[start + 8], "#ERROR!")))
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<II", data, start)
            if data[start + 16] & 1:
                facts.hidden_columns.append((first, last))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data, start)
            facts.merged.append((top, left, bottom, right))
    return facts
