"""Rows of a delimited text that are not as long as the others: an unquoted ``1,200``, a cell that was left out.

Which cell of such a row belongs to which column is worked out from what the other rows hold. A cell that can only
belong to one column is put there; where two readings are possible the column's cell is left blank and marked, so that
it counts as unreadable and never as a number that nobody wrote.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from communitycheck.returns.files.formats.file_format import RowRemark
from communitycheck.returns.files.formats.text.kinds import Kinds, Row, class_of, fits, kinds_of_columns
from communitycheck.returns.files.formats.text.quotes import rows_by_quotes, shown
from communitycheck.returns.layout.cell_kinds import Kind, kind_of
from communitycheck.returns.layout.head.window import states_something

# A header stands among so many rows at the top.
TOP = 12
# Rows with more cells too many than this are not worked out, nor are more such rows of a file than this: of those only
# the names count.
EXTRA = 8
MOST = 2_000


class MendedRows(Struct):
    """Rows, still of different lengths, and the line that each begins in.

    ``shifted`` are cells (row, column; from 0) of which nobody can say what they hold; they are blank in ``rows``.
    ``beyond`` are rows with words behind the last column, all other cells of which are in their places.
    """

    rows: list[Row]
    shifted: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)


def regular(text: str, delimiter: str, numbers: Sequence[int] | None = None) -> MendedRows:
    """The rows of a text, each cell in its column or marked.

    Args:
        numbers: of the lines in the file, where these are not all of them.

    Raises:
        csv.Error: the text cannot be parsed at all.
    """
    read = rows_by_quotes(list(io.StringIO(text, newline="")), delimiter, numbers)
    found = MendedRows(read.rows, remarks=read.remarks, lines=read.lines)
    _long_rows(found, delimiter)
    _short_rows(found, delimiter)
    _short_header(found, delimiter)
    return found


# --- rows with a cell too many


def _long_rows(found: MendedRows, delimiter: str) -> None:
    """Put the cells of rows that are too long where they belong."""
    counts = Counter(_length(row) for row in found.rows if _divided(row))
    if not counts:
        return
    usual = max(counts.items(), key=lambda item: (item[1], item[0]))[0]
    start = next(i for i, row in enumerate(found.rows) if _length(row) == usual)
    width = max(usual, _width_of_header(found.rows[: TOP + 1], start))
    # What stands above the header is none of its rows, however long.
    long = [i for i, row in enumerate(found.rows) if i >= start and _length(row) > width]
    if not long or counts[usual] < 2:
        return
    holds = kinds_of_columns((row for row in found.rows[start + 1 :] if _length(row) in (usual, width)), width)
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
        if not doubtful and mended == cells[:width]:
            found.beyond.append(i)
            continue
        found.rows[i] = mended
        found.shifted += [(i, c) for c in doubtful]
        values = {"cells": len(cells), "columns": width}
        code = "row-too-long" if doubtful else "row-mended"
        if n < MOST:
            found.remarks.append(RowRemark(code, i, shown(delimiter.join(cells)), values))
    if len(long) > MOST:
        found.remarks.append(RowRemark("more-cells", long[MOST], "", {"cells": len(long) - MOST}))


def _short_rows(found: MendedRows, delimiter: str) -> None:
    """Rows with a cell too few, where it was left out before the last: what comes behind stands in the wrong column.

    Cells that are blank may be left out at the end, and some writers do so. It is another matter where this one writes
    them, or where a figure comes to stand in a column of words. Several alike below each other are another table.
    """
    counts = Counter(len(row) for row in found.rows if _divided(row))
    if not counts:
        return
    width = max(counts.items(), key=lambda item: (item[1], item[0]))[0]
    start = next(i for i, row in enumerate(found.rows) if len(row) == width)
    short = [i for i, row in enumerate(found.rows) if i > start and 1 < len(row) < width and _length(row) > 1]
    if not short or counts[width] < 2:
        return
    regular = [row for row in found.rows[start + 1 :] if len(row) == width]
    holds = kinds_of_columns(regular, width)
    blanks_written = any(not (row[-1] or "").strip() for row in regular)
    lengths = [len(row) for row in found.rows]
    for i in short:
        if any(lengths[first : first + 3] == [lengths[i]] * 3 for first in range(max(0, i - 2), i + 1)):
            continue
        cells = [cell or "" for cell in found.rows[i]]
        figures = [c for c, cell in enumerate(cells) if class_of(cell) == "n"]
        if not figures or not (blanks_written or any(holds[c] == {"t"} for c in figures)):
            continue
        places = _names_before_figures([*cells, *[""] * (width - len(cells))], holds)
        kept: Row = [cells[c] if c < len(cells) and places[c] else None for c in range(width)]
        found.rows[i] = kept
        found.shifted += [(i, c) for c in range(width) if not places[c]]
        values = {"cells": len(cells), "columns": width}
        found.remarks.append(RowRemark("row-too-short", i, shown(delimiter.join(cells)), values))


def _short_header(found: MendedRows, delimiter: str) -> None:
    """A header with fewer names than every row below it has cells: the names stand over the wrong columns.

    Where the first cells number the rows, it is they that have no name. Where each row holds an unquoted 1,000, it is
    joined if nothing else can be meant. Else it is said, and where figures stand beyond the names, none is certain.
    """
    read = _below_a_short_header(found)
    if read is None:
        return
    start, names, width = read
    header, body = found.rows[start - 1], [i for i in range(start, len(found.rows)) if len(found.rows[i]) == width]
    rows = [[(cell or "").strip() for cell in found.rows[i]] for i in body]
    held = [row for row in rows if any(row[names:])]
    if len(held) < 0.9 * len(rows):
        return
    values, text = {"cells": width, "columns": names}, shown(delimiter.join(cell or "" for cell in header))
    numbers = [row[0] for row in rows]
    if width - names == 1 and len(rows) > 2 and numbers[0] in ("0", "1"):
        first = int(numbers[0])
        if numbers == [str(first + i) for i in range(len(rows))]:
            header[names:] = []
            header.insert(0, None)
            found.remarks.append(RowRemark("header-moved", start - 1, text, values))
            return
    cut = _cut_thousands(rows)
    if len(header) == width and not cut:  # its last cells are blank on purpose
        return
    if len(cut) == width - names and all(any(row[c + 1][0] == "0" for row in rows) for c in cut):
        for i in body:
            line = shown(delimiter.join(cell or "" for cell in found.rows[i]))
            found.remarks.append(RowRemark("row-mended", i, line, values))
            for c in reversed(cut):
                found.rows[i][c : c + 2] = [f"{found.rows[i][c]},{found.rows[i][c + 1]}"]
        return
    found.remarks.append(RowRemark("header-short", start - 1, text, values))
    if cut or any(class_of(cell) == "n" for row in held for cell in row[names:]):
        doubtful = next(c for c in range(width) if any(class_of(row[c]) == "n" for row in rows))
        for i in body:
            found.rows[i][doubtful:] = [None] * (width - doubtful)
            found.shifted += [(i, c) for c in range(doubtful, width)]


def _below_a_short_header(found: MendedRows) -> tuple[int, int, int] | None:
    """The first row with figures of the usual width, the names in the row above it that are too few, and the width."""
    counts = Counter(len(row) for row in found.rows if _divided(row))
    width = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    top = enumerate(found.rows[: TOP + 1])
    start = next((i for i, row in top if len(row) == width and any(class_of(cell or "") == "n" for cell in row)), 0)
    header = found.rows[start - 1] if start else []
    names = _length(header)
    words = all(class_of(cell or "") == "t" for cell in header[:names])
    if not (1 < names < width and words) or any(states_something(cell) for cell in header):
        return None
    above = (cell for row in found.rows[: start - 1] for cell in row[names:])
    years = all(kind_of(cell) in (Kind.PERIOD, Kind.TEXT, Kind.BLANK) for cell in found.rows[start])
    return None if years or any(cell and cell.strip() for cell in above) else (start, names, width)


def _cut_thousands(rows: list[list[str]]) -> list[int]:
    """Columns whose cell and the next are, in each row, what a comma makes of a figure in thousands."""
    cut: list[int] = []
    for c in range(len(rows[0]) - 1):
        if c - 1 not in cut and all(row[c + 1] and fits(row[c : c + 2], {"n"}) for row in rows):
            cut.append(c)
    return cut


def _divided(row: Row) -> bool:
    """More than one cell holds something: a title, a heading or a sentence says nothing of how wide the table is."""
    held = (cell for cell in row if cell and cell.strip())
    return next(held, None) is not None and next(held, None) is not None


def _width_of_header(top: list[Row], start: int) -> int:
    """Cells of the rows that name the columns: the last row of words above the first figures, and what stands on it.

    Where no row of words stands above figures, all rows down to the first of the usual width may be the header.
    """
    first = next((i for i, row in enumerate(top) if any(class_of(cell or "") == "n" for cell in row)), None)
    above = [row for row in top[: start + 1 if first is None else first] if _divided(row)]
    width = 0
    for row in reversed(above):
        width = max(width, _length(row))
        if first is not None and all((cell or "").strip() for cell in row):
            break
    return width


def _length(row: Row) -> int:
    """Cells up to the last that holds something."""
    n = len(row)
    while n and not (row[n - 1] or "").strip():
        n -= 1
    return n


def _places(cells: list[str], holds: list[Kinds]) -> list[set[tuple[int, int]]]:
    """For each column the runs of cells that may be its one cell, over all readings of the row.

    A reading gives each column one cell or several joined, in order; text behind the last column may also be a remark.
    """
    n, width = len(cells), len(holds)
    extra = n - width
    ends = {n} if any(class_of(cell) == "n" for cell in cells[width:]) else {n, width}
    # Reachable from the left: column c may begin at cell s; and from the right: the rest fits from cell s on.
    left = [{0}, *(set() for _ in range(width))]
    for c in range(width):
        for s in left[c]:
            left[c + 1] |= {e for e in range(s + 1, min(n, s + 1 + extra) + 1) if fits(cells[s:e], holds[c])}
    right: list[set[int]] = [*(set() for _ in range(width)), ends]
    for c in reversed(range(width)):
        for s in left[c]:
            if any(e in right[c + 1] and fits(cells[s:e], holds[c]) for e in range(s + 1, min(n, s + 1 + extra) + 1)):
                right[c].add(s)
    places: list[set[tuple[int, int]]] = []
    for c in range(width):
        spans = {
            (s, e) for s in left[c] & right[c] for e in range(s + 1, min(n, s + 1 + extra) + 1)
            if e in right[c + 1] and fits(cells[s:e], holds[c])
        }  # fmt: skip
        places.append(spans)
    return places if all(places) else _names_before_figures(cells, holds)


def _names_before_figures(cells: list[str], holds: list[Kinds]) -> list[set[tuple[int, int]]]:
    """Where no reading fits: only the names that stand before the first figures are where they should be."""
    nowhere: list[set[tuple[int, int]]] = [set() for _ in holds]
    names = next((c for c, kinds in enumerate(holds) if kinds != {"t"}), len(holds))
    # A name cut in two would stand where figures should.
    sure = names < len(holds) and all(fits(cells[c : c + 1], holds[c]) for c in range(names + 1))
    return [{(c, c + 1)} for c in range(names)] + nowhere[names:] if sure else nowhere
