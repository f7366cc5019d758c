"""Days as numbers (since 1970-01-01), and the days that a date as a return gives it may be: 2023-05 is one of 31."""

from __future__ import annotations

from datetime import date, timedelta

from communitycheck.patterns import pattern

DATE = "date"  # the unit of a number that is a day
_FIRST = date(1970, 1, 1)
_WRITTEN = pattern(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?")


def apart(unit: str) -> str:
    """The unit of the difference of two values: dates lie days apart."""
    return "days" if unit == DATE else unit


def number_of(day: date) -> int:
    return (day - _FIRST).days


def iso(number: float) -> str:
    """The day as 2023-05-01; ``number`` itself where no calendar reaches it."""
    try:
        return (_FIRST + timedelta(days=round(number))).isoformat()
    except (OverflowError, ValueError):
        return f"{number:g}"


def span_of(text: str) -> tuple[int, int] | None:
    """The first and the last day that ``2023``, ``2023-Q2``, ``2023-H1``, ``2023-05`` or ``2023-05-01`` may mean."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, quarter, half, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    first, months = 1, 12
    if quarter is not None:
        first, months = 3 * quarter - 2, 3
    elif half is not None:
        first, months = 6 * half - 5, 6
    elif month is not None:
        first, months = month, 1
    try:
        if day is not None:
            return (number_of(date(year, first, day)),) * 2
        after = date(year + (first + months - 1) // 12, (first + months - 1) % 12 + 1, 1)
        return number_of(date(year, first, 1)), number_of(after) - 1
    except ValueError:
        return None
