"""The score table and the sheet of one subject, in both languages and in each format."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.cli.run import run

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
