"""Sheets as calamine reads them, whatever the format."""

from __future__ import annotations

from pathlib import Path

from communitycheck.returns.files.formats.reader_service import BookContent, sheet_of_rows
from communitycheck.returns.files.formats.values import text_of


def read_calamine(file: str) -> BookContent:
    import python_calamine

    # Bytes, not a path: by path it would choose the reader by the suffix. But only a path tells of a password.
    try:
        with Path(file).open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.CalamineError:
        python_calamine.CalamineWorkbook.from_path(file)
        raise
    sheets = []
    for meta in book.sheets_metadata:
        if "Work" not in str(meta.typ):
            continue
        read = book.get_sheet_by_name(meta.name)
        cells = [[text_of(value) for value in row] for row in read.to_python(skip_empty_area=False)]
        sheet = sheet_of_rows(meta.name, cells)
        sheet["merged"] = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in read.merged_cell_ranges or ()]
        sheet["hidden"] = meta.visible != python_calamine.SheetVisibleEnum.Visible
        sheets.append(sheet)
    return {"sheets": sheets, "encoding": None}
