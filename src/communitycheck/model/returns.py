"""A submitted file and how it was read. Rows count from 1 and columns are letters, as the spreadsheet shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communitycheck.model.table import Table


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a return. ``cell`` is like ``F12``; ``row`` alone where a whole row is meant, ``cell`` alone and
    like ``F`` where a whole column is (a record of a transposed sheet)."""

    path: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = self.cell or (str(self.row) if self.row is not None else "")
        sheet = f"[{self.sheet}]" if self.sheet else ""
        return f"{self.path}{sheet}{'!' if place else ''}{place}"


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """Trouble in reading a return; never a verdict. Two that say the same are two.

    ``code`` is a key of the message catalogue (``unreadable-value``...), ``text`` what the cell said, ``values``
    what the message prints besides. ``level`` is ``warning`` (something was not used) or ``info`` (something was
    used, and how).
    """

    code: str
    at: Address
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    level: str = "warning"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet. ``field`` is None where it maps to none; ``confidence`` is 1.0 for an exact alias.

    ``column`` is its letter; in a transposed sheet, where a field is a row, the number of that row.
    """

    column: str
    header: str
    field: str | None = None
    unit: str | None = None
    factor: float = 1.0
    confidence: float = 0.0


@dataclass(slots=True, eq=False)
class Sheet:
    """How one table of one sheet was read (two stacked tables give two of these with the same ``name``).

    It stands for itself alone: two sheets that read alike are still two.

    ``transposed``: each indicator is a row and each record a column. Rows are those of the file here as well, and
    ``across`` has the columns of the file with what stands over them, where ``columns`` are its rows.
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
    titles: list[str] = field(default_factory=list)
    region_text: str = ""
    transposed: bool = False
    across: list[SheetColumn] = field(default_factory=list)

    def column_of(self, field_key: str) -> str | None:
        """Letter of the column (or number of the row, where transposed) that carries the field, or None."""
        return next((c.column for c in self.columns if c.field == field_key), None)

    def cell_of(self, field_key: str, place: int) -> str | None:
        """Address of the field's cell in the record at ``place``: its row, or its column where transposed (from 1)."""
        column = self.column_of(field_key)
        if column is None:
            return None
        return f"{column_letter(place)}{column}" if self.transposed else f"{column}{place}"

    def address_of(self, place: int) -> Address:
        """Where the record at ``place`` stands: a row, or a column where transposed."""
        if self.transposed:
            return Address(self.path, self.name, cell=column_letter(place))
        return Address(self.path, self.name, place)


def column_letter(number: int) -> str:
    """Column 1 is ``A``, column 27 is ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True, eq=False)
class Return:
    """A submitted file, read: its sheets, its tables and everything that gave trouble."""

    path: str
    sha256: str
    format: str
    sheets: list[Sheet] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    encoding: str | None = None
