"""A numerator above zero over a denominator of zero: beyond every upper limit, and of no account for a lower one."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from communitycheck import check, render
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: 示例标准
source: {document: 示例文件}
jurisdiction: {code: "210100", name: 沈阳市}
fields:
  pupils: {label: 学生数, type: int, unit: persons, entities: community}
  teachers: {label: 教师数, type: int, unit: persons, entities: community}
rules:
  - {id: N-1, title: 甲, clause: 一, applies_to: community, indicator: pupils / teachers, at_most: 20 ratio}
  - {id: N-2, title: 乙, clause: 一, applies_to: community, indicator: pupils, at_most: teachers * 20}
  - {id: N-3, title: 丙, clause: 一, applies_to: community, indicator: pupils / teachers, between: [5 ratio, 20 ratio]}
  - {id: N-4, title: 丁, clause: 一, applies_to: community, indicator: pupils / teachers, at_least: 5 ratio}
  - {id: N-5, title: 戊, clause: 一, applies_to: community, indicator: pupils / teachers <= 20 ratio, is: true}
  - {id: N-6, title: 己, clause: 一, applies_to: community, by: county, indicator: sum(pupils) / sum(teachers),
     less_than: 20 ratio}
"""
# Pupils and teachers of one county each: what N-1 to N-6 say.
RECORDS = {
    ("30", "0"): "fail fail fail not_applicable fail fail",
    ("0", "0"): "not_applicable pass not_applicable not_applicable not_applicable not_applicable",
    ("", "0"): "no_data no_data no_data not_applicable no_data no_data",
    ("30", "2"): "pass pass pass pass pass pass",
    ("30", "1"): "fail fail fail pass fail fail",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder: Path = tmp_path_factory.mktemp("nothing")
    (folder / "own.yaml").write_text(RULES, encoding="utf-8")
    counties = ["和平区", "大东区", "沈河区", "皇姑区", "铁西区"]
    lines = [f"{county},第一社区,{','.join(cells)}" for county, cells in zip(counties, RECORDS, strict=True)]
    (folder / "r.csv").write_text("\n".join(["县区,社区名称,学生数,教师数", *lines]), encoding="utf-8")
    return check(folder / "r.csv", standards=folder / "own.yaml", as_of=date(2024, 1, 1))


def test_outcomes(report: Report) -> None:
    found = [[Outcome(code).word for code in result.outcome.tolist()] for result in report.results]
    assert [" ".join(of_record) for of_record in zip(*found, strict=True)] == list(RECORDS.values())


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "超过任何限值，要求"), ("en", "above any limit, required")]
)
@pytest.mark.parametrize("kind", ["csv", "json", "html", "junit", "sarif"])
def test_every_format_says_so_without_an_infinite_number(report: Report, kind: str, lang: Lang, told: str) -> None:
    text = " ".join(_text(report, kind, lang).split())
    assert told.replace(" ", "") in text.replace(" ", "").replace("\u200b", "")
    assert "Infinity" not in text and "inf," not in text and "NaN" not in text


def test_it_has_no_shortfall_in_numbers(report: Report) -> None:
    verdicts = json.loads(_text(report, "json", "en"))["verdicts"]
    missed = [v for v in verdicts if v["outcome"] == "fail" and "above any limit" in v["reason"]]
    assert [v["rule"] for v in missed] == ["N-1", "N-3", "N-6"]
    assert all(v.get("observed") is None and v.get("shortfall") is None for v in missed)


def test_a_condition_says_what_stands_over_nothing(report: Report) -> None:
    verdicts = json.loads(_text(report, "json", "en"))["verdicts"]
    missed = [v["reason"] for v in verdicts if v["outcome"] == "fail" and v["rule"] == "N-5"]
    assert ["30/0" in reason for reason in missed] == [True, False]


@cache
def _text(report: Report, kind: str, lang: Lang) -> str:
    return "".join(piece if isinstance(piece, str) else piece.decode() for piece in render(report, kind, lang))
