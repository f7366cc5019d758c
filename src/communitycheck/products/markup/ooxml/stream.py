"""A worksheet part as a stream of bytes: what stands before its rows, row after row, and what stands after them.

In XML a ``<`` begins a tag everywhere but in comments and CDATA, which are skipped; so the rows need no tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Protocol

from communitycheck.products.markup.ooxml.parts import BLOCK

QUOTED = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_TOKEN = re.compile(rb"<!--|<!\[CDATA\[|<\?|<(/?)((?:[\w.\-]+:)?)(row|sheetData)(?=[\s/>])")
_OUT = re.compile(rb"<!--|<!\[CDATA\[|<\?|<(/)((?:[\w.\-]+:)?)(sheetData)(?=[\s/>])")
_LONGEST_TOKEN = 400  # a prefix longer than that is no spreadsheet's
_TAG_END = re.compile(QUOTED + rb">")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
# What is passed over; ``cut`` is one that does not end in the bytes at hand.
ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(?P<cut><!--|<!\[CDATA\[)|"
_ROW_END = re.compile(ASIDE + rb"(?P<tag></(?:[\w.\-]+:)?row\s*>)", re.S)


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


class RowWriter(Protocol):
    """What rewrites the rows as they stream by."""

    def take(self, tag: bytes) -> tuple[bytes, dict[int, int] | None]:
        """For the opening tag of a row: rows to put in before it, and the marks in it; None leaves it as it is."""

    def row(self, tag: bytes, body: bytes, end: bytes, marks: dict[int, int]) -> bytes:
        """One row with its marks."""


def pieces_of(source: IO[bytes], rows: RowWriter | None = None) -> Iterator[tuple[str, bytes]]:
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
