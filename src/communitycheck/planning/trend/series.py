"""The series of an indicator in a region: its figure in each period, its target, and how it moves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Call
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.standard import Standard
from communitycheck.model.subjects import Subject
from communitycheck.model.threshold_hash import threshold_hash
from communitycheck.planning.compare.side import RuleKey
from communitycheck.planning.trend.pace import Bounds, DatedFigure, Goal, Pace, pace_of
from communitycheck.planning.trend.period_run import PeriodRun


class TrendPoint(Struct, frozen=True):
    """What an indicator came to in one period.

    Attributes:
        period: the number of it among all.
        part, whole: of a share what it is taken of, where that is known.
        comparable: the rule asked the same then as on the day that is judged by.
    """

    period: int
    value: Bounds
    outcome: Outcome
    part: Bounds
    whole: float
    comparable: bool


class IndicatorSeries(Struct, frozen=True):
    """One rule in one region.

    Attributes:
        comparison: how the figure is held against the target; of a range it is the end that the latest figure has
            yet to reach, or the nearer one.
        points: in the order of the periods; a period without a figure has none.
        more: how many more (of ``more_unit``) meet the target, NaN where nobody knows or nothing is missing.
    """

    rule: Rule
    subject: Subject
    group: bool
    comparison: Comparison
    target: float
    due: date | None
    points: tuple[TrendPoint, ...]
    pace: Pace
    more: float = math.nan
    more_unit: str = ""

    @property
    def broken(self) -> bool:
        """The rule asked something else in an earlier period."""
        return any(not one.comparable for one in self.points)


def find_series(runs: Sequence[PeriodRun], today: date) -> tuple[list[IndicatorSeries], list[Rule]]:
    """Every indicator with a target of every region, in the order of the rules of the latest period; and the rules on
    regions that set no number to move to, such as yes or no."""
    standards = {one.id: one for run in runs for one in run.report.standards}
    keys = dict.fromkeys(key for run in reversed(runs) for key in run.side.verdicts)
    found: list[IndicatorSeries] = []
    without: dict[RuleKey, Rule] = {}
    for key in keys:
        indicator = _Indicator(key, runs, standards[key.standard], today)
        if not indicator.of_regions:
            continue
        if indicator.has_target:
            found += indicator.series()
        else:
            without[key] = indicator.rule
    return found, list({(one.standard, one.id): one for one in without.values()}.values())


class _Indicator:
    """One rule over all periods, at one level."""

    def __init__(self, key: RuleKey, runs: Sequence[PeriodRun], standard: Standard, today: date) -> None:
        self.key, self.runs, self.standard, self.today = key, runs, standard, today
        self.rule = next(rule for rule in standard.rules if rule.id == key.rule)
        self.same = [self._same_definition(run) for run in runs]

    @property
    def of_regions(self) -> bool:
        kinds = {one.kind for run in self.runs if (one := run.side.verdicts.get(self.key)) is not None}
        return all(kind.group or kind.entity in REGION_LEVELS for kind in kinds)

    @property
    def has_target(self) -> bool:
        """Whether it sets a number that a figure may be on its way to."""
        held = self.rule.threshold
        return held is not None and (held.comparison.form == "range" or held.comparison.direction is not None)

    def series(self) -> Iterator[IndicatorSeries]:
        for places in self._regions().values():
            yield self._of_region(places)

    def _regions(self) -> dict[object, dict[int, tuple[RuleResult, int]]]:
        """By region, and by period the result and the place in it; the regions of the latest period first."""
        found: dict[object, dict[int, tuple[RuleResult, int]]] = {}
        for number in reversed(range(len(self.runs))):
            run = self.runs[number]
            verdicts = run.side.verdicts.get(self.key)
            if verdicts is None:
                continue
            rows = verdicts.rows
            pairs = run.pairs.get(verdicts.kind)
            partners = rows if number == len(self.runs) - 1 else pairs.matched.found[rows] if pairs else rows * 0 - 1
            numbers = np.repeat([part for part, _ in verdicts.parts], [n for _, n in verdicts.parts])
            for partner, part, place in zip(partners.tolist(), numbers.tolist(), verdicts.places.tolist(), strict=True):
                result = run.report.results[part]
                region = partner if partner >= 0 else result.subjects.subject(place)
                found.setdefault(region, {}).setdefault(number, (result, place))
        return found

    def _of_region(self, places: dict[int, tuple[RuleResult, int]]) -> IndicatorSeries:
        points = tuple(self._point(number, *places[number]) for number in sorted(places))
        last = max(places)
        result, place = places[last]
        at = np.array([place], np.int32)
        comparison, target = _aim(result, place)
        due = result.rule.last_due or self.standard.horizon
        goal = Goal(target, due, comparison.direction == "up", limits_of(self.rule))
        measured = [DatedFigure(self.runs[one.period].day, one.value) for one in points if one.comparable]
        met = points[-1].outcome is Outcome.PASS
        pace = pace_of(measured, goal, met=met, today=self.today) if measured else pace_of([], goal, met=met)
        _, add = result.short_and_add(at)
        return IndicatorSeries(
            self.rule, result.subjects.subject(place), result.is_group, comparison, target, due, points, pace,
            float(add[0]), result.add_unit,
        )  # fmt: skip

    def _point(self, number: int, result: RuleResult, place: int) -> TrendPoint:
        part = (math.nan, math.nan) if result.numerator is None else (end[place] for end in result.numerator)
        return TrendPoint(
            number,
            Bounds(float(result.observed_lo[place]), float(result.observed_hi[place])),
            Outcome(int(result.outcome[place])),
            Bounds(*(float(end) for end in part)),
            math.nan if result.denominator is None else float(result.denominator[place]),
            self.same[number],
        )

    def _same_definition(self, run: PeriodRun) -> bool:
        """Whether the rule asked on the last day of the period what it asks on the day that is judged by. What had no
        limit yet is measured by the later one: a plan measures the figures of the year before it as well."""
        threshold = self.rule.threshold
        if not self.standard.in_force(run.day) or threshold is None or threshold.at(run.day) is None:
            return True
        report = run.report
        then, now = (
            threshold_hash(self.rule, self.standard, report.dictionary, day) for day in (run.day, report.as_of)
        )
        return then == now or not self.standard.in_force(report.as_of)


def _aim(result: RuleResult, place: int) -> tuple[Comparison, float]:
    """What the figure is on its way to; NaN where the limit is not known, or the figure may lie on either side of a
    range."""
    assert result.rule.threshold is not None
    comparison = result.rule.threshold.comparison
    low, high = (float(end[place]) for end in (result.required_lo, result.required_hi))
    if comparison.form != "range":
        return comparison, low if low == high else math.nan
    least, most = float(result.observed_lo[place]), float(result.observed_hi[place])
    below, over = COMPARISONS["at_least"], COMPARISONS["at_most"]
    if least < low and most > high:
        return below, math.nan
    return (over, high) if least + most > low + high else (below, low)


def limits_of(rule: Rule) -> tuple[float, float]:
    """Between which ends the indicator can lie: what the rule calls plausible, and a share no more than all."""
    low, high = rule.plausible or (None, None)
    if isinstance(rule.indicator, Call) and rule.indicator.function == "share":
        low, high = 0.0 if low is None else low, 1.0 if high is None else high
    return -math.inf if low is None else low, math.inf if high is None else high
