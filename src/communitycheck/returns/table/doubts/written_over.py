"""What is written over the cells: a comment at a figure, and a line through what no longer holds."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.cells.standing.statements import InDoubt, instructs, statements
from communitycheck.returns.grid import letter
from communitycheck.returns.table.doubts.doubts import Doubts, code_of


def doubt_by_comments(doubts: Doubts) -> None:
    """A comment speaks of its cell, or of the whole record where it stands at its name; over a header of the column."""
    grid, fields = doubts.layout.grid, doubts.fields()
    if not grid.comments or grid.transposed_from is not None:
        return
    # There may be very many: only those at records are taken apart.
    records = set((doubts.row_of - 1).tolist())
    for (row, column), text in sorted(one for one in grid.comments.items() if one[0][0] in records):
        over = _keys(column, doubts) & fields.all or None
        if over is None and not _is_name(column, doubts):
            continue
        said = statements(text, doubts.year)
        if not said or instructs(text):
            continue
        whom = np.flatnonzero(doubts.row_of == row + 1)
        for one in said:
            keys = fields.of(one, over)
            if keys:
                gone = one.kind is InDoubt.SUBJECT
                words = " ".join(text.split())
                doubts.cast(keys, whom, words, cell=grid.address(row, column), above_zero=not gone, code=code_of(one))


def doubt_by_strokes(doubts: Doubts) -> None:
    """A figure that is struck through does not hold, and nothing of a record whose name is."""
    grid, fields = doubts.layout.grid, doubts.fields()
    by_column: dict[int, list[int]] = {}
    for row, column in grid.struck if grid.transposed_from is None else ():
        by_column.setdefault(column, []).append(row)
    for column, rows in sorted(by_column.items()):
        keys = fields.all if _is_name(column, doubts) else _keys(column, doubts) & fields.all
        whom = np.flatnonzero(np.isin(doubts.row_of - 1, rows))
        if not keys or not len(whom):
            continue
        texts = grid.some(column, np.sort(doubts.row_of[whom]) - 1)
        words = f"~~{(texts[0] or '').strip()}~~" if len(texts) == 1 else "~~…~~"
        doubts.cast(keys, whom, words, column=letter(column), above_zero=False, code="struck-figures")


def _keys(column: int, doubts: Doubts) -> frozenset[str]:
    return frozenset(key for key, chosen in doubts.found.fields.items() if chosen.column.index == column)


def _is_name(column: int, doubts: Doubts) -> bool:
    return any(doubts.names.fields[key].role in ("name", "region") for key in _keys(column, doubts))
