"""What a number format shows a number as. Loaded by readers that start bare."""

from __future__ import annotations

import re
from enum import IntEnum

from communitycheck.returns.files.formats.worded_numbers import writes_words


class Shown(IntEnum):
    """What a style shows a number as."""

    NUMBER = 0
    PERCENT = 1
    DATE = 2
    ELAPSED = 3
    WORDED = 4


# Number formats that files name without spelling them out: 14 to 22 and 45 to 47 everywhere, the rest in East Asia.
_PERCENTS = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_ELAPSED = {46}
# What stands in a format as it is: quoted, escaped, as wide as a character, or repeated.
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].', re.S)
_BRACKETS = re.compile(r"\[([^\]]*)\]?")


def shown_by_number(number: int) -> Shown:
    """What a format that is not spelt out shows."""
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
    if "%" not in bare and "general" not in bare and re.search("[ymdhs]", bare):
        return Shown.DATE
    if writes_words(code):
        return Shown.WORDED
    if "%" in bare:
        return Shown.PERCENT
    return Shown.NUMBER
