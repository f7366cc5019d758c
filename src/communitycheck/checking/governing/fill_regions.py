"""The names of the regions in which the records of a table lie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from communitycheck.checking.governing.placement import Places, listed_name
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.comparable_names import unified
from communitycheck.model.standard import Jurisdiction
from communitycheck.model.table import Coded, Table


def fill_regions(
    table: Table, jurisdictions: Sequence[Jurisdiction], places: Places, spellings: dict[str, str]
) -> None:
    """Set ``table.regions``: the names at each level, from the columns, else from the codes and the titles.

    Args:
        spellings: how names are written that other tables have given, by their comparable form.
    """
    for level in REGION_LEVELS:
        column = table.columns.get(level)
        if column is not None and column.text is not None:
            table.regions[level] = column.coded()
    for level, width, titled in (("province", 2, None), ("city", 4, places.cities), ("county", 6, places.counties)):
        if level == table.entity == "county":
            continue
        known = {j.prefix: j.name for j in jurisdictions if len(j.prefix) == width}
        named = [known.get(p[:width]) or (listed_name(p, width) if width > 2 else "") for p in places.prefixes]
        stated = table.regions.get(level)
        # A title fills no blanks in its own table's column of counties, and gives no city its own name.
        by_title = titled if titled and level != table.entity else [""] * len(named)
        distinct = {n: i for i, n in enumerate(dict.fromkeys(n for n in (*named, *by_title) if n))}
        if not distinct:
            continue
        lookup = np.array([distinct.get(n, -1) for n in named], dtype=np.int32)
        with_title = np.array([distinct.get(n or o, -1) for n, o in zip(named, by_title, strict=True)], dtype=np.int32)
        if stated is not None and level == "county":
            own = _sheets_that_state(table, stated)
            derived = Coded(np.where(own, lookup[places.codes], with_title[places.codes]), list(distinct))
        else:
            derived = Coded(with_title[places.codes], list(distinct))
        if stated is None:
            table.regions[level] = derived
        elif (stated.codes < 0).any():
            shifted = np.where(derived.codes >= 0, derived.codes + len(stated.names), -1)
            table.regions[level] = _deduplicated(
                np.where(stated.codes < 0, shifted, stated.codes), [*stated.names, *derived.names]
            )
    table.regions = {
        level: unified(table.regions[level], spellings) for level in REGION_LEVELS if level in table.regions
    }


def _sheets_that_state(table: Table, stated: Coded) -> np.ndarray:
    """Which records stand in a sheet that states the level for some of them: another sheet's column says nothing."""
    own = np.zeros(len(table.sheets), bool)
    own[table.sheet_of[stated.codes >= 0]] = True
    found: np.ndarray = own[table.sheet_of]
    return found


def _deduplicated(codes: np.ndarray, names: list[str]) -> Coded:
    distinct = {n: i for i, n in enumerate(dict.fromkeys(names))}
    lookup = np.array([distinct[n] for n in names] + [-1], dtype=np.int32)
    return Coded(lookup[codes], list(distinct))
