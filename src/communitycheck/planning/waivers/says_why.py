"""Whether what a return writes into its column of explanations explains anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communitycheck.messages.cell_words import EXEMPT_WORDS, NONE_WORDS
from communitycheck.patterns import pattern

# Two characters or letters at least: a tick or a number explains nothing.
_WORDS = pattern(r".*[^\W\d_].*[^\W\d_].*", re.S)
_STOPS = pattern(r"[\n,，.。;；:：、!！?？~～…()（）\[\]【】〔〕|]+")
_STATED_NOTHING = NONE_WORDS | EXEMPT_WORDS
_NOTHING = pattern(
    # that there is nothing to say
    r"(?:本|我|该)?(?:社区|村|街道|年度?|单位|项)?(?:暂时?|目前|并|均|都|尚|也)?(?:无|没有?|未有|不?存在|不用|[无毋不]需要?)"
    r"(?:其[他它]|特殊|相关|任何|具体|特别|需要?|须|另外?|其余|异常|要)*的?"
    r"(?:情况|说明|解释|原因|备注|补充|内容|变化|异常|事项|意见|问题|理由|填写|反映)*(?:需要?|可|须|要)?的?"
    r"(?:说明|解释|反映|填写|补充)?的?(?:情况|事项|内容|问题|地方|之处)?|"
    # that it stands elsewhere
    r"(?:情况|原因|说明)?(?:同|与|和|如|见|参见|参照|详见|另见|另附|附|见于)"
    r"(?:[上前下左右后]|以上|上[一年述面]|前[述面]|去年|往年|其他)?"
    r"(?:[行条栏列格项表述文面]|社区|附?件|附?表|附[件表图]|备注|说明|材料|报告|纸|页|情况|年度?)*"
    r"(?:[一二三四五六七八九十\d]*)(?:所述|一致|相同|一样)?|"
    # that all is well, which a fail contradicts
    r"(?:以上|已经?|均|都|全部|基本|完全|总体|一切|目前|情况|数据|数字|指标|各项|经?核[实查对]后?|检查)*"
    r"(?:达标|达到(?:标准|要求|规定)|合格|正常|"
    r"(?:符合|满足)(?:标准|要求|规定|规范|条件)?|良好|完成|落实(?:到位)?|属实|真实|准确|无误|正确|有效|齐全|"
    r"(?:填写?|上报|填报|核实|核对|确认|核查|审核|检查|说明|解释|统计)(?:完毕|完成|过|无误|通过)?)+(?:的|了)?|"
    # that somebody will say so later
    r"(?:正在|尚|还|仍)?(?:待|后续|稍后|以后|随后|下次|正在|进行)(?:进一步)?"
    r"(?:核[实查对]|统计|补充?|说明|解释|填[报写]?|上报|确认|汇总|更新)+(?:中|说明|材料)?|"
    r"(?:原因|情况)?(?:不明|不详|不清楚?|未知|不知道?|不了解|待查|[略是否有好])|"
    r"(?:原因|情况|说明|解释|备注|理由|情况说明|填写说明)+",
)
_NOTHING_EN = pattern(
    r"(?:there (?:is|are) )?(?:none|nil|nothing|no(?:thing)?(?: (?:further|other|special|particular|more))?"
    r"(?: (?:explanations?|comments?|remarks?|reasons?|notes?|issues?|changes?|info(?:rmation)?))?|"
    r"n ?a|null|nan|not applicable|(?:nothing )?to (?:add|report|explain|say)|"
    r"(?:as|see|same as|same) ?"
    r"(?:above|before|below|last year|attach(?:ed|ments?)|annex|notes?|others?|previous(?: row)?)?|ditto|idem|"
    r"(?:all |is |are |was |already |data )*(?:ok(?:ay)?|fine|good|normal|met|passed|pass|compliant|completed?|correct|"
    r"confirmed|checked|verified|true|yes|no)|"
    r"tb[cda]|pending|to (?:be )?(?:confirmed|checked|verified|added|done|follow)|unknown|not known|"
    r"(?:explanation|reason|comment|remark)s?)",
    re.I,
)


# A clause of more characters is no stock phrase.
_LONGEST = 40


def says_why(text: str) -> bool:
    """Whether some part of the text is more than that there is nothing to say, that it stands elsewhere, that all is
    well or that somebody will say so later."""
    if text.strip() in _STATED_NOTHING or _WORDS.fullmatch(text) is None:
        return False
    return any(_says_something(part) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """Clauses; Chinese is parted at spaces and dashes as well."""
    for clause in _STOPS.split(text):
        yield from re.split(r"[\s/\\-]+", clause) if re.search(r"[\u4e00-\u9fff]", clause) else (clause,)


def _says_something(part: str) -> bool:
    plain = " ".join(re.split(r"[\W_]+", part)).strip()
    if _WORDS.fullmatch(plain) is None:
        return False
    return len(plain) > _LONGEST or not (_NOTHING.fullmatch(plain) or _NOTHING_EN.fullmatch(plain))
