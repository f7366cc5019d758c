"""A column for each year: 2019年, 2020年 over the figures of one indicator, or 床位数/2019年 and 床位数/2020年.

Each year is read as a table of its own that lies in the same rows and is of that period, so that a year's figures are
past, compared and followed like those of a return of that year.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

import numpy as np

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


@dataclass(frozen=True, slots=True)
class DatedColumn:
    """A column, the last day and the length in months (0: the state at the end) of the year that its header states, and
    what the header says besides, which is nothing where the year is all."""

    column: LayoutColumn
    day: date
    months: int
    rest: str


def by_year(layout: Layout, names: FieldNames, mapped: Collection[int] = ()) -> list[Layout]:
    """A layout for each year that has a column of figures; the one given where its columns are no years, or where not
    all of its figures are of one.

    Args:
        mapped: columns of the grid of which a mapping says what they are.
    """
    if not len(layout.data_rows):
        return [layout]
    upright = _years_across(layout, names) or layout
    dated = [found for column in upright.columns if (found := _dated(column)) is not None]
    days = {one.day for one in dated}
    if len(days) < _LEAST or len({(one.day, one.rest) for one in dated}) < len(dated):
        return [layout]
    if not _a_series(dated, mapped):
        return [layout]
    years = {one.column.index for one in dated}
    others = [column for column in upright.columns if column.index not in years]
    period = find_period(layout.titles, [layout.grid.sheet, PurePath(layout.grid.path).stem])
    if any(_is_figure(column.header, names) for column in others) or (period is not None and period < max(days)):
        return [layout]
    bare = [one for one in dated if not one.rest]
    indicator = stated_indicator(layout, names) if bare else ""
    if bare and not indicator and len({one.column.index for one in bare} & set(mapped)) < _LEAST:
        layout.unnamed_years = sorted(day.year for day in days) if len(bare) == len(dated) else []
        return [layout]
    dated = [_without_year(one, one.rest or indicator) for one in dated]
    if not any(_is_figure(one.column.header, names) or one.column.index in mapped for one in dated):
        return [layout]
    return _apart(upright, others, dated)


def _a_series(dated: list[DatedColumn], mapped: Collection[int]) -> bool:
    """One indicator of several years, or columns that a mapping gives a meaning: households of 2016 beside areas of
    2022 are two figures of one table, of which nobody knows whether they go together."""
    indicators = [one.rest for one in dated]
    return len(set(indicators)) < len(indicators) or sum(one.column.index in mapped for one in dated) >= _LEAST


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


def _is_figure(header: str, names: FieldNames) -> bool:
    """A header that names a figure or a fact, and neither a subject nor what it is of."""
    fields = [names.fields[one.key] for one in candidates(parse_header(header), names)]
    return any(field.role is None and (field.is_number or field.type == "truth") for field in fields)


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
