"""Opening hours: 9:00-12:00, 14:00-18:00 -> 7.0 hours a day."""

from __future__ import annotations

import re
from itertools import pairwise

from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, number, unreadable
from communitycheck.returns.cells.numbers import Measure, read_tidied
from communitycheck.returns.cells.numerals import value_of
from communitycheck.returns.cells.words import MARK, nothing, tidy

_WHOLE_DAY = pattern(
    r"(?:全天候?|(?:7[*x×])?24(?:小时|h|hours?)|二十四小时|昼夜|0?0:00(?:-|至)24:00)(?:开放|服务|值班|办公|制)?",
    re.I,
)
_NINE_TO_FIVE = pattern(r"[朝早]([0-9一二三四五六七八九十]+)晚([0-9一二三四五六七八九十]+)")
_SINGLE_TIME = pattern(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")

_PART = r"(?:上午|早上|早晨|清晨|早|中午|下午|午后|傍晚|晚上|晚间|夜间|晚|凌晨)"
_CLOCK = (
    rf"({_PART})?([0-9]{{1,2}})(?:(?:[:点时]|(?<=[0-9])\.(?=[0-9]{{2}}(?![0-9])))([0-9]{{2}}|半|整|一刻|"
    rf"三刻)?(?::00)?分?|(?=[-~]))"
)
_INTERVAL = pattern(rf"{_CLOCK}-(次日|第二天|翌日|隔日)?{_CLOCK.replace('|(?=[-~])', '|(?![0-9.:点时])')}")

_SEASON = pattern(
    r"(?:春夏季?|秋冬季?|夏令时?|冬令时?|夏秋季?|冬春季?|春季|夏季|秋季|冬季|夏天|冬天|[夏冬](?=[^\u4e00-\u9fff]))"
)
_WEEKDAYS = pattern(r"工作日|法定工作日|(?:每?周|星期|礼拜)一(?:-|至|到)(?:周|星期|礼拜)?[五六](?!、|和|日)")
_DAYS = pattern(
    r"(?:每?周|星期|礼拜)[一二三四五六日天末](?:(?:-|至|到|、)(?:周|星期|礼拜)?[一二三四五六日天])*|双休日|周末|"
    r"节假日|休息日|"
    r"法定工作日|工作日"
)
# Words that may stand around the times without changing them.
_AROUND = pattern(
    r"[,，;；、。.:/|()\[\]\s-]|开放时间|服务时间|办公时间|工作时间|上班时间|营业时间|时间|每天|每日|天天|全年无休|"
    r"全年|无休|"
    r"开放|服务|办公|营业|对外|上午|下午|早上|晚上|中午|早|晚|为|是|和|及|和|与|均|照常|正常|不休息?|无休息?|不打烊|"
    r"不间断|不午休|午间"
)
_DURATION = pattern(r"(?:每天|每日|日均|平均|一天|全天|开放|服务|办公|时长|共|累计)+")
_PER_DAY = pattern(r"(?:/|每)?(?:天|日)$")
_CHINESE_CLOCK = pattern(r"([零一二三四五六七八九十两]+)(?=点|时(?!间|长|段)|分|小时)")
_AFTER_NOON = ("下午", "午后", "傍晚", "晚上", "晚间", "夜间", "晚")


def read_hours(text: str, measure: Measure) -> Cell:
    """Net opening hours of a day: a number, a duration, or the sum of the stated intervals.

    Seasons or kinds of days with different times give the shortest. A single time of day (also Excel's 0.375) and
    words without times (错时延时) are UNREADABLE.
    """
    text = tidy(text)
    cell = nothing(text)
    if cell is not None:
        return cell
    if MARK in text:
        return UNREADABLE
    if _SINGLE_TIME.fullmatch(text):
        return unreadable("single-time")
    text = re.sub(r"[—–―~～至到]+|--+", "-", text.replace(" ", ""))
    if _WHOLE_DAY.fullmatch(text):
        return number(24.0)
    nine = _NINE_TO_FIVE.fullmatch(text)
    if nine:
        start, end = value_of(nine[1]) or 0, value_of(nine[2]) or 0
        return number(end + 12 - start) if 0 < start < 12 and 0 < end < 12 else UNREADABLE
    duration = _duration(text, measure)
    if duration is not None:
        return duration
    return _times(_CHINESE_CLOCK.sub(_arabic, text))


def intervals(text: str) -> list[tuple[str, float]]:
    """The intervals of a day that the text states, each with its hours; none where it tells kinds of days apart."""
    text = re.sub(r"[—–―~～至到]+|--+", "-", tidy(text).replace(" ", ""))
    text, part, found = _CHINESE_CLOCK.sub(_arabic, text), "", []
    if _SEASON.search(text):
        return []
    for match in _INTERVAL.finditer(text):
        span = _span(match, part)
        if span is None:
            return []
        part = match[5] or match[1] or ""
        found.append((match[0], span[1] - span[0]))
    return found


def _arabic(found: re.Match[str]) -> str:
    value = value_of(found[1])
    return found[0] if value is None else f"{value:g}"


def _duration(text: str, measure: Measure) -> Cell | None:
    """8, 8小时/天, 每天不少于8小时, 8小时30分, 480分钟; None where it is no duration."""
    bare = _PER_DAY.sub("", _DURATION.sub("", text, count=1)).strip("()")
    minutes = re.fullmatch(r"([0-9]{1,2})(?:个?小时|h)(?:([0-9]{1,2})分钟?|(半))", bare)
    if minutes:
        return number(int(minutes[1]) + (0.5 if minutes[3] else int(minutes[2]) / 60))
    half = re.fullmatch(r"([0-9]{1,2})个半小时", bare)
    if half:
        return number(int(half[1]) + 0.5)
    cell = read_tidied(bare, measure) if bare else UNREADABLE
    if not cell.known:
        return None if cell.note != "range-value" or _clock_like(bare) else cell
    if not re.search(r"[^0-9.]", bare) and measure.factor == 1.0 and 0 < cell.lo < 1:
        return unreadable("single-time")
    return cell


def _clock_like(text: str) -> bool:
    """8-17 can only be times of day; 8-10 may be eight to ten hours."""
    numbers = [float(n) for n in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)]
    marked = re.search(r"[:点,;]|(?<!小)时|\.[0-9]{2}(?![0-9])", text)
    return bool(marked) or len(numbers) > 2 or (len(numbers) == 2 and numbers[1] >= 15)


