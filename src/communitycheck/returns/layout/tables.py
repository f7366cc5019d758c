"""Where the tables lie in a grid: one under the other, and panels side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.errors import ReturnError
from communitycheck.returns.cells.numerals import value_of
from communitycheck.returns.grid import SMALL, Grid
from communitycheck.returns.layout.blocks import repeated_blocks
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.continued import settle_claims, unread_refuted_totals
from communitycheck.returns.layout.head.head import Head, head_in_rows
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.one_table import layout_of
from communitycheck.returns.layout.rows.body import MANY
from communitycheck.returns.layout.second_header import begin_of, second_header
from communitycheck.returns.layout.stacked import end_of_table_above, head_at, next_table, shifted
from communitycheck.returns.text_columns import bools

Flags = npt.NDArray[np.bool_]
# Columns so far apart are no one table.
FAR = 40
# Rows below a given header that show which columns hold values.
_BELOW_GIVEN = 60


def find_layouts(grid: Grid) -> list[Layout]:
    """The tables of a grid, from top to bottom and left to right.

    A sheet that holds none gives an empty list. A table without a single record has ``first_row`` None and says in
    ``empty`` whether it is a bare header (``no-records``) or a form with labels still to be filled in
    (``form-without-data``).
    """
    everything = _filled(grid)
    used = np.flatnonzero(everything.any(axis=0))
    if not len(used):
        return []
    layouts: list[Layout] = []
    # What lies beyond a wide empty stretch of columns is no part of the table before it.
    for block in np.split(used, np.flatnonzero(np.diff(used) > FAR) + 1):
        filled = everything
        if len(block) < len(used):
            filled = np.zeros_like(everything)
            filled[:, block] = everything[:, block]
        layouts.extend(_stacked(grid, filled))
    return [layout for layout in layouts if _is_table(layout)]


def _stacked(grid: Grid, filled: Flags) -> list[Layout]:
    """The tables of some columns, one under the other."""
    used = np.flatnonzero(filled.any(axis=1))
    start, end = int(used[0]), int(used[-1])
    layouts: list[Layout] = []
    header: int | None = None  # where a second header was seen, the table that it heads is read by it
    while start <= end:
        head, columns = _head_with(grid, filled, start, end, header)
        if head is None:
            break
        stop = end_of_table_above(grid, filled, head, columns, start) or next_table(
            grid, filled, head, columns, start, end
        )
        if stop <= end:
            head, columns = _head_with(grid, filled, start, stop - 1, header)
        above, header = header, None
        if head is not None:
            header = second_header(grid, filled, head, columns, start, stop - 1)
            if header is not None:
                stop = begin_of(grid, filled, head, columns, start, header)
                head, columns = _head_with(grid, filled, start, stop - 1, above) if stop > start else (None, columns)
        if head is not None:
            found = _tables(grid, filled, head, columns, start, stop - 1)
            if layouts:
                _take_titles_above(found, layouts, second=above is not None)
            layouts.extend(found)
        start = stop
        while start <= end and not filled[start].any():
            start += 1
    settle_claims(layouts)
    for layout in layouts:
        unread_refuted_totals(layout)
    return layouts


def _take_titles_above(found: list[Layout], above: list[Layout], *, second: bool) -> None:
    """What the title of the sheet says holds for its further tables; of one of another kind its places do.

    Args:
        second: below the header of the table above once more.
    """
    from communitycheck.returns.layout.titles_above import places_above, titles_above  # which few returns need

    for layout in found:
        layout.second = second
        if second:
            layout.titles = [*titles_above(above[-1].titles, layout.titles), *layout.titles]
        else:
            layout.places_above = places_above(above[0].titles, layout.titles)


def _head_with(grid: Grid, filled: Flags, start: int, end: int, header: int | None) -> tuple[Head | None, list[int]]:
    """The head of the table in rows ``start`` to ``end``; where the row of its header is known, with that row."""
    head, columns = head_at(grid, filled, start, end)
    if header is None or not columns or (head is not None and header - start in head.rows):
        return head, columns
    rows = [row[columns[0] : columns[-1] + 1] for row in grid.rows(start, min(end, header + _BELOW_GIVEN))]
    merged = shifted(grid.merged, start, columns[0], start + len(rows) - 1, columns[-1])
    return head_in_rows(rows, merged, header - start, header - start), columns


def _filled(grid: Grid) -> Flags:
    """Which cells hold something; white space alone is nothing."""
    # Columns are looked at one by one more often than rows are.
    if grid.columns and grid.n_rows <= SMALL:
        chunks = [chunk for column in grid.columns for chunk in getattr(column, "chunks", [column])]
        held = pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(pa.concat_arrays(chunks))), 0)
        return np.array(pc.fill_null(held, False)).reshape(len(grid.columns), grid.n_rows).T
    filled = np.ones((grid.n_rows, len(grid.columns)), bool, order="F")
    for c, column in enumerate(grid.columns):
        if column.null_count:
            filled[:, c] = bools(column.is_valid())
        if grid.n_rows <= MANY:
            blank = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0)
            filled[:, c] &= bools(pc.invert(blank))
    return filled


def _is_table(layout: Layout) -> bool:
    """Not a line of text or two that stand alone in a sheet."""
    if layout.header_rows and len([c for c in layout.columns if c.header]) > 1:
        return True
    return len(layout.data_rows) > 1 and (bool(layout.header_rows) or len(layout.columns) > 1)


def with_headers(grid: Grid, found: list[Layout], headers: Sequence[tuple[int, ...]]) -> list[Layout]:
    """The tables found, with those headers (rows from 1) that were given and not found in the place of what was.

    Raises:
        ReturnError: ``no-table`` where nothing stands below a header.
    """
    known = {tuple(layout.header_rows) for layout in found}
    new = sorted(set(headers) - known)
    if not new:
        return found
    kept = [layout for layout in found if not any(_top(layout) <= rows[0] <= _end(layout) for rows in new)]
    tops = [*map(_top, kept), *(rows[0] for rows in new), grid.n_rows + 1]
    for rows in new:
        start = max((_end(layout) for layout in kept if _end(layout) < rows[0]), default=0)
        end = min((top for top in tops if top > rows[-1]), default=rows[-1] + 1) - 1
        kept += _layouts_below(grid, rows, start, end - 1)
    return sorted(kept, key=_top)


def _top(layout: Layout) -> int:
    return min((*layout.title_rows, *layout.header_rows), default=1)


def _end(layout: Layout) -> int:
    return max((*layout.header_rows, *layout.notes_rows, layout.last_row or 0))


def _layouts_below(grid: Grid, header_rows: tuple[int, ...], start: int, end: int) -> list[Layout]:
    """The tables whose header is given (rows from 1), between two rows (from 0); panels side by side are several."""
    top, bottom = header_rows[0] - 1, header_rows[-1] - 1
    if bottom >= grid.n_rows:
        sheet = grid.sheet or None
        raise ReturnError("mapping-no-row", path=grid.path, sheet=sheet, row=bottom + 1, last=grid.n_rows)
    filled = _filled(grid)
    if not filled[bottom + 1 : end + 1].any():
        raise ReturnError("no-table", path=grid.path, sheet=grid.sheet or None)
    columns = np.flatnonzero(filled[top : end + 1].any(axis=0)).tolist()
    low, high = columns[0], columns[-1]
    seen = min(end, bottom + _BELOW_GIVEN)
    rows = [row[low : high + 1] for row in grid.rows(start, seen)]
    head = head_in_rows(rows, shifted(grid.merged, start, low, seen, high), top - start, bottom - start)
    return _tables(grid, filled, head, list(range(low, high + 1)), start, end)


# --- panels side by side


def _tables(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, end: int) -> list[Layout]:
    first = start + head.first
    layouts = []
    for panel in _panels(grid, filled, head, columns, first, end):
        layouts.append(layout_of(grid, filled, head, columns, panel, start, end))
    return layouts


def _panels(grid: Grid, filled: Flags, head: Head, columns: list[int], first: int, end: int) -> list[list[int]]:
    """Positions in ``columns`` of each panel; a table without panels is one."""
    width = len(columns)
    names = [plain(name) for name in head.names]
    whole = [list(range(width))]
    if not names or width < 4:
        return whole
    lead = next((name for name in names if name), "")
    starts = [c for c in range(width) if names[c] == lead]
    if len(starts) > 1:
        alike = repeated_blocks(names, set())
        if len({tuple(names[c] for c in block) for block in alike}) == 1:
            return alike
        named = next((c for c in range(starts[1]) if c not in head.value_columns), starts[0]) - starts[0]
        if _same_labels(grid, columns, [c + named for c in starts if c + named < width], first, end):
            return whole
        repeated = repeated_blocks(names, head.value_columns)
        if repeated:
            return repeated
    gaps = [c for c in range(width) if not names[c] and not filled[first : end + 1, columns[c]].any()]
    if not gaps:
        return whole
    blocks: list[list[int]] = [[]]
    for c in range(width):
        if c in gaps:
            blocks.append([])
        else:
            blocks[-1].append(c)
    blocks = [block for block in blocks if block]
    if all(_stands_alone(grid, filled, head, columns, block, names, first, end) for block in blocks):
        return blocks
    return whole


def _stands_alone(
    grid: Grid, filled: Flags, head: Head, columns: list[int], block: list[int], names: list[str], first: int, end: int
) -> bool:
    """A panel has names of its own for its records, and says something of them; else a blank column parts nothing."""
    if len(block) < 2 or block[0] in head.value_columns or not names[block[0]]:
        return False
    if not any(c in head.value_columns for c in block):
        return False
    rows = np.flatnonzero(filled[first : end + 1, columns[block[0]]])[:200]
    texts = [plain(grid.cell(first + int(row), columns[block[0]])) for row in rows]
    numerals = sum(value_of(text) is not None for text in texts)  # 三, 八: figures of one character, and no names
    return bool(texts) and numerals * 2 < len(texts) and len(set(texts)) >= 0.7 * len(texts)


def _same_labels(grid: Grid, columns: list[int], starts: list[int], first: int, end: int) -> bool:
    """The label columns of all panels name the same subjects row by row: one table, folded."""
    rows = grid.rows(first, min(end, first + 200))
    pairs = [[plain(row[columns[c]]) for c in starts] for row in rows]
    held = [pair for pair in pairs if any(pair)]
    return bool(held) and sum(len(set(pair)) == 1 for pair in held) >= 0.9 * len(held)
