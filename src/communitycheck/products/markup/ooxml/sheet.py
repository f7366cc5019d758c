"""One worksheet part, rewritten as it streams by: marked cells get another style, everything else keeps its bytes.

A sheet of a million rows is never held as a tree. What stands before and after its rows is small; it is parsed with
the rows left out, so that merged ranges, column formats and the right place for a new element are known beforehand.
The rows themselves need no tree: in XML a ``<`` begins a tag everywhere but in comments and CDATA, which are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import IO
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from communitycheck.errors import NotMarkedError
from communitycheck.model.address import column_letter, column_number
from communitycheck.products.markup.ooxml.parts import BLOCK, RELATIONS, STRICT, STRICT_RELATIONS

LONGEST_HEAD = 64 << 20  # what stands before and after the rows; more than that is no worksheet
# Elements that may follow a reference to the drawing of comments, in the order of the schema.
_AFTER = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_QUOTED = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_TOKEN = re.compile(rb"<!--|<!\[CDATA\[|<\?|<(/?)((?:[\w.\-]+:)?)(row|sheetData)(?=[\s/>])")
_OUT = re.compile(rb"<!--|<!\[CDATA\[|<\?|<(/)((?:[\w.\-]+:)?)(sheetData)(?=[\s/>])")
_LONGEST_TOKEN = 400  # a prefix longer than that is no spreadsheet's
_TAG_END = re.compile(_QUOTED + rb">")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
# What is passed over; ``cut`` is one that does not end in the bytes at hand.
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(?P<cut><!--|<!\[CDATA\[)|"
_ROW_END = re.compile(_ASIDE + rb"(?P<tag></(?:[\w.\-]+:)?row\s*>)", re.S)
_CELL = re.compile(_ASIDE + rb"(?P<tag><(?:[\w.\-]+:)?c(?=[\s/>])(?P<rest>" + _QUOTED + rb">))", re.S)
_CELL_END = re.compile(_ASIDE + rb"(?P<tag></(?:[\w.\-]+:)?c\s*>)", re.S)
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_CELL_NAME = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d+)["']""")
_STYLE = re.compile(rb"""(\ss\s*=\s*["'])(\d+)(["'])""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")

Numbers = npt.NDArray[np.int64]
Restyle = Callable[[int, int], int]


@dataclass(slots=True)
class Frame:
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
    for kind, chunk in _tokens(source):
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


def anchored(rows: Numbers, columns: Numbers, merged: list[tuple[int, int, int, int]]) -> tuple[Numbers, Numbers]:
    """Cells (in order of rows), those inside a merged range given as its first one."""
    new_rows, new_columns = rows.copy(), columns.copy()
    for top, left, bottom, right in merged:
        low, high = np.searchsorted(rows, [top, bottom + 1])
        if low < high:
            inside = (columns[low:high] >= left) & (columns[low:high] <= right)
            new_rows[low:high][inside] = top
            new_columns[low:high][inside] = left
    return new_rows, new_columns


def restyled(
    source: IO[bytes],
    frame: Frame,
    rows: Numbers,
    columns: Numbers,
    kinds: Numbers,
    restyle: Restyle,
    path: str,
    cleared: Mapping[int, int] | None = None,
) -> Iterator[bytes]:
    """The part with its marked cells restyled, cells and rows that are not there put in.

    Args:
        rows, columns, kinds: the cells, each once, in order.
        restyle: style of the cell and kind of mark -> new style.
        cleared: styles that all cells lose -> what they get instead.

    Raises:
        NotMarkedError: ``not-marked-disorder``: rows or cells do not stand in order.
    """
    first = np.flatnonzero(np.diff(rows, prepend=0))
    ends = [*first[1:].tolist(), len(rows)] if len(rows) else []
    wanted = [
        (int(rows[start]), dict(zip(columns[start:end].tolist(), kinds[start:end].tolist(), strict=True)))
        for start, end in zip(first.tolist(), ends, strict=True)
    ]
    writer = _Rows(frame, wanted, restyle, path, cleared or {})
    yield frame.head
    for kind, chunk in _tokens(source, writer):
        if kind == "tail":
            break
        if kind == "rows":
            yield chunk
    yield writer.rest()
    yield frame.tail


class _Buffer:
    """The bytes at hand; more are read when something does not end in them."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.held = b""
        self.ended = False

    def more(self) -> bool:
        block = self.source.read(BLOCK)
        self.held += block
        self.ended = not block
        return not self.ended

    def tag(self, start: int) -> re.Match[bytes] | None:
        """The whole tag that begins at ``start``; None where the part ends before it does."""
        while True:
            found = _TAG_END.match(self.held, start)
            if found is not None or not self.more():
                return found

    def past(self, end: bytes, start: int) -> int:
        """Where what begins at ``start`` is over."""
        while (found := self.held.find(end, start)) < 0 and self.more():
            pass
        return len(self.held) if found < 0 else found + len(end)

    def row_end(self, start: int) -> re.Match[bytes] | None:
        """The tag that closes the row begun before ``start``; None where the part ends before."""
        while True:
            found = next((m for m in _ROW_END.finditer(self.held, start) if m["tag"] or m["cut"]), None)
            if (found is not None and found["tag"]) or not self.more():
                return found


def _tokens(
    source: IO[bytes], rows: _Rows | None = None
) -> Iterator[tuple[str, bytes]]:
    """The part as pieces ``head``, ``rows`` (rewritten by ``rows``; none without it) and ``tail``.

    The head ends behind the tag that opens the rows, the tail begins with the one that closes them.
    """
    buffer = _Buffer(source)
    state, at, given = "head", 0, 0
    while state != "tail":
        found = (_OUT if state == "rows" and rows is None else _TOKEN).search(buffer.held, at)
        if found is None:
            # What is left at the end may be the beginning of a token.
            cut = len(buffer.held) if buffer.ended else max(at, len(buffer.held) - _LONGEST_TOKEN)
            if state == "head" or rows is not None:
                yield state, buffer.held[given:cut]
            buffer.held, at, given = buffer.held[cut:], 0, 0
            if buffer.ended or (not buffer.more() and not buffer.held):
                return
            continue
        token = found[0]
        if token in _ENDS:
            at = buffer.past(_ENDS[token], found.end())
            continue
        tag = buffer.tag(found.start())
        if tag is None:
            return
        name, closes, empty = found[3], bool(found[1]), tag[0].endswith(b"/>")
        if name == b"sheetData" and state == "head" and not closes:
            if empty:
                return  # a sheet without a single row
            yield "head", buffer.held[given : tag.end()]
            state, at, given = "rows", tag.end(), tag.end()
        elif name == b"sheetData" and state == "rows" and closes:
            if rows is not None:
                yield "rows", buffer.held[given : found.start()]
            state, at, given = "tail", found.start(), found.start()
        else:
            at = tag.end()
            if name == b"row" and state == "rows" and not closes and rows is not None:
                before, marks = rows.take(tag[0])
                if before or marks is not None:
                    yield "rows", buffer.held[given : found.start()] + before
                    given = found.start()
                if marks is not None:
                    end = None if empty else buffer.row_end(at)
                    body = b"" if end is None else buffer.held[at : end.start()]
                    yield "rows", rows.row(tag[0], body, b"" if end is None else end["tag"], marks)
                    at = given = at if end is None else end.end()
        if at > BLOCK:
            if (state == "head" or rows is not None) and state != "tail" and at > given:
                yield state, buffer.held[given:at]
            buffer.held, at, given = buffer.held[at:], 0, 0
    yield "tail", buffer.held[given:]
    while block := source.read(BLOCK):
        yield "tail", block


@cache
def _letters(column: int) -> bytes:
    return column_letter(column).encode()


class _Rows:
    """Rewrites row by row; knows which of the wanted rows comes next."""

    def __init__(
        self,
        frame: Frame,
        wanted: list[tuple[int, dict[int, int]]],
        restyle: Restyle,
        path: str,
        cleared: Mapping[int, int],
    ) -> None:
        self.frame, self.wanted, self.restyle, self.cleared = frame, wanted, restyle, cleared
        self.next = 0
        self.last = 0
        self.disorder = NotMarkedError("not-marked-disorder", path=path)

    def take(self, tag: bytes) -> tuple[bytes, dict[int, int] | None]:
        """For the opening tag of a row: rows to put in before it, and the marks in it."""
        number = int(found[1]) if (found := _ROW_NUMBER.search(tag)) else self.last + 1
        if number <= self.last:
            raise self.disorder
        self.last = number
        before = b""
        while self.next < len(self.wanted) and self.wanted[self.next][0] < number:
            before += self._new_row(*self.wanted[self.next])
            self.next += 1
        if self.next < len(self.wanted) and self.wanted[self.next][0] == number:
            marks = self.wanted[self.next][1]
            self.next += 1
            return before, marks
        return before, {} if self.cleared else None

    def rest(self) -> bytes:
        """The wanted rows below the last one."""
        left = b"".join(self._new_row(*one) for one in self.wanted[self.next :])
        self.next = len(self.wanted)
        return left

    def row(self, tag: bytes, body: bytes, end: bytes, marks: dict[int, int]) -> bytes:
        """One row with its marks."""
        quick = self._quick(body, marks)
        if quick is not None:
            return tag + quick + end
        prefix = tag[1 : tag.index(b"row")].decode()
        styled = _STYLE.search(tag) if _CUSTOM.search(tag) else None
        base = int(styled[2]) if styled else None
        todo = sorted(marks)
        pieces: list[bytes] = []
        done, after, last, added = 0, 0, 0, False
        for cell in _CELL.finditer(body):
            attributes = cell["rest"]
            if attributes is None:  # a comment or CDATA
                continue
            named = _CELL_NAME.search(attributes)
            column = column_number(named[1].decode().upper()) if named else last + 1
            if column <= last:
                raise self.disorder
            last = column
            while todo and todo[0] < column:
                pieces += [body[done : cell.start()], self._new_cell(prefix, todo[0], marks, base)]
                done, added = cell.start(), True
                todo.pop(0)
            if todo and todo[0] == column:
                pieces += [body[done : cell.start("rest")], self._restyled(attributes, marks[todo.pop(0)])]
                done = cell.end()
            elif self.cleared and (style := _STYLE.search(attributes)) and int(style[2]) in self.cleared:
                pieces += [body[done : cell.start("rest")], self._restyled(attributes, None)]
                done = cell.end()
            after = cell.end()
            if not attributes.endswith(b"/>"):
                closing = next((m for m in _CELL_END.finditer(body, cell.end()) if m["tag"]), None)
                after = closing.end() if closing else after
        if todo:
            after = max(after, done)
            pieces.append(body[done:after])
            pieces += [self._new_cell(prefix, column, marks, base) for column in todo]
            done, added = after, True
        pieces.append(body[done:])
        if not end and added:  # the row was empty: <row r="5"/>
            tag, end = tag[:-2].rstrip() + b">", f"</{prefix}row>".encode()
        return (_SPANS.sub(b"", tag) if added else tag) + b"".join(pieces) + end

    def _quick(self, body: bytes, marks: dict[int, int]) -> bytes | None:
        """The cells of a row whose marked ones are all there and say where they stand; None for any other row."""
        if self.cleared or b"<!" in body:
            return None
        pieces, done = [], 0
        for column in sorted(marks):
            named = body.find(b' r="%b%d"' % (_letters(column), self.last), done)
            cell = _CELL.match(body, body.rfind(b"<", done, named)) if named >= 0 else None
            if cell is None or cell["tag"] is None or cell.end() < named:
                return None
            pieces += [body[done : cell.start("rest")], self._restyled(cell["rest"], marks[column])]
            done = cell.end()
        return b"".join([*pieces, body[done:]])

    def _restyled(self, attributes: bytes, kind: int | None) -> bytes:
        """The rest of a cell's tag with another style; ``kind`` None only takes an old mark away."""
        found = _STYLE.search(attributes)
        base = int(found[2]) if found else 0
        base = self.cleared.get(base, base)
        new = str(base if kind is None else self.restyle(base, kind)).encode()
        if found:
            return attributes[: found.start(2)] + new + attributes[found.end(2) :]
        cut = len(attributes) - (2 if attributes.endswith(b"/>") else 1)
        return attributes[:cut].rstrip() + b' s="' + new + b'"' + attributes[cut:]

    def _new_cell(self, prefix: str, column: int, marks: dict[int, int], base: int | None) -> bytes:
        style = self.restyle(self.frame.base_style(column) if base is None else base, marks[column])
        return f'<{prefix}c r="{column_letter(column)}{self.last}" s="{style}"/>'.encode()

    def _new_row(self, number: int, marks: dict[int, int]) -> bytes:
        kept, self.last = self.last, number
        prefix = self.frame.prefix
        cells = b"".join(self._new_cell(prefix, column, marks, None) for column in sorted(marks))
        self.last = max(kept, number)
        return f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode()
