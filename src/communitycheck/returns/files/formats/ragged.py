"""Rows of a delimited text that are not as long as the others: an unquoted ``1,200``, a quote that nobody closed.

Which cell of such a row belongs to which column is worked out from what the other rows hold. A cell that can only
belong to one column is put there; where two readings are possible the column's cell is left blank and marked, so that
it counts as unreadable and never as a number that nobody wrote.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from communitycheck.returns.files.formats.file_format import RowRemark
from communitycheck.returns.layout.cell_kinds import Kind, kind_of

Row = list[str | None]
# So many regular rows tell what a column holds; what fewer than one in twenty of them hold does not count.
SAMPLE = 500
RARE = 0.05
# A header stands among so many rows at the top.
TOP = 12
# Rows with more cells too many than this are not worked out, nor are more such rows of a file than this: of those only
# the names count.
EXTRA = 8
MOST = 2_000
# A stray quote is looked for among so many.
QUOTES = 8
SHOWN = 80
_NUMBER = re.compile(r"[-+¥$]?\d[\d,]*(?:\.\d*)?(?:[%‰％])?")
_GROUP = re.compile(r"\d{3}(?:\.\d+)?[%‰％]?")
_LEADING = re.compile(r"[-+¥$]?\d{1,3}")


@dataclass(slots=True)
class MendedRows:
    """Rows, still of different lengths. ``shifted`` are cells (row, column; from 0) of which nobody can say what they
    hold; they are blank in ``rows``."""

    rows: list[Row]
    shifted: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)


def regular(text: str, delimiter: str) -> MendedRows:
    """The rows of a text, each cell in its column or marked.

    Raises:
        csv.Error: the text cannot be parsed at all.
    """
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    read: list[tuple[Row, int, int]] = []
    before = 0
    for row in reader:
        read.append((list(row), before, reader.line_num))
        before = reader.line_num
    found = MendedRows([row for row, _, _ in read])
    if any(last - first > 1 for _, first, last in read):
        found = _unswallowed(read, lines, delimiter)
    _long_rows(found, delimiter)
    _short_header(found, delimiter)
    return found


# --- quotes that swallow lines


def _unswallowed(read: list[tuple[Row, int, int]], lines: list[str], delimiter: str) -> MendedRows:
    """Rows of several lines cut up again where the lines are rows of their own."""
    single = Counter(len(row) for line in lines for row in _parsed(line, delimiter) if len(row) > 1)
    width = max(single.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    found = MendedRows([])
    for row, first, last in read:
        if last - first > 1 and width > 1 and not _well_formed(lines[first:last], delimiter):
            apart = [_alone(line, delimiter, width) for line in lines[first:last]]
            fit = sum(len(cells) == width for cells in apart)
            held = sum(1 for cells in apart if any(cells))
            if (fit >= 2 and fit * 2 >= held) or (len(row) != width and fit):
                values = {"lines": last - first}
                found.remarks.append(RowRemark("quote-unclosed", len(found.rows), _shown(lines[first]), values))
                found.rows += apart
                continue
        found.rows.append(row)
    return found


def _well_formed(lines: list[str], delimiter: str) -> bool:
    """Every quote opens a cell or closes one, so that the breaks are within cells on purpose."""
    try:
        return bool(list(csv.reader(lines, delimiter=delimiter, strict=True)))
    except csv.Error:
        return False


def _parsed(line: str, delimiter: str) -> Iterator[Row]:
    """A line as a row of its own; nothing where its quotes do not pair."""
    if line.count('"') % 2 == 0:
        for row in csv.reader([line], delimiter=delimiter):
            yield [*row]


def _alone(line: str, delimiter: str, width: int) -> Row:
    """A line as a row of its own, without the quote that has no partner."""
    line = line.rstrip("\r\n")
    whole = next(_parsed(line, delimiter), None)
    if whole is not None:
        return whole
    places = [at for at, mark in enumerate(line) if mark == '"']
    if len(places) <= QUOTES:
        for at in places:
            cells = next(_parsed(line[:at] + line[at + 1 :], delimiter), [])
            if len(cells) == width:
                return cells
    bare: Row = [*line.replace('"', "").split(delimiter)]
    return bare


# --- rows with a cell too many


def _long_rows(found: MendedRows, delimiter: str) -> None:
    """Put the cells of rows that are too long where they belong."""
    counts = Counter(_length(row) for row in found.rows if len(row) > 1)
    if not counts:
        return
    usual = max(counts.items(), key=lambda item: (item[1], item[0]))[0]
    start = next(i for i, row in enumerate(found.rows) if _length(row) == usual)
    width = max(usual, *(_length(row) for row in found.rows[: min(start + 1, TOP)]))
    long = [i for i, row in enumerate(found.rows) if _length(row) > width]
    if not long or counts[usual] < 2:
        return
    holds = _columns(found.rows[start + 1 :], usual, width)
    for n, i in enumerate(long):
        row = found.rows[i]
        cells = [cell or "" for cell in row[: _length(row)]]
        worked_out = n < MOST and len(cells) - width <= EXTRA
        places = _places(cells, holds) if worked_out else _names_before_figures(cells, holds)
        mended: Row = [None] * width
        for c, spans in enumerate(places):
            if len(spans) == 1:
                first, last = next(iter(spans))
                mended[c] = (delimiter if "t" in holds[c] else "").join(cells[first:last])
        doubtful = [c for c, spans in enumerate(places) if len(spans) != 1]
        beyond = not doubtful and mended == cells[:width]
        found.rows[i] = mended
        found.shifted += [(i, c) for c in doubtful]
        values = {"cells": len(cells), "columns": width}
        code = "row-too-long" if doubtful else "cells-beyond" if beyond else "row-mended"
        if n < MOST:
            found.remarks.append(RowRemark(code, i, _shown(delimiter.join(cells)), values))
    if len(long) > MOST:
        found.remarks.append(RowRemark("more-cells", long[MOST], "", {"cells": len(long) - MOST}))


def _short_header(found: MendedRows, delimiter: str) -> None:
    """A header with one name fewer than every row below it has cells: the names stand over the wrong columns.

    Where the first cells number the rows, it is they that have no name. Else it is only said.
    """
    counts = Counter(len(row) for row in found.rows if len(row) > 1)
    width = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    start = next((i for i, row in enumerate(found.rows) if len(row) == width), 0)
    header = found.rows[start - 1] if start else []
    if len(header) != width - 1 or len(header) < 2 or not all(_class(cell or "") == "t" for cell in header):
        return
    body = [row for row in found.rows[start:] if len(row) == width]
    if len(body) < 3 or sum(bool(row[-1] and row[-1].strip()) for row in body) < 0.9 * len(body):
        return
    numbers = [(row[0] or "").strip() for row in body]
    origin = int(numbers[0]) if numbers[0] in ("0", "1") else None
    counted = origin is not None and numbers == [str(origin + i) for i in range(len(body))]
    if counted:
        header.insert(0, None)
    values = {"cells": width, "columns": width - 1}
    code = "header-moved" if counted else "header-short"
    found.remarks.append(RowRemark(code, start - 1, _shown(delimiter.join(cell or "" for cell in header)), values))


def _length(row: Row) -> int:
    """Cells up to the last that holds something."""
    n = len(row)
    while n and not (row[n - 1] or "").strip():
        n -= 1
    return n


def _columns(rows: list[Row], usual: int, width: int) -> list[set[str]]:
    """What each column holds in the regular rows: of ``n`` numbers, ``t`` text."""
    some = [row for row in rows if _length(row) in (usual, width)][:SAMPLE]
    found = []
    for c in range(width):
        kinds = Counter(_class(row[c] or "") for row in some if c < len(row))
        held = kinds["n"] + kinds["t"]
        found.append({kind for kind in "nt" if kinds[kind] > RARE * held})
    return found


def _class(cell: str) -> str:
    """``n`` for a number, ``t`` for text, nothing for a blank or a sign that may stand anywhere."""
    body = cell.strip()
    if not body:
        return ""
    if _NUMBER.fullmatch(body):
        return "n"
    return "t" if kind_of(body) in (Kind.TEXT, Kind.PERIOD) else ""


def _places(cells: list[str], holds: list[set[str]]) -> list[set[tuple[int, int]]]:
    """For each column the runs of cells that may be its one cell, over all readings of the row.

    A reading gives each column one cell or several joined, in order; text behind the last column may also be a remark.
    """
    n, width = len(cells), len(holds)
    extra = n - width
    ends = {n} if any(_class(cell) == "n" for cell in cells[width:]) else {n, width}
    # Reachable from the left: column c may begin at cell s; and from the right: the rest fits from cell s on.
    left = [{0}, *(set() for _ in range(width))]
    for c in range(width):
        for s in left[c]:
            left[c + 1] |= {e for e in range(s + 1, min(n, s + 1 + extra) + 1) if _fits(cells[s:e], holds[c])}
    right: list[set[int]] = [*(set() for _ in range(width)), ends]
    for c in reversed(range(width)):
        for s in left[c]:
            if any(e in right[c + 1] and _fits(cells[s:e], holds[c]) for e in range(s + 1, min(n, s + 1 + extra) + 1)):
                right[c].add(s)
    places: list[set[tuple[int, int]]] = []
    for c in range(width):
        spans = {
            (s, e) for s in left[c] & right[c] for e in range(s + 1, min(n, s + 1 + extra) + 1)
            if e in right[c + 1] and _fits(cells[s:e], holds[c])
        }  # fmt: skip
        places.append(spans)
    return places if all(places) else _names_before_figures(cells, holds)


def _names_before_figures(cells: list[str], holds: list[set[str]]) -> list[set[tuple[int, int]]]:
    """Where no reading fits: only the names that stand before the first figures are where they should be."""
    nowhere: list[set[tuple[int, int]]] = [set() for _ in holds]
    names = next((c for c, kinds in enumerate(holds) if kinds != {"t"}), len(holds))
    # A name cut in two would stand where figures should.
    sure = names < len(holds) and all(_fits(cells[c : c + 1], holds[c]) for c in range(names + 1))
    return [{(c, c + 1)} for c in range(names)] + nowhere[names:] if sure else nowhere


def _fits(run: list[str], holds: set[str]) -> bool:
    """A run of cells may be one cell of a column: alone as it is, together as thousands or as text with commas."""
    kinds = [_class(cell) for cell in run]
    if len(run) == 1:
        return not kinds[0] or not holds or kinds[0] in holds
    if "n" in holds and _LEADING.fullmatch(run[0].strip()) and all(_GROUP.fullmatch(cell.strip()) for cell in run[1:]):
        return not any("." in cell for cell, _ in pairwise(run))
    return ("t" in holds or not holds) and "n" not in kinds and any(run)


def _shown(line: str) -> str:
    line = line.strip()
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
