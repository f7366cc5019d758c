"""The knapsack is the best there is, or says how much better another choice could be."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.planning.knapsack import best_within, greedily

THINGS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=9)


def arrays(things: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    both = np.array(things, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@given(THINGS, st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_no_choice_is_worth_more(things: list[tuple[int, int]], limit: int) -> None:
    prices, values = arrays(things)
    found = best_within(prices, values, limit)
    choices = [[k for k in range(len(things)) if mask >> k & 1] for mask in range(1 << len(things))]
    best = max(int(values[one].sum()) for one in choices if prices[one].sum() <= limit)
    assert found.exact and found.value == best == values[found.taken].sum()
    assert prices[found.taken].sum() <= limit


@given(THINGS, st.integers(0, 400))
@settings(max_examples=50, deadline=None)
def test_in_order_what_fits(things: list[tuple[int, int]], limit: int) -> None:
    prices, _ = arrays(things)
    left, expected = limit, []
    for price in prices.tolist():
        expected.append(price <= left)
        left -= price if price <= left else 0
    assert greedily(prices, limit).tolist() == expected


@pytest.mark.parametrize("most_plans", [1, 40])
def test_a_search_that_is_cut_short_says_how_far_it_may_be_off(most_plans: int) -> None:
    rng = random.Random(3)
    for _ in range(30):
        values = np.array([rng.randrange(300, 20000) for _ in range(40)], np.int64)
        prices = values + 5000  # hard: what is worth more for its price is hardly told apart
        limit = int(prices.sum()) // 3
        best, short = best_within(prices, values, limit), best_within(prices, values, limit, most_plans=most_plans)
        assert best.exact
        assert short.value == values[short.taken].sum() and prices[short.taken].sum() <= limit
        assert short.value <= best.value <= short.bound


def test_many() -> None:
    rng = np.random.default_rng(4)
    values = rng.integers(300, 26000, 50_000)
    prices = values * 20 + rng.integers(0, 50_000, 50_000)
    found = best_within(prices, values, int(prices.sum()) // 5)
    assert found.bound - found.value <= found.value // 10_000
