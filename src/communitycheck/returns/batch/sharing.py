"""Returns of a large batch as they come: what many of them have in common is held once, and their tables are joined, so
many at a time.

A table of a few hundred records is dozens of small arrays, each with its own overhead; what of them is let go when all
records are joined leaves holes that nothing else fits in. So the many small ones do not live long.
"""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.model.returns import Return
from communitycheck.model.sheet import SheetColumn
from communitycheck.model.views.joined import handed_back, handed_over, join_tables

# So many records are joined at a time: each of their columns then is a piece of memory that is given back by itself.
RECORDS = 1 << 15


class Sharing:
    """What the returns of a batch share.

    Args:
        together: their tables are joined while others are read; nobody else may hold them, nor change them any more.
    """

    def __init__(self, *, together: bool) -> None:
        self._together = together
        self._columns: dict[SheetColumn, SheetColumn] = {}
        self._waiting: list[Return] = []
        self._records = 0

    def add(self, returns: Sequence[Return]) -> None:
        for sheet in (sheet for one in returns for sheet in one.sheets):
            # Forms that many have filled in have the same columns.
            sheet.columns = [self._columns.setdefault(column, column) for column in sheet.columns]
        for one in returns if self._together else ():
            records = sum(map(len, one.tables))
            if 0 < records < RECORDS:
                self._waiting.append(one)
                self._records += records
        if self._records >= RECORDS:
            self._join()

    def _join(self) -> None:
        held = [len(one.tables) for one in self._waiting]
        handed_back(self._waiting, held, join_tables(handed_over(self._waiting)).parts)
        self._waiting, self._records = [], 0
