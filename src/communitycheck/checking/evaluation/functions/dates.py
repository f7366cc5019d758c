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
    """Full months: one more on each day of the same number, or on the last of a month that has no such day."""
    na = v.both_na(start.na, end.na)
    low = _months(start.hi, end.lo)
    return Num(low, low if start.exact and end.exact else _months(start.lo, end.hi), na)


def years_between(start: Num, end: Num) -> Num:
    """Full years, which are twelve full months each."""
    months = months_between(start, end)
    low = np.trunc(months.lo / 12)
    return Num(low, low if months.exact else np.trunc(months.hi / 12), months.na)


def _months(start: v.Array, end: v.Array) -> v.Array:
    known = np.isfinite(start) & np.isfinite(end)
    one, other = (np.where(known, np.clip(day, -_FAR, _FAR), 0) for day in (start, end))
    back = other < one
    first, last = (np.rint(x).astype("datetime64[D]") for x in (np.minimum(one, other), np.maximum(one, other)))
    begun, ended = first.astype("datetime64[M]"), last.astype("datetime64[M]")
    months = (ended - begun).astype(np.float64)
    # The day of the month on which the last month is full.
    due = np.minimum((first - begun).astype(np.int64), (ended + 1).astype("datetime64[D]") - ended - 1)
    months -= (last - ended).astype(np.int64) < due.astype(np.int64)
    found: v.Array = np.where(known, np.where(back, -months, months), np.nan)
    return found
