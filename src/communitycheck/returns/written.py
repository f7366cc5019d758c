"""Cells as they are written in the file, to be shown beside what was read from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address, column_number
from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.hours import intervals
from communitycheck.returns.cells.persons import count_persons, names_masked
from communitycheck.returns.cells.privacy import masked_cell
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.files.chosen import is_url
from communitycheck.returns.files.open import Opened, open_any
from communitycheck.returns.grid import Grid

_CELL = pattern(r"([A-Z]+)([0-9]+)")


class WrittenCell(Struct, frozen=True):
    """The text of a cell, None where it is empty.

    ``private``: it names a person, and the text is left out. ``intervals``: of opening times, each with its hours.
    """

    text: str | None
    private: bool = False
    intervals: tuple[tuple[str, float], ...] = ()


def cells_as_written(wanted: Mapping[Address, Field]) -> dict[Address, WrittenCell]:
    """The text of each cell; a cell of a file that can no longer be opened is left out.

    Args:
        wanted: addresses with a path as messages show it (``archive.zip/name.xlsx``), a sheet and a cell; each with
            the field that was read from it.
    """
    by_path: dict[str, list[Address]] = {}
    for address in wanted:
        by_path.setdefault(address.path, []).append(address)
    found: dict[Address, WrittenCell] = {}
    for path, addresses in by_path.items():
        named = {address.sheet for address in addresses if address.key is not None and address.sheet}
        opened = _reopened(path, tuple(sorted(named)))
        if opened is None:
            continue
        for address in addresses:
            grid = next((g for g in opened.grids if g.sheet == (address.sheet or "")), None)
            place = None if grid is None else _place(address, grid)
            if grid is not None and place is not None:
                found[address] = _as_written(grid.cell(*place), wanted[address])
    return found


def _place(address: Address, grid: Grid) -> tuple[int, int] | None:
    """Row and column of an address, from 0; in a table of a database the column is named."""
    if address.key is not None and address.row is not None:
        names = grid.row(0)
        return (address.row - 1, names.index(address.cell)) if address.cell in names else None
    place = _CELL.fullmatch(address.cell or "")
    return None if place is None else (int(place[2]) - 1, column_number(place[1]) - 1)


def _as_written(text: str | None, field: Field) -> WrittenCell:
    private = _names_a_person(field, text)
    hours = intervals(text) if text and field.type == "hours" else []
    shown = None if private or text is None else masked_cell(text)
    if shown is not None and field.type in ("truth", "count") and not field.values:
        shown = names_masked(shown, asked=field.person_names)
    return WrittenCell(shown, private, tuple((masked_cell(span), length) for span, length in hours))


def _names_a_person(field: Field, text: str | None) -> bool:
    if field.personal or field.type == "identity" or text is None:
        return field.personal or field.type == "identity"
    return field.type in ("truth", "count") and count_persons(tidy(text).replace(" ", "")) is not None


def _reopened(path: str, sheets: tuple[str, ...]) -> Opened | None:
    """The file, or the member of the archive that the path leads into."""
    if is_url(path):
        from communitycheck.returns.files.database_urls import connection_of  # seldom needed

        found = open_any(connection_of(path), sheets=sheets)
        return next((one for one in found if isinstance(one, Opened)), None)
    shown = path
    while not Path(shown).is_file():
        shown = shown.rpartition("/")[0]
        if not shown:
            return None
    for opened in open_any(shown, sheets=sheets):
        if not isinstance(opened, ReturnError) and opened.path == path:
            return opened
    return None
