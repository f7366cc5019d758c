"""The period that titles and names state: what a text writes like a period may be the date of something else.

A wrong day is worse than none, for it decides which limits are in force and which deadlines have passed. So the year of
a document (依据2018年标准), a date of filing (填报于2021年1月), a plan's years and years side by side are no period.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from communitycheck.patterns import pattern
from communitycheck.returns.cells.periods import (
    DAY,
    MONTH,
    QUARTER,
    TO,
    Period,
    end_of_month,
    number_of,
    one_period,
    periods_in,
    plain,
)

_YEARS = ("year", "whole year", "bare")
_UNTIL = pattern(r"截[至止](?:时间|日期|时点)?[至到于为]?:?$")
# Digits and signs are a date where they stand behind such words.
_DAY_OF_FIGURES = pattern(
    r"(?:截[至止](?:时间|日期|时点)?|(?:统计|数据|报告)(?:期|时间|日期|时点)|所属期)[至到于为是]?:?$"
)
_REST_OF_DAY = pattern(r"[0-9]{1,2}[日号]")
# 填报于, 填表日期:, 报送截止时间: say when a form was filled in or is due; 建成, when something came to be.
_FILED = (
    "(?:填报|填表|上报|报送|报出|申报|制表|编制|编报|填写|填|提交|打印|导出|下载|生成|印发|发布|公布|更新|修订|审核|"
    "签发|录入|施行|实施|成立|建成|投用|竣工|启用)"
)
_BEFORE = pattern(
    rf"(?:(?:{_FILED}|报告(?=日|时))(?:截[至止])?(?:日期|时间|年月|时点)?[于在]?[:(]?|"
    r"(?:依据|根据|按照?|依照|参照|执行|对照|遵照)[\"“(]?|自|较|比|(?<![止新])到)$"
)
_AFTER = pattern(
    rf"\)?(?:{_FILED}(?!数|人|情况|进度|效果)|(?:之|以)?[前后]|起|以来|版|修正|标准(?!化)|文件|办法|规定|通知|意见|"
    r"条例|规范|规划|决定|学年|中(?:期|$)|[春夏秋冬]季?|第?[0-9一二三四五六七八九十]+(?:号(?![楼院])|期|周|次|届))"
)
_FIGURES = pattern(r"数据|统计数|人口数|底数")
_PLAN = pattern(r"[^,;。()]{0,14}?(?:规划|计划|行动|方案|工程|目标|任务)")
_TITLE = pattern(r"《[^《》]*》")
_TABLE = pattern(r"表》|统计|情况|汇总|台账|名册|清单|报表")
_DOCUMENT = pattern(
    r"[〔\[【(]?(?:19|20)[0-9]{2}[〕\]】)]?年?第?[0-9]+号(?![0-9楼院])|"
    r"(?:GB|CJJ|JGJ|DB|MZ|JB)[0-9/T.\s]*-(?:19|20)[0-9]{2}"
)
_YEAR_IN_BRACKETS = pattern(r"\(((?:19|20)[0-9]{2})\)")
_SPACE = pattern(r"(?<![0-9]{2})\s+|\s+(?![0-9])")
# The part of a year without the year, which stands elsewhere: a sheet 三季度 in the file 社区2020.
_PART = pattern(
    rf"\((?P<month>{MONTH}月)份?\)|(?<![0-9年每次明去上下.\-/])(?:截[至止]到?(?P<until>{MONTH}月(?:{DAY}[日号]|[底末])?)|"
    rf"(?P<range>{MONTH}月?{TO}{MONTH}月|第?{QUARTER}(?:季度?)?{TO}第?{QUARTER}季度|前[一二两三1-3]个?季度|"
    rf"第?{QUARTER}季度|[上下]半年))"
)
_ONE_MONTH = pattern(rf"({MONTH})月份?")

_OfYear = Callable[[int], "Period | None"]


def find_period(texts: list[str], names: list[str]) -> date | None:
    """The last day of the period that a sheet states; see ``find_stretch``."""
    return find_stretch(texts, names)[0]


def find_stretch(texts: list[str], names: list[str]) -> tuple[date | None, int]:
    """The period that a sheet states: its last day, and how many months it lasts (0 where that is not told).

    Args:
        texts: title lines, where a year is only believed with 年 behind it.
        names: names of sheet and file, where a bare 2020 will do.
    """
    lines = [plain(_SPACE.sub("", text)) for text in texts]
    written = [(line, False) for line in lines] + [(plain(name), True) for name in names]
    parts = [_part(text, alone) for text, alone in written]
    for k, (text, is_name) in enumerate(written):
        found = _stated(text, is_name)
        if found is None or found.last is None:
            continue
        part = parts[k]
        if found.kind in ("year", "bare"):
            part = next(filter(None, (part, *parts)), None)
        elif found.kind != "whole year":
            part = None
        whole = found if part is None else part(found.last.year)
        return (None, 0) if whole is None else (whole.last, whole.months)
    return None, 0


def period_of_header(text: str) -> date | None:
    """The last day of the one period that a header states for its figures: 面积(2019年底), 面积(2019), 2019年/面积."""
    line = plain(_SPACE.sub("", text))
    found = _stated(_YEAR_IN_BRACKETS.sub(r"(\1年)", line), False)
    return None if found is None else found.last


def impossible_period(texts: list[str]) -> str | None:
    """What titles state as the day or the months of the figures though no calendar has it: 2022年13月31日."""
    for text in texts:
        line = _readable(plain(_SPACE.sub("", text)))
        for one in periods_in(line):
            written = line[one.start : one.end]
            told = "月" in written or _DAY_OF_FIGURES.search(line[: one.start]) is not None
            if one.last is None and told and not one.kind.endswith("years") and not _dates_something_else(line, one):
                rest = _REST_OF_DAY.match(line, one.end)
                return written + (rest[0] if rest else "")
    return None


def _stated(text: str, is_name: bool) -> Period | None:
    """The one period that a text states; None where it states none, or several."""
    text = _readable(text)
    written = [one for one in periods_in(text) if one.last and (is_name or not one.kind.startswith("bare"))]
    found = [one for one in written if not _dates_something_else(text, one)]
    until = next((one for one in found if _UNTIL.search(text[: one.start])), None)
    if until is not None:
        return until._replace(months=0)  # a day, of whatever length the period before it is
    spans = [one for one in found if one.kind != "day"]
    end = max((one.last for one in spans if one.last), default=None)
    # A day after the end of the period beside it is that of filing.
    found = [one for one in found if one.kind != "day" or end is None or (one.last and one.last <= end)]
    if len({one.last.year for one in found if one.last}) == 1:  # a part of the year tells more than the year
        found = [one for one in found if one.kind not in _YEARS] or found
    return found[0] if len({one.last for one in found}) == 1 else None


def _readable(text: str) -> str:
    """The text without numbers and titles of documents, which hold years of their own."""
    return _DOCUMENT.sub("", _TITLE.sub(lambda m: m[0] if _TABLE.search(m[0]) else "《》", text))


def _dates_something_else(text: str, one: Period) -> bool:
    before, after = text[: one.start], text[one.end :]
    if _AFTER.match(after) or (one.kind.endswith("years") and _PLAN.match(after)):
        return True
    return _BEFORE.search(before) is not None and not (before.endswith(("按", "按照")) and _FIGURES.match(after))


def _part(text: str, alone: bool) -> _OfYear | None:
    """What part of a year a text names without the year; a name may be a month and no more."""
    month = _ONE_MONTH.fullmatch(text) if alone else None
    if month is not None:
        number = number_of(month[1])
        return lambda year: Period(end_of_month(year, number), "part", 0, 0, 1)
    found = _PART.search(text)
    said = found and (found["until"] or found["range"] or found["month"])
    if not said:
        return None
    until = bool(found and found["until"])

    def of_year(year: int) -> Period | None:
        whole = one_period(f"{year}年{said}")
        return whole._replace(months=0) if whole is not None and until else whole

    return of_year
