"""``--at``, ``--growth`` and ``--projection``: what they say, and the figures of that year put in place of today's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec.structs import replace

from communitycheck.errors import ExpressionError, UsageError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import Return
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.planning.projection import MADE_OF, Projection, grow, take_column, years_of
from communitycheck.returns.columns.meaning.other_years import meant_of_another_year
from communitycheck.returns.gather import day_to_judge_by
from communitycheck.standards import parse_quantity

_YEARS = range(1900, 2201)
_RATES = (-0.5, 1.0)  # of a year: beyond them it is a slip


def projection_asked(at: int | None, growth: str | None, columns: Sequence[str]) -> Projection | None:
    """The options read; None where the gap is that of today.

    Raises:
        UsageError: one without what it needs, a rate or an assignment that is none.
    """
    if at is None:
        if growth is not None or columns:
            raise UsageError("projection-no-year", option="--growth" if growth is not None else "--projection")
        return None
    if growth is None and not columns:
        raise UsageError("projection-nothing", year=at)
    if at not in _YEARS:
        raise UsageError("projection-year-none", value=at)
    named: dict[str, str] = {}
    for one in columns:
        field, equals, heading = (part.strip() for part in one.partition("="))
        if not (equals and field and heading) or field in named:
            raise UsageError("projection-form", value=one)
        named[field] = heading
    return Projection(at, None if growth is None else _rate(growth), named)


def _rate(written: str) -> float:
    try:
        number = parse_quantity(written.strip())
    except ExpressionError:
        number = None
    if number is None or not number.written.endswith("%") or number.value <= -1:
        raise UsageError("projection-rate", value=written)
    low, high = _RATES
    if not low <= number.value <= high:
        raise UsageError("projection-rate-odd", value=written, low=f"{low:.0%}", high=f"{high:.0%}")
    return number.value


def resolved(asked: Projection, dictionary: Dictionary) -> Projection:
    """The same with the keys of the fields that columns are given for.

    Raises:
        UsageError: there is no such field of numbers, or the heading is that of another field.
    """
    columns = {}
    for name, heading in (asked.columns or {}).items():
        field = _named(name, dictionary)
        if field is None:
            near = nearest(name, [key for key, one in dictionary.fields.items() if one.is_number]) or ""
            raise UsageError("projection-field", value=name, near=near)
        others = meant_of_another_year(heading, dictionary)
        if others and field.key not in others:
            raise UsageError("projection-other", value=heading, field=field.key, other=", ".join(sorted(others)))
        columns[field.key] = heading
    return replace(asked, columns=columns)


def _named(name: str, dictionary: Dictionary) -> Field | None:
    found = dictionary.find(name) or next(
        (one for one in dictionary.fields.values() if name in (one.label.zh, one.label.en)), None
    )  # fmt: skip
    return found if found is not None and found.is_number else None


def fields_read(projection: Projection, dictionary: Dictionary) -> dict[str, Field]:
    """The fields that the columns of projections are read into."""
    made = {}
    for key, heading in (projection.columns or {}).items():
        field, name = dictionary.fields[key], MADE_OF.format(key)
        made[name] = replace(
            field, key=name, label=Text(heading, heading), also=(), aliases=(heading,), not_aliases=(), derived=None,
            same_column=None, residents="", role=None,
        )  # fmt: skip
    return made


def project(
    projection: Projection, returns: Sequence[Return], dictionary: Dictionary, as_of: date | None
) -> Projection:
    """Put the figures of the year in place of those that the returns state; the projection with what it found.

    Args:
        as_of: the day of the figures of returns that do not state theirs.

    Raises:
        UsageError: no table has a column of projections, the year of figures is stated nowhere, or the year is past.
    """
    day, known_from = day_to_judge_by(as_of, returns, date.today())
    otherwise = float(day.year) if known_from in ("option", "return") else np.nan
    fields = projection.grown(dictionary)
    tables = [(one, table) for one in returns for table in one.tables]
    for one, table in tables:
        years = years_of(table)
        years = np.where(np.isnan(years), otherwise, years)
        if (years >= projection.year).any():
            raise UsageError("projection-past", year=projection.year, path=one.path, stated=int(np.nanmax(years)))
        if projection.growth is None or not set(fields) & table.columns.keys():
            continue
        if np.isnan(years).any():
            raise UsageError("projection-year-unknown", path=one.path)
        grow(table, fields, (1 + projection.growth) ** (projection.year - years))
    without: list[str] = []
    for key, heading in (projection.columns or {}).items():
        if tables and not any(MADE_OF.format(key) in table.columns for _, table in tables):
            headings = [column.header for _, table in tables for sheet in table.sheets for column in sheet.columns]
            raise UsageError("projection-column", value=heading, near=nearest(heading, headings) or "")
        without += [
            sheet.name or one.path for one, table in tables if not take_column(table, key) for sheet in table.sheets
        ]
    return replace(projection, without=tuple(dict.fromkeys(without)))
