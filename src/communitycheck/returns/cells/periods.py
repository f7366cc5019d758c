"""Periods as they are written, each as its last day: 2020年第三季度, 2021.1-12, 二〇二一年上半年."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from communitycheck.patterns import pattern
from communitycheck.returns.cells.numerals import value_of


class Period(NamedTuple):
    """One period of a text, and where it stands there.

    ``last`` is None where it has no last day (2021年11-2月). ``kind`` is ``day``, ``part`` (of a year), ``year``,
    ``whole year`` (2021年度, 2021年底), ``years``, or ``bare`` and ``bare years`` where 年 is left out. ``months`` is
    how long it lasts, 0 for a day and for what stood at the end of something (6月底).
    """

    last: date | None
    kind: str
    start: int
    end: int
    months: int = 0


TO = r"(?:[-~—–―─]+|至|到)"
MONTH = r"(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
QUARTER = r"[一二三四1-4]"
_YEAR = r"(?:19|20)[0-9]{2}"
_ONE = rf"(?<![0-9])(?P<y>{_YEAR})"
_M, _M2, _D, _D2 = rf"(?P<m>{MONTH})", rf"(?P<m2>{MONTH})", rf"(?P<d>{DAY})", rf"(?P<d2>{DAY})"
_END = r"[份末底]*"
_CLOCK = r"(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_PACKED = r"(?P<m>0[1-9]|1[0-2])"
# A number after 2021年 without 月 is a month only where nothing follows: 2019年12个社区 counts communities.
_ALONE = r"(?=$|[_)\],;，。]|\.(?![0-9]))"

_START = pattern(_ONE)
_TO_NEXT = pattern(rf"[季度1-4一二三四]{TO}第?[1-4一二三四]季")
_DIGITS = str.maketrans("零〇○Oo一二三四五六七八九", "00000123456789")
_CHINESE_YEAR = pattern(r"(?:一九|二[零〇○Oo])[零〇○Oo一二三四五六七八九]{2}(?![零〇○一二三四五六七八九十])")
_SPACE = pattern(rf"\s+(?=[年月日号季度)]|{TO})|(?<=[年月日第(:])\s+|(?<=[-~—–―─至到])\s+")


def plain(text: str) -> str:
    """Half-width, years in digits, and without the spaces inside a period."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", text).strip())
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(_DIGITS), text)


def whole_period(text: str) -> date | None:
    """The last day of the period that a ``plain`` text is and no more."""
    found = one_period(text)
    return None if found is None else found.last


def one_period(text: str) -> Period | None:
    """The period that a ``plain`` text is and no more."""
    for kind, shape, make in _SHAPES:
        found = shape.fullmatch(text)
        if found and not kind.startswith("bare"):
            return Period(make(found), kind, 0, len(text), _months(found, make))
    return None


def stretch_of(text: str) -> str | None:
    """The day, month, quarter, half or year that a ``plain`` text is and no more, as 2023-05-01, 2023-05, 2023-Q2,
    2023-H1 or 2023; None where it is none, or runs from one to another."""
    for kind, shape, make in _SHAPES:
        found = shape.fullmatch(text)
        if not found or kind.startswith("bare"):
            continue
        last = make(found)
        parts = {key for key, part in found.groupdict().items() if part}
        if last is None or parts & {"m2", "d2", "y2"} or "前" in text or _TO_NEXT.search(text):
            return None
        if "d" in parts:
            return last.isoformat()
        return _NAMED[make](last) if make in _NAMED else None
    return None


def periods_in(text: str) -> list[Period]:
    """All that a ``plain`` text writes like a period, in its order."""
    found: list[Period] = []
    at = 0
    while (year := _START.search(text, at)) is not None:
        at = year.end()
        for kind, shape, make in _SHAPES:
            match = shape.match(text, year.start())
            if match:
                found.append(Period(make(match), kind, match.start(), match.end(), _months(match, make)))
                at = match.end()
                break
    return found


def end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def number_of(text: str) -> int:
    return int(value_of(text.replace("两", "二")) or 0)


def _on(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), number_of(month), number_of(day))
    except ValueError:
        return None


def _day(found: re.Match[str]) -> date | None:
    return _on(found["y"], found["m"], found["d"])


def _last_day(found: re.Match[str]) -> date | None:
    """The second of two days, which may leave out its year and its month."""
    first = _day(found)
    second = found.groupdict()
    last = _on(second.get("y2") or found["y"], second["m2"] or found["m"], found["d2"])
    return last if first and last and first <= last else None


def _month(found: re.Match[str]) -> date:
    return end_of_month(int(found["y"]), number_of(found["m"]))


def _last_month(found: re.Match[str]) -> date | None:
    first = int(found["y"]), number_of(found["m"])
    last = int(found.groupdict().get("y2") or found["y"]), number_of(found["m2"])
    return end_of_month(*last) if first <= last else None


def _quarter(found: re.Match[str]) -> date:
    return end_of_month(int(found["y"]), 3 * number_of(found["q"]))


def _half(found: re.Match[str]) -> date:
    return end_of_month(int(found["y"]), 6 if found["h"] in "上前1" else 12)


def _year(found: re.Match[str]) -> date:
    return date(int(found["y"]), 12, 31)


