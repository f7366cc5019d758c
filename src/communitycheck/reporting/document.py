"""A document for people before any layout: headings, paragraphs, tables and lists of labelled values, as plain data.

Text, Markdown and Word draw these pieces; what a document says is decided before, in ``outline`` for the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field


class Span(Struct, frozen=True):
    """Words of one kind: ``strong`` stands out, ``blank`` is for the reader to fill in."""

    text: str
    kind: Literal["plain", "strong", "blank"] = "plain"


Spans = tuple[Span, ...]


class Heading(Struct, frozen=True):
    """``level`` counts from 1, the title of the whole document; a number is part of the text."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """``style`` says what the paragraph is for; a renderer that has no layout of its own for it draws plain text."""

    spans: Spans
    style: str = ""

    @property
    def text(self) -> str:
        return "".join(s.text for s in self.spans)


class Pairs(Struct, frozen=True):
    """Labels and what stands beside them; an empty label continues the one above."""

    items: tuple[tuple[str, Spans], ...]


class TableColumn(Struct, frozen=True):
    """One column of a table; figures stand to the ``right``.

    On paper it has its ``share`` of the width. On a terminal, one that may ``wrap`` can be narrower, down to ``least``
    cells; a ``spare`` one goes beneath the row where that does not do, led by its title where it is ``named``.
    """

    title: str
    right: bool = False
    spare: bool = False
    named: bool = False
    wrap: bool = False
    least: int = 10
    share: int = 2


class Row(Struct, frozen=True):
    """``tone`` is good, doubt or bad, for formats that have colours."""

    cells: tuple[str, ...]
    tone: str = ""


class DocumentTable(Struct):
    """A table with one header row."""

    columns: list[TableColumn]
    rows: list[Row] = field(default_factory=list)
    caption: str = ""


Piece = Heading | Paragraph | Pairs | DocumentTable


class Block(Struct):
    """A heading and what stands under it, in this order: pairs, table, lines; ``more`` tells what was left out.

    ``key`` names the kind of block: tables of one kind are laid out alike. ``picture`` is SVG, for pages that draw.
    """

    key: str
    title: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    columns: list[TableColumn] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    more: str = ""
    picture: str = ""

    def add_row(self, *cells: str, tone: str = "") -> None:
        self.rows.append(Row(cells, tone))

    def without_blanks(self) -> Block:
        """The block without its named columns where no row has anything in them."""
        kept = [
            k for k, column in enumerate(self.columns) if not column.named or any(row.cells[k] for row in self.rows)
        ]
        self.columns = [self.columns[k] for k in kept]
        self.rows = [Row(tuple(row.cells[k] for k in kept), row.tone) for row in self.rows]
        return self

    def pieces(self, level: int) -> Iterator[Piece]:
        """The block as a part of a document, under a heading of ``level``."""
        yield Heading(level, self.title)
        if self.pairs:
            yield Pairs(tuple((label, (Span(value),)) for label, value in self.pairs))
        if self.rows:
            yield DocumentTable(self.columns, self.rows)
        for line in self.lines:
            yield Paragraph((Span(line),), "item")
        if self.more:
            yield Paragraph((Span(self.more),))
