"""Figures of another year than the return's: 2019年末户数 in a return of 2022 is not what is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.cells.stated_period import period_of_header
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.columns.meaning.raw_columns import RawColumn

# A return of January to March gives what was counted at the end of the year before.
_STILL_CURRENT = timedelta(days=92)
# What headers of years to come say besides.
_OF_A_YEAR = pattern(
    r"(?:20[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})年?末?度?|预测|预计|预期|规划|推算|测算|projected|forecast|expected"
)


def other_years(
    columns: list[RawColumn], names: FieldNames, period: date | None
) -> tuple[list[RawColumn], list[tuple[int, Finding]]]:
    """The columns, those that state another year no longer carrying a field, and what is said of these.

    Where the return states no period and its headers several years, nobody can say which of them is meant.
    """
    stated = {i: day for i, column in enumerate(columns) if (day := _stated(column, names)) is not None}
    if period is None and len({day.year for day in stated.values()}) < 2:
        return columns, []
    left, notes = list(columns), []
    for i, day in stated.items():
        if period is None or _another(day, period):
            column = columns[i]
            left[i] = replace(column, candidates=(), refused=tuple(c.key for c in column.candidates))
            finding = Finding(-1, "column-of-another-year", column.text, {"stated": str(day.year)}, "info")
            notes.append((column.index, finding))
    return left, notes


def _stated(column: RawColumn, names: FieldNames) -> date | None:
    """The last day of the period that the header of a figure states, where the field is not named for that year."""
    if column.given or not column.candidates:
        return None
    fields = [names.fields[c.key] for c in column.candidates]
    day = period_of_header(column.text) if all(f.role is None and not f.personal for f in fields) else None
    return None if day is None or any(_named_for(field, day.year) for field in fields) else day


def _named_for(field: Field, year: int) -> bool:
    return any(str(year) in name for name in (field.key, field.label.zh, field.label.en, *field.aliases))


def _another(day: date, period: date) -> bool:
    return day.year != period.year and not timedelta(0) <= period - day <= _STILL_CURRENT


def meant_of_another_year(header: str, dictionary: Dictionary) -> set[str]:
    """The fields that a header may mean, whatever the year is that its figures are of: 2030年预测户数 means 户数."""
    parsed = parse_header(_OF_A_YEAR.sub("", header.casefold()).strip())
    return {one.key for one in candidates(parsed, FieldNames.of(dictionary))}
