"""Which cells of a return that several regions share are one region's own: those that its copy keeps.

Kept are the rows of its records (their columns, where they stand side by side), the titles, headers and labels of them,
and of the headings between the rows the names. All else goes: the rows of others, totals, notes, whole sheets. Rows and
columns keep their places, so that an address means the same cell in the copy, in the return and in every report.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct, field

from communitycheck.model.address import column_number
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Table
from communitycheck.products.markup.marks import place_of
from communitycheck.products.markup.ooxml.extract import SheetExtract


class OwnRows(Struct):
    """What a copy keeps of one sheet; rows and columns count from 1.

    Attributes:
        rows: row -> the columns kept of it; None for all.
        records: those of the rows that hold a record.
        headings: rows of which only names are kept -> whether any name is, or only those of ``names``.
        inherited: cells of records that are blank because a row further up says it for them -> what it says.
    """

    rows: dict[int, frozenset[int] | None] = field(default_factory=dict)
    records: set[int] = field(default_factory=set)
    headings: dict[int, bool] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    inherited: dict[int, dict[int, str]] = field(default_factory=dict)

    def keep(self, row: int, columns: frozenset[int] | None) -> None:
        known = self.rows.get(row, columns)
        self.rows[row] = None if known is None or columns is None else known | columns

    def keeps(self, row: int, column: int, text: str, number: bool) -> bool:
        """Whether a cell of a kept row is kept."""
        columns = self.rows[row]
        if columns is not None and column not in columns:
            return False
        if row not in self.headings or row in self.records:
            return True
        return not number and not _is_figure(text) and (self.headings[row] or text.strip() in self.names)


    def texts(self, row: int, cells: list[str | None]) -> list[str | None]:
        """A kept row of a text return with what is kept of it."""
        kept = [
            text if text and self.keeps(row, column, text, False) else None
            for column, text in enumerate(cells, start=1)
        ]
        for column, text in self.inherited.get(row, {}).items():
            if column <= len(kept):
                kept[column - 1] = kept[column - 1] or text
        return kept

    def wanted(self) -> SheetExtract:
        return SheetExtract(set(self.rows), self.records, self.keeps, self.inherited)


def own_rows(report: Report, one: Return) -> dict[str, OwnRows]:
    """Name of a sheet -> what a copy of ``one`` keeps of it for the region of ``report``."""
    found: dict[str, OwnRows] = {}
    names = frozenset(report.region.path if report.region else ())
    by_name: dict[str, list[Sheet]] = {}
    for sheet in one.sheets:
        by_name.setdefault(sheet.name, []).append(sheet)
    for table in _tables(report):
        for k, sheet in enumerate(table.sheets):
            if sheet.path != one.path:
                continue
            own = found.setdefault(sheet.name, OwnRows(names=names))
            if sheet.transposed:
                _keep_columns(own, table, k)
                continue
            _keep_table(own, table, k, _beside(sheet, by_name.get(sheet.name, [])))
            for name, row in _elsewhere(table, k):
                other = found.setdefault(name, OwnRows(names=names))
                other.keep(row, None)
                other.records.add(row)
                for head in by_name.get(name, []):
                    _keep_head(other, head, None)
    return found


def _tables(report: Report) -> Iterator[Table]:
    yield from dict.fromkeys(records.table for records in (*report.records, *report.stray))


def _keep_table(own: OwnRows, table: Table, number: int, columns: frozenset[int] | None) -> None:
    """Keep what one table of a sheet has of the region."""
    sheet = table.sheets[number]
    mine = (table.sheet_of == number).nonzero()[0]
    places = table.row_of[mine].tolist()
    _keep_head(own, sheet, columns)
    for place in places:
        own.keep(place, columns)
        own.records.add(place)
    for row, near in _headings(sheet.group_rows, sorted(places)):
        own.keep(row, columns)
        own.headings[row] = own.headings.get(row, False) or near
    for level in REGION_LEVELS:
        at, column = sheet.column_of(level), table.columns.get(level)
        if at is None or column is None or column.text is None:
            continue
        for i, place in zip(mine.tolist(), places, strict=True):
            if text := column.text[i].as_py():
                own.inherited.setdefault(place, {})[column_number(at)] = text


def _keep_columns(own: OwnRows, table: Table, number: int) -> None:
    """Keep of a table whose records stand side by side the labels and the columns of the region."""
    sheet = table.sheets[number]
    mine = (table.sheet_of == number).nonzero()[0]
    places = table.row_of[mine].tolist()
    columns = frozenset([*range(1, sheet.first_across), *places])
    aside = {*sheet.notes_rows, *sheet.totals_rows}
    for row in range(_first(sheet), _last(sheet) + 1):
        if row not in aside:
            own.keep(row, columns)
    _keep_head(own, sheet, columns)
    for level in REGION_LEVELS:
        at, column = sheet.column_of(level), table.columns.get(level)
        if at is None or not at.isdigit() or column is None or column.text is None:
            continue
        for i, place in zip(mine.tolist(), places, strict=True):
            if text := column.text[i].as_py():
                own.inherited.setdefault(int(at), {})[place] = text


def _keep_head(own: OwnRows, sheet: Sheet, columns: frozenset[int] | None) -> None:
    for row in (*sheet.title_rows, *sheet.header_rows):
        own.keep(row, columns)


def _headings(rows: list[int], places: list[int]) -> Iterator[tuple[int, bool]]:
    """The headings above some records, and whether it stands right over them: the last one, and those it follows."""
    rows = sorted(rows)
    near = set()
    for place in places:
        k = bisect_left(rows, place) - 1
        while k >= 0 and rows[k] not in near:
            near.add(rows[k])
            if k == 0 or rows[k - 1] != rows[k] - 1:
                break
            k -= 1
    yield from ((row, row in near) for row in rows if places and row < places[-1])


def _beside(sheet: Sheet, others: list[Sheet]) -> frozenset[int] | None:
    """The columns of a table that has another one beside it; None for one that has its rows to itself."""
    if all(one is sheet or _last(one) < _first(sheet) or _last(sheet) < _first(one) for one in others):
        return None
    columns = [column_number(column.column) for column in sheet.columns]
    return frozenset(range(min(columns, default=1), max(columns, default=0) + 1))


def _first(sheet: Sheet) -> int:
    return sheet.first_row or 0


def _last(sheet: Sheet) -> int:
    return sheet.last_row or 0


def _elsewhere(table: Table, number: int) -> Iterator[tuple[str, int]]:
    """Sheet and row of each value of one table's records that stands in another sheet."""
    for column in table.columns.values():
        for i, address in (column.borrowed or {}).items():
            name, _, cell = address.rpartition("!")
            if name and table.sheet_of[i] == number and (place := place_of(cell)):
                yield name, place[0]


def _is_figure(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%％ "))
    except ValueError:
        return False
    return True
