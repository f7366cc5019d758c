"""A cell that holds a date: a day as it is written or as a serial number, or a period by its last day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from communitycheck.patterns import pattern
from communitycheck.returns.cells.periods import end_of_month, plain, stretch_of, whole_period


def read_date(text: str) -> date | None:
    """One cell as a day, or the last day of the period it names; None where it is neither.

    A serial day number of a spreadsheet (44196) counts as a day; two-digit years do not.
    """
    text = plain(text).rstrip("。")
    text = re.sub(r"^(?:截至|截止|至)到?|(?:止|为止)$", "", text)
    serial = _serial(text)
    if serial is not None:
        return serial
    if re.fullmatch(r"(?:19|20)[0-9]{2}(?:\.0)?(?:年度?[末底]?)?", text):
        return date(int(text[:4]), 12, 31)
    return whole_period(text)


def read_day(text: str) -> str | None:
    """One cell as a day (2023-05-01), or the month (2023-05), quarter, half or year that the day lies in; None where it
    is neither, or where nobody can tell the day from the month (01/02/2023)."""
    text = plain(text).rstrip("。")
    serial = _serial(text)
    if serial is not None:
        return serial.isoformat()
    if re.fullmatch(r"(?:19|20)[0-9]{2}(?:\.0)?", text):
        return text[:4]
    return stretch_of(text) or _year_last(text)


def is_no_day(text: str) -> bool:
    """Whether a cell is certainly no day: figures in the order of one that no calendar has (2024-13-45, 20230231), or
    words without any figure, month or year."""
    text = plain(text).rstrip("。")
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in [*filter(None, found.groups()), "1"][:3])
        return not _is_day(year, month, day)
    if found := _YEAR_LAST.fullmatch(text):
        one, other, year = map(int, found.groups())
        return not _is_day(year, one, other) and not _is_day(year, other, one)
    return bool(text) and not _DATED.search(text)


_YEAR_FIRST = pattern(
    r"([12][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?|年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?|([0-9]{2})([0-9]{2}))"
)
_YEAR_LAST = pattern(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([12][0-9]{3})")
_DATED = pattern(
    r"[0-9〇零一二三四五六七八九十廿卅年月日号季旬初底末周天]|"
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|year|month|quarter|day)"
)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= end_of_month(year, month).day


def _serial(text: str) -> date | None:
    """The day that a spreadsheet counts from 1900."""
    serial = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
    if serial and 20_000 <= int(serial[1]) <= 70_000:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    return None


def _year_last(text: str) -> str | None:
    """25/12/2023 or 12/25/2023, where only one of the two can be the month."""
    found = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:19|20)[0-9]{2})(?: [0-9:]+)?", text)
    if found is None:
        return None
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if one <= 12 and other <= 12 and one != other:
        return None
    month, day = (one, other) if one <= 12 else (other, one)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
