"""How one table of a return was read: which rows are what, and which column gives which field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from communitycheck.model.address import Address, column_letter

# Why a sheet was not opened at all.
LEFT_OUT = ("not-chosen", "view")
# Why none of a sheet's records is judged where it has none, or where it is read whole.
_WITHOUT_RECORDS = frozenset({
    "", "guidance", "example-sheet", "our-list", "no-table", "no-records", *LEFT_OUT
})  # fmt: skip


class RowClass(StrEnum):
    """Every row of a visible sheet that is not blank is exactly one of these.

    ``unread`` is a row of which nobody can say what it is: its figures are used nowhere.
    """

    TITLE = "title"
    HEADER = "header"
    UNIT = "unit"
    INDEX = "index"
    RECORD = "record"
    TOTAL = "total"
    GROUP = "group"
    NOTE = "note"
    REPEATED_HEADER = "repeated_header"
    UNREAD = "unread"


class SheetColumn(Struct, frozen=True):
    """One column of a sheet. ``field`` is None where it maps to none; ``confidence`` is 1.0 for an exact alias.

    ``column`` is its letter; in a transposed sheet, where a field is a row, the number of that row; in a form the cell
    of its label. ``at`` is the cell in which its header stands, the lowest of several. ``resembles`` are the fields
    that a column without one may be, the likeliest first: by its name, or but for its unit; and those that the codes in
    a column may stand for. ``asked``: it is asked what it holds, and no field is likely. ``misfit`` is the unit for
    which a column is none of these; ``given_unit`` the one that a mapping states.
    """

    column: str
    header: str
    field: str | None = None
    unit: str | None = None
    factor: float = 1.0
    confidence: float = 0.0
    resembles: tuple[str, ...] = ()
    misfit: str = ""
    given_unit: str = ""
    at: str = ""
    asked: bool = False


class Remark(Struct, frozen=True):
    """What a table says of some of its own figures that makes them none of today: 尚未建成, 数据为规划数.

    ``fields`` are those in doubt, in the records at ``places`` (ascending; empty for all). It stands in ``cell``, or
    else in the cell of each record in ``column``.
    """

    text: str
    fields: tuple[str, ...]
    places: tuple[int, ...] = ()
    column: str = ""
    cell: str = ""

    def concerns(self, field_key: str, place: int) -> bool:
        if field_key not in self.fields or not self.places:
            return field_key in self.fields
        at = bisect_left(self.places, place)
        return at < len(self.places) and self.places[at] == place


class Sheet(Struct, eq=False):
    """How one table of one sheet was read (two stacked tables give two of these with the same ``name``).

    It stands for itself alone: two sheets that read alike are still two.

    ``transposed``: each indicator is a row and each record a column. Rows are those of the file here as well, and
    ``across`` has the columns of the file with what stands over them, where ``columns`` are its rows, and
    ``first_across`` is the column (from 1) of the first record, behind those of the labels.

    ``labelled``: a form, labels with a place for each answer beside them; ``columns`` are its labels. Of one that was
    filled in no answer is read.

    ``row_counts``: how many rows are what (by ``RowClass``). Over all tables of a sheet they add up to its rows that
    are not blank: each row is counted once, with the first table of those that lie side by side. Of a transposed sheet
    the rows with the figures of its records count as records. ``unread_rows`` are the rows of the class ``unread``.
    A sheet without a table has no counts.

    ``remarks``: what the table says of its own figures that makes them none of today.

    ``period`` is the last day of the period that it states, ``period_months`` how many months that lasts (0: not told).
    ``of_year``: that is the year over its columns, beside those of other years; ``further_year``: it is read from the
    rows of the sheet before it, with the columns of another year.

    ``region_text`` is what may name its region; ``place`` the region that it names, as written.

    ``not_read``: why none of its records is judged: ``guidance``, ``example-sheet``, ``our-list``, ``no-table``, or the
    code of the notice that says so (``hidden-sheet``, ``no-records``, ``unknown-entity``...); empty where they are.
    Of a book from which some sheets were chosen, the others are ``not-chosen``; a view of a database that nobody chose
    is a ``view``: what it shows stands in the tables.

    ``row_keys``: of a table of a database what names each row (``code=510402001001``), as an Arrow array of texts, from
    row 1 on, which holds the names of the columns. Its cells have the name of their column for an address.
    """

    path: str
    name: str
    entity: str | None = None
    title_rows: list[int] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    first_row: int | None = None
    last_row: int | None = None
    records: int = 0
    columns: list[SheetColumn] = field(default_factory=list)
    totals_rows: list[int] = field(default_factory=list)
    group_rows: list[int] = field(default_factory=list)
    notes_rows: list[int] = field(default_factory=list)
    skipped_rows: list[tuple[int, str]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    unit_line: str | None = None
    period: date | None = None
    period_months: int = 0
    of_year: bool = False
    further_year: bool = False
    titles: list[str] = field(default_factory=list)
    region_text: str = ""
    place: str = ""
    transposed: bool = False
    across: list[SheetColumn] = field(default_factory=list)
    first_across: int = 0
    labelled: bool = False
    row_counts: dict[str, int] = field(default_factory=dict)
    unread_rows: list[int] = field(default_factory=list)
    not_read: str = ""
    remarks: list[Remark] = field(default_factory=list)
    row_keys: Any = None

    @property
    def may_hold_more(self) -> bool:
        """Whether records may stand in it that nobody read."""
        return bool(self.unread_rows) or self.not_read not in _WITHOUT_RECORDS

    def in_question(self) -> Iterator[tuple[SheetColumn, tuple[str, ...]]]:
        """The columns that may be a field which no column gives, each with those fields."""
        if not self.records or not self.entity:
            return
        mapped = {column.field for column in self.columns}
        for column in self.columns:
            if wanted := tuple(key for key in column.resembles if key not in mapped):
                yield column, wanted

    def column_of(self, field_key: str) -> str | None:
        """Letter of the column (or number of the row, where transposed) that gives the field, or None."""
        return next((c.column for c in self.columns if c.field == field_key), None)

    def cell_of(self, field_key: str, place: int) -> str | None:
        """Address of the field's cell in the record at ``place``: its row, or its column where transposed (from 1)."""
        column = self.column_of(field_key)
        return None if column is None else self.cell_in(column, place)

    def cell_in(self, column: str, place: int) -> str:
        """Address of a column's cell in the record at ``place``."""
        if self.row_keys is not None:
            return self._column_name(column)
        return f"{column_letter(place)}{column}" if self.transposed else f"{column}{place}"

    def remark_on(self, field_key: str, place: int) -> tuple[str, str] | None:
        """What makes a value of the record at ``place`` none of today: the cell that says so, and its words."""
        remark = next((one for one in self.remarks if one.concerns(field_key, place)), None)
        if remark is None:
            return None
        return remark.cell or self.cell_in(remark.column, place), remark.text

    def header_cell(self, column: str, row: int) -> str:
        """Address of a column's header; where transposed, of the first cell of its row."""
        if self.row_keys is not None:
            return self._column_name(column)
        return f"A{column}" if self.transposed else f"{column}{row}"

    def _column_name(self, column: str) -> str:
        return next((one.header for one in self.columns if one.column == column and one.header), column)

    def key_of(self, place: int) -> str | None:
        """What names the row of a table of a database."""
        if self.row_keys is None or not 0 < place <= len(self.row_keys):
            return None
        key: str | None = self.row_keys[place - 1].as_py()
        return key

    def address_of(self, place: int, cell: str | None = None) -> Address:
        """Where the record at ``place`` stands, or a cell of it: a row, or a column where transposed."""
        if self.transposed:
            return Address(self.path, self.name, cell=cell or column_letter(place))
        return Address(self.path, self.name, place, cell, self.key_of(place))
