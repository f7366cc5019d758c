"""Text from returns made harmless: on one line, printable, and never a formula, a command or mark-up.

A name in a return may hold line breaks, terminal escapes, direction overrides, half a surrogate pair or a formula.
Formats for people print ``one_line``; JSON keeps the text as it was, escaped.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_BREAKS = re.compile(r"[^\S ]+")  # all white space but the plain space
# Control characters, direction overrides and marks, lone surrogates, and what XML forbids.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# What spreadsheets take for the start of a formula, in both widths.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=16384)
def one_line(text: str) -> str:
    """``text`` on one line; line breaks become a space, what cannot be printed becomes ``�``."""
    if text.isprintable():  # which none of the unprintable are
        return text.strip()
    return _UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text)).strip()


@lru_cache(maxsize=16384)
def cell(text: str) -> str:
    """``one_line`` for a cell of a CSV file: what a spreadsheet would run as a formula gets an apostrophe.

    A plain number stays as it is, for it can do no harm.
    """
    line = one_line(text)
    if line.startswith(_FORMULA) and not _is_number(line):
        return "'" + line
    return line


def encodable(text: str) -> str:
    """``text`` that UTF-8 can carry: half a surrogate pair (from a file name) becomes ``\\udcxx``, spelled out."""
    if _SURROGATE.search(text):
        return text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text


def clip(text: str, length: int) -> str:
    """``text`` of at most ``length`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
