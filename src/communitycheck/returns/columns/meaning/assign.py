"""Which column of a table carries which field."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import msgspec
from msgspec.structs import replace

from communitycheck.model.sheet import SheetColumn
from communitycheck.model.units import canonical
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.columns.headers.units import UnitLine, read_unit_line
from communitycheck.returns.columns.meaning.choose import (
    Chosen,
    TablePlace,
    choose,
    field_of,
    fitting_candidates,
    scale_of_column,
    shown,
)
from communitycheck.returns.columns.meaning.entity import entity_of
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.finer_records import parts_of
from communitycheck.returns.columns.meaning.match import similar
from communitycheck.returns.columns.meaning.numbered_names import without_numbers
from communitycheck.returns.columns.meaning.other_years import other_years
from communitycheck.returns.columns.meaning.raw_columns import CellsOf, RawColumn, naming_cells, raw_columns
from communitycheck.returns.columns.meaning.repeated_names import slips
from communitycheck.returns.columns.meaning.resembling import coded_kinds, resembling
from communitycheck.returns.columns.meaning.year_columns import (
    may_be_part_of_year,
    may_be_period,
    with_parts_of_years,
    years_in,
)
from communitycheck.returns.layout.layout import LayoutColumn
from communitycheck.returns.text_columns import TextArray


class Assignment(msgspec.Struct):
    """Which column of a table carries which field.

    ``columns`` are all of them, as ``inspect`` lists them; ``notes`` are (column index, finding about its header);
    ``wholes`` are the subjects of which the records are parts, where they are.
    """

    entity: str | None
    fields: dict[str, Chosen] = msgspec.field(default_factory=dict)
    columns: list[SheetColumn] = msgspec.field(default_factory=list)
    notes: list[tuple[int, Finding]] = msgspec.field(default_factory=list)
    wholes: TextArray | None = None

    def say(self, column: RawColumn, code: str, values: dict[str, Any]) -> None:
        """Note how a column was taken, for information."""
        self.notes.append((column.index, Finding(-1, code, column.text, values, "info")))


def assign(
    columns: list[LayoutColumn],
    cells: CellsOf,
    names: FieldNames,
    place: TablePlace,
    *,
    given: Mapping[int, str | None] | None = None,
    units: Mapping[int, str] | None = None,
    entity: str | None = None,
    days_in_year: int = 365,
) -> Assignment:
    """Find the field of every column. What can be read two ways is asked, never guessed.

    Args:
        given: what the mapping says: column of the grid -> field key, None for "no field".
        units: of columns for which the mapping states one.
        entity: what the records are, where the mapping says so.

    Raises:
        QuestionError: ``two-columns-one-field`` or ``one-column-two-fields``.
    """
    result = Assignment(entity)
    raw = _with_whole_periods(raw_columns(columns, cells, names, given or {}, units or {}), result, names)
    if entity is None:
        possible = [(c.name, names.fields[c.key]) for column in raw for c in column.candidates]
        entity = entity_of(naming_cells(raw, names), possible, place.sheet, list(place.titles), names.entities)
        result.entity = entity = _unless_finer(result, raw, names, entity)
    _say_of_cells(result, raw, names)
    own = names.entity(entity).name_field
    named = any(own == c.key and c.confidence == 1.0 for column in raw for c in column.candidates)
    caption = read_unit_line(place.unit_line)
    for i, column in enumerate(raw):
        raw[i], misfits = fitting_candidates(column, names, entity, caption, named=named)
        result.notes += [(column.index, misfit) for misfit in misfits]
    raw, told = other_years(raw, names, place)
    result.notes += told
    carriers: dict[str, list[RawColumn]] = {}
    for column in raw:
        if column.candidates:
            carriers.setdefault(field_of(column, names, place), []).append(column)
    for key, several in carriers.items():
        field = names.fields[key]
        scales = [scale_of_column(field, column, caption, days_in_year, names) for column in several]
        chosen, passed_over = choose(field, several, scales, place, named=names.names_subjects(key))
        result.fields[key] = chosen
        for other in passed_over:
            values = {"field": field.label, "other": place.column(chosen.column.index)}
            result.say(other, place.code("column-passed-over"), values)
            written = slips(chosen.column, other) if names.names_subjects(key) and not chosen.column.given else None
            for one, two in written or ():
                finding = Finding(-1, "name-written-twice", two, {"name": one, "other": values["other"]})
                result.notes.append((other.index, finding))
    _share_columns(result, names, caption, days_in_year)
    _without_numbers(result, names)
    _say_of_answers(result, raw)
    result.columns = _listed(raw, result, names, place)
    _ask_of_years(raw, result, names, place)
    _say_similar(raw, result, names)
    return result


def _with_whole_periods(raw: list[RawColumn], result: Assignment, names: FieldNames) -> list[RawColumn]:
    raw, joined = with_parts_of_years(raw, names)
    if joined is not None:
        result.say(joined[1], "periods-in-two-columns", {"other": joined[0].text})
    return raw


def _unless_finer(result: Assignment, raw: list[RawColumn], names: FieldNames, entity: str | None) -> str | None:
    """What the records are; None where each tells of a part of the subject that it names, which is said."""
    parts = parts_of(raw, names, entity)
    if parts is None or entity is None:
        return entity
    result.wholes = parts.whole.cells
    values = {"level": names.fields[names.entity(entity).name_field].label}
    result.notes.append((parts.column.index, Finding(-1, "records-finer", parts.column.text, values)))
    return None


def _say_of_cells(result: Assignment, raw: list[RawColumn], names: FieldNames) -> None:
    """What the cells of a column say against its header: several units, values of another kind."""
    for column in raw:
        if column.units:
            units = {"units": "、".join(column.units)}
            result.notes.append((column.index, Finding(-1, "units-differ", column.text, units)))
        if column.unlike and not column.candidates:
            result.say(column, "column-values-unlike", {"field": names.fields[column.unlike[0]].label})


def _say_of_answers(result: Assignment, raw: list[RawColumn]) -> None:
    for column, other in pairwise(raw):
        if column.answer:
            result.say(column, "columns-answer-together", {"other": other.text})


def _without_numbers(result: Assignment, names: FieldNames) -> None:
    """Names of subjects lose the number of their row, by which other returns would not know them."""
    key = names.entity(result.entity).name_field
    chosen = result.fields.get(key)
    bare = without_numbers(chosen.column.cells) if chosen is not None else None
    if chosen is not None and bare is not None:
        result.fields[key] = replace(chosen, column=replace(chosen.column, cells=bare, changed=True))
        result.say(chosen.column, "names-numbered", {})


def _share_columns(result: Assignment, names: FieldNames, caption: UnitLine, days_in_year: int) -> None:
    """Fields that are read from the column of another one, where no column of their own was found; also those of the
    dictionary whose heading a standard's own field has."""
    for key, chosen in [(key, one) for key, one in result.fields.items() if key in names.own]:
        own = names.fields[key]
        for other in chosen.column.candidates:
            field = names.fields[other.key]
            alike = (field.type, field.dimension, field.role) == (own.type, own.dimension, own.role)
            if other.key not in result.fields and other.confidence == 1.0 and alike:
                scale = scale_of_column(field, chosen.column, caption, days_in_year, names)
                result.fields[other.key] = Chosen(chosen.column, other.confidence, scale)
    for key, field in names.fields.items():
        host = result.fields.get(field.same_column or "")
        allowed = not field.entities or result.entity is None or result.entity in field.entities
        if key not in result.fields and host is not None and allowed:
            scale = scale_of_column(field, host.column, caption, days_in_year, names)
            result.fields[key] = Chosen(host.column, host.confidence, scale)


