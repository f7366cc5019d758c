"""What the sample returns are made of: repeatable chance, made-up names, sheets as offices lay them out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MADE_ON = datetime(2020, 1, 1)  # written into every workbook, so that two runs give the same bytes


class Dice:
    """Repeatable chance. Built on ``random()`` alone, whose sequence Python promises for a given seed."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random

    def chance(self, share: float) -> bool:
        return self._next() < share

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``, all alike."""
        return low + (high - low) * self._next()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[int(self._next() * len(choices))]

    def some(self, choices: Sequence[Any], n: int) -> list[Any]:
        """``n`` different ones of ``choices``, in the order of ``choices``."""
        return [choices[i] for i in sorted(self.shuffled(range(len(choices)))[:n])]

    def shuffled(self, things: Sequence[Any]) -> list[Any]:
        return sorted(things, key=lambda _: self._next())


FIRST = "春云松柏桐榕枫桂兰竹荷梅杏银玉石龙凤鹤鹭虹霞岚清白红紫青碧康宁和安永兴福祥瑞景晴朝映望锦文礼仁义信德"
SECOND = "岭坪湾塘桥园庭苑台坊巷泉溪沟坝坡梁林洲渡岸屏峰谷源田仓井门关"


class Names:
    """Made-up place names, two characters each, none given twice."""

    def __init__(self, dice: Dice) -> None:
        self._pairs = dice.shuffled([a + b for a in FIRST for b in SECOND])

    def take(self, suffix: str) -> str:
        return str(self._pairs.pop()) + suffix


@dataclass(frozen=True)
class Broken:
    """A formula that lost its cell: shown by the spreadsheet as ``text``."""

    text: str = "#REF!"


@dataclass(frozen=True)
class Head:
    """A column: its header, and the heading it shares with its neighbours (empty: none)."""

    key: str
    label: str
    group: str = ""
    width: float = 11


@dataclass
class Sheet:
    """A table as offices write it: titles, a header of one or two rows, records, totals, notes."""

    name: str
    titles: list[str]
    heads: list[Head]
    rows: list[dict[str, Any]]
    notes: list[str] = field(default_factory=list)
    totals: dict[str, Any] = field(default_factory=dict)
    totals_first: bool = False


def write_workbook(path: Path, cover: list[str], sheets: list[Sheet]) -> None:
    """Write ``cover`` (lines of text, on a sheet 说明) and ``sheets`` as one xlsx file."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": cover[0], "created": MADE_ON})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"align": "left"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "cell": book.add_format({"border": 1}),
    }
    front = book.add_worksheet("说明")
    front.set_column(0, 0, 110)
    for row, line in enumerate(cover):
        front.write_string(row, 0, line, styles["line"])
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    book.close()


def _write_sheet(out: Worksheet, sheet: Sheet, styles: dict[str, Format]) -> None:
    last = len(sheet.heads) - 1
    out.merge_range(0, 0, 0, last, sheet.titles[0], styles["title"])
    for row, line in enumerate(sheet.titles[1:], start=1):
        out.write_string(row, 0, line, styles["line"])
    row = _write_header(out, len(sheet.titles), sheet.heads, styles["head"])
    out.freeze_panes(row, 0)
    for column, head in enumerate(sheet.heads):
        out.set_column(column, column, head.width)
    totals = [sheet.totals] if sheet.totals else []
    body = totals + sheet.rows if sheet.totals_first else sheet.rows + totals
    for record in body:
        for column, head in enumerate(sheet.heads):
            _write_cell(out, row, column, record.get(head.key), styles["cell"])
        row += 1
    for line in sheet.notes:
        out.write_string(row, 0, line, styles["line"])
        row += 1


def _write_header(out: Worksheet, row: int, heads: list[Head], style: Format) -> int:
    """Write the header from ``row`` on and return the first row below it. Groups make it two rows high."""
    if not any(head.group for head in heads):
        for column, head in enumerate(heads):
            out.write_string(row, column, head.label, style)
        return row + 1
    column = 0
    while column < len(heads):
        group, start = heads[column].group, column
        if not group:
            out.merge_range(row, column, row + 1, column, heads[column].label, style)
            column += 1
            continue
        while column < len(heads) and heads[column].group == group:
            out.write_string(row + 1, column, heads[column].label, style)
            column += 1
        if column - start > 1:
            out.merge_range(row, start, row, column - 1, group, style)
        else:
            out.write_string(row, start, group, style)
    return row + 2


def _write_cell(out: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    if value is None:
        out.write_blank(row, column, None, style)
    elif isinstance(value, Broken):
        out.write_formula(row, column, f"={value.text}", style, value.text)
    elif isinstance(value, str):
        out.write_string(row, column, value, style)
    else:
        out.write_number(row, column, value, style)


def region_code(county: int, street: int, village: int = 0) -> str:
    """The 12 digits of a region: county (6), street or township (3), community or village (3)."""
    return f"{county:06d}{street:03d}{village:03d}"


def add_up(rows: list[dict[str, Any]], keys: Sequence[str]) -> dict[str, float]:
    """Totals of ``keys``, as a clerk would have them: what is no number is left out."""
    totals = {}
    for key in keys:
        numbers = (_number(row.get(key)) for row in rows)
        totals[key] = round(sum(n for n in numbers if n is not None), 1)
    return totals


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return float(value) if isinstance(value, int | float) else None
