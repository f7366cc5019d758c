"""The regions of a report as one tree, for a page that is walked from city to county to street.

A record belongs to the smallest region that its return states, a group's verdict to the group's own region.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import Numbers, Path, RegionIndex, completed, levels_to, tree_of, trimmed
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Records, RuleResult
from communitycheck.reporting.totals.regions import counted, is_coarse
from communitycheck.reporting.totals.rules import is_listed

# What a verdict is about: a subject inside the region, a record of the region itself, or the region as a group.
# A region's own rate is made of the first alone, so that it is the rate that the other formats print.
INSIDE, ITSELF, GROUP = 0, 1, 2


class Count(Struct, frozen=True):
    """One rule in one region, the regions inside it not counted. ``kind`` is INSIDE, ITSELF or GROUP."""

    region: int
    rule: int
    kind: int
    passed: int
    failed: int
    not_due: int
    undecided: int
    waived: int


class RegionTree:
    """All regions of a report.

    Attributes:
        regions: by number; 0 is the whole report, which has no level and no name.
        too_fine: levels that are left out because there are too many regions of them.
    """

    def __init__(self, report: Report) -> None:
        self._results = report.results
        self._index = RegionIndex()
        self._known: dict[Records, tuple[Numbers, list[Path]]] = {}
        every = dict.fromkeys(r.subjects for r in report.results if isinstance(r.subjects, Records))
        self.too_fine = {
            level
            for records in every
            for level in _stated(records)
            if not is_coarse(*self._index.of(records.table, level, records.index))
        }
        self._homes = completed(path for result in report.results for path in self._placed(result)[1])
        self.regions, self._numbers = tree_of(self._homes.values())

    def of(self, result: RuleResult) -> Numbers:
        """The region of each of the result's subjects."""
        ids, paths = self._placed(result)
        return np.array([self._numbers[self._homes[path]] for path in paths], dtype=np.int64)[ids]

    def counts(self) -> list[Count]:
        """Verdicts by region and rule (its place among the report's results), where there are any."""
        return [one for rule, result in enumerate(self._results) for one in self._counts(rule, result)]

    def _counts(self, rule: int, result: RuleResult) -> list[Count]:
        if not is_listed(result) or not len(result):
            return []
        regions, n = self.of(result), len(self.regions)
        waived = np.bincount(regions[np.array(list(result.waived), dtype=np.int32)], minlength=n)
        return [
            Count(region, rule, self._kind(result, region), passed, failed, not_due, undecided, int(waived[region]))
            for region, passed, failed, not_due, undecided in counted(result, regions, n)
        ]

    def _kind(self, result: RuleResult, region: int) -> int:
        if not isinstance(result.subjects, Records):
            return GROUP
        return ITSELF if region and result.subjects.table.entity == self.regions[region].level else INSIDE

    def _placed(self, result: RuleResult) -> tuple[Numbers, list[Path]]:
        """For each subject the number of its path, and the paths. A region's own record belongs to that region."""
        subjects = result.subjects
        if isinstance(subjects, Groups):
            return np.arange(len(subjects)), [subjects.region(i) for i in range(len(subjects))]
        assert isinstance(subjects, Records)
        if subjects not in self._known:
            self._known[subjects] = self._placed_records(subjects)
        return self._known[subjects]

    def _placed_records(self, records: Records) -> tuple[Numbers, list[Path]]:
        levels = _stated(records)
        fine = next((k for k, level in enumerate(levels) if level in self.too_fine), len(levels))
        if not fine:
            return np.zeros(len(records), dtype=np.int64), [()]
        ids, paths = self._index.of(records.table, levels[fine - 1], records.index)
        present = np.flatnonzero(np.bincount(ids, minlength=len(paths)))
        rank = np.zeros(len(paths), dtype=np.int64)
        rank[present] = np.arange(len(present))
        # A record of a county that states no street belongs to the county.
        return rank[ids], [trimmed(paths[k], "", None) for k in present.tolist()]


def _stated(records: Records) -> list[str]:
    """The region levels that the records state, their own among them."""
    return [level for level in levels_to(records.table.entity) or REGION_LEVELS if level in records.table.regions]


__all__ = ["GROUP", "INSIDE", "ITSELF", "Count", "RegionTree"]
