"""Tables that lie on their side: indicators down the rows, subjects or periods across the columns."""

from __future__ import annotations

from communitycheck.returns.grid import Grid, grid_of_rows
from communitycheck.returns.layout import Layout, find_layouts
from communitycheck.returns.layout_cells import is_unit, plain

# No table that lies on its side has more rows than this.
MOST_ROWS = 2_000


def turned(layout: Layout) -> Layout | None:
    """The same table with a record for each of its columns; None where that gives no table.

    The labels of its rows become the headers, with the unit that stands beside a label in brackets behind it. Rows of
    the new layout count in the turned grid; ``grid.address`` tells where a cell stands in the file.
    """
    if not layout.header_rows or layout.first_row is None or layout.last_row is None:
        return None
    top, last = min(layout.header_rows) - 1, layout.last_row - 1
    if last - top > MOST_ROWS:
        return None
    grid = _turn(layout, top, last)
    found = [other for other in find_layouts(grid) if other.header_rows]
    if not found or found[0].header_rows[0] != 1:
        return None
    other = found[0]
    other.titles, other.title_rows = list(layout.titles), []
    other.unit_line = layout.unit_line
    other.transposed = True
    return other


def _turn(layout: Layout, top: int, last: int) -> Grid:
    source = layout.grid
    width = range(layout.first_column, layout.last_column + 1)
    rows = [[row[c] for c in width] for row in source.rows(top, last)]
    names = {column.index - layout.first_column: column.header for column in layout.columns}
    skipped = {row - 1 - top for row, _ in layout.skipped}
    # Header rows collapse into the first: one name for each column of the source.
    rows[0] = [names.get(c) or None for c in range(len(rows[0]))]
    for r in range(1, len(layout.header_rows)):
        rows[r] = [None] * len(rows[0])
    for r in skipped:
        rows[r] = [None] * len(rows[0])
    units = next((c for c, name in names.items() if plain(name) in ("单位", "计量单位", "單位")), None)
    if units is not None:
        for row in rows[1:]:
            label = next((c for c, text in enumerate(row) if text and c != units), None)
            if label is not None and row[units] and is_unit(row[units]):
                row[label] = f"{row[label]}({row[units]})"
            row[units] = None
        rows[0][units] = None
    across = [list(cells) for cells in zip(*rows, strict=True)]
    grid = grid_of_rows(source.path, source.sheet, across)
    grid.n_rows = len(across)
    grid.hidden = source.hidden
    grid.turned = (top, layout.first_column)
    return grid
