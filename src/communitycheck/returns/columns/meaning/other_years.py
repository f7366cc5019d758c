"""Figures of another year than the return's: 2019年末户数 in a return of 2022 is not what is judged."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import COLUMN_OF_ANOTHER_YEAR, FIGURES_OF_NO_YEAR
from communitycheck.model.text import in_a_row
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.cells.stated_period import period_of_header
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.choose import TablePlace
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
    columns: list[RawColumn], names: FieldNames, place: TablePlace
) -> tuple[list[RawColumn], list[tuple[int, Finding]]]:
    """The columns, those that state another year no longer carrying a field, and what is said of these.

    Where the return states no period and its headers several years, nobody can say which of them is meant, nor of
    which the figures are that state none.
    """
    stated = {i: day for i, column in enumerate(columns) if (day := _stated(column, names)) is not None}
    period = place.period
    if period is None and len({day.year for day in stated.values()}) < 2:
        return columns, []
    left, notes = list(columns), []
    undated = [column for column in columns if _of_no_year(column, names)] if period is None else []
    if undated:
        values = {
            "count": len(undated),
            "dated": [place.column(columns[i].index) for i in stated],
            "columns": in_a_row([f"{place.column(one.index)} “{one.text}”" for one in undated]),
            "years": in_a_row(sorted({str(day.year) for day in stated.values()})),
        }
        notes.append((undated[0].index, Finding(-1, FIGURES_OF_NO_YEAR, undated[0].text, values)))
    for i, day in stated.items():
        if period is None or _another(day, period):
            column = columns[i]
            left[i] = replace(column, candidates=(), refused=tuple(c.key for c in column.candidates))
            finding = Finding(-1, COLUMN_OF_ANOTHER_YEAR, column.text, {"stated": str(day.year)}, "info")
            notes.append((column.index, finding))
    return left, notes


def _stated(column: RawColumn, names: FieldNames) -> date | None:
    """The last day of the period that the header of a figure states, where the field is not named for that year."""
    fields = [names.fields[c.key] for c in column.candidates]
    if column.given or not fields or any(field.role is not None or field.personal for field in fields):
        return None
    day = period_of_header(column.text)
    return None if day is None or any(_named_for(field, day.year) for field in fields) else day


def _of_no_year(column: RawColumn, names: FieldNames) -> bool:
    """A figure, a yes or no or a list, of which the header does not say of when it is."""
    fields = [names.fields[c.key] for c in column.candidates]
    figure = any(one.role is None and (one.is_number or one.type == "items") for one in fields)
    return figure and not column.given and period_of_header(column.text) is None


def _named_for(field: Field, year: int) -> bool:
    return any(str(year) in name for name in (field.key, field.label.zh, field.label.en, *field.aliases))


def _another(day: date, period: date) -> bool:
    return day.year != period.year and not timedelta(0) <= period - day <= _STILL_CURRENT


def meant_of_another_year(header: str, dictionary: Dictionary) -> set[str]:
    """The fields that a header may mean, whatever the year is that its figures are of: 2030年预测户数 means 户数."""
    parsed = parse_header(_OF_A_YEAR.sub("", header.casefold()).strip())
    return {one.key for one in candidates(parsed, FieldNames.of(dictionary))}
