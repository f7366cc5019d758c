"""A city's own figure against its communities' records, and group bounds that blanks leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.model.result import Outcome, Verdict
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.words.sentences import Wording

STANDARD = """
standard: audit
title: {zh: 上报率核对, en: Reported rates}
source: {document: 测试}
jurisdiction: {code: "510000", name: 四川省}
fields:
  reported_rate: {label: {zh: 上报覆盖率, en: Reported coverage}, type: share, entities: [city]}
rules:
  - id: R-1
    title: {zh: 上报率与重算一致, en: The reported rate is the recomputed one}
    clause: 一
    applies_to: city
    indicator: reported_rate
    equals: share(has_childrens_home)
    tolerance: printed
    severity: mandatory
  - id: R-2
    title: {zh: 志愿者比例, en: Volunteers}
    clause: 二
    applies_to: community
    by: [city]
    indicator: sum(registered_volunteers) / sum(population)
    at_least: 13%
    plausible: [0, 100%]
    severity: mandatory
"""
DAY = date(2023, 12, 31)


def book(path: Path, communities: list[list[object]], cities: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "社区"
    for row in [["市", "社区名称", "儿童之家", "常住人口", "注册志愿者"], *communities]:
        sheet.append(row)
    if cities:
        other = workbook.create_sheet("市")
        for row in [["市", "上报覆盖率"], *cities]:
            other.append(row)
    workbook.save(path)
    return path


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    path = tmp_path / "audit.yaml"
    path.write_text(STANDARD, encoding="utf-8")
    return path


def verdicts(path: Path, standard: Path, rule: str) -> dict[str, Verdict]:
    report = check(path, [standard], as_of=DAY, region="四川省", select=[rule])
    (result,) = report.results
    assert result.checked, result.lacking
    return {v.subject.name: v for v in result.verdicts(all_outcomes=True)}


def test_a_reported_rate_is_held_against_the_records_below(tmp_path: Path, standard: Path) -> None:
    rows: list[list[object]] = [["甲市", f"甲{i}", "有" if i < 2 else "无", 100, 20] for i in range(3)]
    rows += [["乙市", f"乙{i}", "有", 100, 20] for i in range(3)]
    path = book(tmp_path / "a.xlsx", rows, [["甲市", "66.7%"], ["乙市", "98%"], ["丙市", "50%"]])
    found = verdicts(path, standard, "R-1")
    assert {n: v.outcome.word for n, v in found.items()} == {"甲市": "pass", "乙市": "fail", "丙市": "no_data"}
    assert found["乙市"].required == 1.0 and found["乙市"].shortfall == pytest.approx(0.02)


def test_a_blank_below_leaves_the_recomputed_rate_a_range(tmp_path: Path, standard: Path) -> None:
    rows: list[list[object]] = [["甲市", f"甲{i}", "有" if i < 8 else None, 100, 20] for i in range(10)]
    path = book(tmp_path / "a.xlsx", rows, [["甲市", "90%"]])
    assert verdicts(path, standard, "R-1")["甲市"].outcome.word == "no_data"
    path = book(tmp_path / "b.xlsx", rows, [["甲市", "70%"]])
    assert verdicts(path, standard, "R-1")["甲市"].outcome.word == "fail"


@pytest.mark.parametrize(
    ("volunteers", "blank_population", "outcome"), [(30, 100, "pass"), (13, 100, "no_data"), (2, 100, "fail")]
)
def test_one_blank_does_not_open_the_whole_ratio(
    volunteers: int, blank_population: int, outcome: str, tmp_path: Path, standard: Path
) -> None:
    """Nineteen communities answer and one leaves its volunteers blank: at most as many as it has residents."""
    rows: list[list[object]] = [["甲市", f"甲{i}", "有", 100, volunteers] for i in range(19)]
    rows.append(["甲市", "甲空", "有", blank_population, None])
    (verdict,) = verdicts(book(tmp_path / "a.xlsx", rows, []), standard, "R-2").values()
    assert verdict.outcome.word == outcome and verdict.blanks == 1
    if outcome == "no_data":
        assert verdict.observed == pytest.approx((19 * 13 / 2000, (19 * 13 + 100) / 2000))


@pytest.mark.parametrize(
    "asked", ["sum(registered_volunteers) / sum(population)", "count(has_childrens_home) / count()"]
)
def test_of_a_region_without_records_it_is_said_that_none_are_listed(
    tmp_path: Path, standard: Path, asked: str
) -> None:
    standard.write_text(STANDARD.replace("share(has_childrens_home)", f"{asked}"), encoding="utf-8")
    path = book(tmp_path / "r.xlsx", [["绵阳市", "甲社区", "有", 1000, 130]], [["绵阳市", "0.1%"], ["广元市", "50%"]])
    report = check(path, [standard], as_of=DAY, region="四川省", select=["R-1"])
    wording = Wording("en", report.dictionary, report.standards, report.as_of)
    open_ = next(v for v in report.results[0].verdicts(all_outcomes=True) if v.subject.name == "广元市")
    assert open_.outcome is Outcome.NO_DATA
    assert "lists no communities" in wording.reason(open_)
    (cause,) = causes(report)
    assert (cause.code, cause.key, cause.count) == ("none-below", "", 1)
