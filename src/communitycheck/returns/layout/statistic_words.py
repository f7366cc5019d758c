"""Words that head rows of figures about other rows: 达标率, 目标值, 应建, 审核, 上年同期.

Such a label is made of the words of statistics and of paperwork alone; the name of a place has a word of its own, or
ends as places end (标准村, 完成社区).
"""

from __future__ import annotations

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import plain

_DONE = r"[应实已未拟需待尚还新现在缺](?:建|报|设|配|有|交|达|缺|完成|开工|报送|上报)成?"
_JUDGED = r"不?达标|不?合格|未达标|完成|覆盖|优秀|良好|较差|通过|符合|不符合|满足"
_PAPERS = (
    r"审核|复核|核定|核实|核查|校对|审定|审批|初审|终审|抽查|检查|验收|备案|批准|上报|填报|报送|汇总|登记|签[字名章]|盖章|"
    r"制表|填表|制单|领导|负责人?|单位|部门|日期|时间|意见|备注|说明|附注"
)
_AIMS = (
    r"标准|要求|目标|任务|计划|指标|规划|限值|底线|基数|基准|[上下]限|[上本下省市县区]级|国家|预算|决算|预计|估[计算]|[测推]算|考核|规定|最低|最高|建设"
)
_COMPARED = (
    r"上年|去年|前年|本年|今年|上期|本期|[上本]月|同期|同比|环比|[比较占]|(?:第?[一二三四1-4])?季度|年度|全年|[年月期][末初底]|\d{4}年?|"
    r"累计|增减|净?增[长加]?|减少|变[化动]|下降|幅度?|差[额距异值]|缺口|余额|结余|调整|误差|进度|偏差|所|每|百|千|万"
)
_AMOUNTS = (
    r"平均|[人户社村]均|最[大小]|中位|率|数|值|量|额|比[重例]?|占比|百分比|情况|[总小合共]计|排?名次?|得?分数?|评分|等[级次]|"
    r"权重|序号|编号|面积|户|人口?|(?:社区|村|街道|乡镇|单位)(?=总?[数量率]|平均|个数)|总|个"
)
_NOTHING = r"不详|不明|未知|暂?缺|空缺|缺失|空白|机动|预留|[待未](?:分配|定)"
_LABEL = pattern(rf"(?:{'|'.join((_DONE, _JUDGED, _PAPERS, _AIMS, _COMPARED, _AMOUNTS, _NOTHING))})+")
# The unit behind it: 达标率（%）, 目标值：.
_AMOUNT = pattern(r"\([%％‰].{0,4}\)$|[:：]$|[%％‰]$")


def heads_figures(text: str | None) -> bool:
    """The text is a label of figures about other rows, and no name."""
    label = _AMOUNT.sub("", plain(text))
    return len(label) > 1 and _LABEL.fullmatch(label) is not None
