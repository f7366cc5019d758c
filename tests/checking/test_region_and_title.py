"""The region that the user gives holds; a title that names another place is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check

TABLE = "社区名称,社区类型,常住户数,综合服务设施面积（㎡）\n甲社区,城市社区,1000,450\n乙社区,城市社区,900,430\n"


@pytest.mark.parametrize(
    ("title", "region", "told"),
    [
        ("大连市社区设施情况表", "沈阳市", "大连市"),
        ("沈阳市社区设施情况表", "大连市", "沈阳市"),
        ("大连市社区设施情况表", "鞍山市", "大连市"),
        ("鞍山市铁东区社区设施情况表", "鞍山市立山区", "铁东区"),
        ("攀枝花市社区设施情况表", "辽宁省", "攀枝花市"),
        ("大连市社区设施情况表", "大连市", ""),
        ("大连市中山区社区设施情况表", "大连市", ""),
        ("辽宁省社区设施情况表", "大连市", ""),
        ("大连市社区设施情况表", "辽宁省", ""),
        ("沈阳市和平区社区设施情况表", "沈阳市", ""),
        ("社区设施情况表", "大连市", ""),
    ],
)
def test_a_title_of_another_place(title: str, region: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{title}\n{TABLE}", encoding="utf-8")
    notices = [n for n in check(tmp_path / "a.csv", region=region).notices if n.code == "region-and-title"]
    assert [n.values["place"] for n in notices] == ([told] if told else [])


def test_a_title_gives_the_county_beside_a_return_with_a_column_of_counties(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"鞍山市铁东区甲街道社区设施情况表\n{TABLE}", encoding="utf-8")
    rows = TABLE.replace("\n", "\n沈阳市,,").replace("社区名称", "城市,区县,社区名称", 1).removesuffix("沈阳市,,")
    rows = rows.replace("沈阳市,,乙", "沈阳市,和平区,丙")
    (tmp_path / "b.csv").write_text(f"沈阳市沈河区社区设施情况表\n{rows}", encoding="utf-8")
    (records,) = check([tmp_path / "a.csv", tmp_path / "b.csv"]).records
    counties = records.table.regions["county"]
    found = [counties.names[k] if k >= 0 else "" for k in counties.codes.tolist()]
    assert found == ["铁东区", "铁东区", "", "和平区"]  # of b the column speaks, blank or not


COUNTIES = "区县,社区名称,社区类型,综合服务设施面积（㎡）\n东区,甲社区,城市社区,450\n西区,乙社区,城市社区,430\n"
OWN = """standard: own
title: 示例
source: {document: 示例文件}
jurisdiction: {%s}
rules:
  - {id: O-1, title: 面积, clause: 一, applies_to: community, severity: mandatory,
     indicator: facility_area, at_least: 400 m2}
"""
NATIONAL = 'name: 全国, code: "000000"'


@pytest.mark.parametrize(
    ("title", "jurisdiction", "city"),
    [
        ("社区设施情况表", NATIONAL, ""),
        ("城市社区设施情况表", NATIONAL, ""),
        ("四川省城市社区设施情况表", NATIONAL, "攀枝花市"),
        ("四川省社区设施情况表", NATIONAL, "攀枝花市"),
        ("攀枝花市社区设施情况表", NATIONAL, "攀枝花市"),
        ("临江市社区设施情况表", NATIONAL, ""),
        ("沿海省临江市社区设施情况表", NATIONAL, ""),
        ("某市社区设施情况表", NATIONAL, ""),
        ("X市社区设施情况表", NATIONAL, ""),
        ("××市城市社区设施情况表", NATIONAL, ""),
        ("某省Ａ市社区设施情况表", NATIONAL, ""),
        ("攀枝花市某县社区设施情况表", NATIONAL, "攀枝花市"),
        ("四川省某街道社区设施情况表", NATIONAL, "攀枝花市"),
        ("四川省某类市场社区设施情况表", NATIONAL, "攀枝花市"),
        ("某市社区设施情况表", "name: 某市, divisions: [东区, 西区]", ""),
        ("临江市社区设施情况表", "name: 临江市, divisions: [东区, 西区]", ""),
        ("社区设施情况表", "name: 某市, divisions: [东区, 西区]", ""),
        ("社区设施情况表", "name: 某市", ""),
        ("社区设施情况表", "name: 某市, divisions: [南区, 北区]", ""),
        ("四川省社区设施情况表", "name: 某市, divisions: [南区, 北区]", "攀枝花市"),
    ],
)
def test_counties_of_one_name_lie_in_no_other_city_than_the_title_says(
    title: str, jurisdiction: str, city: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"{title}\n{COUNTIES}", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN % jurisdiction, encoding="utf-8")
    (records,) = check(tmp_path / "a.csv", standards=[str(tmp_path / "own.yaml")]).records
    regions = records.table.regions
    assert ("city" in regions and regions["city"].names == [city]) == bool(city)
    assert regions["county"].names == ["东区", "西区"]


def test_a_title_of_an_unlisted_city_speaks_against_one_county_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("临江市社区设施情况表\n" + COUNTIES.replace("西区", "东区"), encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN % NATIONAL, encoding="utf-8")
    (records,) = check(tmp_path / "a.csv", standards=[str(tmp_path / "own.yaml")]).records
    assert set(records.table.regions) == {"county"}
