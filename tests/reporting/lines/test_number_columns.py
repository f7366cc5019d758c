"""Numbers printed by the column say what each printed by itself says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communitycheck.reporting.lines import numbers as number_columns
from communitycheck.reporting.words import numbers

NAN, INF = math.nan, math.inf
ODD = [
    0.0, -0.0, 0.1 + 0.2, 1 / 3, 2 / 3, 0.285, 1.005, 2.675, 12.345, 0.125, 0.5, -0.25, 0.00004999, 1e-5, 1e-6, 1e-7,
    5e-324, 999.949, 999.95, 999.994, 999.995, 999.9999999999999, 1000.0, 1000.0000000000001, 1000.05, -999.999, 1e10,
    9999999999.5, 123456789012.0, 999999999999.5, 1e12, 1e16, 2.0**53 + 2, 1.5e21, 1e23, 1e300, NAN, INF, -INF,
]  # fmt: skip
# Decimals as people write them, what arithmetic leaves of them, what lies a hair beside powers of ten, anything.
DECIMALS = st.builds(lambda n, k: n / 10**k, st.integers(-(10**13), 10**13), st.integers(0, 15))
SHARES = st.builds(lambda a, b: a / b, st.integers(0, 5000), st.integers(1, 5000))
BESIDE = st.builds(lambda k, n: 10.0**k * (1 + n * 2**-52), st.integers(-20, 20), st.integers(-3, 3))
NUMBERS = st.one_of(DECIMALS, SHARES, BESIDE, st.sampled_from(ODD), st.floats(-1e300, 1e300))
MANY = st.lists(NUMBERS, min_size=1, max_size=40)
# Two numbers that differ in some digit, be it the ninth.
PAIRS = st.lists(
    st.one_of(
        st.tuples(NUMBERS, NUMBERS),
        st.builds(lambda x, n, k: (x, x * (1 + n * 10.0**-k)), NUMBERS, st.integers(-9, 9), st.integers(1, 14)),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(values=MANY)
@example(values=ODD)
def test_numbers_for_machines(values: list[float]) -> None:
    cleaned = [numbers.clean(value) for value in values]
    assert number_columns.plains(np.array(values)).to_pylist() == [numbers.plain(value) for value in values]
    reals = ["" if value is None else repr(value) for value in cleaned]
    assert number_columns.reals(np.array(values)).to_pylist() == reals


@settings(max_examples=300, deadline=None)
@given(pairs=PAIRS)
@example(pairs=[(a, b) for a in ODD for b in ODD])
def test_differences(pairs: list[tuple[float, float]]) -> None:
    values, near = map(np.array, zip(*pairs, strict=True))
    found = number_columns.differences(values, near).tolist()
    known = [None if not math.isfinite(value) else value for value in found]
    assert list(map(repr, known)) == [repr(numbers.difference(a, b)) for a, b in pairs]


@pytest.mark.parametrize("percent", [False, True])
@settings(max_examples=300, deadline=None)
@given(values=MANY)
@example(values=ODD)
def test_numbers_for_people(percent: bool, values: list[float]) -> None:
    (found,) = number_columns.together(np.array(values), percent=percent)
    assert found.to_pylist() == [_printed([value], percent)[0] for value in values]


@pytest.mark.parametrize("percent", [False, True])
@settings(max_examples=100, deadline=None)
@given(pairs=PAIRS)
@example(pairs=[(a, b) for a in ODD for b in ODD])
@example(pairs=[(2.76, 2.785), (0.0276, 0.02785)])
@example(pairs=[(12.9999, 13.0), (0.12999, 0.13), (399.99999, 400.0), (400 * (1 + 1e-12), 400.0), (1e-13, 0.0)])
def test_numbers_beside_each_other(percent: bool, pairs: list[tuple[float, float]]) -> None:
    left, right = map(np.array, zip(*pairs, strict=True))
    found = zip(*(side.to_pylist() for side in number_columns.together(left, right, percent=percent)), strict=True)
    assert list(found) == [tuple(_printed([a, b], percent, b)) for a, b in pairs]


def _printed(values: list[float], percent: bool, limit: float | None = None) -> list[str]:
    limit = limit if limit is not None and math.isfinite(limit) else None
    finite = list(dict.fromkeys(value for value in values if math.isfinite(value)))
    texts = dict(zip(finite, numbers.together(finite, percent=percent, limit=limit), strict=True))
    return [texts.get(value, "") for value in values]
