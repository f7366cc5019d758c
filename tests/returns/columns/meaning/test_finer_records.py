"""Rows that tell of something finer than the subject which they name are not judged as if they were the subject."""

from __future__ import annotations

import pytest

from communitycheck.model.returns import Return
from communitycheck.model.sheet import RowClass
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
COMMUNITIES = ("东苑社区", "西苑社区", "南湖社区", "北陵社区")


def read(header: list[str], rows: list[list[str]]) -> Return:
    return build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", "s", [header, *rows])]), DICTIONARY)


@pytest.mark.parametrize("header", ["网格名称", "楼栋", "居民小组", "点位", "场地", "姓名"])
@pytest.mark.parametrize("leading", [True, False])
def test_parts_of_communities_are_asked_about(header: str, leading: bool) -> None:
    names = ["社区名称", header] if leading else [header, "社区名称"]
    rows = []
    for community in COMMUNITIES:
        for part in "甲乙丙":
            pair = [community, f"{part}{header[0]}"]
            rows.append([*(pair if leading else pair[::-1]), "300", "500"])
    one = read([*names, "户数", "服务设施面积(平方米)"], rows)
    assert not any(len(table) for table in one.tables)
    assert one.sheets[0].row_counts[RowClass.UNREAD] == len(rows)
    assert [n.text for n in one.notices if n.code == "records-finer"] == [header]


def test_what_lies_in_communities() -> None:
    rows = [[f"{name}站", place, "90"] for name, place in zip("甲乙丙丁戊", (*COMMUNITIES, "东苑社区"), strict=True)]
    one = read(["机构名称", "所在社区", "户数"], rows)
    assert [n.text for n in one.notices if n.code == "records-finer"] == ["机构名称"]


def test_parts_of_villages_in_words_of_their_own() -> None:
    rows = [["东镇", village, f"{village[0]}{part}", "90"] for village in ("东村", "西村", "南村") for part in "头尾"]
    one = read(["乡镇", "行政村", "自然村", "户数"], rows)
    assert one.sheets[0].row_counts[RowClass.UNREAD] == len(rows)


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        # several periods
        (["社区名称", "年度", "户数"], [[c, y, "900"] for c in COMMUNITIES for y in ("2021", "2022", "2023")]),
        # two records of one community among many others
        (["社区名称", "地址", "户数"], [[c, f"长青路{i}号", "900"] for i, c in enumerate((*COMMUNITIES, "东苑社区"))]),
        # namesakes in several streets
        (
            ["街道", "社区名称", "书记", "户数"],
            [[s, c, f"王{i}{s[0]}", "900"] for s in ("东街道", "西街道", "南街道") for i, c in enumerate(COMMUNITIES)],
        ),
        # written twice, word for word
        (["社区名称", "地址", "户数"], [[c, f"{c}内", "900"] for c in COMMUNITIES * 2]),
    ],
)
def test_records_of_communities_are_read(header: list[str], rows: list[list[str]]) -> None:
    (table,) = read(header, rows).tables
    assert (table.entity, len(table)) == ("community", len(rows))


def test_estates_of_communities_are_estates() -> None:
    rows = [[c, f"{c[:2]}{kind}", "900"] for c in COMMUNITIES for kind in ("花园", "公寓")]
    (table,) = read(["所属社区", "小区名", "户数"], rows).tables
    assert table.entity == "estate"
