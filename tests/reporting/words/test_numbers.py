"""Numbers in print: what differs looks different, no float noise, nothing that is no number."""

from __future__ import annotations

import math

import pytest

from communitycheck.reporting.words import numbers

TOGETHER = [
    ([399.9, 400.0], False, ["399.9", "400"]),
    ([399.9999, 400.0], False, ["399.9999", "400"]),
    ([0.12999, 0.13], True, ["12.999", "13"]),
    ([0.1299999, 0.13], True, ["12.99999", "13"]),
    ([0.1 + 0.2], False, ["0.3"]),
    ([0.1 + 0.2, 0.3], False, ["0.3", "0.3"]),
    ([400 * (1 + 1e-12), 400.0], False, ["400", "400"]),
    ([1234567.0], False, ["1,234,567"]),
    ([26.666666666666668], False, ["26.67"]),
    ([0.00004], True, ["0.004"]),
    ([0.0], True, ["0"]),
    ([1e-9], False, ["0.000000001"]),
    ([-0.0], False, ["0"]),
    ([-88.5, 88.5], False, ["-88.5", "88.5"]),
    ([0.0001, 6352.104], True, ["0.01", "635,210.4"]),
]


@pytest.mark.parametrize(("values", "percent", "texts"), TOGETHER)
def test_values_that_differ_look_different(values: list[float], percent: bool, texts: list[str]) -> None:
    assert numbers.together(values, percent=percent) == texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"), (312.0, "312"), (1234567.0, "1234567"), (None, ""), (math.nan, ""), (math.inf, ""),
        (1e-7, "0.0000001"), (2.5e15, "2500000000000000"), (-0.0, "0"),
    ],
)  # fmt: skip
def test_plain_numbers(value: float | None, text: str) -> None:
    assert numbers.plain(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, ""), (0, 5, "0%"), (5, 5, "100%"), (1127, 1153, "97.7%"), (99_999, 100_000, "99.999%"),
        (1, 1_000_000, "0.0001%"), (1, 3, "33.3%"),
    ],
)  # fmt: skip
def test_a_rate_is_100_or_0_only_where_it_is_exact(part: int, whole: int, text: str) -> None:
    assert numbers.rate(part, whole) == text


def test_no_number_is_not_printed_as_one() -> None:
    assert numbers.clean(math.nan) is None
    assert numbers.clean(-math.inf) is None
    assert numbers.clean(0.1 + 0.2) == 0.3
    assert numbers.difference(400 - 399.9999, 400.0) == 0.0001


def test_amounts_carry_their_unit() -> None:
    assert numbers.amounts([312.0, 400.0], "m2", "zh") == ["312 ㎡", "400 ㎡"]
    assert numbers.amounts([0.12999, 0.13], "ratio", "en") == ["12.999%", "13%"]
    assert numbers.amount(1000.0, "persons", "en") == "1,000 persons"
    assert numbers.amount(3.0, "", "zh") == "3"


@pytest.mark.parametrize(
    ("observed", "limit", "percent", "texts"),
    [
        (0.0272, 0.0275, True, ["2.72", "2.75"]),
        (0.0276, 0.0278, True, ["2.76", "2.78"]),
        (0.285, 0.2855, False, ["0.285", "0.2855"]),
        (0.5, 1 / 3, True, ["50", "33.3"]),
        (99.9999, 100.0, False, ["99.9999", "100"]),
    ],
)
def test_a_limit_keeps_its_digits(observed: float, limit: float, percent: bool, texts: list[str]) -> None:
    assert numbers.together([observed, limit], percent=percent, limit=limit) == texts
