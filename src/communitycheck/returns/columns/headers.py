"""A header as written -> the names it could mean and the unit it states."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from communitycheck.model.units import Unit, column_unit, find_unit, is_any_unit
from communitycheck.patterns import pattern
from communitycheck.returns.cells.numbers import fitting
from communitycheck.returns.cells.words import plain
from communitycheck.returns.layout.cell_kinds import HOW_TO_FILL

# Traditional and misspelt characters and brackets that headers are known to have, each with the one in the dictionary.
_SAME = str.maketrans(
    "區縣鄉鎮戶數積綜務設開時間會員願冊單協議兒養書類稱實駐籤簽團體訓練導網臺帳帐絡億萬總計產權屬質黨組織"
    "絕對與無個點樓場館備註註記編號區劃碼報統標準達範圍運轉經費辦衛醫護殘復檔錄條層級長輔負責電話聯繫",
    "区县乡镇户数积综务设开时间会员愿册单协议儿养书类称实驻签签团体训练导网台账账络亿万总计产权属质党组织"
    "绝对与无个点楼场馆备注注记编号区划码报统标准达范围运转经费办卫医护残复档录条层级长辅负责电话联系",
) | str.maketrans("[{【〔〖「『<《]}】〕〗」』>》", "(" * 9 + ")" * 9)
_SLIPS = (
    ("自愿者", "志愿者"), ("志愿着", "志愿者"), ("面绩", "面积"), ("法制宣传", "法治宣传"), ("法制文化", "法治文化"),
    ("志愿者服务站", "志愿服务站"), ("人囗", "人口"),
)  # fmt: skip
_NUMBERED = pattern(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[、.)](?![0-9])|[①-⑳])"
)
_MARKS = pattern(r"^[*★☆#△▲●※◆■:\s]+|[*★☆#△▲▽▼↑↓⇅※◆:;,。、?\s]+$|\((?:必填|选填)项?\)$|(?<![(,;、])(?:必填|选填)项?$")
_AMONG = pattern(r"^(?:其中[:、,]?|求和项:|sumof(?=.{2}))")
_BRACKET = pattern(r"\(([^()]*)\)")
# A corner cell says what its column holds, and what the row: 社区\指标.
_CORNER = pattern(r"^\s*(?:指标|项目|内容)\s*[\\＼/／|]\s*(?=.)|(?<=.)\s*[\\＼/／|]\s*(?:指标|项目|内容)\s*$")
# Levels are joined with a slash; one inside brackets (小时/天) joins nothing.
_LEVELS = pattern(r"/(?![^()（）\[\]【】]*[)）\]】])")

# What stands in brackets without changing what the column is about.
_HARMLESS = pattern(
    r"(?:必填|选填)项?|数值|数据|自报|自评|自动(?:计算|生成)?|公式|单位|保留.*小数.*|.*小数.*|填.*|请.*|如[:：].*|例[:：]?.*|"
    r"[0-9.]{1,5}|[a-z]?[0-9]{1,3}[a-z]?|"
    r"[0-9a-z]*=.*|截[至止].*|(?:19|20)[0-9]{2}(?:[年./-].*)?|本?年[末底]|(?:19|20)?[0-9]{2}年[末底]|期末|期末数|当前|现有|"
    r"合计|总计|小计|总数|数量|个数|"
    r"是/?否|有/?无|是或否|"
    r"有或无|1是0否|1=?是,?0=?否|√|打√|√/×|整数|数字|可多选|多选|单选|下拉.*|说明|名称|全称|简称|近?一年|年|月|日|"
    r"年月日|以上|m|a|b|c"
)
# A multiple of something that is not said: 10000, '000, in thousands.
_BARE_MULTIPLE = pattern(r"0?000s?|10{3,}|(?:in)?(?:hundred|thousand|million|billion)s?")
# A figure in front of a unit that is no power of ten (104人, where 10⁴人 lost its raised figure): nothing to scale by.
_ODD_MULTIPLE = pattern(r"[×x*]?[0-9][0-9.,^]*(.+)")
_RAISED = pattern("10([⁰¹²³⁴⁵⁶⁷⁸⁹])")
# 元(人民币: the last bracket may be gone with those around the line.
_REMARK = pattern(r"\([^()]*\)?|等$")
_AREAS = pattern(r"[平尺顷亩坪]|f[te]|acre")
_UNIT_WORD = pattern(r"^(?:计量)?单位[:为]?")
_PIECES = pattern(r"[,;、:]|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])")
# Units that may stand right behind a name with nothing between.
_GLUED = pattern(r"(?<=[\u4e00-\u9fff])(万平方米|平方米|平米|万m2|m2|公顷|亩|万人|万元|亿元|万户|%|‰)$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart.

    Attributes:
        levels: its names from top to bottom, tidied, without units.
        bare: the same without any brackets.
        asides: what stood in brackets and is neither unit nor known to be harmless.
        unit: the unit it states; ``unit_text`` as written.
        foreign: a unit that measures something else (人次), as written.
    """

    levels: tuple[str, ...]
    bare: tuple[str, ...]
    asides: tuple[str, ...] = ()
    unit: Unit | None = None
    unit_text: str = ""
    foreign: str = ""


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A header or alias in the form in which they are compared: half-width, no spaces, numbering or marks."""
    text = _RAISED.sub(r"10^\1", text.replace("㎡", "m2").replace("m²", "m2"))
    if text[:1] and "①" <= text[0] <= "⑳":
        text = text[1:]
    text = unicodedata.normalize("NFKC", plain(text)).casefold().translate(_SAME)
    text = "".join(text.split()).replace("_", "").replace("'", "").replace('"', "")
    for wrong, right in _SLIPS:
        text = text.replace(wrong, right)
    before = None
    while text != before:
        before = text
        text = _MARKS.sub("", text)
        text = _NUMBERED.sub("", text)
        text = _AMONG.sub("", text) or text
    return text


def parse_header(header: str, unit_text: str | None = None) -> Header:
    """Take a header apart. Levels are joined with ``/``; so is, sometimes, a unit (面积/㎡)."""
    header = _CORNER.sub("", header)
    return _parsed(header, unit_text) if len(header) <= _SHORT else _parsed.__wrapped__(header, unit_text)


# Longer headers are not kept: they are few, and may be very long.
_SHORT = 200


@lru_cache(maxsize=4096)
def _parsed(header: str, unit_text: str | None) -> Header:
    levels: list[str] = []
    bare: list[str] = []
    asides: list[str] = []
    unit, written, foreign = None, "", ""
    for part in _LEVELS.split(header):
        name, aside, own, own_text, other = _level(normal(part), first=not levels)
        if own is not None:
            unit, written = own, own_text
        foreign = other or foreign
        asides += aside
        if name and (not levels or (name != levels[-1] and not HOW_TO_FILL.fullmatch(name))):
            levels.append(name)
            bare.append(_BRACKET.sub("", name) or name)
    if unit is None and unit_text:
        # In a row of units anything is one, also what nobody knows.
        unit, written, foreign = stated_unit(unit_text) or (None, "", normal(unit_text).strip("()"))
    return Header(tuple(levels), tuple(bare), tuple(asides), unit, written, foreign)


def _level(text: str, *, first: bool) -> tuple[str, list[str], Unit | None, str, str]:
    """One level: (name, asides, unit, unit as written, foreign unit)."""
    unit, written, foreign = None, "", ""
    asides: list[str] = []

    def take(found: re.Match[str]) -> str:
        nonlocal unit, written, foreign
        inside = found[1]
        stated = stated_unit(inside)
        if stated is not None:
            if unit is None:  # the first of two: 人口(万人)Population(10000persons)
                unit, written, other = stated
                foreign = other or foreign
            asides.extend(beside_unit(inside))
            return ""
        named = _UNIT_WORD.sub("", inside)
        if named and named != inside:
            foreign = foreign or named  # a unit that nobody knows
            return ""
        if not inside or _HARMLESS.fullmatch(inside):
            return ""
        asides.append(inside)
        return found[0]

    if not first and (stands := column_unit(text)) is not None:
        return "", [], stands, text, ""
    name = _BRACKET.sub(take, text)
    apart = re.fullmatch(r"(.+)[:,](?:单位:?)?([^:,]{1,6})", name)
    if apart and unit is None and column_unit(apart[2]) is not None:
        name, unit, written = apart[1], column_unit(apart[2]), apart[2]
    glued = _GLUED.search(name)
    if glued and unit is None:
        name, unit, written = name[: glued.start()], find_unit(glued[1]), glued[1]
    return _MARKS.sub("", name), asides, unit, written, foreign


def stated_unit(text: str) -> tuple[Unit | None, str, str] | None:
    """The unit that a bracket or a row of units states: (unit, as written, foreign unit); None where it states none."""
    text = _UNIT_WORD.sub("", normal(text).strip("()"))
    for piece in [text, *_PIECES.split(text)]:
        unit = column_unit(piece)
        if unit is not None:
            return unit, piece, ""
        odd = _ODD_MULTIPLE.fullmatch(piece)
        if _BARE_MULTIPLE.fullmatch(piece) or is_any_unit(piece) or (odd is not None and find_unit(odd[1]) is not None):
            return None, "", piece
    return None


def beside_unit(text: str) -> list[str]:
    """What a bracket says besides a unit: 规划 in (㎡,规划)."""
    pieces = _PIECES.split(_UNIT_WORD.sub("", text)) if column_unit(text) is None else []
    return [p for p in pieces if p and not _HARMLESS.fullmatch(p) and stated_unit(p) is None]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A caption such as ``单位：户、%``: its units, each as written, and what it names that is no unit known to us."""

    units: tuple[tuple[Unit, str], ...] = ()
    unknown: tuple[str, ...] = ()

    def unfit(self, dimension: str | None) -> str:
        """What the line says instead of a unit for areas; empty where one fits, or it speaks of other columns.

        People, households and items are counted, and need no unit; of money without one the cells are asked about.
        """
        if dimension != "area" or any(fitting(dimension, unit, written) is not None for unit, written in self.units):
            return ""
        if len(self.units) == 1 and not self.unknown and self.units[0][0].dimension in ("items", "ratio"):
            return self.units[0][1]
        return "、".join(self.unknown)


def read_unit_line(line: str | None) -> UnitLine:
    """Take a caption apart."""
    if not line:
        return UnitLine()
    text = _UNIT_WORD.sub("", normal(line).strip("()"))
    pieces = dict.fromkeys([text, *re.split(r"[,;、:和及]", _REMARK.sub("", text))])
    found = {piece: unit for piece in pieces if (unit := column_unit(piece)) is not None}
    whole = len(pieces) > 1 and text
    unknown = [p for p in pieces if p and p not in found and p != whole and (_AREAS.search(p) or not is_any_unit(p))]
    return UnitLine(tuple((unit, piece) for piece, unit in found.items()), tuple(unknown))
