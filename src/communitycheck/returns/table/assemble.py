"""One table of a sheet -> a Sheet (how it was read) and a Table (its records)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, repeat
from pathlib import PurePath
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.address import Address, column_letter
from communitycheck.model.place_names import CITY_CHARACTERS
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import NAME_FIELDS, Bools, Coded, Column, State, Table
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.findings import Finding, at_rows
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.dates import find_period
from communitycheck.returns.columns.assign import Assignment, assign
from communitycheck.returns.columns.choose import Chosen, TablePlace
from communitycheck.returns.columns.entity import level_of_labels
from communitycheck.returns.columns.field_names import FieldNames
from communitycheck.returns.columns.mapping import SheetMapping
from communitycheck.returns.columns.raw_columns import never_forward_filled
from communitycheck.returns.grid import Grid, letter
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.table.duplicates import cross_check, duplicates
from communitycheck.returns.table.unnamed_rows import without_strangers
from communitycheck.returns.text_columns import side_by_side

# Totals of other columns (hours a day, rates, yes and no, codes) are seldom sums.
_ADDED = ("int", "decimal", "count", "times")
_RATES = ("ratio", "area_per_100_households", "area_per_person", "households_per_grid", "minutes")


@dataclass(slots=True)
class TableReading:
    """One table, read. ``table`` is None where the records or all their columns are unknown to the dictionary."""

    sheet: Sheet
    table: Table | None
    notices: list[Notice]


def assemble(layout: Layout, names: FieldNames, pins: SheetMapping | None = None) -> TableReading:
    """Read one table.

    Raises:
        QuestionError: where columns can be read two ways.
    """
    grid = layout.grid
    sheet = _sheet(layout)
    rows = np.asarray(layout.data_rows, np.int64)
    if layout.first_row is None or not len(rows):
        code = layout.empty or "no-records"
        return TableReading(sheet, None, [Notice(code, Address(grid.path, grid.sheet or None))])
    if grid.hidden and pins is None:
        return TableReading(sheet, None, [Notice("hidden-sheet", Address(grid.path, grid.sheet or None), level="info")])
    cells = _Cells(layout, rows)
    place = TablePlace(grid.path, grid.sheet, tuple(layout.titles), layout.unit_line, grid.transposed_from)
    found = assign(
        layout.columns,
        cells,
        names,
        place,
        given=pins.by_index(grid.transposed_from) if pins else None,
        entity=pins.entity if pins else None,
        days_in_year=_days_in(sheet.period),
    )
    sheet.entity, sheet.columns = found.entity, found.columns
    header = (max(layout.header_rows) if layout.header_rows else 1) - 1
    notices = [_notice(grid, header, index, finding) for index, finding in found.notes]
    unknown = _unknown(found, names)
    if unknown:
        sheet.entity = None if unknown == "no-known-columns" else sheet.entity
        return TableReading(sheet, None, [*notices, Notice(unknown, Address(grid.path, grid.sheet or None))])
    notices += _about_rows(layout) + _about_columns(grid, found, names)
    notices += _about_names(layout, found, names) + _about_totals(layout, found, names)
    table, trouble = _table(layout, rows, found, names, sheet)
    return TableReading(sheet, table, notices + trouble)


def _sheet(layout: Layout) -> Sheet:
    records, grid = len(layout.data_rows), layout.grid
    across = layout.source.columns if layout.source else []
    layout = layout.source or layout
    file = PurePath(grid.path).stem
    return Sheet(
        path=grid.path,
        name=grid.sheet,
        title_rows=list(layout.title_rows),
        header_rows=list(layout.header_rows),
        first_row=layout.first_row,
        last_row=layout.last_row,
        records=records,
        totals_rows=list(layout.totals_rows),
        group_rows=list(layout.group_rows),
        notes_rows=list(layout.notes_rows),
        skipped_rows=list(layout.skipped),
        hidden=grid.hidden,
        hidden_rows=list(grid.hidden_rows),
        unit_line=layout.unit_line,
        period=find_period(layout.titles, [grid.sheet, file]),
        titles=list(layout.titles),
        region_text=" ".join(part for part in (*layout.titles, grid.sheet, file) if part),
        transposed=grid.transposed_from is not None,
        across=[SheetColumn(letter(c.index), c.header) for c in across],
    )


def _days_in(period: date | None) -> int:
    year = period.year if period else 2023
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def _about_rows(layout: Layout) -> list[Notice]:
    """Rows that were set aside or counted for a reason that a reader would not see at once."""
    grid = layout.grid
    sheet = grid.sheet or None
    notices = [Notice("unmarked-total", Address(grid.path, sheet, row)) for row in layout.unmarked_totals]
    notices += [Notice("names-the-whole", Address(grid.path, sheet, row), level="info") for row in layout.whole_rows]
    for column in layout.aside:
        notices.append(Notice("column-set-aside", Address(grid.path, sheet, cell=letter(column)), level="info"))
    for group in layout.groups:
        if group.stated is not None and group.stated != group.counted:
            values = {"stated": group.stated, "counted": group.counted}
            notices.append(Notice("group-count-differs", Address(grid.path, sheet, group.row), group.label, values))
    shown = {int(row) + 1 for row in layout.data_rows} if grid.hidden_rows else set()
    hidden = [row for row in grid.hidden_rows if row in shown]
    if hidden:
        at = Address(grid.path, sheet, hidden[0])
        notices.append(Notice("hidden-rows", at, values={"rows": len(hidden)}, level="info"))
    return notices


def _about_columns(grid: Grid, found: Assignment, names: FieldNames) -> list[Notice]:
    """Hidden columns whose figures are used all the same."""
    used = sorted({c.column.index for key, c in found.fields.items() if not names.fields[key].personal})
    hidden = [letter(c) for c in used if any(first <= c <= last for first, last in grid.hidden_columns)]
    if not hidden:
        return []
    at = Address(grid.path, grid.sheet or None, cell=hidden[0])
    return [Notice("hidden-columns", at, values={"columns": ", ".join(hidden)}, level="info")]


def _about_names(layout: Layout, found: Assignment, names: FieldNames) -> list[Notice]:
    """Blank cells that took the name above them and may as well be forgotten ones."""
    grid, notices = layout.grid, []
    for key, chosen in found.fields.items():
        rows = layout.forward_filled_doubtfully.get(chosen.column.index)
        if rows and not never_forward_filled(names.fields[key]):
            at = Address(grid.path, grid.sheet or None, rows[0] + 1, grid.address(rows[0], chosen.column.index))
            values = {"field": names.fields[key].label, "cells": len(rows)}
            notices.append(Notice("name-carried", at, values=values, level="info"))
    return notices


def _about_totals(layout: Layout, found: Assignment, names: FieldNames) -> list[Notice]:
    """Totals that are not the sum of their records, in columns of which a sum says something."""
    apart = {c.column.index for k, c in found.fields.items() if names.fields[k].type not in _ADDED}
    apart |= {c.column.index for k, c in found.fields.items() if names.fields[k].dimension in _RATES}
    headers = {column.index: column.header for column in layout.columns}
    grid, notices = layout.grid, []
    for claim in layout.false_claims:
        if claim.column not in apart:
            at = Address(grid.path, grid.sheet or None, claim.row, grid.address(claim.row - 1, claim.column))
            values = {"stated": f"{claim.stated:.10g}", "summed": f"{claim.summed:.10g}"}
            notices.append(Notice("total-differs", at, headers.get(claim.column, ""), values))
    return notices


class _Cells:
    """The records' cells of each grid column, cut once."""

    def __init__(self, layout: Layout, rows: Any) -> None:
        self._columns = layout.grid.columns
        self._carried = layout.forward_filled
        self._n = len(rows)
        self._first = int(rows[0])
        self._straight = _straight(rows)
        self._rows = None if self._straight else pa.array(rows)
        self._cut: dict[int, Any] = {}

    def __call__(self, index: int, carry: bool) -> Any:
        if index not in self._cut:
            column = self._columns[index]
            cut = column.slice(self._first, self._n) if self._straight else column.take(self._rows)
            self._cut[index] = cut
        cut = self._cut[index]
        if carry and index in self._carried:
            return pc.coalesce(_texts(self._carried[index]), cut)
        return cut


