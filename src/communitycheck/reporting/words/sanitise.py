"""Text for the cells of a CSV file, where a spreadsheet may run it as a formula."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from communitycheck.printable import one_line

# What spreadsheets take for the start of a formula, in both widths.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@lru_cache(maxsize=16384)
def cell(text: str) -> str:
    """``one_line`` for a cell of a CSV file: what a spreadsheet would run as a formula gets an apostrophe.

    A plain number stays as it is, for it can do no harm.
    """
    line = one_line(text)
    if line.startswith(_FORMULA) and not _is_number(line):
        return "'" + line
    return line


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
