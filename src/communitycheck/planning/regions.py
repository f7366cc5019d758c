"""What is needed, added up: of one lever in every region of a level, and in all together."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.places.regions import Numbers, Path, RegionIndex, levels_above
from communitycheck.model.table import Floats
from communitycheck.planning.needs import LeverNeed, NeedKind


class RegionNeed(Struct, frozen=True):
    """One lever in one region.

    Attributes:
        short: subjects that miss a limit and pass with an addition; they need ``least`` for certain and at most
            ``most``, which counts the open ones in.
        open: subjects of which nobody knows whether they need anything.
        unbounded: those of either kind of which nobody knows how much they need at most; they are not in ``most``.
        none: subjects that no amount helps.
    """

    level: str
    names: Path
    short: int
    open: int
    none: int
    least: float
    most: float
    unbounded: int

    @property
    def path(self) -> tuple[str, ...]:
        """The names down to the region's, "" where it is not known."""
        return tuple(name for name in self.names if name is not None)


def whole_need(need: LeverNeed) -> RegionNeed:
    """All regions together."""
    zeros = np.zeros(len(need), np.int64)
    found = _added_up(need, zeros, [()], "")
    return found[0] if found else RegionNeed("", (), 0, 0, 0, 0.0, 0.0, 0)


def region_needs(need: LeverNeed, level: str, index: RegionIndex) -> list[RegionNeed]:
    """Every region of the level with somebody in need, in the order of their names."""
    numbers, paths = index.of(need.table, level, need.rows)
    return sorted(_added_up(need, numbers, paths, level), key=lambda one: one.path)


def levels_of(need: LeverNeed) -> list[str]:
    """The levels above its subjects that the return states, the largest first."""
    return [level for level in levels_above(need.table.entity) if level in need.table.regions]


def _added_up(need: LeverNeed, numbers: Numbers, paths: list[Path], level: str) -> list[RegionNeed]:
    counted = ~need.again
    n = len(paths)
    bounded = counted & np.isfinite(need.most) & (need.kind != int(NeedKind.NONE))
    loose = counted & ~np.isfinite(need.most) & (need.kind != int(NeedKind.NONE))
    short, open_, none, unbounded = (
        np.bincount(numbers[chosen], minlength=n)
        for chosen in (counted & need.short, counted & need.open, counted & (need.kind == int(NeedKind.NONE)), loose)
    )
    sums: list[Floats] = [
        np.round(np.bincount(numbers[chosen], weights=amounts[chosen], minlength=n), 4)
        for chosen, amounts in ((counted, np.nan_to_num(need.least)), (bounded, need.most))
    ]
    return [
        RegionNeed(
            level, paths[k], int(short[k]), int(open_[k]), int(none[k]), float(sums[0][k]), float(sums[1][k]),
            int(unbounded[k]),
        )
        for k in np.flatnonzero(short + open_ + none).tolist()
    ]  # fmt: skip
