"""Columns that no column of the sheet gives: places named by group rows, and names of periods."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.entity import PERIOD_NAME
from communitycheck.model.places.place_names import CITY_CHARACTERS
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Column
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.stated_place import stated_place, stated_street
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.entity import LEVELS, level_of_labels
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.layout.layout import Layout

_NUMBERED = pattern(r"^\s*[一二三四五六七八九十]+[、.．]\s*")


def add_place_of_block(
    layout: Layout, entity: str | None, columns: dict[str, Column], records: int, names: FieldNames
) -> None:
    """The title over one of several blocks places its records: 东街道 over the one, 西街道 over the other."""
    place = stated_place([layout.own_title]) if layout.own_title is not None else None
    if place is None or entity not in LEVELS:
        return
    for level, name in place.names:
        if LEVELS.index(level) > LEVELS.index(entity):
            _add_place(level, name, columns, records, names)


def add_street_of_titles(
    layout: Layout, entity: str | None, columns: dict[str, Column], records: int, names: FieldNames
) -> None:
    """The street that the titles, the sheet or the file name holds for communities of which no column says any."""
    if entity not in ("community", "estate") or "street" in columns:
        return
    street = stated_street(layout.titles, (layout.grid.sheet, PurePath(layout.grid.path).stem))
    if street:
        _add_place("street", street, columns, records, names)


def _add_place(level: str, name: str, columns: dict[str, Column], records: int, names: FieldNames) -> None:
    if level not in columns and level in names.fields:
        columns[level] = cast(names.fields[level], pa.repeat(pa.scalar(name, pa.string()), records), Scale())[0]


def add_group_column(layout: Layout, columns: dict[str, Column], names: FieldNames) -> None:
    """Group rows such as 和平区（12个） place the records below them, where no column does."""
    if layout.group_labels is None:
        return
    labels = layout.group_labels
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


def add_period_names(found: Assignment, columns: dict[str, Column], sheet: Sheet) -> None:
    """Where the records are periods: each is named by its sheet and the period as written; the last one dates it."""
    chosen = found.fields.get("period")
    if found.entity != "period" or chosen is None or "period" not in columns:
        return
    written = chosen.column.cells.to_pylist()
    named = [" ".join(part for part in (sheet.name, text.strip()) if part) if text else None for text in written]
    key = PERIOD_NAME
    columns[key] = Column(key, text=pa.array(named, pa.string()))
    stated = [day for day in columns["period"].coded().names if day]
    sheet.period = max(map(date.fromisoformat, stated)) if stated else sheet.period


def one_period(columns: dict[str, Column]) -> date | None:
    """The period that all records state."""
    column = columns.get("period")
    if column is None:
        return None
    coded = column.coded()
    stated = np.unique(coded.codes[coded.codes >= 0])
    return date.fromisoformat(coded.names[int(stated[0])]) if len(stated) == 1 else None
