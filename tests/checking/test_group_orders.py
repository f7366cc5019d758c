"""Places in order, weighted means and numbers of values in groups against every way to fill what is not known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from statistics import median

import numpy as np
import pytest

from communitycheck.checking.groups.distinct import how_many
from communitycheck.checking.groups.positions import at_place
from communitycheck.checking.groups.quotients import Terms
from communitycheck.checking.groups.weighted import weighted_mean
from communitycheck.model.expression.values import Num

# A record: its two ends, and whether it counts for certain.
Record = tuple[float, float, bool]
ENDS = (0.0, 1.0, 2.0, 5.0, 9.0)


def random_groups(seed: int, n: int, *, bounds: bool = True) -> list[list[Record]]:
    draw = random.Random(seed)
    groups = []
    for _ in range(n):
        group = []
        for _ in range(draw.randint(0, 5)):
            low = draw.choice(ENDS)
            high = draw.choice([e for e in ENDS if e >= low]) if bounds and draw.random() < 0.4 else low
            group.append((low, high, draw.random() < 0.7))
        groups.append(group)
    return groups


def terms(groups: list[list[Record]]) -> tuple[Terms, np.ndarray]:
    every = [record for group in groups for record in group]
    low, high = (np.array([record[k] for record in every], float) for k in (0, 1))
    inside = np.array([record[2] for record in every], bool)
    codes = np.array([k for k, group in enumerate(groups) for _ in group], np.int32)
    return Terms(low, high, np.isnan(low), inside, ~inside), codes


def fillings(group: list[Record]) -> Iterator[list[tuple[int, float]]]:
    """Every way to choose who counts and with which of its ends: places and figures of those who do."""
    choices = [[*{low, high}, *([] if certain else [None])] for low, high, certain in group]
    for way in product(*choices):
        yield [(k, figure) for k, figure in enumerate(way) if figure is not None]


def percentile(figures: list[float], q: float) -> float:
    ordered = sorted(figures)
    at = (len(ordered) - 1) * q / 100
    below = int(at + 1e-9)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def assert_ends(found: Num, k: int, ways: list[float | None], group: object) -> None:
    if any(way is None for way in ways):
        assert np.isnan(found.lo[k]) and np.isnan(found.hi[k]), group
        assert (found.na is not None and bool(found.na[k])) == all(way is None for way in ways), group
        return
    assert (found.lo[k], found.hi[k]) == pytest.approx((min(ways), max(ways))), group  # type: ignore[type-var]


@pytest.mark.parametrize("q", [0, 10, 25, 50, 90, 100])
def test_places_in_order(q: int) -> None:
    groups = random_groups(q, 400)
    x, codes = terms(groups)
    found = at_place(x, codes, len(groups), q / 100)
    for k, group in enumerate(groups):
        figures = [[figure for _, figure in way] for way in fillings(group)]
        wanted = {0: min, 50: median, 100: max}.get(q, lambda those: percentile(those, q))
        assert_ends(found, k, [wanted(those) if those else None for those in figures], group)


def test_a_place_between_open_ends_is_open() -> None:
    x, codes = terms([[(1.0, 1.0, True), (0.0, np.inf, True)], [(1.0, 1.0, True), (-np.inf, 3.0, True)]])
    found = at_place(x, codes, 2, 0.5)
    assert found.lo.tolist() == [0.5, -np.inf]
    assert found.hi.tolist() == [np.inf, 2.0]


def test_means_by_weight() -> None:
    groups, weights = random_groups(7, 600), random_groups(8, 600)
    pairs = []
    for group, weight in zip(groups, weights, strict=True):
        n = min(len(group), len(weight))
        pairs.append(([*group[:n]], [(low, high, one[2]) for one, (low, high, _) in zip(group, weight, strict=False)]))
    x, codes = terms([one for one, _ in pairs])
    w, _ = terms([other for _, other in pairs])
    found = weighted_mean(x, w, codes, len(pairs))
    for k, (group, weight) in enumerate(pairs):
        ways: list[float | None] = []
        for way in fillings(group):
            for heavy in product(*({weight[i][0], weight[i][1]} for i, _ in way)):
                total = sum(heavy)
                part = sum(w_ * figure for w_, (_, figure) in zip(heavy, way, strict=True))
                ways.append(part / total if total else None)
        assert_ends(found, k, ways, (group, weight))


def test_a_weight_that_nobody_knows_draws_the_mean_to_its_figure() -> None:
    x, codes = terms([[(2.0, 2.0, True), (6.0, 6.0, True)]])
    w, _ = terms([[(3.0, 3.0, True), (0.0, np.inf, True)]])
    found = weighted_mean(x, w, codes, 1)
    assert (found.lo[0], found.hi[0]) == (2.0, 6.0)


def test_numbers_of_different_values() -> None:
    groups = random_groups(3, 400, bounds=False)
    draw = random.Random(4)
    groups = [[(np.nan, np.nan, c) if draw.random() < 0.3 else (a, b, c) for a, b, c in group] for group in groups]
    x, codes = terms(groups)
    least, most = how_many(x, codes, len(groups))
    for k, group in enumerate(groups):
        # A blank is one of the known values, or one that no other record has.
        values = [[*ENDS, 100.0 + i] if np.isnan(low) else [low] for i, (low, _, _) in enumerate(group)]
        choices = [v if c else [*v, None] for v, (_, _, c) in zip(values, group, strict=True)]
        ways = [len(set(way) - {None}) for way in product(*choices)]
        assert (least[k], most[k]) == (min(ways), max(ways)), group
