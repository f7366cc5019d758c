"""Months and years from one day to another, as SQL: ``checking.evaluation.functions.dates``.

Days are numbers since 1970-01-01. The calendar is worked out from them, since no two engines count months alike. Years
begin in March here, so that the day that some of them have more is the last.
"""

from __future__ import annotations

from msgspec import Struct

from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.arithmetic import Keep
from communitycheck.products.sql.language.operands import NumberSql, larger_na
from communitycheck.products.sql.language.terms import Part, Sql

_FIRST = 719468  # days from 0000-03-01 to 1970-01-01
_FAR = 1e5  # months or years: further than any calendar


def months_between(start: NumberSql, end: NumberSql, step: int, keep: Keep) -> NumberSql:
    """How many times ``step`` months: full ones, and of the one that is begun the share of its days."""
    lo = _full_and_part(start.hi, end.lo, step, keep)
    hi = lo if start.exact and end.exact else _full_and_part(start.lo, end.hi, step, keep)
    return NumberSql(lo, hi, larger_na(start.na, end.na), -_FAR, _FAR)


class _Day(Struct, frozen=True):
    """A day as a month, counted from March of the year 0, and a day of it, counted from 0."""

    month: Sql
    day: Sql


def _full_and_part(start: Sql, end: Sql, step: int, keep: Keep) -> Sql:
    back = keep(t.less(end, start))
    first, last = keep(t.choose((back, end), default=start)), keep(t.choose((back, start), default=end))
    begun, ended = _day_of(first, keep), _day_of(last, keep)

    def after(full: Sql) -> Sql:
        """The day on which so many are full: that of the same number, or the last of the month."""
        month = keep(t.plus(begun.month, t.times(full, step)))
        opens, next_opens = _opens(month, keep), _opens(keep(t.plus(month, 1)), keep)
        return keep(t.smaller(keep(t.plus(opens, begun.day)), keep(t.minus(next_opens, 1))))

    full = keep(t.floor(t.over(t.minus(ended.month, begun.month), t.double(step))))
    full = keep(t.choose((t.more(after(full), last), t.minus(full, 1)), default=full))
    done = after(full)
    length = t.minus(after(keep(t.plus(full, 1))), done)
    whole = t.plus(full, t.over(t.minus(last, done), length))
    return t.choose((back, t.less_sign(whole)), default=whole)


def _day_of(day: Sql, keep: Keep) -> _Day:
    since = keep(t.plus(day, _FIRST))
    era = keep(_floor(since, 146097))
    of_era = keep(t.minus(since, t.times(era, 146097)))
    leaps = t.plus(t.minus(_floor(of_era, 36524), _floor(of_era, 1460)), t.minus(of_era, _floor(of_era, 146096)))
    year = keep(_floor(keep(leaps), 365))
    before = t.minus(t.plus(t.times(year, 365), _floor(year, 4)), _floor(year, 100))
    of_year = keep(t.minus(of_era, before))
    month = keep(_floor(keep(t.plus(t.times(of_year, 5), 2)), 153))
    count = keep(t.plus(t.times(t.plus(year, t.times(era, 400)), 12), month))
    return _Day(count, keep(t.minus(of_year, _days_before(month, keep))))


def _days_before(month: Sql, keep: Keep) -> Sql:
    """How many days of the year lie before its month, March being 0."""
    return _floor(keep(t.plus(t.times(month, 153), 2)), 5)


def _opens(month: Sql, keep: Keep) -> Sql:
    """The first day of a month."""
    year = keep(_floor(month, 12))
    of_year = keep(t.minus(month, t.times(year, 12)))
    leaps = t.plus(t.minus(_floor(year, 4), _floor(year, 100)), _floor(year, 400))
    days = t.plus(t.plus(t.times(year, 365), leaps), _days_before(of_year, keep))
    return keep(t.minus(days, _FIRST))


def _floor(value: Part, by: int) -> Sql:
    return t.floor(t.over(value, t.double(by)))