def _listed(raw: list[RawColumn], result: Assignment, names: FieldNames, place: TablePlace) -> list[SheetColumn]:
    """Every column for ``inspect``, in order; one that answers two questions is listed twice."""
    listed = []
    for column in raw:
        letter, header = place.column(column.index), shown(column.text)
        own = [(key, c) for key, c in result.fields.items() if c.column.index == column.index]
        for key, chosen in own:
            field = names.fields[key]
            coded = field.type == "code" and field.role is None and not column.given
            near = coded_kinds(column.cells, names) if coded else ()
            printed = None if field.declared == "ratio" else field.unit or None
            one = SheetColumn(letter, header, key, printed, chosen.scale.factor, chosen.confidence, near)
            listed.append(replace(one, given_unit=column.given_unit))
        if not own:
            stated = column.header.unit
            unit = canonical(stated.dimension) if stated is not None else None
            factor = float(stated.factor) if stated is not None else 1.0
            near = column.refused or resembling(column, names, result.entity)
            listed.append(SheetColumn(letter, header, None, unit, factor, resembles=near, misfit=column.misfit))
    return listed


def _ask_of_years(raw: list[RawColumn], result: Assignment, names: FieldNames, place: TablePlace) -> None:
    """Columns that may say of which year each record is, where none is known to."""
    chosen = [(names.fields[key].role, c.column) for key, c in result.fields.items()]
    period = next((key for key, field in names.fields.items() if field.role == "period"), None)
    if period is None:
        return
    used = {column.index for _, column in chosen}
    named = [column for role, column in chosen if role in ("name", "region")]
    known = result.fields.get(period)
    asked = [
        column
        for column in raw
        if column.index not in used
        and (may_be_part_of_year(column, known.column, named) if known else may_be_period(column, named))
    ]
    letters = {place.column(column.index) for column in asked}
    result.columns = [replace(c, resembles=(period,)) if c.column in letters else c for c in result.columns]
    found = ((column, {"years": years_in(column)}) for column in asked)
    result.notes += [(column.index, Finding(-1, "column-of-years", column.text, values)) for column, values in found]


def _say_similar(raw: list[RawColumn], result: Assignment, names: FieldNames) -> None:
    """What was matched by likeness, and what came close."""
    for key, chosen in result.fields.items():
        if chosen.confidence < 1.0 and names.fields[key].same_column not in result.fields:
            values = {"field": names.fields[key].label, "confidence": f"{chosen.confidence:.0%}"}
            result.say(chosen.column, "column-by-likeness", values)
    used = {c.column.index for c in result.fields.values()}
    noted = {index for index, _ in result.notes}
    for column in raw:
        if column.index not in used | noted and not (column.given or column.candidates or column.answer is False):
            near = similar(column.header, names)
            if result.entity is not None and _of_another_level(column, result.entity, names):
                level = names.fields[names.entity(result.entity).name_field].label
                result.say(column, "column-of-another-level", {"level": level})
            elif near:
                result.say(column, "column-similar", {"name": near})


def _of_another_level(column: RawColumn, entity: str, names: FieldNames) -> bool:
    """The header is the very name of figures, none of which subjects of this level have."""
    meant = [names.fields[key].entities for key in names.exact.get("".join(column.header.bare), ())]
    return bool(meant) and all(entities and entity not in entities for entities in meant)
