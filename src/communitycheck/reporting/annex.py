"""Blocks as a Word document: an annex to a circular or to a budget request, tables above all."""

from __future__ import annotations

from datetime import date
from typing import IO

from rich.cells import cell_len

from communitycheck.messages import Lang
from communitycheck.reporting.document import Block, DocumentTable, Paragraph, TableColumn
from communitycheck.reporting.word_paper import Paper

WIDEST = 30  # cells of a column that count for its share of the page


def write_annex(blocks: list[Block], day: date, lang: Lang, sink: IO[bytes]) -> None:
    """Write the blocks; the first is the title."""
    paper = Paper(lang, blocks[0].title, day)
    for number, block in enumerate(blocks):
        for piece in block.pieces(2 if number else 1):
            if isinstance(piece, DocumentTable):
                piece = DocumentTable(_shared_out(piece), piece.rows, piece.caption)
            elif isinstance(piece, Paragraph):
                piece = Paragraph(piece.spans)
            paper.piece(piece)
    paper.save(sink)


def _shared_out(table: DocumentTable) -> list[TableColumn]:
    """The columns with their shares of the page, by what stands in them."""
    found = []
    for k, column in enumerate(table.columns):
        texts = [column.title, *(row.cells[k] for row in table.rows)]
        share = min(max(cell_len(text) for text in texts), WIDEST)
        found.append(TableColumn(column.title, right=column.right, share=max(share, 4) + 2))
    return found
