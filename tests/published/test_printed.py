"""``tolerance: printed``: two figures agree where rounding to the digits printed explains the difference."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.checking import judge_all
from communitycheck.checking.combine import combine
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.errors import RuleFileError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.result import Outcome
from communitycheck.model.sheet import Sheet
from communitycheck.model.standard import Standard
from communitycheck.model.table import Column, Table
from communitycheck.model.text import Text
from communitycheck.model.units.half_steps import half_step
from communitycheck.resources import data_dir
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.standards import load_rule_book
from entities import ENTITIES

CITY = load_rule_book([data_dir("rules")]).dictionary

RULES = """\
standard: reported-rate
title: {zh: 所报比率, en: Reported rate}
source: {document: 测试}
jurisdiction: {code: "000000", name: 全国}
fields:
  part: {type: int, label: {zh: 部分, en: part}}
  whole: {type: int, label: {zh: 全体, en: whole}}
  rate: {type: share, range: [0, null], label: {zh: 占比, en: rate}}
  other_rate: {type: share, label: {zh: 其余占比, en: other rate}}
  mean: {type: decimal, label: {zh: 平均, en: mean}}
rules:
  - {id: RATE, title: 占比, applies_to: city, indicator: rate, equals: part / whole, tolerance: printed}
  - {id: MEAN, title: 平均, applies_to: city, indicator: part / whole, equals: mean, tolerance: printed}
  - {id: SUM, title: 合计, applies_to: city, indicator: rate + other_rate, equals: 100%, tolerance: printed}
  - {id: EXACT, title: 相等, applies_to: city, indicator: rate, equals: part / whole}
