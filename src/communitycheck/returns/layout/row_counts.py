"""The account of a sheet's rows: each that is not blank is counted once, as what it was read as."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import RowClass, Sheet
from communitycheck.patterns import pattern
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import number_of, plain
from communitycheck.returns.layout.layout import BLANK_FORM, Layout
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import (
    EXAMPLE,
    GROUP,
    HEADER,
    NOTE,
    PAGE,
    RECORD,
    TOTALS,
    UNREAD,
    WAITING,
    figures,
)
from communitycheck.returns.text_columns import bools, picked

# So many figures one below the other make a body of figures.
BODY = 3
# So many rows of a sheet without a table are looked at for records.
_LOOKED_AT = 2_000
_APART = pattern(r"[\s，,；;：:、|]+")
_QUANTITY = pattern(r"\d+(?:\.\d+)?(?:户|人|个|间|平方米|平米|平方|㎡|m2|亩|万元|元|小时|天|次)?")
_NOTE_WORD = pattern(r"^(?:附?注|备注|说明)\d*[:.、]")
_STOP = pattern(r"[,;:、]")
# 东风社区未上报: the return says itself that a record is missing.
_NOT_REPORTED = pattern(r"(.{2,20}?)(?:的?数据|报表)?(?:尚|暂)?(?:未报送?|未上报|未填报|漏报|缺报)[。.!]?")
# The form that nobody has filled in: labels and no figures.
# One with labels and what belongs to them side by side, which is no table.
FILLED_FORM = "form-with-data"
Codes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

# What counts where a row is one thing in one table and another thing in the table beside it: the first of these.
CLASSES = (
    *(RowClass.UNREAD, RowClass.RECORD, RowClass.TOTAL, RowClass.GROUP, RowClass.NOTE, RowClass.REPEATED_HEADER),
    *(RowClass.UNIT, RowClass.INDEX, RowClass.HEADER, RowClass.TITLE),
)
_CODES = {row_class: code for code, row_class in enumerate(CLASSES)}
_NOTHING = len(CLASSES)
_UNREAD = _CODES[RowClass.UNREAD]
_OF_BODY = {
    RECORD: RowClass.RECORD, TOTALS: RowClass.TOTAL, GROUP: RowClass.GROUP, HEADER: RowClass.REPEATED_HEADER,
    PAGE: RowClass.REPEATED_HEADER, NOTE: RowClass.NOTE, EXAMPLE: RowClass.NOTE, WAITING: RowClass.NOTE,
    UNREAD: RowClass.UNREAD,
}  # fmt: skip


def count_rows(grid: Grid, layouts: Sequence[Layout], sheets: Sequence[Sheet]) -> list[Notice]:
    """Fill in ``row_counts`` and ``unread_rows`` of the sheets that were made of the tables of a grid, in their order.

    Returns:
        A notice for each run of rows that are unread, save those that have a notice already.
    """
    if not layouts:
        return _without_table(grid, sheets[0])
    told = [row for sheet in sheets for row in sheet.unread_rows]
    refused = [layout.source or layout for layout in layouts if _refused(layout)]  # a notice about the sheet says so
    told += [row for layout in refused for row in range(layout.body_first, layout.body_first + len(layout.classes) + 1)]
    codes, owner = row_classes(grid, layouts, [sheet.unread_rows for sheet in sheets])
    for number, sheet in enumerate(sheets):
        counts = np.bincount(codes[owner == number], minlength=_NOTHING)
        sheet.row_counts = {row_class.value: int(counts[_CODES[row_class]]) for row_class in RowClass}
        sheet.unread_rows = (np.flatnonzero((owner == number) & (codes == _UNREAD)) + 1).tolist()
    return [*_notices(grid, np.setdiff1d(np.flatnonzero(codes == _UNREAD) + 1, told)), *_beside(grid, layouts)]


def _refused(layout: Layout) -> bool:
    """It holds figures that cannot be read as a table: a form."""
    return layout.empty is not None and layout.empty.startswith("form-") and layout.empty != BLANK_FORM


def _without_table(grid: Grid, sheet: Sheet) -> list[Notice]:
    """A sheet in which no table was found is unread where it holds figures, one below the other, or a record; a cover
    holds neither."""
    below = any(len(_figures(grid, column)) >= BODY for column in range(grid.n_columns))
    form = sheet.not_read == FILLED_FORM
    looked_at = range(min(grid.n_rows, _LOOKED_AT))
    if not form and not below and not any(_looks_like_a_record(grid.row(row)) for row in looked_at):
        return []
    rows = _not_blank(grid, np.arange(grid.n_rows))
    sheet.row_counts = {row_class.value: 0 for row_class in RowClass} | {RowClass.UNREAD.value: len(rows)}
    sheet.unread_rows = (rows + 1).tolist()
    code = FILLED_FORM if form else "unread-sheet"
    return [Notice(code, Address(grid.path, grid.sheet or None), values={"rows": len(rows)})]


def _looks_like_a_record(cells: Sequence[str | None]) -> bool:
    """The cells, or the words of one of them, name a place and state several figures: 东风社区 城市 1000 100."""
    words = [word for cell in cells if cell for word in _APART.split(cell.strip()) if word]
    stated = sum(_QUANTITY.fullmatch(plain(word)) is not None for word in words)
    return stated > 1 and any(region_rank(word) > 0 for word in words)


def _beside(grid: Grid, layouts: Sequence[Layout]) -> list[Notice]:
    """A notice where figures stand in columns that belong to no table."""
    spans = [(one.first_column, one.last_column) for one in (layout.source or layout for layout in layouts)]
    notices = []
    for column in range(grid.n_columns):
        if not any(first <= column <= last for first, last in spans):
            rows = _figures(grid, column)
            if len(rows):
                row = int(rows[0])
                at = Address(grid.path, grid.sheet or None, row + 1, grid.address(row, column))
                values = {"cells": len(rows)}
                notices.append(Notice("figures-beside", at, (grid.cell(row, column) or "").strip(), values))
    return notices


def _figures(grid: Grid, column: int) -> Ints:
    """Rows in which a column holds a plain number."""
    held = np.flatnonzero(bools(grid.columns[column].is_valid()))
    if not len(held):
        return held
    numbers = figures(grid.columns[column], held)
    found: Ints = held[np.isfinite(numbers)]
    return found


def row_classes(grid: Grid, layouts: Sequence[Layout], unread: Sequence[list[int]]) -> tuple[Codes, Ints]:
    """For each row of a grid its class, by its place in ``CLASSES`` (``len(CLASSES)`` for a blank row), and the number
    of the table that it counts with.

    A row that lies in no table is unread; it counts with the table above it, or else with the first.

    Args:
        unread: for each table rows (from 1) that are unread beyond those that its layout says.
    """
    found = np.stack([_codes(grid.n_rows, layout, rows) for layout, rows in zip(layouts, unread, strict=True)])
    owner = found.argmin(axis=0)
    codes = found.min(axis=0)
    outside = _not_blank(grid, np.flatnonzero(codes == _NOTHING))
    codes[outside] = _UNREAD
    begins = (found < _NOTHING).argmax(axis=1)
    order = np.argsort(begins, kind="stable")
    owner[outside] = order[np.maximum(np.searchsorted(begins[order], outside, side="right") - 1, 0)]
    return codes, owner


def _notices(grid: Grid, rows: Ints) -> list[Notice]:
    """A notice for each run of unread rows (from 1, ascending), with the first text of the run."""
    notices = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else ():
        first, last = int(run[0]), int(run[-1])
        text = next((t.strip() for t in grid.row(first - 1) if t and t.strip()), "")
        values = {"first": first, "last": last, "rows": len(run)}
        code = "unread-row" if first == last else "unread-rows"
        notices.append(Notice(code, Address(grid.path, grid.sheet or None, first), text, values))
    return notices


def _codes(n_rows: int, layout: Layout, unread: list[int]) -> Codes:
    """The class of each row of the grid in one of its tables, by its place in ``CLASSES``."""
    turned = layout if layout.source else None
    layout = layout.source or layout
    codes = np.full(n_rows, _NOTHING, np.uint8)
    for title in layout.title_rows:
        codes[title - 1] = _UNREAD if _states_figures(layout, title - 1) else _CODES[RowClass.TITLE]
    codes[_not_blank(layout.grid, np.array(layout.header_rows, np.int64) - 1)] = _CODES[RowClass.HEADER]
    for row, row_class in ((layout.index_row, RowClass.INDEX), (layout.unit_row, RowClass.UNIT)):
        if row is not None:
            codes[row - 1] = _CODES[row_class]
    table = np.full(256, _NOTHING, np.uint8)
    for code, row_class in _OF_BODY.items():
        table[code] = _CODES[row_class]
    if _refused(whole := turned or layout) or whole.empty == BLANK_FORM:
        table[[RECORD, TOTALS]] = _CODES[RowClass.NOTE] if whole.empty == BLANK_FORM else _UNREAD
    first = layout.body_first
    codes[first : first + len(layout.classes)] = table[layout.classes]
    if turned is not None and turned.grid.transposed_from is not None:
        top = turned.grid.transposed_from[0]
        codes[[top + column.index for column in turned.columns[1:]]] = _CODES[RowClass.RECORD]
    lost = [row for row in layout.notes_rows if _loses_a_record(layout, row - 1)]
    codes[np.array([*unread, *lost], np.int64) - 1] = _UNREAD
    return codes


def _loses_a_record(layout: Layout, row: int) -> bool:
    """A note that is a record written as a sentence, or says of a place that it has not reported."""
    text = _NOTE_WORD.sub("", plain("".join(cell for cell in layout.grid.row(row) if cell)))
    if region_rank(_STOP.split(text)[0]) and _looks_like_a_record([text]):
        return True
    missing = _NOT_REPORTED.fullmatch(text)
    return missing is not None and region_rank(missing[1]) > 0


def _states_figures(layout: Layout, row: int) -> bool:
    """A row above the header holds several figures: no title, and nobody can say whose they are."""
    return sum(number_of(layout.grid.cell(row, column.index)) is not None for column in layout.columns) > 1


def _not_blank(grid: Grid, rows: Ints) -> Ints:
    """Those of the rows in which any cell holds more than white space."""
    held = np.zeros(len(rows), bool)
    if len(rows):
        for column in grid.columns:
            cells = picked(column, rows)
            if cells.null_count < len(cells):
                held |= bools(pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(cells)), 0), False))
    return rows[held]
