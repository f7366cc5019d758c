"""Books and returns made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

Rows = Sequence[Sequence[object]]
Workbook = Callable[[str, Mapping[str, Rows]], Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Write a workbook of the given sheets."""

    def write(name: str, sheets: Mapping[str, Rows]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for r, row in enumerate(rows, 1):
                for c, value in enumerate(row, 1):
                    cell = sheet.cell(r, c)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"  # "=A" is text here, no formula of the spreadsheet
        path = tmp_path / name
        book.save(path)
        return path

    return write
