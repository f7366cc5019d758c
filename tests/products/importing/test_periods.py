"""Returns whose indicators run down and whose periods (or communities) run across."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communitycheck.check import check
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.products.importing.front import import_formulas
from communitycheck.returns.columns.mapping.mapping_file import mapping_text

FORMULAS = ["A1=A2+A3", "A2>=A4", "B1=B2+B3", "A1+B1=C1"]
MONTHS = ["指标代码", "指标名称", "单位", "2020年01月", "2020年02月", "变化原因"]


@pytest.fixture
def standard(workbook: Any, tmp_path: Path) -> Path:
    book = workbook("book.xlsx", {"s": [["序号", "公式"], *([i, f] for i, f in enumerate(FORMULAS, 1))]})
    path = tmp_path / "s.yaml"
    path.write_text(import_formulas(book, standard="s").text, encoding="utf-8")
    return path


def verdicts(report: Report) -> dict[tuple[str, str], str]:
    return {(v.rule.id, v.subject.name): v.outcome.word for v in report.verdicts(all_outcomes=True)}


def test_each_period_is_a_subject(workbook: Any, standard: Path) -> None:
    rows = [
        ["某单位月报"],
        MONTHS,
        [None, "一、总体"],
        ["A1", None, "个", 0.3, "10", "新增"],
        ["A2", None, "个", 0.1, "6", None],
        [],
        ["A3", None, "个", 0.2, "5", None],
        ["A4", None, "个", 0, None, None],
    ]
    report = check(workbook("r.xlsx", {"月报": rows}), standards=[standard])
    assert verdicts(report) == {
        ("s-1", "月报 2020年01月"): "pass",  # 0.1 + 0.2 is 0.3
        ("s-1", "月报 2020年02月"): "fail",
        ("s-2", "月报 2020年01月"): "pass",
        ("s-2", "月报 2020年02月"): "no_data",
    }
    assert [r.rule.id for r in report.results if not r.checked] == ["s-3", "s-4"]
    assert (report.as_of.isoformat(), report.as_of_from) == ("2020-02-29", "return")
    found = {(v.rule.id, v.outcome.word): v for v in report.verdicts()}
    fail = found["s-1", "fail"]
    assert fail.cells == ("E4", "E5", "E7")
    assert fail.shortfall == 1.0
    assert fail.at == Address(report.returns[0].path, "月报", cell="E")
    assert [(key, cell) for key, _, cell in found["s-2", "no_data"].troubled] == [("A4", "E8")]
    (sheet,) = report.returns[0].sheets
    assert (sheet.transposed, sheet.entity, sheet.records) == (True, "period", 2)
    assert (sheet.header_rows, sheet.group_rows, sheet.first_row, sheet.last_row) == ([2], [3], 3, 8)
    assert {c.field: c.column for c in sheet.columns if c.field} == {
        "period": "2", "A1": "4", "A2": "5", "A3": "7", "A4": "8",
    }  # fmt: skip


def test_unreadable_cells_are_named(workbook: Any, standard: Path) -> None:
    rows = [MONTHS, ["A1", None, None, 3, "坏了"], ["A2", None, None, 1, 2], ["A3", None, None, 2, "另报"]]
    report = check(workbook("r.xlsx", {"月报": rows}), standards=[standard])
    assert ("s-1", "月报 2020年02月") in verdicts(report)
    assert verdicts(report)["s-1", "月报 2020年02月"] == "no_data"
    assert {n.at.cell: n.at.row for n in report.notices if n.level == "warning"} == {"E2": 2, "E4": 4}


def test_matched_by_name(workbook: Any, standard: Path) -> None:
    text = standard.read_text(encoding="utf-8").replace('aliases: ["A1"]', 'aliases: ["A1", "总数"]')
    standard.write_text(text, encoding="utf-8")
    rows = [["指标", "201801", "201802"], ["总数", 3, 4], ["A2", 1, 1], ["A3", 2, 2]]
    report = check(workbook("r.xlsx", {"月报": rows}), standards=[standard])
    assert verdicts(report)["s-1", "月报 201801"] == "pass"
    assert verdicts(report)["s-1", "月报 201802"] == "fail"


def test_a_repeated_code(workbook: Any, standard: Path) -> None:
    same = [
        MONTHS,
        ["A1", None, None, 3, 3],
        ["A1", None, None, 3, 3],
        ["A2", None, None, 1, 1],
        ["A3", None, None, 2, 2],
    ]
    report = check(workbook("r.xlsx", {"月报": same}), standards=[standard])
    assert verdicts(report)["s-1", "月报 2020年01月"] == "pass"
    assert [(n.code, n.at.cell) for n in report.notices] == [("column-passed-over-turned", "A3")]
    differs = [MONTHS, ["A1", None, None, 3, 3], ["A1", None, None, 4, 3], *same[3:]]
    path = workbook("d.xlsx", {"月报": differs})
    report = check(path, standards=[standard])
    (question,) = report.unread
    assert question.code == "two-columns-one-field-turned"
    assert (question.values["first"], question.values["second"]) == ("2", "3")
    mapping = path.with_suffix(".yaml")
    mapping.write_text("tables: [{sheet: 月报, columns: {3: null}}]", encoding="utf-8")
    assert verdicts(check(path, standards=[standard], mapping=mapping))["s-1", "月报 2020年01月"] == "pass"


def test_a_saved_mapping_reads_the_same(workbook: Any, standard: Path, tmp_path: Path) -> None:
    rows = [["月报"], MONTHS, ["A1", None, None, 3, 4], ["A2", None, None, 1, 1], ["A3", None, None, 2, 2]]
    path = workbook("r.xlsx", {"月报": rows})
    report = check(path, standards=[standard])
    mapping = tmp_path / "m.yaml"
    mapping.write_text(mapping_text(report.returns), encoding="utf-8")
    assert verdicts(check(path, standards=[standard], mapping=mapping)) == verdicts(report)


def test_figures_of_another_table_of_the_period(workbook: Any, standard: Path) -> None:
    first = [MONTHS, ["A1", None, None, 1, 1], ["B1", None, None, 2, 2]]
    second = [["代码", "202001", "202003"], ["C1", 3, 9], ["A4", 0, 0]]
    report = check(workbook("r.xlsx", {"甲": first, "乙": second}), standards=[standard])
    found = {k: v for k, v in verdicts(report).items() if k[0] == "s-4"}
    assert found == {
        ("s-4", "甲 2020年01月"): "pass",
        ("s-4", "甲 2020年02月"): "no_data",
        ("s-4", "乙 202001"): "not_applicable",
        ("s-4", "乙 202003"): "no_data",
    }
    passed = next(v for v in report.verdicts(all_outcomes=True) if v.outcome.word == "pass" and v.rule.id == "s-4")
    assert passed.cells == ("D2", "D3", "乙!B2")


def test_two_places_lend_each_other_nothing(workbook: Any, standard: Path) -> None:
    east = [MONTHS, ["A1", None, None, 3, 3], ["A2", None, None, 1, 1], ["A3", None, None, 2, 2]]
    west = [MONTHS, ["A1", None, None, 3, 3], ["A2", None, None, 1, 1]]
    found = verdicts(check(workbook("r.xlsx", {"东": east, "西": west}), standards=[standard]))
    assert found["s-1", "东 2020年01月"] == "pass"
    assert found["s-1", "西 2020年01月"] == "no_data"


def test_periods_down_the_rows(workbook: Any, standard: Path) -> None:
    rows = [["报告期", "A1", "A2", "A3"], ["2020年01月", 3, 1, 2], ["2020年02月", 4, 1, 2]]
    report = check(workbook("r.xlsx", {"月报": rows}), standards=[standard])
    assert verdicts(report)["s-1", "月报 2020年01月"] == "pass"
    assert verdicts(report)["s-1", "月报 2020年02月"] == "fail"
    assert [v.cells for v in report.verdicts()] == [("B3", "C3", "D3")]


def test_communities_across(workbook: Any) -> None:
    rows = [
        ["2022年社区基本情况"],
        ["指标", "单位", "幸福社区", "和平社区", "合计"],
        ["总户数", "户", 1200, 900, 2100],
        ["综合服务设施面积", "平方米", 500, 200, 700],
        ["常住人口", "人", 3000, 2500, 5500],
    ]
    path = workbook("r.xlsx", {"社区": rows})
    report = check(path, standards=["liaoning-2021"], region="辽宁省")
    (sheet,) = report.returns[0].sheets
    assert (sheet.transposed, sheet.entity, sheet.records) == (True, "community", 2)
    found = {(v.rule.id, v.subject.name): v for v in report.verdicts(all_outcomes=True)}
    required = found["LN-03", "和平社区"]
    assert (required.outcome.word, required.cells) == ("fail", ("D4", "D3"))
    # The column of totals is held against its members, and adds up: nothing to ask, and nothing to warn of.
    assert sheet.columns and "E" not in {c.column for c in sheet.columns}
    assert not {n.code for n in report.notices} & {"column-set-aside", "total-differs"}


UPRIGHT = {
    "ordinary": [["社区", "总户数", "综合服务设施面积"], ["幸福社区", 1200, 400], ["和平社区", 900, 300]],
    "a list of facilities by kind": [
        ["社区", "设施", "面积"],
        ["幸福社区", "图书室", 20],
        ["幸福社区", "儿童之家", 30],
        ["和平社区", "图书室", 25],
        ["和平社区", "儿童之家", 35],
    ],
    "provinces and years": [["地区", "2019年", "2020年"], ["北京市", 1, 2], ["天津市", 3, 4], ["河北省", 5, 6]],
}


@pytest.mark.parametrize("name", UPRIGHT)
def test_other_tables_stay_upright(name: str, workbook: Any) -> None:
    from communitycheck.resources import data_dir
    from communitycheck.returns import read_return
    from communitycheck.standards.book import load_rule_book

    dictionary = load_rule_book([data_dir("rules")]).dictionary
    read = read_return(workbook("r.xlsx", {"表": UPRIGHT[name]}), dictionary)
    assert [s.transposed for s in read.sheets] == [False]
