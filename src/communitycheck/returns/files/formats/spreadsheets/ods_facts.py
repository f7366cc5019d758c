"""What calamine leaves out of an ods: errors, formulas without a value, merged ranges, percentages, what is hidden,
comments and what is struck through."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import product
from xml.parsers import expat

from msgspec import Struct

from communitycheck.returns.files.formats.reader_service import Place
from communitycheck.returns.files.formats.spreadsheets.facts_beside_values import FactsBesideValues
from communitycheck.returns.files.formats.spreadsheets.ods_formats import PERCENT, OdsFormats
from communitycheck.returns.files.formats.spreadsheets.xml_feed import feed, refuse
from communitycheck.returns.files.formats.worded_numbers import writes_words

_OFFICE, _TABLE, _TEXT, _STYLE, _NUMBER = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name} "
    for name in ("office:1.0", "table:1.0", "text:1.0", "style:1.0", "datastyle:1.0")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_PARAGRAPH, _ROW, _SHEET = f"{_TEXT}p", f"{_TABLE}table-row", f"{_TABLE}table"
_ANNOTATION = f"{_OFFICE}annotation"
# "error" where a formula failed, whatever words stand for it.
_SHOWS = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_VALUE_TYPE, _FORMULA = f"{_OFFICE}value-type", f"{_TABLE}formula"
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_COLUMNS_SPANNED, _ROWS_SPANNED = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
# What a cell shows instead of its value: #DIV/0!, #N/A, #NAME?, and LibreOffice's own Err:502.
_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?|Err:\d+")
# A file that holds none of these has none of the facts.
_SIGNS = (
    b"formula", b"error", b"percentage", b"visibility", b"spanned", b"number:text", b"annotation", b"line-through",
)  # fmt: skip
_PIECE = 1 << 20


def ods_facts(file: str) -> list[FactsBesideValues] | None:
    """The facts of each sheet in order; None where the file shows at a glance that it has none.

    Raises:
        Malformed: its XML is broken, or refers to what stands elsewhere.
    """
    with zipfile.ZipFile(file) as archive:
        if not _may_have_facts(archive):
            return None
        reader = _OdsReader()
        with archive.open("content.xml") as stream:
            reader.read(iter(lambda: stream.read(_PIECE), b""))
    return reader.sheets


def _may_have_facts(archive: zipfile.ZipFile) -> bool:
    before = b""
    with archive.open("content.xml") as stream:
        for piece in iter(lambda: stream.read(_PIECE), b""):
            if not before and (b"\x00" in piece[:64] or b"<!DOCTYPE" in piece):  # not in ASCII, or not at face value
                return True
            if any(sign in before + piece for sign in _SIGNS):
                return True
            before = piece[-16:]
    return False


class _CellFacts(Struct):
    """One cell with something to tell; ``columns``: how often it is repeated to the right."""

    column: int
    columns: int
    formula: bool
    failed: bool
    typed: bool
    percent: bool
    worded: str | None
    span: Place | None
    printed: list[str] | None = None
    struck: bool = False


class _OdsReader:
    """Goes through the elements of ``content.xml`` once."""

    def __init__(self) -> None:
        self.sheets: list[FactsBesideValues] = []
        self._depth = self._tables = 0
        self._row = self._column = self._repeated = 0
        self._facts: list[_CellFacts] = []
        self._cell: _CellFacts | None = None
        self._cell_depth = self._paragraph = 0
        self._formats = OdsFormats()
        self._percent_styles: set[str] = set()
        self._worded_styles: dict[str, str] = {}
        self._style_name = ""
        self._struck_styles: set[str] = set()
        self._comment: list[str] | None = None
        self._column_styles: list[tuple[int, str]] = []

    def read(self, pieces: Iterator[bytes]) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.EntityDeclHandler = refuse
        feed(parser, pieces)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._comment is not None:
            if name == _PARAGRAPH:
                self._comment.append("")
                self._parser.CharacterDataHandler = self._commented
        elif name == _ANNOTATION and self._tables == 1:
            self._comment = []
        elif name == _PARAGRAPH:
            # Not the text of a remark or of a shape, which lies deeper.
            if self._cell is not None and self._depth == self._cell_depth + 1:
                self._cell.printed = [*(self._cell.printed or ()), ""]
                self._paragraph = self._depth
                self._parser.CharacterDataHandler = self._characters
        elif name in _CELLS:
            if self._tables == 1:
                self._start_cell(attributes)
        elif name.startswith((_TABLE, _STYLE, _NUMBER)):
            self._start_part(name.partition(" ")[2], attributes)

    def _start_part(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                self.sheets.append(FactsBesideValues(attributes.get(f"{_TABLE}name", "")))
                self._row = self._column = 0
                self._column_styles = []
        elif name == "text-properties":
            if any(attributes.get(f"{_STYLE}text-line-through-{what}", "none") != "none" for what in ("style", "type")):
                self._struck_styles.add(self._style_name)
        elif name == "style":
            self._style_name = attributes.get(f"{_STYLE}name", "")
            code = self._formats.code(attributes.get(f"{_STYLE}data-style-name", ""))
            if code == PERCENT:
                self._percent_styles.add(attributes.get(f"{_STYLE}name", ""))
            elif writes_words(code):
                self._worded_styles[attributes.get(f"{_STYLE}name", "")] = code
        elif self._tables == 0:
            if self._formats.start(name, {key.rpartition(" ")[2]: said for key, said in attributes.items()}):
                self._parser.CharacterDataHandler = self._formats.text
        elif self._tables != 1:
            return
        elif name == "table-column":
            count = _count(attributes, _COLUMNS_REPEATED)
            if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
                self.sheets[-1].hide_columns(self._column, count)
            self._column += count
            self._column_styles.append((self._column, attributes.get(f"{_TABLE}default-cell-style-name", "")))
        elif name == "table-row":
            self._repeated = _count(attributes, _ROWS_REPEATED)
            self._column, self._facts = 0, []
            if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
                self.sheets[-1].hide_rows(self._row, self._repeated)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        at = self._column
        count = _count(attributes, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in attributes else 1
        self._column = at + count
        kind = attributes.get(_VALUE_TYPE)
        failed = attributes.get(_SHOWS) == "error"
        formula = _FORMULA in attributes or failed
        style = self._style(at, attributes) if kind == "float" else ""
        percent, worded = kind == "percentage" or style in self._percent_styles, self._worded_styles.get(style)
        span = None
        if _ROWS_SPANNED in attributes or _COLUMNS_SPANNED in attributes:
            span = _count(attributes, _ROWS_SPANNED), _count(attributes, _COLUMNS_SPANNED)
            span = None if span == (1, 1) else span
        struck = bool(self._struck_styles) and kind is not None and self._style(at, attributes) in self._struck_styles
        if formula or percent or span or worded or struck:
            cell = _CellFacts(at, count, formula, failed, kind is not None, percent, worded, span, struck=struck)
            self._facts.append(cell)
            if formula:  # what it shows is wanted
                self._cell, self._cell_depth = cell, self._depth

    def _style(self, column: int, attributes: dict[str, str]) -> str:
        """The style of a cell, or of its column, where a style has something to tell."""
        if not (self._percent_styles or self._worded_styles or self._struck_styles):
            return ""
        style = attributes.get(f"{_TABLE}style-name")
        if style is None:
            style = next((style for end, style in self._column_styles if column < end), "")
        return style

    def _characters(self, text: str) -> None:
        if self._cell is not None and self._cell.printed:
            self._cell.printed[-1] += text

    def _commented(self, text: str) -> None:
        if self._comment:
            self._comment[-1] += text

    def _end(self, name: str) -> None:
        if self._comment is not None:
            self._end_in_comment(name)
        elif self._tables == 0 and self._formats.end(name.partition(" ")[2]):
            self._parser.CharacterDataHandler = None
        elif self._depth == self._paragraph:
            self._paragraph = 0
            self._parser.CharacterDataHandler = None
        elif self._cell is not None and self._depth == self._cell_depth:
            self._cell = None
        elif name == _ROW:
            if self._tables == 1:
                if self._facts:
                    self._keep_row()
                self._row += self._repeated
        elif name == _SHEET:
            self._tables -= 1
        self._depth -= 1

    def _end_in_comment(self, name: str) -> None:
        """A comment belongs to the cell that it stands in, which is the last one that began."""
        if name == _PARAGRAPH:
            self._parser.CharacterDataHandler = None
        elif name == _ANNOTATION:
            text = "\n".join(self._comment or ()).strip()
            if text:
                self.sheets[-1].comments.append((self._row, self._column - 1, text))
            self._comment = None

    def _keep_row(self) -> None:
        sheet = self.sheets[-1]
        for cell in self._facts:
            rows = range(self._row, self._row + self._repeated)
            places = product(rows, range(cell.column, cell.column + cell.columns))
            printed = "\n".join(cell.printed or ()).strip()
            if cell.formula and _ERROR.fullmatch(printed):
                sheet.shown += [(row, column, printed) for row, column in places]
            elif cell.failed:  # in the words of another language: 错误:502
                number = re.search(r":\s*(\d+)$", printed)
                shown = f"Err:{number[1]}" if number else "#ERROR!"
                sheet.shown += [(row, column, shown) for row, column in places]
            elif cell.formula and not cell.typed and cell.printed is None:
                sheet.uncached += places
            elif cell.percent:
                sheet.percent += places
            elif cell.worded:
                sheet.worded += [(row, column, cell.worded) for row, column in places]
            if cell.struck:
                sheet.struck += product(rows, range(cell.column, cell.column + cell.columns))
            if cell.span:
                down, right = cell.span
                sheet.merged += [(row, cell.column, row + down - 1, cell.column + right - 1) for row in rows]


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() else 1
