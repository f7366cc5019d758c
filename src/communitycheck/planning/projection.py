"""Figures as they will be in another year: those that count residents grow, or a column of the return says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from msgspec import Struct

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.table import Floats, Table

MADE_OF = "projected {}"  # the field that a column of projections is read into


class Projection(Struct, frozen=True):
    """Residents grow by ``growth`` a year, compounded, from the year of each figure to ``year``; the ``columns`` (field
    -> heading) give the figures of that year themselves; in the tables ``without`` one the field is not used."""

    year: int
    growth: float | None = None
    columns: Mapping[str, str] | None = None
    without: tuple[str, ...] = ()

    def grown(self, dictionary: Dictionary) -> list[str]:
        """The fields that grow, as far as no column says what they will be."""
        if self.growth is None:
            return []
        stated = self.columns or {}
        return [key for key, one in dictionary.fields.items() if one.residents and key not in stated]


def years_of(table: Table) -> Floats:
    """The year of each record: its own, else that of its sheet; NaN where neither is stated."""
    sheets = np.array([np.nan if one.period is None else one.period.year for one in table.sheets], np.float64)
    years: Floats = sheets[table.sheet_of] if len(sheets) else np.full(len(table), np.nan)
    column = table.columns.get("period")
    if column is not None and column.text is not None:
        coded = column.coded()
        named = np.array([*(float(name[:4]) if name else np.nan for name in coded.names), np.nan])
        own = named[coded.codes]
        years = np.where(np.isnan(own), years, own)
    return years


def grow(table: Table, fields: Iterable[str], factors: Floats) -> None:
    """Multiply the figures of each record, to whole persons and households."""
    for key in fields:
        column = table.columns.get(key)
        if column is None or column.lo is None or column.hi is None:
            continue
        low = np.round(column.lo * factors)
        high = low if column.hi is column.lo else np.round(column.hi * factors)
        table.columns[key] = replace(column, lo=low, hi=high, half_step=None)


def take_column(table: Table, key: str) -> bool:
    """Let what was read into the field of projections stand for the field itself; False where there is no such column
    and the field, whose figures are those of today, is taken out."""
    made = table.columns.pop(MADE_OF.format(key), None)
    today = table.columns.pop(key, None)
    if made is None:
        return today is None
    table.columns[key] = replace(made, field=key)
    return True
