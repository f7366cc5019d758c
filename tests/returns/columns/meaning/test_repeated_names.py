"""Columns of names that stand in a wide table once more, on each of its sheets of paper."""

from __future__ import annotations

import numpy as np
import pytest

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.returns import Return
from communitycheck.returns.files.open import Opened
from communitycheck.returns.gather import without_records
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
NAMES = [
    f"{name}社区"
    for name in ("东苑", "西苑", "南湖", "北陵", "中山", "新华", "和睦", "长青", "滨河", "文化", "五里河", "万泉")
]


def read(again: dict[int, str], header: str = "社区名称") -> Return:
    """A table folded once, whose second block names the records of ``again`` otherwise."""
    rows = [["社区名称", "户数", "常住人口", header, "服务设施面积(平方米)", "室外场地面积(平方米)"]]
    for i, name in enumerate(NAMES):
        rows.append([name, str(900 + i), str(2500 + i), again.get(i, name), str(500 + i), str(300 + i)])
    one = build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", "s", rows)]), DICTIONARY)
    error = without_records(one)
    if error is not None:
        raise error
    return one


@pytest.mark.parametrize("wrong", ["五里诃社区", "五里河河社区", "五里河社区1", "五里河社区‘"])
def test_a_slip_of_the_pen_parts_no_names(wrong: str) -> None:
    one = read({10: wrong})
    assert one.tables[0].texts_at("community", np.arange(len(NAMES))) == NAMES
    said = [notice for notice in one.notices if notice.code == "name-written-twice"]
    assert [notice.text for notice in said] == [wrong]


@pytest.mark.parametrize(
    "again",
    [
        {10: "万泉社区", 11: "五里河社区"},  # two records have changed places
        {10: "和平村"},  # another subject
        {i: f"{name[0]}苑社区" for i, name in enumerate(NAMES) if i > 4},
    ],
)
def test_what_may_be_another_subject_is_asked(again: dict[int, str]) -> None:
    with pytest.raises((QuestionError, ReturnError)):
        read(again)
