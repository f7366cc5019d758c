"""Which records somebody means who writes down a code, or a name and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.checking.repeated.keys import compared_names
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.place_names import place_of
from communitycheck.model.table import Ints, Table


class Named(NamedTuple):
    """A subject as people write it: its code, or its name with what it lies in (any levels, in any order)."""

    code: str = ""
    name: str = ""
    region: tuple[str, ...] = ()


def rows_meant(table: Table, wanted: Sequence[Named]) -> list[Ints]:
    """For each of ``wanted`` the rows it fits: by code where one is given, else by name within its region."""
    by_code = _rows_by_text(_codes(table), {one.code for one in wanted if one.code})
    named = {place_of(comparable(one.name), table.entity) for one in wanted if not one.code}
    by_name = _rows_by_text(compared_names(table), named)
    places = _Places(table)
    found = []
    for one in wanted:
        if one.code:
            rows = by_code.get(one.code, _NONE)
        else:
            rows = by_name.get(place_of(comparable(one.name), table.entity), _NONE)
        for name in one.region if len(rows) else ():
            rows = rows[places.lie_in(name, rows)]
        found.append(rows)
    return found


_NONE: Ints = np.zeros(0, np.int32)


def _codes(table: Table) -> pa.Array | None:
    column = table.columns.get(table.about.code_field)
    return None if column is None else column.text


def _rows_by_text(texts: pa.Array | None, wanted: set[str]) -> dict[str, Ints]:
    """The rows of each of the texts that are wanted, by one look at all."""
    if texts is None or not wanted:
        return {}
    hit = pc.is_in(texts, value_set=pa.array(sorted(wanted), pa.string()))
    rows = np.flatnonzero(np.asarray(hit.to_numpy(zero_copy_only=False), bool))
    found: dict[str, list[int]] = {}
    for row, text in zip(rows.tolist(), texts.take(pa.array(rows)).to_pylist(), strict=True):
        found.setdefault(text, []).append(row)
    return {text: np.array(some, np.int32) for text, some in found.items()}


class _Places:
    """Which rows lie in a region of a name."""

    def __init__(self, table: Table) -> None:
        self._levels = [(level, table.regions[level]) for level in REGION_LEVELS if level in table.regions]
        self._known: dict[tuple[str, str], np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}

    def lie_in(self, name: str, rows: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        found = np.zeros(len(rows), bool)
        for level, region in self._levels:
            key = level, name
            if key not in self._known:
                form = place_of(comparable(name), level)
                same = [place_of(comparable(one), level) == form for one in region.names]
                self._known[key] = np.array([*same, False], bool)
            found |= self._known[key][region.codes[rows]]
        return found
