"""What was put into the Panzhihua sample on purpose comes out of the tool with the outcome it was put in for."""

from __future__ import annotations

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Verdict
from each import each
from paths import SAMPLES

SAMPLE = SAMPLES / "panzhihua_2020.xlsx"
SHEET = "社区（村）"

# remark in 备注 (after 示例：), rule, outcome
CASES = [
    # on the limit and just beside it
    ("服务站恰为400㎡", "PZ-06", "pass"),
    ("服务站399.9㎡", "PZ-06", "fail"),
    ("服务站400.1㎡", "PZ-06", "pass"),
    ("每百户恰为30㎡", "PZ-03", "pass"),
    ("1333户、400㎡，每百户略高于30㎡", "PZ-03", "pass"),
    ("1334户、400㎡，每百户略低于30㎡", "PZ-03", "fail"),
    ("5000人、1个窗口", "PZ-21", "pass"),
    ("5001人、1个窗口", "PZ-21", "fail"),
    ("5001人、2个窗口", "PZ-21", "pass"),
    ("5001人、2个窗口", "PZ-22", "pass"),
    ("2个窗口、2人", "PZ-22", "fail"),
    ("注册志愿者恰为13%", "PZ-57c", "pass"),
    ("注册志愿者12.975%", "PZ-57c", "fail"),
    ("居民参与恰为30%", "PZ-15c", "pass"),
    ("党员参与恰为80%", "PZ-14c", "pass"),
    ("党员参与78%", "PZ-14c", "fail"),
    ("开放时间恰为8小时", "PZ-58", "pass"),
    ("午间关门，开放7小时", "PZ-58", "fail"),
    ("开放364天", "PZ-23", "fail"),
    ("恰有10个社区社会组织", "PZ-16", "pass"),
    ("9个社区社会组织", "PZ-16", "fail"),
    ("恰有5个社区社会组织", "PZ-17", "pass"),
    ("4个社区社会组织", "PZ-17", "fail"),
    ("驻区单位签约恰为80%", "PZ-18c", "pass"),
    ("驻区单位签约7/9", "PZ-18c", "fail"),
    ("室外广场人均恰为2.5㎡", "PZ-05", "pass"),
    ("室外广场人均略低于2.5㎡", "PZ-05", "fail"),
    # a share of nothing, and what is stated not to apply
    ("没有驻区单位", "PZ-18c", "not_applicable"),
    ("没有党员", "PZ-14c", "not_applicable"),
    ("不适用", "PZ-18c", "not_applicable"),
    # cells that cannot be used
    ("面积写成区间", "PZ-03", "fail"),  # too little at either end
    ("公式引用丢失", "PZ-03", "no_data"),
    ("面积待核实", "PZ-03", "no_data"),
    ("户数为负", "PZ-03", "no_data"),
    ("有人口而户数为0", "PZ-03", "no_data"),
    ("参与党员多于党员总数", "PZ-14c", "no_data"),
    ("开放时间不明确", "PZ-58", "no_data"),
    # blanks
    ("户数未填", "PZ-03", "no_data"),
    ("人口未填", "PZ-21", "no_data"),
    ("窗口数未填", "PZ-21", "no_data"),
    ("志愿者未填", "PZ-57c", "no_data"),
    ("社会组织未填", "PZ-16", "no_data"),
    ("室外面积未填", "PZ-05", "no_data"),
    ("开放时间未填", "PZ-58", "no_data"),
    ("数字均未填", "PZ-21", "no_data"),
    # cells written oddly
    ("全角数字", "PZ-03", "pass"),
    ("带单位的文本", "PZ-03", "pass"),
    ("带千分位的文本", "PZ-03", "pass"),
    ("人口以万人计", "PZ-21", "pass"),
    ("面积以亩计", "PZ-05", "pass"),
    # no facility
    ("综合服务设施正在兴建", "PZ-06", "fail"),
    ("面积填“无”", "PZ-06", "fail"),
]

# Over the whole city: rule, outcome, what stands behind it (passed, asked, blanks)
CITY = [
    ("PZ-01", "fail", (131, 132, 0)),
    ("PZ-09", "no_data", (131, 132, 1)),  # the one blank decides
    ("PZ-10", "pass", (115, 349, 4)),
    ("PZ-13", "pass", None),
    ("PZ-33", "fail", (129, 132, 1)),  # fails whatever the blank is
    ("PZ-34", "fail", (39, 44, 0)),
    ("PZ-35", "pass", (113, 170, 5)),  # passes whatever the blanks are
    ("PZ-39", "pass", (447, 481, 6)),
    ("PZ-43", "pass", (132, 132, 0)),
    ("PZ-44", "fail", (90, 170, 4)),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return check(SAMPLE)


@pytest.fixture(scope="module")
def row_of() -> dict[str, int]:
    """Row of each case in the sheet, by its remark."""
    sheet = openpyxl.load_workbook(SAMPLE, read_only=True)[SHEET]
    rows: dict[str, int] = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        text = str(row[-1] or "")
        if text.startswith("示例："):
            rows.setdefault(text.removeprefix("示例："), number)
    return rows


def verdict_at(report: Report, rule_id: str, row: int) -> Verdict:
    (result,) = [r for r in report.results if r.rule.id == rule_id]
    for i in range(len(result)):
        at, _ = result.subjects.at(i, ())
        if at is not None and (at.sheet, at.row) == (SHEET, row):
            return result.verdict(i)
    raise LookupError(f"{rule_id} gave no verdict for row {row}")


@each(("remark", "rule_id", "outcome"), CASES)
def test_case(report: Report, row_of: dict[str, int], remark: str, rule_id: str, outcome: str) -> None:
    verdict = verdict_at(report, rule_id, row_of[remark])
    assert verdict.outcome.word == outcome
    assert (verdict.shortfall is not None) == (outcome == "fail")
    if outcome == "no_data":  # the reason names the cell
        assert all(cell for _, _, cell in verdict.troubled)


@pytest.mark.parametrize(("rule_id", "outcome", "behind"), CITY)
def test_city(report: Report, rule_id: str, outcome: str, behind: tuple[int, int, int] | None) -> None:
    (result,) = [r for r in report.results if r.rule.id == rule_id]
    (city,) = result.verdicts(all_outcomes=True)
    assert city.subject.name == "攀枝花市"
    assert city.outcome.word == outcome
    if behind is not None:
        assert city.numerator is not None
        assert (city.numerator[0], city.denominator, city.blanks) == behind


def test_counts_sum_to_their_totals(report: Report) -> None:
    assert report.subjects == 481 + 60 + 1
    assert sum(report.outcomes().values()) == sum(len(r) for r in report.results)
    assert report.outcomes()[Outcome.ERROR] == 0
    assert report.exit_code == 1
