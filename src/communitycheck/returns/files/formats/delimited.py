"""Text files with delimiters: csv, tsv and their kin, whatever their suffix."""

from __future__ import annotations

import csv
import io
import mmap
from collections import Counter
from pathlib import Path
from typing import Any

from communitycheck.errors import ReturnError
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content, FileFormat
from communitycheck.returns.files.formats.ragged import MendedRows, regular
from communitycheck.returns.grid import Grid, grid_of_rows

DELIMITERS = ",\t;|"
# Above this size the Arrow reader is tried first.
LARGE = 1 << 20
HEAD_LINES = 200
# No spreadsheet has more columns.
MOST_COLUMNS = 16_384
# More ragged rows than this and the plain reader does the whole file.
RAGGED = 20_000


def read_text(file: Path, shown: str) -> Content:
    """Grid of a text file, the name of its encoding, and what there is to say about its rows.

    Raises:
        ReturnError: ``not-text``, ``too-large``.
    """
    if file.stat().st_size > LARGE:
        large = _read_large(file, shown)
        if large is not None:
            return large
    data = file.read_bytes()
    encoding = encoding_of(data)
    if encoding is None:
        raise ReturnError("not-text", path=shown)
    text = decoded(data, encoding)
    if _control_share(text) > 0.02:
        raise ReturnError("not-text", path=shown)
    found = rows_of(text)
    grid = grid_of_rows(shown, "", _trimmed(found.rows, shown))
    grid.shifted = found.shifted
    return Content([grid], encoding, found.remarks)


def rows_of(text: str) -> MendedRows:
    """Records of a delimited text; cells that cannot be placed are marked."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    text, stated = _stated_delimiter(text)
    delimiter = stated or delimiter_of(text)
    csv.field_size_limit(1 << 24)
    try:
        return regular(text, delimiter)
    except csv.Error:
        return MendedRows([list(line.split(delimiter)) for line in text.splitlines()])


def _stated_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own ``sep=;`` line: kept as an empty row, so that rows keep their numbers."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":
        return text[5:], text[4]
    return text, None


def delimiter_of(text: str) -> str:
    """The delimiter under which most lines have the same, largest number of fields."""
    head = text[: 1 << 16]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in head:
            continue
        try:
            widths = [len(row) for _, row in zip(range(HEAD_LINES), csv.reader(io.StringIO(head, newline=""),
                      delimiter=delimiter), strict=False) if row]  # fmt: skip
        except csv.Error:
            continue
        width, lines = max(Counter(widths).items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        if width < 2:
            continue
        score = lines / len(widths) * (1 + min(width, 50) / 50)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _control_share(text: str) -> float:
    head = text[:20000]
    return sum(1 for c in head if c < " " and c not in "\t\r\n\x0c\x1a") / max(1, len(head))


def _trimmed(rows: list[list[str | None]], shown: str) -> list[list[str | None]]:
    """The rows without blank ones at the end, and none wider than a spreadsheet can be."""
    for row in rows:
        if len(row) > MOST_COLUMNS:
            while row and not row[-1]:
                row.pop()
            if len(row) > MOST_COLUMNS:
                raise ReturnError("too-large", path=shown)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


# --- large files


def _read_large(file: Path, shown: str) -> Content | None:
    """A large file through Arrow; None where it is not regular enough.

    The body must be UTF-8 or GB18030 and all of one width but for few lines; lines before it may have any.
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
        if _stated_delimiter(text)[1] or "\r" in text.replace("\r\n", ""):
            return None
    delimiter = delimiter_of(text)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width, _ = Counter(map(len, lines)).most_common(1)[0]
    first = next(i for i, row in enumerate(lines) if len(row) == width)
    if any(len(row) > width for row in lines[:first]) or width < 2:
        return None
    # Records before the first regular one; quoted line breaks there would shift the count of lines.
    if any("\n" in cell for row in lines[: first + 1] for cell in row):
        return None
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

    quotes = _has_quotes(file)
    try:
        table = read(threads=True, quotes=quotes)
        if ragged:
            table = read(threads=False, quotes=quotes)
        if quotes and any(_swallows(column, delimiter) for column in table.columns):
            return None
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
    columns: list[Any] = table.columns
    return _with_ragged(columns, ragged, delimiter, width, skip) if ragged else columns


def _swallows(column: Any, delimiter: str) -> bool:
    """A cell that goes over several lines and holds delimiters: perhaps a quote that nobody closed."""
    import pyarrow.compute as pc

    breaks = column.filter(pc.match_substring(column, "\n"))
    return bool(len(breaks) and pc.any(pc.match_substring(breaks, delimiter)).as_py())


def _has_quotes(file: Path) -> bool:
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b'"') >= 0


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
            top = pa.array([(row[c] or None) if c < len(row) else None for row in before], pa.string())
            body = pa.chunked_array([top, *body.chunks], pa.string())
        joined.append(body)
    return Grid(shown, "", joined, rows + len(before))


TEXT = FileFormat("csv", (".csv", ".tsv"), (".csv",), lambda sample: True, read_text)
