"""Rows that name another place than the title over them are placed by what they say, and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check

HEAD = "社区名称,社区类型,常住户数,综合服务设施面积（㎡）"


def told(tmp_path: Path, title: str, column: str, *places: str) -> tuple[list[tuple[str, str, int]], dict[str, str]]:
    rows = [f"{place},{name}社区,城市社区,1000,500" for place, name in zip(places, "甲乙丙丁", strict=False)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([title, f"{column},{HEAD}", *rows]), encoding="utf-8")
    report = check(path, select=["LN-01"])
    notices = [n for n in report.notices if n.code == "row-and-title"]
    verdicts = {v.subject.name: v.outcome.word for v in report.verdicts(all_outcomes=True)}
    return [(n.values["place"], n.text or "", n.values["count"]) for n in notices], verdicts


@pytest.mark.parametrize("column", ["市", "所在地", "地区", "所属区域", "行政区划", "单位"])
def test_a_city_under_the_title_of_another(column: str, tmp_path: Path) -> None:
    found, verdicts = told(tmp_path, "沈阳市社区情况表", column, "沈阳市", "大连市", "大连市")
    assert found == [("沈阳市", "大连市", 2)]
    assert verdicts == {"甲社区": "fail", "乙社区": "pass", "丙社区": "pass"}


@pytest.mark.parametrize(
    ("title", "column", "place", "outcome"),
    [
        ("鞍山市社区情况表", "市", "沈阳市", "fail"),
        ("鞍山市社区情况表", "市", "抚顺市", "pass"),
        ("沈阳市和平区社区情况表", "县区", "皇姑区", "fail"),
        ("鞍山市铁东区社区情况表", "县区", "立山区", "pass"),
        ("沈阳市社区情况表", "县区", "沙河口区", "no_data"),
    ],
)
def test_another_place_is_told(title: str, column: str, place: str, outcome: str, tmp_path: Path) -> None:
    found, verdicts = told(tmp_path, title, column, place)
    assert [(text, count) for _, text, count in found] == [(place, 1)]
    assert verdicts == {"甲社区": outcome}


@pytest.mark.parametrize(
    ("title", "column", "place"),
    [
        ("沈阳市社区情况表", "市", "沈阳"),
        ("沈阳市社区情况表", "县区", "和平区"),
        ("沈阳市和平区社区情况表", "县区", "和平区"),
        ("辽宁省社区情况表", "市", "大连市"),
        ("铁岭市昌图县社区情况表", "市", "铁岭市"),
        ("铁岭市社区情况表", "县区", "昌图县"),
        ("鞍山市、大连市社区情况表", "市", "大连市"),
        ("社区情况表", "市", "沈阳市"),
    ],
)
def test_a_place_within_the_titles_is_not_told(title: str, column: str, place: str, tmp_path: Path) -> None:
    assert told(tmp_path, title, column, place)[0] == []