def _straight(rows: Any) -> bool:
    """No row is left out between the first and the last."""
    return int(rows[-1]) - int(rows[0]) + 1 == len(rows)


def _texts(values: Any) -> Any:
    return values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(list(values), pa.string())


def _unknown(found: Assignment, names: FieldNames) -> str:
    """Why the table cannot be judged: empty where it can."""
    told = [names.fields[k] for k in found.fields if not names.fields[k].personal]
    if not any(f.role is None for f in told) and sum(f.role == "region" for f in told) < 2:
        return "no-known-columns"
    return "unknown-entity" if found.entity is None else ""


def _table(layout: Layout, rows: Any, found: Assignment, names: FieldNames, sheet: Sheet) -> tuple[Table, list[Notice]]:
    grid = layout.grid
    kept = {k: c for k, c in found.fields.items() if not names.fields[k].personal}
    row_of = rows.astype(np.int32) + np.int32(1 + (grid.transposed_from[1] if grid.transposed_from else 0))
    words = [key for key in kept if not names.fields[key].is_number]
    keys = [*words, *(key for key in kept if key not in words)]
    reading = zip(keys, _cast_all(layout, rows, {key: kept[key] for key in keys}, names, found.entity), strict=True)
    read = dict(islice(reading, len(words)))
    named = {key: column for key, (column, _) in read.items()}
    _group_column(layout, named, names)
    _name_periods(layout, found, named, sheet)
    # Words alone tell who is there twice; the numbers are read meanwhile.
    repeated = duplicates(found.entity or "", named, row_of)
    read |= dict(reading)
    columns: dict[str, Column] = {}
    findings: list[tuple[str, Finding]] = []
    for key in kept:
        column, said = read[key]
        said = [*said, *_unread(grid, rows, kept[key], column)]
        host = names.fields[key].same_column
        if host in kept and kept[host].column.index == kept[key].column.index:
            said = _not_said(said, columns[host]) if host in columns else said
        columns[key] = column
        findings += [(key, finding) for finding in said]
    columns |= named
    sheet.period = _one_period(columns) or sheet.period
    labels = {key: field.label for key, field in names.fields.items()}
    findings += cross_check(columns, labels)
    header = (max(layout.header_rows) if layout.header_rows else 1) - 1
    notices = []
    for key, finding in findings:
        row = header if finding.position < 0 else int(rows[finding.position])
        values = {"field": names.fields[key].label, **finding.values}
        notices.append(_notice(grid, row, kept[key].column.index, finding, values))
    for finding in repeated:
        at = sheet.address_of(int(row_of[finding.position]))
        values = finding.values
        if sheet.transposed:
            values = {name: column_letter(number) for name, number in values.items()}
        code = f"{finding.code}-turned" if sheet.transposed else finding.code
        notices.append(Notice(code, at, finding.text, values, finding.level))
    table = Table(found.entity or "", columns, [sheet], np.zeros(len(rows), np.int32), row_of)
    table, left = without_strangers(table, names.fields)
    notices += [Notice("not-a-subject", sheet.address_of(row), text) for row, text in left]
    sheet.records = len(table)
    sheet.skipped_rows = sorted({*sheet.skipped_rows, *((row, "not-a-subject") for row, _ in left)})
    return table, notices


