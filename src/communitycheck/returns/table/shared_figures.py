"""Figures that the tables of one period share: a relation may ask for one that another sheet of the return holds."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt

from communitycheck.model.entity import PERIOD_NAME
from communitycheck.model.table import Table
from communitycheck.returns.table.merge import merged

_NOT_FIGURES = frozenset({"period", PERIOD_NAME})


def share_figures(tables: list[Table]) -> None:
    """Each period of a table borrows the figures of the same period in the return's other tables.

    Only where these tables have no field in common: they are then parts of one report. Two tables that share a field
    may be those of two places, and nothing is shared between them.
    """
    parts = [table for table in tables if table.entity == "period" and "period" in table.columns]
    own = [set(table.columns) - _NOT_FIGURES for table in parts]
    loans: dict[tuple[int, int], list[tuple[int, int]]] = {}  # (borrower, giver) -> their records of each period
    for records in _shared_periods(parts):
        holders = sorted(records)
        if any(own[a] & own[b] for a, b in combinations(holders, 2)):
            continue
        for borrower, giver in permutations(holders, 2):
            loans.setdefault((borrower, giver), []).append((records[borrower], records[giver]))
    for (borrower, giver), pairs in loans.items():
        for key in sorted(own[giver]):
            _borrow(parts[borrower], parts[giver], key, np.array(pairs))


def _shared_periods(parts: list[Table]) -> list[dict[int, int]]:
    """For each period that several tables hold, and each once: table -> the record of that period."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, table in enumerate(parts):
        for record, day in enumerate(table.columns["period"].text.to_pylist()):
            if day:
                found.setdefault(day, []).append((number, record))
    return [dict(places) for places in found.values() if 1 < len(places) == len(dict(places))]


def _borrow(borrower: Table, giver: Table, key: str, pairs: npt.NDArray[np.int64]) -> None:
    """Figures with their states, precision and addresses. ``pairs`` are records of the borrower and of the giver."""
    if giver.columns[key].lo is None:
        return
    records, given = pairs.T
    first, second = np.arange(len(borrower)), np.full(len(borrower), -1)
    first[records], second[records] = -1, given
    borrower.columns[key] = merged(key, borrower.columns.get(key), giver, first, second, records)
