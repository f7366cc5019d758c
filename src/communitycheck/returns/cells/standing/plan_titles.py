"""Titles that say that the figures below are those of a plan: …规划表, …（2025年目标）, …任务分解表.

How planning stands (生活圈规划情况) is no figure of a plan, unless it is that of what is built (社区用房规划情况).
A title that only names a plan speaks of what came of it (“十三五”规划执行情况统计表) and states figures of today.
"""

from __future__ import annotations

from communitycheck.patterns import pattern
from communitycheck.returns.cells.words import tidy

# 达标情况 is actual, and 达标目标分解表 is none.
_ACTUAL = pattern(
    r"(?:完成|执行|落实|实施|进展|进度|达标|达成|实现|实际|现状|现有|评估|监测|检查|核查|督查|督导|考核|验收|自查|总结|对照|对比|"
    r"建成|落地|推进|兑现|报告|调查)(?!的?(?:目标|任务|计划)(?:分解|安排|分配|下达|明细|表|$))|"
    r"completed|achieved|actual|progress|implementation|review"
)
_OF_PLAN = (
    r"规划(?!建设|情况)|(?<=设施|用房|面积|项目|场所|场地|站点|床位|中心)规划(?=情况)|计划|目标|任务(?=分解|指标|目标|分配|下达|安排|数)|(?:建设|年度|目标|工作)任务|"
    r"(?:建设|项目|设施|用房)(?:需求|储备)|预[测期计]"
)
_RUN = (
    r"建设|项目|任务|指标|目标|计划|数[字据值]?|值|面积|明细|分解|安排|汇总|分年度|年度|一览|情况|统计|申报|分配|下达|责任|重点|推算|规模|布局|库"
)
_TABLE = r"(?:图?表格?|[清名]单|台账|[图书册]|汇总|一览)?\d*"
_PLAN = pattern(rf"(?:{_OF_PLAN})(?P<run>(?:{_RUN})*){_TABLE}$")
_TO_BUILD = pattern(r"(?:计划|规划|拟)(?:新建|新增|新设|改建|扩建|增设|购置)")  # 计划新增社区用房情况表
_IN_BRACKETS = pattern(rf"(?:{_OF_PLAN})(?:数[字据值]?|值|指标|表|版|年)?$")
_NAMED_PLAN = pattern(r"(?:五年?|行动|提升|攻坚|振兴|工程)[\"'”’》]?(?:规划|计划)$")
_ENGLISH = pattern(r"\b(?:planned|targets?|projected)\b|\bplan\b(?=\s*(?:\(|$|table|sheet|for|20))")
_BRACKET = pattern(r"\(([^()]*)\)")
_QUOTES = pattern(r"[\"'“”‘’《》<>\s]")


def states_plan(title: str) -> bool:
    """The title of a table, or the name of its sheet, says that what it holds is planned."""
    shown = tidy(title).lower()
    if _ACTUAL.search(shown):
        return False
    if _ENGLISH.search(shown) or _TO_BUILD.search(shown):
        return True
    shown = _QUOTES.sub("", shown)
    if any(_IN_BRACKETS.search(inside) for inside in _BRACKET.findall(shown)):
        return True
    bare = _BRACKET.sub("", shown)
    found = _PLAN.search(bare)
    if found is None:
        return False
    run = found["run"]
    named = _NAMED_PLAN.search(bare[: found.end() - len(found[0]) + 2]) is not None
    return not (named and ("情况" in run or "统计" in run))