def _cast_all(
    layout: Layout, rows: Any, kept: dict[str, Chosen], names: FieldNames, entity: str | None
) -> Iterator[tuple[Column, list[Finding]]]:
    grid, straight = layout.grid, _straight(rows)

    def one(item: tuple[str, Chosen]) -> tuple[Column, list[Finding]]:
        key, chosen = item
        how = chosen.scale
        if names.fields[key].type == "share" and grid.percent:
            how = Scale(how.factor, how.stated, how.share_unit, _formatted(grid, rows, chosen), how.days_in_year)
        index = chosen.column.index
        other_cells = index in layout.forward_filled or chosen.column.changed
        codes = None if other_cells else grid.known_codes(index, int(rows[0]), len(rows))
        return cast(names.fields[key].of(entity), chosen.column.cells, how, codes if straight else None)

    return side_by_side(one, kept.items(), len(rows))


def _formatted(grid: Grid, rows: Any, chosen: Chosen) -> Bools:
    """Which records' cells the file shows as a percentage."""
    wanted = [row for row, column in grid.percent or () if column == chosen.column.index]
    return np.asarray(np.isin(rows, wanted))


def _unread(grid: Grid, rows: Any, chosen: Chosen, column: Column) -> list[Finding]:
    """Cells that look blank and are not: formulas without a stored value, cells of rows that are too long."""
    found: list[Finding] = []
    for cells, code in ((grid.uncached, "formula-without-value"), (grid.shifted, "shifted-value")):
        wanted = [row for row, index in cells if index == chosen.column.index]
        positions = np.flatnonzero(np.isin(rows, wanted)) if wanted else np.empty(0, np.intp)
        if len(positions):
            if column.state is None:
                column.state = np.zeros(len(column), np.uint8)
            column.state[positions] = State.UNREADABLE
            found += at_rows(positions, code, repeat(""))
    return found