def _last_year(found: re.Match[str]) -> date | None:
    return date(int(found["y2"]), 12, 31) if int(found["y"]) < int(found["y2"]) else None


_Make = Callable[[re.Match[str]], date | None]


def _months(found: re.Match[str], make: _Make) -> int:
    """How many months a period lasts."""
    last, text, part = make(found), found[0], found.groupdict()
    if last is None or text.endswith(("末", "底")) or make is _day:
        return 0
    if make in (_last_day, _last_month):
        first = 12 * int(found["y"]) + number_of(found["m"]) if part.get("m") else 0
        whole = make is _last_month or (number_of(found["d"]) == 1 and last == end_of_month(last.year, last.month))
        return 12 * last.year + last.month - first + 1 if first and whole else 0
    if ("前" in text and make in (_quarter, _month)) or _TO_NEXT.search(text):
        return last.month
    if make is _last_year:
        return 12 * (last.year - int(found["y"]) + 1)
    lengths: dict[_Make, int] = {_month: 1, _quarter: 3, _half: 6, _year: 12}
    return lengths.get(make, 0)


# What a period is called that has one month, quarter, half or year, by its last day.
_NAMED: dict[_Make, Callable[[date], str]] = {
    _month: lambda last: f"{last.year}-{last.month:02d}",
    _quarter: lambda last: f"{last.year}-Q{last.month // 3}",
    _half: lambda last: f"{last.year}-H{last.month // 6}",
    _year: lambda last: str(last.year),
}
_TO_YEAR = rf"(?:(?P<y2>{_YEAR})[年./-])?"
_Q = rf"(?P<q>{QUARTER})"
_QUARTER_END = "季(?:度[末底]?|[末底报]|(?![\u4e00-\u9fff]))"
# What begins alike stands in the order in which it is tried: 2021年1月1日至12月31日 before 2021年1月1日.
_SHAPES: tuple[tuple[str, re.Pattern[str], _Make], ...] = tuple(
    (kind, pattern(_ONE + shape), make)
    for kind, shape, make in (
        ("part", rf"年{_M}月{_D}[日号]?{TO}{_TO_YEAR}(?:{_M2}月)?{_D2}[日号]", _last_day),
        ("part", rf"[./]{_M}[./]{_D}{TO}{_TO_YEAR}{_M2}[./]{_D2}(?![0-9.])", _last_day),
        ("part", rf"-{_M}-{_D}(?:[~—–至到]+){_TO_YEAR}{_M2}-{_D2}(?![0-9])", _last_day),
        ("part", rf"{_PACKED}(?P<d>[0-3]\d){TO}(?P<y2>{_YEAR})(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)", _last_day),
        ("day", rf"[年./-]{_M}月{_D}[日号]?{_CLOCK}(?![0-9个家%.])", _day),
        ("day", rf"(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})日?{_CLOCK}(?![0-9月])", _day),
        ("day", r"年(?P<m>[0-9]{1,2})[./](?P<d>[0-9]{1,2})日?(?![0-9.月%万亿千百平公户个人元米m])", _day),
        ("day", rf"{_PACKED}(?P<d>[0-3][0-9])(?![0-9])", _day),
        ("part", rf"[年./ -]{_M}月?{TO}{_TO_YEAR}{_M2}月{_END}", _last_month),
        ("part", rf"年{_M}月?(?:、{MONTH}月?)*、{_M2}月{_END}", _last_month),
        ("part", rf"年{_M}{TO}{_M2}{_ALONE}", _last_month),
        ("part", rf"[./-]{_M}{TO}{_TO_YEAR}{_M2}(?![0-9.日号季个%])", _last_month),
        ("part", rf"{_PACKED}{TO}(?P<y2>{_YEAR})(?P<m2>0[1-9]|1[0-2])(?![0-9])", _last_month),
        ("part", rf"年?度?第?{QUARTER}(?:季度?)?{TO}第?{_Q}{_QUARTER_END}", _quarter),
        ("part", r"年?度?前(?P<q>[一二两三1-3])个?季度", _quarter),
        ("part", rf"年?度?第?{_Q}{_QUARTER_END}", _quarter),
        ("part", r"年?\s*[Qq](?P<q>[1-4])(?![0-9])", _quarter),
        ("part", r"年?度?(?P<h>[上下前后])半年", _half),
        ("part", r"年?\s*[Hh](?P<h>[12])(?![0-9])", _half),
        ("part", rf"年前{_M}个月", _month),
        ("part", rf"[年./-]{_M}月{_END}", _month),
        ("part", rf"年{_M}{_ALONE}", _month),
        ("part", rf"[./-]{_M}(?![0-9日号季个%./-])", _month),
        ("part", rf"{_PACKED}(?![0-9])", _month),
        ("none", r"年?[0-9]{1,2}月", lambda found: None),
        ("years", rf"年?度?{TO}(?P<y2>{_YEAR})年[度末底]*", _last_year),
        ("whole year", r"年(?:度?全年|度?年?[末底终]|度)", _year),
        ("year", r"年", _year),
        ("bare years", rf"(?<=20[0-9]{{2}}){TO}(?P<y2>20[0-9]{{2}})(?![0-9])", _last_year),
        ("none", r"[-./][0-9]+", lambda found: None),
        ("bare", r"(?<=20[0-9]{2})(?![0-9])", _year),
    )
)
