"""Files -> Returns: open, find the tables, match the columns, read the cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Table
from communitycheck.returns.cells.privacy import mask
from communitycheck.returns.columns.by_year import by_year
from communitycheck.returns.columns.guidance import is_aside, is_our_list
from communitycheck.returns.columns.mapping.given import Given, given_for, settled_columns, without
from communitycheck.returns.columns.mapping.mapping import Mapping, TableMapping
from communitycheck.returns.columns.mapping.mapping_file import load_mapping
from communitycheck.returns.columns.meaning.field_names import FieldNames, field_names
from communitycheck.returns.columns.transposed.form_labels import form_labels
from communitycheck.returns.columns.transposed.transposed import form, transposed
from communitycheck.returns.files.chosen import divided, is_url, listed
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.layout import BLANK_FORM, Layout
from communitycheck.returns.layout.row_counts import FILLED_FORM, count_rows
from communitycheck.returns.layout.tables import find_layouts, with_headers
from communitycheck.returns.layout.tidy_layout import tidy_layout
from communitycheck.returns.table.assemble import TableReading, assemble
from communitycheck.returns.table.example_sheets import reports, set_aside
from communitycheck.returns.table.forms import states_known_figures
from communitycheck.returns.table.join import join_sheets
from communitycheck.returns.table.refused import Lost, mark_lost
from communitycheck.returns.table.shared_figures import share_figures
from communitycheck.returns.table.stated_counts import serial_gaps, stated_in_words, wrong_words
from communitycheck.returns.table.stated_parts import wrong_parts


def read_return(
    path: str | Path,
    dictionary: Dictionary,
    *,
    mapping: Mapping | str | Path | None = None,
    display: str | None = None,
) -> Return:
    """Read one file, no archive, or one sheet of it (``FILE::SHEET``), or the tables behind the URL of a database.

    Args:
        mapping: which rows are headers and which columns are fields, or the file that says so.
        display: the path to show in messages; default: ``path`` as given.

    Raises:
        ReturnError: the file cannot be opened, or none of its sheets holds a table with data.
        QuestionError: two columns may both be one field, or one column may be two.
        UsageError: the mapping file is missing or wrong.
    """
    loaded = loaded_mapping(mapping, dictionary)
    return build(_opened(path, display), dictionary, loaded)


def _opened(path: str | Path, display: str | None) -> Opened:
    """The file, the sheet of it that ``FILE::SHEET`` names, or the tables behind a URL."""
    whole = display is not None or is_url(str(path)) or Path(path).exists()
    named = () if whole else divided(str(path))
    for file, sheet in named:
        if Path(file).is_file():
            return open_file(file, sheets=(sheet,))
    return open_file(path, display=display)


def loaded_mapping(mapping: Mapping | str | Path | None, dictionary: Dictionary) -> Mapping | None:
    """The mapping, loaded where a file is given."""
    return load_mapping(mapping, dictionary) if isinstance(mapping, str | Path) else mapping


def build(
    opened: Opened, dictionary: Dictionary, mapping: Mapping | None = None, told: list[ReturnError] | None = None
) -> Return:
    """The return that an opened file holds. Raises like ``read_return``.

    Args:
        told: given, what keeps the file from being judged is put here instead of being raised, where there is
            something to show all the same: a question about columns, which are left out, and that no record stands
            below the headers or beside the labels.
    """
    names = field_names(dictionary)
    result = _begun(opened)
    with_key = _row_namer(opened.grids)
    grids, opened.grids = opened.grids, []  # each grid is let go once it is read: it may be large
    refusals: list[str] = []
    waiting: list[tuple[Sheet, list[int], Lost]] = []
    tables_read: list[Table] = []
    reporting = any(not is_aside(grid) for grid in grids)
    others = any(not is_aside(grid) and reports(grid.sheet) for grid in grids)
    claims: list[tuple[Notice, int]] = []
    while grids:
        grid = grids.pop(0)
        tables = mapping.of(grid.path, grid.sheet) if mapping else ()
        named = mapping is not None and mapping.names(grid.path, grid.sheet)
        if (reporting and not named and is_aside(grid)) or is_our_list(grid):
            result.sheets.append(_unread(grid, "our-list" if is_our_list(grid) else "guidance"))
            continue
        given = () if grid.hidden and not named else _with_known_header(grid, tables)
        layouts = _layouts(grid, names, given)
        begin = len(result.sheets)
        if not layouts:
            result.sheets.append(_without_table(grid, names, refusals))
        said: set[tuple[str, Address, str]] = set()
        for layout in layouts:
            if layout.first_row is None and layout.empty:
                refusals.append(layout.empty)
            reading = _assembled(layout, names, given_for(layout, layouts, given), told)
            if not named:
                set_aside(reading, others)
            result.sheets.append(reading.sheet)
            result.notices += _not_said_before(reading, layout, said)
            if reading.table is None or not len(reading.table):
                reading.sheet.not_read = reading.sheet.not_read or reading.notices[-1].code
                if reading.elsewhere is not None:
                    waiting.append((reading.sheet, *reading.elsewhere))
            else:
                tables_read.append(reading.table)
        if not grid.hidden:
            result.notices += _counted(grid, layouts, result.sheets[begin:], claims)
    result.notices += mark_lost(waiting, tables_read, result.sheets)
    _share_period_and_titles(result.sheets)
    share_figures(tables_read)
    once = [table for table in tables_read if not table.sheets[0].further_year]
    result.notices += [*wrong_words(claims, once), *wrong_parts(once)]
    result.tables, joined = join_sheets(tables_read)
    result.notices = [with_key(notice) for notice in (*result.notices, *joined)]
    mask(result)
    _refuse_what_reports_nothing(result, refusals, told)
    return result


def _without_table(grid: Grid, names: FieldNames, refusals: list[str]) -> Sheet:
    form = states_known_figures(grid, range(grid.n_rows), names)
    refusals += [FILLED_FORM] if form else []
    return Sheet(grid.path, grid.sheet, hidden=grid.hidden, not_read=FILLED_FORM if form else "no-table")


def _not_said_before(reading: TableReading, layout: Layout, said: set[tuple[str, Address, str]]) -> list[Notice]:
    """The notices of a table; what its rows give rise to is not said again for each year that has columns in them."""
    again = said if layout.further_year and reading.table is not None else ()
    notices = [one for one in reading.notices if (one.code, one.at, one.text) not in again]
    said |= {(one.code, one.at, one.text) for one in notices}
    return notices


def _refuse_what_reports_nothing(read: Return, refusals: list[str], told: list[ReturnError] | None) -> None:
    """Raise why there is nothing to judge; tell it alone where columns can be shown."""
    if not read.tables and any(sheet.not_read == "example-sheet" for sheet in read.sheets):
        error = ReturnError("only-an-example", path=read.path)
    elif not any(sheet.first_row is not None for sheet in read.sheets):
        error = ReturnError(refusals[0] if refusals else "no-table", path=read.path)
    else:
        return
    if told is None or not any(sheet.columns for sheet in read.sheets):
        raise error
    told.append(error)


def _begun(opened: Opened) -> Return:
    """The return, of which nothing but what was left out is known yet."""
    left = [Sheet(opened.path, name, not_read=why) for name, why in opened.left_out]
    notices = [*opened.notices, *_about_views(left)]
    return Return(opened.path, opened.sha256, opened.format, left, [], notices, opened.encoding)


def _row_namer(grids: list[Grid]) -> Callable[[Notice], Notice]:
    """What names the row that a notice is about by its key, where it is one of a table of a database."""
    if all(grid.row_keys is None for grid in grids):
        return lambda notice: notice
    from communitycheck.returns.row_keys import unmasked_keys, with_row_key  # which few returns need

    keys = {grid.sheet: row_keys for grid in grids if (row_keys := unmasked_keys(grid)) is not None}
    return lambda notice: with_row_key(notice, keys)


def _unread(grid: Grid, why: str) -> Sheet:
    return Sheet(grid.path, grid.sheet, hidden=grid.hidden, not_read=why)


def _with_known_header(grid: Grid, tables: tuple[TableMapping, ...]) -> tuple[TableMapping, ...]:
    """What is given of a grid; of a table of a database the first row has the names, whatever they look like."""
    if grid.row_keys is None:
        return tables
    return tuple(replace(one, header_rows=one.header_rows or (1,)) for one in tables or (TableMapping(),))


def _about_views(sheets: list[Sheet]) -> list[Notice]:
    """One notice of the views of a database that nobody asked for."""
    names = [sheet.name for sheet in sheets if sheet.not_read == "view"]
    if not names:
        return []
    values = {"count": len(names), "names": listed(names)}
    return [Notice("views-not-read", Address(sheets[0].path), values=values, level="info")]


def _counted(grid: Grid, layouts: list[Layout], sheets: list[Sheet], claims: list[tuple[Notice, int]]) -> list[Notice]:
    """Notices about the rows of a sheet and the numbers that its records bear; what it says of how many there are is
    put to the ``claims``."""
    notices = count_rows(grid, layouts, sheets)
    judged = [one for one, sheet in zip(layouts, sheets, strict=False) if not (sheet.not_read or one.further_year)]
    claims += stated_in_words(grid, judged)
    return notices + serial_gaps(grid, judged)


def _layouts(grid: Grid, names: FieldNames, tables: Sequence[TableMapping]) -> list[Layout]:
    """The tables of a sheet, with the headers that the mapping gives where it finds others."""
    if grid.tidy:
        layout = tidy_layout(grid)
        return by_year(layout, names, settled_columns(layout, tables))
    found = with_headers(grid, find_layouts(grid), [one.header_rows for one in tables if one.header_rows])
    labelled = [_by_its_labels(layout, names) for layout in found]
    return [one for layout in labelled for one in by_year(layout, names, settled_columns(layout, tables))]


def _by_its_labels(layout: Layout, names: FieldNames) -> Layout:
    """What the names of the fields tell about a layout: a form is no table, and a transposed table is set upright."""
    pairs = form(layout, names)
    turned = pairs or transposed(layout, names)
    if not isinstance(turned, str):
        return turned or layout
    layout.empty, layout.first_row, layout.last_row = turned, None, None
    layout.labels = form_labels(layout, names, pairs=pairs is not None)
    if turned == BLANK_FORM:
        layout.data_rows = layout.data_rows[:0]
    return layout


def _assembled(layout: Layout, names: FieldNames, given: Given | None, told: list[ReturnError] | None) -> TableReading:
    """One table, read; where questions are told, without the columns that they are about."""
    while True:
        try:
            reading = assemble(layout, names, given)
        except QuestionError as question:
            if told is None:
                raise
            told.append(question)
            given = without(given, question.columns, layout)
        else:
            if told is not None:
                told += reading.questions
            return reading


def _share_period_and_titles(sheets: list[Sheet]) -> None:
    """A sheet that states no period or has no title takes them from the other sheets of its file."""
    periods = {(sheet.period, sheet.period_months) for sheet in sheets if sheet.period is not None}
    titles = list(dict.fromkeys(title for sheet in sheets for title in sheet.titles))
    for sheet in sheets:
        if sheet.period is None and len({day for day, _ in periods}) == 1 and sheet.records:
            sheet.period, sheet.period_months = max(periods)
        if not sheet.titles and titles:
            sheet.region_text = " ".join((sheet.region_text, *titles))
