"""Assessment sheets in ``rules show``, ``rules list`` and the reference pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communitycheck.cli.run import run

STANDARD = """standard: own
title: {zh: 考核, en: Assessment}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: R-1, title: area, clause: a, applies_to: community, severity: expected,
     indicator: facility_area, at_least: 400 m2}
score:
  id: yearly
  title: {zh: 年度表, en: Yearly sheet}
  applies_to: community
  not_applicable: left_out
  items:
    - {id: A, title: {zh: 面积, en: Area}, clause: "3.1", weight: 60, rule: R-1}
    - {id: B, title: {zh: 窗口, en: Windows}, weight: 40, indicator: service_windows,
       tiers: [{at_least: 4, points: full}, {at_least: 2, points: 15}, {points: 0}]}
    - {id: C, title: {zh: 户数, en: Households}, penalty: 5, if: households > 5000}
  grades: [{name: {zh: 优, en: best}, more_than: 90}, {name: {zh: 差, en: poor}}]
  veto: [{title: {zh: 面积小, en: small}, rule: R-1, grade: poor}]
"""
TOLD = {
    "en": ("Yearly sheet", "full marks 100", "A Area", "3.1", "where the rule R-1 passes",
           "≥ 4 items → 40, ≥ 2 items → 15",
           "up to 5", "taken where", "best  > 90", "poor  ≤ 90", "veto: small", "the others carry its weight"),
    "zh": ("年度表", "满分 100", "A 面积", "3.1", "规则 R-1 合格得满分", "≥ 4 个 → 40、≥ 2 个 → 15",
           "至多 5", "时扣", "优  > 90", "差  ≤ 90", "一票否决：面积小", "按比例折算"),
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "own.yaml"
    path.write_text(STANDARD, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("lang", TOLD)
def test_the_whole_sheet_is_shown(file: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "YEARLY", "--standard", file, "--lang", lang]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for part in TOLD[lang]:
        assert " ".join(part.split()) in shown


def test_json_has_the_sheet(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "show", "yearly", "--standard", file, "--format", "json"])
    (sheet,) = json.loads(capsys.readouterr().out)["scores"]
    assert [(item["id"], item["kind"], item["points"]) for item in sheet["items"]] == [
        ("A", "weight", 60.0), ("B", "weight", 40.0), ("C", "penalty", 5.0)
    ]  # fmt: skip


def test_a_list_names_the_sheets(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "list", "--standard", file, "--lang", "en"])
    shown = capsys.readouterr().out
    assert "yearly" in shown and "Yearly sheet" in shown and "Rules listed: 1" in shown
    run(["rules", "list", "--standard", file, "--entity", "estate", "--lang", "en"])
    assert "yearly" not in capsys.readouterr().out


def test_the_reference_pages_have_the_sheet(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "docs"
    assert run(["rules", "docs", "--rules-dir", str(Path(file).parent), "--output-dir", str(out), "--lang", "en"]) == 0
    page = (out / "rules" / "own.md").read_text(encoding="utf-8")
    assert "## yearly" in page and "all where the rule R-1 passes" in page and "veto: small" in page
