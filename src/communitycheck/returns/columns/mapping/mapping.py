"""What a mapping says about the tables of returns, and which of its entries a sheet is read by.

A mapping is never applied blindly: see ``given`` for what of it still fits a table.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from msgspec import Struct, field

ANY = "*"
_WILD = re.compile(r"[*?]")


class MappedColumn(Struct, frozen=True):
    """The field of a column, or None for "no field"; the header that the column had when that was said, and the unit
    of its figures where the header's is not to count."""

    field: str | None
    header: str = ""
    unit: str = ""

    @property
    def said(self) -> tuple[str | None, str]:
        return self.field, self.unit


class TableMapping(Struct, frozen=True):
    """What a mapping says about a table.

    Attributes:
        file: name of the file, the end of its path (``2021/a.xlsx``), or a pattern of either.
        sheet: name of the sheet or a pattern; a CSV file has one without a name.
        entity: what its records are. header_rows: the rows of its header, from 1.
        columns: letter of a column (in a transposed table the number of a row) -> its field.
    """

    file: str = ANY
    sheet: str = ANY
    entity: str | None = None
    header_rows: tuple[int, ...] = ()
    columns: dict[str, MappedColumn] = field(default_factory=dict)

    def fits(self, path: str, sheet: str) -> bool:
        return _fits(sheet, self.sheet) and _ends_like(path, self.file)

    @property
    def narrowness(self) -> tuple[bool, int, bool, int]:
        """A name before a pattern, then what spells out more; the file counts before the sheet."""
        return (*_narrowness(self.file), *_narrowness(self.sheet))


class Mapping(Struct, frozen=True):
    """The entries of a mapping file, in its order."""

    tables: tuple[TableMapping, ...] = ()

    def of(self, path: str, sheet: str) -> tuple[TableMapping, ...]:
        """The entries that a sheet is read by: of those that fit, the narrowest file and sheet; of two equally narrow,
        those that stand first. Several entries for one sheet are about several tables."""
        fitting = [one for one in self.tables if one.fits(path, sheet)]
        best = max(fitting, key=lambda one: one.narrowness, default=None)
        return tuple(one for one in fitting if best and (one.file, one.sheet) == (best.file, best.sheet))

    def names(self, path: str, sheet: str) -> bool:
        """True where an entry asks for the sheet by its very name; a pattern does not open a hidden sheet."""
        return any(one.sheet == sheet for one in self.of(path, sheet))

    def unused(self, sheets: Iterable[tuple[str, str]], unread: Iterable[str]) -> list[TableMapping]:
        """The entries that are about no sheet that was read, given as (path, name), and no file that could not be."""
        read, other = list(sheets), list(unread)
        return [
            one
            for one in self.tables
            if not (any(one.fits(*place) for place in read) or any(_ends_like(path, one.file) for path in other))
        ]


def shortest_names(paths: Iterable[str]) -> dict[str, str]:
    """For each path the shortest end that no other has: the name of the file, with folders only where it is needed."""
    every = list(dict.fromkeys(paths))
    parts = {path: _parts(path) for path in every}
    counts: dict[tuple[str, ...], int] = {}
    for one in parts.values():
        for n in range(1, len(one) + 1):
            counts[one[-n:]] = counts.get(one[-n:], 0) + 1
    return {
        path: "/".join(next((one[-n:] for n in range(1, len(one) + 1) if counts[one[-n:]] == 1), one))
        for path, one in parts.items()
    }


def _ends_like(path: str, pattern: str) -> bool:
    """True where the last parts of the path are those of the pattern, each by its own."""
    wanted, there = _parts(pattern), _parts(path)
    return len(wanted) <= len(there) and all(map(_fits, there[len(there) - len(wanted) :], wanted))


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in unicodedata.normalize("NFC", path).replace("\\", "/").split("/") if part)


def _fits(name: str, pattern: str) -> bool:
    """``*`` stands for any characters and ``?`` for one; a bracket is itself (数据[1].xlsx)."""
    return name == pattern or _pattern(pattern).match(name) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")))


def _narrowness(pattern: str) -> tuple[bool, int]:
    return not _WILD.search(pattern), len(_WILD.sub("", pattern))