def _times(text: str) -> Cell:
    """The shortest day among the seasons and kinds of days that the text tells apart."""
    seasons = [part for part in _SEASON.split(text) if _INTERVAL.search(part)]
    marks = len(_SEASON.findall(text))
    if marks and len(seasons) > marks:
        return UNREADABLE  # usual times, and others that replace some of them in summer
    if marks == 1:
        return UNREADABLE  # one season is told, and the other is not
    if len({len(_INTERVAL.findall(part)) for part in seasons}) > 1:
        return UNREADABLE  # 8:00-12:00 14:30-18:00(夏)/14:00-17:30(冬): the morning belongs to both
    days = []
    for piece in _SEASON.split(text):
        for part in _DAYS.split(piece):
            hours = _day(part)
            if hours is None:
                return UNREADABLE
            if hours:
                days.append(hours)
    if not days:
        return UNREADABLE
    if any(h > 24 for h in days):
        return Cell(state=State.IMPOSSIBLE, note="impossible-value")
    cell = number(min(days))
    if len(days) > 1:
        return cell.noted("shortest-day", hours=min(days))
    return cell.noted("weekdays-only", hours=days[0]) if _WEEKDAYS.search(text) else cell


def _day(text: str) -> float | None:
    """Net hours of one day; 0 where the text has no times, None where it has something else."""
    total, spans, part = 0.0, [], ""
    for found in _INTERVAL.finditer(text):
        span = _span(found, part)
        if span is None:
            return None
        part = found[5] or found[1] or ""
        spans.append(span)
    rest = _AROUND.sub("", _INTERVAL.sub("", text))
    if rest:
        return None
    for start, end in spans:
        total += end - start
    return None if _overlap(spans) else total


def _span(found: re.Match[str], part: str) -> tuple[float, float] | None:
    first_part, next_day, second_part = found[1] or "", found[4], found[5] or ""
    start = _clock(found[2], found[3], first_part)
    end = _clock(found[6], found[7], second_part or (first_part if first_part in _AFTER_NOON else ""))
    if start is None or end is None:
        return None
    if next_day:
        return start, end + 24 if end + 24 > start else end
    if end < start and not second_part and not first_part and start < 12 and end <= 12:
        return None  # 9:00-5:00: till five in the afternoon or in the morning?
    if end < start:
        end += 24
    return (start, end) if end > start else None


def _clock(hour: str, minute: str | None, part: str) -> float | None:
    value = float(hour)
    value += {"半": 0.5, "整": 0.0, "一刻": 0.25, "三刻": 0.75, None: 0.0}.get(minute, 0.0)
    if minute and minute.isdigit():
        if int(minute) > 59:
            return None
        value += int(minute) / 60
    if part in _AFTER_NOON and value < 12:
        value += 12
    return value if value <= 24 else None


def _overlap(spans: list[tuple[float, float]]) -> bool:
    """Two intervals of one day that both say when the same hour is spent."""
    ordered = sorted(spans)
    return any(later[0] < earlier[1] for earlier, later in pairwise(ordered))