def _not_said(said: list[Finding], host: Column) -> list[Finding]:
    """Findings of a column that is read a second time, without those the first reading had as well."""
    if host.state is None:
        return said
    return [f for f in said if f.position < 0 or host.state[f.position] == State.KNOWN]


_NUMBERED = re.compile(r"^\s*[一二三四五六七八九十]+[、.．]\s*")


def _group_column(layout: Layout, columns: dict[str, Column], names: FieldNames) -> None:
    """Group rows such as 和平区（12个） place the records below them, where no column does."""
    if layout.group_labels is None:
        return
    labels: Any = _texts(layout.group_labels)
    level = level_of_labels([t for t in labels.unique().to_pylist() if t])
    if level is None or level in columns or level not in names.fields:
        return
    first = layout.titles[-1] if layout.titles and labels[0].as_py() is None else ""
    if _NUMBERED.match(first) and level_of_labels([first]) == level:  # 一、和平区 above the header, 二、沈河区 below
        labels = pc.fill_null(labels, first)
    bare = pc.replace_substring_regex(labels, r"\s*[(（][^()（）]*[)）]\s*$|[:：、\s]+$", "")
    bare = pc.replace_substring_regex(bare, _NUMBERED.pattern, "")
    if level == "county" and "city" not in columns and "city" in names.fields:
        cities = pc.struct_field(pc.extract_regex(bare, rf"^(?P<city>.{{2,6}}?[{CITY_CHARACTERS}]).{{2,}}$"), "city")
        if not pc.any(pc.is_null(cities)).as_py():  # 铁岭市清河区
            columns["city"] = cast(names.fields["city"], cities, Scale())[0]
            bare = pc.replace_substring_regex(bare, rf"^.{{2,6}}?[{CITY_CHARACTERS}]", "")
    columns[level] = cast(names.fields[level], bare, Scale())[0]


def _name_periods(layout: Layout, found: Assignment, columns: dict[str, Column], sheet: Sheet) -> None:
    """Where the records are periods: each is named by its sheet and the period as written; the last one dates it."""
    chosen = found.fields.get("period")
    if found.entity != "period" or chosen is None or "period" not in columns:
        return
    written = chosen.column.cells.to_pylist()
    named = [" ".join(part for part in (sheet.name, text.strip()) if part) if text else None for text in written]
    key = NAME_FIELDS["period"]
    columns[key] = Column(key, text=pa.array(named, pa.string()))
    stated = [day for day in columns["period"].coded().names if day]
    sheet.period = max(map(date.fromisoformat, stated)) if stated else sheet.period


def _one_period(columns: dict[str, Column]) -> date | None:
    """The period that all records state."""
    column = columns.get("period")
    if column is None:
        return None
    coded: Coded = column.coded()
    stated = np.unique(coded.codes[coded.codes >= 0])
    return date.fromisoformat(coded.names[int(stated[0])]) if len(stated) == 1 else None


def _notice(grid: Grid, row: int, column: int, finding: Finding, values: dict[str, Any] | None = None) -> Notice:
    number = row + 1 if grid.transposed_from is None else grid.transposed_from[0] + column + 1
    at = Address(grid.path, grid.sheet or None, number, grid.address(row, column))
    return Notice(finding.code, at, finding.text, values or finding.values, finding.level)
