"""What a column is, by what stands in it as much as by its header; what the records are, by what is certain."""

from __future__ import annotations

from typing import Any

import pytest

from communitycheck.model.returns import Return
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")


def read(text: str, sheet: str = "Sheet1") -> Return:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in text.split("\n")]
    return build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", sheet, rows)]), DICTIONARY)


# Name -> (sheet, text, kind of subject or None, header -> field or None).
COLUMNS: dict[str, tuple[str, str, str | None, dict[str, str | None]]] = {
    "kinds of parks": (
        "Sheet1", "Name|Type|Area (m2)|Households\nElm Park|Park|1200|0\nSouth Library|Library|900|0",
        None, {"Type": None},
    ),
    "kinds of flats": (
        "Sheet1", "Place|Category|Type|Current\nBoston|city|Studio|---\n02101|zip|Studio|---\n02102|zip|Loft|1200",
        None, {"Type": None},
    ),
    "grades of libraries in communities": (
        "Sheet1", "社区图书馆一览表\n名称|类别|户数\n东图书馆|一级|300\n西图书馆|二级|400", None, {"类别": None},
    ),
    "kinds of schools, on a sheet about communities": (
        "社区学校", "名称|类型|户数\n和平小学|小学|300\n育才中学|中学|400", None, {"类型": None},
    ),
    "grades of hospitals with hours": (
        "Sheet1", "名称|类型|开放时间\n一医院|综合|8:00-17:00\n二医院|专科|8:00-17:00", None, {"类型": None},
    ),
    "kinds of communities in English": (
        "Sheet1", "Community name|Type|Households\nElm|urban|1200\nAsh|rural|300",
        "community", {"Type": "community_type"},
    ),
    "kinds of communities below a short header": (
        "Sheet1", "社区名称|类别|户数\n福安社区|城市社区|1200\n寿安社区|农村社区|300",
        "community", {"类别": "community_type"},
    ),
    "grades of communities are no types": (
        "Sheet1", "社区名称|类别|户数\n福安社区|一类|1200\n寿安社区|二类|300", "community", {"类别": None},
    ),
    "a header that says whose type keeps its column": (
        "Sheet1", "社区名称|社区类型|户数\n福安社区|一类|1200\n寿安社区|二类|300",
        "community", {"社区类型": "community_type"},
    ),
    "most of the types are known": (
        "Sheet1", "社区名称|类别|户数\n福安社区|城市|1200\n寿安社区|农村|300\n永安社区|城市|400\n长安社区|待定|90",
        "community", {"类别": "community_type"},
    ),
    "types of streets": (
        "Sheet1", "街道名称|类型|户数\n乐安街道|街道|1200\n清河镇|镇|300", "street", {"类型": "street_type"},
    ),
    "names without an ending, and nothing that tells": (
        "Sheet1", "名称|户数|人口\n福安|1200|3000\n寿安|300|900", None, {"名称": "subject_name"},
    ),
    "names without an ending below a title": (
        "Sheet1", "各社区基本情况表\n名称|户数|人口\n福安|1200|3000\n寿安|300|900", "community", {"名称": "community"},
    ),
    "names without an ending beside types of communities": (
        "Sheet1", "名称|类别|户数\n福安里|城市|1200\n寿安里|农村|300", "community", {"名称": "community"},
    ),
    "names without an ending beside a field of communities": (
        "Sheet1", "名称|户数|社区综合服务设施面积\n福安|1200|500\n寿安|300|400", "community", {"名称": "community"},
    ),
    "names with an ending": (
        "Sheet1", "名称|户数|人口\n福安社区|1200|3000\n寿安社区|300|900", "community", {"名称": "community"},
    ),
    "names headed as indicators": (
        "Sheet1", "指标|户数|人口\n福安社区|1200|3000\n寿安社区|300|900", "community", {"指标": "community"},
    ),
    "names headed by nothing": (
        "Sheet1", "|户数|人口\n福安社区|1200|3000\n寿安社区|300|900", "community", {"": "community"},
    ),
    "a corner that says what stands down and across": (
        "Sheet1", "社区\\指标|户数|人口\n福安社区|1200|3000\n寿安社区|300|900",
        "community", {"社区\\指标": "community"},
    ),
    "a corner the other way round": (
        "Sheet1", "指标/街道|户数|人口\n乐安街道|1200|3000\n清河街道|300|900", "street", {"指标/街道": "street"},
    ),
    "streets below a header of communities": (
        "Sheet1", "社区名称|户数|人口\n乐安街道|1200|3000\n清河镇|300|900", None, {"社区名称": None},
    ),
    "the figures of this year beside those of the last": (
        "Sheet1", "社区名称|户数/本期|户数/上年同期\n福安社区|1200|1100\n寿安社区|300|310",
        "community", {"户数/本期": "households", "户数/上年同期": None},
    ),
    "an area of a level above": (
        "Sheet1", "社区名称|户数|综合服务设施面积（街道）\n福安社区|1200|1100\n寿安社区|300|310",
        "community", {"综合服务设施面积（街道）": None},
    ),
    "one unit in the column beside the figures": (
        "Sheet1", "社区名称|综合服务设施面积|单位\n福安社区|0.9|亩\n寿安社区|0.8|亩",
        "community", {"综合服务设施面积": "facility_area"},
    ),
    "several units in the column beside the figures": (
        "Sheet1", "社区名称|户数|综合服务设施面积|单位\n福安社区|1200|0.9|亩\n寿安社区|1300|500|平方米",
        "community", {"综合服务设施面积": None},
    ),
    "a group and its heading in one cell": (
        "Sheet1", "社区名称|基本情况-户数|基本情况—常住人口\n福安社区|1200|3000\n寿安社区|300|900",
        "community", {"基本情况-户数": "households", "基本情况—常住人口": "population"},
    ),
    "a region beside the names of estates": (
        "Sheet1", "序号|区域|小区名称|户数\n1|长宁区|金色家园|1200\n2|杨浦区|红色家园|300",
        "estate", {"小区名称": "estate", "区域": "subject_name"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COLUMNS)
def test_by_values(case: str) -> None:
    sheet, text, entity, fields = COLUMNS[case]
    got = read(text, sheet)
    found: dict[str, Any] = {}
    for column in got.sheets[0].columns:
        found.setdefault(column.header, column.field)
    assert {header: found[header] for header in fields} == fields
    assert [table.entity for table in got.tables] == ([entity] if entity else [])


# Name -> (text, merged ranges from 0, fields -> what is read).
MERGED: dict[str, tuple[str, list[tuple[int, int, int, int]], dict[str, list[str]]]] = {
    "其中 merged down over the parts": (
        "街道||社区数|户数\n合计|||\n其中|甲街道|5|9000\n|乙街道|6|9800\n|丙街道|4|7000",
        [(0, 0, 0, 1), (1, 0, 1, 1), (2, 0, 4, 0)], {"street": ["甲街道", "乙街道", "丙街道"]},
    ),
    "其中 written once": (
        "街道||社区数|户数\n其中|甲街道|5|9000\n|乙街道|6|9800", [(0, 0, 0, 1)], {"street": ["甲街道", "乙街道"]},
    ),
    "cities left of their counties": (
        "地区||社区数|户数\n沈阳市|和平区|5|9000\n|沈河区|6|9800\n大连市|中山区|4|7000\n|西岗区|4|7500",
        [(0, 0, 0, 1), (1, 0, 2, 0), (3, 0, 4, 0)],
        {"city": ["沈阳市", "沈阳市", "大连市", "大连市"], "county": ["和平区", "沈河区", "中山区", "西岗区"]},
    ),
    "streets left of their communities": (
        "社区||户数|人口\n乐安街道|福安社区|500|900\n|寿安社区|600|980\n清河街道|永安社区|400|700",
        [(0, 0, 0, 1), (1, 0, 2, 0)],
        {"street": ["乐安街道", "乐安街道", "清河街道"], "community": ["福安社区", "寿安社区", "永安社区"]},
    ),
    "ditto marks": (
        "街道|社区名称|户数|人口\n乐安街道|福安社区|500|900\n〃|寿安社区|600|980\n同上|永安社区|400|700",
        [], {"street": ["乐安街道"] * 3},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGED)
def test_two_columns_of_names(case: str) -> None:
    text, merged, wanted = MERGED[case]
    rows = [[cell.strip() or None for cell in line.split("|")] for line in text.split("\n")]
    grid = grid_of_rows("a.xlsx", "Sheet1", rows)
    grid.merged = merged
    (table,) = build(Opened("a.xlsx", "", "xlsx", grids=[grid]), DICTIONARY).tables
    found = {key: table.columns[key].text for key in wanted}
    assert {key: text.to_pylist() for key, text in found.items() if text is not None} == wanted
