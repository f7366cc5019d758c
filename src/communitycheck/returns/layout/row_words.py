"""What the words of a cell say of its row: a total, a note, a line of units, a numbered heading, a place."""

from __future__ import annotations

import re
from functools import lru_cache

from communitycheck.model.places.place_names import (
    ENDINGS,
    OFFICES,
    TRADITIONAL,
    any_of,
    endings,
    is_county_level_city,
)
from communitycheck.model.units import column_unit
from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import SHORT, Kind, kind_of, plain, without_brackets

_TOTAL = pattern(
    r"(?:[总合小共累總]计|[合小總共]計|计|計|总数|總數|合共|汇总|总合计|合计数|总计数|本页小计|本页合计|"
    r"平均|平均值|平均数|均值|最大值|最小值|最高值|最低值|中位数|标准差|total|subtotal|sum|grandtotal|average|mean)"
    r"(?:[(:(].*)?",
    re.I,
)
_COUNTED = pattern(r"(?:总共|一共|共计|共有|共)\d+[个所家处].{0,8}")  # 共8个社区
# What is carried from the foot of a page to the head of the next.
_CARRIED = pattern(r"(?:过|转|结转|转入|结至)[次下]页|承接?[前上]页|[前上]页累计")
_TOTAL_END = pattern(r".{1,20}(?:合计|小计|总计|共计|合計|小計|總計|汇总|计数)(?:[(:].*)?")
_TOTAL_START = pattern(r"(?:合计|小计|总计|共计|合計|小計|總計)[(:\d一二三四五六七八九十/、,].*")
_MEAN = pattern(r"平均|平均值|平均数|均值|最[大小高低]值|中位数|标准差|average|mean", re.I)
_SUM_WORD = pattern(r"本页|[总合小共累總]总?合?[计計]|计$|計$|总数|總數|合共|汇总|sub|grand|total|sum", re.I)
# 合计一村 is a village; 合计3个村 counts villages.
_PLACE_LIKE_A_TOTAL = pattern(
    rf"(?:合计|小计|总计|共计)[一二三四五六七八九十\d]+{any_of((*ENDINGS['community'], *OFFICES['community'], '组'))}"
)
# 全市, 本街道: the level that a table is about. 全村 and 本地区 are said of a part of it as well.
_WHOLES = (
    *endings(*ENDINGS, but=("特别行政区", "地区", "苏木", "村", "嘎查"), also=("国", "國", "州", "街")),
    *TRADITIONAL["county"],
    *TRADITIONAL["street"],
)
_WHOLE = pattern(rf"(?:全|本){any_of(_WHOLES)}(?:合计|总计|平均|总数)?(?:[(:].*)?")
_LATIN_TAIL = pattern(r"(?<=[\u4e00-\u9fff])[/(]?(?:sub|grand)?(?:total|sum|average|mean)[)]?$", re.I)
_YEAR = pattern(r"(?:19|20)\d\d年(?:度)?|(?:民国|民國).{1,4}年|[“\"].{1,4}五[”\"]时期")
_SUBSET = pattern(r"其中[:、,:]?.{0,20}")
_STATED = pattern(r"\d+(?:\.\d+)?[^\d\W]")
_TOTALS = (_TOTAL, _TOTAL_END, _TOTAL_START, _WHOLE, _SUBSET, _COUNTED, _CARRIED)
# Into what kinds of places a total falls; any other name behind 其中 is that of a place (其中坝村).
_KINDS = (
    r"(?:城市|农村|城镇|乡村|城乡|城区|老城区?|新建|已建|在建|未建|老旧|示范|试点|达标|不达标|未达标|合格|不合格|其他|其它|混合|涉农|"
    r"村改居|纯|非|转制|过渡型)*(?:社区|行政村|建制村|自然村|村|居委会|村委会|街道|乡镇?|镇)?"
)
_KIND = pattern(_KINDS)
_CLASS = pattern(
    r"(?:城市|农村|城镇|乡村|城乡|村改居)(?:社区|村|居委会|村委会)?(?:部分)?|(?:行政|建制|自然)村(?:部分)?"
)
_COMMUNITIES = any_of((*ENDINGS["community"], *OFFICES["community"]))
_PLACE_LIKE_A_PART = pattern(rf"其中(?![:、,]|{_KINDS}$).{{1,12}}{_COMMUNITIES}")
_SIGNERS = r"负责人|填表人|制表人|填报人|审核人|复核人|统计人|编制人|经办人|联系人|审批人|报送人"
_NOTE = pattern(
    r"(?:附?注|备注|備註|附註|註|说明|說明|填表说明|填报说明|资料来源|資料來源|数据来源|來源|来源|注释|source|note)s?\d*[:.、)].*|"
    r"(?:注|说明|說明|备注|資料來源|资料来源|数据来源)|"
    r"[※*#①]\s*.{6,}|"
    rf".*(?:{_SIGNERS}|主管|签字|签章|盖章|公章)(?:签[字章])?[:(_].*|(?:单位|部门|统计)?(?:{_SIGNERS})|"
    r"(?:分管|主管|单位|部门)?(?:领导|审核|复核|校对|填表|制表|填报|经办|编制)(?:单位|部门)?[:_].*|"
    r".*(?:填表|填报|制表|报出|报送|编制|上报)(?:日期|时间)[:].*|.*(?:编制|編製|制表|印制|印製)|"
    r"(?:联系)?电话[:].*|第\d+页.*|共\d+页.*|-\d+-",
    re.I | re.S,
)
_BRACKETED = pattern(r"[(][^()]*[)]$")
_PAGE = pattern(
    r".{0,40}(?:续表|續表|[(][续續][表页頁]?[一二三四五六七八九十\d]*[)]|续\d+|接上页|接上表|转下页)[一二三四五六七八九十\d]*.{0,6}|第\d+页(?:共\d+页)?"
)
_UNIT_LINE = pattern(r"(?:计量|計量|金额|面积|数量)?(?:单位|單位)[::](.+?)[)\s]*$")
_UNIT_LINE_EN = pattern(r"units?\s*:\s*([^:]+?)", re.I)
_NOT_UNIT = pattern(r"(?:填报|报送|编制|填表|制表|主管|上报|统计|所属|建设|责任|牵头|行政)(?:单位|單位)")
_ORGANISATION = pattern(r"局|街道|社区|村|办事处|办公室|委员会|委|政府|中心|公司|学校|医院|厅|科|站|镇|乡$")
_NUMBERING = pattern(
    r"(?:[一二三四五六七八九十]{1,3}|[((][一二三四五六七八九十\d]{1,3}[))]|\d{1,2})[、..．)].{1,30}|"
    r"[((][一二三四五六七八九十]{1,3}[))].{1,30}|第[一二三四五六七八九十]+[章节部类].*"
)
_COUNT = pattern(
    r"[((【\[](?:共|合计|计)?\s*(\d+)\s*(?:所|个|家|户|人|名|处|条|项|座|间|村|社区|个社区|个村|镇|乡)?[))】\]]\s*$"
)


