"""Large texts with a few rows that are not like the others: only these are read row by row.

A line is plain where it is a row of the table by itself, whatever its cells hold: as many cells as the others, and each
quote opens a cell or closes it. Such a line is not touched by anything that mends rows; it only shows what the columns
hold. So the reader of rows gets the lines that are not plain, those around them and a sample of the rest, and what is
left over goes to Arrow. Where a plain line turns out to be a part of a cell, the whole text has to be read by rows.
"""

from __future__ import annotations

import csv
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.returns.files.encoding import decoded
from communitycheck.returns.files.formats.text.ragged import MendedRows, regular
from communitycheck.system.limits import refuse_more

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_BLOCK = 1 << 22
_LF, _CR, _QUOTE = b'\n\r"'
# The first lines are all read by rows: the header and more rows than tell what a column holds.
HEAD = 1_000
# Of a run of lines that a quote has joined, so many at either end show whether they are rows.
ENDS = 4


class SiftedText(Struct):
    """``plain`` lines as they stand in the file, and the other rows, mended. ``places`` are those of the other rows
    among all rows; so are the rows of ``shifted`` and ``remarks``."""

    plain: bytes
    others: MendedRows
    places: Numbers
    total: int


class _SievedLines(Struct):
    """Lines of a text: where each ends, which are plain, which hold quotes, which end with a blank cell."""

    ends: Numbers
    plain: Flags
    quoted: Flags
    open_ended: Flags


def sifted(file: Path, encoding: str, delimiter: str, width: int) -> SiftedText | None:
    """The rows of a text; None where they cannot be told apart by their lines.

    Raises:
        OverLimit: ``irregular``.
        UnicodeDecodeError: the lines that are not plain are not of the encoding.
        csv.Error: they cannot be parsed.
    """
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(b"\x00") >= 0:
            return None
        lines = _lines(data, ord(delimiter), width)
        if lines is None:
            return None
        taken = _taken(data, lines, encoding, delimiter)
        numbers = np.flatnonzero(taken)
        text = decoded(b"".join(_pieces(data, lines.ends, taken)), encoding).lstrip("\ufeff")
        refuse_more("irregular", text.count(delimiter) + text.count("\n"))
        others = regular(text, delimiter, numbers.tolist())
        if not _whole(others, numbers, lines.plain, width):
            return None
        plain = b"".join(_pieces(data, lines.ends, ~taken))
    left = np.flatnonzero(~taken)
    firsts = np.asarray(others.lines, np.int64)
    places = np.searchsorted(left, firsts) + np.arange(len(firsts))
    return SiftedText(plain, _moved(others, places), places, len(left) + len(firsts))


def _moved(found: MendedRows, places: Numbers) -> MendedRows:
    """Remarks and marked cells at the places that their rows have in the whole text."""
    at = places.tolist()
    found.remarks = [replace(remark, row=at[remark.row]) for remark in found.remarks]
    found.shifted = [(at[row], c) for row, c in found.shifted]
    return found


def _whole(found: MendedRows, numbers: Numbers, plain: Flags, width: int) -> bool:
    """No line that was left out stands within a row, and no plain row was mended: others like it might have to be."""
    beyond = set(found.beyond)
    if any(len(row) > width and i not in beyond for i, row in enumerate(found.rows)):
        return False
    firsts = np.asarray(found.lines, np.int64)
    at = np.searchsorted(numbers, firsts)
    counts = np.diff(at, append=len(numbers))
    lasts = numbers[at + counts - 1]
    if np.any(lasts - firsts != counts - 1):
        return False
    mended = np.zeros(len(firsts), np.bool_)
    mended[[remark.row for remark in found.remarks if remark.code in ("row-mended", "row-too-long")]] = True
    return not np.any(mended & plain[firsts])


# --- which lines are plain


def _lines(data: mmap.mmap, delimiter: int, width: int) -> _SievedLines | None:
    """None where a line ends in a carriage return alone."""
    found: list[tuple[Numbers, Flags, Flags, Flags]] = []
    start, size = 0, len(data)
    while start < size:
        stop = data.rfind(b"\n", start, start + _BLOCK) + 1
        if not stop:
            stop = data.find(b"\n", start) + 1 or size
        if size - start <= _BLOCK:
            stop = size
        block = np.frombuffer(data[start:stop], np.uint8)
        breaks = np.flatnonzero(block == _LF) + 1
        ends = breaks if len(breaks) and breaks[-1] == len(block) else np.append(breaks, len(block))
        returns = np.flatnonzero(block == _CR)
        if len(returns) and not np.all(block[np.minimum(returns + 1, len(block) - 1)] == _LF):
            return None
        found.append((ends + start, *_told(block, ends, delimiter, width)))
        start = stop
    columns = zip(*found, strict=True)
    return _SievedLines(*(np.concatenate(parts) for parts in columns))


