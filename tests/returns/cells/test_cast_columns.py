"""Whole columns: the fast way and the slow way agree, and what cannot be is refused with its place."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.messages import LANGS, say
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Column, State
from communitycheck.model.text import Text
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.findings import LIMIT, Finding
from communitycheck.returns.cells.cast.scale import Scale

LABEL = Text("字段", "field")
AREA = Field("area", LABEL, "decimal", unit="m2", dimension="area", low=0, high=50_000)
HOUSEHOLDS = Field("households", LABEL, "int", unit="households", dimension="households", low=0, zero_impossible=True)
SHARE = Field("rate", LABEL, "share", dimension="ratio", low=0, high=1)
HOURS = Field("hours", LABEL, "hours", unit="h", dimension="hours_per_day", low=0, high=24)
STEWARD = Field("steward", LABEL, "truth", person_names=True)
TRUTH = Field("truth", LABEL, "truth")
FUNDS = Field("funds", LABEL, "decimal", unit="10k yuan", dimension="money", low=0)
KIND = Field(
    "kind", LABEL, "category",
    values={"urban": ("城市社区", "居委会", "居"), "rural": ("农村社区", "村", "行政村")}, unclear=("社区", "城中村"),
)  # fmt: skip
NAME = Field("name", LABEL, "text", role="name")
nan = math.nan


def read(field: Field, *texts: str | None, how: Scale | None = None) -> tuple[Column, list[Finding]]:
    return cast(field, pa.array(texts, pa.string()), how or Scale())


def states(column: Column, n: int) -> list[State]:
    return [column.state_at(i) for i in range(n)]


def test_plain_numbers_share_one_array_and_need_no_states() -> None:
    column, said = read(AREA, "1", "2.5", "3")
    assert column.lo is column.hi
    assert column.state is None
    assert said == []


def test_a_bound_gives_a_second_array() -> None:
    column, said = read(AREA, "300余", "400")
    assert column.lo is not None
    assert column.hi is not None
    assert column.lo.tolist() == [300, 400]
    assert column.hi.tolist() == pytest.approx([400, 400], rel=1e-8)
    assert [(f.code, f.position, f.level) for f in said] == [("bound-value", 0, "info")]


def test_no_whole_number_is_refused_at_both_ends_beside_a_bound() -> None:
    column, said = read(HOUSEHOLDS, "300余", "0.3", "400")
    assert column.lo is not None
    assert column.hi is not None
    assert column.lo.tolist() == pytest.approx([300, nan, 400], nan_ok=True)
    assert column.hi.tolist() == pytest.approx([400, nan, 400], rel=1e-8, nan_ok=True)
    assert states(column, 3) == [State.KNOWN, State.IMPOSSIBLE, State.KNOWN]
    assert [f.code for f in said] == ["bound-value", "impossible-fraction"]


@pytest.mark.parametrize(
    ("field", "text", "state", "code"),
    [
        (AREA, "-1", State.IMPOSSIBLE, "impossible-value"),
        (AREA, "50001", State.IMPOSSIBLE, "impossible-value"),
        (AREA, "10万㎡", State.IMPOSSIBLE, "impossible-value"),
        (HOUSEHOLDS, "3.5", State.IMPOSSIBLE, "impossible-fraction"),
        (HOUSEHOLDS, "0", State.IMPOSSIBLE, "impossible-zero"),
        (HOUSEHOLDS, "无", State.IMPOSSIBLE, "impossible-zero"),
        (HOURS, "25", State.IMPOSSIBLE, "impossible-value"),
        (HOURS, "0.375", State.UNREADABLE, "single-time"),
        (SHARE, "150%", State.IMPOSSIBLE, "impossible-value"),
        (AREA, "#REF!", State.UNREADABLE, "error-value"),
        (AREA, "400-300", State.UNREADABLE, "range-value"),
        (AREA, "见附件", State.UNREADABLE, "unreadable-value"),
        (KIND, "社区", State.UNREADABLE, "unclear-category"),
        (KIND, "城中村", State.UNREADABLE, "unclear-category"),
        (KIND, "非农村社区", State.UNREADABLE, "unclear-category"),
        (KIND, "某某小区", State.UNREADABLE, "unknown-category"),
    ],
)
def test_what_cannot_be_used_is_named(field: Field, text: str, state: State, code: str) -> None:
    for texts in ((None, text), ("约3", text)):
        column, said = read(field, *texts)
        assert column.state_at(1) is state
        named = [f for f in said if f.position == 1]
        assert [(f.code, f.text, f.level) for f in named] == [(code, text, "warning")]
        for lang in LANGS:
            assert say(code, lang, text=text, field=LABEL, **named[0].values)


def test_blank_is_not_zero() -> None:
    column, _ = read(AREA, "0", None, "—", "无", "不适用", "")
    assert column.lo is not None
    assert states(column, 6) == [
        State.KNOWN, State.BLANK, State.BLANK, State.KNOWN, State.EXEMPT, State.BLANK,
    ]  # fmt: skip
    np.testing.assert_array_equal(column.lo, [0, nan, nan, 0, nan, nan])


def test_the_word_none_counts_as_zero_only_where_things_are_measured() -> None:
    assert read(HOURS, "无", "8")[0].state_at(0) is State.BLANK
    assert read(SHARE, "无", "8%")[0].state_at(0) is State.BLANK
    assert read(TRUTH, "无")[0].lo.tolist() == [0.0]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("factor", "text", "want"), [(10_000.0, "0.04", 400.0), (10_000.0, "0.035", 350.0), (10_000.0, "400㎡", 400.0)]
)
def test_the_unit_of_a_header_scales_bare_numbers_alone(factor: float, text: str, want: float) -> None:
    column, _ = read(AREA, text, "约0.05", how=Scale(factor, stated=True))
    assert column.lo is not None
    assert column.lo[0] == want


def test_a_count_in_wan_may_have_a_remainder() -> None:
    column, said = read(HOUSEHOLDS, "1.23456", "2", how=Scale(10_000.0, stated=True))
    assert column.lo is not None
    assert column.lo[0] == pytest.approx(12345.6)
    assert said == []


@pytest.mark.parametrize(
    ("texts", "sign", "want", "codes"),
    [
        (["63.58", "71.2"], "%", [0.6358, 0.712], set()),
        (["0.6358", "0.712"], "%", [0.6358, 0.712], {"fractions-in-percent-column"}),
        (["63.58", "71.2"], "", [0.6358, 0.712], {"percent-column"}),
        (["0.6358", "1"], "", [0.6358, 1.0], set()),
        (["63.58%", "0.712"], "", [0.6358, 0.712], set()),
        (["63.58", "71.2", "80.05", "0.788"], "%", [0.6358, 0.712, 0.8005, 0.788], {"fraction-among-percent"}),
        (["63.58", "71.2", "80.05", "0.79"], "%", [0.6358, 0.712, 0.8005, nan], {"fraction-or-percent"}),
        (["63.58", "1"], "%", [0.6358, nan], {"fraction-or-percent"}),
        # Nothing but the cells beside it says what a bare 95 is, and they say it of themselves.
        (["98%", "90%", "95"], "", [0.98, 0.9, nan], {"bare-among-percent"}),
        (["98％", "百分之九十", "九成", "97.5"], "", [0.98, 0.9, 0.9, nan], {"bare-among-percent"}),
        (["98%", "90%", "95"], "%", [0.98, 0.9, 0.95], set()),
        (["98%", "90", "95", "91.5"], "", [0.98, 0.9, 0.95, 0.915], {"percent-column"}),
        (["0.98", "0.9", "1", "95"], "", [nan, nan, nan, nan], {"fraction-or-percent"}),
        (["3", "5"], "‰", [0.003, 0.005], set()),
        (["0", "97.7", "全覆盖", "九成", "百分之九十"], "%", [0, 0.977, 1, 0.9, 0.9], {"all-means-100"}),
    ],
)
def test_a_column_of_shares(texts: list[str], sign: str, want: list[float], codes: set[str]) -> None:
    column, said = read(SHARE, *texts, how=Scale(share_unit=sign))
    assert column.lo is not None
    np.testing.assert_allclose(column.lo, want, rtol=1e-12)
    assert {f.code for f in said} == codes


def test_a_figure_that_the_file_shows_bare_among_percentages_is_a_question() -> None:
    mask = np.array([True, True, False, True])
    column, said = read(SHARE, "0.98", "0.9", "95", "1", how=Scale(percent=mask))
    assert column.lo is not None
    np.testing.assert_allclose(column.lo, [0.98, 0.9, nan, 1.0])
    assert column.state_at(2) is State.UNREADABLE
    assert [f.code for f in said] == ["bare-among-percent"]


def test_a_percent_format_settles_a_cell() -> None:
    mask = np.array([False, False, True])
    column, said = read(SHARE, "63.58", "71.2", "0.79", how=Scale(share_unit="%", percent=mask))
    assert column.lo is not None
    assert column.lo.tolist() == [0.6358, 0.712, 0.79]
    assert said == []


def test_categories_are_exact_first_and_then_by_their_ending() -> None:
    column, said = read(KIND, "城市社区", "居", "行政村", "某某城市社区", "农村社区（已建）", None)
    assert column.text.to_pylist() == ["urban", "urban", "rural", "urban", "rural", None]
    assert {f.code for f in said} == {"category-by-ending"}


def test_a_truth_with_words_of_its_own_takes_no_other() -> None:
    field = Field("t", LABEL, "truth", values={"true": ("农村社区",), "false": ("村", "城市社区")})
    column, _ = read(field, "农村社区", "村", "社区", "是")
    assert column.lo is not None
    np.testing.assert_array_equal(column.lo, [1, 0, nan, 1])


def test_names_lose_stray_spaces_and_stay_as_written() -> None:
    column, _ = read(NAME, "幸福 社区", "幸福社区", "—", None, "东风社区")
    assert column.text.to_pylist() == ["幸福社区", "幸福社区", None, None, "东风社区"]
    assert column.coded().names == ["幸福社区", "东风社区"]
    assert column.coded().codes.tolist() == [0, 0, -1, -1, 1]


def test_a_name_in_a_cell_is_never_quoted() -> None:
    _, said = read(STEWARD, "张三")
    assert [(f.code, f.text) for f in said] == [("name-means-yes", "")]


@pytest.mark.parametrize("text", ["原有张伟", "负责人张伟", "张伟（已离职）", "曾聘张伟"])
def test_a_name_within_a_cell_that_is_no_answer_is_not_quoted_either(text: str) -> None:
    for field in (STEWARD, TRUTH):
        column, said = read(field, text)
        assert column.state_at(0) is State.UNREADABLE
        assert [f.text for f in said] == [text.replace("张伟", "**")]


def test_a_sum_of_money_without_a_unit_is_not_guessed_at() -> None:
    column, said = read(FUNDS, "50000", "0", None, "5万元", "60000")
    assert states(column, 5) == [State.UNREADABLE, State.KNOWN, State.BLANK, State.KNOWN, State.UNREADABLE]
    assert [(f.code, f.position, f.text, f.values) for f in said] == [("money-without-unit", -1, "50000", {"cells": 2})]
    column, said = read(FUNDS, "50000", how=Scale(factor=1e-4, stated=True))
    assert (column.lo, said) == ([5], [])


def test_a_hopeless_column_does_not_drown_the_report() -> None:
    _, said = read(AREA, *(f"见附件{i}" for i in range(LIMIT + 50)))
    assert len(said) == LIMIT + 1
    assert said[-1].code == "more-cells"
    assert said[-1].values["cells"] == 50


CELL = st.one_of(
    st.none(), st.integers(0, 60_000).map(str), st.floats(0, 60_000).map(lambda x: f"{x:.2f}"),
    st.sampled_from(["1,234", "400㎡", "—", "无", "约300", "300余", "300-400", "-3", "四百", "x", " 7 "]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(CELL, min_size=1, max_size=30))
def test_a_column_reads_as_its_cells_do_one_by_one(texts: list[str | None]) -> None:
    """Chunks, dictionaries and the straight path change nothing."""
    whole, _ = read(AREA, *texts)
    half = len(texts) // 2
    chunked, _ = cast(AREA, pa.chunked_array([texts[:half], texts[half:]], pa.string()), Scale())
    for i, text in enumerate(texts):
        one, _ = read(AREA, text)
        for column in (whole, chunked):
            assert column.state_at(i) is one.state_at(0)
            for a, b in ((column.lo, one.lo), (column.hi, one.hi)):
                assert a is not None
                assert b is not None
                np.testing.assert_array_equal(a[i], b[0])
