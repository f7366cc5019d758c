"""The cells of a stretch of rows, by column."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from communitycheck.returns.files.formats.number_formats import Shown
from communitycheck.returns.files.formats.spreadsheets.xlsx.cells import (
    ERROR,
    dereferenced,
    typed_text,
    written,
)
from communitycheck.returns.files.formats.spreadsheets.xlsx.growing import Numbers, Piece
from communitycheck.returns.files.formats.spreadsheets.xlsx.sheet import BookContext
from communitycheck.returns.files.formats.spreadsheets.xlsx.tokens import Bools, Bytes, CellTokens, Ints, Unusual

Some = TypeVar("Some", np.int64, np.int32)
# Bytes by where they occur.
_DIGIT, _SIGN, _FIGURE, _ANY, _CONTROL = range(5)
_ALPHABETS = np.full(256, _ANY, np.uint8)
_ALPHABETS[:32] = _CONTROL
_ALPHABETS[list(b"\t\n\r")] = _ANY
_ALPHABETS[list(b"+-")] = _SIGN
_ALPHABETS[list(b".eE")] = _FIGURE
_ALPHABETS[48:58] = _DIGIT
# A text that begins so may be all white space: by its first byte, or its first two.
_SPACES = np.zeros(1 << 16, np.bool_)
for _first, _second in ((0xC2, 0x85), (0xC2, 0xA0), (0xE1, 0x9A), (0xE2, 0x80), (0xE2, 0x81), (0xE3, 0x80)):
    _SPACES[_second << 8 | _first] = True
_I, _S, _N, _E, _SHARED = b"iSnes"
_SPECIAL = re.compile(rb"[&\r]|_x")
# Kinds that are read together.
_TEXT, _NUMBER, _STRING, _OTHER = range(4)
_GROUPS = np.full(256, _OTHER, np.uint8)
_GROUPS[[_I, _S]], _GROUPS[_N], _GROUPS[_SHARED] = _TEXT, _NUMBER, _STRING
_TYPES = {ord("b"): "b", ord("e"): "e", ord("d"): "d", _S: "str"}


class Stretch(NamedTuple):
    """What some rows hold: from row ``first`` on, for ``rows`` rows."""

    first: int
    rows: int
    pieces: dict[int, Piece]
    percent: dict[int, Ints]
    uncached: dict[int, Ints]
    hidden_rows: list[int]
    filled: int


def stretch_of(data: Bytes, cells: CellTokens, special: bool, context: BookContext) -> Stretch:
    """The cells of some rows, by column.

    Args:
        data: the bytes that hold them. special: they have entities, carriage returns or escapes.
    """
    by_column, order = _sorted(data, cells, special, context)
    column, row = cells.column[order], by_column.row
    first, last = int(cells.row[0]), int(cells.row[-1])
    rows = last - first + 1
    changes = column[1:] != column[:-1]
    if ((row[1:] <= row[:-1]) & ~changes).any():
        raise Unusual
    blank = by_column.lengths == 0
    percent = (by_column.shown == Shown.PERCENT) & (by_column.kind == _N) & ~blank
    uncached = cells.formula[order] & blank & ~((by_column.kind == _S) & cells.held[order])
    starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    plain = by_column.plain_kinds(starts)
    pieces = {
        int(column[a]): by_column.plain_piece(kind, slice(a, b), first, rows)
        or by_column.piece(slice(a, b), first, rows, context)
        for (a, b), kind in zip(pairwise([*starts.tolist(), len(column)]), plain, strict=True)
    }
    shares, unknown = (rows_by_column(row[told], column[told]) for told in (percent, uncached))
    filled = len(blank) - int(np.count_nonzero(blank))
    return Stretch(first, rows, pieces, shares, unknown, cells.hidden_rows, filled)


def rows_by_column(rows: Ints, columns: Ints) -> dict[int, Ints]:
    return {int(column): rows[columns == column] for column in np.unique(columns)} if len(rows) else {}


def _by_column(cells: CellTokens) -> Ints:
    """The order of the cells that has one column after the other, each by its rows."""
    column = cells.column
    width = int(np.argmax(cells.row != cells.row[0])) or len(column)
    if len(column) % width == 0:
        grid = column.reshape(-1, width)
        if (grid == grid[0]).all() and (np.diff(grid[0]) > 0).all():
            return np.arange(len(column)).reshape(-1, width).T.ravel()
    if (np.diff(cells.row) < 0).any():
        raise Unusual
    return np.argsort(column.astype(np.int16), kind="stable")


def _shown(style: Ints, shown: list[Shown]) -> Bytes:
    if not any(shown):
        return np.zeros(len(style), np.uint8)
    table = np.zeros(max(len(shown), int(style.max()) + 1), np.uint8)
    table[: len(shown)] = shown
    return table[style]


class _Sorted(NamedTuple):
    """The cells of a stretch, one column after the other: of each its text in ``texts``, and how it can be read.

    Attributes:
        offsets: where each text begins, and where the last ends. group: kinds that are read together.
        odd: it takes a closer look. written: the text is what a grid has. numbers: those of shared strings.
    """

    row: Ints
    kind: Bytes
    shown: Bytes
    style: Ints
    lengths: Ints
    offsets: Ints
    texts: Bytes
    group: Bytes
    odd: Bools
    written: Bools
    numbers: Numbers

    def plain_kinds(self, starts: Ints) -> list[str]:
        """For each column, by where it starts, the kind of its piece where all its cells are alike and none is odd."""
        group = self.group[starts]
        alike = (np.maximum.reduceat(self.group, starts) == group) & (np.minimum.reduceat(self.group, starts) == group)
        alike &= ~np.logical_or.reduceat(self.odd, starts)
        written = np.logical_and.reduceat(self.written, starts)
        kinds = np.where(group == _STRING, "shared", np.where((group == _TEXT) | written, "raw", "number"))
        found: list[str] = np.where(alike & (group != _OTHER), kinds, "").tolist()
        return found

    def plain_piece(self, kind: str, part: slice, first: int, rows: int) -> Piece | None:
        """A column all of whose cells are alike."""
        if not kind:
            return None
        row = self.row[part] - first
        if kind == "shared":
            return Piece(kind, numbers=_spread(self.numbers[part], row, rows, -1))
        data = self.texts[self.offsets[part.start] : self.offsets[part.stop]]
        return Piece(kind, _spread(self.lengths[part], row, rows, 0), data.tobytes())

    def piece(self, part: slice, first: int, rows: int, context: BookContext) -> Piece:
        """The cells of one column as a piece of so many rows: most of them by arrays, the odd ones one by one."""
        group, odd = self.group[part], self.odd[part]
        most = int(group[len(group) // 2])
        if (group != most).any():
            most = int(np.argmax(np.bincount(group)))
            odd = odd | (group != most)
        row = self.row[part] - first
        chosen = np.flatnonzero(odd)
        if most == _OTHER or 4 * len(chosen) > len(odd):
            texts: list[str | None] = [None] * rows
            for at, text in self._one_by_one(np.arange(part.start, part.stop), context):
                texts[at - first] = text
            return Piece("texts", texts=texts)
        lengths, numbers = self.lengths[part], self.numbers[part]
        data = self.texts[self.offsets[part.start] : self.offsets[part.stop]]
        patches: list[tuple[int, str]] = []
        if len(chosen):
            found = self._one_by_one(chosen + part.start, context)
            patches = [(at - first, text) for at, text in found if text is not None]
            data = data[np.repeat(~odd, lengths)]
            lengths, numbers = np.where(odd, 0, lengths), np.where(odd, -1, numbers)
        if most == _STRING:
            return Piece("shared", numbers=_spread(numbers, row, rows, -1), patches=patches)
        kind = "raw" if most == _TEXT or (self.written[part] | odd).all() else "number"
        return Piece(kind, _spread(lengths, row, rows, 0), data.tobytes(), patches=patches)

    def _one_by_one(self, cells: Ints, context: BookContext) -> list[tuple[int, str | None]]:
        """Row and text of each cell, as ``sheet.py`` reads them."""
        known: dict[tuple[int, int, int, bytes], str | None] = {}
        found = []
        texts = self.texts
        about = (self.row, self.kind, self.shown, self.style, self.offsets, self.lengths)
        chosen = (some[cells].tolist() for some in about)
        for row, kind, shown, style, start, length in zip(*chosen, strict=True):
            key = (kind, shown, style if shown == Shown.WORDED else 0, texts[start : start + length].tobytes())
            if key not in known:
                known[key] = _text(*key, context)
            found.append((row, known[key]))
        return found


def _sorted(data: Bytes, cells: CellTokens, special: bool, context: BookContext) -> tuple[_Sorted, Ints]:
    """The cells by column, and the order that this is."""
    order = _by_column(cells)
    kind, start = cells.kind[order], cells.start[order]
    end = cells.end[order]
    lengths = end - start
    # Programs that know no whole numbers write 12.0: without its end that is 12.
    cut = (kind == _N) & (lengths > 2) & (data[end - 1] == ord("0")) & (data[end - 2] == ord("."))
    lengths -= 2 * cut
    offsets = np.zeros(len(order) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    texts = data[np.repeat(start - offsets[:-1], lengths) + np.arange(offsets[-1])]
    style = cells.style[order]
    shown = _shown(style, context.shown)
    group = _GROUPS[kind]
    # What the bytes of each text are at most: digits, what else stands in numbers, anything.
    there = np.flatnonzero(lengths)
    alphabet = np.zeros(len(order), np.uint8)
    begin = np.zeros(len(order), np.uint8)
    if len(there):
        starts = offsets[there]
        sorts = _ALPHABETS[texts]
        alphabet[there] = np.maximum.reduceat(sorts, starts)
        begin[there] = texts[starts]
        if int(sorts.max()) == _CONTROL or (alphabet[cut] > _SIGN).any():
            raise Unusual
    odd = (group == _NUMBER) & ((alphabet > _FIGURE) | (shown >= Shown.DATE))
    odd |= (group == _TEXT) & _may_be_blank(begin, texts, offsets, lengths)
    numbers = np.full(len(order), -1, np.int32)
    strings = np.flatnonzero((group == _STRING) & (lengths > 0))
    if len(strings):
        odd[strings] = (alphabet[strings] > _DIGIT) | (lengths[strings] > 8)
        strings = strings[~odd[strings]]
        numbers[strings] = _whole_numbers(texts, offsets[strings], lengths[strings])
    if special:
        found = [match.start() for match in _SPECIAL.finditer(texts.tobytes())]
        odd[np.searchsorted(offsets, found, "right") - 1] = True
    written = (alphabet == _DIGIT) & (lengths < 16) & ((begin != 48) | (lengths < 2))
    return _Sorted(cells.row[order], kind, shown, style, lengths, offsets, texts, group, odd, written, numbers), order


def _may_be_blank(begin: Bytes, texts: Bytes, offsets: Ints, lengths: Ints) -> Bools:
    """Which texts may be white space alone, by how they begin; an empty one counts as blank anyway."""
    found: Bools = (begin < 33) & (lengths > 0)
    wide = np.flatnonzero((begin > 0xC1) & (begin < 0xE4))
    if len(wide):
        found[wide] |= _SPACES[
            begin[wide] | texts[np.minimum(offsets[wide] + 1, len(texts) - 1)].astype(np.uint16) << 8
        ]
    return found


def _whole_numbers(texts: Bytes, starts: Ints, lengths: Ints) -> Numbers:
    """The numbers whose digits begin at these places."""
    values = np.zeros(len(starts), np.int32)
    for k in range(int(lengths.max(initial=0))):
        more = lengths > k
        digits = texts[np.minimum(starts + k, len(texts) - 1)].astype(np.int32) - 48
        values = np.where(more, values * 10 + digits, values)
    return values


def _spread(values: npt.NDArray[Some], places: Ints, rows: int, blank: int) -> npt.NDArray[Some]:
    if len(values) == rows:
        return values
    spread = np.full(rows, blank, values.dtype)
    spread[places] = values
    return spread


def _text(kind: int, shown: int, style: int, raw: bytes, context: BookContext) -> str | None:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Unusual from None
    text = dereferenced(text)
    if not text:
        return ERROR if kind == _E else None
    if kind == _I:
        return written(text)
    if kind == _N:
        return context.number(text, Shown(shown), style)
    if kind == _SHARED:
        return context.shared(text)
    return typed_text(_TYPES[kind], text)
