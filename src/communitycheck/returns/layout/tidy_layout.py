"""The layout of a table of which it is known that row 1 has the names and each row below is a record."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import header_text
from communitycheck.returns.layout.layout import Layout, LayoutColumn
from communitycheck.returns.layout.rows.body import RECORD


def tidy_layout(grid: Grid) -> Layout:
    """The one table of a grid whose rows nobody has to look at."""
    records = grid.n_rows - 1
    return Layout(
        grid,
        columns=[LayoutColumn(k, header_text(grid.cell(0, k))) for k in range(grid.n_columns)],
        header_rows=[1],
        first_row=2,
        last_row=grid.n_rows,
        data_rows=np.arange(1, grid.n_rows, dtype=np.int64),
        classes=np.full(records, RECORD, np.uint8),
        body_first=1,
        last_column=grid.n_columns - 1,
    )
