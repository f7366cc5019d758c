"""Dates, which are numbers of days with bounds, and how long it is from one to another."""

from __future__ import annotations

import numpy as np

from communitycheck.model.expression import values as v
from communitycheck.model.expression.calendar_days import span_of
from communitycheck.model.expression.values import Num

_FAR = 3_000_000  # days from 1970: further than any calendar


def days_of(codes: v.Array, names: list[str]) -> Num:
    """A column of dates as numbers; each different text is read once."""
    spans = [span_of(name) or (np.nan, np.nan) for name in names]
    low = np.array([*(span[0] for span in spans), np.nan], np.float64)[codes]
    if all(one == other for one, other in spans):
        return Num(low, low)
    return Num(low, np.array([*(span[1] for span in spans), np.nan], np.float64)[codes])


def days_between(start: Num, end: Num) -> Num:
    """From the first day to the second; below zero where the second comes before."""
    return v.subtract(end, start)


def months_between(start: Num, end: Num) -> Num:
    """Months: each ends on the day of the same number, or on the last of a month that has no such day."""
    return _between(start, end, 1)


def years_between(start: Num, end: Num) -> Num:
    """Years, which are twelve months each."""
    return _between(start, end, 12)


def _between(start: Num, end: Num, step: int) -> Num:
    low = _full_and_part(start.hi, end.lo, step)
    high = low if start.exact and end.exact else _full_and_part(start.lo, end.hi, step)
    return Num(low, high, v.both_na(start.na, end.na))


def _full_and_part(start: v.Array, end: v.Array, step: int) -> v.Array:
    """Full ones of so many months, and of the one that is begun the share of its days: a whole number on its last day
    alone, so that a limit of six months ends with the sixth."""
    known = np.isfinite(start) & np.isfinite(end)
    one, other = (np.where(known, np.clip(day, -_FAR, _FAR), 0) for day in (start, end))
    back = other < one
    first, last = (np.rint(x).astype(np.int64) for x in (np.minimum(one, other), np.maximum(one, other)))
    begun, ended = (day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) for day in (first, last))
    earliest = begun.min(initial=0)
    opening = np.arange(earliest, ended.max(initial=0) + step + 2).astype("datetime64[M]").astype("datetime64[D]")
    opens = opening.astype(np.int64)  # the first day of each month
    day_of_month = first - opens[begun - earliest]

    def after(full: v.Array) -> v.Array:
        """The day on which so many are full."""
        month = begun - earliest + full * step
        day: v.Array = np.minimum(opens[month] + day_of_month, opens[month + 1] - 1)
        return day

    full = (ended - begun) // step
    full = full - (after(full) > last)
    done = after(full)
    part = (last - done) / (after(full + 1) - done)
    found: v.Array = np.where(known, np.where(back, -1.0, 1.0) * (full + part), np.nan)
    return found
