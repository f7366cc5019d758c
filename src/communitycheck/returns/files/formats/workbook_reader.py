"""Reads small and middling xlsx, in a process that starts bare (``reader_service.py``).

For these it imports nothing of the package but what is as light, so that one costs no more than the start of an
interpreter and of calamine.
"""

from __future__ import annotations

from pathlib import Path

from communitycheck.returns.files.formats.reader_service import BookContent, SheetContent, code_of, sheet_of_rows
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.formats.xlsx_facts import XlsxFacts, xlsx_facts


def read_xlsx(file: str, _: str) -> BookContent:
    """By calamine, with what it leaves out; where it gives up, by openpyxl."""
    try:
        return _read_calamine(file)
    except MemoryError:
        raise
    except BaseException as trouble:  # a panic is no Exception
        if code_of(trouble) == "password-protected" or isinstance(trouble, SystemExit):
            raise
    return _read_openpyxl(file)


def _read_calamine(file: str) -> BookContent:
    import python_calamine

    # Bytes, not a path: by path it would choose the reader by the suffix. But only a path tells of a password.
    try:
        with Path(file).open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.CalamineError:
        python_calamine.CalamineWorkbook.from_path(file)
        raise
    facts: dict[str, XlsxFacts] = xlsx_facts(file, book.sheet_names)
    sheets = []
    for meta in book.sheets_metadata:
        if "Work" not in str(meta.typ):
            continue
        read = book.get_sheet_by_name(meta.name)
        cells = [[text_of(value) for value in row] for row in read.to_python(skip_empty_area=False)]
        known = facts.get(meta.name)
        for row, column, text in known["errors"] if known else []:
            if row < len(cells) and column < len(cells[row]) and cells[row][column] is None:
                cells[row][column] = text
        sheet = sheet_of_rows(meta.name, cells)
        sheet["merged"] = [(r1, c1, r2, c2) for (r1, c1), (r2, c2) in read.merged_cell_ranges or ()]
        sheet["hidden"] = meta.visible != python_calamine.SheetVisibleEnum.Visible
        if known:
            sheet["hidden_rows"], sheet["hidden_columns"] = known["hidden_rows"], known["hidden_columns"]
            sheet["percent"], sheet["uncached"] = known["percent"], known["uncached"]
        sheets.append(sheet)
    return {"sheets": sheets, "encoding": None}


def _read_openpyxl(file: str) -> BookContent:
    import openpyxl

    with Path(file).open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets: list[SheetContent] = []
        for sheet in book.worksheets:
            cells = [[text_of(value) for value in row] for row in sheet.iter_rows(values_only=True, min_row=1)]
            sheets.append({**sheet_of_rows(sheet.title, cells), "hidden": sheet.sheet_state != "visible"})
    return {"sheets": sheets, "encoding": None}
