"""Where the tables lie in a grid: titles, header, data, totals, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.returns.cells.numerals import value_of
from communitycheck.returns.grid import SMALL, Grid
from communitycheck.returns.layout import body as bodies
from communitycheck.returns.layout.body import Body
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.claims import Claim, false_claims
from communitycheck.returns.layout.classify import classify
from communitycheck.returns.layout.forward_fill import forward_fill
from communitycheck.returns.layout.head import Head
from communitycheck.returns.layout.stacked import end_of_table_above, head_at, next_table
from communitycheck.returns.layout.words import stated_count, unit_line
from communitycheck.returns.text_columns import bools

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Columns so far apart are no one table.
FAR = 40


@dataclass(slots=True)
class LayoutColumn:
    """One column of a table. ``index`` counts from 0 in the grid; ``unit_text`` is the cell of a row of units."""

    index: int
    header: str
    unit_text: str | None = None


@dataclass(slots=True)
class GroupRow:
    """A row that names a group of the rows below it. ``row`` counts from 1; ``stated`` is the count it claims."""

    row: int
    label: str
    stated: int | None = None
    counted: int = 0


@dataclass(slots=True)
class Layout:
    """One table of a grid. Rows count from 1 as the spreadsheet shows them, except in ``data_rows``.

    Attributes:
        grid: the sheet.
        columns: the columns from left to right, panels included; headers of several levels are joined with ``/``.
        header_rows: the rows that name the columns; empty where none was found.
        first_row, last_row: the span of the data, totals and group rows included; None for a table without rows.
        data_rows: index (from 0) in the grid of each record.
        titles: text of the title rows. unit_line: the text after ``单位：``.
        totals_rows: totals and subtotals, by word or by sum; ``unmarked_totals`` are those that only the sum tells,
            ``whole_rows`` those that bear the name of the region in the title.
        group_rows: see ``groups``.
        carried: column index -> for each of ``data_rows`` the text carried down into its blank cells (merged region
            names); null where the cell has text of its own or nothing is carried. ``carried_doubtfully`` gives the rows
            (from 0) of such cells, by column, where the blank may as well be a mistake.
        group_labels: for each of ``data_rows`` the label of its group row; None where there are no groups.
        false_claims: cells of total rows that are not the sum of their records.
        first_column, last_column: the columns of the table in the grid, from 0.
        transposed: the labels of the rows are indicators; periods or subjects run across. See ``layout_turn``.
        skipped: rows of the span that are no records, with the reason (``totals group repeated-header blank note
            index units page title empty``).
        source: of a turned table the layout as it lies in the file; ``aside`` are columns of the file (from 0) that
            hold figures and are no records.
    """

    grid: Grid
    columns: list[LayoutColumn] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    index_row: int | None = None
    unit_row: int | None = None
    unit_line: str | None = None
    first_row: int | None = None
    last_row: int | None = None
    data_rows: Rows = field(default_factory=lambda: np.empty(0, np.int64))
    totals_rows: list[int] = field(default_factory=list)
    unmarked_totals: list[int] = field(default_factory=list)
    whole_rows: list[int] = field(default_factory=list)
    group_rows: list[int] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    group_labels: Any = None
    notes_rows: list[int] = field(default_factory=list)
    repeated_header_rows: list[int] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    forward_filled: dict[int, Any] = field(default_factory=dict)
    forward_filled_doubtfully: dict[int, list[int]] = field(default_factory=dict)
    first_column: int = 0
    last_column: int = 0
    transposed: bool = False
    skipped: list[tuple[int, str]] = field(default_factory=list)
    empty: str | None = None
    false_claims: list[Claim] = field(default_factory=list)
    source: Layout | None = None
    aside: list[int] = field(default_factory=list)


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
    while start <= end:
        head, columns = head_at(grid, filled, start, end)
        if head is None:
            break
        stop = end_of_table_above(grid, filled, head, columns, start) or next_table(
            grid, filled, head, columns, start, end
        )
        if stop <= end:
            head, columns = head_at(grid, filled, start, stop - 1)
        if head is not None:
            layouts.extend(_tables(grid, filled, head, columns, start, stop - 1))
        start = stop
        while start <= end and not filled[start].any():
            start += 1
    return layouts


def _filled(grid: Grid) -> Flags:
    """Which cells hold something; white space alone is nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # Columns are looked at one by one more often than rows are.
    if grid.columns and grid.n_rows <= SMALL:
        chunks = [chunk for column in grid.columns for chunk in getattr(column, "chunks", [column])]
        held = pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(pa.concat_arrays(chunks))), 0)
        return np.array(pc.fill_null(held, False)).reshape(len(grid.columns), grid.n_rows).T
    filled = np.ones((grid.n_rows, len(grid.columns)), bool, order="F")
    for c, column in enumerate(grid.columns):
        if column.null_count:
            filled[:, c] = bools(column.is_valid())
        if grid.n_rows <= bodies.MANY:
            blank = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0)
            filled[:, c] &= bools(pc.invert(blank))
    return filled


