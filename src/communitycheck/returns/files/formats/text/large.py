"""Large text files through Arrow."""

from __future__ import annotations

import csv
import io
import mmap
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from communitycheck.returns.files.encoding import FOUR, decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content, RowRemark
from communitycheck.returns.files.formats.text.bounds import refuse_many_cells, refuse_mixture
from communitycheck.returns.files.formats.text.delimiters import delimiter_of, stated_delimiter
from communitycheck.returns.files.formats.text.guards import SIGNS, unguarded, unguarded_column
from communitycheck.returns.files.formats.text.kinds import class_of
from communitycheck.returns.files.formats.text.sieve import columns_of, sifted
from communitycheck.returns.grid import Grid
from communitycheck.system.limits import refuse_more


class _Body(Struct):
    """The columns of a text below the lines at its top that were skipped, and what there is to say about its rows."""

    columns: list[Any]
    skipped: int
    remarks: list[RowRemark] = field(default_factory=list)
    shifted: list[tuple[int, int]] = field(default_factory=list)


def read_large(file: Path, shown: str) -> Content | None:
    """A large file through Arrow; None where it is not regular enough.

    The body must be UTF-8 or GB18030, and most of its lines of one width; lines before it may have any.

    Raises:
        OverLimit: ``columns``, ``rows``, ``cells``.
        ReturnError: ``mixed-encodings``.
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
        if encoding == "gb18030":  # of which all was not looked at
            refuse_mixture(data, shown, least=FOUR)
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
    body = _read_columns(file, encoding, delimiter, width, first)
    if body is None:
        return None
    grid = _joined(lines[: body.skipped], body.columns, shown)
    grid.shifted = body.shifted
    return Content([grid], "utf-8-sig" if start else encoding, body.remarks)


def _read_columns(file: Path, encoding: str, delimiter: str, width: int, skip: int) -> _Body | None:
    """The rows below the first ``skip`` at once, where all are regular; else all of them, line by line."""
    import pyarrow as pa

    quotes, guards = _marks(file)
    try:
        columns = _arrow_columns(file, encoding, delimiter, width, skip, quotes)
        body: _Body | None = _Body(columns, skip)
        if quotes and any(_swallows(column, delimiter) for column in columns):
            body = None
    except pa.ArrowInvalid:
        body = None
    except UnicodeDecodeError:
        return None
    body = body or _sifted_columns(file, encoding, delimiter, width)
    if body is not None and guards:
        body.columns = [unguarded_column(column) for column in body.columns]
    return body


def _sifted_columns(file: Path, encoding: str, delimiter: str, width: int) -> _Body | None:
    import pyarrow as pa

    try:
        text = sifted(file, encoding, delimiter, width)
        if text is None:
            return None
        plain = pa.py_buffer(text.plain)
        columns = _arrow_columns(pa.BufferReader(plain), encoding, delimiter, width, 0, False) if text.plain else []
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error):
        return None
    return _Body(columns_of(text, columns, width), 0, text.others.remarks, text.others.shifted)


def _arrow_columns(source: Any, encoding: str, delimiter: str, width: int, skip: int, quotes: bool) -> list[Any]:
    """Text columns of a source whose rows are all of one width.

    Raises:
        ArrowInvalid: they are not.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [f"f{i}" for i in range(width)]
    table = arrow_csv.read_csv(
        source,
        arrow_csv.ReadOptions(column_names=names, skip_rows=skip, encoding=encoding, block_size=1 << 22),
        arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=quotes, ignore_empty_lines=False),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
        ),
    )
    columns: list[Any] = table.columns
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
