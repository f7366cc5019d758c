"""A table or form without a record: which fields its headers or labels ask for."""

from __future__ import annotations

import pyarrow as pa
from msgspec.structs import replace

from communitycheck.errors import QuestionError
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.returns.columns.mapping.given import Given, assign_given
from communitycheck.returns.columns.meaning.choose import TablePlace
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.grid import cell_name, letter
from communitycheck.returns.layout.layout import Layout, LayoutColumn
from communitycheck.returns.text_columns import TextArray


def read_headers(layout: Layout, sheet: Sheet, names: FieldNames, given: Given | None) -> list[QuestionError]:
    """Fill in the kind of subject and the columns of a sheet by its headers alone.

    Returns:
        The questions that they raise; the columns in question have no field.
    """
    place = TablePlace(
        *(layout.grid.path, layout.grid.sheet, tuple(layout.titles), layout.unit_line),
        transposed_from=layout.grid.transposed_from,
        period=sheet.period,
        cells=tuple(label.cell for label in layout.labels),
    )
    columns = layout.columns
    if layout.labels:  # no mapping is about the cells of a form
        columns = [LayoutColumn(n, one.text, one.unit_text) for n, one in enumerate(layout.labels)]
        given, sheet.labelled = None, True
    index_of = {place.column(column.index): column.index for column in columns}
    questions: list[QuestionError] = []
    while True:
        try:
            found = assign_given(columns, _no_cells, names, place, given)
        except QuestionError as question:
            questions.append(question)
            known = given or Given()
            left_out = dict.fromkeys((index_of[at] for at in question.columns), None)
            given = replace(known, columns={**known.columns, **left_out})
        else:
            sheet.entity, sheet.columns = found.entity, found.columns
            return questions


def where_headers_stand(layout: Layout, columns: list[SheetColumn]) -> list[SheetColumn]:
    """The columns of a sheet, each with the cell in which its header stands."""
    if layout.labels:
        return [replace(column, at=column.column) for column in columns]
    cells = _label_cells(layout) if layout.source else _header_cells(layout)
    return [replace(column, at=cells.get(column.column, "")) for column in columns]


def _header_cells(layout: Layout) -> dict[str, str]:
    """Letter of a column -> the lowest cell of its header that holds something; of a heading merged over several
    columns the cell below it."""
    grid, rows = layout.grid, [row - 1 for row in layout.header_rows if row != layout.unit_row]
    found = {}
    for column in layout.columns:
        held = [row for row in rows if (grid.cell(row, column.index) or "").strip()]
        if rows:
            found[letter(column.index)] = cell_name(max(held or rows), column.index)
    return found


def _label_cells(layout: Layout) -> dict[str, str]:
    """Number of a row of a table set upright -> the cell of its label."""
    turned, source = layout.grid.transposed_from, layout.source
    found: dict[str, str] = {}
    if turned is None or source is None:
        return found
    for column in layout.columns:
        row = turned[0] + column.index
        places = [c for c, text in enumerate(source.grid.row(row)) if text and text.strip() == column.header]
        found[str(row + 1)] = cell_name(row, places[0] if places else turned[1])
    return found


def _no_cells(_index: int, _fill: bool) -> TextArray:
    return pa.array([], pa.string())
