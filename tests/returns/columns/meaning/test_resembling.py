"""Columns that may be a field that no name of theirs is: asked where rules need the field, and never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.report import Gate, Report


def checked(text: str, folder: Path) -> Report:
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    return check([file], standards=["liaoning-2021"])


def asked(report: Report) -> dict[str, tuple[str, str]]:
    notices = [notice for notice in report.notices if notice.code == "column-to-confirm"]
    assert report.notices[: len(notices)] == notices  # before all others
    return {notice.text: (notice.values["key"], notice.at.cell or "") for notice in notices}


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("设施建筑面积", ("500", "300"), "facility_area"),
        ("设施面积", ("500", "300"), "facility_area"),
        ("综合设施面积（平方米）", ("500", "300"), "facility_area"),
        ("Area (m2)", ("500", "300"), "facility_area"),
        ("城乡类别", ("城市", "农村"), "community_type"),
        ("社区分类", ("城市社区", "农村社区"), "community_type"),
        ("属性", ("城市", "农村"), "community_type"),
        ("Category", ("urban", "rural"), "community_type"),
        # another unit, words where figures belong, figures that are no kinds, look-alikes that the dictionary names
        ("设施面积（人次）", ("500", "300"), None),
        ("设施建筑面积", ("达标", "不达标"), None),
        ("城乡类别", ("12", "13"), None),
        ("属性", ("公园", "学校"), None),
        ("占地面积", ("500", "300"), None),
        ("B12", ("500", "300"), None),
    ],
)
def test_asked(header: str, cells: tuple[str, str], field: str | None, tmp_path: Path) -> None:
    report = checked(
        f"县区,社区名称,户数,{header}\n和平区,福安社区,1200,{cells[0]}\n和平区,寿安社区,1300,{cells[1]}\n", tmp_path
    )
    assert asked(report) == ({header: (field, "D1")} if field else {})


def test_what_most_rules_wait_for_comes_first(tmp_path: Path) -> None:
    report = checked("县区,社区名称,城乡类别,设施面积\n和平区,福安社区,城市,500\n和平区,寿安社区,农村,300\n", tmp_path)
    assert list(asked(report)) == ["设施面积", "城乡类别"]
    assert [notice.values["rules"] for notice in report.notices[:2]] == [3, 2]


def test_nothing_is_asked_where_the_field_has_a_column(tmp_path: Path) -> None:
    report = checked("县区,社区名称,综合服务设施面积,设施面积\n和平区,福安社区,400,500\n", tmp_path)
    assert asked(report) == {}


def test_what_is_asked_is_not_taken(tmp_path: Path) -> None:
    report = checked("县区,社区名称,户数,设施面积\n和平区,福安社区,1200,500\n", tmp_path)
    assert all(not len(result) for result in report.results if result.rule.id == "LN-03")


@pytest.mark.parametrize(
    "header", ["户数（人）", "户数（平方米）", "常住户数（亩）", "常住户数（新增）", "户数（人次）"]
)
def test_a_gate_that_waits_for_a_column_that_is_there_is_not_passed(header: str, tmp_path: Path) -> None:
    report = checked(
        f"县区,社区名称,社区类型,综合服务设施面积,{header}\n"
        "和平区,福安社区,城市,900,1200\n和平区,寿安社区,城市,950,1300\n",
        tmp_path,
    )
    assert asked(report) == {header: ("households", "E1")}
    assert report.exit_code == 3
    assert report.open_points() == {"in-question": 1}
    assert report.fields_in_question() == {"households"}


@pytest.mark.parametrize(("header", "cell"), [("", ""), (",联系人", ",张三"), (",备注", ",无")])
def test_a_gate_whose_column_is_not_there_is_not_checked(header: str, cell: str, tmp_path: Path) -> None:
    fields = f"县区,社区名称,社区类型,综合服务设施面积{header}"
    report = checked(f"{fields}\n和平区,福安社区,城市,900{cell}\n和平区,寿安社区,城市,950{cell}\n", tmp_path)
    assert asked(report) == {}
    assert (report.exit_code, report.open_points()) == (0, {})


def test_a_rule_that_does_not_gate_may_wait(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    text = "县区,社区名称,社区类型,综合服务设施面积,户数（人）\n和平区,福安社区,城市,900,1200\n"
    file.write_text(text, encoding="utf-8")
    report = check([file], standards=["liaoning-2021"], gate=Gate("never"))
    assert (report.exit_code, report.open_points()) == (0, {})
