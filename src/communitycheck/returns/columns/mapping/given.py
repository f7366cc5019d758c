"""A table read by what a mapping says of it.

The table is read as if there were no mapping, and only where that differs from what is said does the mapping decide:
one that nobody edited changes nothing, and one column that was corrected leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.address import column_number
from communitycheck.model.returns import FIGURES_OF_NO_YEAR
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.mapping.mapping import MappedColumn, TableMapping
from communitycheck.returns.columns.meaning.assign import Assignment, assign
from communitycheck.returns.columns.meaning.choose import Chosen, TablePlace, shown
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.raw_columns import CellsOf
from communitycheck.returns.layout.layout import Layout, LayoutColumn


class Given(Struct, frozen=True):
    """What a mapping says about one table: column of the grid -> field, None for none, and -> unit where it states one.
    ``notes`` say what of it was not used, or elsewhere than it says, because headers are no longer what they were."""

    entity: str | None = None
    columns: dict[int, str | None] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    notes: list[tuple[int, Finding]] = field(default_factory=list)


def given_for(layout: Layout, layouts: Sequence[Layout], tables: Sequence[TableMapping]) -> Given | None:
    """What the entries of a sheet say about one of its tables; None where none is about it."""
    rows = tuple((layout.source or layout).header_rows)
    about = [one for one in tables if not one.header_rows or one.header_rows == rows]
    own = {column.index for column in layout.columns}
    best = max(about, key=lambda one: len(own & set(_by_index(one, layout))), default=None)
    if best is None:
        return None
    columns = _by_index(best, layout)
    elsewhere = {column.index for other in layouts if other is not layout for column in other.columns} - own
    if columns and not own & set(columns) and elsewhere & set(columns):
        return None  # it is about the panel beside this one
    given = _verified(best, {index: at for index, at in columns.items() if index not in elsewhere}, layout)
    # The number of a row for a table that stands upright, or the letter of a column for one that does not.
    strange = [at for at in best.columns if at not in columns.values()]
    given.notes.extend((layout.columns[0].index, _missing(best.columns[at], at)) for at in strange)
    return given


def settled_columns(layout: Layout, tables: Sequence[TableMapping]) -> dict[int, str | None]:
    """The columns of the grid of which the entries of a sheet say what field they are, with it; None is no field."""
    rows = tuple((layout.source or layout).header_rows)
    about = [one for one in tables if not one.header_rows or one.header_rows == rows]
    return {i: one.columns[at].field for one in about for i, at in _by_index(one, layout).items()}


def _by_index(table: TableMapping, layout: Layout) -> dict[int, str]:
    """The entry's columns: index in the grid (of a transposed table, of its rows) -> as they are written."""
    turned = layout.grid.transposed_from is not None
    return {_index(at, layout): at for at in table.columns if at.isdigit() == turned}


def _index(at: str, layout: Layout) -> int:
    turned = layout.grid.transposed_from
    return column_number(at) - 1 if turned is None else int(at) - 1 - turned[0]


def _verified(table: TableMapping, columns: dict[int, str], layout: Layout) -> Given:
    """The entry with each column held against its header: one that moved is followed, one that is gone is not used."""
    headers = {column.index: column.header for column in layout.columns}
    given = Given(table.entity)
    for index, at in columns.items():
        mapped, found = table.columns[at], shown(headers.get(index, ""))
        place = index if index in headers and (not mapped.header or _same(mapped.header, found)) else -1
        if place < 0:
            same = [i for i, text in headers.items() if mapped.header and _levels(text) == _levels(mapped.header)]
            place = same[0] if len(same) == 1 else -1
            values = {"column": at, "header": mapped.header, "found": found}
            if place >= 0:
                note = Finding(-1, "mapping-column-moved", mapped.header, values, "info")
            elif index in headers:
                note = Finding(-1, "mapping-header-differs", mapped.header, values, "warning")
            else:
                note = _missing(mapped, at)
            given.notes.append((index if place < 0 else place, note))
        if place >= 0:
            given.columns[place] = mapped.field
            if mapped.unit:
                given.units[place] = mapped.unit
    return given


def _missing(mapped: MappedColumn, at: str) -> Finding:
    values = {"column": at, "header": mapped.header}
    return Finding(-1, "mapping-column-missing", mapped.header, values, "warning")


def without(given: Given | None, columns: Sequence[str], layout: Layout) -> Given:
    """The same, but with no field for columns that raised a question."""
    known = given or Given()
    return replace(known, columns={**known.columns, **{_index(at, layout): None for at in columns}})


def _levels(header: str) -> list[str]:
    return [normal(level) for level in shown(header).split("/")]


def _same(written: str, found: str) -> bool:
    """True for one header, also where one of the two has levels before or after that the other has not."""
    short, long = sorted((_levels(written), _levels(found)), key=len)
    return bool(found) and short in (long[: len(short)], long[len(long) - len(short) :])


def assign_given(
    columns: list[LayoutColumn],
    cells: CellsOf,
    names: FieldNames,
    place: TablePlace,
    given: Given | None,
    *,
    days_in_year: int = 365,
) -> Assignment:
    """The field of every column, as ``assign`` finds it where the mapping does not say otherwise.

    Raises:
        QuestionError: what can be read two ways and the mapping does not settle.
    """
    if given is None:
        return assign(columns, cells, names, place, days_in_year=days_in_year)
    index_of = {place.column(column.index): column.index for column in columns}
    pinned: dict[int, str | None] = {index: given.columns[index] for index in given.units}
    named: Chosen | None = None
    while True:
        left = {index: key for index, key in given.columns.items() if index not in pinned}
        try:
            found = assign(
                columns,
                cells,
                names,
                place,
                given=pinned,
                units=given.units,
                entity=given.entity,
                days_in_year=days_in_year,
            )
        except QuestionError as question:
            asked = {index_of.get(at) for at in question.columns}
            answered = {index: key for index, key in left.items() if index in asked}
            if not answered:
                raise
        else:
            name = found.fields.get(names.entity(found.entity).name_field)
            named = named or name
            answered = {index: key for index, key in left.items() if not _agrees(found, place.column(index), key)}
            if not answered:
                if name is None and named is not None and found.columns:
                    _nameless(named, place)
                found.notes = [*_still_asked(found, given, index_of), *given.notes]
                no = {place.column(index) for index, key in given.columns.items() if key is None}
                found.columns = [replace(c, resembles=()) if c.column in no else c for c in found.columns]
                return found
        pinned |= answered


def _still_asked(found: Assignment, given: Given, index_of: Mapping[str, int]) -> list[tuple[int, Finding]]:
    """What is said of columns, without the question of which year figures are where the mapping settles what each of
    those is that state one."""
    return [
        (index, one)
        for index, one in found.notes
        if one.code != FIGURES_OF_NO_YEAR or any(index_of[at] not in given.columns for at in one.values["dated"])
    ]


def _nameless(named: Chosen, place: TablePlace) -> None:
    """Records that nobody can name are not judged."""
    column, header = place.column(named.column.index), shown(named.column.text)
    raise ReturnError("mapping-no-name", path=place.path, sheet=place.sheet or None, column=column, header=header)


def _agrees(found: Assignment, at: str, key: str | None) -> bool:
    fields = [column.field for column in found.columns if column.column == at]
    return key in fields or not fields
