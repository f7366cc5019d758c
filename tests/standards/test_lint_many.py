"""Linting thousands of rules: what it says of two rules is what comparing each with each says, of few pairs."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from communitycheck.model.standard import Standard
from communitycheck.resources import data_dir
from communitycheck.standards.lint import pairs, related
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Logic
from communitycheck.standards.lint.rule_pairs import check_pair
from communitycheck.standards.lint.run import lint_files

HEAD = """
standard: many
title: {zh: 多条规则, en: Many rules}
source: {document: 文件, issuer: 单位, date: 2020-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2020-01-01}
parameters:
  span: {value: 250, clause: 一}
rules:
"""
Draw = random.Random
Kind = Callable[[Draw, int], tuple[str, str, str]]


def _any(draw: Draw, i: int) -> tuple[str, str, str]:
    """Scope, indicator and demand as rule books have them, and as they should not."""
    parts = [
        f'community_type == "{draw.choice(["urban", "rural"])}"',
        f'community_type != "{draw.choice(["urban", "rural"])}"',
        f'county == "{draw.choice("甲乙丙")}县"',
        f'county in ["{draw.choice("甲乙丙")}县", "丁县"]',
        f'county not in ["{draw.choice("甲乙丙")}县"]',
        f"households >= {draw.randint(0, 30) * 100}",
        f"households < {draw.randint(0, 30) * 100}",
        f"population > {draw.randint(1, 9)}000 or households > 900",
        f"households != {draw.randint(1, 3)}",
        f"population >= households * {draw.randint(1, 4)}",
        "is_blank(population)",
        f"facility_area > {draw.randint(0, 500)}",
        "households > span",
    ]
    where = " and ".join(draw.sample(parts, draw.choice((0, 1, 1, 1, 2, 2, 3))))
    demand = draw.choice(("at_least", "at_least", "at_most", "more_than", "less_than", "equals"))
    value = draw.choice((f"{draw.randint(0, 12) * 50}", f"{draw.randint(0, 12) * 50}", "span", "households"))
    ranged = f"between: [{draw.randint(0, 5) * 100}, {draw.randint(6, 9) * 100}]"
    return where, "facility_area", draw.choice((f"{demand}: {value}", f"{demand}: {value}", ranged))


def _book(path: Path, kind: Kind, count: int, seed: int, more: bool = False) -> Path:
    draw, lines = random.Random(seed), [HEAD]
    for i in range(count):
        where, indicator, demand = kind(draw, i)
        lines.append(f"  - {{id: M-{i:04}, title: 规则, clause: 一, applies_to: community, indicator: {indicator},")
        lines.append((f"     where: '{where}'," if where else "     ") + f" {demand}, ")
        due = f"due: 20{draw.randint(30, 32)}-01-01, " if more and draw.random() < 0.3 else ""
        lines.append(f"     {due}severity: {draw.choice(('mandatory', 'advisory')) if more else 'mandatory'}}}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _told(findings: list[LintFinding]) -> list[tuple[object, ...]]:
    return [(f.line, f.key, f.code, f.level, f.values) for f in findings]


@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in (1, 2, 3, 4))])
def test_what_is_said_is_what_comparing_each_with_each_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    book = _book(tmp_path / "many.yaml", _any, 90, seed, more=True)
    quick = lint_files([data_dir("rules")], [book])[0]
    monkeypatch.setattr(pairs, "FEW", 1000)
    thorough = lint_files([data_dir("rules")], [book])[0]
    assert _told(quick) == _told(thorough)
    assert {"lint-implied", "lint-contradiction", "lint-undecided"} <= {f.code for f in quick}


KINDS: dict[str, Kind] = {
    "one indicator for all": lambda draw, i: ("", "facility_area", f"at_least: {i + 1}"),
    "a county each": lambda draw, i: (f'county == "第{i}县"', "facility_area", f"at_least: {draw.randint(1, 900)}"),
    "steps of a scale": lambda draw, i: (
        f"households >= {i * 9} and households < {i * 9 + 9}",
        "facility_area",
        f"at_least: {i + 1}",
    ),
    "scopes across each other": lambda draw, i: (
        f"households >= {draw.randint(0, 5000)} and population < {draw.randint(5000, 50000)}",
        "facility_area",
        f"at_least: {draw.randint(1, 900)}",
    ),
    "as many indicators as rules": lambda draw, i: ("", f"facility_area + {i + 1}", f"at_least: {i + 9}"),
    "intricate scopes": lambda draw, i: (
        f"households >= {draw.randint(0, 5000)} or population < {draw.randint(5000, 50000)}",
        "facility_area",
        f"at_least: {draw.randint(1, 900)}",
    ),
}


@pytest.mark.parametrize(("kind", "count"), [
    *((kind, 400) for kind in KINDS), *(pytest.param(kind, 3000, marks=pytest.mark.slow) for kind in KINDS)
])  # fmt: skip
def test_thousands_of_rules_are_not_compared_each_with_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, count: int
) -> None:
    """Pairs that are looked at: some for each rule, and of rules that are not plain so many as are allowed."""
    looked: list[str] = []

    def counted(one: LintedRule, other: LintedRule, standard: Standard, logic: Logic) -> LintFinding | None:
        looked.append(f"{one.rule.id} {other.rule.id}")
        return check_pair(one, other, standard, logic)

    most = pairs.MOST_PAIRS * count // 3000
    monkeypatch.setattr(pairs, "MOST_PAIRS", most)
    monkeypatch.setattr(pairs, "check_pair", counted)
    book = _book(tmp_path / "many.yaml", KINDS[kind], count, 1)
    found = lint_files([data_dir("rules")], [book])[0]
    assert 0 < len(looked) <= count + most
    assert [f for f in found if f.level == "error"] == []
    left = [f for f in found if f.code == "lint-pairs-left"]
    assert bool(left) == (kind == "intricate scopes")  # what was not looked at is said
    if kind == "one indicator for all":
        assert [f.key for f in found if f.code == "lint-implied"] == [f"M-{i:04}" for i in range(count - 1)]


def test_related_pairs_that_are_left_out_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MOST_PAIRS", 4)
    indicators = ("facility_area / households", "facility_area - households * 0.3 m2/household", "facility_area")
    book = _book(tmp_path / "many.yaml", lambda draw, i: ("", indicators[i % 3], f"at_least: {i + 1}"), 9, 1)
    found = [f for f in lint_files([data_dir("rules")], [book])[0] if f.code == "lint-related-left"]
    assert len(found) == 1 and found[0].level == "info"
    assert isinstance(found[0].values["count"], int) and found[0].values["count"] > 4
