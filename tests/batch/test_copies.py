"""One return in two formats, or saved again, is one return."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.model.report import Report

DAY = date(2023, 12, 31)
HEADER = ["社区名称", "社区类型", "户数", "综合服务设施面积"]
ROWS: list[list[Any]] = [
    ["甲社区", "城市社区", 1000, 420],
    ["乙社区", "城市社区", 900, 390.5],
    ["丙社区", "农村社区", 800, None],
]


def workbook(path: Path, rows: list[list[Any]], title: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*([[title]] if title else []), HEADER, *rows]:
        sheet.append(row)
    book.properties.title = path.stem  # so that no two have the same bytes
    book.save(path)
    return path


def text(path: Path, rows: list[list[Any]]) -> Path:
    lines = [",".join("" if x is None else str(x) for x in row) for row in [HEADER, *rows]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def judged(folder: Path) -> Report:
    return check(folder, ["liaoning-2021"], as_of=DAY)


def told(report: Report) -> list[tuple[str, str, str]]:
    codes = ("same-file-twice", "same-tables-twice")
    found = [(n.code, Path(n.at.path).name, Path(n.values["first"]).name) for n in report.notices if n.code in codes]
    return sorted(found)


def test_in_two_formats_and_saved_again(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "甲镇.xlsx", ROWS)
    (tmp_path / "甲镇 - 副本.xlsx").write_bytes(whole.read_bytes())
    workbook(tmp_path / "甲镇(1).xlsx", ROWS)
    text(tmp_path / "甲镇汇总.csv", ROWS)
    report = judged(tmp_path)
    assert [Path(one.path).name for one in report.returns] == ["甲镇.xlsx"]
    assert sum(len(r) for r in report.results if r.rule.id == "LN-01") == 3
    assert told(report) == [
        ("same-file-twice", "甲镇 - 副本.xlsx", "甲镇.xlsx"),
        ("same-tables-twice", "甲镇(1).xlsx", "甲镇.xlsx"),
        ("same-tables-twice", "甲镇汇总.csv", "甲镇.xlsx"),
    ]


@pytest.mark.parametrize("change", [(0, 2, 1001), (1, 0, "丁社区"), (2, 3, 400), (0, 1, "农村社区")])
def test_one_cell_apart_they_are_two(change: tuple[int, int, Any], tmp_path: Path) -> None:
    r, c, value = change
    other = [list(row) for row in ROWS]
    other[r][c] = value
    workbook(tmp_path / "甲镇.xlsx", ROWS)
    text(tmp_path / "乙镇.csv", other)
    report = judged(tmp_path)
    assert len(report.returns) == 2 and told(report) == []


def test_titles_that_name_other_places_keep_them_apart(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", ROWS, "铁东区社区情况表")
    workbook(tmp_path / "b.xlsx", ROWS, "立山区社区情况表")
    assert len(judged(tmp_path).returns) == 2


def test_answers_alone_may_be_alike_in_two_places(tmp_path: Path) -> None:
    for name in ("甲镇", "乙镇"):
        body = f"社区名称,社区类型,儿童之家\n幸福社区,城市社区,有{' ' * (name == '乙镇')}\n"
        (tmp_path / f"{name}.csv").write_text(body, encoding="utf-8")
    assert len(check(tmp_path, ["panzhihua-2018"], as_of=DAY).returns) == 2