"""


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Standard:
    return loaded(tmp_path_factory.mktemp("rules"), RULES)


def loaded(folder: Path, text: str) -> Standard:
    path = folder / "standard.yaml"
    path.write_text(text, encoding="utf-8")
    book = load_rule_book([data_dir("rules")])
    return book.standard(book.add_file(path))


def outcomes(standard: Standard, rule: str, columns: dict[str, list[str]]) -> list[Outcome]:
    """Outcomes of one rule for records whose cells hold these texts."""
    fields = standard.fields or {}
    n = len(next(iter(columns.values())))
    read: dict[str, Column] = {
        k: cast(fields[k], pa.array(texts, pa.string()), Scale())[0] for k, texts in columns.items()
    }
    base = table_from_records([{"city": f"市{i}"} for i in range(n)], CITY, "city")
    table = Table(ENTITIES["city"], {**base.columns, **read}, base.sheets, base.sheet_of, base.row_of)
    found = judge_all(
        [table], [standard], Dictionary(fields), date(2023, 1, 1), chosen=True, wanted=lambda r: r.id == rule
    )
    return [Outcome(int(o)) for o in found.results[0].outcome]


def rounded(value: Fraction, digits: int, mode: str) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-digits), rounding=mode))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5000),
            st.integers(1, 5000),
            st.integers(0, 4),
            st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_a_rate_rounded_to_its_digits_agrees(standard: Standard, made: list[tuple[int, int, int, str]]) -> None:
    made = [(min(part, whole), whole, digits, mode) for part, whole, digits, mode in made]
    parts, wholes = [str(m[0]) for m in made], [str(m[1]) for m in made]
    shares = [rounded(Fraction(100 * p, w), d, mode) + "%" for p, w, d, mode in made]
    found = outcomes(standard, "RATE", {"part": parts, "whole": wholes, "rate": shares})
    assert set(found) == {Outcome.PASS}
    means = [rounded(Fraction(p, w), d, mode) for p, w, d, mode in made]
    assert set(outcomes(standard, "MEAN", {"part": parts, "whole": wholes, "mean": means})) == {Outcome.PASS}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 3), st.sampled_from([-1, 1]))
def test_one_unit_of_the_last_digit_too_far_does_not(
    standard: Standard, part: int, whole: int, digits: int, way: int
) -> None:
    part = min(part, whole)
    unit = Fraction(1, 10**digits)
    share = Fraction(100 * part, whole) + way * unit * Fraction(11, 10)
    if share < 0:
        return
    text = rounded(share, digits, ROUND_HALF_UP)
    off = abs(Fraction(Decimal(text)) - Fraction(100 * part, whole))
    found = outcomes(standard, "RATE", {"part": [str(part)], "whole": [str(whole)], "rate": [f"{text}%"]})
    assert found == [Outcome.FAIL if off > unit / 2 else Outcome.PASS]


def test_rounded_parts_need_not_make_a_whole(standard: Standard) -> None:
    columns = {"rate": ["61.3%", "61.3%", "61.3%", "61.30%"], "other_rate": ["38.7%", "38.8%", "38.9%", "38.80%"]}
    assert outcomes(standard, "SUM", columns) == [Outcome.PASS, Outcome.PASS, Outcome.FAIL, Outcome.FAIL]


def test_without_a_tolerance_nothing_is_rounded(standard: Standard) -> None:
    columns = {"part": ["11", "11"], "whole": ["16", "16"], "rate": ["68.8%", "68.75%"]}
    assert outcomes(standard, "EXACT", columns) == [Outcome.FAIL, Outcome.PASS]


def test_a_bound_has_no_digits(standard: Standard) -> None:
    columns = {"part": ["11", "16"], "whole": ["16", "16"], "rate": ["70%以上", "98%以上"]}
    assert outcomes(standard, "RATE", columns) == [Outcome.FAIL, Outcome.NO_DATA]


@pytest.mark.parametrize(
    ("digits", "step"),
    [("863", 0.5), ("492.3", 0.05), ("1.650", 0.0005), ("0", 0.5), ("1e5", math.nan), ("余", math.nan)],
)
def test_half_a_unit_of_the_last_digit(digits: str, step: float) -> None:
    assert half_step(digits) == pytest.approx(step, nan_ok=True)


@pytest.mark.parametrize(
    ("kind", "dimension", "cells", "steps"),
    [
        ("share", "ratio", ["97.7%", "100%", "0.0%", "98%以上", "全覆盖", None], [5e-4, 5e-3, 5e-4, None, None, None]),
        ("share", "ratio", ["63.58", "71.2", "80"], [5e-5, 5e-4, 5e-3]),
        ("share", "ratio", ["0.6358", "0.71"], [5e-5, 5e-3]),
        ("decimal", "area", ["863", "492.3", "1,260.50"], [0.5, 0.05, 0.005]),
        (
            "decimal",
            "area",
            ["863", "492.3㎡", "1510万", "约300", "近400", "0.5亩"],
            [0.5, 0.05, 5000, None, None, 100 / 3],
        ),
        ("decimal", None, ["39", None, "1e3"], [0.5, None, None]),
        ("int", "items", ["246", "4.7万", "近12亿"], [None, 500, None]),
    ],
)
def test_the_reader_keeps_the_digits(
    kind: str, dimension: str | None, cells: list[str | None], steps: list[float | None]
) -> None:
    field = Field("x", Text("甲"), kind, dimension=dimension)  # type: ignore[arg-type]
    column, _ = cast(field, pa.array(cells, pa.string()), Scale())
    assert column.half_step is not None
    wanted = [math.nan if s is None else s for s in steps]
    assert column.half_step.tolist() == pytest.approx(wanted, nan_ok=True)


def test_counts_are_exact() -> None:
    column, _ = cast(Field("x", Text("甲"), "int"), pa.array(["246", "7092"], pa.string()), Scale())
    assert column.half_step is None


def test_joined_tables_keep_the_digits() -> None:
    dictionary = Dictionary({"rate": Field("rate", Text("占比"), "share"), "n": Field("n", Text("数"), "int")})
    tables = [table_from_records([r], dictionary, "city") for r in ({"rate": 0.688}, {"n": 1}, {"rate": 0.5})]
    joined = combine(tables, dictionary).by_entity["city"].columns["rate"].half_step
    assert joined is not None
    assert joined.tolist() == pytest.approx([0.0005, math.nan, 0.05], nan_ok=True)
    assert isinstance(tables[0].sheets[0], Sheet)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("equals: part / whole, tolerance: printed", "equals: part / whole, tolerance: prited", "rule-tolerance"),
        ("equals: part / whole, tolerance: printed", "at_least: 50%, tolerance: printed", "rule-tolerance-place"),
        ("equals: part / whole, tolerance: printed", "at_least: 50%, tolerance: 0.1", "rule-tolerance-place"),
        ("indicator: rate, equals: part / whole, tolerance", "indicator: rate * 1, equals: 0.5, tolerance",
         "rule-tolerance-printed"),
        ("indicator: rate, equals: part / whole, tolerance", "by: county, indicator: mean(rate), equals: 1, tolerance",
         "rule-tolerance-printed"),
    ],
)  # fmt: skip
def test_a_tolerance_that_cannot_be_meant_is_refused(tmp_path: Path, key: str, value: str, code: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, RULES.replace(key, value, 1))
    assert caught.value.code == code
    assert caught.value.key == "RATE.tolerance"
    assert str(caught.value).startswith(f"{tmp_path / 'standard.yaml'}:")
