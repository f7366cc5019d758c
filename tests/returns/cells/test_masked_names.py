"""Which words of a cell are hidden as the name of a person when a notice quotes it."""

from __future__ import annotations

import pytest

from communitycheck.returns.cells.persons import names_masked


@pytest.mark.parametrize("text", ["曾有", "尤其", "何地", "严重不足", "原有", "任意", "陆续办"])
def test_a_word_that_was_not_understood_is_shown(text: str) -> None:
    assert names_masked(text, asked=False) == text


@pytest.mark.parametrize(
    ("text", "shown"), [("负责人张伟", "负责人**"), ("王建国代管", "***代管"), ("已聘李娜", "已聘**")]
)
def test_a_name_is_hidden_in_every_column(text: str, shown: str) -> None:
    assert names_masked(text, asked=False) == shown
    assert names_masked(text, asked=True) == shown


def test_where_persons_are_asked_for_what_may_be_a_name_is_hidden_too() -> None:
    assert names_masked("尤其", asked=True) == "**"
