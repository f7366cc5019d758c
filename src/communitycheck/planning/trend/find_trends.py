"""What returns of several periods tell together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.result import Outcome
from communitycheck.model.rule import Rule
from communitycheck.model.table import Ints, among
from communitycheck.planning.compare.changes import RuleChanges, Trend, VerdictChange, rule_changes
from communitycheck.planning.compare.renames import Rename, Unused
from communitycheck.planning.trend.period_run import PeriodRun, pair_with_latest
from communitycheck.planning.trend.series import IndicatorSeries, find_series


class Worsened(Struct, frozen=True, eq=False):
    """A rule on single subjects: ``places`` of those that are worse off in the latest period than in the one before."""

    changes: RuleChanges
    places: Ints


class Trends(Struct, eq=False):
    """The periods in their order, the indicators over them, who got worse, and the renames that fit nobody.

    Attributes:
        untargeted: rules on regions that set no number to move to.
        compared: figures or verdicts of two periods have been held against each other.
    """

    runs: list[PeriodRun]
    series: list[IndicatorSeries]
    worse: list[Worsened]
    unused: list[Unused]
    untargeted: list[Rule]
    compared: bool = False

    @property
    def comparable(self) -> bool:
        """Too few subjects without a partner to move an aggregate."""
        return all(pairs.comparable for run in self.runs for pairs in run.pairs.values())


def find_trends(runs: list[PeriodRun], today: date, renames: Sequence[Rename] = ()) -> Trends:
    """All that can be said of the periods.

    Args:
        runs: all judged by one day, in the order of their days.
        today: the day that deadlines are held against.
    """
    unused = pair_with_latest(runs, renames)
    series, untargeted = find_series(runs, today)
    changes = _last_changes(runs)
    compared = any(one.pace.a_year is not None for one in series) or any(one.answered_twice for one in changes)
    return Trends(runs, series, _worsened(changes), unused, untargeted, compared)


def _last_changes(runs: Sequence[PeriodRun]) -> list[RuleChanges]:
    """What became of the verdicts of the last period but one."""
    if len(runs) < 2:
        return []
    before, after = runs[-2:]
    return list(rule_changes(before.side, after.side, before.pairs))


def _worsened(changed: Sequence[RuleChanges]) -> list[Worsened]:
    """Who met a rule in the last period but one and misses it now, or misses it by more."""
    found: list[Worsened] = []
    for changes in changed:
        if changes.kind.group or changes.kind.entity in REGION_LEVELS or not len(changes.change):
            continue
        fails = among(changes.change, VerdictChange.NEWLY_FAILING)
        if changes.before is not None and changes.after is not None:
            met = np.zeros(len(fails), bool)
            known = (changes.at >= 0) & (changes.at_after >= 0)
            was, now = changes.before.outcome[changes.at[known]], changes.after.outcome[changes.at_after[known]]
            met[known] = among(was, Outcome.PASS) & among(now, Outcome.FAIL, Outcome.NOT_DUE)
            fails |= met
        places = np.flatnonzero(fails | among(changes.trend, Trend.WORSE)).astype(np.int32)
        if len(places):
            found.append(Worsened(changes, places))
    return found
