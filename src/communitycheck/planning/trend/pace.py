"""How fast an indicator moves to its target, and whether that is fast enough.

All of it is linear. A share that went from 40 % to 55 % in two years comes to 77.5 % in three more; a constant rate of
growth would make 89 % of it, and call a target of 90 % nearly met.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

# From which part of the needed pace on an indicator is on track, and up to which it is too slow.
ON_TRACK, TOO_SLOW = 0.95, 0.60
_NOISE = 9  # decimals of a ratio beyond which is the noise of arithmetic


class TrendStatus(IntEnum):
    """What becomes of a target if the pace holds, or why nobody can say."""

    MET = 0
    ON_TRACK = 1
    SPEED_UP = 2
    TOO_SLOW = 3
    GOING_BACK = 4
    DUE_PAST = 5  # the day has come, and the target is not met
    ONE_POINT = 6  # there is no pace over fewer than two points
    NO_DUE = 7  # nobody says by when
    UNDECIDED = 8  # figures are known within bounds only, whose ends have different answers
    UNKNOWN = 9  # the latest figure or the target is not known

    @property
    def word(self) -> str:
        return self.name.lower()


class Bounds(NamedTuple):
    """A figure, or the ends between which it lies."""

    low: float
    high: float

    @property
    def known(self) -> bool:
        return not (math.isnan(self.low) or math.isnan(self.high))


class DatedFigure(NamedTuple):
    """A figure of a day."""

    day: date
    value: Bounds


class Goal(Struct, frozen=True):
    """What is to be reached and by when.

    Attributes:
        up: more is better, else less is.
        limits: between which ends the figure can lie at all.
    """

    value: float
    due: date | None
    up: bool = True
    limits: tuple[float, float] = (-math.inf, math.inf)

    def tells(self, value: Bounds) -> bool:
        """Whether something is known of a figure: a share between 0 and 100 % is one that nobody has reported."""
        return value.known and not (value.low <= self.limits[0] and value.high >= self.limits[1])


class Pace(Struct, frozen=True):
    """How an indicator moves; None where that cannot be said.

    Attributes:
        start, latest: the two points that the pace is taken from.
        distance: what is missing now, 0 where nothing is; in the indicator's unit, as ``a_year`` and ``needed`` are,
            which are negative where the indicator falls.
        needed: the change in a year from now on that reaches the target on its day.
        projected: the figure on that day if the pace holds, within the limits.
        ratio: the pace to that which would have led from the first point to the target.
    """

    status: TrendStatus
    start: DatedFigure | None = None
    latest: DatedFigure | None = None
    distance: Bounds | None = None
    a_year: Bounds | None = None
    needed: Bounds | None = None
    projected: Bounds | None = None
    ratio: Bounds | None = None


def years(day: date) -> float:
    """A day as a number of years, counted in months: the last days of two years are one year apart, leap or not."""
    return (12 * day.year + day.month - 1 + day.day / monthrange(day.year, day.month)[1]) / 12


def pace_of(points: Sequence[DatedFigure], goal: Goal, *, met: bool, today: date | None = None) -> Pace:
    """The pace over points of one definition, in the order of their days.

    Args:
        met: the latest figure meets its target for certain.
        today: the day that deadlines are held against, if that is later than the latest point.
    """
    known = [one for one in points if goal.tells(one.value)]
    if not known or not goal.tells(points[-1].value):
        return Pace(TrendStatus.MET if met else TrendStatus.UNKNOWN)
    start, latest, due = known[0], known[-1], goal.due
    found = _Reckoning(start, latest, goal)
    past = due is not None and due <= max(latest.day, today or latest.day)
    ahead = None if due is None or past else due
    moving = start.day < latest.day and math.isfinite(goal.value)
    pace = Pace(
        TrendStatus.UNKNOWN,
        start,
        latest,
        found.distance() if math.isfinite(goal.value) else None,
        found.a_year() if start.day < latest.day else None,
        found.needed(ahead) if ahead and math.isfinite(goal.value) else None,
        found.projected(ahead) if ahead and start.day < latest.day else None,
        found.ratio(due) if due and moving and due > start.day else None,
    )
    return replace(pace, status=_status(pace, goal, met=met, past=past))


def _status(pace: Pace, goal: Goal, *, met: bool, past: bool) -> TrendStatus:
    if met:
        return TrendStatus.MET
    if not math.isfinite(goal.value):
        return TrendStatus.UNKNOWN
    assert pace.latest is not None
    value = pace.latest.value
    may_be_met = value.high >= goal.value if goal.up else value.low <= goal.value
    if may_be_met and value.low != value.high:
        return TrendStatus.UNDECIDED
    if past:
        return TrendStatus.DUE_PAST
    if pace.a_year is None:
        return TrendStatus.ONE_POINT
    if goal.due is None:
        return TrendStatus.NO_DUE
    ends = (pace.a_year.low, pace.a_year.high) if goal.up else (-pace.a_year.high, -pace.a_year.low)
    ratios = (math.nan, math.nan) if pace.ratio is None else pace.ratio
    worst, best = (_status_at(end, ratio) for end, ratio in zip(ends, ratios, strict=True))
    return worst if worst is best else TrendStatus.UNDECIDED


def _status_at(change: float, ratio: float) -> TrendStatus:
    """The status where the figure moves by ``change`` a year in the wanted direction."""
    if round(change, 12) < 0:
        return TrendStatus.GOING_BACK
    if math.isnan(ratio) or round(ratio, _NOISE) < TOO_SLOW:
        return TrendStatus.TOO_SLOW
    return TrendStatus.SPEED_UP if round(ratio, _NOISE) < ON_TRACK else TrendStatus.ON_TRACK


class _Reckoning:
    """The formulas. They are worked out for each end of what is known with the worse figure now and the better one at
    the start, and the other way round, so that the truth lies between the two; a falling target is a rising one
    of figures with the other sign."""

    def __init__(self, start: DatedFigure, latest: DatedFigure, goal: Goal) -> None:
        self.goal, self.start, self.latest = goal, start.day, latest.day
        then, now = (self._turned(one.value) for one in (start, latest))
        self.ends = ((then.high, now.low), (then.low, now.high))
        self.target = goal.value if goal.up else -goal.value

    def distance(self) -> Bounds:
        worst, best = (max(self.target - now, 0.0) for _, now in self.ends)
        return Bounds(min(worst, best), max(worst, best))

    def a_year(self) -> Bounds:
        return self._turned(Bounds(*self._paces()))

    def needed(self, due: date) -> Bounds:
        left = years(due) - years(self.latest)
        worst, best = ((self.target - now) / left for _, now in self.ends)
        return self._turned(Bounds(max(best, 0.0), max(worst, 0.0)))

    def projected(self, due: date) -> Bounds:
        left = years(due) - years(self.latest)
        ends = (now + pace * left for (_, now), pace in zip(self.ends, self._paces(), strict=True))
        low, high = self.goal.limits
        found = self._turned(Bounds(*ends))
        return Bounds(min(max(found.low, low), high), min(max(found.high, low), high))

    def ratio(self, due: date) -> Bounds | None:
        """None where the target was reached at the start already."""
        whole = years(due) - years(self.start)
        needed = [(self.target - then) / whole for then, _ in self.ends]
        if min(needed) <= 0:
            return None
        return Bounds(*(pace / one for pace, one in zip(self._paces(), needed, strict=True)))

    def _paces(self) -> tuple[float, float]:
        span = years(self.latest) - years(self.start)
        worst, best = ((now - then) / span for then, now in self.ends)
        return worst, best

    def _turned(self, value: Bounds) -> Bounds:
        return value if self.goal.up else Bounds(-value.high, -value.low)
