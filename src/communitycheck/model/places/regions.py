"""Regions: the path of names that a record or a group gives, numbered, and the tree that the paths make.

A ``Path`` runs along the region levels from the largest down. It holds a name, "" where a record leaves the level
blank, or None where its table has no such level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.table import Ints, Table, combinations

Path = tuple[str | None, ...]
Numbers = npt.NDArray[np.int64]


class Region(Struct, frozen=True):
    """One region of a level. ``path`` holds its known names, the largest first; empty for records that name none."""

    level: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""


def levels_to(level: str) -> tuple[str, ...]:
    """The region levels from the largest down to ``level``; none where that is no region level."""
    return REGION_LEVELS[: REGION_LEVELS.index(level) + 1] if level in REGION_LEVELS else ()


def levels_above(entity: str) -> tuple[str, ...]:
    """The levels of regions that ``entity`` lies in."""
    return REGION_LEVELS[: REGION_LEVELS.index(entity)] if entity in REGION_LEVELS else REGION_LEVELS


def names_of(path: Path) -> tuple[str, ...]:
    """The names that a path gives."""
    return tuple(name for name in path if name)


def numbered(
    table: Table, levels: Sequence[str], rows: npt.NDArray[np.signedinteger] | None = None
) -> tuple[Numbers, list[Path]]:
    """For each record of ``rows`` (all by default) the number of its path along ``levels``, and the paths."""
    coded = [table.regions.get(level) for level in levels]
    picked = slice(None) if rows is None else rows
    stated = ((one.codes[picked], len(one.names)) for one in coded if one is not None)
    first, ids = combinations(stated, len(table) if rows is None else len(rows))
    at = first if rows is None else rows[first]
    columns = [
        [None] * len(at) if one is None else [one.names[k] if k >= 0 else "" for k in one.codes[at].tolist()]
        for one in coded
    ]
    return ids, list(zip(*columns, strict=True))


class RegionIndex:
    """The regions of records, numbered once for each table and level."""

    def __init__(self) -> None:
        self._known: dict[tuple[Table, str], tuple[Numbers, list[Path]]] = {}

    def of(self, table: Table, level: str, index: Ints | None = None) -> tuple[Numbers, list[Path]]:
        """For each record at ``index`` (None is all) the number of its path down to ``level``, and the table's paths:
        鼓楼区 of two cities are two."""
        if (table, level) not in self._known:
            self._known[table, level] = numbered(table, levels_to(level))
        ids, paths = self._known[table, level]
        return ids if index is None else ids[index], paths


def completed(paths: Iterable[Path], known: Iterable[Path] | None = None) -> dict[Path, Path]:
    """Each path with what it can only mean: the levels that its table lacks are filled from a fuller path.

    One return of a city names the province, another does not: 沈阳市 is 辽宁省/沈阳市 in both, if only one place of
    that name is known. So 沈阳市/东区 becomes 辽宁省/沈阳市/东区 where another county of that city is named in full. A
    path that could mean several places stays as it is.

    Args:
        known: the paths that others are filled from; by default ``paths``.
    """
    paths = list(dict.fromkeys(paths))
    fuller = _Fuller(paths if known is None else known)
    return {path: fuller.path(path) for path in paths}


class _Fuller:
    """Paths by the name that they end in, with all that they lie in."""

    def __init__(self, known: Iterable[Path]) -> None:
        self._by_end: dict[tuple[int, str], dict[Path, None]] = defaultdict(dict)
        self._done: dict[Path, Path | None] = {}
        for path in known:
            for k, name in enumerate(path, 1):
                if name:
                    self._by_end[k, name][path[:k]] = None

    def path(self, path: Path) -> Path:
        start = next((k for k, name in enumerate(path) if name is not None), len(path))
        if start == len(path) or not path[start] or None not in path:
            return path
        for k in range(len(path), start, -1):
            found = self._whole(path[:k])
            if found is not None:
                return found + path[k:]
        return path

    def _whole(self, path: Path) -> Path | None:
        """The fullest path that ``path`` can mean, where there is one and no other."""
        if path not in self._done:
            others = self._by_end.get((len(path), path[-1] or ""), {}) if None in path else {}
            means = [other for other in others if other != path and _agrees(path, other)]
            fullest = [one for one in means if not any(one != other and _agrees(one, other) for other in means)]
            self._done[path] = fullest[0] if len(fullest) == 1 else None
        return self._done[path]


def _agrees(path: Path, other: Path) -> bool:
    """True where ``other`` says all that ``path`` says."""
    return all(a is None or a == b for a, b in zip(path, other, strict=True))


class RegionNode(Struct):
    """One region of a tree. ``parent`` is the number of the region around it, ``end`` the number after the last one
    inside it."""

    level: str
    name: str
    parent: int
    end: int


def tree_of(paths: Iterable[Path]) -> tuple[list[RegionNode], dict[Path, int]]:
    """All regions of ``paths`` and what they lie in, and the number of each path.

    They are numbered in reading order, those without a name after the others, so that a region and all inside it are
    one run of numbers. Number 0 holds them all; it has no level and no name.
    """
    every: set[Path] = {()}
    for path in paths:
        every.update(path[:k] for k, name in enumerate(path, 1) if name is not None)
    order = sorted(every, key=lambda path: [(k, not name, name) for k, name in enumerate(path) if name is not None])
    numbers = {path: number for number, path in enumerate(order)}
    nodes = [RegionNode("", "", -1, 1)]
    for number, path in enumerate(order[1:], 1):
        nodes.append(RegionNode(REGION_LEVELS[len(path) - 1], path[-1] or "", numbers[_around(path)], number + 1))
    for node in reversed(nodes[1:]):
        nodes[node.parent].end = max(nodes[node.parent].end, node.end)
    return nodes, numbers


def _around(path: Path) -> Path:
    """What a region lies in: its path without the last level, and without those above that are not known to exist."""
    return trimmed(path[:-1], None)


def trimmed(path: Sequence[str | None], *ends: str | None) -> Path:
    """``path`` without ``ends`` at its end."""
    n = len(path)
    while n and path[n - 1] in ends:
        n -= 1
    return tuple(path[:n])
