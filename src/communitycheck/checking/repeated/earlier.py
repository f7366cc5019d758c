"""Which record speaks of the same subject one period before (``identity`` says which subject is the same).

The period before ends one length before: a year against the year before, a half against the half before. Where a
return states a day (截至2023年6月30日) or only the day is known, the period before is the latest earlier one, if that
is one month, quarter, half or year back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.identity import Identity, Unpaired
from communitycheck.checking.repeated.keys import Keys
from communitycheck.messages import catalogue
from communitycheck.model.expression.calendar_days import span_of
from communitycheck.model.table import Bools, Bytes, Ints, Table
from communitycheck.model.text import Text

_STEPS = (1, 3, 6, 12)
_EPOCH = date(1970, 1, 1).toordinal()


class EndAndLength(NamedTuple):
    """A period of records: the number of its last month, and how many months it lasts (0: not told)."""

    month: int
    months: int

    @property
    def last(self) -> date:
        return _month_end(self.month)

    def follows(self, other: EndAndLength) -> bool:
        """Whether a return of this period takes the place of one of the other: of periods of one length the later
        does, of two kinds that which begins when the other is over. A half year is no part of what the whole year
        replaces: nobody knows which of the two a figure is of."""
        if self.months == other.months:
            return self.month > other.month
        return self.month - max(self.months, 1) + 1 > other.month

    @property
    def words(self) -> Text:
        """How a sentence names it."""
        year, month = divmod(self.month, 12)
        first_year, first_month = divmod(self.month - max(self.months, 1) + 1, 12)
        if month == 11 and self.months in (0, 12):
            code = "period-year" if self.months else "period-year-end"
        else:
            code = {0: "period-month-end", 1: "period-month"}.get(self.months, "period-months")
        months = {"month": month + 1, "first_month": first_month + 1}
        padded = {key: f"{value:02d}" for key, value in months.items()}
        zh, en = catalogue()[code]
        years = {"year": year, "first_year": first_year}
        return Text(zh.format(**years, **months), en.format(**years, **padded))


class Periods(Struct, frozen=True):
    """The period of each record of a table, as the number of one of ``all``; -1 where none is stated."""

    of: Ints
    all: tuple[EndAndLength, ...]

    @property
    def months(self) -> Keys:
        """The number of the last month of each record's period; -1 where none is stated."""
        return np.array([*(period.month for period in self.all), -1], np.int64)[self.of]

    def before(self, number: int) -> tuple[list[int], date]:
        """The periods that are one length before, and the last day of that."""
        own = self.all[number]
        if own.months:
            step = own.months
        else:
            gap = own.month - max((p.month for p in self.all if p.month < own.month), default=own.month)
            step = gap if gap in _STEPS else 12
        wanted = own.month - step
        found = [k for k, p in enumerate(self.all) if p.month == wanted and p.months in (0, step)]
        return found, _month_end(wanted)


class Pairing(Struct, frozen=True):
    """For each record of a table the row of the record that speaks of its subject one period before (-1: none), and
    why there is none (``Unpaired``)."""

    periods: Periods
    rows: Ints
    why: Bytes

    def day(self, row: int) -> str:
        """The last day of the period before that of the record; empty where its own is not known."""
        number = int(self.periods.of[row])
        return "" if number < 0 else self.periods.before(number)[1].isoformat()


def periods_of(table: Table) -> Periods:
    """The period of each record: its own, else that of its sheet."""
    number: dict[EndAndLength, int] = {}
    stated = [
        -1 if s.period is None else number.setdefault(_span_to(s.period, s.period_months), len(number))
        for s in table.sheets
    ]
    of = np.array(stated, np.int32)[table.sheet_of] if stated else np.full(len(table), -1, np.int32)
    column = table.columns.get("period")
    if column is not None and column.text is not None:
        coded = column.coded()
        spans = [_span(name) for name in coded.names]
        own = [-1 if span is None else number.setdefault(span, len(number)) for span in spans]
        written = coded.codes >= 0
        of = np.where(written, np.array([*own, -1], np.int32)[coded.codes], of).astype(np.int32)
    return Periods(of, tuple(number))


def earlier_records(table: Table, carrying: Bools | None) -> Pairing:
    """The record of each subject one period before.

    Args:
        carrying: the records whose sheet has the column that is compared; where a period has some, no others of it
            are looked at.
    """
    periods = periods_of(table)
    rows = np.full(len(table), -1, np.int32)
    why = np.where(periods.of < 0, np.uint8(Unpaired.UNDATED), np.uint8(Unpaired.NO_RETURN))
    identity: Identity | None = None
    for number in range(len(periods.all)):
        before, _ = periods.before(number)
        here, there = (_members(periods.of, some, carrying) for some in ([number], before))
        if not len(here) or not len(there):
            continue
        identity = identity or Identity(table)
        rows[here], why[here] = identity.pair(here, there)
    return Pairing(periods, rows, why)


def _members(of: Ints, numbers: Sequence[int], carrying: Bools | None) -> Ints:
    """The records of some periods, of those that carry the column if any does."""
    members = np.flatnonzero(np.isin(of, numbers)).astype(np.int32) if numbers else np.zeros(0, np.int32)
    if carrying is None or not carrying[members].any():
        return members
    return members[carrying[members]]


def _span(text: str) -> EndAndLength | None:
    days = span_of(text)
    if days is None:
        return None
    first, last = (date.fromordinal(_EPOCH + int(day)) for day in days)
    return _span_to(last, 0 if first == last else 12 * (last.year - first.year) + last.month - first.month + 1)


def _span_to(last: date, months: int) -> EndAndLength:
    return EndAndLength(12 * last.year + last.month - 1, months)


def _month_end(month: int) -> date:
    year, following = divmod(month + 1, 12)
    return date.fromordinal(date(year, following + 1, 1).toordinal() - 1)
