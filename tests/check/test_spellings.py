"""A name written in two widths is one subject and one region wherever names are compared; it is shown as written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from check.workbook import Rows, book
from communitycheck.check import check
from communitycheck.model.report import Report

HEADER = ["市", "区县", "街道", "社区名称", "社区类型", "户数", "综合服务设施面积"]
PAIRS = [
    ("东方(北)社区", "东方（北）社区"),
    ("万科1期社区", "万科１期社区"),
    ("A区社区", "Ａ区社区"),
    ("金地[二]社区", "金地【二】社区"),
]


def judged(path: Path) -> Report:
    return check(path, as_of=date(2023, 12, 31))


def communities(report: Report) -> list[str]:
    (records,) = [r for r in report.records if r.table.entity == "community"]
    return [records.table.name_at(i) for i in range(len(records.table))]


def row(street: str, name: str) -> list[object]:
    return ["沈阳市", "和平区", street, name, "城市", 1000, 450]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_sheets_are_joined(one: str, other: str, tmp_path: Path) -> None:
    people: Rows = [HEADER[:-1], row("南湖街道", one)[:-1], row("南湖街道", "丁社区")[:-1]]
    areas: Rows = [["社区名称", "综合服务设施面积"], [other, 450], ["丁社区", 460]]
    report = judged(book(tmp_path / "return.xlsx", 人口=people, 设施=areas))
    assert communities(report) == [one, "丁社区"]
    assert [n.values["count"] for n in report.notices if n.code == "sheets-joined"] == [2]
    assert not any(v.outcome.word == "no_data" for r in report.results for v in r.verdicts() if r.rule.id == "LN-03")


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_duplicates_in_a_sheet_are_said(one: str, other: str, tmp_path: Path) -> None:
    rows = [row("南湖街道", name) for name in (one, "丁社区", other)]
    report = judged(book(tmp_path / "return.xlsx", 社区=[HEADER, *rows]))
    assert communities(report) == [one, "丁社区", other]
    (said,) = [n for n in report.notices if n.code == "duplicate-subject"]
    assert (said.text, said.values["row"], said.values["first_row"]) == (other, 4, 2)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_duplicates_in_two_files_are_said(one: str, other: str, tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", 社区=[HEADER, row("南湖街道", one)])
    book(tmp_path / "b.xlsx", 社区=[HEADER, [*row("南湖街道", other)[:-1], 451]])
    assert [n.text for n in judged(tmp_path).notices if n.code == "subject-in-two-files"] == [other]


def test_a_region_is_one_in_all_tables(tmp_path: Path) -> None:
    rows = [row("南湖（北）街道", "甲社区"), row("南湖(北) 街道", "乙社区")]
    path = book(tmp_path / "return.xlsx", 社区=[HEADER, *rows])
    (records,) = [r for r in judged(path).records if r.table.entity == "community"]
    assert records.table.regions["street"].names == ["南湖（北）街道"]
    assert records.table.columns["street"].text.to_pylist() == ["南湖（北）街道", "南湖(北) 街道"]


def test_a_city_written_with_spaces_is_placed(tmp_path: Path) -> None:
    table: Rows = [HEADER, ["沈 阳 市", "和平区", "南湖街道", "甲社区", "城市", 1000, 450]]
    assert {r.rule.standard for r in judged(book(tmp_path / "return.xlsx", 社区=table)).results} == {"shenyang-2023"}
