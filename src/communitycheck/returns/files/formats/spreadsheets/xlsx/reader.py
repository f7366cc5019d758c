"""All of an xlsx: its sheets one after the other."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import TypeVar

from communitycheck.returns.files.formats.reader_service import BookContent, SheetContent
from communitycheck.returns.files.formats.spreadsheets.xlsx.content import small_sheet
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import mended
from communitycheck.returns.files.formats.spreadsheets.xlsx.package import OfficePackage, SheetPart
from communitycheck.returns.files.formats.spreadsheets.xlsx.sheet import BookContext, read_sheet
from communitycheck.returns.files.formats.spreadsheets.xlsx.strings import shared_strings
from communitycheck.returns.files.formats.spreadsheets.xlsx.styles import shown_by
from communitycheck.returns.files.formats.spreadsheets.xlsx.written_over import comments, struck_cells, struck_styles
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed

T = TypeVar("T")
# From so many bytes of markup on a sheet is read by arrays, which take their time to load.
LARGE = 4 << 20


def read_xlsx(file: str, spool: str) -> BookContent:
    """Every sheet, whatever its size and whoever wrote it."""
    with zipfile.ZipFile(file) as archive:
        package = OfficePackage(archive)
        book = package.book()
        strings = _parsed(package, book.strings, shared_strings) if book.strings else []
        shown, worded = _parsed(package, book.styles, shown_by) if book.styles else ([], {})
        context = BookContext(strings, shown, worded, book.from_1904)
        struck = _parsed(package, book.styles, struck_styles) if book.styles else frozenset()
        sheets = []
        for number, part in enumerate(book.sheets):
            sheet = _large(package, number, part, context, spool) if package.size(part.part) > LARGE else None
            if sheet is None:
                facts = _parsed(package, part.part, lambda data: read_sheet(data, context))
                sheet = small_sheet(number, part, facts, spool)
            _add_what_is_written_over(sheet, package, part, struck)
            sheets.append(sheet)
    return {"sheets": sheets, "encoding": None}


def _add_what_is_written_over(
    sheet: SheetContent, package: OfficePackage, part: SheetPart, struck: frozenset[str]
) -> None:
    for kind, target in package.relations(part.part).values():
        if kind == "comments" and target in package:
            sheet["comments"] = _parsed(package, target, comments)
    if struck:  # few workbooks have such a style, so that their sheets alone are read once more
        sheet["struck"] = _parsed(package, part.part, lambda data: struck_cells(data, struck))


def _parsed(package: OfficePackage, part: str, read: Callable[[Iterator[bytes]], T]) -> T:
    try:
        return read(package.blocks(part))
    except Malformed:
        return read(iter(mended(package.blocks(part))))


def _large(
    package: OfficePackage, number: int, part: SheetPart, context: BookContext, spool: str
) -> SheetContent | None:
    # numpy and Arrow take their time to load
    from communitycheck.returns.files.formats.spreadsheets.xlsx.large import large_sheet

    return large_sheet(package.blocks(part.part), number, part, context, spool)
