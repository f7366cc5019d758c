"""The table below a header that the user has pinned to certain rows."""

from __future__ import annotations

import numpy as np

from communitycheck.errors import ReturnError
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout import head as heads
from communitycheck.returns.layout import tables as layouts
from communitycheck.returns.layout.stacked import shifted
from communitycheck.returns.layout.tables import Layout

# Rows below the header that show which columns hold values.
_BELOW = 60


def pinned_layouts(grid: Grid, header_rows: tuple[int, ...]) -> list[Layout]:
    """The tables of a sheet whose header stands in ``header_rows`` (from 1), panels side by side being several.

    Raises:
        ReturnError: ``no-table`` where nothing stands below these rows.
    """
    top, bottom = min(header_rows) - 1, max(header_rows) - 1
    filled = layouts._filled(grid)
    if bottom >= grid.n_rows - 1 or not filled[bottom + 1 :].any():
        raise ReturnError("no-table", path=grid.path, sheet=grid.sheet or None)
    columns = np.flatnonzero(filled[top:].any(axis=0)).tolist()
    low, high = columns[0], columns[-1]
    rows = [row[low : high + 1] for row in grid.rows(0, bottom + _BELOW)]
    merged = shifted(grid.merged, 0, low, len(rows) - 1, high)
    window = heads._Window(rows, merged)
    head = heads.Head(
        titles=[r for r in range(top) if window.filled[r]],
        top=top,
        bottom=bottom,
        first=bottom + 1,
        names=heads._names(window, top, bottom),
        score=1.0,
        value_columns=window.value_columns(bottom),
    )
    heads._skip_index_and_units(window, head)
    return layouts._tables(grid, filled, head, list(range(low, high + 1)), 0, grid.n_rows - 1)
