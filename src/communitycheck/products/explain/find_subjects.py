"""Subjects by what a person calls them: a name, a path of names, a region code, or a place in the file."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
from msgspec import Struct

from communitycheck.model.result import Groups, Records, Subjects
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Coded, Ints
from communitycheck.nearest import nearest_few

_PLACE = re.compile(
    r"(?:(?P<place>.*?)!|(?P<file>.*?)\[(?P<sheet>[^\]]*)\]!?\s*)?\$?(?P<column>[A-Za-z]{0,3})\$?(?P<row>\d{0,7})"
)
_PARTS = re.compile(r"\s*[/／>＞·]\s*")
NEAREST = 3
# Characters of a region's name, at least.
SHORTEST = 2


class Spot(Struct, frozen=True):
    """A cell, a row or a column of a sheet. ``place`` is a sheet or a file; empty where any will do."""

    place: str
    sheet: str | None
    column: str
    row: int | None


def find(subjects: Subjects, text: str) -> list[int]:
    """Positions of the subjects that ``text`` means: by name, else by path, code or place."""
    for look in (_by_name, _by_path, _by_code, _by_place):
        found = look(subjects, text)
        if found:
            return found
    return []


def places_in(subjects: Subjects, text: str) -> Ints:
    """Positions of the subjects that lie in the region which ``text`` names: ``盐边县``, ``攀枝花市/盐边县``."""
    wanted = [key for part in _PARTS.split(text.strip()) if (key := plain(part))]
    if not wanted or len(wanted[-1]) < SHORTEST:
        return np.zeros(0, dtype=np.int32)
    if isinstance(subjects, Groups):
        above = [subjects.subject(i).region for i in range(len(subjects))]
        numbers, paths = np.arange(len(above)), above
    else:
        assert isinstance(subjects, Records)
        numbers, paths = subjects.regions(subjects.rows(np.arange(len(subjects), dtype=np.int32)))
    inside = np.array([_lies_in([plain(level) for level in path], wanted) for path in paths], dtype=bool)
    return np.flatnonzero(inside[numbers]).astype(np.int32) if len(paths) else np.zeros(0, dtype=np.int32)


def nearest_names(several: list[Subjects], text: str) -> list[str]:
    """Names most like ``text``."""
    names: dict[str, str] = {}
    for subjects in several:
        names |= {key: name for name in _names(subjects) if (key := plain(name))}
    wanted = plain(_PARTS.split(text)[-1])
    close = nearest_few(wanted, names, NEAREST) if len(names) < 50_000 else []
    within = [key for key in names if wanted and (wanted in key or key in wanted)][:NEAREST]
    return [names[key] for key in dict.fromkeys([*within, *close])][:NEAREST]


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The name without white space, full-width forms and capitals."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _names(subjects: Subjects) -> list[str]:
    if isinstance(subjects, Groups):
        return [path[-1] or "" for path in subjects.paths if path]
    assert isinstance(subjects, Records)
    own, regions = _coded(subjects)
    return [*(own.names if own else ()), *(regions.names if regions else ())]


def _coded(subjects: Records) -> tuple[Coded | None, Coded | None]:
    """The subjects' names: of their own column, and of the region where that is blank."""
    table = subjects.table
    column = table.columns.get(table.about.name_field)
    own = column.coded() if column is not None and column.text is not None else None
    return own, table.regions.get(table.entity)


def _picked(codes: Ints, subjects: Records) -> Ints:
    return codes if subjects.index is None else codes[subjects.index]


def _by_name(subjects: Subjects, text: str) -> list[int]:
    wanted = plain(text)
    if not wanted:
        return []
    if isinstance(subjects, Groups):
        return [i for i, path in enumerate(subjects.paths) if path and plain(path[-1] or "") == wanted]
    assert isinstance(subjects, Records)
    own, regions = _coded(subjects)
    hit = np.zeros(len(subjects), bool)
    blank = np.ones(len(subjects), bool)
    for coded in (own, regions):
        if coded is None:
            continue
        codes = _picked(coded.codes, subjects)
        meant = np.array([plain(n) == wanted for n in coded.names] + [False])
        hit |= meant[codes] & blank
        blank &= codes < 0
    return [int(i) for i in np.flatnonzero(hit)]


def _by_path(subjects: Subjects, text: str) -> list[int]:
    """``区/街道/名``: the name last, before it regions it lies in, from the larger to the smaller, not all of them."""
    *above, name = (plain(p) for p in _PARTS.split(text.strip()))
    if not above or not name:
        return []
    return [i for i in _by_name(subjects, name) if _lies_in([plain(r) for r in subjects.subject(i).region], above)]


def _lies_in(region: list[str], above: list[str]) -> bool:
    rest = iter(region)
    return all(any(r.startswith(level) for r in rest) for level in above if level)


def _by_code(subjects: Subjects, text: str) -> list[int]:
    code = plain(text)
    if not code.isdigit() or len(code) < 4:
        return []
    wanted = code.ljust(12, "0")
    if isinstance(subjects, Groups):
        return [i for i, own in enumerate(subjects.codes) if own and own.ljust(12, "0") == wanted]
    assert isinstance(subjects, Records)
    column = subjects.table.columns.get("region_code")
    if column is None or column.text is None:
        return []
    coded = column.coded()
    meant = np.array([name.ljust(12, "0") == wanted for name in coded.names] + [False])
    return [int(i) for i in np.flatnonzero(meant[_picked(coded.codes, subjects)])]


def spot_of(text: str) -> Spot | None:
    """``城市社区!12``, ``F12``, ``a.xlsx[城市社区]!F12``: a place as a person or a report writes it, else None."""
    found = _PLACE.fullmatch(text.strip())
    if found is None or not (found["row"] or (found["column"] and (found["place"] or found["sheet"] is not None))):
        return None
    place = (found["place"] if found["place"] is not None else found["file"]) or ""
    sheet = found["sheet"]
    if "[" in place and place.endswith("]"):
        place, _, sheet = place[:-1].rpartition("[")
    return Spot(place.strip().strip("'"), sheet, found["column"].upper(), int(found["row"]) if found["row"] else None)


def _by_place(subjects: Subjects, text: str) -> list[int]:
    spot = spot_of(text)
    if spot is None or not isinstance(subjects, Records):
        return []
    table = subjects.table
    number = 0
    for letter in spot.column:
        number = 26 * number + ord(letter) - 64
    hit = np.zeros(len(table), bool)
    for k, sheet in enumerate(table.sheets):
        wanted = number if sheet.transposed else spot.row
        if wanted and is_in(sheet, spot):
            hit |= (table.sheet_of == k) & (table.row_of == wanted)
    return [int(i) for i in np.flatnonzero(hit if subjects.index is None else hit[subjects.index])]


def is_in(sheet: Sheet, spot: Spot) -> bool:
    """True where the place may be one of that sheet."""
    file = sheet.path.replace("\\", "/").rpartition("/")[2]
    if spot.sheet is not None:
        return sheet.name == spot.sheet and (not spot.place or spot.place in (sheet.path, file))
    return not spot.place or spot.place in (sheet.name, sheet.path, file)
