"""Files built from the data of a case: a table drawn with bars, sheets of it, or text as it stands."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries

import workbooks
from workbooks import Page

Cell = str | int | float | None
Rows = list[list[Cell]]


@dataclass
class Book:
    """What a file is to hold. ``shows`` is the number format of a cell, ``hidden`` the rows that are not shown."""

    sheets: dict[str, Rows]
    merges: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, list[int]] = field(default_factory=dict)
    shows: dict[str, dict[str, str]] = field(default_factory=dict)


def rows_of(table: str) -> Rows:
    """``甲社区 | 1200 | 3%``: a number where it is written as one, text in quotes where it is not to be a number."""
    return [[value_of(cell) for cell in re.split(r"(?<!\\)\|", line)] for line in table.rstrip("\n").split("\n")]


def value_of(cell: str) -> Cell:
    cell = cell.strip().replace("\\n", "\n").replace("\\|", "|")
    if not cell:
        return None
    if cell[0] == cell[-1] == '"' and len(cell) > 1:
        return cell[1:-1]
    for kind in (int, float):
        try:
            if not (kind is int and len(cell) > 1 and cell.startswith("0")):
                return kind(cell)
        except ValueError:
            pass
    return cell


def book_of(case: dict[str, Any]) -> Book:
    """A case has one ``table``, or ``sheets`` with what is said of each."""
    sheets = case.get("sheets") or {"Sheet1": case}
    book = Book({})
    for name, one in sheets.items():
        book.sheets[name] = rows_of(one["table"]) if isinstance(one["table"], str) else one["table"]
        book.merges[name] = one.get("merges", [])
        book.hidden[name] = one.get("hidden", [])
        book.shows[name] = one.get("shows", {})
    return book


def written(case: dict[str, Any], folder: Path) -> Path:
    """The case's file in ``folder``; its suffix says by whom it is written."""
    path = folder / case.get("file", "return.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    if "text" in case:
        path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    elif path.suffix == ".csv":
        write_csv(path, book_of(case))
    else:
        writers = {".xls": write_xls, ".ods": write_ods}
        by_hand = write_xlsxwriter if case.get("format") == "xlsxwriter" else write_openpyxl
        writers.get(path.suffix, by_hand)(path, book_of(case))
    return path


def write_csv(path: Path, book: Book) -> None:
    (rows,) = book.sheets.values()
    with path.open("w", encoding="utf-8-sig", newline="") as sink:
        csv.writer(sink).writerows(rows)


def write_openpyxl(path: Path, book: Book) -> None:
    workbooks.write_openpyxl(path, pages_of(book))


def write_xlsxwriter(path: Path, book: Book) -> None:
    workbooks.write_xlsxwriter(path, pages_of(book))


def write_xls(path: Path, book: Book) -> None:
    workbooks.write_xls(path, pages_of(book))


def write_ods(path: Path, book: Book) -> None:
    workbooks.write_ods(path, pages_of(book))


def pages_of(book: Book) -> list[Page]:
    """Addresses as Excel shows them -> places that count from 0."""
    pages = []
    for name, rows in book.sheets.items():
        page = Page(name, rows, hidden_rows=[row - 1 for row in book.hidden.get(name, [])])
        for merge in book.merges.get(name, []):
            left, top, right, bottom = range_boundaries(merge)
            page.merged.append((top - 1, left - 1, bottom - 1, right - 1))
        for address, shown in book.shows.get(name, {}).items():
            left, top, _, _ = range_boundaries(address)
            page.shows[top - 1, left - 1] = shown
        pages.append(page)
    return pages
