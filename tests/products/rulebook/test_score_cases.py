"""Cases of assessment sheets: held, told where they fail, brought up to date, and refused where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.errors import RuleFileError
from communitycheck.messages import LANGS
from communitycheck.products.rulebook.case_files import CaseRun, run_case_files
from communitycheck.products.rulebook.cases_report import render_cases

SHEET = """  - id: {id}
    title: sheet
    applies_to: community
    items:
      - {{id: A, title: a, weight: 60, indicator: facility_area, at_least: 600 m2, points: proportional}}
      - {{id: B, title: b, weight: 40, indicator: service_windows, at_least: 3}}
      - {{id: C, title: c, bonus: 5, where: facility_area > 900, indicator: households, each: 1, per: 100 households}}
    grades:
      - {{name: {{zh: 优, en: best}}, at_least: 90}}
      - {{name: {{zh: 良, en: good}}, at_least: 50}}
      - {{name: {{zh: 差, en: poor}}}}
"""
HEAD = """standard: own
title: {zh: 考核, en: Assessment}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: R-1, title: area, clause: a, applies_to: community, severity: expected,
     indicator: facility_area, at_least: 400 m2}
"""
RECORDS = "records: [{facility_area: 300, service_windows: 3, households: 100}]"


def cases(folder: Path, *lines: str, sheets: tuple[str, ...] = ("yearly",), update: bool = False) -> CaseRun:
    text = HEAD + ("score:\n" if sheets else "") + "".join(SHEET.format(id=sheet) for sheet in sheets)
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    own = folder / "cases" / "own.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text("standard: own\ncases:\n" + "".join(f"  - {{{line}}}\n" for line in lines), encoding="utf-8")
    return run_case_files([own], update=update)


@pytest.mark.parametrize(
    ("expected", "passed"),
    [
        ("score: 70", True),
        ("score: 70, grade: 良", True),
        ("grade: good", True),
        ("score: [70, 70]", True),
        ("score: 71", False),
        ("score: [70, 80]", False),
        ("score: 70, grade: 优", False),
        ("grade: [poor, good]", False),
    ],
)
def test_a_score_is_held(tmp_path: Path, expected: str, passed: bool) -> None:
    assert [r.passed for r in cases(tmp_path, f"{RECORDS}, {expected}").results] == [passed]


def test_a_blank_is_expected_as_a_range(tmp_path: Path) -> None:
    blank = "records: [{facility_area: 300, service_windows: null, households: 1}]"
    found = cases(tmp_path, f"{blank}, score: [30, 70], grade: [poor, good]", f"{blank}, score: 30")
    assert [r.passed for r in found.results] == [True, False]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "应为 71 分（优），得到 70 分（良）"), ("en", "expected 71 points (优), found 70 points (良)")],
)
def test_what_was_expected_and_what_came_out(tmp_path: Path, lang: str, told: str) -> None:
    found = cases(tmp_path, f"name: n, {RECORDS}, score: 71, grade: 优")
    shown = render_cases(found, "text", "zh" if lang == "zh" else "en")
    assert told in shown
    assert '"points": [70.0, 70.0]' in " ".join(render_cases(found, "json", "zh").split()).replace("[ ", "[").replace(
        " ]", "]"
    )


def test_items_that_no_case_shows(tmp_path: Path) -> None:
    blank = "records: [{facility_area: 300, service_windows: null, households: 1}]"
    found = cases(tmp_path, f"{blank}, score: [30, 70]")
    assert found.items == {"own": {"yearly": ("B",)}}
    assert "items of the sheet yearly without a case: B" in render_cases(found, "text", "en")


def test_update_writes_what_was_found(tmp_path: Path) -> None:
    blank = "records: [{facility_area: 300, service_windows: null, households: 1}]"
    cases(tmp_path, f"{RECORDS}, score: 1, grade: best", f"{blank}, score: 1, grade: 优", update=True)
    text = (tmp_path / "cases" / "own.yaml").read_text(encoding="utf-8")
    assert "score: 70, grade: good}" in text and "score: [30, 70], grade: [差, 良]}" in text
    assert all(r.passed for r in run_case_files([tmp_path / "cases" / "own.yaml"]).results)


WRONG = {
    "nothing": (f"{RECORDS}", ("yearly",), "cases-rule-missing", "cases[0]"),
    "outcome too": (f"{RECORDS}, score: 1, outcome: pass", ("yearly",), "cases-score-beside", "cases[0].outcome"),
    "rule too": (f"rule: R-1, {RECORDS}, score: 1", ("yearly",), "cases-score-beside", "cases[0].rule"),
    "sheet alone": (f"sheet: yearly, {RECORDS}", ("yearly",), "cases-score-nothing", "cases[0].sheet"),
    "ends turned": (f"{RECORDS}, score: [9, 1]", ("yearly",), "cases-score-range", "cases[0].score"),
    "three ends": (f"{RECORDS}, score: [1, 2, 3]", ("yearly",), "cases-score-range", "cases[0].score"),
    "grade": (f"{RECORDS}, grade: bets", ("yearly",), "cases-grade", "cases[0].grade"),
    "which": (f"{RECORDS}, score: 1", ("one", "two"), "cases-sheet-which", "cases[0].score"),
    "sheet": (f"sheet: tow, {RECORDS}, score: 1", ("one", "two"), "cases-sheet", "cases[0].sheet"),
    "none": (f"{RECORDS}, score: 1", (), "cases-sheet-none", "cases[0].score"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_case_is_told(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    line, sheets, code, key = WRONG[name]
    with pytest.raises(RuleFileError) as caught:
        cases(tmp_path, line, sheets=sheets)
    assert (caught.value.code, caught.value.key, caught.value.line) == (code, key, 3)
    for lang in LANGS:
        assert run(["rules", "test", str(tmp_path / "cases" / "own.yaml"), "--lang", lang]) == 2
        assert ":3" in capsys.readouterr().err
