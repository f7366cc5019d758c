"""Rows between a header and its data: those that number the columns, and those that give their units."""

from __future__ import annotations

import re
from itertools import pairwise

from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import is_unit
from communitycheck.returns.layout.window import Window

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
    """A row that gives the units: (户) (人) (平方米)."""
    held = [text for text in window.rows[row] if plain(text)]
    units = [text for text in held if is_unit(text)]
    rest = [text for text in held if not is_unit(text)]
    return bool(units) and all(plain(t) in ("单位", "计量单位", "-", "—", "/") for t in rest)
