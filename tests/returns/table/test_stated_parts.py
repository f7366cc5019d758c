"""A street that says how many communities it has, over a return that lists others."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.report import Report
from workbooks import Page, write_openpyxl

COMMUNITIES = [
    ["街道", "社区名称", "社区类型", "综合服务设施面积", "总户数"],
    ["桃源街道", "桃东社区", "城市社区", 450, 900],
    ["桃源街道", "桃西社区", "城市社区", 470, 900],
    ["柳林镇", "柳北村", "农村社区", 320, 400],
]


def judged(tmp_path: Path, streets: list[list[object]], communities: list[list[object]] = COMMUNITIES) -> Report:
    path = tmp_path / "a.xlsx"
    write_openpyxl(path, [Page("街道", streets), Page("社区", communities)])
    return check(path, standards=["liaoning-2021"])


@pytest.mark.parametrize(
    ("head", "stated", "told"),
    [
        ("社区数", [2, 1], []),
        ("社区数", [3, 1], [("桃源街道", 3, 2)]),
        ("社区个数", [1, 1], [("桃源街道", 1, 2)]),
        ("村居数", [2, 4], [("柳林镇", 4, 1)]),
        ("行政村数", [0, 2], [("柳林镇", 2, 1)]),
        ("城市社区数", [5, 0], [("桃源街道", 5, 2)]),
        ("社区数", ["2个", "约1"], []),
    ],
)
def test_a_count_is_held_against_what_is_listed(
    head: str, stated: list[object], told: list[object], tmp_path: Path
) -> None:
    report = judged(tmp_path, [["街道", head], ["桃源街道", stated[0]], ["柳林镇", stated[1]]])
    found = [n for n in report.notices if n.code == "count-differs"]
    assert [(n.text, n.values["stated"], n.values["counted"]) for n in found] == told
    missing = sum(n.values["stated"] > n.values["counted"] for n in found)
    assert report.open_points().get("missing-records", 0) == missing


def test_a_street_of_which_no_community_is_listed_says_nothing_wrong(tmp_path: Path) -> None:
    report = judged(tmp_path, [["街道", "社区数"], ["桃源街道", 2], ["梅园街道", 6]])
    assert not [n for n in report.notices if n.code == "count-differs"]


def test_one_street_over_communities_that_name_none(tmp_path: Path) -> None:
    bare = [row[1:] for row in COMMUNITIES[:3]]
    report = judged(tmp_path, [["街道名称", "社区数", "社区工作者人数"], ["桃源街道", 3, 20]], bare)
    assert [n.values["stated"] for n in report.notices if n.code == "count-differs"] == [3]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("桃源街道社区情况表（社区数：4个）", True),
        ("社区总数:4", True),
        ("社区个数为4", True),
        ("全街道社区数4个", True),
        ("社区数：2", False),
        ("城市社区数：4", False),
        ("示范社区数4个", False),
        ("达标社区数：4", False),
        ("社区数2023年报", False),
    ],
)
def test_a_count_in_a_title(title: str, told: bool, tmp_path: Path) -> None:
    lines = [title, *(",".join(map(str, row)) for row in COMMUNITIES[:3])]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check(tmp_path / "a.csv", standards=["liaoning-2021"])
    assert ("count-differs" in {n.code for n in report.notices}) == told