def is_total(text: str | None) -> bool:
    """The cell says that its row is a total."""
    body = plain(text)
    if body and body[-1].isascii() and not body[0].isascii():  # 合计Total
        body = _LATIN_TAIL.sub("", body)
    return (
        bool(body)
        and len(body) <= 40
        and not _PLACE_LIKE_A_TOTAL.fullmatch(body)
        and not _PLACE_LIKE_A_PART.fullmatch(body)
        and any(words.fullmatch(body) for words in _TOTALS)
    )


def is_plain_total(text: str | None) -> bool:
    """The cell holds a word that means a total wherever it stands: 合计, 东街道小计; not 全市, nor 平均."""
    body = plain(text)
    return is_total(text) and not any(words.fullmatch(body) for words in (_WHOLE, _SUBSET, _MEAN, _COUNTED))


def total_word(text: str | None) -> str | None:
    """The word of a cell that claims a sum: 小计 in ``东街道小计``, empty for ``全市``; None where it claims none."""
    body = plain(text)
    if not is_total(text) or any(words.fullmatch(body) for words in (_SUBSET, _MEAN)):
        return None
    found = _SUM_WORD.search(body)
    return body[found.start() :] if found else ""


def is_class(text: str | None) -> bool:
    """The cell names a class of communities and no community (新建社区 is one, 城市社区（3个） is none)."""
    return _CLASS.fullmatch(_COUNT.sub("", plain(text))) is not None


def is_subset(text: str | None) -> bool:
    """The cell says that its row is a part of the total above it: 其中：城市社区."""
    body = plain(text)
    return _SUBSET.fullmatch(body) is not None and not _PLACE_LIKE_A_PART.fullmatch(body)


def is_remark(text: str | None) -> bool:
    """The cell begins like a part of a total and states figures of its own: 其中租赁用房120平方米."""
    body = plain(text)
    return _SUBSET.fullmatch(body) is not None and _STATED.search(body) is not None


