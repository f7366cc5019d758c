"""What a budget does in every region of a level: whom it brings over their limits, and whom it leaves."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.places.regions import Path, RegionIndex, levels_above
from communitycheck.planning.budget import BudgetPlan


class RegionPlan(Struct, frozen=True):
    """One region: how many are ``chosen`` and what is ``spent`` on them, how many are ``left`` and what they would
    take."""

    level: str
    names: Path
    chosen: int
    spent: float
    left: int
    lacking: float

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name is not None)


def plan_levels(plan: BudgetPlan) -> list[str]:
    """The levels above its subjects that every return states, the largest first."""
    tables = plan.offers.tables
    stated = [[level for level in levels_above(one.entity) if level in one.regions] for one in tables]
    return [level for level in stated[0] if all(level in other for other in stated)] if stated else []


def plan_regions(plan: BudgetPlan, level: str, index: RegionIndex) -> list[RegionPlan]:
    """Every region of the level with somebody in need, in the order of their names."""
    found: dict[Path, RegionPlan] = {}
    for k, table in enumerate(plan.offers.tables):
        mine = plan.offers.table_of == k
        numbers, paths = index.of(table, level, plan.offers.rows[mine])
        chosen, prices, n = plan.chosen[mine], plan.offers.prices[mine], len(paths)
        sums = np.zeros((2, n), np.int64)  # of whole steps, which add up
        counts = [np.bincount(numbers[which], minlength=n).tolist() for which in (chosen, ~chosen)]
        for which, one in zip((chosen, ~chosen), sums, strict=True):
            np.add.at(one, numbers[which], prices[which])
        spent_on, lacked = (sums / plan.budget.steps).tolist()
        columns = zip(counts[0], spent_on, counts[1], lacked, strict=True)
        for path, (taken, spent, left, lacking) in zip(paths, columns, strict=True):
            if taken or left:
                old = found.get(path, RegionPlan(level, path, 0, 0.0, 0, 0.0))
                found[path] = RegionPlan(
                    level, path, old.chosen + taken, old.spent + spent, old.left + left, old.lacking + lacking
                )
    return sorted(found.values(), key=lambda one: one.path)
