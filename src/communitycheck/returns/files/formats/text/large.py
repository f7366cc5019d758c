"""Large text files through Arrow."""

from __future__ import annotations

import csv
import io
import mmap
from collections import Counter
from pathlib import Path
from typing import Any

from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content
from communitycheck.returns.files.formats.text.bounds import refuse_many_cells
from communitycheck.returns.files.formats.text.delimiters import delimiter_of, stated_delimiter
from communitycheck.returns.files.formats.text.guards import SIGNS, unguarded, unguarded_column
from communitycheck.returns.files.formats.text.kinds import class_of
from communitycheck.returns.grid import Grid
from communitycheck.system.limits import refuse_more

# More ragged rows than this and the plain reader does the whole file.
RAGGED = 20_000


def read_large(file: Path, shown: str) -> Content | None:
    """A large file through Arrow; None where it is not regular enough.

    The body must be UTF-8 or GB18030 and all of one width but for few lines; lines before it may have any.

    Raises:
        OverLimit: ``columns``, ``rows``, ``cells``.
    """
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start = 3 if data[:3] == b"\xef\xbb\xbf" else 0
        head = data[start : start + (1 << 18)]
        head = head[: head.rfind(b"\n") + 1]
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head or not head:
            return None
        encoding = encoding_of(head)
        if encoding not in ("utf-8", "gb18030"):
            return None
        text = decoded(head, encoding)
        if stated_delimiter(text)[1] or "\r" in text.replace("\r\n", ""):
            return None
    delimiter = delimiter_of(text)
    if not delimiter.isascii():  # Arrow takes a byte
        return None
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width, _ = Counter(map(len, lines)).most_common(1)[0]
    first = next(i for i, row in enumerate(lines) if len(row) == width)
    if any(len(row) > width for row in lines[:first]) or width < 2:
        return None
    # Records before the first regular one; quoted line breaks there would shift the count of lines.
    if any("\n" in cell for row in lines[: first + 1] for cell in row):
        return None
    # A header with fewer names than the records have cells: the plain reader says what that means.
    if first and len(lines[first - 1]) > 1 and any(class_of(cell) == "n" for cell in lines[first]):
        return None
    refuse_more("columns", width)
    refuse_many_cells(file, width, len(head) / len(lines))
    columns = _arrow_columns(file, encoding, delimiter, width, first, start)
    if columns is None:
        return None
    return Content([_joined(lines[:first], columns, shown)], "utf-8-sig" if start else encoding)


def _arrow_columns(
    file: Path, encoding: str, delimiter: str, width: int, skip: int, start: int
) -> list[Any] | None:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    ragged: list[Any] = []

    def on_invalid(row: Any) -> str:
        ragged.append(row)
        return "skip" if len(ragged) <= RAGGED else "error"

    names = [f"f{i}" for i in range(width)]
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )

    def read(threads: bool, quotes: bool) -> Any:
        ragged.clear()
        return arrow_csv.read_csv(
            file,
            arrow_csv.ReadOptions(
                column_names=names, skip_rows=skip, encoding=encoding, use_threads=threads, block_size=1 << 22
            ),
            arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=quotes,
                ignore_empty_lines=False,
                invalid_row_handler=on_invalid,
            ),
            convert,
        )

    quotes, guards = _marks(file)
    try:
        table = read(threads=True, quotes=quotes)
        if ragged:
            table = read(threads=False, quotes=quotes)
        if quotes and any(_swallows(column, delimiter) for column in table.columns):
            return None
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
    columns: list[Any] | None = table.columns
    if ragged:
        columns = _with_ragged(table.columns, ragged, delimiter, width, skip)
    if columns is not None and guards:
        columns = [unguarded_column(column) for column in columns]
    return columns


def _swallows(column: Any, delimiter: str) -> bool:
    """A cell that goes over several lines and holds delimiters: perhaps a quote that nobody closed."""
    import pyarrow.compute as pc

    breaks = column.filter(pc.match_substring(column, "\n"))
    return bool(len(breaks) and pc.any(pc.match_substring(breaks, delimiter)).as_py())


def _marks(file: Path) -> tuple[bool, bool]:
    """Whether quotes stand in the file, and whether cells may be guarded."""
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        quotes = data.find(b'"') >= 0
        return quotes, any(data.find(sign.encode()) >= 0 for sign in SIGNS if quotes or '"' not in sign)


def _with_ragged(columns: list[Any], ragged: list[Any], delimiter: str, width: int, skip: int) -> list[Any] | None:
    """The rows that Arrow skipped, padded and put back in their places; None where one cannot be placed."""
    import numpy as np
    import pyarrow as pa

    parsed = {}
    for row in ragged:
        if row.number is None:
            return None
        cells = next(csv.reader([row.text], delimiter=delimiter), [])
        if (len(cells) > width and any(cells[width:])) or "\n" in row.text:
            return None  # a row of which the plain reader makes more
        if 1 < len(cells) < width and any(class_of(cell) == "n" for cell in cells):
            return None  # figures that may stand in the wrong column
        parsed[row.number - 1 - skip] = cells
    total = len(columns[0]) + len(parsed)
    places = sorted(parsed)
    if not places or places[0] < 0 or places[-1] >= total:
        return None
    order = np.empty(total, np.int64)
    odd = np.zeros(total, bool)
    odd[places] = True
    order[~odd] = np.arange(total - len(places))
    order[odd] = np.arange(total - len(places), total)
    index = pa.array(order)
    mended = []
    for c, column in enumerate(columns):
        extra = pa.array([(parsed[p][c] or None) if c < len(parsed[p]) else None for p in places], pa.string())
        mended.append(pa.chunked_array([*column.chunks, extra]).take(index))
    return mended


def _joined(before: list[list[str]], columns: list[Any], shown: str) -> Grid:
    """The lines before the body, padded, on top of it; blank rows at the end are cut."""
    import pyarrow as pa

    rows = len(columns[0])
    while rows and not any(column[rows - 1].is_valid for column in columns):
        rows -= 1
    joined = []
    for c, column in enumerate(columns):
        body = column.slice(0, rows)
        if before:
            top = pa.array([(unguarded(row[c]) or None) if c < len(row) else None for row in before], pa.string())
            body = pa.chunked_array([top, *body.chunks], pa.string())
        joined.append(body)
    return Grid(shown, "", joined, rows + len(before))
