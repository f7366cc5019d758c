"""The tables of HTML, of web archives and of the XML of Excel 2003 -> grids."""

from __future__ import annotations

import email
import re
import xml.etree.ElementTree as Tree
from html.parser import HTMLParser
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content
from communitycheck.returns.files.formats.text.bounds import refuse_reading_by_rows
from communitycheck.returns.files.over_limit import limits_of
from communitycheck.returns.grid import Grid, Range, grid_of_rows
from communitycheck.system.limits import OverLimit, refuse_more

MOST_ROWS = 1 << 20
MOST_COLUMNS = 16_384

Cells = list[list[str | None]]


def read_html(file: Path, shown: str) -> Content:
    """The tables of a page, as one grid.

    Raises:
        ReturnError: ``too-large``, ``not-a-spreadsheet`` (no table inside).
    """
    return _pages([_bytes(file, shown)], shown)


def read_web_archive(file: Path, shown: str) -> Content:
    """The tables of a saved page with its frames: a grid for each that has some. Raises like ``read_html``."""
    return _pages(_page_parts(_bytes(file, shown)), shown)


def read_spreadsheet_xml(file: Path, shown: str) -> Content:
    """The sheets of a workbook as XML.

    Raises:
        ReturnError: ``too-large``, ``truncated``, ``unreadable-file``.
    """
    return Content(_spreadsheet_xml(_bytes(file, shown), shown))


def _bytes(file: Path, shown: str) -> bytes:
    with limits_of(shown):
        refuse_reading_by_rows(file.stat().st_size)
    return file.read_bytes()


def _pages(pages: list[bytes], shown: str) -> Content:
    grids: list[Grid] = []
    encoding = None
    for page in pages:
        text, encoding = _page_text(page)
        grid = _html(text, shown, f"{len(grids) + 1}" if len(pages) > 1 else "")
        if grid is not None:
            grids.append(grid)
    if not grids:
        raise ReturnError("not-a-spreadsheet", path=shown, kind="HTML")
    return Content(grids, encoding)


def _page_text(page: bytes) -> tuple[str, str | None]:
    encoding = encoding_of(page)
    if encoding is None:
        return page.decode("utf-8", "replace"), None
    return decoded(page, encoding), encoding


def _page_parts(data: bytes) -> list[bytes]:
    parts = [part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    payloads = [part.get_payload(decode=True) for part in parts]
    return [payload for payload in payloads if isinstance(payload, bytes) and b"<table" in payload.lower()]


class _Place:
    """Cells laid out row by row, as they span rows and columns."""

    def __init__(self) -> None:
        self.rows: Cells = []
        self.merged: list[Range] = []
        self.covered: dict[tuple[int, int], bool] = {}
        self.column = 0
        self.count = 0

    def next_row(self) -> None:
        self.rows.append([])
        self.column = 0

    def put(self, text: str | None, down: int, across: int) -> None:
        row = len(self.rows) - 1
        while self.covered.pop((row, self.column), False):
            self.column += 1
        down, across = max(1, min(down, 65_536)), max(1, min(across, MOST_COLUMNS))
        self.count += across + (down - 1) * across
        refuse_more("irregular", self.count)
        if self.column > MOST_COLUMNS:
            raise OverLimit("columns", self.column)
        cells = self.rows[row]
        cells.extend([None] * (self.column + across - len(cells)))
        cells[self.column] = text
        if down > 1:
            self.covered.update(
                ((row + r, self.column + c), True) for r in range(1, down) for c in range(across)
            )
        if down > 1 or across > 1:
            self.merged.append((row, self.column, row + down - 1, self.column + across - 1))
        self.column += across

    def grid(self, shown: str, sheet: str) -> Grid | None:
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()
        if not self.rows:
            return None
        grid = grid_of_rows(shown, sheet, self.rows)
        last = len(self.rows) - 1
        grid.merged = [(r1, c1, min(r2, last), c2) for r1, c1, r2, c2 in self.merged if r1 <= last]
        return grid


class _Tables(HTMLParser):
    """Every table of a page, one under the other with an empty row between; a table inside a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.place = _Place()
        self.depth = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.skip += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1 and self.place.rows:
                self.place.next_row()
        elif self.depth == 1 and tag == "tr":
            self._close()
            self.place.next_row()
        elif self.depth == 1 and tag in ("td", "th", "caption"):
            self._close()
            if tag == "caption" or not self.place.rows:
                self.place.next_row()
            found = dict(attrs)
            self.span = (_whole(found.get("rowspan")), _whole(found.get("colspan")))
            self.cell = []
        elif tag in ("br", "p") and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.skip = max(0, self.skip - 1)
        elif tag == "table":
            if self.depth == 1:
                self._close()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr", "caption"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.skip:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is None:
            return
        lines = (line.rstrip(" \t\r\n\xa0") for line in "".join(self.cell).split("\n"))
        text = "\n".join(line for line in lines if line.strip())
        self.cell = None
        self.place.put(text or None, *self.span)


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.strip().isdecimal() and len(text) < 8 else 1


def _html(text: str, shown: str, sheet: str) -> Grid | None:
    parser = _Tables()
    with limits_of(shown):
        parser.feed(text)
        parser.close()
    return parser.place.grid(shown, sheet)


# --- the XML of Excel 2003

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"


def _spreadsheet_xml(data: bytes, shown: str) -> list[Grid]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # entities can grow without bound; no exporter writes them
        raise ReturnError("unreadable-file", path=shown)
    try:
        root = Tree.fromstring(data)
    except (Tree.ParseError, ValueError, LookupError):
        raise ReturnError("truncated", path=shown) from None
    grids = []
    for sheet in root.iter(f"{_SPACE}Worksheet"):
        place = _Place()
        with limits_of(shown):
            for row in sheet.iter(f"{_SPACE}Row"):
                _xml_row(place, row)
        grid = place.grid(shown, sheet.get(f"{_SPACE}Name", ""))
        if grid is not None:
            grid.hidden = any("hidden" in (e.text or "").lower() for e in sheet.iter() if e.tag.endswith("}Visible"))
            grids.append(grid)
    return grids


def _xml_row(place: _Place, row: Tree.Element) -> None:
    wanted = _whole(row.get(f"{_SPACE}Index"))
    if wanted > MOST_ROWS:
        raise OverLimit("irregular", wanted)
    while len(place.rows) < wanted - 1:
        place.next_row()
    place.next_row()
    for cell in row.iter(f"{_SPACE}Cell"):
        index = cell.get(f"{_SPACE}Index")
        if index is not None:
            place.column = max(place.column, _whole(index) - 1)
        data = cell.find(f"{_SPACE}Data")
        text = None if data is None else "".join(data.itertext())
        if data is not None and text:
            text = _xml_text(text, data.get(f"{_SPACE}Type", "String"))
        across, down = (cell.get(f"{_SPACE}Merge{way}") for way in ("Across", "Down"))
        place.put(text or None, _whole(down) + 1 if down else 1, _whole(across) + 1 if across else 1)


def _xml_text(text: str, kind: str) -> str:
    if kind == "DateTime":
        return re.sub(r"[T ]00:00:00(\.0+)?$", "", text).replace("T", " ").split(".")[0]
    if kind == "Boolean":
        return "true" if text.strip() in ("1", "true") else "false"
    return text
