"""What stands in the workbook, before any cell: the regions that have a sheet, and their lines."""

from __future__ import annotations

import numpy as np
from msgspec import Struct, field

from communitycheck.model.places.regions import Path, RegionIndex
from communitycheck.planning.needs import LeverNeed
from communitycheck.planning.regions import levels_of
from communitycheck.products.gap.found import FoundGap

SHEETS = 150  # regions that have a sheet
LINES = 100_000  # subjects and levers that are listed


class RegionLines(Struct, eq=False):
    """One region: of each lever (by its place among the needs) the positions of its lines."""

    path: Path
    lines: dict[int, np.ndarray] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name or "" for name in self.path)

    @property
    def name(self) -> str:
        return next((name for name in reversed(self.path) if name), "")


class ListedRegions(Struct, eq=False):
    """The regions of one level, in the order of their names; ``left_out`` lines are too many for a workbook."""

    level: str
    regions: list[RegionLines]
    left_out: int


def content_of(found: FoundGap) -> ListedRegions:
    """The level asked for; else counties, where a workbook can hold a sheet for each."""
    needs, index = found.levers, RegionIndex()
    shared = _levels(needs)
    wanted = [found.level] if found.level in shared else ["county", *shared] if not found.level else []
    for level in [one for one in wanted if one in shared]:
        regions = _regions(needs, level, index)
        if len(regions) <= SHEETS:
            return _cut(level, regions)
    return _cut("", _regions(needs, "", index))


def _levels(needs: list[LeverNeed]) -> list[str]:
    """The levels that every table with needs states, the largest first."""
    each = [levels_of(one) for one in needs]
    return [level for level in each[0] if all(level in other for other in each)] if each else []


def _regions(needs: list[LeverNeed], level: str, index: RegionIndex) -> list[RegionLines]:
    found: dict[Path, RegionLines] = {}
    for k, need in enumerate(needs):
        order = need.nearest_first()
        if not level:
            found.setdefault((), RegionLines(())).lines[k] = order
            continue
        numbers, paths = index.of(need.table, level, need.rows[order])
        for n in np.unique(numbers).tolist():
            found.setdefault(paths[n], RegionLines(paths[n])).lines[k] = order[numbers == n]
    return sorted(found.values(), key=lambda one: one.names)


def _cut(level: str, regions: list[RegionLines]) -> ListedRegions:
    every = sum(len(order) for one in regions for order in one.lines.values())
    return ListedRegions(level, regions if every <= LINES else [], 0 if every <= LINES else every)
