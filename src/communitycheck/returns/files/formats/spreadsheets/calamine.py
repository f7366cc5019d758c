"""Sheets as calamine reads them, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from communitycheck.returns.files.formats.reader_service import BookContent, Cells, SheetContent
from communitycheck.returns.files.formats.spreadsheets.facts_beside_values import FactsBesideValues
from communitycheck.returns.files.formats.spreadsheets.rows import sheet_of
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.formats.worded_numbers import worded_text

if TYPE_CHECKING:
    import python_calamine

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?")


class ValueSheet(NamedTuple):
    """What calamine knows of a sheet; ``number`` is its place in the workbook."""

    name: str
    number: int
    cells: Cells
    merged: list[tuple[int, int, int, int]]
    hidden: bool

    def put(self, row: int, column: int, text: str) -> None:
        """Write a text into a cell, which may lie beyond what holds a value."""
        while len(self.cells) <= row:
            self.cells.append([])
        self.cells[row] += [None] * (column + 1 - len(self.cells[row]))
        self.cells[row][column] = text

    def word(self, row: int, column: int, code: str) -> None:
        """Write a number as its format shows it, with the words of that."""
        texts = self.cells[row] if row < len(self.cells) else []
        text = texts[column] if column < len(texts) else None
        if text is not None and _NUMBER.fullmatch(text):
            texts[column] = worded_text(code, float(text))

    def content(self, spool: str) -> SheetContent:
        sheet = sheet_of(self.name, self.cells, spool, self.number)
        sheet["merged"], sheet["hidden"] = self.merged, self.hidden
        return sheet

    def content_with(self, facts: FactsBesideValues | None, spool: str) -> SheetContent:
        """The same with what calamine leaves out; None: nobody knows."""
        if facts is None:
            return {**self.content(spool), "values_only": True}
        for row, column, text in facts.shown:
            self.put(row, column, text)
        for row, column, code in facts.worded:
            self.word(row, column, code)
        sheet = self.content(spool)
        sheet["merged"], sheet["percent"], sheet["uncached"] = facts.merged, facts.percent, facts.uncached
        last = sheet["rows"] - 1
        sheet["hidden_rows"] = [row for start, end in facts.hidden_rows for row in range(start, min(end, last) + 1)]
        sheet["hidden_columns"] = facts.hidden_columns
        sheet["comments"], sheet["struck"] = facts.comments, facts.struck
        return sheet


def value_sheets(file: str) -> Iterator[ValueSheet]:
    """The sheets of cells, one by one."""
    import python_calamine

    book = _opened(file)
    for number, meta in enumerate(book.sheets_metadata):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            read = book.get_sheet_by_name(meta.name)
            cells = [[text_of(value) for value in row] for row in read.to_python(skip_empty_area=False)]
            merged = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in read.merged_cell_ranges or ()]
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            yield ValueSheet(meta.name, number, cells, merged, hidden)


def values_of(file: str, spool: str) -> BookContent:
    """A workbook of which nothing but the values can be read."""
    return {"sheets": [{**sheet.content(spool), "values_only": True} for sheet in value_sheets(file)], "encoding": None}


def _opened(file: str) -> python_calamine.CalamineWorkbook:
    import python_calamine

    # Bytes, not a path: by path it would choose the reader by the suffix. But only a path tells of a password.
    try:
        with Path(file).open("rb") as stream:
            return python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.CalamineError:
        python_calamine.CalamineWorkbook.from_path(file)
        raise
