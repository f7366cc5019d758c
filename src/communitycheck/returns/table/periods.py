"""Figures that the tables of one period share: a relation may ask for one that another sheet of the return holds."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np

from communitycheck.model.table import NAME_FIELDS, Column, State, Table

_NOT_FIGURES = frozenset({"period", NAME_FIELDS["period"]})


def lend_figures(tables: list[Table]) -> None:
    """Give each period of a table the figures of the same period in the return's other tables.

    Only where these tables have no field in common: they are then parts of one report. Two tables that share a field
    may be those of two places, and nothing is borrowed between them.
    """
    parts = [table for table in tables if table.entity == "period" and "period" in table.columns]
    own = [set(table.columns) - _NOT_FIGURES for table in parts]
    for days in _shared_days(parts):
        holders = sorted(days)
        if any(own[a] & own[b] for a, b in combinations(holders, 2)):
            continue
        for taker, giver in permutations(holders, 2):
            for key in sorted(own[giver]):
                _lend(parts[giver], days[giver], parts[taker], days[taker], key)


def _shared_days(parts: list[Table]) -> list[dict[int, int]]:
    """For each period that several tables hold, and each once: table -> the record of that period."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, table in enumerate(parts):
        for record, day in enumerate(table.columns["period"].text.to_pylist()):
            if day:
                found.setdefault(day, []).append((number, record))
    return [dict(places) for places in found.values() if 1 < len(places) == len(dict(places))]


def _lend(giver: Table, source: int, taker: Table, target: int, key: str) -> None:
    """One figure with its state, precision and address."""
    given = giver.columns[key]
    if given.lo is None or given.hi is None:
        return
    if key not in taker.columns:
        nothing = np.full(len(taker), np.nan)
        state = np.full(len(taker), State.ABSENT, np.uint8)
        taker.columns[key] = Column(key, nothing, nothing.copy(), state=state, half_step=nothing.copy(), borrowed={})
    column = taker.columns[key]
    assert column.lo is not None and column.hi is not None and column.state is not None
    assert column.half_step is not None and column.borrowed is not None
    column.lo[target], column.hi[target] = given.lo[source], given.hi[source]
    column.state[target] = given.state_at(source)
    column.half_step[target] = np.nan if given.half_step is None else given.half_step[source]
    column.borrowed[target] = giver.address_in_return(key, source)
