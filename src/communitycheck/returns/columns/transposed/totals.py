"""Columns of totals in a table whose records stand side by side, held against the records as rows of totals are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from communitycheck.returns.layout.cell_kinds import number_of
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.rows.body import BLANK, RECORD, TOTALS, Body
from communitycheck.returns.layout.rows.claims import Claim, false_claims
from communitycheck.returns.text_columns import bools


def claims_across(layout: Layout, totals: Sequence[int]) -> list[Claim]:
    """The figures of the totals that are not what they claim to be.

    Args:
        layout: the table set upright; ``totals`` are rows of its grid.
    """
    if not totals:
        return []
    grid, columns = layout.grid, [column.index for column in layout.columns]
    filled = np.column_stack([~bools(pc.is_null(grid.columns[c])) for c in columns])
    rows = np.sort(np.array([*layout.data_rows, *totals], np.int64))
    figures = {c for c in range(1, len(columns)) if all(map(_is_figure, grid.some(columns[c], rows)))}
    names = [column.header for column in layout.columns]
    body = Body(grid, 0, grid.n_rows - 1, columns, names, figures, [], filled)
    body.classes[:] = BLANK
    body.classes[np.asarray(layout.data_rows, np.int64)] = RECORD
    body.classes[np.asarray(totals, np.int64)] = TOTALS
    body.label = body.naming = 0
    return false_claims(body)


def _is_figure(text: str | None) -> bool:
    return not text or not text.strip() or number_of(text) is not None
