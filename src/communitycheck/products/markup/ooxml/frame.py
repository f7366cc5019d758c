"""What stands around the rows of a worksheet part: it is small, and parsed with the rows left out."""

from __future__ import annotations

import re
from typing import IO
from xml.parsers import expat

from msgspec import Struct, field

from communitycheck.errors import NotMarkedError
from communitycheck.model.address import column_number
from communitycheck.products.markup.ooxml.parts import RELATIONS, STRICT, STRICT_RELATIONS
from communitycheck.products.markup.ooxml.stream import pieces_of

LONGEST_HEAD = 64 << 20  # what stands before and after the rows; more than that is no worksheet
# Elements that may follow a reference to the drawing of comments, in the order of the schema.
_AFTER = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class Frame(Struct):
    """What stands around the rows.

    Attributes:
        head, tail: the bytes up to the first row, and from the end of the rows on.
        strict: the part is written in the strict form of the standard.
        columns: ``(first, last, style, width)`` from 1; style 0 and width None where nothing is said.
        merged: ``(first row, first column, last row, last column)``.
        legacy: id of the relationship to the drawing of comments, if there is one.
        insert: offset in ``tail`` at which a reference to one belongs.
        prefix: of the part's own elements, with its colon; ``relation`` of relationship ids, "" where none is bound.
    """

    head: bytes
    tail: bytes
    strict: bool = False
    columns: list[tuple[int, int, int, float | None]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    legacy: str | None = None
    insert: int = 0
    prefix: str = ""
    relation: str = ""
    width: float | None = None
    height: float = 15.0

    def base_style(self, column: int) -> int:
        """The style of a cell that is not there, where its row has none."""
        return next((style for first, last, style, _ in self.columns if first <= column <= last), 0)

    def width_of(self, column: int) -> float:
        """Width of a column in characters."""
        found = next((w for first, last, _, w in self.columns if first <= column <= last and w is not None), None)
        return found if found is not None else self.width or 8.43

    def with_legacy(self, id: str) -> None:
        """Refer to a drawing of comments."""
        namespace = STRICT_RELATIONS if self.strict else RELATIONS
        bound = f"{self.relation}:id" if self.relation else f'xmlns:r="{namespace}" r:id'
        element = f'<{self.prefix}legacyDrawing {bound}="{id}"/>'.encode()
        self.tail = self.tail[: self.insert] + element + self.tail[self.insert :]


def frame_of(source: IO[bytes], path: str, part: str) -> Frame:
    """Read a worksheet part but for its rows.

    Raises:
        NotMarkedError: ``not-marked-broken``: no worksheet, or not in UTF-8, or with a document type.
    """
    broken = NotMarkedError("not-marked-broken", path=path, part=part)
    head, tail = bytearray(), bytearray()
    for kind, chunk in pieces_of(source):
        if kind == "tail":
            tail += chunk
        elif kind == "head":
            head += chunk
        if len(head) + len(tail) > LONGEST_HEAD:
            raise broken
    if not tail:
        raise broken
    frame = Frame(bytes(head), bytes(tail))
    try:
        _Outline(frame).parse()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken from error
    return frame


class _Outline:
    """Fills a frame by parsing it as the small document that it is without its rows."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartNamespaceDeclHandler = self._bind
        self.depth = 0
        self.wrapped = -1  # offset of a compatibility block whose content is not known yet
        self.place = -1

    def parse(self) -> None:
        frame = self.frame
        if re.match(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", frame.head.lstrip(b"\xef\xbb\xbf"), re.I):
            raise ValueError
        self.parser.Parse(frame.head + frame.tail, True)
        frame.insert = self.place - len(frame.head)
        if frame.insert < 0:
            raise ValueError

    def _refuse(self, *_: object) -> None:
        raise ValueError

    def _bind(self, prefix: str | None, uri: str) -> None:
        if self.depth == 0 and uri in (RELATIONS, STRICT_RELATIONS) and prefix:
            self.frame.relation = prefix

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        frame = self.frame
        if self.depth == 0:
            if local != "worksheet":
                raise ValueError
            frame.strict = namespace == STRICT
            opening = re.match(rb"<((?:[\w.\-]+:)?)worksheet", frame.head[self.parser.CurrentByteIndex :])
            frame.prefix = opening[1].decode() if opening else ""
        elif self.depth == 1:
            if namespace == _COMPATIBILITY:
                self.wrapped = self.parser.CurrentByteIndex
            else:
                self._placed(local, self.parser.CurrentByteIndex)
            if local == "legacyDrawing":
                frame.legacy = next((v for k, v in attributes.items() if k.endswith(" id")), None)
            elif local == "sheetFormatPr":
                frame.height = float(attributes.get("defaultRowHeight", 15))
                frame.width = float(attributes["defaultColWidth"]) if "defaultColWidth" in attributes else None
        elif self.wrapped >= 0 and namespace != _COMPATIBILITY:
            self._placed(local, self.wrapped)
            self.wrapped = -1
        if local == "col":
            width = attributes.get("width")
            span = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            frame.columns.append((*span, int(attributes.get("style", 0)), float(width) if width else None))
        elif local == "mergeCell" and (area := _RANGE.fullmatch(attributes.get("ref", ""))):
            row, column = int(area[2]), column_number(area[1])
            frame.merged.append((row, column, int(area[4] or row), column_number(area[3]) if area[3] else column))
        self.depth += 1

    def _placed(self, local: str, offset: int) -> None:
        if local in _AFTER and self.place < 0:
            self.place = offset

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.depth == 0 and self.place < 0:
            self.place = self.parser.CurrentByteIndex
