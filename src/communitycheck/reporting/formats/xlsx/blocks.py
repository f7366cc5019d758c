"""Blocks of a document as a worksheet."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from communitycheck.reporting.document import Block
from communitycheck.reporting.formats.xlsx.book import Book


def blocks_sheet(book: Book, name: str, blocks: list[Block]) -> Worksheet:
    """The blocks one below the other; counts are numbers."""
    sheet, row = book.sheet(name), 0
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 24, 16)
    for block in blocks:
        book.put(sheet, row, 0, block.title, "title")
        row += 1
        for label, value in block.pairs:
            book.put(sheet, row, 0, label)
            book.put(sheet, row, 1, value)
            row += 1
        if block.rows:
            for k, column in enumerate(block.columns):
                book.put(sheet, row, k, column.title, "head-figure" if column.right else "head")
            for n, one in enumerate(block.rows, row + 1):
                for k, text in enumerate(one.cells):
                    number = text.replace(",", "")
                    is_count = block.columns[k].right and number.isdigit()
                    book.put(sheet, n, k, int(number) if is_count else text, "wrap")
            row += 1 + len(block.rows)
        for line in [*block.lines, block.more]:
            if line:
                book.put(sheet, row, 0, line)
                row += 1
        row += 1
    return sheet
