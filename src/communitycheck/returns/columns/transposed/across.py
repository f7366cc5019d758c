"""What stands over the columns of a table whose rows are indicators: subjects, periods, or words about the figures.

指标 | 单位 | 东街社区 | 西街社区 has subjects across; 指标 | 单位 | 本期 | 上年同期 is a form about one subject,
and only its current figures are judged: a plan, a sum since January or the year before are other figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from enum import Enum, auto

from msgspec import Struct, field

from communitycheck.patterns import pattern
from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.cells.stated_place import is_place
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import is_total
from communitycheck.returns.layout.transpose import UNIT_HEADERS


class Meaning(Enum):
    """What a header says of its column."""

    FIGURES = auto()  # the figures of the current period, or figures and no more
    DATED = auto()  # those of a period that it states
    OTHER = auto()  # another period, a part of one, a plan, a change
    TOTAL = auto()
    ABOUT = auto()  # something about the indicator: its unit, its code, a remark
    NAME = auto()  # anything else


_FIGURES = pattern(
    r"(?:本|当|该|报告|现|期|年|月|季)(?:年度|年|期|月|季度|季|次|阶段|末|底|报告期)?(?:末|底|内)?(?:数量|数值|数据|数|值|情况|实际|实绩|"
    r"实有|完成|发生)?(?:数|值|额|情况)?|(?:实际|实有|现有|已有|完成|达到|填报|填写|上报|自评|自查|核定|核实|核查|审核|指标|统计|汇总|最终)"
    r"(?:完成|达到|填报)?(?:数量|数值|数据|内容|结果|情况|数|值|额)?|(?:数量|数值|数据|数额|数|值|金额|总量|总数|人数|个数|户数|内容|结果|"
    r"情况|现状|答案)|(?:current|actual|reported|this)?(?:value|values|number|amount|figure|figures|quantity|result|answer|data|"
    r"period|year|month|quarter|current|actual|reported)",
    re.I,
)
_OTHER = pattern(
    r"上年|去年|前年|往年|历年|上期|上月|上季|上次|上一|同期|期初|年初|月初|同比|环比|累计|计划|规划|目标|任务|预计|预期|预算|^拟|"
    r"增减|增长|增幅|增加|减少|增速|变化|变动|差额|差异|差距|缺口|比上|较上|比去|较去|[+±]|占比|比重|比例|完成率|进度|排名|名次|"
    r"得分|评分|权重|满分|分值|标准|要求|应[有建达配设]|参考|"
    r"^(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?$|^第?[一二三四1-4]季度?$|^[上下]半年$|"
    r"previous|last|prior|target|plan|goal|change|growth|yoy|cumulative|budget|forecast|ytd|required",
    re.I,
)
_ABOUT = pattern(
    r"(?:指标|项目|行)?(?:代码|编码|编号|名称|序号|行次|号|说明|解释|口径)|序号?|(?:填报|填表|填写|变化|变动|差异|增减|情况)?"
    r"(?:备注|备考|说明|原因|附注|注)|(?:指标|項目|项目|科目|栏目)|(?:计量)?单位|"
    r"(?:indicator|code|name|note|notes|remark|remarks|comment|comments|no\.?|unit|units)",
    re.I,
)
# What follows the year in 2023年实际.
_TAIL = pattern(r"(?:实际|实绩|完成|实有)?(?:数|值|情况)?$")


class HeadedColumn(Struct, frozen=True):
    """A column, what its header says, the subject that it names, and the last day of the period that it states."""

    index: int
    header: str
    meaning: Meaning
    name: str = ""
    day: date | None = None


class Across(Struct, frozen=True):
    """Which columns are records.

    Attributes:
        records: the columns to judge; ``names`` are their subjects, where the header says more than these.
        one: all of them are about one subject, which no header names.
        aside: columns of other periods, or of what is no period: not judged.
        day: the last day of the period that the records state.
    """

    records: list[int]
    names: dict[int, str] = field(default_factory=dict)
    one: bool = False
    aside: list[int] = field(default_factory=list)
    day: date | None = None


def across(headed: Iterable[tuple[int, str]], figures: Collection[int]) -> Across | str:
    """Tell subjects from periods; or the code of the refusal where nobody can say which figures are the current ones.

    Args:
        headed: (column of the grid, its header) of the columns right of the labels.
        figures: those in which figures stand.
    """
    columns = [read_header(index, header) for index, header in headed]
    columns = [c for c in columns if c.index in figures or (c.name and is_place(c.name))]
    named = [c for c in columns if c.name]
    bare = [c for c in columns if not c.name and c.meaning is not Meaning.ABOUT]
    places = sum(is_place(c.name) for c in named)
    if named and (places * 5 >= len(named) * 3 or (not bare and len(named) > 1)):
        return _subjects(named)
    return _one_subject(bare)


def _subjects(named: list[HeadedColumn]) -> Across | str:
    """Of each subject the current figures."""
    result: list[HeadedColumn] = []
    for name in dict.fromkeys(c.name for c in named):
        own = [c for c in named if c.name == name]
        plainly = [c for c in own if c.meaning is Meaning.NAME]
        # Two columns of one name are two records, and reports say so.
        if len(plainly) == len(own):
            result += own
        else:
            current = _current(own)
            if isinstance(current, str):
                return current
            result.append(current)
    days = {c.day for c in result}
    records = [c.index for c in result]
    aside = [c.index for c in named if c.index not in records]
    names = {c.index: c.name for c in result if c.meaning is not Meaning.NAME}
    return Across(records, names, aside=aside, day=days.pop() if len(days) == 1 else None)


def _one_subject(bare: list[HeadedColumn]) -> Across | str:
    chosen = _current(bare)
    if isinstance(chosen, str):
        return chosen
    aside = [c.index for c in bare if c is not chosen and c.meaning is not Meaning.TOTAL]
    return Across([chosen.index], one=True, aside=aside, day=chosen.day)


def _current(columns: list[HeadedColumn]) -> HeadedColumn | str:
    """The column of the current figures; else that of the latest period; else the sum of the parts."""
    for meaning in (Meaning.FIGURES, Meaning.DATED, Meaning.TOTAL, Meaning.NAME):
        own = [c for c in columns if c.meaning is meaning]
        if meaning is Meaning.DATED:
            latest = max((c.day for c in own if c.day), default=None)
            own = [c for c in own if c.day == latest]
        if len(own) == 1:
            return own[0]
        if own:
            return "form-of-two-figures"
    return "form-without-period"


def read_header(index: int, header: str) -> HeadedColumn:
    """What a header says, its levels together: 福安社区/本期 is the current figures of 福安社区."""
    name, day, said = "", None, []
    for level in header.split("/"):
        meaning, own = _level(level)
        said.append(meaning)
        if meaning is Meaning.NAME:
            name = level.strip()
        day = own or day
    order = (Meaning.ABOUT, Meaning.OTHER, Meaning.DATED, Meaning.FIGURES, Meaning.TOTAL)
    first = next((meaning for meaning in order if meaning in said), Meaning.NAME)
    return HeadedColumn(index, header, first, "" if first is Meaning.ABOUT else name, day)


def _level(text: str) -> tuple[Meaning, date | None]:
    levels = parse_header(text).levels
    body = plain("".join(levels) or text)
    if is_place(body):
        return Meaning.NAME, None
    if _ABOUT.fullmatch(body) or body.casefold() in UNIT_HEADERS:
        return Meaning.ABOUT, None
    if _OTHER.search(body):
        return Meaning.OTHER, None
    if is_total(body):
        return Meaning.TOTAL, None
    day = read_date(_TAIL.sub("", body)) or read_date(body)
    if day is not None:
        return Meaning.DATED, day
    return (Meaning.FIGURES if _FIGURES.fullmatch(body) else Meaning.NAME), None
