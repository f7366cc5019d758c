"""Every rule in every region."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.places.regions import Numbers, Path, RegionIndex, levels_above
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.reporting.totals.rules import amounts_missing, amounts_to_add, failed_of, is_listed

# A level with more regions than this (there are some 2,850 counties) is too fine for a summary.
REGIONS = 3000


class RegionTally(Struct, frozen=True):
    """One rule in one region; amounts as in a ``RuleTally``."""

    level: str
    names: Path
    passed: int
    failed: int
    not_due: int
    no_data: int
    shortfall: float | None
    unit: str
    add: float | None
    add_unit: str
    waived: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """The names down to the region's, at the levels that the return states; empty where it leaves one blank."""
        return tuple(name for name in self.names if name is not None)

    @property
    def judged(self) -> int:
        return self.passed + self.failed


def region_tallies(report: Report) -> Iterator[tuple[RuleResult, RegionTally]]:
    """Every rule in every region with somebody in scope: level by level, in the order of their names.

    Levels are those above the rule's subjects that the return states, the largest first; none too fine.
    """
    index = RegionIndex()
    for result in report.results:
        records = result.subjects
        if not is_listed(result) or not isinstance(records, Records) or not len(result):
            continue
        table = records.table
        for level in levels_above(table.entity):
            if level in table.regions and level not in table.untold:
                numbers, paths = index.of(table, level, records.index)
                if is_coarse(numbers, paths):
                    yield from ((result, one) for one in _tallies(result, numbers, paths, level, report.dictionary))


def is_coarse(numbers: Numbers, paths: list[Path]) -> bool:
    """True where the regions of records, numbered among those of their table, can be listed one by one."""
    return len(paths) <= REGIONS or int(np.count_nonzero(np.bincount(numbers))) <= REGIONS


def _tallies(
    result: RuleResult, numbers: Numbers, paths: list[Path], level: str, dictionary: Dictionary
) -> list[RegionTally]:
    fails = failed_of(result)
    sums = []
    for amounts, unit in (amounts_missing(result), amounts_to_add(result, dictionary)):
        short: list[float | None] = [None] * len(paths)
        if amounts is not None:
            weights = np.nan_to_num(result.times(amounts)[fails], nan=0.0)
            short = np.bincount(numbers[result.missed[fails]], weights=weights, minlength=len(paths)).tolist()
        sums.append((short, unit))
    (short, unit), (add, add_unit) = sums
    waived = np.bincount(numbers[np.array(list(result.waived), dtype=np.int32)], minlength=len(paths))
    found = [
        RegionTally(
            level, paths[k], passed, failed, not_due, undecided, short[k], unit, add[k], add_unit, int(waived[k])
        )
        for k, passed, failed, not_due, undecided in counted(result, numbers, len(paths))
    ]
    return sorted(found, key=lambda one: one.path)


def counted(result: RuleResult, numbers: Numbers, n: int) -> Iterator[tuple[int, int, int, int, int]]:
    """(number, passed, failed, not due, undecided) of each number below ``n`` with somebody in scope."""
    counts = result.counts_by(numbers, n)
    counts[:, Outcome.NO_DATA] += counts[:, Outcome.ERROR]
    counts = counts[:, [Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE, Outcome.NO_DATA]]
    for k in np.flatnonzero(counts.any(axis=1)).tolist():
        passed, failed, not_due, undecided = counts[k].tolist()
        yield k, passed, failed, not_due, undecided
