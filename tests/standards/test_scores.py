"""Assessment sheets as people get them wrong, and what lint says of those that load."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.messages import LANGS, say
from communitycheck.resources import data_dir
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.run import lint_files

HEAD = """standard: own
title: {zh: 考核, en: Assessment}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: R-1, title: area, clause: a, applies_to: community, severity: expected,
     indicator: facility_area, at_least: 400 m2}
  - {id: R-2, title: estates, clause: b, applies_to: estate, severity: expected,
     indicator: households, at_least: 1 household}
score:
  title: sheet
  applies_to: community
"""
GOOD = "  items: [{id: A, title: a, weight: 10, rule: R-1}]\n"


def item(text: str) -> str:
    return f"  items:\n    - {{id: A, title: a, {text}}}\n"


# name -> what follows the head, the fault, its line (after the head), its key
WRONG: dict[str, tuple[str, str, int, str]] = {
    "scope of no such field": ("  where: flooor > 1\n" + GOOD, "expression-name", 1, "score.where"),
    "scope of a region by a field of its records": (
        "  by: county\n  where: households > 100\n  items: [{id: A, title: a, weight: 1, manual: m}]\n",
        "score-region-condition",
        2,
        "score.where",
    ),
    "scope that is a number": ("  where: households\n" + GOOD, "expression-not-truth", 1, "score.where"),
    "no points": (item("rule: R-1"), "score-item-amount", 2, "score.items[0]"),
    "two kinds": (item("weight: 1, bonus: 2, rule: R-1"), "score-item-amount", 2, "score.items[0].bonus"),
    "no way": (item("weight: 1"), "score-item-way", 2, "score.items[0]"),
    "two ways": (item("weight: 1, rule: R-1, manual: x"), "score-item-way", 2, "score.items[0].manual"),
    "less than nothing": (item("weight: -1, rule: R-1"), "score-points-negative", 2, "score.items[0].weight"),
    "rule unknown": (item("weight: 1, rule: R-3"), "score-rule-unknown", 2, "score.items[0].rule"),
    "rule on others": (item("weight: 1, rule: R-2"), "score-rule-subjects", 2, "score.items[0].rule"),
    "total": ("  total: 100\n" + GOOD, "score-total", 1, "score.total"),
    "points of a rule": (item("weight: 1, rule: R-1, floor: 1"), "score-key-beside", 2, "score.items[0].floor"),
    "less is better": (
        item("weight: 1, indicator: households, at_most: 5 households, points: proportional"),
        "score-proportional",
        2,
        "score.items[0].at_most",
    ),
    "share without per": (
        item("weight: 5, indicator: social_workers / population, deduct: 1"),
        "score-per",
        2,
        "score.items[0]",
    ),
    "penalty by comparison": (
        item("penalty: 5, indicator: households, at_least: 5 households"),
        "score-penalty-way",
        2,
        "score.items[0].at_least",
    ),
    "if for points": (item("weight: 5, if: households > 5"), "score-if", 2, "score.items[0].if"),
    "floor above cap": (
        item("weight: 5, indicator: households, deduct: 1, floor: 6"),
        "score-floor-cap",
        2,
        "score.items[0].floor",
    ),
    "section unknown": (item("weight: 5, rule: R-1, section: Z"), "score-section-unknown", 2, "score.items[0].section"),
    "same id": (
        "  items: [{id: A, title: a, weight: 1, rule: R-1}, {id: A, title: b, weight: 1, rule: R-1}]\n",
        "score-id-twice",
        1,
        "score.items[1].id",
    ),
    "tiers overlap": (
        item("weight: 9, indicator: households, tiers: [{at_least: 5, points: 9}, {up_to: 5, points: 1}]"),
        "score-band-overlap",
        2,
        "score.items[0].tiers[0]",
    ),
    "tiers leave a gap": (
        item("weight: 9, indicator: households, tiers: [{at_least: 5, points: 9}, {below: 4, points: 1}]"),
        "score-band-gap",
        2,
        "score.items[0].tiers[0]",
    ),
    "tier above the item": (
        item("weight: 9, indicator: households, tiers: [{at_least: 5, points: 10}, {points: 1}]"),
        "score-tier-points",
        2,
        "score.items[0].tiers[0]",
    ),
    "tier in another unit": (
        item("weight: 9, indicator: households, tiers: [{at_least: 5 m2, points: 9}, {points: 1}]"),
        "rule-dimension",
        2,
        "",
    ),
    "nothing below": (
        GOOD + "  grades: [{name: best, at_least: 9}, {name: good, at_least: 6}]\n",
        "score-band-beneath",
        2,
        "score.grades[1]",
    ),
    "grades leave half points": (
        GOOD + "  grades: [{name: best, at_least: 9}, {name: good, up_to: 8}]\n",
        "score-band-gap",
        2,
        "score.grades[0]",
    ),
    "nothing above": (
        GOOD + "  grades: [{name: best, at_least: 9, below: 10}, {name: good}]\n",
        "score-band-above",
        2,
        "score.grades[0]",
    ),
    "grade named twice": (
        GOOD + "  grades: [{name: best, at_least: 9}, {name: best}]\n",
        "score-grade-twice",
        2,
        "score.grades[1].name",
    ),
    "veto without cause": (
        GOOD + "  grades: [{name: best}]\n  veto: [{title: t, grade: best}]\n",
        "score-veto-way",
        3,
        "score.veto[0]",
    ),
    "veto of an unknown rule": (
        GOOD + "  grades: [{name: best}]\n  veto: [{title: t, rule: R-9, grade: best}]\n",
        "score-rule-unknown",
        3,
        "score.veto[0].rule",
    ),
    "veto of an unknown grade": (
        GOOD + "  grades: [{name: best}]\n  veto: [{title: t, rule: R-1, grade: bst}]\n",
        "score-grade-unknown",
        3,
        "score.veto[0].grade",
    ),
    "key misspelt": (item("wieght: 5, rule: R-1"), "rule-file-unknown-key-near", 2, "score.items[0].wieght"),
}


def findings(folder: Path, sheet: str) -> list[LintFinding]:
    path = folder / "own.yaml"
    path.write_text(HEAD + sheet, encoding="utf-8")
    found, _ = lint_files([data_dir("rules")], [path])
    return [f for f in found if f.file == str(path)]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_sheet_is_told_where_and_what(tmp_path: Path, name: str) -> None:
    sheet, code, line, key = WRONG[name]
    found = [f for f in findings(tmp_path, sheet) if f.level == "error"]
    assert [(f.code, (f.line or 0) - HEAD.count("\n")) for f in found] == [(code, line)]
    assert not key or found[0].key == key
    assert all(say(found[0].code, lang, **found[0].values) for lang in LANGS)


MANY = """  total: 100
  bonus_cap: -1
  items:
    - {id: A, title: a, weight: 10, rule: R-1}
    - {id: B, title: b, weight: -5, rule: R-1}
    - {id: C, title: c, weight: 5, rule: R-7}
  grades: [{name: best, at_least: 9}, {name: good, below: 8}]
  veto: [{title: t, rule: R-1, grade: bst}]
