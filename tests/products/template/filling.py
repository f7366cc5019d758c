"""Fills blank returns in as a person would: what each cell's check allows, seeded."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from communitycheck.model.places.divisions import division, divisions_of
from communitycheck.resources import data_dir
from communitycheck.standards.book import DICTIONARY
from communitycheck.standards.dictionary import load_dictionary

HEADER = 3
# Of many things a community has no more than days in the year: above it, the office is asked.
USUAL = 365
# What the columns of names are headed, from the smallest place to the largest.
NAMES = (
    ("社区名称", "小区名称"), ("街道(乡镇)", "Street/township"), ("县(市、区)", "County/district"), ("市", "City"),
    ("省", "Province"),
)  # fmt: skip
STREET, COUNTY, CITY, PROVINCE = 1, 2, 3, 4
ENDINGS = {"街道(乡镇)": "街道", "Street/township": "街道", "社区名称": "社区", "小区名称": "小区"}


def fill(
    path: Path, out: Path, region: str = "510400", *, seed: int = 7, records: int = 12
) -> dict[str, list[list[Any]]]:
    """Fill every data sheet of a blank return with records of places that lie in the region that sends it.

    Args:
        region: the code of the region.
        records: of each sheet, where there are so many places of its kind.

    Returns:
        Sheet name -> its rows, as they were written.
    """
    chance = random.Random(seed)
    book = openpyxl.load_workbook(path)
    written: dict[str, list[list[Any]]] = {}
    for sheet in book.worksheets[1:]:
        columns = [_column(sheet, c) for c in range(1, sheet.max_column + 1)]
        level = next((k for k, names in enumerate(NAMES) if {h for h, _ in columns} & set(names)), 0)
        codes = _codes(region, level, records)
        rows = [[_value(header, check, r, code, chance) for header, check in columns] for r, code in enumerate(codes)]
        _residents_outnumber_households([header for header, _ in columns], rows)
        _facilities_stand([header for header, _ in columns], rows)
        for r, row in enumerate(rows):
            for c, value in enumerate(row, start=1):
                sheet.cell(HEADER + 1 + r, c).value = value
        written[sheet.title] = rows
    book.save(out)
    return written


def _codes(region: str, level: int, records: int) -> list[str]:
    """The codes of twelve digits of records of one level (an index of ``NAMES``), all of them in a region."""
    if region == "000000":  # documents, which lie nowhere
        return [region + "000000"] * records
    cities = [region[:4]] if region[2:4] != "00" else _listed(region[:2], "00")
    counties = [region] if region[4:] != "00" else [code for city in cities for code in _listed(city, "")]
    if level >= CITY:
        found = [f"{city}00" for city in cities] if level == CITY else [f"{region[:2]}0000"]
        return [f"{code}000000" for code in found][:records]
    if region[2:4] != "00":
        records = max(records, len(counties))  # a city that leaves one of its counties out is asked about it
    if level == COUNTY:
        return [f"{code}000000" for code in counties][:records]
    streets = [f"{counties[k % len(counties)]}{k + 1:03d}" for k in range(records)]
    return [f"{code}000" if level == STREET else f"{code}{k + 1:03d}" for k, code in enumerate(streets)]


def _listed(above: str, rest: str) -> list[str]:
    """The codes of the divisions right under the leading digits of one above them."""
    codes = [f"{above}{k:02d}{rest}" for k in range(1, 100)]
    return [code[: len(above) + 2] for code in codes if division(code)]


def _residents_outnumber_households(headers: list[str], rows: list[list[Any]]) -> None:
    """The one thing between two cells that cannot be otherwise."""
    homes = [k for k, h in enumerate(headers) if h.startswith(("户数(", "Households ("))]
    people = [k for k, h in enumerate(headers) if h.startswith(("常住人口(", "Resident population ("))]
    for row in rows if homes and people else ():
        row[people[0]] = 3 * row[homes[0]]


def _facilities_stand(headers: list[str], rows: list[list[Any]]) -> None:
    """No figures of a facility that is not there."""
    fields = load_dictionary(data_dir("rules") / DICTIONARY).fields.values()
    asked = [f.label for f in fields if f.premises == "whole" and f.states == "thing" and f.type == "truth"]
    names = tuple(text for label in asked for text in (label.zh, label.en))
    for k in (k for k, header in enumerate(headers) if header in names):
        for row in rows:
            row[k] = "是"


def _column(sheet: Worksheet, column: int) -> tuple[str, Any]:
    cell = sheet.cell(HEADER + 1, column)
    (check,) = [v for v in sheet.data_validations.dataValidation if cell.coordinate in v.sqref]
    return str(sheet.cell(HEADER, column).value), check


def _value(header: str, check: Any, row: int, code: str, chance: random.Random) -> Any:
    if check.type == "list":
        return chance.choice(check.formula1.strip('"').split(","))
    if check.type == "whole":
        low = int(float(check.formula1))
        return low + chance.randint(0, min(int(float(check.formula2 or 10_000)) - low, 10_000))
    if check.type == "decimal":
        low, high = float(check.formula1), float(check.formula2 or USUAL)
        return round(low + chance.random() * min(high - low, USUAL), 3)
    if check.type == "date":
        return date(2020, 1 + row % 12, 1 + row)
    if "代码" in header or "code" in header:
        return code
    places = dict(zip((PROVINCE, CITY, COUNTY), divisions_of(code[:6]), strict=True))
    listed = next((place for level, place in places.items() if header in NAMES[level]), "")
    return listed or f"{'甲乙丙丁戊己庚辛壬癸子丑'[row % 12]}{'河山'[row % 2]}{ENDINGS.get(header, '文')}"
