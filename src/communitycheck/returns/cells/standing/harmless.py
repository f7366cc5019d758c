"""Which remarks surely touch no figure beside them: addresses, persons, how the premises were come by, praise.

What ``statements`` does not find is not therefore harmless: a remark that is neither is told in the report.
"""

from __future__ import annotations

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.patterns import pattern
from communitycheck.returns.cells.persons import are_persons
from communitycheck.returns.cells.standing.others import HOUSING, OTHER
from communitycheck.returns.cells.standing.statements import clauses_of, of_clause, settled
from communitycheck.returns.cells.words import nothing, tidy

# Where a clause holds one of these, it may say that things are not as the figures have it.
_SIGN = pattern(
    r"[未没不非缺欠差难]|无(?![偿障误线异])|[将拟预待曾临暂借等]|旧(?!小区|城|楼)|正在|原[^则有址]|现[为作是改]|[移搬关撤换转退让卖占封并][^务心贸届]|迁[^户安]|拆(?!迁[户安])|停(?!车)|收回|"
    r"估|疑|可能|大概|或许|包?含|包括|其中|部分|[仅只](?![限是])|[共合同公混]用|\?|调整|变[化更动]|影响|另|外单位|他人|别人|私人|家中"
)
_MEANT = (
    # where it is, and what it looks like
    r"位于|地处|坐落|地址|[路街巷道]\d*号?$|\d号|[一二三四五六七八九十\d][层楼间室厅栋套处]|平房|独[栋院门]|沿街|结构|[东西南北内外旁边侧口]$|临近|靠近|毗邻|附近|"
    # how it was come by
    r"自有|产权|国有|集体|租[用赁期金约]|承租|合同|购[买置]?|捐|赠|拨|财政|投入|资金|无偿|免费|配建|新建|改建|扩建|自建|共建|代建|回购|置换|调剂|提供|所有|归|"
    # what is praised
    r"达标|合格|示范|先进|优秀|星|模范|荣誉|称号|标准化|规范|正常|良好|完好|完善|齐全|充足|便利|优美|满意|一新|清晰|明晰|较好|精品|特色|试点|创建|评|"
    # who
    r"书记|主任|负责人|联系人|电话|手机|兼|姓名|同志|先生|女士|"
    # what the community is
    r"居民|群众|人口|老龄|流动|户籍|常住|小区|片区|辖区|下辖|农村|城市|城乡|城镇|街道|乡镇|网格|类|成立|设立|析出|组建|组成|民族|村改居|新增|结合部|回迁|商品房|老旧|"
    # what is in it
    r"[室厅站吧角屋]$|中心$|设有|内设|配有|配备|有[\u4e00-\u9fff]{2,6}$|设施|设备|服务|便民|开放|值班|"
    # about the report
    r"附件|附表|详见|见[\u4e00-\u9fff]|同[上前左]|来源|截[至止]|统计|上报|填报|审核|盖章|核[对实定]|实[测有]|年底|年末|上级|考核|验收|"
    # when
    r"建[于成]|改造|装修|修缮|启用|使用|竣工|完[成工]|交付|开工"
)
_MEANT_FOR = pattern(_MEANT)
_DENIES = pattern(r"[未没无不非缺欠难]")
# Of these it is known that they leave the figures as they are, whatever signs they hold.
_KNOWN = pattern(
    r"(?:无|没有|暂无|不?存在)?(?:问题|异常|变化|争议|意见|其他|特殊情况|电梯|障碍[\u4e00-\u9fff]*|安全隐患|物业)?(?:设施|齐全)?|"
    r"(?:[无没未]|没有|不存在)(?:发[现生])?[^,]{0,3}(?:[出转]租|停用|闲置|租[用赁]|事故|问题|隐患|纠纷|违建|休)(?:情况|现象|用房)?|全年无休|"
    r"[\u4e00-\u9fff]{0,6}(?:不足|不够|偏[小少远低高僻]|较[小少大多远低早]|不便|不便利|老旧|陈旧|简陋|紧张|拥挤)|"
    r"(?:租[用赁期金约]|承租|合同|协议|免费使用)(?![^,]*(?:外单位|他人|别人|私人|家中))[^,]{0,16}|(?:原|由)[^,]{1,12}(?:改建?|改造)(?:为|成|而[来成])?[^,]{0,8}|"
    r"(?:原|由)[^,]{1,12}(?:无偿|免费)?(?:移交|划[拨转]|捐赠|拨付)|"
    r"产权[^,]{0,8}|[^,]{0,6}(?:房产|产权|不动产)证[^,]{0,6}|(?:由)?[^,]{1,12}(?:改建|合并(?:成立|组建)|统一建设)(?:而成|成立)?|"
    r"(?:含|包括|包含|其中|下设|[内另]设|设)[^,]{0,14}?(?:[室厅站房吧角屋]|中心|[层楼]|点|租[用赁]|自有)约?[\d.]*(?:平方米|平米|m2|平|个|处|间)?|"
    r"(?:正在|拟|计划|准备|预计|已)?(?:20\d\d年|明年|今年)?拟?(?:创建|申报|评|换届|开展|注册|招[聘募])[^,]*|"
    r"(?:与|同|和)[^,]{1,6}(?:一致|相同)|已?[挂揭]牌|(?:共|两处|合计)*(?:合计|总)面积|建议[^,]*|"
    r"[\d.:\-~/年月日时点分至到]+|1\d{10}|[\d*\-—]{7,}"
)


# What a remark says of the row as an example in the form, and not of a community.
_EXAMPLE = pattern(r"(?:示例|样例|例如?|填写示例)(?:[:,].*)?")


def touches_no_figure(text: str, year: int | None) -> bool:
    """Each clause of the remark is known to leave the figures as they are; of one in which nothing is in doubt."""
    tidied = tidy(text)
    if nothing(tidied) or tidied in NONE_WORDS or are_persons(tidied) or _EXAMPLE.fullmatch(tidied):
        return True
    return all(_harmless(clause, year) for clause in clauses_of(text))


def _harmless(clause: str, year: int | None) -> bool:
    if not clause or settled(clause, year) or _KNOWN.fullmatch(clause) or of_clause(clause, year):
        return True  # what was said of the figures by one clause another has taken back
    sign = _SIGN.search(clause)
    if sign is None:
        return _MEANT_FOR.search(clause) is not None or _is_of_something_else(clause)
    # 志愿者未注册, 未成立业委会; in 已移交物业 it is the premises that somebody else has now.
    other = OTHER.search(clause) or HOUSING.search(clause)
    return other is not None and (other.start() < sign.start() or _DENIES.match(sign[0]) is not None)


def _is_of_something_else(clause: str) -> bool:
    return (OTHER.search(clause) or HOUSING.search(clause)) is not None
