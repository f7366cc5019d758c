"""A column that may be what the rules need is asked about, where nothing else gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.report import Report

HEAD = "县区,社区名称,总户数"
ROWS = (("和平区", "甲社区", "1000"), ("和平区", "乙社区", "900"))


def judged(tmp_path: Path, columns: dict[str, tuple[str, str]], mapping: str = "") -> Report:
    lines = [",".join([HEAD, *columns])]
    lines += [",".join([*row, *(cells[i] for cells in columns.values())]) for i, row in enumerate(ROWS)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    options = {}
    if mapping:
        (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
        options["mapping"] = tmp_path / "m.yaml"
    return check(tmp_path / "a.csv", standards=["liaoning-2021"], select=["LN-01"], **options)


def asked(report: Report) -> list[str]:
    return [n.values["key"] for n in report.notices if n.code == "column-to-confirm"]


@pytest.mark.parametrize(
    "header",
    ["建筑面积", "房屋面积", "建筑面积（平方米）", "房产面积", "社区房屋建筑面积", "面积合计", "现有用房总面积"],
)
def test_the_area_of_rooms_of_nobody_knows_what(header: str, tmp_path: Path) -> None:
    report = judged(tmp_path, {"社区类型": ("城市社区", "城市社区"), header: ("450", "500")})
    assert asked(report) == ["facility_area"]
    assert report.exit_code == 3


@pytest.mark.parametrize("header", ["占地面积", "辖区面积", "使用面积", "室外活动场地面积"])
def test_the_area_of_something_else(header: str, tmp_path: Path) -> None:
    report = judged(tmp_path, {"社区类型": ("城市社区", "城市社区"), header: ("450", "500")})
    assert asked(report) == []


def test_a_name_of_the_field_needs_no_question(tmp_path: Path) -> None:
    columns = {"社区类型": ("城市社区", "城市社区"), "综合服务设施面积": ("450", "500"), "建筑面积": ("900", "1000")}
    report = judged(tmp_path, columns)
    assert (asked(report), report.exit_code) == ([], 0)


@pytest.mark.parametrize("header", ["城乡划分代码", "城乡分类代码"])
def test_codes_that_may_tell_the_kind(header: str, tmp_path: Path) -> None:
    columns = {header: ("111", "220"), "综合服务设施面积": ("450", "300")}
    report = judged(tmp_path, columns)
    assert asked(report) == ["community_type"]
    answered = judged(tmp_path, columns, "tables: [{file: a.csv, columns: {D: community_type}}]\n")
    outcomes = {v.subject.name: v.outcome.word for v in answered.verdicts(all_outcomes=True)}
    assert outcomes == {"甲社区": "pass", "乙社区": "not_applicable"}


def test_codes_beside_a_column_of_kinds(tmp_path: Path) -> None:
    columns = {"城乡划分代码": ("111", "220"), "社区类型": ("城市", "农村"), "综合服务设施面积": ("450", "300")}
    assert asked(judged(tmp_path, columns)) == []
