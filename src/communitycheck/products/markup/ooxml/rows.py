"""The rows of a worksheet part, rewritten as they stream by: marked cells get another style, all else keeps its bytes.

A sheet of a million rows is never held as a tree; merged ranges and column formats are known beforehand from its frame.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache
from typing import IO

import numpy as np
import numpy.typing as npt

from communitycheck.errors import NotMarkedError
from communitycheck.model.address import column_letter, column_number
from communitycheck.products.markup.ooxml.frame import Frame
from communitycheck.products.markup.ooxml.stream import ASIDE, QUOTED, pieces_of

_CELL = re.compile(ASIDE + rb"(?P<tag><(?:[\w.\-]+:)?c(?=[\s/>])(?P<rest>" + QUOTED + rb">))", re.S)
_CELL_END = re.compile(ASIDE + rb"(?P<tag></(?:[\w.\-]+:)?c\s*>)", re.S)
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_CELL_NAME = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d+)["']""")
_STYLE = re.compile(rb"""(\ss\s*=\s*["'])(\d+)(["'])""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")

Numbers = npt.NDArray[np.int64]
Restyle = Callable[[int, int], int]


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
    writer = _MarkedRows(frame, wanted, restyle, path, cleared or {})
    yield frame.head
    for kind, chunk in pieces_of(source, writer):
        if kind == "tail":
            break
        if kind == "rows":
            yield chunk
    yield writer.rest()
    yield frame.tail


class PickedRows:
    """Keeps some rows of the sheet as they stand in it.

    Attributes:
        numbers, content: of the rows that were found.
    """

    def __init__(self, wanted: Set[int]) -> None:
        self.wanted = wanted
        self.numbers: list[int] = []
        self.content: list[bytes] = []
        self._last = 0

    def take(self, tag: bytes) -> tuple[bytes, dict[int, int] | None]:
        self._last = int(found[1]) if (found := _ROW_NUMBER.search(tag)) else self._last + 1
        return b"", {} if self._last in self.wanted else None

    def row(self, tag: bytes, body: bytes, end: bytes, marks: dict[int, int]) -> bytes:
        self.numbers.append(self._last)
        self.content.append(tag + body + end)
        return b""


@cache
def _letters(column: int) -> bytes:
    return column_letter(column).encode()


class _MarkedRows:
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
