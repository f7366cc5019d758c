"""Cells that hold words: names, codes, lists, categories."""

from __future__ import annotations

import re

from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import BLANK, UNREADABLE, Cell, unreadable, word
from communitycheck.returns.cells.forms import UNCLEAR, match_form
from communitycheck.returns.cells.privacy import is_personal_number, masked
from communitycheck.returns.cells.words import BLANK_WORDS, EXEMPT_WORDS, NONE_WORDS, nothing, plain, tidy

_SPREAD = pattern(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_DIGITS = pattern(r"[0-9]+")
_FLOAT = pattern(r"([0-9]+)\.0+")
_SCIENTIFIC = pattern(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_OTHER_CODE = pattern(r"[0-9A-Za-z][0-9A-Za-z_./-]*")
_ITEM = pattern(r"[、,;/|]+")


def read_text(text: str) -> Cell:
    """A name or remark, as written but for stray spaces, control marks and what identifies a person; words for nothing
    are BLANK."""
    text = _SPREAD.sub("", plain(text))
    tidied = tidy(text)
    if tidied.casefold() in BLANK_WORDS or tidied in NONE_WORDS or tidied in EXEMPT_WORDS:
        return BLANK
    cell = nothing(tidied)
    return cell if cell is not None else word(masked(text))


def read_code(text: str) -> Cell:
    """Digits kept as text. A code that a spreadsheet turned into 2.10102E+11 has lost digits and is UNREADABLE, and
    so is the telephone or identity number of a person."""
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return BLANK
    packed = re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", tidied)
    if is_personal_number(packed) or is_personal_number(packed.removesuffix(".0")):
        return UNREADABLE
    if _DIGITS.fullmatch(packed):
        return word(packed)
    whole = _FLOAT.fullmatch(packed)
    if whole:
        return word(whole[1])
    lost = _SCIENTIFIC.fullmatch(packed)
    if lost:
        digits, zeros = lost[1] + (lost[2] or ""), int(lost[3]) - len(lost[2] or "")
        return word(digits) if zeros == 0 else unreadable("code-lost-digits")
    return word(packed) if _OTHER_CODE.fullmatch(packed) else UNREADABLE


def read_items(text: str) -> Cell:
    """A list in one cell, its items joined by 、; 无 is an empty list."""
    tidied = tidy("、".join(text.replace("_x000D_", "").split("\n")))
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return word("")
    items = [re.sub(r"^\(?[0-9一二三四五六七八九十]+[.、)]\s*", "", item.strip()) for item in _ITEM.split(tidied)]
    return word(masked("、".join(item for item in items if item)))


def read_category(text: str, field: Field) -> Cell:
    """The canonical value whose written form the cell has, or ends with; refused forms are UNREADABLE."""
    tidied = tidy(text)
    forms = {value: (*written, value) for value, written in field.values.items()}
    value, ending = match_form(tidied.rstrip("。"), forms, field.unclear)
    if value is None or (value == UNCLEAR and not ending):
        cell = nothing(tidied)
        if cell is not None or tidied in NONE_WORDS:
            return cell or BLANK
    if value is None:
        return unreadable("unknown-category")
    if value == UNCLEAR:
        return unreadable("unclear-category")
    return word(value).noted("category-by-ending", form=ending) if ending else word(value)
