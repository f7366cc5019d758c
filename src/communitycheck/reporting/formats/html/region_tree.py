"""The regions of a report as one tree, for a page that is walked from city to county to street.

A record belongs to the smallest region that its return states, a group's verdict to the group's own region. Regions
are numbered so that a region and all inside it are one run of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Outcome, Records, RuleResult
from communitycheck.reporting.summary import Regions, is_listed

# What a verdict is about: a subject inside the region, a record of the region itself, or the region as a group.
# A region's own rate is made of the first alone, so that it is the rate that the other formats print.
INSIDE, ITSELF, GROUP = 0, 1, 2

Numbers = npt.NDArray[np.int64]
Path = tuple[tuple[str, str], ...]  # (level, name) from the largest region down; the name is empty where not stated


@dataclass(slots=True)
class Region:
    """``parent`` is the number of the region around it, ``end`` the number after the last one inside it."""

    level: str
    name: str
    parent: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """One rule in one region, the regions inside it not counted. ``kind`` is INSIDE, ITSELF or GROUP."""

    region: int
    rule: int
    kind: int
    passed: int
    failed: int
    not_due: int
    undecided: int


class RegionTree:
    """All regions of a report.

    Attributes:
        regions: by number; 0 is the whole report, which has no level and no name.
        too_fine: levels that are left out because there are too many regions of them.
    """

    def __init__(self, report: Report) -> None:
        self._results = report.results
        self._regions = Regions(report.dictionary)
        self._known: dict[tuple[int, int], tuple[Numbers, list[Path]]] = {}
        every = [result.subjects for result in report.results if isinstance(result.subjects, Records)]
        self.too_fine = {
            level for records in every for level in self._levels(records) if not self._regions.is_coarse(records, level)
        }
        stated = {path for result in report.results for path in self._paths(result)}
        self._homes = _homes(stated)
        self._numbers: dict[Path, int] = {}
        self.regions: list[Region] = []
        self._number(set(self._homes.values()))

    def of(self, result: RuleResult) -> Numbers:
        """The region of each of the result's subjects."""
        subjects = result.subjects
        if isinstance(subjects, Records):
            ids, paths = self._records(subjects)
            return np.array([self._numbers[self._homes[path]] for path in paths], dtype=np.int64)[ids]
        if isinstance(subjects, Groups):
            return np.array(
                [self._numbers[self._homes[_group_path(subjects, i)]] for i in range(len(subjects))], dtype=np.int64
            )
        return np.zeros(len(result), dtype=np.int64)

    def counts(self) -> list[Count]:
        """Verdicts by region and rule (its place among the report's results), where there are any."""
        found = []
        for rule, result in enumerate(self._results):
            if not is_listed(result) or not len(result):
                continue
            where, n = self.of(result), len(self.regions)
            by_outcome = [np.bincount(where[result.outcome == outcome], minlength=n) for outcome in Outcome]
            undecided = by_outcome[Outcome.NO_DATA] + by_outcome[Outcome.ERROR]
            columns = [by_outcome[Outcome.PASS], by_outcome[Outcome.FAIL], by_outcome[Outcome.NOT_DUE], undecided]
            for region in np.nonzero(np.sum(columns, axis=0))[0].tolist():
                numbers = (int(column[region]) for column in columns)
                found.append(Count(region, rule, self._kind(result, region), *numbers))
        return found

    def _kind(self, result: RuleResult, region: int) -> int:
        if not isinstance(result.subjects, Records):
            return GROUP
        return ITSELF if region and result.subjects.table.entity == self.regions[region].level else INSIDE

    def _paths(self, result: RuleResult) -> list[Path]:
        subjects = result.subjects
        if isinstance(subjects, Records):
            return self._records(subjects)[1]
        if isinstance(subjects, Groups):
            return [_group_path(subjects, i) for i in range(len(subjects))]
        return []

    def _levels(self, records: Records) -> list[str]:
        """The region levels that the records state, their own among them."""
        table, fits = records.table, REGION_LEVELS
        if table.entity in REGION_LEVELS:
            fits = REGION_LEVELS[: REGION_LEVELS.index(table.entity) + 1]
        return [level for level in fits if level in table.regions]

    def _records(self, records: Records) -> tuple[Numbers, list[Path]]:
        """For each record the number of its path, and the paths. A region's own record belongs to that region."""
        key = (id(records.table), id(records.index))
        if key not in self._known:
            upto: list[str] = []
            for level in self._levels(records):
                if level in self.too_fine:
                    break
                upto.append(level)
            if upto:
                ids, names = self._regions.of(records, upto[-1])
                self._known[key] = ids, [_trimmed(tuple(zip(upto, path, strict=True))) for path in names]
            else:
                self._known[key] = np.zeros(len(records), dtype=np.int64), [()]
        return self._known[key]

    def _number(self, paths: set[Path]) -> None:
        """Number the regions in reading order, those without a name after the others."""
        every = {path[:k] for path in paths for k in range(len(path) + 1)} | {()}
        order = sorted(every, key=lambda path: [(REGION_LEVELS.index(level), not name, name) for level, name in path])
        self._numbers = {path: number for number, path in enumerate(order)}
        for path in order:
            level, name = path[-1] if path else ("", "")
            self.regions.append(Region(level, name, self._numbers[path[:-1]] if path else -1))
        for number in range(len(order) - 1, -1, -1):
            region = self.regions[number]
            region.end = max(region.end, number + 1)
            if number:
                around = self.regions[region.parent]
                around.end = max(around.end, region.end)


def _trimmed(path: Path) -> Path:
    """Without the unnamed ends: a record of a county that states no street belongs to the county."""
    while path and not path[-1][1]:
        path = path[:-1]
    return path


def _group_path(groups: Groups, i: int) -> Path:
    level = groups.levels[i]
    if level not in REGION_LEVELS:
        return ()
    upto = REGION_LEVELS[: REGION_LEVELS.index(level) + 1]
    names = groups.paths[i][-len(upto) :]
    return tuple(zip(upto[len(upto) - len(names) :], names, strict=True))


def _homes(paths: set[Path]) -> dict[Path, Path]:
    """Where each path hangs in the tree: one that begins below another that ends alike is the same region.

    A city's return names the province, the rule on the whole city does not: 沈阳市 is 辽宁省/沈阳市 in both, if only
    one place of that name is known.
    """
    every = {path[:k] for path in paths for k in range(1, len(path) + 1)}
    longer: dict[Path, set[Path]] = {}
    for path in every:
        for k in range(1, len(path)):
            longer.setdefault(path[k:], set()).add(path)
    # The fullest name alone counts: of 沈阳市/和平区 and 辽宁省/沈阳市/和平区 the first hangs below the second.
    homes: dict[Path, Path] = {}
    for path in paths:
        homes[path] = path
        for k in range(len(path), 0, -1):
            known = longer.get(path[:k], set()) if path[0][1] else set()
            fullest = {one for one in known if one not in longer}
            if len(fullest) == 1:
                homes[path] = next(iter(fullest)) + path[k:]
                break
    return homes


__all__ = ["GROUP", "INSIDE", "ITSELF", "Count", "Region", "RegionTree"]