def _is_table(layout: Layout) -> bool:
    """Not a line of text or two that stand alone in a sheet."""
    if layout.header_rows and len([c for c in layout.columns if c.header]) > 1:
        return True
    return len(layout.data_rows) > 1 and (bool(layout.header_rows) or len(layout.columns) > 1)


# --- panels side by side


def _tables(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, end: int) -> list[Layout]:
    first = start + head.first
    layouts = []
    for panel in _panels(grid, filled, head, columns, first, end):
        layouts.append(_layout(grid, filled, head, columns, panel, start, end))
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
        blocks = [list(range(a, b)) for a, b in zip(starts, [*starts[1:], width], strict=True)]
        held = [[names[c] for c in block if names[c]] for block in blocks]
        if len(held[0]) > 1 and all(block == held[0] for block in held[1:]):
            return [_without_margin(block, names) for block in blocks]
        if len(starts) > 1 and _same_labels(grid, columns, starts, first, end):
            return whole
    gaps = [c for c in range(width) if not names[c] and not filled[first : end + 1, columns[c]].any()]
    if not gaps:
        return whole
    blocks = [[]]
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


def _without_margin(block: list[int], names: list[str]) -> list[int]:
    """A panel without the blank columns that part it from the next."""
    while block and not names[block[-1]]:
        block = block[:-1]
    return block


def _same_labels(grid: Grid, columns: list[int], starts: list[int], first: int, end: int) -> bool:
    """The label columns of all panels name the same subjects row by row: one table, folded."""
    rows = grid.rows(first, min(end, first + 200))
    pairs = [[plain(row[columns[c]]) for c in starts] for row in rows]
    held = [pair for pair in pairs if any(pair)]
    return bool(held) and sum(len(set(pair)) == 1 for pair in held) >= 0.9 * len(held)


# --- one table


def _layout(
    grid: Grid, filled: Flags, head: Head, columns: list[int], panel: list[int], start: int, end: int
) -> Layout:
    mine = [columns[c] for c in panel]
    layout = Layout(grid, first_column=mine[0], last_column=mine[-1])
    layout.columns = [LayoutColumn(columns[c], head.names[c], head.units.get(c)) for c in panel]
    layout.header_rows = [start + r + 1 for r in head.rows]
    layout.index_row = None if head.index_row is None else start + head.index_row + 1
    layout.unit_row = None if head.unit_row is None else start + head.unit_row + 1
    if layout.unit_row is not None and layout.unit_row not in layout.header_rows:
        layout.header_rows.append(layout.unit_row)
    _titles(layout, grid, head, start)
    first = start + head.first
    marks = [start + r for r in [*head.rows, head.index_row, head.unit_row] if r is not None]
    body = Body(
        grid, first, end, mine, [head.names[c] for c in panel],
        {i for i, c in enumerate(panel) if c in head.value_columns},
        marks, _columns_of(filled[first : end + 1], mine), {plain(t) for t in layout.titles},
    )  # fmt: skip
    classify(body)
    layout.transposed = bool(bodies.INDICATORS.search(body.names[body.label])) and len(mine) > 1
    _fill(layout, body)
    return layout


