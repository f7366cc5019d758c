"""Dressed tables as grids in memory and as files of every format."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import Any

from communitycheck.returns.grid import Grid, grid_of_rows
from returns.dressing import Dressed, Percent, Sheet

TEXT_FORMATS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "tsv", "semicolon")
FILE_FORMATS = ("xlsx", "xlsxwriter", "xls", "ods", "html")


def shown(value: Any) -> str | None:
    """A cell as a reader of typed cells gives it."""
    if isinstance(value, Percent):
        return repr(value.value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return None if value is None or value == "" else str(value)


def grids(dressed: Dressed, *, merges: bool = True) -> list[Grid]:
    """The sheets as opened; ``merges`` False for a format that tells of no merged cells."""
    found = []
    for sheet in dressed.sheets:
        grid = grid_of_rows("x.xlsx", sheet.name, [[shown(value) for value in row] for row in sheet.rows])
        grid.merged = list(sheet.merged) if merges else []
        grid.hidden, grid.hidden_rows = sheet.hidden, list(sheet.hidden_rows)
        grid.percent = {
            (r, c) for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if isinstance(value, Percent)
        }
        found.append(grid)
    return found


def write(dressed: Dressed, folder: Path, kind: str) -> Path:
    """The file of ``kind``; text files and HTML hold the last sheet alone."""
    suffix = {"xlsxwriter": "xlsx", "html": "xls"}.get(kind, kind if kind in FILE_FORMATS else "csv")
    path = folder / f"{dressed.seed}-{kind}.{suffix}"
    if kind in TEXT_FORMATS:
        path.write_bytes(_text(dressed.sheets[-1], kind))
    elif kind == "html":
        path.write_text(_html(dressed.sheets[-1]), "utf-8")
    else:
        {"xlsx": _openpyxl, "xlsxwriter": _xlsxwriter, "xls": _xls, "ods": _ods}[kind](dressed, path)
    return path


def _text(sheet: Sheet, kind: str) -> bytes:
    stream = io.StringIO()
    mark = {"tsv": "\t", "semicolon": ";"}.get(kind, ",")
    rows = [[_printed(value) for value in row] for row in sheet.rows]
    csv.writer(stream, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode({"tsv": "utf-8", "semicolon": "gb18030"}.get(kind, kind))


def _printed(value: Any) -> str:
    return f"{value.value * 100:.10g}%" if isinstance(value, Percent) else shown(value) or ""


def _html(sheet: Sheet) -> str:
    starts = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in sheet.merged}
    covered = {
        (r, c) for r1, c1, r2, c2 in sheet.merged for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
    } - starts.keys()
    lines = []
    for r, row in enumerate(sheet.rows):
        cells = []
        for c, value in enumerate(row):
            if (r, c) not in covered:
                down, across = starts.get((r, c), (1, 1))
                span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
                cells.append(f"<td{span}>{html.escape(_printed(value))}</td>")
        hidden = ' style="display:none"' if r in sheet.hidden_rows else ""
        lines.append(f"<tr{hidden}>{''.join(cells)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'


def _openpyxl(dressed: Dressed, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in dressed.sheets:
        page = book.create_sheet(sheet.name)
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                cell = page.cell(r, c)
                if isinstance(value, Percent):
                    cell.value, cell.number_format = value.value, "0.0%"
                elif value is not None:
                    cell.value = value
        for r1, c1, r2, c2 in sheet.merged:
            page.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
        for row in sheet.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        if sheet.hidden:
            page.sheet_state = "hidden"
    book.active = len(dressed.sheets) - 1
    book.save(path)


def _xlsxwriter(dressed: Dressed, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        percent, plain = book.add_format({"num_format": "0.0%"}), book.add_format()
        for sheet in dressed.sheets:
            page = book.add_worksheet(sheet.name)
            for r1, c1, r2, c2 in sheet.merged:
                page.merge_range(r1, c1, r2, c2, "", plain)
            for r, row in enumerate(sheet.rows):
                for c, value in enumerate(row):
                    if isinstance(value, Percent):
                        page.write_number(r, c, value.value, percent)
                    elif isinstance(value, str):
                        page.write_string(r, c, value)
                    elif value is not None:
                        page.write_number(r, c, value)
            for row in sheet.hidden_rows:
                page.set_row(row, None, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
            else:
                page.activate()
                page.set_first_sheet()


def _xls(dressed: Dressed, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    percent = xlwt.easyxf(num_format_str="0.0%")
    for sheet in dressed.sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for r, row in enumerate(sheet.rows):
            for c, value in enumerate(row):
                if isinstance(value, Percent):
                    page.write(r, c, value.value, percent)
                elif value is not None:
                    page.write(r, c, value)
        for r1, c1, r2, c2 in sheet.merged:
            page.merge(r1, r2, c1, c2)
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        page.visibility = int(sheet.hidden)
    book.active_sheet = len(dressed.sheets) - 1
    book.save(str(path))


def _ods(dressed: Dressed, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for sheet in dressed.sheets:
        if sheet.hidden:
            continue
        page = Table(name=sheet.name)
        starts = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in sheet.merged}
        covered = {
            (r, c) for r1, c1, r2, c2 in sheet.merged for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
        } - starts.keys()
        for r, row in enumerate(sheet.rows):
            line = TableRow()
            for c, value in enumerate(row):
                if (r, c) in covered:
                    line.addElement(CoveredTableCell())
                    continue
                facts: dict[str, Any] = {}
                if (r, c) in starts:
                    facts = {"numberrowsspanned": starts[r, c][0], "numbercolumnsspanned": starts[r, c][1]}
                if isinstance(value, Percent):
                    facts |= {"valuetype": "percentage", "value": repr(value.value)}
                elif isinstance(value, str):
                    facts |= {"valuetype": "string"}
                elif value is not None:
                    facts |= {"valuetype": "float", "value": repr(value)}
                cell = TableCell(**facts)
                if value is not None:
                    cell.addElement(P(text=_printed(value)))
                line.addElement(cell)
            page.addElement(line)
        book.spreadsheet.addElement(page)
    book.save(str(path))