def is_kind(text: str | None) -> bool:
    """The cell names a kind of places, not one of them: 农村社区, 行政村."""
    body = plain(text)
    return bool(body) and _KIND.fullmatch(body) is not None


def is_note(text: str | None) -> bool:
    """The cell is a note, a source or a line of signatures; 红旗社区（联系人：王某） is a name."""
    body = plain(text)
    if not body or _NOTE.fullmatch(body) is None:
        return False
    lead = _BRACKETED.sub("", body)
    return lead == body or _NOTE.fullmatch(lead) is not None or region_rank(lead) != RANKS["community"]


def is_page(text: str | None) -> bool:
    """The cell is what a printed page repeats: 续表, a page number, a line of units."""
    body = plain(text)
    return bool(body) and (_PAGE.fullmatch(body) is not None or unit_line(text) is not None)


def is_period(text: str | None) -> bool:
    """The cell is a year with its word: ``2019年``, ``民国95年``."""
    return _YEAR.fullmatch(plain(text)) is not None


def unit_line(text: str | None) -> str | None:
    """The units that a line like ``单位：万元`` states; None where it is no such line."""
    if text is None or len(text) > 120:
        return None
    english = _UNIT_LINE_EN.fullmatch(plain(text).strip("()[]"))
    if english is not None:
        return english.group(1) if any(column_unit(u) for u in re.split(r"[,;/]", english.group(1))) else None
    found = _UNIT_LINE.search(plain(text).strip("()[]"))
    if found is None or _NOT_UNIT.search(plain(text)):
        return None
    stated = found.group(1).strip("()[]")
    if len(stated) > 24 or (column_unit(stated) is None and _ORGANISATION.search(stated)):
        return None
    shown = re.search(r"[单單]\s*[位]\s*[::]\s*(.+?)\s*[)）\]】]?\s*$", text.strip())
    return shown.group(1) if shown else stated


def is_numbered(text: str | None) -> bool:
    """A heading: 一、… (二)… 3、…"""
    body = plain(text)
    return bool(body) and kind_of(body) is Kind.TEXT and _NUMBERING.fullmatch(body) is not None


def stated_count(text: str | None) -> int | None:
    """The count in ``北京市（92所）``."""
    found = _COUNT.search(plain(text))
    return int(found.group(1)) if found else None


def is_unit(text: str | None) -> bool:
    """The cell holds a unit and nothing else: ``（户）``, ``平方米``."""
    return text is not None and (_says_unit(text) if len(text) <= SHORT else _says_unit.__wrapped__(text))


@lru_cache(maxsize=8192)
def _says_unit(text: str) -> bool:
    body = plain(text).strip("()[]")
    if body.startswith("单位:"):
        body = body[3:]
    return bool(body) and column_unit(body) is not None


RANKS = {level: rank for rank, level in enumerate(ENDINGS, 1)}
_NAMED_FOR = {"street": ("农场", "林场"), "community": ("小区",)}
# The rank of the level that each ending tells; and how long endings are: the longest of a name
# tells, 小区 before 区.
_RANKS = {
    end: rank
    for rank, level in enumerate(ENDINGS, 1)
    for end in (*ENDINGS[level], *OFFICES.get(level, ()), *TRADITIONAL.get(level, ()), *_NAMED_FOR.get(level, ()))
}
_LENGTHS = sorted({len(end) for end in _RANKS}, reverse=True)


def region_rank(text: str | None) -> int:
    """1 province, 2 city, 3 county (县级市 among them), 4 street, 5 community; 0 where the name does not tell."""
    return _rank_of(text) if text is None or len(text) <= SHORT else _rank_of.__wrapped__(text)


# What stands around the name of a place in a heading, and the offices that are named for the place they run.
_ORNAMENTS = "【】「」『』〖〗〔〕《》<>[]—–-=~*●○◆◇■□▲△★☆※#·•:：、.。 "
_RUNS = pattern(
    r"(?<=[省市州盟区县旗乡镇道])(?:人民政府|政府|党工委|党委|管委会|管理委员会|民政(?:局|办公室|办|所|科))$"
)


@lru_cache(maxsize=8192)
def _rank_of(text: str | None) -> int:
    body = _RUNS.sub("", without_brackets(plain(text)).strip(_ORNAMENTS))
    if is_county_level_city(body):
        return RANKS["county"]
    return next((_RANKS[body[-n:]] for n in _LENGTHS if len(body) > n and body[-n:] in _RANKS), 0)
