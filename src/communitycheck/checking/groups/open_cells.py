"""Which cells leave the answer of a group open: those of its first few records that give no value."""

from __future__ import annotations

from collections import Counter

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.groups.so_far import ContinuedSums
from communitycheck.model.result import MEMBER_CELL, MEMBER_REPEATED, Untold
from communitycheck.model.table import Bools, Ints, State

NAMED = 3  # cells that are named of a group before the rest is only counted
_OPEN = (State.BLANK, State.UNREADABLE, State.IMPOSSIBLE, State.CONTRADICTED, State.UNLISTED, State.DOUBTED)


def open_cells(
    names: tuple[str, ...],
    context: RecordContext,
    codes: Ints,
    asked: Bools,
    groups: Ints,
    sums: ContinuedSums | None = None,
) -> dict[int, tuple[Untold, ...]]:
    """For each of the ``groups`` the records whose fields ``names`` give no value, the first few by name and cell.

    Args:
        codes: the group of each record; ``asked`` are those that count, or may.
        sums: what was found before, where the records come some at a time; of any group more may be asked later.
    """
    if not names or not (len(groups) or sums):
        return {}
    wanted = np.zeros(int(max(groups.max(initial=0), codes.max(initial=0))) + 2, bool)  # the last is code -1
    wanted[groups if sums is None else slice(-1)] = True
    places = np.flatnonzero(wanted[codes] & asked & context.in_state(names, *_OPEN)).astype(np.int32)
    of_group = codes[places]
    counts = Counter(of_group.tolist())
    order = np.argsort(of_group, kind="stable")
    places, of_group = places[order], of_group[order]
    starts = np.searchsorted(of_group, of_group)
    first = np.arange(len(places)) - starts < NAMED
    found: dict[int, tuple[Untold, ...]] = {}
    if sums is not None:
        found, counts = sums.cells, sums.cell_counts + counts
        sums.cell_counts = counts
        first &= np.array([len(found.get(group, ())) < NAMED for group in range(len(wanted))])[of_group]
    members = context.records.with_cells(places[first], names)
    for group, seen in zip(of_group[first].tolist(), members, strict=True):
        key, state, cell = next(one for one in seen.troubled if one[1] in _OPEN)
        found[group] = (*found.get(group, ()), Untold(key, MEMBER_CELL, seen.subject.name, cell, state))[:NAMED]
    told = {group: found[group] for group in groups.tolist() if group in found}
    for group, some in told.items():
        if counts[group] > NAMED:
            told[group] = (*some, Untold("", "and-cells", str(counts[group] - NAMED)))
    return told


def perhaps_repeated(
    context: RecordContext, codes: Ints, doubtful: Bools, groups: Ints
) -> dict[int, tuple[Untold, ...]]:
    """For each of the ``groups`` the records that may be of another's subject, the first few by name and cell."""
    places = np.flatnonzero(doubtful & np.isin(codes, groups)).astype(np.int32)
    found: dict[int, tuple[Untold, ...]] = {}
    table, counts = context.records.table, Counter(codes[places].tolist())
    seen = context.records.with_cells(places, (table.about.name_field,))
    for group, one in zip(codes[places].tolist(), seen, strict=True):
        told = found.get(group, ())
        if len(told) < NAMED:
            found[group] = (*told, Untold("", MEMBER_REPEATED, one.subject.name, " ".join(one.cells)))
    for group, n in counts.items():
        if n > NAMED:
            found[group] = (*found[group], Untold("", "and-cells", str(n - NAMED)))
    return found
