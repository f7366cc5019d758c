"""What the cell styles of a workbook show a number as: a percentage, a date, a time, or no more than a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, parse


class Shown(IntEnum):
    """What a style shows a number as."""

    NUMBER = 0
    PERCENT = 1
    DATE = 2
    ELAPSED = 3


# Number formats that files name without spelling them out: 14 to 22 and 45 to 47 everywhere, the rest in East Asia.
_PERCENTS = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_ELAPSED = {46}
# What stands in a format as it is: quoted, escaped, as wide as a character, or repeated.
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].', re.S)
_BRACKETS = re.compile(r"\[([^\]]*)\]?")


def shown_by(styles: Iterable[bytes]) -> list[Shown]:
    """For each cell style by its number what it shows a number as."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal inside
        name = element.rpartition("}")[2]
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            numbers.append(_number(attributes.get("numFmtId")))

    def end(element: str) -> None:
        nonlocal inside
        if element.rpartition("}")[2] == "cellXfs":
            inside = False

    parse(styles, start, end)
    return [_shown(number, codes.get(number)) for number in numbers]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _shown(number: int, code: str | None) -> Shown:
    if code is not None:
        return shown_by_code(code)
    if number in _PERCENTS:
        return Shown.PERCENT
    if number in _ELAPSED:
        return Shown.ELAPSED
    return Shown.DATE if number in _DATES else Shown.NUMBER


def shown_by_code(code: str) -> Shown:
    """What a format that is spelt out shows, by its part for positive numbers."""
    bare = _LITERAL.sub("", code).partition(";")[0]
    elapsed = any(set(inside.lower()) in ({"h"}, {"m"}, {"s"}) for inside in _BRACKETS.findall(bare))
    bare = _BRACKETS.sub("", bare).lower()
    if elapsed:
        return Shown.ELAPSED
    if "%" in bare:
        return Shown.PERCENT
    if "general" not in bare and re.search("[ymdhs]", bare):
        return Shown.DATE
    return Shown.NUMBER
