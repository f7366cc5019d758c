"""Text files with delimiters: csv, tsv and their kin, whatever their suffix."""

from __future__ import annotations

import csv
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.file_format import Content, FileFormat
from communitycheck.returns.files.formats.text.delimiters import delimiter_of, stated_delimiter
from communitycheck.returns.files.formats.text.guards import SIGNS, unguarded
from communitycheck.returns.files.formats.text.kinds import Row
from communitycheck.returns.files.formats.text.large import read_large
from communitycheck.returns.files.formats.text.ragged import MendedRows, regular
from communitycheck.returns.grid import grid_of_rows

# Above this size the Arrow reader is tried first.
LARGE = 1 << 20
# No spreadsheet has more columns.
MOST_COLUMNS = 16_384


def read_text(file: Path, shown: str) -> Content:
    """Grid of a text file, the name of its encoding, and what there is to say about its rows.

    Raises:
        ReturnError: ``not-text``, ``too-large``.
    """
    if file.stat().st_size > LARGE:
        large = read_large(file, shown)
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
    text, stated = stated_delimiter(text)
    delimiter = stated or delimiter_of(text)
    csv.field_size_limit(1 << 24)
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


TEXT = FileFormat("csv", (".csv", ".tsv"), (".csv",), lambda sample: True, read_text)
