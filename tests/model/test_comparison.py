"""What holds of every comparison, those to come included."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import truth
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Number
from communitycheck.model.expression.values import Num, Tru, constant, tidy

NUMBERS = st.integers(-5, 5).map(float)
BOUNDS = st.tuples(NUMBERS, NUMBERS).map(sorted)
NUMERIC = [one for one in COMPARISONS.values() if one.kind == "number"]
NOTHING = RecordContext(table_from_records([{}], Dictionary({}), "community"), {}, date(2024, 1, 1))


def answer(met: Tru) -> bool | None:
    return True if met.yes else False if met.no else None


def held(one: Comparison, observed: Num, low: float, high: float) -> bool | None:
    upper = constant(high) if one.form == "range" else None
    return answer(one.test(observed, constant(low), upper))


@pytest.mark.parametrize("one", COMPARISONS.values(), ids=repr)
def test_it_is_worded_in_both_languages(one: Comparison) -> None:
    assert COMPARISONS[one.key] is one
    for text in (one.words, one.claim or one.words):
        assert "{value}" in text.zh and "{value}" in text.en
    assert one.help.en.isascii() and not one.help.zh.isascii()
    assert one.sign != one.opposite


@pytest.mark.parametrize("one", [one for one in NUMERIC if one.mirror], ids=repr)
@given(a=BOUNDS, b=BOUNDS)
def test_its_mirror_says_the_same_from_the_other_side(one: Comparison, a: list[float], b: list[float]) -> None:
    mirror = COMPARISONS[one.mirror]
    assert COMPARISONS[mirror.mirror] is one
    left, right = (Num(np.asarray(x[0]), np.asarray(x[1])) for x in (a, b))
    assert answer(one.test(left, right)) == answer(mirror.test(right, left))


@pytest.mark.parametrize("one", NUMERIC, ids=repr)
@given(a=NUMBERS, limits=BOUNDS)
def test_its_condition_is_what_it_tests(one: Comparison, a: float, limits: list[float]) -> None:
    ends = tuple(map(Number, limits)) if one.form == "range" else (Number(limits[0]),)
    condition = truth(one.condition(Number(a), ends, (), None), NOTHING)
    assert answer(condition) == held(one, constant(a), *limits)


@pytest.mark.parametrize("one", NUMERIC, ids=repr)
@given(a=BOUNDS, limits=BOUNDS)
def test_what_it_says_of_bounds_holds_of_every_value_between(
    one: Comparison, a: list[float], limits: list[float]
) -> None:
    answers = {held(one, constant(x), *limits) for x in np.arange(a[0], a[1] + 0.5, 0.5)}
    said = held(one, Num(np.asarray(a[0]), np.asarray(a[1])), *limits)
    assert said is None or answers == {said}


@pytest.mark.parametrize("one", NUMERIC, ids=repr)
@given(a=NUMBERS, limits=BOUNDS)
def test_what_is_missed_is_missed_by_something(one: Comparison, a: float, limits: list[float]) -> None:
    if held(one, constant(a), *limits) is False:
        upper = constant(limits[1]) if one.form == "range" else None
        short = float(one.shortfall(constant(a), constant(limits[0]), upper))
        assert np.isnan(short) or short >= 0


@pytest.mark.parametrize(
    ("amount", "size", "tidied"),
    [
        (2.5, -math.inf, 2.5),  # the lower end of a limit is open: nothing so large was subtracted
        (2.5, math.inf, 2.5),
        (2.5, math.nan, 2.5),
        (400 - 399.9, 400, 0.1),
        (0.3 - 0.1, 0.3, 0.2),
        (0.0, -math.inf, 0.0),
        (math.inf, 400, math.inf),
    ],
)
def test_only_the_noise_of_a_subtraction_is_taken_off(amount: float, size: float, tidied: float) -> None:
    assert tidy(np.array([amount]), np.array([size])).tolist() == [tidied]
