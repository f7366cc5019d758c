"""What people write over the cells of a sheet: comments, and a line through what no longer holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communitycheck.returns.files.formats.reader_service import Place
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, is_true, parse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
Comment = tuple[int, int, str]


def comments(data: Iterable[bytes]) -> list[Comment]:
    """Row, column and text of each comment of a part of comments."""
    found: list[Comment] = []
    at: Place | None = None
    pieces: list[str] = []
    reading = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal at, reading
        name = element.rpartition("}")[2]
        if name == "comment":
            at = _place(attributes.get("ref", ""))
            pieces.clear()
        reading = name == "t"

    def end(element: str) -> None:
        nonlocal reading
        reading = False
        if element.rpartition("}")[2] == "comment" and at is not None and "".join(pieces).strip():
            found.append((*at, "".join(pieces).strip()))

    def text(piece: str) -> None:
        if reading:
            pieces.append(piece)

    parse(data, start, end, text)
    return found


def struck_styles(data: Iterable[bytes]) -> frozenset[str]:
    """The numbers of the cell styles whose font has a line through it."""
    fonts: list[bool] = []
    struck: set[str] = set()
    inside, styles = "", 0

    def start(element: str, attributes: Attributes) -> None:
        nonlocal inside, styles
        name = element.rpartition("}")[2]
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside = name
        elif name == "font" and inside == "fonts":
            fonts.append(False)
        elif name == "strike" and inside == "fonts" and fonts:
            fonts[-1] = is_true(attributes.get("val", "1"))
        elif name == "xf" and inside == "cellXfs":
            font = attributes.get("fontId", "0")
            if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]:
                struck.add(str(styles))
            styles += 1

    parse(data, start)
    return frozenset(struck)


def struck_cells(data: Iterable[bytes], styles: frozenset[str]) -> list[Place]:
    """The cells of a sheet that have one of the styles; cells that do not say where they are follow one another."""
    found: list[Place] = []
    row = column = -1

    def start(element: str, attributes: Attributes) -> None:
        nonlocal row, column
        name = element.rpartition("}")[2]
        if name == "row":
            stated = attributes.get("r", "")
            row, column = int(stated) - 1 if stated.isdigit() else row + 1, -1
        elif name == "c":
            place = _place(attributes.get("r", ""))
            column = place[1] if place else column + 1
            if attributes.get("s") in styles:
                found.append((row, column))

    parse(data, start)
    return found


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference.partition(":")[0])
    if match is None:
        return None
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - 64
    return int(match[2]) - 1, column - 1
