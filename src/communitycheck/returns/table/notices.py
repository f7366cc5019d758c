"""Findings about rows, columns and cells of a table -> notices with their addresses in the file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.returns import GROUP_COUNT_DIFFERS, YEARS_ASIDE, YEARS_BESIDE_OTHERS, Notice
from communitycheck.model.text import in_a_row
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.raw_columns import never_forward_filled
from communitycheck.returns.grid import Grid, letter
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.text_columns import bools

# Totals of other columns (hours a day, rates, yes and no, codes) are seldom sums.
_ADDED = ("int", "decimal", "count", "times")
_RATES = ("ratio", "area_per_100_households", "area_per_person", "households_per_grid", "minutes")


def notice_at(grid: Grid, row: int, column: int, finding: Finding, values: dict[str, Any] | None = None) -> Notice:
    number = row + 1 if grid.transposed_from is None else grid.transposed_from[0] + column + 1
    at = Address(grid.path, grid.sheet or None, number, grid.address(row, column))
    return Notice(finding.code, at, finding.text, values or finding.values, finding.level)


def about_rows(layout: Layout, used: Collection[int] = ()) -> list[Notice]:
    """Rows that were left out or counted for a reason that a reader would not see at once, and cells under no header.

    Args:
        used: columns of the grid that give a field.
    """
    grid = layout.grid
    sheet = grid.sheet or None
    notices = [Notice("unmarked-total", Address(grid.path, sheet, row)) for row in layout.unmarked_totals]
    notices += [Notice("names-the-whole", Address(grid.path, sheet, row), level="info") for row in layout.whole_rows]
    for column in layout.unused_columns:
        notices.append(Notice("column-set-aside", Address(grid.path, sheet, cell=letter(column)), level="info"))
    if layout.periods_aside:
        aside = {"columns": "、".join(layout.periods_aside)}
        notices.append(Notice("other-periods-aside", Address(grid.path, sheet), values=aside, level="info"))
    notices += _about_years(layout)
    notices += _about_cells_beyond(layout, used)
    for group in layout.groups:
        if group.stated is not None and group.stated != group.counted:
            values = {"stated": group.stated, "counted": group.counted}
            notices.append(Notice(GROUP_COUNT_DIFFERS, Address(grid.path, sheet, group.row), group.label, values))
    shown = {int(row) + 1 for row in layout.data_rows} if grid.hidden_rows else set()
    hidden = [row for row in grid.hidden_rows if row in shown]
    if hidden:
        at = Address(grid.path, sheet, hidden[0])
        notices.append(Notice("hidden-rows", at, values={"rows": len(hidden)}, level="info"))
    return notices


def _about_cells_beyond(layout: Layout, used: Collection[int]) -> list[Notice]:
    """A notice for each run of rows of another shape, and for each column without a header that records fill."""
    grid, notices = layout.grid, []
    rows = sorted(layout.wide_rows)
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if rows else ():
        first, last = int(run[0]), int(run[-1])
        cell = grid.address(first, layout.wide_rows[first])
        code = "row-of-another-shape" if first == last else "rows-of-another-shape"
        values = {"first": first + 1, "last": last + 1, "cell": cell}
        notices.append(Notice(code, Address(grid.path, grid.sheet or None, first + 1, cell), values=values))
    for row, column, cells in layout.cells_beyond:
        if column in used:
            continue
        at = Address(grid.path, grid.sheet or None, row + 1, grid.address(row, column))
        notices.append(Notice("cells-beyond", at, (grid.cell(row, column) or "").strip(), {"cells": cells}))
    return notices


def _about_years(layout: Layout) -> list[Notice]:
    """Columns of years without a figure, and those that nobody knows what they hold."""
    grid, notices = layout.grid, []
    if layout.blank_years:
        years = {"years": "、".join(layout.blank_years)}
        notices.append(Notice("years-without-figures", Address(grid.path, grid.sheet or None), values=years))
    if layout.years_aside:
        first, held = min(layout.years_aside), sorted(set(layout.years_aside.values()))
        values: dict[str, Any] = {
            "count": len(layout.years_aside),
            "columns": in_a_row([grid.place_across(column) for column in sorted(layout.years_aside)]),
            "years": in_a_row(map(str, held)),
        }
        code = YEARS_BESIDE_OTHERS if layout.years_beside else YEARS_ASIDE
        values |= {"others": in_a_row([f"“{header}”" for header in layout.years_beside])} if layout.years_beside else {}
        header = next((one.header for one in layout.columns if one.index == first), "")
        notices.append(notice_at(grid, layout.header_row, first, Finding(-1, code, header, values)))
    return notices


def about_columns(grid: Grid, found: Assignment, names: FieldNames) -> list[Notice]:
    """Hidden columns whose figures are used all the same."""
    used = sorted({c.column.index for key, c in found.fields.items() if not names.fields[key].personal})
    hidden = [letter(c) for c in used if any(first <= c <= last for first, last in grid.hidden_columns)]
    if not hidden:
        return []
    at = Address(grid.path, grid.sheet or None, cell=hidden[0])
    return [Notice("hidden-columns", at, values={"columns": ", ".join(hidden)}, level="info")]


def about_names(layout: Layout, found: Assignment, names: FieldNames) -> list[Notice]:
    """Blank cells that took the name above them and may as well be forgotten ones."""
    grid, notices = layout.grid, []
    for key, chosen in found.fields.items():
        rows = layout.forward_filled_doubtfully.get(chosen.column.index)
        filled = layout.forward_filled.get(chosen.column.index)
        if names.fields[key].role == "period" and filled is not None:  # it decides whether a record is judged at all
            rows = layout.data_rows[bools(filled.is_valid())].tolist()
        if rows and not never_forward_filled(names.fields[key]):
            at = Address(grid.path, grid.sheet or None, rows[0] + 1, grid.address(rows[0], chosen.column.index))
            values = {"field": names.fields[key].label, "cells": len(rows)}
            notices.append(Notice("name-carried", at, values=values, level="info"))
    return notices


def about_totals(layout: Layout, found: Assignment, names: FieldNames) -> list[Notice]:
    """Totals that are not the sum of their records, in columns of which a sum says something."""
    apart = {c.column.index for k, c in found.fields.items() if names.fields[k].type not in _ADDED}
    apart |= {c.column.index for k, c in found.fields.items() if names.fields[k].dimension in _RATES}
    headers = {column.index: column.header for column in layout.columns}
    grid, notices = layout.grid, []
    for claim in layout.false_claims:
        if claim.column not in apart:
            at = Address(grid.path, grid.sheet or None, claim.row, grid.address(claim.row - 1, claim.column))
            values = {"stated": f"{claim.stated:.10g}", "summed": f"{claim.summed:.10g}"}
            code = "part-exceeds-total" if claim.part else "total-differs"
            notices.append(Notice(code, at, headers.get(claim.column, ""), values))
    return notices
