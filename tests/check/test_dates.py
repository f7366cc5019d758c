"""Rules whose indicator is a date: outcomes with bounds, and dates as dates in every format, missed by so many days."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest

from communitycheck import check, render
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: {zh: 示例标准, en: An example}
source: {document: 示例文件}
jurisdiction: {code: "210100", name: 沈阳市}
fields:
  checked: {label: {zh: 检查日期, en: Checked on}, type: date, entities: community, aliases: [检查日期]}
rules:
  - {id: D-1, title: 甲, clause: 一, applies_to: community, indicator: established_date, at_most: 2021-03-10}
  - {id: D-2, title: 乙, clause: 一, applies_to: community, indicator: established_date,
     between: [2020-01-01, 2021-03-31]}
  - {id: D-3, title: 丙, clause: 一, applies_to: community, indicator: checked, at_least: established_date}
  - {id: D-4, title: 丁, clause: 一, applies_to: community, indicator: checked, equals: established_date, tolerance: 9}
  - {id: D-5, title: 戊, clause: 一, applies_to: community, where: established_date > 2021-03-01,
     indicator: "days_between(established_date, checked)", at_most: 30 days}
"""
# Established, checked: what D-1 to D-5 say.
RECORDS = {
    ("2021.3.10", "2021-03-19"): "pass pass pass pass pass",
    ("2021年3月", "2021-04-30"): "no_data pass pass fail no_data",
    ("2021-04-15", "2021-04-14"): "fail fail fail pass pass",
    ("2019", "2021-04-14"): "pass fail pass fail not_applicable",
    ("", "2021-04-14"): "no_data no_data no_data no_data no_data",
    ("03/04/2021", "2021-04-14"): "no_data no_data no_data no_data no_data",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("dates")
    (folder / "own.yaml").write_text(RULES, encoding="utf-8")
    lines = [f"和平区,第{i}社区,{','.join(cells)}" for i, cells in enumerate(RECORDS)]
    (folder / "r.csv").write_text("\n".join(["县区,社区名称,成立时间,检查日期", *lines]), encoding="utf-8")
    return check(folder / "r.csv", standards=folder / "own.yaml", as_of=date(2022, 1, 1))


def test_outcomes(report: Report) -> None:
    found = [[Outcome(code).word for code in result.outcome.tolist()] for result in report.results]
    assert [" ".join(of_record) for of_record in zip(*found, strict=True)] == list(RECORDS.values())


def test_missed_by_so_many_days(report: Report) -> None:
    short = {r.rule.id: r.shortfall.tolist() for r in report.results}
    assert short == {"D-1": [36], "D-2": [15, 1], "D-3": [1], "D-4": [30, 470], "D-5": []}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "实际为 2021-04-15，要求不晚于 2021-03-10，相差 36 天"),
        ("en", "observed 2021-04-15, required not after 2021-03-10, off by 36 days"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "json", "html", "junit", "sarif"])
def test_every_format_has_dates(report: Report, kind: str, lang: Lang, told: str) -> None:
    assert told in _text(report, kind, lang)


def test_json_has_dates(report: Report) -> None:
    verdicts = json.loads(_text(report, "json", "en"))["verdicts"]
    (miss,) = [v for v in verdicts if (v["rule"], v["outcome"]) == ("D-1", "fail")]
    assert (miss["observed"], miss["required"], miss["shortfall"]) == ("2021-04-15", "2021-03-10", 36)


@cache
def _text(report: Report, kind: str, lang: Lang) -> str:
    return "".join(piece if isinstance(piece, str) else piece.decode() for piece in render(report, kind, lang))
