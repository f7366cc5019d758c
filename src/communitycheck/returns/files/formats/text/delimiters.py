"""Which character divides the cells of a text."""

from __future__ import annotations

import csv
import io
from collections import Counter

from msgspec import Struct

from communitycheck.returns.layout.cell_kinds import Kind, kind_of

USUAL = ",\t;|"
# Characters that divide cells in few files and stand within them in many.
UNUSUAL = "，；｜、：^~#:*"
HEAD_LINES = 200
# What ends a sentence, or a line that goes on in the next.
STOPS = "。；：！？，、"
# A line with so long a cell and no figure is a sentence, whatever it ends with.
LONG = 60


class Cut(Struct, frozen=True):
    """What a delimiter makes of the head of a text.

    ``lines`` are cut into ``width`` cells each, sentences left out; ``figures`` of them hold a figure below a name.
    """

    delimiter: str
    width: int
    lines: int
    figures: int

    @property
    def score(self) -> tuple[int, bool, int]:
        return self.lines + self.figures, self.delimiter in USUAL, self.width

    @property
    def certain(self) -> bool:
        """Cut alike in a way that no prose is."""
        return self.figures > 0 or (self.width >= 3 and self.lines >= 3) or (self.width >= 4 and self.lines == 2)


def stated_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own ``sep=;`` line: kept as an empty row, so that rows keep their numbers."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":
        return text[5:], text[4]
    return text, None


def delimiter_of(text: str) -> str:
    """The delimiter that divides most rows of a table alike; what stands in titles, notes and cells divides few."""
    head = text[: 1 << 16]
    cuts = [cut for one in USUAL + UNUSUAL if one in head and (cut := _cut(head, one)) is not None]
    likely = [cut for cut in cuts if cut.delimiter in USUAL or cut.certain]
    return max(likely, key=lambda cut: cut.score).delimiter if likely else ","


def _cut(head: str, delimiter: str) -> Cut | None:
    """What a delimiter makes of lines; None where it divides none of them but sentences."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        read = [row for _, row in zip(range(HEAD_LINES), reader, strict=False)]
    except csv.Error:
        return None
    rows = [(row, [kind_of(cell) for cell in row]) for row in read if len(row) > 1]
    rows = [(row, kinds) for row, kinds in rows if not _is_sentence(row, kinds)]
    if not rows:
        return None
    width, lines = max(Counter(len(row) for row, _ in rows).items(), key=lambda item: (item[1], item[0]))
    figures, named = 0, [False] * width
    for row, kinds in rows:
        if len(row) == width:
            figures += any(name and kind >= Kind.PERIOD for name, kind in zip(named, kinds, strict=True))
            named = [name or kind == Kind.TEXT for name, kind in zip(named, kinds, strict=True)]
    return Cut(delimiter, width, lines, figures)


def _is_sentence(row: list[str], kinds: list[Kind]) -> bool:
    """Cells that read on from one to the next; a row with one cell alone is no row of a table either."""
    held = [cell.strip() for cell, kind in zip(row, kinds, strict=True) if kind != Kind.BLANK]
    if len(held) < 2:
        return True
    return Kind.VALUE not in kinds and (held[-1][-1] in STOPS or max(map(len, held)) > LONG)
