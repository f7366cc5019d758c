"""One table of a sheet -> a Sheet (how it was read) and a Table (its records)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import PurePath

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.errors import QuestionError
from communitycheck.model.address import Address, column_letter
from communitycheck.model.returns import PERIOD_IMPOSSIBLE, Notice
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Column, State, Table
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.cells.stated_period import find_period, find_stretch, impossible_period
from communitycheck.returns.cells.stated_place import place_written
from communitycheck.returns.columns.mapping.given import Given, assign_given
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.choose import Chosen, TablePlace
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.grid import letter
from communitycheck.returns.layout.layout import NO_RECORDS, Layout
from communitycheck.returns.layout.row_counts import FILLED_FORM
from communitycheck.returns.table.added_columns import (
    add_group_column,
    add_period_names,
    add_place_of_block,
    add_street_of_titles,
    one_period,
)
from communitycheck.returns.table.blank_form import read_headers, where_headers_stand
from communitycheck.returns.table.doubts.answers import doubt_by_answers
from communitycheck.returns.table.doubts.doubts import Doubts
from communitycheck.returns.table.doubts.other_measures import doubt_by_measures
from communitycheck.returns.table.doubts.remarks import doubt_by_remarks
from communitycheck.returns.table.doubts.said_of_table import doubt_by_notes, doubt_by_titles
from communitycheck.returns.table.doubts.written_over import doubt_by_comments, doubt_by_strokes
from communitycheck.returns.table.duplicates import cross_check, duplicates
from communitycheck.returns.table.forms import are_labels, states_known_figures
from communitycheck.returns.table.left_out.unnamed_rows import UNSETTLED, kept_records, without_unnamed_rows
from communitycheck.returns.table.notices import about_columns, about_names, about_rows, about_totals, notice_at
from communitycheck.returns.table.record_cells import RecordCells
from communitycheck.returns.table.refused import Lost, doubting_remarks, lost_records, rows_of
from communitycheck.returns.table.stated_counts import counts_in_totals
from communitycheck.returns.table.stated_kind import add_kind
from communitycheck.system.threads import side_by_side


class TableReading(Struct):
    """One table, read. ``table`` is None where the records or all their columns are unknown to the dictionary."""

    sheet: Sheet
    table: Table | None
    notices: list[Notice]
    # Of a table that was refused: the row and the name of each record that is lost unless another table has it.
    elsewhere: tuple[list[int], Lost] | None = None
    # Of one without records: what its headers leave open.
    questions: list[QuestionError] = field(default_factory=list)


def assemble(layout: Layout, names: FieldNames, given: Given | None = None) -> TableReading:
    """Read one table.

    Args:
        given: what the mapping says about it.

    Raises:
        QuestionError: where columns of records can be read two ways.
    """
    grid = layout.grid
    sheet = _sheet(layout)
    whole = Address(grid.path, grid.sheet or None)
    rows = np.asarray(layout.data_rows, np.int64)
    if layout.first_row is None or not len(rows):
        questions = [] if grid.hidden and given is None else read_headers(layout, sheet, names, given)
        sheet.columns = where_headers_stand(layout, sheet.columns)
        return TableReading(sheet, None, [Notice(layout.empty or NO_RECORDS, whole)], questions=questions)
    if grid.hidden and given is None:
        return TableReading(sheet, None, [Notice("hidden-sheet", whole, level="info")])
    cells = RecordCells(layout, rows)
    found = assign_given(
        layout.columns,
        cells,
        names,
        TablePlace(grid.path, grid.sheet, tuple(layout.titles), layout.unit_line, grid.transposed_from, sheet.period),
        given,
        days_in_year=_days_in(sheet.period),
    )
    sheet.entity, sheet.columns = found.entity, where_headers_stand(layout, _with_years_asked(layout, found.columns))
    sheet.period = sheet.period or _period_of_headers(found, names)
    notices = [notice_at(grid, layout.header_row, index, finding) for index, finding in found.notes]
    if not layout.second and (told := impossible_period(layout.titles)):
        notices.append(Notice(PERIOD_IMPOSSIBLE, whole, told))
    unknown = _unknown(found, names)
    if unknown:
        sheet.entity = None if unknown == "no-known-columns" else sheet.entity
        refused = _refused(unknown, layout, rows, cells, found, names, sheet, given)
        refused.notices = [*(notices if refused.notices[0].code == unknown else []), *refused.notices]
        return refused
    notices += about_rows(layout, {one.column.index for one in found.fields.values()})
    notices += about_columns(grid, found, names)
    notices += about_names(layout, found, names) + about_totals(layout, found, names)
    notices += counts_in_totals(layout, found.entity)
    table, trouble = _table(layout, rows, cells, found, names, sheet)
    return TableReading(sheet, table, notices + trouble)


def _with_years_asked(layout: Layout, columns: list[SheetColumn]) -> list[SheetColumn]:
    """The columns, those of years marked of which it is asked what they hold."""
    asked = {layout.grid.place_across(index) for index in layout.years_aside}
    return [replace(column, asked=column.column in asked) for column in columns] if asked else columns


def _refused(
    unknown: str,
    layout: Layout,
    rows: npt.NDArray[np.int64],
    cells: RecordCells,
    found: Assignment,
    names: FieldNames,
    sheet: Sheet,
    given: Given | None,
) -> TableReading:
    """A table that cannot be judged; its rows are unread unless it surely holds something else."""
    whole = Address(layout.grid.path, layout.grid.sheet or None)
    headless = not any(column.header for column in layout.columns)
    settled = given is not None and None in given.columns.values()  # somebody looked at it, or is being asked
    lost = None if settled else lost_records(layout, cells, found, names)
    # The records of a list perhaps, and nobody can say of what; beside their names, the figures of a form.
    form = layout.source is None and states_known_figures(layout.grid, rows.tolist(), names)
    there = rows_of(layout, rows)
    if layout.second or headless or form or (lost is not None and lost.subjects is None):
        sheet.unread_rows = there
    labelled = form and are_labels(layout.grid, rows.tolist(), names)
    code = FILLED_FORM if labelled else "records-without-header" if headless else unknown
    if lost is not None and lost.subjects is None and code == "no-known-columns":
        code = "records-not-known"
    values: dict[str, int] = {}
    if layout.years_aside and not layout.years_beside and unknown == "no-known-columns":
        code, years = "years-without-indicator", sorted(layout.years_aside.values())
        values = {"first": years[0], "last": years[-1]}
    reading = TableReading(sheet, None, [Notice(code, whole, values=values)])
    if lost is not None and lost.subjects is not None and not sheet.unread_rows and not sheet.transposed:
        reading.elsewhere = there, lost
        if doubting := doubting_remarks(layout, cells, names):
            sheet.unread_rows = [there[place] for place, _ in doubting]
            at, text = sheet.address_of(sheet.unread_rows[0]), doubting[0][1]
            reading.notices.insert(0, Notice("remarks-elsewhere", at, text, {"count": len(doubting)}))
    return reading


def _sheet(layout: Layout) -> Sheet:
    records, grid, period = len(layout.data_rows), layout.grid, (layout.period, layout.period_months)
    across, further = layout.source.columns if layout.source else [], layout.further_year
    layout = layout.source or layout
    file = PurePath(grid.path).stem
    stated, months = period if period[0] else find_stretch(layout.titles, [grid.sheet, file])
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
        period=stated,
        period_months=months,
        titles=list(layout.titles),
        region_text=" ".join(part for part in (*layout.places_above, *layout.titles, grid.sheet, file) if part),
        place=place_written(layout.titles, [grid.sheet, file]),
        transposed=grid.transposed_from is not None,
        of_year=bool(layout.other_years),
        further_year=further,
        across=[SheetColumn(letter(c.index), c.header) for c in across],
        row_keys=grid.row_keys,
    )


def _days_in(period: date | None) -> int:
    year = period.year if period else 2023
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def _period_of_headers(found: Assignment, names: FieldNames) -> date | None:
    """The period that the headers of figures state, where all that state one state the same: 2019年末户数."""
    headers = [c.column.text for key, c in found.fields.items() if names.fields[key].role is None]
    stated = {day for header in headers if (day := find_period([header], [])) is not None}
    return stated.pop() if len(stated) == 1 else None


def _unknown(found: Assignment, names: FieldNames) -> str:
    """Why the table cannot be judged: empty where it can."""
    fields = [names.fields[k] for k in found.fields if not names.fields[k].personal]
    if not any(f.role is None for f in fields) and sum(f.role == "region" for f in fields) < 2:
        return "no-known-columns"
    return "unknown-entity" if found.entity is None else ""


def _table(
    layout: Layout,
    rows: npt.NDArray[np.int64],
    cells: RecordCells,
    found: Assignment,
    names: FieldNames,
    sheet: Sheet,
) -> tuple[Table, list[Notice]]:
    grid = layout.grid
    row_of = rows.astype(np.int32) + np.int32(1 + (grid.transposed_from[1] if grid.transposed_from else 0))
    sheet.first_across = int(row_of.min()) if sheet.transposed else 0
    columns, findings, repeated = _columns(layout, cells, found, names, sheet, row_of)
    table = Table(names.entity(found.entity), columns, [sheet], np.zeros(len(rows), np.int32), row_of)
    left, notices = np.zeros(len(table), bool), list[Notice]()
    if "period" in columns or layout.forward_filled:
        from communitycheck.returns.table.left_out.unsettled_rows import unsettled_rows  # which few returns need

        left, notices = unsettled_rows(table, layout, found, names)
    own = one_period(columns)
    if own is not None and own != sheet.period:
        sheet.period, sheet.period_months = own, 0
    findings += cross_check(columns, {key: field.label for key, field in names.fields.items()})
    doubts = Doubts(layout, columns, sheet, row_of, names, found, cells)
    doubt_by_titles(doubts)
    doubt_by_remarks(doubts)
    doubt_by_notes(doubts)
    doubt_by_measures(doubts)
    doubt_by_answers(doubts)
    doubt_by_comments(doubts)
    doubt_by_strokes(doubts)
    notices += doubts.notices
    for key, finding in findings:
        row = layout.header_row if finding.position < 0 else int(rows[finding.position])
        values = {"field": names.fields[key].label, **finding.values}
        notices.append(notice_at(grid, row, found.fields[key].column.index, finding, values))
    for finding in repeated:
        if left[finding.position]:
            continue
        code, values = finding.code, finding.values
        if sheet.transposed:
            code, values = f"{code}-turned", {name: column_letter(number) for name, number in values.items()}
        if field := names.fields.get(names.entity(found.entity).code_field):
            values = {"field": field.label, **values}
        at = sheet.address_of(int(row_of[finding.position]))
        notices.append(Notice(code, at, finding.text, values, finding.level))
    notices += add_kind(layout, found, columns, names, sheet, row_of)
    if "=" in sheet.path:
        from communitycheck.returns.table.partitions import add_partitions  # which few returns need

        notices += add_partitions(table, names)
    table = kept_records(table, ~left) if left.any() else table
    table, unnamed = without_unnamed_rows(table, names.fields)
    notices += [Notice(one.code, sheet.address_of(one.row), one.text) for one in unnamed]
    sheet.records = len(table)
    why = {one.row: one.code for one in unnamed} | dict.fromkeys(row_of[left].tolist(), UNSETTLED)
    sheet.unread_rows = sorted([*why, *(row + 1 for row in layout.wide_rows)])
    sheet.skipped_rows = sorted({*sheet.skipped_rows, *why.items()})
    sheet.not_read = UNSETTLED if left.all() else ""
    return table, notices


def _columns(
    layout: Layout,
    cells: RecordCells,
    found: Assignment,
    names: FieldNames,
    sheet: Sheet,
    row_of: npt.NDArray[np.int32],
) -> tuple[dict[str, Column], list[tuple[str, Finding]], list[Finding]]:
    """The columns that are no person's; (field, finding) about their cells; and the subjects that are there twice."""
    kept = {key: chosen for key, chosen in found.fields.items() if not names.fields[key].personal}
    words = [key for key in kept if not names.fields[key].is_number]
    order = [*words, *(key for key in kept if key not in words)]
    reading = _cast_all({key: kept[key] for key in order}, cells, names, found.entity, len(row_of))
    read = dict(islice(reading, len(words)))
    named = {key: column for key, (column, _) in read.items()}
    add_place_of_block(layout, found.entity, named, len(row_of), names)
    add_group_column(layout, named, names)
    add_street_of_titles(layout, found.entity, named, len(row_of), names)
    add_period_names(found, named, sheet)
    # Words alone tell who is there twice; the numbers are read meanwhile.
    repeated = duplicates(names.entity(found.entity), named, row_of)
    read |= dict(reading)
    columns: dict[str, Column] = {}
    findings: list[tuple[str, Finding]] = []
    for key, chosen in kept.items():
        column, about = read[key]
        about = [*about, *cells.mark_unread(chosen.column.index, column)]
        host = names.fields[key].same_column
        if host in columns and kept[host].column.index == chosen.column.index:
            about = _not_said(about, columns[host])
        columns[key] = column
        findings += [(key, finding) for finding in about]
    return columns | named, findings, repeated


def _cast_all(
    kept: dict[str, Chosen], cells: RecordCells, names: FieldNames, entity: str | None, records: int
) -> Iterator[tuple[str, tuple[Column, list[Finding]]]]:
    def one(item: tuple[str, Chosen]) -> tuple[str, tuple[Column, list[Finding]]]:
        key, chosen = item
        scale, column = chosen.scale, chosen.column
        if names.fields[key].is_number:
            scale = replace(scale, percent=cells.percent(column.index))
        return key, cast(names.fields[key].of(entity), column.cells, scale, cells.codes(column))

    return side_by_side(one, kept.items(), records)


def _not_said(about: list[Finding], host: Column) -> list[Finding]:
    """Findings of a column that is read a second time, without those the first reading had as well."""
    if host.state is None:
        return about
    return [f for f in about if f.position < 0 or host.state[f.position] == State.KNOWN]
