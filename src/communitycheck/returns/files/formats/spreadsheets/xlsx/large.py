"""A large sheet: its rows stretch by stretch, each by ``tokens.py``, or where that will not do by ``sheet.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from communitycheck.returns.files.formats.reader_service import Place, Refusal, SheetContent
from communitycheck.returns.files.formats.spool import spooled
from communitycheck.returns.files.formats.spreadsheets.xlsx.columns import (
    Stretch,
    rows_by_column,
    stretch_of,
)
from communitycheck.returns.files.formats.spreadsheets.xlsx.content import is_mostly_blank, told
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import PartHead, head_of, parse
from communitycheck.returns.files.formats.spreadsheets.xlsx.growing import GrowingColumn, Piece
from communitycheck.returns.files.formats.spreadsheets.xlsx.package import SheetPart
from communitycheck.returns.files.formats.spreadsheets.xlsx.sheet import BookContext, SheetEvents, SheetFacts
from communitycheck.returns.files.formats.spreadsheets.xlsx.tokens import Ints, Rows, Unusual, number_of_row
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed

# Bytes of rows that are looked at in one go: what is made of them stays in the processor's cache.
STRETCH = 384 << 10
# So many bytes of the end of a stretch may hold half the end of a row.
_END_TAG = 64


def large_sheet(
    data: Iterable[bytes], number: int, part: SheetPart, context: BookContext, spool: str
) -> SheetContent | None:
    """A large sheet; None where only its events will do.

    Args:
        number: of the sheet in the workbook. spool: a folder for its cells.
    """
    try:
        found = read_large(data, context, pa.array(context.strings, pa.string()))
    except (Unusual, Malformed):
        return None
    if is_mostly_blank(found.rows * (max(found.columns, default=-1) + 1), found.filled):
        return None
    sheet = told(part, found.rows, found.facts)
    sheet["percent"] = [(row, c) for c, rows in found.percent.items() for row in rows.tolist()]
    sheet["uncached"] = [(row, c) for c, rows in found.uncached.items() for row in rows.tolist()]
    place = spooled(spool, number, list(found.columns.values()))
    return {**sheet, "spool": place, "places": list(found.columns), "errors": []}


class LargeSheet(NamedTuple):
    """``facts`` has what lies outside the rows, and the hidden rows; ``percent`` and ``uncached``: column -> rows."""

    columns: dict[int, pa.ChunkedArray]
    rows: int
    filled: int
    facts: SheetFacts
    percent: dict[int, Ints]
    uncached: dict[int, Ints]


def read_large(data: Iterable[bytes], context: BookContext, strings: pa.Array) -> LargeSheet:
    """All of a sheet.

    Args:
        strings: those of ``context``.

    Raises:
        Unusual: it must be read as a whole by ``sheet.py``. Malformed: it is not XML.
    """
    blocks = iter(data)
    before = b""
    head = None
    while head is None and (block := next(blocks, b"")):
        before += block
        head = head_of(before, "sheetData")
    if head is None:
        raise Unusual
    rows = _StretchesOf(blocks, before[head.end :], head)
    growing = _Growing(strings)
    for some in rows:
        growing.add(_read_rows(some, head, context))
    events = SheetEvents(context)
    parse([before[: head.end], rows.rest], events.start, events.end, events.pieces.append)
    if events.facts.filled:
        raise Unusual
    events.facts.hidden_rows = growing.hidden_rows
    columns = growing.whole()
    percent, uncached = (_joined(found) for found in (growing.percent, growing.uncached))
    return LargeSheet(columns, growing.rows, growing.filled, events.facts, percent, uncached)


class _StretchesOf:
    """Rows in stretches, the elements without their prefix; ``rest`` is what follows the rows, once all have come."""

    def __init__(self, blocks: Iterator[bytes], first: bytes, head: PartHead) -> None:
        self._blocks, self._first, self._head = blocks, first, head
        self.rest = b""

    def __iter__(self) -> Iterator[bytes]:
        end_of_row, end_of_rows = (b"</" + self._head.prefix + name for name in (b"row", b"sheetData"))
        held, searched = self._first, 0
        for block in self._blocks:
            if (at := held.find(end_of_rows, searched)) >= 0:
                break
            searched = max(0, len(held) - len(end_of_rows))
            if len(held) >= STRETCH:
                at = held.rfind(end_of_row, 0, len(held) - _END_TAG)
                cut = held.find(b">", at) + 1
                if at < 0 or not cut:
                    raise Unusual
                yield held[:cut]
                held, searched = held[cut:], max(0, searched - cut)
            held += block
        else:
            at, block = held.find(end_of_rows), b""
        if at < 0:
            raise Malformed("no end of the rows")
        if held[:at].strip():
            yield held[:at]
        self.rest = b"".join([held[at:], block, *self._blocks])


def _read_rows(data: bytes, head: PartHead, context: BookContext) -> Stretch:
    try:
        plain = _without_prefix(data, head.prefix)
        rows = Rows(plain)
        special = b"&" in plain or b"\r" in plain or (b"_" in plain and b"_x" in plain)
        return stretch_of(rows.bytes, rows.cells(), special, context)
    except (Unusual, Malformed):
        return _parse_rows(data, head, context)


def _without_prefix(data: bytes, prefix: bytes) -> bytes:
    if not prefix:
        return data
    if data.count(b"<") != data.count(b"<" + prefix) + data.count(b"</" + prefix):
        raise Unusual
    return data.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")


def _parse_rows(data: bytes, head: PartHead, context: BookContext) -> Stretch:
    """Some rows by the events of their markup; the first must say which it is."""
    first = number_of_row(data.lstrip(), b"<" + head.prefix + b"row") - 1
    events = SheetEvents(context, first=first)
    try:
        parse([head.opening, data, head.closing], events.start, events.end, events.pieces.append)
    except Refusal:  # a row out of order
        raise Unusual from None
    facts = events.facts
    rows = max(map(len, facts.columns.values()), default=1)
    pieces = {c: Piece("texts", texts=texts + [None] * (rows - len(texts))) for c, texts in facts.columns.items()}
    percent, uncached = (rows_by_column(*_arrays(places)) for places in (facts.percent, facts.uncached))
    return Stretch(first, rows, pieces, percent, uncached, facts.hidden_rows, facts.filled)


def _arrays(places: list[Place]) -> tuple[Ints, Ints]:
    rows, columns = np.array(places, np.int64).reshape(-1, 2).T
    return rows, columns


class _Growing:
    """A sheet as its stretches come."""

    def __init__(self, strings: pa.Array) -> None:
        self._strings = strings
        self._columns: dict[int, GrowingColumn] = {}
        self.rows = self.filled = 0
        self.hidden_rows: list[int] = []
        self.percent: dict[int, list[Ints]] = {}
        self.uncached: dict[int, list[Ints]] = {}

    def add(self, stretch: Stretch) -> None:
        if stretch.first < self.rows:
            raise Unusual
        self.rows = stretch.first + stretch.rows
        self.filled += stretch.filled
        self.hidden_rows += stretch.hidden_rows
        for place, piece in stretch.pieces.items():
            column = self._columns.setdefault(place, GrowingColumn(self._strings))
            column.fill_up(stretch.first)
            column.add(piece, stretch.rows)
        for kept, found in ((self.percent, stretch.percent), (self.uncached, stretch.uncached)):
            for place, rows in found.items():
                kept.setdefault(place, []).append(rows)

    def whole(self) -> dict[int, pa.ChunkedArray]:
        for column in self._columns.values():
            column.fill_up(self.rows)
        return {place: self._columns[place].whole() for place in sorted(self._columns)}


def _joined(found: dict[int, list[Ints]]) -> dict[int, Ints]:
    return {place: np.concatenate(rows) for place, rows in sorted(found.items())}
