"""Text files with delimiters: csv, tsv and their kin, whatever their suffix."""

from __future__ import annotations

import csv
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content, FileFormat
from communitycheck.returns.files.formats.text.bounds import (
    allow_long_cells,
    refuse_long_lines,
    refuse_mixture,
    refuse_reading_by_rows,
)
from communitycheck.returns.files.formats.text.delimiters import delimiter_of, stated_delimiter
from communitycheck.returns.files.formats.text.guards import SIGNS, unguarded
from communitycheck.returns.files.formats.text.kinds import Row
from communitycheck.returns.files.formats.text.large import read_large
from communitycheck.returns.files.formats.text.ragged import MendedRows, regular
from communitycheck.returns.files.formats.text.recoded import recoded
from communitycheck.returns.files.over_limit import limits_of
from communitycheck.returns.grid import grid_of_rows
from communitycheck.system.limits import OverLimit, limit, refuse_more

# Above this size the Arrow reader is tried first.
LARGE = 1 << 20
# No spreadsheet has more columns, blank ones among them.
SPREADSHEET = 16_384


def read_text(file: Path, shown: str) -> Content:
    """Grid of a text file, the name of its encoding, and what there is to say about its rows.

    Raises:
        ReturnError: ``not-text``, ``mixed-encodings``, ``line-too-long``, ``text-irregular``, ``too-many-columns``,
            ``too-many-cells``.
    """
    allow_long_cells()
    with limits_of(shown):
        refuse_long_lines(file)
        large = _read_at_once(file, shown) if file.stat().st_size > LARGE else None
        return large or _read_by_rows(file, shown)


def _read_at_once(file: Path, shown: str) -> Content | None:
    """A large text through Arrow; None where it is not regular enough."""
    with recoded(file) as other:
        if other is None:
            return read_large(file, shown)
        place, encoding = other
        content = read_large(place, shown)
        if content is not None:
            content.encoding = encoding
        return content


def _read_by_rows(file: Path, shown: str) -> Content:
    """A text read row by row, each looked at: in many times the memory of its bytes."""
    refuse_reading_by_rows(file.stat().st_size)
    data = file.read_bytes()
    encoding = encoding_of(data)
    if encoding is None:
        if b"\0" not in data:  # which no encoding of text has
            refuse_mixture(data, shown)
        raise ReturnError("not-text", path=shown)
    text = decoded(data, encoding)
    if _control_share(text) > 0.02:
        raise ReturnError("not-text", path=shown)
    found = rows_of(text)
    grid = grid_of_rows(shown, "", _trimmed(found.rows))
    grid.shifted = found.shifted
    return Content([grid], encoding, found.remarks)


def rows_of(text: str) -> MendedRows:
    """Records of a delimited text; cells that cannot be placed are marked."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    text, stated = stated_delimiter(text)
    delimiter = stated or delimiter_of(text)
    refuse_more("irregular", text.count(delimiter) + text.count("\n"))
    allow_long_cells()
    try:
        found = regular(text, delimiter)
    except csv.Error:
        found = MendedRows([list(line.split(delimiter)) for line in text.splitlines()])
    if delimiter == "|":
        found.rows = [[None] * len(row) if _ruler(row) else row for row in found.rows]
    if any(sign in text for sign in SIGNS):
        found.rows = [[cell and unguarded(cell) for cell in row] for row in found.rows]
    return found


def _ruler(row: Row) -> bool:
    """A line drawn between the rows of a table of bars (|-----|:---:|, +----+): there is nothing in it."""
    held = [cell.strip() for cell in row if cell and cell.strip()]
    return bool(held) and all(len(cell) > 2 and not cell.strip("-=:+") for cell in held)


def _control_share(text: str) -> float:
    head = text[:20000]
    return sum(1 for c in head if c < " " and c not in "\t\r\n\x0c\x1a") / max(1, len(head))


def _trimmed(rows: list[list[str | None]]) -> list[list[str | None]]:
    """The rows without blank ones at the end, and none with more cells than a table may have columns."""
    most = max(SPREADSHEET, limit("columns"))
    for row in rows:
        if len(row) > most:
            while row and not row[-1]:
                row.pop()
            if len(row) > most:
                raise OverLimit("columns", len(row))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


TEXT = FileFormat("csv", (".csv", ".tsv"), (".csv",), lambda sample: True, read_text)
