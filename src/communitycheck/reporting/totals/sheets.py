"""What became of the sheets and rows of the returns: what each row is, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from communitycheck.model.returns import Return
from communitycheck.model.sheet import RowClass, Sheet


class SheetsRead(Struct, frozen=True):
    """``rows`` by their class, of all sheets together: they add up to the rows that are not blank.

    Attributes:
        sheets: how many sheets there are.
        not_read: those that no record was taken from. partly: those with a table that none was taken from.
        unread: sheets with rows that nobody could read.
        turned: sheets that were read with a subject in each column: of them the rows of records are indicators.
    """

    sheets: int
    not_read: list[Sheet]
    partly: list[Sheet]
    rows: dict[str, int]
    unread: list[Sheet]
    turned: list[Sheet]

    @property
    def unread_rows(self) -> int:
        return sum(len(sheet.unread_rows) for sheet in self.unread)


def sheets_read(returns: Iterable[Return]) -> SheetsRead:
    """The sheets of some returns, each counted once however many tables it holds."""
    tables: dict[tuple[str, str], list[Sheet]] = {}
    for one in returns:
        for sheet in one.sheets:
            tables.setdefault((sheet.path, sheet.name), []).append(sheet)
    every = [sheet for several in tables.values() for sheet in several]
    left = {place: [sheet for sheet in several if sheet.not_read] for place, several in tables.items()}
    return SheetsRead(
        sheets=len(tables),
        not_read=[some[0] for place, some in left.items() if len(some) == len(tables[place])],
        partly=[sheet for place, some in left.items() if len(some) < len(tables[place]) for sheet in some],
        rows={kind.value: sum(sheet.row_counts.get(kind.value, 0) for sheet in every) for kind in RowClass},
        unread=[sheet for sheet in every if sheet.unread_rows],
        turned=[sheet for sheet in every if sheet.transposed and not sheet.not_read],
    )
