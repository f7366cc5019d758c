"""Texts that would fill the memory, told by a look at a few of their bytes before any is read.

A row that does not end, a file with holes and cells without end cost nothing to find: only where a block of the file
has no line break can a line be longer than a block.
"""

from __future__ import annotations

import csv
import mmap
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.encoding import Slices, lines_of_utf8
from communitycheck.system.limits import OverLimit, limit, refuse_more

# What is read row by row may have so many bytes for each of the cells that it may have.
BYTES_OF_A_CELL = 16
# However low the limits are, a cell may be as long.
LONGEST_CELL = 1 << 24
_BREAKS = (b"\n", b"\r")
NAMED = 3  # lines of another encoding


def allow_long_cells() -> None:
    """Let the csv module of this process read cells as long as a text may be: a remark of pages, or what a stray quote
    has swallowed, which is found and mended afterwards."""
    longest = max(LONGEST_CELL, limit("line"), BYTES_OF_A_CELL * limit("irregular"))
    csv.field_size_limit(min(longest, 2**31 - 1))  # it is a C long, of 32 bits on Windows


def refuse_long_lines(file: Path) -> None:
    """Refuse a text with a line of more than twice as many bytes as are allowed; shorter ones may be read.

    Raises:
        OverLimit: ``line``.
    """
    most = limit("line")
    size = file.stat().st_size
    if size <= most:
        return
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for start in range(0, size - most + 1, most):
            if not any(data.find(sign, start, start + most) >= 0 for sign in _BREAKS):
                raise OverLimit("line", _length(data, start, most))


def _length(data: mmap.mmap, start: int, most: int) -> int:
    """Of the line that covers a block, as far as the next few blocks tell."""
    begin = max(data.rfind(sign, max(0, start - most), start) for sign in _BREAKS) + 1
    ends = [data.find(sign, start + most, start + 16 * most) for sign in _BREAKS]
    return min((end for end in ends if end >= 0), default=min(len(data), start + 16 * most)) - max(begin, start - most)


def refuse_reading_by_rows(size: int) -> None:
    """Refuse a file that is too large to be read row by row, whatever its cells.

    Raises:
        OverLimit: ``irregular``.
    """
    if size > BYTES_OF_A_CELL * limit("irregular"):
        raise OverLimit("irregular")


def refuse_many_cells(file: Path, width: int, length: float) -> None:
    """Refuse a text with more rows or cells than are allowed.

    Args:
        width: cells of a line. length: bytes of one, as the first ones are.

    Raises:
        OverLimit: ``rows`` or ``cells``.
    """
    size = file.stat().st_size
    if size <= limit("cells") and size <= limit("rows") * length / 2:  # each cell takes a byte at least
        return
    lines = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 22):
            lines += block.count(b"\n")
    refuse_more("rows", lines)
    refuse_more("cells", lines * width)


def refuse_mixture(data: Slices, shown: str, *, least: int = 0) -> None:
    """Refuse a text in GBK that has lines of UTF-8.

    Raises:
        ReturnError: ``mixed-encodings``.
    """
    lines = lines_of_utf8(data, least=least, most=NAMED + 1)
    if lines:
        more = ["…"] if len(lines) > NAMED else []
        raise ReturnError("mixed-encodings", path=shown, lines=", ".join([*map(str, lines[:NAMED]), *more]))
