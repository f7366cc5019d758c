"""Some rows of a tidy table -> Return: what is read of them, with the numbers that they have in the whole table.

Whoever hands the rows over knows that each row of the table is a record; see ``products/sql/engine``.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import SERIAL_GAP, Notice, Return
from communitycheck.model.sheet import RowClass
from communitycheck.model.table import Ints
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import Grid
from communitycheck.returns.read import build
from communitycheck.returns.text_columns import TextArray


class TidyRows(Struct, frozen=True):
    """Some records of a tidy table.

    Attributes:
        path, sheet, format, sha256, encoding: as of an opened file.
        columns: the texts of each column, its name first.
        rows: the row (from 1) of each record in the whole table, ascending.
        records: how many the whole table has.
    """

    path: str
    sheet: str
    format: str
    sha256: str
    encoding: str | None
    columns: list[TextArray]
    rows: Ints
    records: int


def read_tidy(some: TidyRows, dictionary: Dictionary, mapping: Mapping | None = None) -> Return:
    """The return that the rows are of, as if all of it had been read. Raises like ``read_return``.

    What a notice counts is counted in the rows alone.
    """
    grid = Grid(some.path, some.sheet, list(some.columns), len(some.rows) + 1, tidy=True)
    opened = Opened(some.path, some.sha256, some.format, some.encoding, grids=[grid])
    found = build(opened, dictionary, mapping)
    places = np.concatenate([np.array([0, 1], np.int64), some.rows.astype(np.int64)])
    for sheet in found.sheets:
        sheet.first_row, sheet.last_row = 2, some.records + 1
        sheet.records = some.records - (len(some.rows) - sheet.records)
        if sheet.row_counts:
            unread = len(some.rows) - sheet.row_counts[RowClass.RECORD]
            sheet.row_counts[RowClass.RECORD.value] = some.records - unread
        sheet.unread_rows = places[sheet.unread_rows].tolist()
        sheet.remarks = [replace(one, places=tuple(places[list(one.places)].tolist())) for one in sheet.remarks]
        sheet.skipped_rows = [(int(places[row]), why) for row, why in sheet.skipped_rows]
    for table in found.tables:
        table.row_of = places[table.row_of].astype(np.int32)
    found.notices = [_in_whole(one, places) for one in found.notices if one.code != SERIAL_GAP]
    return found


def _in_whole(notice: Notice, places: np.ndarray) -> Notice:
    at, values = notice.at, notice.values
    rows = {name: int(places[values[name]]) for name in ("row", "first_row") if isinstance(values.get(name), int)}
    return replace(notice, at=_address(at, places), values={**values, **rows})


def _address(at: Address, places: np.ndarray) -> Address:
    row = None if at.row is None else int(places[at.row])
    cell = at.cell
    if cell:
        letters = cell.rstrip("0123456789")
        number = cell[len(letters) :]
        cell = f"{letters}{places[int(number)]}" if number else cell
    return replace(at, row=row, cell=cell)
