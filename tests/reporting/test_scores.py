"""The score table and the sheet of one subject, in both languages and in each format."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from communitycheck.api import check, render
from communitycheck.cli.run import run
from communitycheck.reporting.score_objects import score_line
from communitycheck.returns.files.own_outputs import is_report

STANDARD = """standard: yearly
title: {zh: 年度考核, en: Yearly assessment}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
in_force: {from: 2020-01-01}
score:
  title: {zh: 考核表, en: Sheet}
  applies_to: community
  items:
    - {id: A, title: {zh: 面积, en: Area}, clause: "3.1", weight: 60, indicator: facility_area, at_least: 500 m2,
       points: proportional}
    - {id: B, title: {zh: 窗口, en: Windows}, weight: 40, indicator: service_windows, at_least: 2}
  grades: [{name: {zh: 优秀, en: excellent}, at_least: 90}, {name: {zh: 一般, en: plain}}]
  veto: [{title: {zh: 无窗口, en: no window}, if: service_windows < 1, grade: plain}]
"""
RETURN = "县区,社区名称,综合服务设施面积,服务窗口数\n和平区,甲社区,250,3\n和平区,乙社区,,3\n和平区,丙社区,500,3\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(STANDARD, encoding="utf-8")
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    return ["return.csv", "--standard", "own.yaml"]


@pytest.mark.parametrize(
    ("lang", "grade", "lost"), [("zh", "一般–优秀", "面积 −30"), ("en", "plain–excellent", "Area −30")]
)
@pytest.mark.parametrize("format", ["text", "markdown", "html", "circular"])
def test_the_table_of_scores(
    files: list[str], capsys: pytest.CaptureFixture[str], lang: str, grade: str, lost: str, format: str
) -> None:
    run(["check", *files, "--format", format, "--lang", lang])
    shown = capsys.readouterr().out
    assert grade in shown and lost in shown and "40–100" in shown


def test_the_sheet_of_one_subject(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(["explain", *files, "--subject", "甲社区", "--lang", "en"])
    shown = capsys.readouterr().out
    for part in ("250 m²", "observed ÷ target 500 m² × 60", "3.1", "together 70, grade plain", "not vetoed: no window"):
        assert part in shown


def test_the_sheet_of_a_workbook(files: list[str]) -> None:
    run(["check", *files, "-o", "out.xlsx", "--lang", "en"])
    rows = [list(row) for row in openpyxl.load_workbook("out.xlsx")["Scores"].iter_rows(values_only=True)]
    assert rows[0][5:7] == ["A Area (60)", "B Windows (40)"]
    assert [row[1:7] for row in rows[1:]] == [
        ["乙社区", 40, 100, "plain–excellent", "0–60", 40],
        ["甲社区", 70, 70, "plain", 30, 40],
        ["丙社区", 100, 100, "excellent", 60, 40],
    ]


# A second sheet, of counties, behind the first.
OF_COUNTIES = """  - id: counties
    title: {zh: 县区考核, en: Of counties}
    applies_to: community
    by: county
    items:
      - {id: C, title: {zh: 平均窗口, en: Mean windows}, weight: 10, indicator: mean(service_windows),
         at_least: 3 items}
      - {id: D, title: {zh: 现场, en: On the spot}, bonus: 5, manual: on the spot}
"""


@pytest.fixture
def two_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that need escaping, a blank, a bound, two counties."""
    monkeypatch.chdir(tmp_path)
    head, _, sheet = STANDARD.partition("score:\n")
    lines = sheet.splitlines()
    first = "\n".join(["  - " + lines[0].strip(), *("  " + line for line in lines[1:])])
    Path("own.yaml").write_text(f"{head}score:\n{first}\n{OF_COUNTIES}", encoding="utf-8")
    rows = ['和平区,"甲""社区",250,3', "和平区,##乙社区,,3", "沈河区,=1+1社区,500,0", "沈河区,丁\u200b社区,480余,"]
    Path("return.csv").write_text("\n".join([RETURN.splitlines()[0], *rows]), encoding="utf-8")
    return ["return.csv", "--standard", "own.yaml"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_says_of_each_subject_what_is_said_of_one_alone(two_sheets: list[str], lang: str) -> None:
    report = check(["return.csv"], standards=["own.yaml"])
    scored = json.loads("".join(render(report, "json", lang)))["scored"]
    every = [(found, i) for found in report.scores for i in range(len(found))]
    single = [score_line(found, i, found.subjects.subject(i), lang) for found, i in every]
    assert scored == json.loads(json.dumps(single)) and len(scored) == 6


def test_csv_has_a_row_for_each_subject_and_a_column_for_each_item(two_sheets: list[str]) -> None:
    run(["check", *two_sheets, "-o", "out.scores.csv", "--lang", "en"])
    rows = list(csv.DictReader(Path("out.scores.csv").read_text(encoding="utf-8-sig").splitlines()))
    first, second = "score/A Area (60)", "counties/C Mean windows (10)"
    assert {(row["subject"], row["lowest"], row["highest"], row["grade"], row[first], row[second]) for row in rows} == {
        ('甲"社区', "70", "70", "plain", "30", ""),
        ("##乙社区", "40", "100", "plain~excellent", "0~60", ""),
        ("'=1+1社区", "60", "60", "plain", "60", ""),
        ("丁社区", "57.6", "98.8", "plain~excellent", "57.6~58.8", ""),
        ("和平区", "10", "15", "", "", "10"),
        ("沈河区", "0", "15", "", "", "0~10"),
    }
    assert [row["vetoes"] for row in rows if row["subject"] == "'=1+1社区"] == ["no window"]
    assert [row["possible vetoes"] for row in rows if row["subject"].startswith("丁")] == ["no window"]
    assert is_report("out.scores.csv")
