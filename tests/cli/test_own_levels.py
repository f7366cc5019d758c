"""The levels and regions of a standard of its own on the command line: boroughs, and the names of some."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communitycheck.cli.run import run

STANDARD = """standard: gardens
title: {zh: 花园, en: Gardens}
source: {document: invented for the test}
jurisdiction: {name: Greenshire, divisions: [Northside, Southside]}
levels:
  county: {label: {zh: 自治市, en: borough}, plural: {en: boroughs}}
entities:
  garden: {label: {zh: 花园, en: garden}, plural: {en: gardens}, within: [county], kind: thing}
fields:
  benches: {label: {zh: 长椅数, en: Benches}, type: int, unit: items, entities: [garden]}
rules:
  - {id: G-1, title: {zh: 长椅, en: Benches}, clause: 一, applies_to: garden, by: borough, severity: mandatory,
     indicator: sum(benches), at_least: 10 items}
score:
  title: {zh: 评分, en: Sheet}
  applies_to: garden
  by: borough
  where: borough != "Southside"
  items: [{id: S, title: {zh: 长椅, en: Benches}, weight: 5, rule: G-1}]
"""


@pytest.fixture
def standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(STANDARD, encoding="utf-8")
    Path("named.csv").write_text("Garden,Borough,Benches\nRose,Northside,12\nIvy,Southside,3\n", encoding="utf-8")
    Path("bare.csv").write_text("Garden,Benches\nRose,12\nIvy,3\n", encoding="utf-8")
    return ["--standard", "own.yaml", "--as-of", "2025-06-30"]


@pytest.mark.parametrize("level", ["borough", "Boroughs", "county", "自治市"])
def test_a_report_is_split_by_what_the_standard_calls_a_level(standard: list[str], level: str) -> None:
    run(["check", "named.csv", *standard, "--split-by", level, "--output-dir", "out", "--bundle", "csv"])
    assert {one.name for one in Path("out").iterdir() if one.is_dir()} == {"Northside", "Southside"}


@pytest.mark.parametrize("level", ["ward", "garden"])
def test_a_level_that_there_is_not_is_told_with_those_that_there_are(
    standard: list[str], level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "named.csv", *standard, "--split-by", level, "--output-dir", "out", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert f"'{level}'" in said and "province, city, county (borough), street" in said


def test_a_region_that_the_standard_lists_says_where_the_records_lie(
    standard: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "bare.csv", *standard, "--region", "Northside", "--format", "json", "--all-verdicts"])
    verdict = json.loads(capsys.readouterr().out)["verdicts"][0]
    assert verdict["subject"]["name"] == "Northside" and verdict["outcome"] == "pass"
    assert run(["check", "bare.csv", *standard, "--region", "Westside", "--lang", "en"]) == 2
    assert "regions within Greenshire are listed under jurisdiction: divisions" in capsys.readouterr().err


def test_a_sheet_of_boroughs(standard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "named.csv", *standard, "--format", "json"])
    scored = json.loads(capsys.readouterr().out)["scored"]
    assert [(one["subject"]["name"], one["points"]) for one in scored] == [("Northside", 5.0)]


@pytest.mark.parametrize("level", ["borough", "county"])
def test_gap_adds_up_by_what_the_standard_calls_a_level(
    standard: list[str], level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path("own.yaml").read_text("utf-8")
    rule = "  - {id: G-2, title: {zh: 长椅, en: Benches}, clause: 二, applies_to: garden, severity: mandatory,\n"
    rule += "     indicator: benches, at_least: 20 items}\nscore:"
    Path("own.yaml").write_text(text.replace("score:", rule), encoding="utf-8")
    assert run(["gap", "named.csv", *standard, "--level", level, "--lang", "en"]) == 0
    assert "Benches, by borough" in capsys.readouterr().out
    assert run(["gap", "named.csv", *standard, "--level", "ward", "--lang", "en"]) == 2
    assert "'ward'" in (said := capsys.readouterr().err) and "--level" in said and "county (borough)" in said
