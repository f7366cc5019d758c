"""How many communities a street or county says it has, against those that the same return lists under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.returns import COUNT_DIFFERS, Notice
from communitycheck.model.table import State, Table

# Fields that say how many, and the kinds of communities that each may count; None is all. 社区数 may mean either.
_COUNTS: dict[str, tuple[str | None, ...]] = {
    "communities_count": (None,),
    "urban_communities_count": (None, "urban"),
    "villages_count": ("rural",),
}
_LEVELS = ("street", "county", "city", "province")


def wrong_parts(tables: Sequence[Table]) -> Iterator[Notice]:
    """A notice for each count that the communities listed below it bear out by no reading.

    Where none is listed, the return lists them elsewhere, or not at all.
    """
    parts = [table for table in tables if table.entity == "community"]
    for whole in (table for table in tables if parts and table.entity in _LEVELS):
        names = [comparable(name) for name in whole.names_at(np.arange(len(whole)))]
        once = {name for name, n in Counter(names).items() if n == 1}
        alone = sum(len(table) for table in tables if table.entity == whole.entity) == 1
        for key, kinds in _COUNTS.items():
            column = whole.columns.get(key)
            if column is None or column.lo is None or column.hi is None:
                continue
            listed = [_listed(parts, whole.entity, kind) for kind in kinds]
            for row in np.flatnonzero(column.lo == column.hi).tolist():
                names_no_place = alone and all(set(counts) == {""} for counts in listed if counts)
                found = [counts["" if names_no_place else names[row]] for counts in listed]
                stated = int(column.lo[row])
                if column.state_at(row) is State.KNOWN and names[row] in once and any(found) and stated not in found:
                    yield _differs(whole, key, row, stated, max(found))


def _listed(parts: Sequence[Table], level: str, kind: str | None) -> Counter[str]:
    """How many communities of a kind are listed under each name of a level; under none where no column says."""
    counts: Counter[str] = Counter()
    for table in parts:
        of_kind = np.ones(len(table), bool)
        kinds = table.columns.get("community_type")
        if kind is not None and kinds is not None and kinds.text is not None:
            coded = kinds.coded()
            of_kind = np.array([*(name == kind for name in coded.names), False])[coded.codes]
        place = table.columns.get(level)
        if place is None or place.text is None:
            counts[""] += int(of_kind.sum())
            continue
        coded = place.coded()
        tally = np.bincount(coded.codes[of_kind & (coded.codes >= 0)], minlength=len(coded.names))
        for name, n in zip(coded.names, tally.tolist(), strict=True):
            counts[comparable(name)] += n
    return counts


def _differs(table: Table, key: str, row: int, stated: int, counted: int) -> Notice:
    sheet, at = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    where = Address(sheet.path, sheet.name or None, at, sheet.cell_of(key, at))
    return Notice(COUNT_DIFFERS, where, table.name_at(row), {"stated": stated, "counted": counted})
