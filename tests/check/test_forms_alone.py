"""Workbooks that hold forms and no table are refused as what they are; beside a table a form is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from check.workbook import Rows, book
from communitycheck.check import check

FORMS: dict[str, Rows] = {
    "labels in two columns": [
        ["社区登记表"],
        ["社区名称", "柏林社区"],
        ["社区类型", "城市", "户数", 900],
        ["综合服务设施面积（平方米）", 410, "书记", "某某"],
    ],
    "all in one row": [["社区名称", "柏林社区", "社区类型", "城市", "户数", 900, "综合服务设施面积", 410]],
    "a row for each": [
        ["社区名称", "柏林社区", "户数", 900, "综合服务设施面积", 410],
        ["社区名称", "松江社区", "户数", 800, "综合服务设施面积", 310],
    ],
    "label and answer in one cell": [
        ["社区名称：柏林社区", None, "社区类型：城市"],
        ["户数：900", None, "综合服务设施面积：410"],
    ],
    "three pairs": [
        ["社区名称", "柏林社区", "街道", "河畔街道", "填表人", "某某"],
        ["户数", 900, "常住人口", 2100, "党员数", 60],
        ["综合服务设施面积", 410, "服务窗口数", 2, "法律顾问", "有"],
    ],
}
TABLE: Rows = [["社区名称", "社区类型", "户数", "综合服务设施面积"], ["松江社区", "城市", 1000, 450]]


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_form_alone_is_refused_as_one(rows: Rows, tmp_path: Path) -> None:
    report = check(book(tmp_path / "a.xlsx", 柏林=rows), standards=["liaoning-2021"])
    assert report.exit_code == 2
    assert [error.code for error in report.unread] == ["form-with-data"]


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_form_beside_a_table_is_unread(rows: Rows, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 汇总=TABLE, 柏林=rows)
    report = check(path, standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 3
    form = report.returns[0].sheets[1]
    assert form.not_read == "form-with-data" and form.unread_rows
    assert [notice.code for notice in report.notices if notice.at.sheet == "柏林"] == ["form-with-data"]


def test_a_cover_is_no_form(tmp_path: Path) -> None:
    cover: Rows = [["河畔街道社区统计资料"], ["填报单位：河畔街道"], ["2023年12月"]]
    report = check(book(tmp_path / "a.xlsx", 封面=cover, 汇总=TABLE), standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 0 and report.returns[0].sheets[0].not_read == "no-table"


def test_a_list_is_no_form_for_one_word_beside_its_figures(tmp_path: Path) -> None:
    kinds: Rows = [["Name", "Kind", "Area (m2)"], ["Elm Hall", "Garden", 800], ["Oak Hall", "Garden", 700],
                   ["Ash Hall", "Theatre", 950], ["Fir Hall", "Library", 600]]  # fmt: skip
    report = check(book(tmp_path / "a.xlsx", halls=kinds), standards=["liaoning-2021"])
    assert [error.code for error in report.unread] == ["no-known-columns-at-all"]
    assert report.exit_code == 2
