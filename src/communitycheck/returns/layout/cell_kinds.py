"""What a single cell looks like: blank, text, a period, a value; its number and its text as they are compared."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from communitycheck.model.units import find_unit
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
_NOTHING = {
    "-", "--", "—", "——", "–", "/", "\\", "…", "……", "...", "*", "×", "n/a", "na", "null", "none", "nan", "?",
    "空", "空白", "未填", "缺", "缺失", "不详", "未知", "待定", "待核实", "待统计", "未统计", "暂缺", "暂无数据",
    "无法统计", "不适用", "不涉及", "无此项", "免填", "无", "没有", "暂无",
}  # fmt: skip
# Signs that stand in the cells of a heading or a total, where there is nothing to fill in.
DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "×", "*", "…", "……"})
_TRUTHS = {
    "是", "否", "有", "√", "✓", "✔", "☑", "■", "☐", "□", "✗", "✘", "y", "n", "yes", "no", "true", "false", "t", "f",
    "已建", "未建", "在建", "已建成", "未建成", "达标", "不达标", "未达标", "已覆盖", "未覆盖", "已完成", "未完成",
}  # fmt: skip
# Nothing but signs (---, ~~, ☆): there is nothing to say. Signs that are units say something.
_SIGNS = pattern(r"(?:(?![%‰℃°])[\W_])+")
# What a template says under its header about how to fill in a column: it names nothing.
HOW_TO_FILL = pattern(
    r"(?:必填|选填|非必填|必填项|选填项|文本|文字|字符|字符串|数字|数值|数值型|文本型|字符型|日期型|整数|小数|正整数|"
    r"下拉选择?|单选|多选|自动生成|自动计算|请?(?:填写?|输入|选择?)(?![报表写]).{1,12}|保留.{1,6}小数|[按据].{1,10}填写?)"
)
# What such a line itself is called, where the names of the subjects stand below it.
_GUIDANCE = pattern(r"(?:填写|填报|填表|填列|指标|数据|字段|格式)(?:说明|要求|须知|提示|口径|解释|方法|规则|格式)")
_PAGE_NUMBER = pattern(r"(?<!\s)\s+[ivx]+\s*$")
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
    return _folded(text) if len(text) <= SHORT else _folded.__wrapped__(text)


# Longer texts are not kept: they are few, and may be very long.
SHORT = 100


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=8192)
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
    if _SIGNS.fullmatch(body):
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
_GAP = pattern(rf"(?<=[{_CJK}])\s+|(?<!\s)\s+(?=[{_CJK}])")


def printed(text: str | None) -> str:
    """The text of a header without white space, and without the number of a page that got into it (女 i)."""
    return plain(_PAGE_NUMBER.sub("", text)) if text else ""


_BRACKETS = pattern(r"[(\[【{].*?[)\]】}]")
_ROUND_BRACKETS = pattern(r"\(.*?\)")


def without_brackets(text: str, *, of_any_kind: bool = False) -> str:
    """The text without what stands in brackets, up to the first one that closes."""
    # Behind the last that closes no bracket has an end, and each would be looked for up to the end of the text.
    end = max(map(text.rfind, ")]】}" if of_any_kind else ")")) + 1
    return (_BRACKETS if of_any_kind else _ROUND_BRACKETS).sub("", text[:end]) + text[end:]


def says_how(text: str) -> bool:
    """The text is what a line of guidance under a header is called: 填写说明."""
    return _GUIDANCE.fullmatch(text) is not None


def header_text(text: str | None) -> str:
    """A header cell without the spaces and breaks that stretch it: ``年　　別`` is ``年別``."""
    if text is None:
        return ""
    return _header(text) if len(text) <= SHORT else _header.__wrapped__(text)


@lru_cache(maxsize=8192)
def _header(text: str) -> str:
    body = text.replace("_x000D_", "").strip().replace("\u3000", " ").replace("\xa0", " ")
    return re.sub(r"\s+", " ", _GAP.sub("", re.sub(r"(?<!\s)\s*[\r\n]\s*", lambda m: _break(body, m), body)))


def _break(body: str, found: re.Match[str]) -> str:
    """A line break inside a cell: a space between Latin words, else nothing."""
    before, after = body[found.start() - 1 : found.start()], body[found.end() : found.end() + 1]
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""
