"""Transposed tables: indicators down the rows, subjects or periods across the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from communitycheck.patterns import pattern
from communitycheck.returns.cells.words import nothing
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.layout import Layout, LayoutColumn

# No transposed table has more rows than this.
MOST_ROWS = 2_000
UNIT_HEADERS = ("单位", "计量单位", "單位", "unit", "units")


def transpose(
    layout: Layout,
    labels: Mapping[int, str] | None = None,
    records: Sequence[int] | None = None,
    lead: str | None = None,
    subjects: Mapping[int, str] | None = None,
    unit: int | None = None,
) -> Layout | None:
    """The same table with a record for each of its columns; None where that gives no table.

    Rows of the new layout count in the transposed grid; ``grid.address`` tells where a cell stands in the file.

    Args:
        labels: row of the grid (from 0) -> what it is about; default: the first filled cell of each row below the
            header.
        records: columns of the grid (from 0) that are records; default: all that the header names, right of the labels.
        lead: what the header says of the records; default: the header of the labels themselves.
        subjects: column of the grid -> the name of its record, where its header says something else.
        unit: column of the grid with the unit of each label; anything there is one, as in a row of units.
    """
    if not layout.header_rows or layout.first_row is None or layout.last_row is None:
        return None
    top, bottom, last = min(layout.header_rows) - 1, max(layout.header_rows) - 1, layout.last_row - 1
    if last - top > MOST_ROWS:
        return None
    grid = layout.grid
    rows = grid.rows(0, last)
    if labels is None:
        skipped = {row - 1 for row, _ in layout.skipped}
        labels = _first_texts(rows, [r for r in range(bottom + 1, last + 1) if r not in skipped], layout)
    label = _label_column(rows, labels, layout)
    if records is None:
        records = [c.index for c in layout.columns if c.header and c.index > label and c.index != unit]
    if not labels or not records:
        return None
    base = layout.first_column
    across = _transposed_grid(layout, top, last, subjects or {})
    header = lead if lead is not None else next((c.header for c in layout.columns if c.index == label), "")
    columns = [LayoutColumn(0, header)]
    for row, text in labels.items():
        written = plain(rows[row][unit] or "") if unit is not None else ""
        columns.append(LayoutColumn(row - top, text, None if nothing(written) is not None else written))
    where = np.array([c - base for c in records], np.int64)
    return Layout(
        grid=across,
        columns=columns,
        titles=list(layout.titles),
        header_rows=[label - base + 1],
        unit_line=layout.unit_line,
        first_row=int(where.min()) + 1,
        last_row=int(where.max()) + 1,
        data_rows=where,
        last_column=last - top,
        transposed=True,
        source=layout,
    )


_HOLDS_A_DIGIT = pattern(r"\d")


def _first_texts(rows: list[list[str | None]], wanted: list[int], layout: Layout) -> dict[int, str]:
    low = layout.first_column
    found = {r: next((t.strip() for t in rows[r][low : low + 1] if t and t.strip()), "") for r in wanted}
    return {r: text for r, text in found.items() if text}


def _label_column(rows: list[list[str | None]], labels: Mapping[int, str], layout: Layout) -> int:
    """The leftmost column that holds most of the labels."""

    def held(column: int) -> int:
        return sum((rows[r][column] or "").strip() == text for r, text in labels.items())

    width = range(layout.first_column, layout.last_column + 1)
    return max(width, key=lambda c: (held(c), -c))


def _transposed_grid(layout: Layout, top: int, last: int, subjects: Mapping[int, str]) -> Grid:
    """Rows ``top`` to ``last`` as columns. Header rows collapse into the first: a name for each column of the file."""
    source = layout.grid
    base = layout.first_column
    width = layout.last_column + 1 - base
    names = {c.index - base: subjects.get(c.index, c.header) for c in layout.columns}
    texts = [[row[base + c] for c in range(width)] for row in source.rows(top, last)]
    texts[0] = [names.get(c) or None for c in range(width)]
    within = [m for m in source.merged if top < m[0] and m[2] <= last and base < m[1] and m[3] < base + width]
    for r, left, _, right in within:  # words are said of each column, a figure of none alone
        words = texts[r - top][left - base]
        if words and not _HOLDS_A_DIGIT.search(words):
            for c in range(left - base + 1, right - base + 1):
                texts[r - top][c] = texts[r - top][c] or words
    grid = Grid(source.path, source.sheet, [pa.array(cells, pa.string()) for cells in texts], width)
    grid.transposed_from = (top, base)
    grid.merged = [(c - base, r - top, right - base, bottom - top) for r, c, bottom, right in within]
    grid.hidden, grid.values_only = source.hidden, source.values_only
    if source.percent is not None:
        grid.percent = {(c - base, r - top) for r, c in source.percent}
    grid.uncached = [(c - base, r - top) for r, c in source.uncached]
    grid.shifted = [(c - base, r - top) for r, c in source.shifted]
    return grid
