"""A header as written -> the names it could mean and the unit it states."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.units import Unit, column_unit, says_unit
from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.normal import normal, without_marks
from communitycheck.returns.columns.headers.units import (
    is_compound,
    pieces_of,
    stands_alone,
    stated_unit,
    without_unit_word,
)
from communitycheck.returns.layout.cell_kinds import HOW_TO_FILL

_BRACKET = pattern(r"\(([^()]*)\)")
# A corner cell says what its column holds, and what the row: 社区\指标.
_CORNER = pattern(r"^\s*(?:指标|项目|内容)\s*[\\＼/／|]\s*(?=.)|(?<=\S)\s*[\\＼/／|]\s*(?:指标|项目|内容)\s*$")
# Levels are joined with a slash; one inside brackets (小时/天) joins nothing.
_SLASH_OR_BRACKET = pattern(r"[/()（）\[\]［］【】〔〕〖〗]")

# What stands in brackets without changing what the column is about.
_HARMLESS = pattern(
    r"(?:必填|选填)项?|数值|数据|自报|自评|自动(?:计算|生成)?|公式|单位|保留.*小数.*|.*小数.*|填.*|请.*|如[:：].*|例[:：]?.*|"
    r"[0-9.]{1,5}|[a-z]?[0-9]{1,3}[a-z]?|"
    r"[0-9a-z]*=.*|截[至止].*|(?:19|20)[0-9]{2}(?:[年./-].*)?|本?年[末底]|(?:19|20)?[0-9]{2}年[末底]|期末|期末数|当前|现有|"
    r"合计|总计|小计|总数|数量|个数|"
    r"是/?否|有/?无|是或否|"
    r"有或无|1是0否|1=?是,?0=?否|√|打√|√/×|整数|数字|可多选|多选|单选|下拉.*|说明|名称|全称|简称|近?一年|"
    r"年月日|以上|m|a|b|c"
)
# Units that may stand right behind a name with nothing between; those in English are signs or in the plural, as
# 开放时间Time says the same twice.
_GLUED_WORDS = r"万平方米|平方米|平米|万m2|m2|公顷|亩|万人|万元|亿元|万户|%|‰"
_GLUED = pattern(rf"(.*[\u4e00-\u9fff])({_GLUED_WORDS}|people|[a-z]{{1,3}}[0-9²]?|[a-z]{{3,}}s)")
_PARTED = pattern(r"(.+)[:,、](?:单位:?)?([^:,、]{1,20})")
# Where a unit per something may begin behind a name (人均 元/人, 密度:万人/km2, 密度万人/km2).
_PER_BEGINS = pattern(rf"[/:：,，、\s](?=[^/]+/)|(?<=[\u4e00-\u9fff])(?=(?:{_GLUED_WORDS})/)")


class Header(Struct, frozen=True):
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

    def in_unit(self, text: str) -> Header:
        """The header with another unit than it states."""
        unit, written, foreign = stated_unit(text) or (None, "", text)
        return replace(self, asides=(), unit=unit, unit_text=written, foreign=foreign)


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
    header, per = _per_behind(header)
    if per:
        unit, written, foreign = stated_unit(per) or (None, "", "")
    for part in levels_of(header):
        name, aside, own, own_text, other = _level(normal(part), first=not levels)
        if own is not None:
            unit, written = own, own_text
        foreign = other or foreign
        asides += aside
        if name and (not levels or (name != levels[-1] and not HOW_TO_FILL.fullmatch(name))):
            levels.append(name)
            bare.append(_BRACKET.sub("", name) or name)
    said = normal(unit_text).strip("()") if unit_text else ""
    beside = stated_unit(said) if said else None
    if beside is None and said and not _HARMLESS.fullmatch(said):
        beside = None, "", said  # in a row of units anything is one, also what nobody knows
    if beside is not None:
        if unit is None:
            unit, written, foreign = beside
        elif beside[0] != unit:  # 面积(平方米) over 亩: nobody knows which of the two
            foreign = foreign or beside[1] or beside[2]
    return Header(tuple(levels), tuple(bare), tuple(asides), unit, written, foreign)


def _per_behind(header: str) -> tuple[str, str]:
    """A header without the unit per something behind it (居住密度/万人/km2), which no level of it is."""
    for begins in _PER_BEGINS.finditer(header) if "/" in header else ():
        behind = normal(header[begins.end() :])
        if header[: begins.start()].strip() and is_compound(behind):
            return header[: begins.start()], behind
    return header, ""


def levels_of(header: str) -> list[str]:
    """What the slashes outside brackets part."""
    parts, end, inside = [], len(header), False
    for sign in reversed(list(_SLASH_OR_BRACKET.finditer(header))):
        if sign[0] != "/":
            inside = sign[0] in ")）]］】〕〗"
        elif not inside:
            parts.append(header[sign.end() : end])
            end = sign.start()
    return [header[:end], *reversed(parts)]


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
        named = without_unit_word(inside)
        if named and named != inside:
            foreign = foreign or named  # a unit that nobody knows
            return ""
        if not inside or _HARMLESS.fullmatch(inside):
            return ""
        asides.append(inside)
        return found[0]

    if not first and stands_alone(text) and (stated := stated_unit(text)) is not None:
        return "", [], *stated
    name = _BRACKET.sub(take, text)
    if unit is None and not foreign:
        name, (unit, written, foreign) = _unit_behind(name)
    return without_marks(name), asides, unit, written, foreign


def _unit_behind(name: str) -> tuple[str, tuple[Unit | None, str, str]]:
    """A name without the unit behind it, that a comma parts or nothing at all: 面积,平方米 and 面积平方米."""
    for found in (_PARTED.fullmatch(name), _GLUED.fullmatch(name)):
        stated = stated_unit(found[2]) if found and says_unit(found[2]) else None
        if found and stated is not None:
            return found[1], stated
    return name, (None, "", "")


def beside_unit(text: str) -> list[str]:
    """What a bracket says besides a unit: 规划 in (㎡,规划)."""
    pieces = pieces_of(text) if column_unit(text) is None and not is_compound(text) else []
    return [p for p in pieces if p and not _HARMLESS.fullmatch(p) and stated_unit(p) is None]
