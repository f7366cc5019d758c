"""Which character divides the cells of a text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import NamedTuple

USUAL = ",\t;|"
# Characters that divide cells in few files and stand within them in many.
UNUSUAL = "，；｜、：^~#:*"
HEAD_LINES = 200
# Of the lines that hold something, so many must be cut alike before an unusual one is believed; and a usual one that
# cuts half of them alike is never set aside for it.
ALIKE = 0.6
HALF = 0.5


class Cut(NamedTuple):
    """What a delimiter makes of the head of a text: so many lines of the same width, a share of all."""

    delimiter: str
    width: int
    lines: int
    share: float

    @property
    def score(self) -> float:
        return self.share * (1 + min(self.width, 50) / 50)

    @property
    def certain(self) -> bool:
        """Cut alike in a way that no prose is."""
        return self.width >= 3 and self.share >= ALIKE and (self.lines >= 3 or (self.lines == 2 and self.width >= 4))


def stated_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own ``sep=;`` line: kept as an empty row, so that rows keep their numbers."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":
        return text[5:], text[4]
    return text, None


def delimiter_of(text: str) -> str:
    """The delimiter under which most lines have the same, largest number of fields."""
    head = text[: 1 << 16]
    usual = max(_cuts(head, USUAL), key=lambda cut: cut.score, default=None)
    if usual is not None and usual.share >= HALF:
        return usual.delimiter
    unusual = max(filter(lambda cut: cut.certain, _cuts(head, UNUSUAL)), key=lambda cut: cut.score, default=None)
    found = unusual or usual
    return "," if found is None else found.delimiter


def _cuts(head: str, delimiters: str) -> list[Cut]:
    return [cut for one in delimiters if one in head and (cut := _cut(head, one)) is not None and cut.width > 1]


def _cut(head: str, delimiter: str) -> Cut | None:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for _, row in zip(range(HEAD_LINES), reader, strict=False) if row]
    except csv.Error:
        return None
    if not widths:
        return None
    width, lines = max(Counter(widths).items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    return Cut(delimiter, width, lines, lines / len(widths))
