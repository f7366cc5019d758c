"""A workbook of a few sheets, each given by its rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl

Rows = list[list[object]]


def book(path: Path, **sheets: Rows) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path
