"""What the cell styles of a workbook show a number as: a percentage, a date, a time, or no more than a number."""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.returns.files.formats.number_formats import Shown, shown_by_code, shown_by_number
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, parse


def shown_by(styles: Iterable[bytes]) -> tuple[list[Shown], dict[int, str]]:
    """For each cell style by its number what it shows a number as; and the formats of those that write words to it."""
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
    shown = [shown_by_code(codes[n]) if n in codes else shown_by_number(n) for n in numbers]
    return shown, {style: codes[numbers[style]] for style, what in enumerate(shown) if what is Shown.WORDED}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