"""


def test_all_faults_of_a_sheet_are_told_with_those_of_the_rules(tmp_path: Path) -> None:
    """What only follows from another fault is not told: a sum of wrong weights, a rule that is there and wrong."""
    path = tmp_path / "own.yaml"
    path.write_text((HEAD + MANY).replace("1 household}", "1 huosehold}"), encoding="utf-8")
    found, _ = lint_files([data_dir("rules")], [path])
    told = [f.code for f in found if f.file == str(path) and f.level == "error"]
    assert sorted(told) == sorted(
        ["unit-unknown", "score-points-negative", "score-points-negative", "score-rule-unknown",
         "score-band-gap", "score-grade-unknown"]
    )  # fmt: skip


def test_a_rule_with_a_fault_of_its_own_is_no_unknown_rule(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text((HEAD + GOOD).replace("at_least: 400 m2", "at_leat: 400 m2"), encoding="utf-8")
    found, _ = lint_files([data_dir("rules")], [path])
    assert "score-rule-unknown" not in {f.code for f in found}


LINTED = {
    "nothing": (GOOD + "  grades: [{name: best, at_least: 9}, {name: good}]\n", []),
    "weight 0": (item("weight: 0, rule: R-1"), ["lint-score-no-points"]),
    "tiers alike": (
        item("weight: 9, indicator: households, tiers: [{at_least: 5, points: 1}, {points: 1}]"),
        ["lint-score-constant"],
    ),
    "grade out of reach": (
        GOOD + "  grades: [{name: best, at_least: 11}, {name: good}]\n",
        ["lint-score-grade"],
    ),
    "veto without effect": (
        GOOD + "  grades: [{name: best, at_least: 9}, {name: good}]\n  veto: [{title: t, rule: R-1, grade: best}]\n",
        ["lint-score-veto"],
    ),
}


@pytest.mark.parametrize("name", LINTED)
def test_what_lint_says(tmp_path: Path, name: str) -> None:
    sheet, codes = LINTED[name]
    assert [f.code for f in findings(tmp_path, sheet) if "score" in f.code] == codes
