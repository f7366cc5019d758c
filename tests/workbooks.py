"""Workbooks as each library writes them, from one description of their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Place = tuple[int, int]
Span = tuple[int, int, int, int]


@dataclass
class Page:
    """A sheet to be written. Rows and columns count from 0; ``merged`` has the first and the last cell of each range.

    ``shows`` is the number format of a cell. What lies beneath a merged cell is not written.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    merged: list[Span] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    shows: dict[Place, str] = field(default_factory=dict)
    hidden: bool = False

    def starts(self) -> dict[Place, Place]:
        """The first cell of each merged range, with how many rows and columns it spans."""
        return {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in self.merged}

    def covered(self) -> set[Place]:
        """The cells beneath merged ones."""
        under = {(r, c) for r1, c1, r2, c2 in self.merged for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
        return under - self.starts().keys()

    def cells(self) -> Iterator[tuple[int, int, Any, str | None]]:
        """Row, column, value and number format of each cell that holds something."""
        covered = self.covered()
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value is not None and (r, c) not in covered:
                    yield r, c, value, self.shows.get((r, c))


def write_openpyxl(path: Path, pages: Sequence[Page]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for r, c, value, shown in page.cells():
            cell = sheet.cell(r + 1, c + 1, value)
            if shown:
                cell.number_format = shown
        for r1, c1, r2, c2 in page.merged:
            sheet.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
        for row in page.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    book.active = _first_seen(pages)
    book.save(path)


def write_xlsxwriter(path: Path, pages: Sequence[Page]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        formats: dict[str | None, Any] = {None: book.add_format()}
        for number, page in enumerate(pages):
            sheet = book.add_worksheet(page.name)
            for r1, c1, r2, c2 in page.merged:
                sheet.merge_range(r1, c1, r2, c2, "", formats[None])
            for r, c, value, shown in page.cells():
                if shown not in formats:
                    formats[shown] = book.add_format({"num_format": shown})
                if isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(r, c, value, formats[shown])
                else:
                    sheet.write(r, c, value, formats[shown])
            for row in page.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            if number == _first_seen(pages):
                sheet.activate()
                sheet.set_first_sheet()
            elif page.hidden:
                sheet.hide()


def write_xls(path: Path, pages: Sequence[Page]) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str | None, Any] = {}
    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        for r, c, value, shown in page.cells():
            if shown not in styles:
                styles[shown] = xlwt.easyxf(num_format_str=shown or "General")
            sheet.write(r, c, value, styles[shown])
        for r1, c1, r2, c2 in page.merged:
            sheet.merge(r1, r2, c1, c2)
        for row in page.hidden_rows:
            sheet.row(row).hidden = True
        sheet.visibility = int(page.hidden)
    book.active_sheet = _first_seen(pages)
    book.save(str(path))


def write_ods(path: Path, pages: Sequence[Page]) -> None:
    """Hidden sheets are left out: odfpy has no word for them."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableRow

    book = OpenDocumentSpreadsheet()
    for page in pages:
        if page.hidden:
            continue
        table = Table(name=page.name)
        starts, covered = page.starts(), page.covered()
        width = max([0, *map(len, page.rows), *(c + 1 for _, c in covered)])
        for r, row in enumerate(page.rows):
            line = TableRow(visibility="collapse") if r in page.hidden_rows else TableRow()
            for c in range(width):
                value = row[c] if c < len(row) else None
                beneath = (r, c) in covered
                line.addElement(_ods_cell(value, beneath, starts.get((r, c)), page.shows.get((r, c), "")))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(value: Any, beneath: bool, span: Place | None, shown: str) -> Any:
    from odf.table import CoveredTableCell, TableCell
    from odf.text import P

    if beneath:
        return CoveredTableCell()
    facts: dict[str, Any] = {}
    if span is not None:
        facts = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    text = str(value)
    if isinstance(value, int | float):
        percent = shown.endswith("%")
        facts |= {"valuetype": "percentage" if percent else "float", "value": repr(value)}
        text = f"{value * 100:.10g}%" if percent else text
    elif value is not None:
        facts |= {"valuetype": "string"}
    cell = TableCell(**facts)
    if value is not None:
        cell.addElement(P(text=text))
    return cell


def _first_seen(pages: Sequence[Page]) -> int:
    return next(number for number, page in enumerate(pages) if not page.hidden)
