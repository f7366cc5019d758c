"""Which record speaks of the same subject one period before.

A subject is known by its own code, else by its name within its region. One that stands several times in a period is
paired with none, and neither is one that has changed its name or its code: nobody knows.

The period before ends one length before: a year against the year before, a half against the half before. Where a
return states a day (截至2023年6月30日) or only the day is known, the period before is the latest earlier one, if that
is one month, quarter, half or year back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from communitycheck.checking.repeated.keys import (
    Keys,
    joined,
    level_apart,
    name_numbers,
    own_codes,
    place_numbers,
    region_numbers,
)
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression.calendar_days import span_of
from communitycheck.model.table import Bools, Bytes, Ints, Table

_STEPS = (1, 3, 6, 12)
_EPOCH = date(1970, 1, 1).toordinal()


class Unpaired(IntEnum):
    """Why a record has none of the period before; the sentence is ``earlier-<name>``."""

    PAIRED = 0
    UNDATED = 1  # its own period is not known
    NO_RETURN = 2  # no return of that period is given
    UNLISTED = 3  # that return does not list the subject
    SEVERAL = 4  # one of the two lists it several times

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", "-")


class EndAndLength(NamedTuple):
    """A period of records: the number of its last month, and how many months it lasts (0: not told)."""

    month: int
    months: int

    @property
    def last(self) -> date:
        return _month_end(self.month)


@dataclass(frozen=True, slots=True)
class Periods:
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

    def latest(self, groups: Ints, rows: Ints) -> Bools:
        """Which of ``rows`` are of the latest period of their group; one without a period may be."""
        months = self.months[rows]
        most = np.full(int(groups.max(initial=-1)) + 2, -1, np.int64)
        np.maximum.at(most, groups, months)
        latest: Bools = (months < 0) | (months == most[groups])
        return latest


@dataclass(frozen=True, slots=True)
class Pairing:
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
    identity: _Identity | None = None
    for number in range(len(periods.all)):
        before, _ = periods.before(number)
        here, there = (_members(periods.of, some, carrying) for some in ([number], before))
        if not len(here) or not len(there):
            continue
        identity = identity or _Identity(table)
        rows[here], why[here] = identity.pair(here, there)
    return Pairing(periods, rows, why)


class _Identity:
    """What tells the subjects of a table apart: their codes, and their names within their regions."""

    def __init__(self, table: Table) -> None:
        n = len(table)
        nothing = np.full(n, -1, np.int64)
        every = np.arange(n, dtype=np.int32)
        codes = own_codes(table)
        self.codes = nothing if codes is None else codes
        self.names = _names(table, every)
        self.places = place_numbers(table)
        self.apart = level_apart(table.about)

    def pair(self, here: Ints, there: Ints) -> tuple[Ints, Bytes]:
        """For each of the records ``here`` that of the same subject ``there``, and why there is none."""
        found, several = _paired(self.codes[here], self.codes[there])
        for levels in (self._stated_by_some(here, there), self._stated(here, there)):
            keys = joined([self.names, *(self.places[level] for level in levels)])
            keys[np.any([self.names < 0, *(self.places[level] < 0 for level in levels)], axis=0)] = -1
            named, twice = _paired(keys[here], keys[there])
            # Two codes that differ are two subjects, whatever they are called.
            other = there[named]
            apart = (self.codes[here] >= 0) & (self.codes[other] >= 0) & (self.codes[here] != self.codes[other])
            open_ = (found < 0) & ~several
            taken = np.isin(named, found[found >= 0])
            fits = open_ & (named >= 0) & ~apart & ~taken & self._alike(here, other)
            found[fits] = named[fits]
            several |= open_ & twice & ((self.codes[here] < 0) | (self.codes[there] < 0).all())
        rows = np.where(found >= 0, there[found], -1).astype(np.int32)
        why = np.where(several, np.uint8(Unpaired.SEVERAL), np.uint8(Unpaired.UNLISTED))
        why[rows >= 0] = Unpaired.PAIRED
        return rows, why

    def _stated_by_some(self, here: Ints, there: Ints) -> list[str]:
        return [level for level, numbers in self.places.items() if max(numbers[here].max(), numbers[there].max()) >= 0]

    def _stated(self, here: Ints, there: Ints) -> list[str]:
        """The levels that all records of both periods state, and that within which names count."""
        stated = []
        for level, numbers in self.places.items():
            sides = numbers[here], numbers[there]
            if all((side >= 0).all() for side in sides) or (
                level == self.apart and any((side >= 0).any() for side in sides)
            ):
                stated.append(level)
        return stated

    def _alike(self, here: Ints, other: Ints) -> Bools:
        """Where two records do not lie in different regions of one level."""
        alike = np.ones(len(here), bool)
        for numbers in self.places.values():
            one, two = numbers[here], numbers[other]
            alike &= (one == two) | (one < 0) | (two < 0)
        return alike


def _paired(ones: Keys, others: Keys) -> tuple[Ints, Bools]:
    """For each key the place of the one that is equal among ``others`` (-1: none), and where there are several."""
    order = np.argsort(others, kind="stable")
    ordered = others[order]
    first = np.searchsorted(ordered, ones, "left")
    count = np.searchsorted(ordered, ones, "right") - first
    _, inverse, mine = np.unique(ones, return_inverse=True, return_counts=True)
    known = (ones >= 0) & (count > 0)
    alone = known & (count == 1) & (mine[inverse] == 1)
    found = np.where(alone, order[np.minimum(first, len(order) - 1)], -1).astype(np.int32)
    return found, known & ~alone


def _members(of: Ints, numbers: Sequence[int], carrying: Bools | None) -> Ints:
    """The records of some periods, of those that carry the column if any does."""
    members = np.flatnonzero(np.isin(of, numbers)).astype(np.int32) if numbers else np.zeros(0, np.int32)
    if carrying is None or not carrying[members].any():
        return members
    return members[carrying[members]]


def _names(table: Table, rows: Ints) -> Keys:
    """The names of the subjects; of a table of periods that of the sheet, whose figures are a series."""
    if table.about.kind == "period":
        number = {name: k for k, name in enumerate(dict.fromkeys(sheet.name for sheet in table.sheets))}
        return np.array([number[sheet.name] for sheet in table.sheets], np.int64)[table.sheet_of]
    names = name_numbers(table, rows)
    region = table.regions.get(table.entity)
    if region is None or table.entity not in REGION_LEVELS:
        return np.full(len(table), -1, np.int64) if names is None else names
    return region_numbers(region, table.entity)


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
