"""Rows between a header and its data: those that number the columns, and those that give their units."""

from __future__ import annotations

import re
from itertools import pairwise

from communitycheck.model.units import stands_for_unit
from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import Kind, kind_of, plain
from communitycheck.returns.layout.head.window import Window

# The word for a row of units, and signs for a column that has none.
_SAYS_UNITS = frozenset({"单位", "計量單位", "單位", "计量单位", "计量", "单位:", "计量单位:", "unit", "units"})
_NONE = frozenset({"-", "—", "——", "/", "--", "无", "空"})
_UNIT_IS = pattern(r"^(?:计量)?单位:(?=.)")
_BRACKETED = pattern(r"[(\[【〔].+[)\]】〕]")
_DATE = {("年", "月"), ("月", "日")}
LONGEST_UNIT = 8
_STEMS = set("甲乙丙丁戊己庚辛壬癸") | {"栏次", "行次", "代码", "栏号", "列号", "-", "—", "——"}


def is_index(window: Window, row: int) -> bool:
    """A row that numbers the columns: 甲 乙 1 2 3."""
    # (4)=(3)/(2) numbers its column like (4) does.
    texts = [re.sub(r"[=:].*|[()\[\]<>①-⑳]", "", plain(text)) for text in window.rows[row]]
    held = [text for text in texts if text]
    if len(held) < 2 or len(held) * 2 < window.width:
        return False
    numbers = [int(text) for text in held if text.isdecimal() and len(text) < 4]
    stems = [text for text in held if text in _STEMS or (len(text) == 1 and text.isascii() and text.isalpha())]
    if len(numbers) + len(stems) != len(held):
        return False
    # Of panels side by side each is numbered anew.
    anew = numbers[0] if numbers and any(text in _STEMS for text in stems) else None
    runs = len(numbers) < 2 or all(b in (a + 1, anew) for a, b in pairwise(numbers))
    if not runs or (numbers and numbers[0] > 2):
        return False
    if any(text in _STEMS for text in stems) and (numbers or len(stems) > 2):
        return True
    values = window.value_columns(row)
    # Without 甲 and 乙: only where the columns of names are numbered too, which no record does.
    names = [c for c in range(window.width) if c not in values and texts[c]]
    return len(numbers) >= 3 and not stems and (bool(names) or len(numbers) >= 6) and numbers[0] == 1


def is_units(window: Window, row: int) -> bool:
    """A row that gives the units: (户) (人) (人次/日).

    All of them are units; where each stands in brackets, one is enough, and half of them where the row itself says
    单位. A 年 with a 月 behind it are the parts of a date.
    """
    held = units_of(window.rows[row])
    units = list(map(_bare, held.values()))
    known = [stands_for_unit(text) for text in units]
    if any((_bare(held.get(c)), _bare(held.get(c + 1))) in _DATE for c in held):
        return False
    if not units or any(kind_of(text) >= Kind.PERIOD and not k for text, k in zip(units, known, strict=True)):
        return False
    if any(_bare(text).casefold() in _SAYS_UNITS for text in window.rows[row]):
        return sum(known) * 2 >= len(units) and max(map(len, units)) <= LONGEST_UNIT
    return all(known) or (any(known) and all(_BRACKETED.fullmatch(plain(text)) for text in held.values()))


def units_of(row: list[str | None]) -> dict[int, str]:
    """The units in the cells of such a row, by column; without the word for units and signs for none."""
    return {
        c: text
        for c, text in enumerate(row)
        if text and (bare := _bare(text)) and bare.casefold() not in _SAYS_UNITS and bare not in _NONE
    }


def _bare(text: str | None) -> str:
    """A cell without the brackets and the word that may stand around a unit."""
    body = plain(text).strip("()[]【】〔〕{}<>")
    return body if body.casefold() in _SAYS_UNITS else _UNIT_IS.sub("", body).rstrip(":")
