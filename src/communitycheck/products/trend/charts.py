"""What the pictures of an indicator show: its figures in each region, where they lead to, and the target."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from communitycheck.planning.trend.pace import Bounds
from communitycheck.planning.trend.series import IndicatorSeries
from communitycheck.products.trend.found import FoundTrend
from communitycheck.reporting.words.sentences import Wording

MOST_LINES = 8  # regions in one picture
MOST_CHARTS = 60


class ChartLine(Struct, frozen=True):
    """A region: its exact figures, by period, and what they come to on the deadline at this pace."""

    name: str
    figures: tuple[float | None, ...]
    projected: float | None


class IndicatorChart(Struct, frozen=True):
    """One rule at one level of regions; of many regions the first.

    Attributes:
        days: the last days of the periods.
    """

    title: str
    unit: str
    days: tuple[date, ...]
    periods: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    target: float | None
    due: date | None


def charts(found: FoundTrend, wording: Wording) -> Iterator[IndicatorChart]:
    """Those of all indicators that have a figure to show."""
    groups: dict[tuple[str, str, str], list[IndicatorSeries]] = {}
    for one in found.trends.series:
        groups.setdefault((one.rule.standard, one.rule.id, one.subject.entity), []).append(one)
    runs = found.trends.runs
    for some in list(groups.values())[:MOST_CHARTS]:
        first = some[0]
        lines = tuple(_line(one, len(runs), wording) for one in some[:MOST_LINES])
        if not any(figure is not None for line in lines for figure in line.figures):
            continue
        targets = {one.target for one in some}
        place = wording.name(first.subject) if len(some) == 1 else wording.entity(first.subject.entity)
        title = f"{wording.rule_key(first.rule)} {wording.rule_title(first.rule)}"
        yield IndicatorChart(
            title + wording.say("brackets", text=place),
            first.rule.unit,
            tuple(run.day for run in runs),
            tuple(run.words.in_lang(wording.lang) for run in runs),
            lines,
            first.target if len(targets) == 1 and not math.isnan(first.target) else None,
            first.due if first.due and first.due > runs[-1].day else None,
        )


def _line(one: IndicatorSeries, n: int, wording: Wording) -> ChartLine:
    figures: list[float | None] = [None] * n
    for point in one.points:
        figures[point.period] = _exact(point.value)
    return ChartLine(wording.name(one.subject), tuple(figures), _exact(one.pace.projected))


def _exact(value: Bounds | None) -> float | None:
    return value.low if value is not None and value.low == value.high and math.isfinite(value.low) else None
