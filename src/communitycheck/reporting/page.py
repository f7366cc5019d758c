"""Blocks drawn for a terminal, or for a plain text file.

Where a table is wider than the page its spare columns go on a line of their own beneath each row. Names are never
taken for mark-up, and nothing is coloured unless asked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.text import Text

from communitycheck.reporting.document import Block, Row
from communitycheck.reporting.text_width import GAP, fits, pad, widths, wrap

WIDTH = 100  # of a page that is on no terminal
NARROWEST, WIDEST = 72, 160  # a narrower terminal breaks the lines itself; longer ones are hard to follow
INDENT = "  "
STYLES = {"bad": "red", "doubt": "yellow", "good": "green"}

Lines = Iterator[Text]


class Page:
    """Draws blocks to a width.

    Args:
        width: in cells; 100 where nothing says how wide the page is.
    """

    def __init__(self, width: int | None, colour: bool) -> None:
        self.width = min(max(width or WIDTH, NARROWEST), WIDEST)
        self.inner = self.width - len(INDENT)
        self.colour = colour
        self._narrow: set[str] = set()

    def arrange(self, blocks: list[Block]) -> None:
        """Find which tables need their spare columns beneath the rows; tables of one kind are laid out alike."""
        for block in blocks:
            rows = [[c.title for c in block.columns], *(list(row.cells) for row in block.rows)]
            if block.rows and not fits(rows, [c.least if c.wrap else None for c in block.columns], self.inner):
                self._narrow.add(block.key)

    def draw_all(self, blocks: list[Block]) -> Iterator[str]:
        """The blocks as text, an empty line between them."""
        self.arrange(blocks)
        for number, block in enumerate(blocks):
            yield ("\n" if number else "") + self.draw(block)

    def draw(self, block: Block) -> str:
        """The block as text, each line ending in a line feed."""
        lines = [Text(line, style="bold") for line in wrap(block.title, self.width)]
        lines += self._pairs(block.pairs)
        lines += self._table(block)
        for paragraph in block.lines:
            lines += self._paragraph(paragraph, "")
        if block.more:
            lines += self._paragraph(block.more, "dim")
        return self._printed(lines)

    def _printed(self, lines: list[Text]) -> str:
        if not self.colour:
            return "".join(line.plain.rstrip() + "\n" for line in lines)
        from rich.console import Console  # only colours need it

        sink = io.StringIO()
        console = Console(
            file=sink,
            width=2 * WIDEST,
            force_terminal=True,
            color_system="standard",
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )
        for line in lines:
            console.print(line, soft_wrap=True)
        return sink.getvalue()

    def _paragraph(self, paragraph: str, style: str) -> Lines:
        for number, line in enumerate(wrap(paragraph, self.inner - 2)):
            yield Text(INDENT + ("  " if number else "") + line, style=style)

    def _pairs(self, pairs: list[tuple[str, str]]) -> Lines:
        if not pairs:
            return
        (column,) = widths([[label] for label, _ in pairs], [None], self.inner)
        for label, value in pairs:
            for number, line in enumerate(wrap(value, self.inner - column - len(GAP))):
                head = pad("" if number else label, column)
                yield Text.assemble(INDENT, (head, "dim"), GAP, line)

    def _table(self, block: Block) -> Lines:
        if not block.rows:
            return
        columns = block.columns
        narrow = block.key in self._narrow
        kept = [k for k, column in enumerate(columns) if not (narrow and column.spare)]
        spare = [k for k, column in enumerate(columns) if narrow and column.spare]
        titles = [columns[k].title for k in kept]
        cells = [[row.cells[k] for k in kept] for row in block.rows]
        sizes = widths([titles, *cells], [columns[k].least if columns[k].wrap else None for k in kept], self.inner)
        right = [columns[k].right for k in kept]
        yield from self._row(titles, sizes, right, ["dim"] * len(kept))
        yield Text(INDENT + "─" * (sum(sizes) + len(GAP) * (len(sizes) - 1)), style="dim")
        for row, own in zip(block.rows, cells, strict=True):
            yield from self._row(own, sizes, right, self._styles(row, right))
            beneath = " · ".join(
                f"{columns[k].title} {row.cells[k]}" if columns[k].named else row.cells[k]
                for k in spare
                if row.cells[k]
            )
            if beneath:
                for line in wrap(beneath, self.inner - 4):
                    yield Text(f"{INDENT}    {line}", style="dim")

    def _styles(self, row: Row, right: list[bool]) -> list[str]:
        """The first cell and the numbers take the colour of the row's outcome."""
        style = STYLES.get(row.tone, "")
        return [style if number or not k else "" for k, number in enumerate(right)]

    def _row(self, cells: list[str], sizes: list[int], right: list[bool], styles: list[str]) -> Lines:
        """One row; a cell that wraps makes it several lines tall."""
        wrapped = [wrap(cell, size) for cell, size in zip(cells, sizes, strict=True)]
        for level in range(max(len(lines) for lines in wrapped)):
            line = Text(INDENT)
            for k, lines in enumerate(wrapped):
                piece = lines[level] if level < len(lines) else ""
                line.append(GAP if k else "")
                line.append(pad(piece, sizes[k], right=right[k]), style=styles[k])
            yield line