def _columns_of(filled: Flags, columns: list[int]) -> Flags:
    """Some of the columns; where they lie side by side, without a copy."""
    straight = columns[-1] - columns[0] + 1 == len(columns)
    return filled[:, columns[0] : columns[-1] + 1] if straight else filled[:, columns]


def _titles(layout: Layout, grid: Grid, head: Head, start: int) -> None:
    """Title rows; of several panels each keeps the texts that stand over it, or the first where none does."""
    for r in head.titles:
        row = [(c, text) for c, text in enumerate(grid.row(start + r)) if text and text.strip()]
        over = [text for c, text in row if layout.first_column <= c <= layout.last_column]
        layout.title_rows.append(start + r + 1)
        for text in over or [row[0][1]]:
            layout.titles.append(text.strip())
            stated = unit_line(text)
            if stated and layout.unit_line is None:
                layout.unit_line = stated


def _fill(layout: Layout, body: Body) -> None:
    """Rows of a classified body into the layout."""
    classes, first = body.classes, body.first

    def shown(code: int) -> list[int]:
        return (np.flatnonzero(classes == code) + first + 1).tolist()

    records = np.flatnonzero(classes == bodies.RECORD)
    layout.data_rows = records + first
    layout.totals_rows = shown(bodies.TOTALS)
    layout.unmarked_totals = [first + row + 1 for row in body.unmarked]
    layout.whole_rows = [first + row + 1 for row in body.whole]
    layout.group_rows = shown(bodies.GROUP)
    layout.notes_rows = shown(bodies.NOTE)
    layout.repeated_header_rows = sorted(shown(bodies.HEADER) + shown(bodies.PAGE))
    solid = np.flatnonzero((classes == bodies.RECORD) | (classes == bodies.TOTALS))
    if not len(solid):
        layout.empty = "no-records"
        return
    last = int(solid[-1])
    begin = int(solid[0])
    while begin > 0 and classes[begin - 1] == bodies.GROUP:
        begin -= 1
    layout.first_row, layout.last_row = first + begin + 1, first + last + 1
    layout.blank_rows = [row for row in shown(bodies.BLANK) if layout.first_row < row < layout.last_row]
    odd = np.flatnonzero(classes != bodies.RECORD)
    layout.skipped = [(first + int(r) + 1, bodies.REASONS[int(classes[r])]) for r in odd if r <= last or classes[r] > 1]
    if _unfilled(body, records):
        layout.empty = "form-without-data"
        layout.data_rows = np.empty(0, np.int64)
        layout.first_row = layout.last_row = None
        return
    _groups(layout, body, records)
    if not layout.transposed:
        layout.false_claims = false_claims(body)
    layout.forward_filled, layout.forward_filled_doubtfully = forward_fill(body, records)


def _unfilled(body: Body, records: Rows) -> bool:
    """Labels (and perhaps serial numbers) and nothing beside them, in three or more named columns."""
    named = [c for c, name in enumerate(body.names) if name]
    if len(named) < 3 or not len(records):
        return False
    held = np.asarray(bodies.rows_of(body.filled, records).any(axis=0))
    filled = np.flatnonzero(held)
    if len(filled) == 2:
        serial = body.row(int(records[0]))[int(filled[0])]
        return bool(serial and serial.strip().rstrip(".、").isdigit()) and int(filled[1]) == 1
    return len(filled) <= 1


def _groups(layout: Layout, body: Body, records: Rows) -> None:
    """Group rows, the count each states, and for each record the label of its group."""
    import pyarrow as pa

    rows = np.flatnonzero(body.classes == bodies.GROUP)
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
