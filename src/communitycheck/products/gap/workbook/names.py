"""Names of sheets, and cells of other sheets in formulas."""

from __future__ import annotations

import re

from xlsxwriter.utility import xl_col_to_name

from communitycheck.printable import one_line

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST = 31


class SheetNames:
    """Names that Excel takes, each once whatever its case."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # Excel's own

    def new(self, wanted: str) -> str:
        plain = _FORBIDDEN.sub(" ", one_line(wanted)).strip("' ") or "—"
        name, k = plain[:LONGEST], 1
        while name.casefold() in self._taken:
            k += 1
            name = f"{plain[: LONGEST - len(str(k)) - 3]} ({k})"
        self._taken.add(name.casefold())
        return name


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def cell(row: int, column: int, sheet: str = "") -> str:
    """The cell (rows and columns from 0), fixed, of another sheet where one is named."""
    at = f"${xl_col_to_name(column)}${row + 1}"
    return f"{quoted(sheet)}!{at}" if sheet else at


def block(first: int, last: int, column: int) -> str:
    """The cells of a column between two rows."""
    return f"{cell(first, column)}:{cell(last, column)}"
