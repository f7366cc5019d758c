"""A column for each year: 2019年, 2020年 over the figures of one indicator, or 床位数/2019年 and 床位数/2020年.

Each year is read as a table of its own that lies in the same rows and is of that period, so that a year's figures are
past, compared and followed like those of a return of that year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import PurePath

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.periods import one_period
from communitycheck.returns.cells.stated_period import find_period
from communitycheck.returns.cells.stated_place import is_place
from communitycheck.returns.columns.headers.header import levels_of, parse_header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.columns.stated_indicator import stated_indicator
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.layout import Layout, LayoutColumn
from communitycheck.returns.layout.transpose import MOST_ROWS, transpose

_Y = r"(?P<year>(?:19|20)[0-9]{2})"
_A_YEAR = pattern(rf"(?P<period>{_Y}(?:\.0)?(?:年[度末底]?)?)(?:(?:实际|实有|完成)?[数值]?)")
_BEFORE = pattern(rf"(?P<period>{_Y}年[度末底]?)(?=.{{2}})")
_IN_BRACKETS = pattern(rf"\((?P<period>{_Y}年?[度末底]?)\)")
# Fewer years of one table are no series.
_LEAST = 2


class DatedColumn(Struct, frozen=True):
    """A column, the last day and the length in months (0: the state at the end) of the year that its header states, and
    what the header says besides, which is nothing where the year is all."""

    column: LayoutColumn
    day: date
    months: int
    rest: str


def by_year(layout: Layout, names: FieldNames, mapped: Mapping[int, str | None] | None = None) -> list[Layout]:
    """A layout for each year that has a column of figures; the one given where its columns are no years, or where not
    all of its figures are of one. Columns headed by a year alone are then named in it: they are a question.

    Args:
        mapped: columns of the grid of which a mapping says what they are, with the field; None is none.
    """
    if not len(layout.data_rows):
        return [layout]
    mapped = mapped or {}
    given = {index for index, key in mapped.items() if key is not None}
    upright = _years_across(layout, names) or layout
    told = [column for column in upright.columns if mapped.get(column.index, "") is not None]
    dated = [found for column in told if (found := _dated(column)) is not None]
    if len({one.day for one in dated}) < _LEAST:
        return [layout]
    years = {one.column.index for one in dated}
    undated = [one.header for one in told if one.index not in years and _is_fact(_fields(one, names, mapped))]
    bare = [one for one in dated if not one.rest]
    indicator = stated_indicator(layout, names) if bare else ""
    named = not bare or bool(indicator) or len({one.column.index for one in bare} & given) >= _LEAST
    if named and not undated and _a_series(dated, given) and not _may_be_planned(layout, dated):
        dated = [_without_year(one, one.rest or indicator) for one in dated]
        if any(_is_fact(_fields(one.column, names, mapped)) for one in dated):
            return _apart(upright, [column for column in upright.columns if column.index not in years], dated)
    _set_aside(layout, [one for one in bare if one.column.index not in given], undated if named else [])
    return [layout]


def _a_series(dated: list[DatedColumn], mapped: Collection[int]) -> bool:
    """One indicator of several years, and none twice of one, or columns that a mapping gives a meaning: households of
    2016 beside areas of 2022 are two figures of one table, of which nobody knows whether they go together."""
    indicators = [parse_header(one.rest).levels or one.rest for one in dated]  # each column may have its own unit
    once = len({(one.day, indicator) for one, indicator in zip(dated, indicators, strict=True)}) == len(dated)
    return once and (
        len(set(indicators)) < len(indicators) or sum(one.column.index in mapped for one in dated) >= _LEAST
    )


def _may_be_planned(layout: Layout, dated: list[DatedColumn]) -> bool:
    """The return states an earlier period than the latest of its years."""
    period = find_period(layout.titles, [layout.grid.sheet, PurePath(layout.grid.path).stem])
    return period is not None and period < max(one.day for one in dated)


def _set_aside(layout: Layout, bare: list[DatedColumn], undated: list[str]) -> None:
    """Note the columns of years that hold figures of which nobody knows what they are."""
    held = {one.column.index: one.day.year for one in bare if _holds_something(layout, one.column.index)}
    if len(held) >= _LEAST:
        layout.years_aside, layout.years_beside = held, undated


def _apart(layout: Layout, others: list[LayoutColumn], dated: list[DatedColumn]) -> list[Layout]:
    found: list[Layout] = []
    blank: list[str] = []
    all_years = {one.day.year for one in dated}
    for day in dict.fromkeys(one.day for one in dated):
        own = [one for one in dated if one.day == day]
        if not any(_holds_something(layout, one.column.index) for one in own):
            blank.append(f"{day.year}")
            continue
        indexes = {one.column.index for one in own} | {column.index for column in others}
        found.append(
            replace(
                layout,
                columns=sorted((*others, *(one.column for one in own)), key=lambda column: column.index),
                period=day,
                period_months=max(one.months for one in own),
                further_year=bool(found),
                other_years=frozenset(all_years - {day.year}),
                false_claims=[claim for claim in layout.false_claims if claim.column in indexes],
            )
        )
    if not found:
        return [layout]
    found[0].blank_years = blank
    return found


def year_of_header(header: str) -> date | None:
    """The last day of the one year that a header states for its figures."""
    found = _dated(LayoutColumn(0, header))
    return None if found is None else found.day


def _dated(column: LayoutColumn) -> DatedColumn | None:
    """The column with its year; None where its header states none, or more than one."""
    stated: list[str] = []
    rest: list[str] = []
    for level in map(plain, levels_of(column.header)):
        found = _A_YEAR.fullmatch(level) or _BEFORE.match(level) or _IN_BRACKETS.search(level)
        if found is not None:
            stated.append(found["period"].removesuffix(".0"))
            level = level[: found.start()] + level[found.end() :]
        rest += [level] if level else []
    period = one_period(stated[0] if "年" in stated[0] else f"{stated[0]}年") if len(stated) == 1 else None
    if period is None or period.last is None:
        return None
    return DatedColumn(column, period.last, period.months, "/".join(rest))


def _without_year(one: DatedColumn, header: str) -> DatedColumn:
    """The year is the period of the table: a column headed by it is no field that is named for a year."""
    return replace(one, column=replace(one.column, header=header)) if header else one


def _fields(column: LayoutColumn, names: FieldNames, mapped: Mapping[int, str | None]) -> list[Field]:
    """What a column may be: the field that a mapping says, else those that its header means."""
    given = mapped.get(column.index)
    keys = [given] if given is not None else [one.key for one in candidates(parse_header(column.header), names)]
    return [names.fields[key] for key in keys]


def _is_fact(fields: Iterable[Field]) -> bool:
    """A figure, a yes or no or a list, which change from year to year; neither a subject nor what it is of."""
    return any(one.role is None and (one.is_number or one.type == "items") for one in fields)


def _holds_something(layout: Layout, column: int) -> bool:
    texts = layout.grid.columns[column].take(layout.data_rows).to_pylist()
    return any(text and text.strip() for text in texts)


def _years_across(layout: Layout, names: FieldNames) -> Layout | None:
    """The table set upright where its rows are years and its columns places; None where it is no such table."""
    if layout.transposed or not layout.header_rows or len(layout.data_rows) > MOST_ROWS:
        return None
    first, *places = layout.columns
    rows = layout.data_rows
    labels = [plain(text or "") for text in layout.grid.columns[first.index].take(rows).to_pylist()]
    if len(set(labels)) < max(_LEAST, len(labels)) or not all(_A_YEAR.fullmatch(text) for text in labels):
        return None
    headed = [column for column in places if plain(column.header)]
    named = [column.index for column in headed if is_place(column.header.rsplit("/", 1)[-1])]
    if len(named) < _LEAST or len(named) * 5 < len(headed) * 3:
        return None
    years = dict(zip(np.asarray(rows).tolist(), labels, strict=True))
    lead = first.header if _is_name(first.header, names) else "名称"
    return transpose(layout, years, named, lead)


def _is_name(header: str, names: FieldNames) -> bool:
    return any(names.fields[one.key].role in ("name", "region") for one in candidates(parse_header(header), names))
