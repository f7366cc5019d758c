"""How often: days a year (全年无休) and times a year (每季度一次)."""

from __future__ import annotations

import re

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.bounds import about, approximate
from communitycheck.returns.cells.cell import UNREADABLE, Cell, at_least, bound, number
from communitycheck.returns.cells.numbers import Measure, read_tidied
from communitycheck.returns.cells.numerals import value_of
from communitycheck.returns.cells.words import nothing, tidy

_EVERY_DAY = pattern(
    r"(?:(?:全年(?:无休|开放|不休息?|365天|天天开放)?|天天(?:开放)?|每[天日](?:开放)?|365天(?:全年)?(?:无休|开放)?|"
    r"无休|一年365天|"
    r"周一(?:至|到|-)周[日天]|每周(?:7|七)天|节假日(?:不休息?|无休|正常开放|照常开放|开放)|年中无休|全年全天开放?|"
    r"是|有|√|✓|✔|☑|对|y|yes|true|全部)[,、。;]?)+",
    re.I,
)
_NOT_EVERY_DAY = frozenset(
    {"否", "不是", "×", "✗", "✘", "x", "n", "no", "false", "不开放", "节假日不开放", "节假日休息", "非全年"}
)
# 365天(节假日除外) is not every day of the year.
_SAVE_FOR = pattern(r"除外|休息|不开|闭馆|放假")
# Words around a plain number: 年开放300天, 全年4次.
_AROUND_DAYS = pattern(
    r"^(?:全年|每年|年均?|一年)?(?:累计)?(?:开放|服务)?(?=.*[0-9])|(?:以上)?/年$|开放$"
)
_AROUND_TIMES = pattern(r"^(?:全年|每年|年均?|一年|本年度?)(?=.*[0-9])|/年$")
_FREQUENCY = pattern(
    r"(?:(不少于|至少|不低于|最少|≥|>=)|平均)?(?:每|一|按|逐|1)?(半)?"
    r"([0-9]+|[一二两三四五六七八九十]+)?个?(年度?|季度?|月度?|周|星期|天|日)(?:度|内|均)?(?:,|、|\s)?(?:开展|更新|"
    r"更换|举办|组织|召开|进行|培训|集中)*"
    r"(不少于|至少|不低于|最少|≥|>=)?([0-9]+|[一二两三四五六七八九十]+)?(?:次|期|场|回|更|更新)?(以上|及以上)?"
)
_PER_YEAR = {"年": 1.0, "季": 4.0, "月": 12.0, "周": 52.0, "星": 52.0, "天": 365.0, "日": 365.0}
_IRREGULAR = pattern(
    r"不定期.*|不固定|适时.*|及时.*|随时.*|根据需要.*|视情况.*|按需.*|经常.*|常态化.*|定期.*|若干次?|多次|数次"
)
_EVERY_QUARTER = pattern(r"(?:季|月|周|年)更新?")


def read_days(text: str, measure: Measure, days_in_year: int) -> Cell:
    """Days a year. "Open all year" is every day of the year; "no" to it is anything below."""
    text = tidy(text)
    blank = _blank(text)
    if blank is not None:
        return blank
    packed = text.replace(" ", "")
    if _EVERY_DAY.fullmatch(packed) and packed != "365天":  # a figure with its unit is that figure
        return number(float(days_in_year))
    if packed.casefold() in _NOT_EVERY_DAY:
        return bound(0.0, float(days_in_year - 1))
    cell = read_tidied(_AROUND_DAYS.sub("", packed) or packed, measure)
    if cell.known and cell.hi >= days_in_year - 1 and _SAVE_FOR.search(packed):
        return bound(0.0, float(days_in_year - 1))
    return cell


def read_times(text: str, measure: Measure) -> Cell:
    """Times a year. 每季度 is 4, 每月2次 is 24; 不定期 says nothing that can be counted."""
    text = tidy(text)
    blank = _blank(text)
    if blank is not None:
        return blank
    packed = text.replace(" ", "")
    if _IRREGULAR.fullmatch(packed):
        return Cell(state=State.BLANK, note="irregular-times")
    roughly, bare = approximate(packed.removeprefix("原则上"))
    found = _FREQUENCY.fullmatch(bare)
    if found and not bare[0].isdigit():
        return about(_frequency(found)) if roughly or packed.startswith("原则上") else _frequency(found)
    if _EVERY_QUARTER.fullmatch(packed):
        return number(_PER_YEAR[packed[0]])
    return read_tidied(_AROUND_TIMES.sub("", packed) or packed, measure)


def _blank(text: str) -> Cell | None:
    """What a cell says that states no frequency; "none" leaves open whether it is never or not known."""
    return Cell(state=State.BLANK) if text in NONE_WORDS else nothing(text)


def _frequency(found: re.Match[str]) -> Cell:
    early, half, every, unit, late, times, above = found.groups()
    span = value_of(every) if every else 1.0
    each = value_of(times) if times else 1.0
    if not span or each is None or (half and unit[0] not in "年月") or (half and every):
        return UNREADABLE
    value = each * _PER_YEAR[unit[0]] * (2 if half else 1) / span
    return at_least(value) if early or late or above else number(value)
