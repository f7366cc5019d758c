"""The pace of an indicator: every figure here was worked out by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from communitycheck.planning.trend.pace import Bounds, DatedFigure, Goal, Pace, pace_of, years

DUE = date(2025, 12, 31)


def points(*values: float | tuple[float, float], first: int = 2020) -> list[DatedFigure]:
    """Year ends, one after the other."""
    return [
        DatedFigure(date(first + k, 12, 31), Bounds(*one) if isinstance(one, tuple) else Bounds(one, one))
        for k, one in enumerate(values)
    ]


def told(pace: Pace) -> list[float | None]:
    figures = (pace.distance, pace.a_year, pace.needed, pace.projected, pace.ratio)
    assert all(one is None or one.low == pytest.approx(one.high) for one in figures)
    return [None if one is None else round(one.low, 6) for one in figures]


# values, target, up, met -> status; distance, pace, needed pace, projection, ratio
CASES: list[tuple[list[float], float, bool, bool, str, list[float | None]]] = [
    # 40 -> 55 in two years: 7.5 a year; 35 in three years are 11.667; 55 + 22.5; 7.5 / (50 / 5)
    ([0.40, 0.45, 0.55], 0.90, True, False, "speed_up", [0.35, 0.075, 0.116667, 0.775, 0.75]),
    ([0.40, 0.50, 0.60], 0.90, True, False, "on_track", [0.30, 0.10, 0.10, 0.90, 1.0]),
    ([0.40, 0.43, 0.44], 0.90, True, False, "too_slow", [0.46, 0.02, 0.153333, 0.50, 0.2]),
    ([0.40, 0.42, 0.38], 0.90, True, False, "going_back", [0.52, -0.01, 0.173333, 0.35, -0.1]),
    ([0.40, 0.40, 0.40], 0.90, True, False, "too_slow", [0.50, 0.0, 0.166667, 0.40, 0.0]),
    ([0.80, 0.90, 0.99], 0.90, True, True, "met", [0.0, 0.095, 0.0, 1.0, 4.75]),  # a share ends at 100 %
    ([0.95, 0.90, 0.85], 0.90, True, False, "going_back", [0.05, -0.05, 0.016667, 0.70, None]),
    ([50, 44, 40], 25, False, False, "on_track", [15, -5, -5, 25, 1.0]),
    ([50, 48, 47], 25, False, False, "too_slow", [22, -1.5, -7.333333, 42.5, 0.3]),
    ([50, 52, 55], 25, False, False, "going_back", [30, 2.5, -10, 62.5, -0.5]),
]


@pytest.mark.parametrize(("values", "target", "up", "met", "status", "figures"), CASES)
def test_figures_and_status(
    values: list[float], target: float, up: bool, met: bool, status: str, figures: list[float | None]
) -> None:
    limits = (0.0, 1.0) if target < 1 else (-math.inf, math.inf)
    pace = pace_of(points(*values), Goal(target, DUE, up, limits), met=met)
    assert pace.status.word == status
    assert told(pace) == figures


@pytest.mark.parametrize(
    ("ratio", "status"),
    [(0.95, "on_track"), (0.9499, "speed_up"), (0.60, "speed_up"), (0.5999, "too_slow"), (0.0, "too_slow")],
)
def test_the_bars_belong_to_the_better_side(ratio: float, status: str) -> None:
    goal = Goal(10.0, DUE)  # ten in five years
    assert pace_of(points(0.0, 2 * ratio), goal, met=False).status.word == status


@pytest.mark.parametrize(
    ("values", "due", "status"),
    [
        ([0.5], DUE, "one_point"),
        ([0.5, 0.6], None, "no_due"),
        ([0.5, 0.6], date(2021, 12, 31), "due_past"),
        ([0.5, math.nan], DUE, "unknown"),
        ([math.nan, 0.5], DUE, "one_point"),
    ],
)
def test_where_there_is_no_pace_it_is_said(values: list[float], due: date | None, status: str) -> None:
    assert pace_of(points(*values), Goal(0.9, due), met=False).status.word == status


def test_blanks_make_bounds_and_an_answer_only_where_both_ends_agree() -> None:
    """From 40 % to between 50 and 54 % in two years: 5 to 7 points a year against 10."""
    pace = pace_of(points(0.40, 0.45, (0.50, 0.54)), Goal(0.90, DUE), met=False)
    assert pace.a_year == pytest.approx((0.05, 0.07))
    assert pace.ratio == pytest.approx((0.5, 0.7))
    assert pace.needed == pytest.approx((0.12, 0.40 / 3))
    assert pace.projected == pytest.approx((0.65, 0.75))
    assert pace.status.word == "undecided"
    assert pace_of(points(0.40, 0.45, (0.54, 0.56)), Goal(0.90, DUE), met=False).status.word == "speed_up"
    assert pace_of(points(0.40, 0.45, (0.80, 0.92)), Goal(0.90, DUE), met=False).status.word == "undecided"


def test_years_are_counted_in_months() -> None:
    assert years(date(2020, 12, 31)) - years(date(2019, 12, 31)) == pytest.approx(1)
    assert years(date(2020, 6, 30)) - years(date(2019, 12, 31)) == pytest.approx(0.5)
    assert years(date(2020, 2, 29)) - years(date(2020, 1, 31)) == pytest.approx(1 / 12)
