"""Where the subjects of a run stand in their returns, so that what is said of them can point there."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address, column_letter
from communitycheck.model.table import Ints, Table

UNKNOWN = -1


class Home(Struct, frozen=True):
    """A sheet with subjects; in one that is ``across`` each is a column."""

    path: str
    sheet: str | None
    across: bool = False


class SubjectPlaces(Struct, frozen=True, eq=False):
    """For each subject its home, and the row or column there (from 1); ``UNKNOWN`` where nobody knows."""

    homes: list[Home]
    home_of: Ints
    line_of: Ints

    def at(self, rows: Ints) -> list[Address | None]:
        """The addresses of subjects."""
        return [
            self._address(home, place)
            for home, place in zip(self.home_of[rows].tolist(), self.line_of[rows].tolist(), strict=True)
        ]

    def _address(self, number: int, place: int) -> Address | None:
        if number < 0:
            return None
        home = self.homes[number]
        if place < 0:
            return Address(home.path, home.sheet)
        if home.across:
            return Address(home.path, home.sheet, cell=column_letter(place))
        return Address(home.path, home.sheet, place)

    def joined(self, other: SubjectPlaces) -> SubjectPlaces:
        """Those here, then those of ``other``."""
        moved = np.where(other.home_of < 0, other.home_of, other.home_of + len(self.homes))
        return SubjectPlaces(
            [*self.homes, *other.homes],
            np.concatenate([self.home_of, moved]).astype(np.int32),
            np.concatenate([self.line_of, other.line_of]).astype(np.int32),
        )


def places_of(table: Table, rows: Ints) -> SubjectPlaces:
    """The places of the records at ``rows`` of what was read."""
    homes = [Home(sheet.path, sheet.name, sheet.transposed) for sheet in table.sheets]
    return SubjectPlaces(homes, table.sheet_of[rows], table.row_of[rows])
