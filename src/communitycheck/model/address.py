"""Where something stands in a return. Rows count from 1 and columns are letters, as the spreadsheet shows them."""

from __future__ import annotations

from msgspec import Struct


class Address(Struct, frozen=True):
    """A place in a return. ``cell`` is like ``F12``; ``row`` alone where a whole row is meant, ``cell`` alone and
    like ``F`` where a whole column is (a record of a transposed sheet).

    In a table of a database ``key`` names the row (``code=510402001001``), and ``cell`` is the name of a column."""

    path: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = self.cell or (str(self.row) if self.row is not None and self.key is None else "")
        place = " ".join(part for part in (self.key, place) if part)
        sheet = f"[{self.sheet}]" if self.sheet else ""
        return f"{self.path}{sheet}{'!' if place else ''}{place}"


def column_letter(number: int) -> str:
    """Column 1 is ``A``, column 27 is ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
