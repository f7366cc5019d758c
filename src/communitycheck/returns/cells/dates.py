"""Days and periods: 2020年第三季度 -> 2020-09-30."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from communitycheck.patterns import pattern
from communitycheck.returns.cells.numerals import value_of

_YEAR = r"((?:19|20)[0-9]{2})"
_EXACT = pattern(
    rf"{_YEAR}(?:年|[-/.])([0-9]{{1,2}})(?:月|"
    rf"[-/.])([0-9]{{1,2}})日?(?:[ T][0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?)?"
)
_PACKED = pattern(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")
_MONTH = pattern(rf"{_YEAR}(?:年|[-/.])(?:[0-9]{{1,2}}月?[-~至到—])?([0-9]{{1,2}})(?:月[份末底]?|(?![0-9]))")
_PACKED_MONTH = pattern(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(?![0-9])")
_QUARTER = pattern(rf"{_YEAR}年?(?:第)?([一二三四1-4])季度?|{_YEAR}\s*[Qq]([1-4])")
_HALF = pattern(rf"{_YEAR}年?([上下])半年")
_YEARS = pattern(rf"{_YEAR}年?(?:[-~至到—]){_YEAR}年")
_ONLY_YEAR = pattern(rf"{_YEAR}年(?!版)")
_BARE_YEAR = pattern(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_CHINESE_YEAR = pattern(r"[一二]([零〇一二三四五六七八九九]{3})年")
_CHINESE_NUMBER = pattern(r"[一二三四五六七八九十]{1,3}(?=月|日|号)")


def read_date(text: str) -> date | None:
    """One cell as a day, or the last day of the period it names; None where it is neither.

    A serial day number of a spreadsheet (44196) counts as a day; two-digit years do not.
    """
    text = _arabic(re.sub(r"\s*(?=[年月日])|(?<=[年月])\s*", "", text)).rstrip("。")
    text = re.sub(r"^(?:截至|截止|至)|(?:止|为止)$", "", text)
    serial = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
    if serial and 20_000 <= int(serial[1]) <= 70_000:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    if re.fullmatch(r"(?:19|20)[0-9]{2}(?:\.0)?(?:年度?[末底]?)?", text):
        return date(int(text[:4]), 12, 31)
    for shape, make in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return make(found)
    return None


def find_period(texts: list[str], names: list[str]) -> date | None:
    """The period that a sheet states, as its last day.

    Args:
        texts: title lines, where a year is only believed with 年 behind it.
        names: names of sheet and file, where a bare 2020 will do.
    """
    for text in texts:
        found = _search(_arabic("".join(text.split())), _SHAPES)
        if found is not None:
            return found
    for name in names:
        found = _search(_arabic(name), (*_SHAPES, (_BARE_YEAR, _year_end)))
        if found is not None:
            return found
    return None


def _search(text: str, shapes: tuple[tuple[re.Pattern[str], _Make], ...]) -> date | None:
    """The most exact period in the text; 截至 before any other."""
    cut = re.search(r"截[至止]", text)
    for part in ([text[cut.end() :]] if cut else []) + [text]:
        for shape, make in shapes:
            for found in shape.finditer(part):
                day = make(found)
                if day is not None:
                    return day
    return None


def _arabic(text: str) -> str:
    """二〇二〇年十二月 -> 2020年12月."""
    text = _CHINESE_YEAR.sub(lambda m: f"{value_of(m[0][:-1]) or 0:.0f}年", text)
    return _CHINESE_NUMBER.sub(lambda m: f"{value_of(m[0]) or 0:.0f}", text)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _month_end(found: re.Match[str]) -> date | None:
    year, month = int(found[1]), int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _quarter_end(found: re.Match[str]) -> date | None:
    year = int(found[1] or found[3])
    quarter = int("一二三四".find(found[2]) + 1 or found[2]) if found[2] else int(found[4])
    return date(year, quarter * 3, 31 if quarter in (1, 4) else 30)


def _half_end(found: re.Match[str]) -> date | None:
    return date(int(found[1]), 6, 30) if found[2] == "上" else date(int(found[1]), 12, 31)


def _last_year_end(found: re.Match[str]) -> date | None:
    return date(int(found[2]), 12, 31)


def _year_end(found: re.Match[str]) -> date | None:
    return date(int(found[1]), 12, 31)



_Make = Callable[[re.Match[str]], date | None]
_SHAPES: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (_EXACT, _day),
    (_PACKED, _day),
    (_QUARTER, _quarter_end),
    (_HALF, _half_end),
    (_MONTH, _month_end),
    (_PACKED_MONTH, _month_end),
    (_YEARS, _last_year_end),
    (_ONLY_YEAR, _year_end),
)
