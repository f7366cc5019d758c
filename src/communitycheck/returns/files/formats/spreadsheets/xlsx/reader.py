"""All of an xlsx: its sheets one after the other."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import TypeVar

from communitycheck.returns.files.formats.reader_service import BookContent, Refusal, SheetContent, plain_sheet
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Malformed, mended
from communitycheck.returns.files.formats.spreadsheets.xlsx.package import Package, SheetPart
from communitycheck.returns.files.formats.spreadsheets.xlsx.sheet import Context, SheetFacts, read_sheet
from communitycheck.returns.files.formats.spreadsheets.xlsx.strings import shared_strings
from communitycheck.returns.files.formats.spreadsheets.xlsx.styles import shown_by

T = TypeVar("T")
# A sheet that would have more cells than this, nearly all of them blank, is refused.
MOST_BLANK = 20_000_000
# Above so many cells a sheet is handed over as an Arrow file.
MOST_SPELT = 500_000


def read_xlsx(file: str, spool: str) -> BookContent:
    """Every sheet, whatever its size and whoever wrote it."""
    with zipfile.ZipFile(file) as archive:
        package = Package(archive)
        book = package.book()
        strings = _parsed(package, book.strings, shared_strings) if book.strings else []
        shown = _parsed(package, book.styles, shown_by) if book.styles else []
        context = Context(strings, shown, book.from_1904)
        sheets = []
        for number, part in enumerate(book.sheets):
            facts = _parsed(package, part.part, lambda data: read_sheet(data, context))
            sheets.append(_content(number, part, facts, spool))
    return {"sheets": sheets, "encoding": None}


def _parsed(package: Package, part: str, read: Callable[[Iterator[bytes]], T]) -> T:
    try:
        return read(package.blocks(part))
    except Malformed:
        return read(iter(mended(package.blocks(part))))


def _content(number: int, part: SheetPart, facts: SheetFacts, spool: str) -> SheetContent:
    columns = [facts.columns.get(c, []) for c in range(max(facts.columns, default=-1) + 1)]
    rows = max(map(len, columns), default=0)
    cells = rows * len(columns)
    if cells > MOST_BLANK and cells > 100 * facts.filled:
        _name_far_cell(part, facts)
    sheet = plain_sheet(part.name, rows)
    sheet["hidden"], sheet["merged"] = part.hidden, facts.merged
    sheet["hidden_rows"], sheet["hidden_columns"] = facts.hidden_rows, facts.hidden_columns
    sheet["percent"], sheet["uncached"] = facts.percent, facts.uncached
    if cells > MOST_SPELT:
        from communitycheck.returns.files.formats.spool import spooled, text_array  # numpy and Arrow take their time

        arrays = [text_array(texts, rows) for texts in columns]
        return {**sheet, "spool": spooled(spool, number, arrays), "places": list(range(len(arrays))), "errors": []}
    for texts in columns:
        texts.extend([None] * (rows - len(texts)))
    return {**sheet, "columns": columns}


def _name_far_cell(part: SheetPart, facts: SheetFacts) -> None:
    """Refuse a sheet that one cell far out makes huge."""
    from communitycheck.model.address import column_letter  # seldom needed

    column = max(facts.columns, key=lambda c: len(facts.columns[c]) * (c + 1))
    cell = f"{column_letter(column + 1)}{len(facts.columns[column])}"
    raise Refusal("cell-too-far", part=part.name, cell=cell)
