"""What the columns of a text hold, figures or words, as far as its regular rows show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from communitycheck.returns.layout.cell_kinds import Kind, kind_of

Row = list[str | None]
# What a column holds: of ``n`` figures, ``t`` text.
Kinds = set[str]
# So many regular rows tell what a column holds; what fewer than one in twenty of them hold does not count.
SAMPLE = 500
RARE = 0.05
_NUMBER = re.compile(r"[-+¥$]?\d[\d,]*(?:\.\d*)?(?:[%‰％])?")
_GROUP = re.compile(r"\d{3}(?:\.\d+)?[%‰％]?")
_LEADING = re.compile(r"[-+¥$]?\d{1,3}")


def kinds_of_columns(rows: Iterable[Row], width: int) -> list[Kinds]:
    some = list(rows)[:SAMPLE]
    found = []
    for c in range(width):
        kinds = Counter(class_of(row[c] or "") for row in some if c < len(row))
        held = kinds["n"] + kinds["t"]
        found.append({kind for kind in "nt" if kinds[kind] > RARE * held})
    return found


def class_of(cell: str) -> str:
    """``n`` for a number, ``t`` for text, nothing for a blank or a sign that may stand anywhere."""
    body = cell.strip()
    if not body:
        return ""
    if _NUMBER.fullmatch(body):
        return "n"
    return "t" if kind_of(body) in (Kind.TEXT, Kind.PERIOD) else ""


def fits(run: list[str], holds: set[str]) -> bool:
    """A run of cells may be one cell of a column: alone as it is, together as thousands or as text with commas."""
    kinds = [class_of(cell) for cell in run]
    if len(run) == 1:
        return not kinds[0] or not holds or kinds[0] in holds
    if "n" in holds and _LEADING.fullmatch(run[0].strip()) and all(_GROUP.fullmatch(cell.strip()) for cell in run[1:]):
        return not any("." in cell for cell, _ in pairwise(run))
    return ("t" in holds or not holds) and "n" not in kinds and any(run)
