"""Units that headers, rows of units and captions state."""

from __future__ import annotations

import re

from msgspec import Struct

from communitycheck.model.units import (
    Unit,
    column_unit,
    find_unit,
    parse_unit,
    says_unit,
)
from communitycheck.patterns import pattern
from communitycheck.returns.cells.column_unit import fitting
from communitycheck.returns.columns.headers.normal import normal

# A multiple of something that is not said: 10000, '000, in thousands.
_BARE_MULTIPLE = pattern(r"0?000s?|10{3,}|(?:in)?(?:hundred|thousand|million|billion)s?")
# A figure in front of a unit that is no power of ten (104人, where 10⁴人 lost its raised figure): nothing to scale by.
_ODD_MULTIPLE = pattern(r"[×x*]?[0-9][0-9.,^]*(.+)")
# 元(人民币: the last bracket may be gone with those around the line.
_REMARK = pattern(r"\([^()]*\)?|等$")
_AREAS = pattern(r"[平尺顷亩坪]|f[te]|acre")
_ROOMS = ("间", "套", "栋", "幢", "层")  # in which premises are counted that might be measured
_UNIT_WORD = pattern(r"^(?:计量)?单位[:为]?")
_COMMAS = pattern(r"[,;、:]")
_PIECES = pattern(r"[,;、:]|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])")


def stated_unit(text: str) -> tuple[Unit | None, str, str] | None:
    """The unit that a bracket or a row of units states: (unit, as written, foreign unit); None where it states none."""
    text = without_unit_word(normal(text).strip("()"))
    for piece in dict.fromkeys([text, *_COMMAS.split(text), *_PIECES.split(text)]):  # 元/年 of (元/年,必填) is one
        unit = column_unit(piece)
        if unit is not None:
            return unit, piece, ""
        odd = _ODD_MULTIPLE.fullmatch(piece)
        if _BARE_MULTIPLE.fullmatch(piece) or says_unit(piece) or (odd is not None and find_unit(odd[1]) is not None):
            return None, "", piece
    return None


def is_compound(text: str) -> bool:
    """册/人, which is neither 册 nor 人."""
    return "/" in text and says_unit(text)


def stands_alone(text: str) -> bool:
    """A level of a header that is a unit, and no name: of things counted only those that tables count in, as 床位 is
    one, and no 年 or 月, which may be parts of a date."""
    unit = parse_unit(text, {})
    known = unit is not None and bool(unit.dimension.without_counts or unit.parts[1:])
    return column_unit(text) is not None or (known and text not in ("年", "月"))


def without_unit_word(text: str) -> str:
    """``单位:平方米`` without the word that says that a unit follows."""
    return _UNIT_WORD.sub("", text)


def pieces_of(text: str) -> list[str]:
    """What stands in a bracket with a unit, piece by piece."""
    return _PIECES.split(without_unit_word(text))


class UnitLine(Struct, frozen=True):
    """A caption such as ``单位：户、%``: its units, each as written, those that rules alone know (``of_rules``: 年,
    元/人), and what it names that is no unit known to us."""

    units: tuple[tuple[Unit, str], ...] = ()
    unknown: tuple[str, ...] = ()
    of_rules: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All its units as written."""
        return (*(written for _, written in self.units), *self.of_rules)

    def unfit(self, dimension: str | None) -> str:
        """What the line says instead of a unit for areas; empty where one fits, or it speaks of other columns.

        People, households and items are counted, and need no unit; of money without one the cells are asked about.
        """
        if dimension != "area" or any(fitting(dimension, unit, written) is not None for unit, written in self.units):
            return ""
        if len(self.units) == 1 and not self.unknown and self.units[0][0].dimension in ("items", "ratio"):
            return self.units[0][1]
        rooms = [written for _, written in self.units if written in _ROOMS]
        return "、".join([*self.unknown, *rooms])


def read_unit_line(line: str | None) -> UnitLine:
    """Take a caption apart."""
    if not line:
        return UnitLine()
    text = without_unit_word(normal(line).strip("()"))
    pieces = dict.fromkeys([text, *re.split(r"[,;、:和及]", _REMARK.sub("", text))])
    found = {piece: unit for piece in pieces if (unit := column_unit(piece)) is not None}
    whole = len(pieces) > 1 and text
    unknown = [p for p in pieces if p and p not in found and p != whole and (_AREAS.search(p) or not says_unit(p))]
    of_rules = tuple(piece for piece in pieces if piece not in found and says_unit(piece))
    return UnitLine(tuple((unit, piece) for piece, unit in found.items()), tuple(unknown), of_rules)
