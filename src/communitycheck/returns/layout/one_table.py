"""One table of a grid, its head known -> its Layout: each row below the header gets its class."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.forward_fill import forward_fill
from communitycheck.returns.layout.head.head import Head
from communitycheck.returns.layout.layout import BLANK_FORM, NO_RECORDS, GroupRow, Layout, LayoutColumn, Rows
from communitycheck.returns.layout.row_words import stated_count, unit_line
from communitycheck.returns.layout.rows.body import (
    BLANK,
    GROUP,
    HEADER,
    INDICATORS,
    NOTE,
    PAGE,
    REASONS,
    RECORD,
    TOTALS,
    Body,
    rows_of,
)
from communitycheck.returns.layout.rows.claims import false_claims
from communitycheck.returns.layout.rows.classify import classify
from communitycheck.returns.layout.rows.unproven import word_totals

Flags = npt.NDArray[np.bool_]


def layout_of(
    grid: Grid, filled: Flags, head: Head, columns: list[int], panel: list[int], start: int, end: int
) -> Layout:
    own = [columns[c] for c in panel]
    layout = Layout(grid, first_column=own[0], last_column=own[-1])
    layout.columns = [LayoutColumn(columns[c], head.names[c], head.units.get(c), c in head.joined) for c in panel]
    layout.header_rows = [start + r + 1 for r in head.rows]
    layout.index_row = None if head.index_row is None else start + head.index_row + 1
    layout.unit_row = None if head.unit_row is None else start + head.unit_row + 1
    if layout.unit_row is not None and layout.unit_row not in layout.header_rows:
        layout.header_rows.append(layout.unit_row)
    _titles(layout, grid, head, start)
    layout.unit_line = layout.unit_line or head.caption
    first = start + head.first
    marks = [start + r for r in [*head.rows, head.index_row, head.unit_row] if r is not None]
    body = Body(
        grid, first, end, own, [head.names[c] for c in panel],
        {i for i, c in enumerate(panel) if c in head.value_columns},
        marks, _columns_of(filled[first : end + 1], own), {plain(t) for t in layout.titles},
    )  # fmt: skip
    classify(body)
    layout.transposed = bool(INDICATORS.search(body.names[body.label])) and len(own) > 1
    _fill(layout, body)
    return layout


def _columns_of(filled: Flags, columns: list[int]) -> Flags:
    """Some of the columns; where they lie side by side, without a copy."""
    straight = columns[-1] - columns[0] + 1 == len(columns)
    return filled[:, columns[0] : columns[-1] + 1] if straight else filled[:, columns]


def _titles(layout: Layout, grid: Grid, head: Head, start: int) -> None:
    """Title rows; of several panels each keeps the texts that stand over it, or the first where none does.

    A title that is merged over other panels alone says nothing of this one.
    """
    for r in head.titles:
        row = [(c, text) for c, text in enumerate(grid.row(start + r)) if text and text.strip()]
        over = [text for c, text in row if layout.first_column <= c <= layout.last_column]
        layout.title_rows.append(start + r + 1)
        if over and len(over) < len(row):
            layout.own_title = over[0].strip()
        ends = next((m[3] for m in grid.merged if m[0] == start + r and m[1] == row[0][0]), None)
        if not over and ends is not None and ends < layout.first_column:
            continue
        for text in over or [row[0][1]]:
            layout.titles.append(text.strip())
            stated = unit_line(text)
            if stated and layout.unit_line is None:
                layout.unit_line = stated


def _fill(layout: Layout, body: Body) -> None:
    """Rows of a classified body into the layout."""
    classes, first = body.classes, body.first
    layout.classes, layout.body_first = classes, first

    def shown(code: int) -> list[int]:
        return (np.flatnonzero(classes == code) + first + 1).tolist()

    records = np.flatnonzero(classes == RECORD)
    layout.data_rows = records + first
    layout.totals_rows = shown(TOTALS)
    layout.unmarked_totals = [first + row + 1 for row in body.unmarked]
    layout.whole_rows = [first + row + 1 for row in body.whole]
    layout.wide_rows = {first + row: body.columns[c] for row, c in body.wide.items()}
    layout.cells_beyond = [(first + row, body.columns[c], n) for c, (row, n) in body.beyond.items()]
    layout.group_rows = shown(GROUP)
    layout.notes_rows = shown(NOTE)
    layout.repeated_header_rows = sorted(shown(HEADER) + shown(PAGE))
    solid = np.flatnonzero((classes == RECORD) | (classes == TOTALS))
    if not len(solid):
        layout.empty = NO_RECORDS
        return
    last = int(solid[-1])
    begin = int(solid[0])
    while begin > 0 and classes[begin - 1] == GROUP:
        begin -= 1
    layout.first_row, layout.last_row = first + begin + 1, first + last + 1
    layout.blank_rows = [row for row in shown(BLANK) if layout.first_row < row < layout.last_row]
    odd = np.flatnonzero(classes != RECORD)
    layout.skipped = [(first + int(r) + 1, REASONS[int(classes[r])]) for r in odd if r <= last or classes[r] > 1]
    if _unfilled(body, records):
        layout.empty = BLANK_FORM
        layout.data_rows = np.empty(0, np.int64)
        layout.first_row = layout.last_row = None
        return
    _groups(layout, body, records)
    if not layout.transposed:
        layout.false_claims = false_claims(body)
        layout.word_totals = word_totals(body) if layout.false_claims else []
    layout.forward_filled, layout.forward_filled_doubtfully = forward_fill(body, records)


def _unfilled(body: Body, records: Rows) -> bool:
    """Labels (and perhaps serial numbers) and nothing beside them, in three or more named columns."""
    named = [c for c, name in enumerate(body.names) if name]
    if len(named) < 3 or not len(records):
        return False
    held = np.asarray(rows_of(body.filled, records).any(axis=0))
    filled = np.flatnonzero(held)
    if len(filled) == 2:
        serial = body.row(int(records[0]))[int(filled[0])]
        return bool(serial and serial.strip().rstrip(".、").isdigit()) and int(filled[1]) == 1
    return len(filled) <= 1


def _groups(layout: Layout, body: Body, records: Rows) -> None:
    """Group rows, the count each states, and for each record the label of its group."""
    rows = np.flatnonzero(body.classes == GROUP)
    if not len(rows):
        return
    place = np.searchsorted(rows, records, side="right") - 1
    counted = np.bincount(place[place >= 0], minlength=len(rows))
    labels: list[str] = []
    for row, count in zip(rows, counted, strict=True):
        label = next(text.strip() for text in body.row(int(row)) if text and text.strip())
        labels.append(label)
        layout.groups.append(GroupRow(body.first + int(row) + 1, label, stated_count(label), int(count)))
    codes = pa.array(place, mask=place < 0)
    layout.group_labels = pa.array(labels, pa.string()).take(codes)
