"""What a single cell looks like: a number, a period, a sign for nothing, a word for a total, a note."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from communitycheck.model.units import column_unit, find_unit
from communitycheck.patterns import pattern
from communitycheck.returns.cells.numerals import value_of


class Kind(IntEnum):
    """What the text of a cell looks like."""

    BLANK = 0
    TEXT = 1
    PERIOD = 2  # a bare year or month: a number that may also head a column
    VALUE = 3  # any other number, a date, a truth, a sign for nothing, an error


_NUMBER = pattern(
    r"[约近超逾达>≥<≤~]?\s*[-+]?[¥$]?\s*(\d[\d, ]*\.?\d*|\.\d+)(e[-+]?\d+)?\s*"
    r"(%|‰|余|多|左右|以上|以下|以内)*\s*[a-z\u4e00-\u9fff/²³0-9]{0,6}(左右|以上|以下)?",
    re.I,
)
_PLAIN = pattern(r"[-+]?[¥$]?\d[\d,]*(\.\d*)?(e[-+]?\d+)?%?|\([¥$]?(\d{1,3}(,\d{3})+(\.\d*)?|\d+\.\d+)\)", re.I)
# A number in Chinese, of two characters or more: 三千五百八十八.
_SPELLED = pattern(r"(?=.*[十百千万拾佰仟])[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
# Most cells of most tables.
_FIGURE = pattern(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_PERIOD = pattern(r"(19|20)\d\d(0[1-9]|1[0-2])?")
_DATE = pattern(r"\d{4}([-/.年])\d{1,2}([-/.月]\d{1,2}日?)?( \d\d:\d\d(:\d\d)?)?月?|\d{1,2}:\d\d(:\d\d)?")
_HOURS = pattern(
    r"(?:(?:周|星期)[一二三四五六日天](?:[-~至]周?[一二三四五六日天])?)?(?:[,、;/]?\d{1,2}:\d\d[-~至到—]+\d{1,2}:\d\d)+"
)
_PERIOD_TEXT = pattern(r"(19|20)\d\d\s*年(度|末|底)?(\d{1,2}\s*月(份|末|底)?)?|(民国|民國).{1,8}|第[一二三四]季度")
_YEAR = pattern(r"(?:19|20)\d\d年(?:度)?|(?:民国|民國).{1,4}年|[“\"].{1,4}五[”\"]时期")
_NOTHING = {
    "-", "--", "—", "——", "–", "/", "\\", "…", "……", "...", "*", "×", "n/a", "na", "null", "none", "nan", "?",
    "空", "空白", "未填", "缺", "缺失", "不详", "未知", "待定", "待核实", "待统计", "未统计", "暂缺", "暂无数据",
    "无法统计", "不适用", "不涉及", "无此项", "免填", "无", "没有", "暂无",
}  # fmt: skip
_TRUTHS = {
    "是", "否", "有", "√", "✓", "✔", "☑", "■", "☐", "□", "✗", "✘", "y", "n", "yes", "no", "true", "false", "t", "f",
    "已建", "未建", "在建", "已建成", "未建成", "达标", "不达标", "未达标", "已覆盖", "未覆盖", "已完成", "未完成",
}  # fmt: skip
# A unit behind a figure; anything else behind it makes the cell a name ("3号楼") or a phrase.
_TAIL = pattern(
    r"^[约近超逾达>≥<≤~]?\s*[-+]?[\d, .]+(?:余|多)?\s*([a-z%‰²³/\u4e00-\u9fff0-9]*?)(?:左右|以上|以下|余|多)?$", re.I
)


def plain(text: str | None) -> str:
    """NFKC without any white space; empty for an empty cell."""
    if text is None:
        return ""
    if text.isascii():
        return "".join(text.split())
    return _folded(text) if len(text) <= _SHORT else _folded.__wrapped__(text)


# Longer texts are not kept: they are few, and may be very long.
_SHORT = 100


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=65536)
def kind_of(text: str | None) -> Kind:
    """Kind of one cell."""
    if text is None:
        return Kind.BLANK
    if _FIGURE.fullmatch(text):
        return Kind.PERIOD if _PERIOD.fullmatch(text) else Kind.VALUE
    body = plain(text).strip("\u200b\ufeff")
    if not body:
        return Kind.BLANK
    if len(body) > 24:
        return Kind.TEXT
    if _PERIOD.fullmatch(body):
        return Kind.PERIOD
    low = body.lower()
    if low in _NOTHING or low in _TRUTHS or (body[0] == "#" and body[-1] in "!?A"):
        return Kind.VALUE
    if _PLAIN.fullmatch(body) or _DATE.fullmatch(body):
        return Kind.TEXT if _PERIOD_TEXT.fullmatch(body) else Kind.VALUE
    if _HOURS.fullmatch(body) or (_SPELLED.fullmatch(body) and value_of(body) is not None):
        return Kind.VALUE
    if _NUMBER.fullmatch(body):
        tail = _TAIL.match(body)
        if tail is not None and (not tail.group(1) or find_unit(tail.group(1)) is not None):
            return Kind.VALUE
    return Kind.TEXT


def number_of(text: str | None) -> float | None:
    """A plain number, in digits or in Chinese; None for anything else."""
    if text is None:
        return None
    if _FIGURE.fullmatch(text):
        return float(text)
    body = plain(text).replace(",", "")
    try:
        return float(body[:-1]) / 100 if body.endswith("%") else float(body)
    except ValueError:
        return value_of(body) if _SPELLED.fullmatch(body) else None


_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_GAP = pattern(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")


def header_text(text: str | None) -> str:
    """A header cell without the spaces and breaks that stretch it: ``年　　別`` is ``年別``."""
    if text is None:
        return ""
    return _header(text) if len(text) <= _SHORT else _header.__wrapped__(text)


@lru_cache(maxsize=8192)
def _header(text: str) -> str:
    body = text.replace("_x000D_", "").strip().replace("\u3000", " ").replace("\xa0", " ")
    return re.sub(r"\s+", " ", _GAP.sub("", re.sub(r"\s*[\r\n]+\s*", lambda m: _break(body, m), body)))


def _break(body: str, found: re.Match[str]) -> str:
    """A line break inside a cell: a space between Latin words, else nothing."""
    before, after = body[found.start() - 1 : found.start()], body[found.end() : found.end() + 1]
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


# --- words

_TOTAL = pattern(
    r"(?:[总合小共累總]计|[合小總共]計|计|計|总数|總數|合共|汇总|总合计|合计数|总计数|本页小计|本页合计|"
    r"平均|平均值|平均数|均值|最大值|最小值|最高值|最低值|中位数|标准差|total|subtotal|sum|grandtotal|average|mean)"
    r"(?:[(:(].*)?",
    re.I,
)
_TOTAL_END = pattern(r".{1,20}(?:合计|小计|总计|共计|合計|小計|總計|汇总|计数)(?:[(:].*)?")
_TOTAL_START = pattern(r"(?:合计|小计|总计|共计|合計|小計|總計)[(:\d一二三四五六七八九十/、,].*")
_WHOLE = pattern(
    r"(?:全|本)(?:国|省|市|州|盟|旗|区|县|镇|乡|街道|街|社区|自治区|自治州|國|區|縣|鎮|鄉)(?:合计|总计|平均|总数)?(?:[(:].*)?"
)
_LATIN_TAIL = pattern(r"(?<=[\u4e00-\u9fff])[/(]?(?:sub|grand)?(?:total|sum|average|mean)[)]?$", re.I)
_SUBSET = pattern(r"其中[:、,:]?.{0,20}")
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
_PAGE = pattern(
    r".{0,40}(?:续表|續表|\(续\)|\(續\)|续\d+|接上页|接上表|转下页)[一二三四五六七八九十\d]*.{0,6}|第\d+页(?:共\d+页)?"
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
        and any(words.fullmatch(body) for words in (_TOTAL, _TOTAL_END, _TOTAL_START, _WHOLE, _SUBSET))
    )


def is_subset(text: str | None) -> bool:
    """The cell says that its row is a part of the total above it: 其中：城市社区."""
    return _SUBSET.fullmatch(plain(text)) is not None


def is_note(text: str | None) -> bool:
    """The cell is a note, a source or a line of signatures."""
    body = plain(text)
    return bool(body) and _NOTE.fullmatch(body) is not None


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
    return text is not None and (_says_unit(text) if len(text) <= _SHORT else _says_unit.__wrapped__(text))


@lru_cache(maxsize=8192)
def _says_unit(text: str) -> bool:
    body = plain(text).strip("()[]")
    if body.startswith("单位:"):
        body = body[3:]
    return bool(body) and column_unit(body) is not None


# Rank of a region by the end of its name: smaller is larger.
_RANKS = (
    (1, ("省", "自治区", "特别行政区")),
    (2, ("市", "自治州", "地区", "盟")),
    (3, ("区", "县", "旗", "新区", "區", "縣", "开发区")),
    (4, ("街道", "镇", "乡", "街道办事处", "办事处", "街道办", "苏木", "鎮", "鄉", "农场", "林场")),
    (5, ("社区", "村", "居委会", "村委会", "嘎查", "居民委员会", "村民委员会", "小区", "社區")),
)


def region_rank(text: str | None) -> int:
    """1 province, 2 city, 3 county, 4 street, 5 community; 0 where the name does not tell."""
    return _rank_of(text) if text is None or len(text) <= _SHORT else _rank_of.__wrapped__(text)


@lru_cache(maxsize=65536)
def _rank_of(text: str | None) -> int:
    body = re.sub(r"[((].*?[))]", "", plain(text)).rstrip(":")
    ends = [(len(end), rank) for rank, names in _RANKS for end in names if body.endswith(end) and len(body) > len(end)]
    return max(ends)[1] if ends else 0
