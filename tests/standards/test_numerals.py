"""Numbers in words, as they are told in figures."""

from __future__ import annotations

import pytest

from communitycheck.standards.language.numerals import with_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("七分钟", "7分钟"),
        ("二十五张床", "25张床"),
        ("一千零八人", "1008人"),
        ("三百万元", "300万元"),
        ("两万", "20000"),
        ("十二点五万人", "12.5万人"),
        ("九成", "90%"),
        ("六成五", "65%"),
        ("百分之七", "7%"),
        ("千分之三", "3‰"),
        ("四分之三", "3/4"),
        ("一半", "50%"),
        ("半小时", "0.5小时"),
        ("不低于七成", "不低于70%"),
        ("二十平方米/百户", "20平方米/百户"),
        ("每万人十二张", "每万人12张"),
        ("twenty-five beds", "25 beds"),
        ("three hundred and six", "306"),
        ("half", "50%"),
    ],
)
def test_words_are_told_in_figures(words: str, figures: str) -> None:
    assert with_figures(words) == figures


@pytest.mark.parametrize(
    "text",
    ["万元", "百户", "千人", "facility_area", "one_stop", "人口", pytest.param("三" * 50_000, id="a long one")],
)
def test_what_says_no_number_stays(text: str) -> None:
    assert with_figures(text) == text
