"""Files built from the data of a case: a table drawn with bars, sheets of it, or text as it stands."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import range_boundaries

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
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in book.sheets.items():
        sheet = workbook.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(r, c, value)
        for address, shown in book.shows.get(name, {}).items():
            sheet[address].number_format = shown
        for merge in book.merges.get(name, []):
            sheet.merge_cells(merge)
        for row in book.hidden.get(name, []):
            sheet.row_dimensions[row].hidden = True
    workbook.save(path)


def write_xlsxwriter(path: Path, book: Book) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in book.sheets.items():
            sheet = workbook.add_worksheet(name)
            shows = book.shows.get(name, {})
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    shown = shows.get(xlsxwriter.utility.xl_rowcol_to_cell(r, c))
                    if value is not None:
                        sheet.write(r, c, value, workbook.add_format({"num_format": shown}) if shown else None)
            for merge in book.merges.get(name, []):
                left, top, right, bottom = range_boundaries(merge)
                first = rows[top - 1][left - 1] if len(rows[top - 1]) >= left else None
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, first)
            for row in book.hidden.get(name, []):
                sheet.set_row(row - 1, None, None, {"hidden": True})


def write_xls(path: Path, book: Book) -> None:
    import xlwt

    workbook = xlwt.Workbook(encoding="utf-8")
    for name, rows in book.sheets.items():
        sheet = workbook.add_sheet(name, cell_overwrite_ok=True)
        shows = book.shows.get(name, {})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                shown = shows.get(xlsxwriter.utility.xl_rowcol_to_cell(r, c))
                if value is not None:
                    sheet.write(r, c, value, xlwt.easyxf(num_format_str=shown or "General"))
        for merge in book.merges.get(name, []):
            left, top, right, bottom = range_boundaries(merge)
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for row in book.hidden.get(name, []):
            sheet.row(row - 1).hidden = True
    workbook.save(str(path))


def write_ods(path: Path, book: Book) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for name, rows in book.sheets.items():
        table = Table(name=name)
        spans, covered = {}, set()
        for merge in book.merges.get(name, []):
            left, top, right, bottom = range_boundaries(merge)
            spans[top - 1, left - 1] = (bottom - top + 1, right - left + 1)
            covered |= {(r, c) for r in range(top - 1, bottom) for c in range(left - 1, right)} - {(top - 1, left - 1)}
        width = max((len(row) for row in rows), default=0)
        width = max([width, *(c + 1 for _, c in covered)])
        for r, row in enumerate(rows):
            line = TableRow(visibility="collapse") if r + 1 in book.hidden.get(name, []) else TableRow()
            for c in range(width):
                value = row[c] if c < len(row) else None
                if (r, c) in covered:
                    line.addElement(CoveredTableCell())
                    continue
                kind: dict[str, Any] = {}
                if (r, c) in spans:
                    kind = {"numberrowsspanned": spans[r, c][0], "numbercolumnsspanned": spans[r, c][1]}
                if isinstance(value, int | float):
                    kind |= {"valuetype": "float", "value": value}
                elif value is not None:
                    kind |= {"valuetype": "string"}
                cell = TableCell(**kind)
                if value is not None:
                    cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