def _told(block: Bytes, ends: Numbers, delimiter: int, width: int) -> tuple[Flags, Flags, Flags]:
    """Of each line of a block: it is plain, holds quotes, ends with a blank cell."""
    marks = np.flatnonzero(block == delimiter)
    quotes = np.flatnonzero(block == _QUOTE)
    last = ends - 2
    last = last - (block[np.maximum(last, 0)] == _CR)
    open_ended = block[np.maximum(last, 0)] == delimiter
    if not len(quotes):
        counts = np.diff(np.searchsorted(marks, ends), prepend=0)
        return counts == width - 1, np.zeros(len(ends), np.bool_), open_ended
    upto = np.searchsorted(quotes, ends)
    held = np.diff(upto, prepend=0)
    line = np.repeat(np.arange(len(ends)), held)
    opens = (np.arange(len(quotes)) - (upto - held)[line]) % 2 == 0
    # A quote opens at the start of a cell and closes at its end; two in a row within a cell are one that is meant.
    before = block[np.maximum(quotes - 1, 0)]
    after = block[np.minimum(quotes + 1, len(block) - 1)]
    begins = (before == delimiter) | (before == _LF) | (quotes == 0)
    finishes = (after == delimiter) | (after == _LF) | (after == _CR) | (quotes == len(block) - 1)
    well = np.where(opens, begins | (before == _QUOTE), finishes | (after == _QUOTE))
    sound = (held % 2 == 0) & (np.bincount(line[~well], minlength=len(ends)) == 0)
    # Delimiters within quotes divide nothing.
    at = np.searchsorted(ends, marks, side="right")
    outside = (np.searchsorted(quotes, marks) - (upto - held)[at]) % 2 == 0
    counts = np.bincount(at[outside], minlength=len(ends))
    return sound & (counts == width - 1), held > 0, open_ended


# --- which lines are read by rows


def _taken(data: mmap.mmap, lines: _SievedLines, encoding: str, delimiter: str) -> Flags:
    taken = ~lines.plain
    for first, last in list(_joined(data, lines, encoding, delimiter)):
        taken[first : min(first + ENDS, last + 1)] = True
        taken[max(first, last + 1 - ENDS) : last + 1] = True
        taken[first : last + 1] |= lines.quoted[first : last + 1]
    around = taken.copy()
    around[1:] |= taken[:-1]
    around[:-1] |= taken[1:]
    around[:HEAD] = True
    around[np.flatnonzero(lines.plain & lines.open_ended)[:1]] = True
    plain = np.flatnonzero(lines.plain & ~around)
    wanted = 2 * np.count_nonzero(~lines.plain) - np.count_nonzero(around & lines.plain)
    if wanted > 0:  # so that most rows are as most rows of the file
        around[plain[:: max(1, len(plain) // wanted)]] = True
    return around


def _joined(data: mmap.mmap, lines: _SievedLines, encoding: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """First and last line of each row that goes over several, as the csv module reads them.

    Only a line with quotes changes whether the next one stands within a cell.
    """
    doubtful = np.flatnonzero(lines.quoted & ~lines.plain)
    quoted = np.flatnonzero(lines.quoted)
    n, final = 0, len(lines.ends) - 1
    while n < len(doubtful):
        first = int(doubtful[n])
        at = int(np.searchsorted(quoted, first))
        source = _Source(data, lines.ends, quoted[at:], encoding)
        next(csv.reader(source, delimiter=delimiter), None)
        last = final if source.exhausted else source.last
        if last > first:
            yield first, last
        n = int(np.searchsorted(doubtful, last, side="right"))


class _Source:
    """Lines with quotes, one after the other, for a reader that asks for more until its row is whole."""

    def __init__(self, data: mmap.mmap, ends: Numbers, numbers: Numbers, encoding: str) -> None:
        self._data, self._ends, self._numbers, self._encoding = data, ends, numbers, encoding
        self._next = 0
        self.last, self.exhausted = 0, False

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        if self._next == len(self._numbers):
            self.exhausted = True
            raise StopIteration
        self.last = int(self._numbers[self._next])
        self._next += 1
        start = int(self._ends[self.last - 1]) if self.last else 0
        return self._data[start : int(self._ends[self.last])].decode(self._encoding)


def _pieces(data: mmap.mmap, ends: Numbers, which: Flags) -> Iterator[bytes]:
    """The bytes of some lines, those that stand together at once."""
    edges = np.flatnonzero(np.diff(which.astype(np.int8), prepend=0, append=0))
    starts = np.concatenate(([0], ends))
    for first, beyond in zip(starts[edges[::2]].tolist(), starts[edges[1::2]].tolist(), strict=True):
        yield data[first:beyond]


def columns_of(text: SiftedText, columns: list[Any], width: int) -> list[Any]:
    """The columns of the plain lines with the other rows put in their places, and what these hold beyond."""
    import pyarrow as pa

    order = np.empty(text.total, np.int64)
    other = np.zeros(text.total, np.bool_)
    other[text.places] = True
    plain = text.total - len(text.places)
    order[~other] = np.arange(plain)
    order[other] = np.arange(plain, text.total)
    index = pa.array(order)
    mended = []
    none = pa.nulls(plain, pa.string())
    for c in range(max(width, *map(len, text.others.rows))):
        cells = pa.array([(row[c] or None) if c < len(row) else None for row in text.others.rows], pa.string())
        regular = columns[c].chunks if columns and c < width else [none]
        mended.append(pa.chunked_array([*regular, cells]).take(index))
    return mended
