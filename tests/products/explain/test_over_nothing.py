"""Explanations where there is little to work out: a denominator of zero, nobody in scope, rounding by steps, a score
alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from communitycheck.cli.run import run

HEAD = """\
standard: care
title: {zh: 护理标准, en: Care}
source: {document: 示例文件}
jurisdiction: {code: "000000", name: 全国}
fields:
  helped: {label: {zh: 服务对象数, en: People helped}, type: int, unit: persons}
  helpers: {label: {zh: 助老员数, en: Helpers}, type: int, unit: persons}
rules:
"""
RULES = """\
  - {id: C-1, title: {zh: 负担, en: Load}, applies_to: community, indicator: helped / helpers,
     at_most: 5 persons/person, severity: mandatory}
  - {id: C-2, title: {zh: 取整后的负担, en: Rounded load}, applies_to: community,
     indicator: "round(helped / helpers, 10%)", at_most: 5 persons/person, severity: mandatory}
  - {id: C-3, title: {zh: 床位, en: Beds}, applies_to: community, indicator: "ceil(helped, 10 persons)",
     at_most: 20 persons, severity: mandatory}
  - {id: C-4, title: {zh: 农村, en: Villages}, applies_to: community, by: county, indicator: mean(helped),
     where: community_type == "rural", at_most: 20 persons, severity: mandatory}
"""
SCORE = """\
score:
  id: table
  title: {zh: 县区考核, en: Counties}
  applies_to: community
  by: county
  where: count() >= 3
  items:
    - {id: V-1, title: {zh: 助老员, en: Helpers}, weight: 10, indicator: sum(helpers), at_least: 10 persons,
       points: proportional}
"""
RETURN = """\
县区,社区名称,社区类型,服务对象数,助老员数
东乡,无人社区,城市,23,0
东乡,有人社区,城市,12,4
东乡,约数社区,城市,不少于9,0
西乡,无事社区,城市,0,0
"""


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("care.yaml").write_text(HEAD + RULES, "utf-8")
    Path("scored.yaml").write_text(HEAD + RULES.partition("  - {id: C-2")[0] + SCORE, "utf-8")
    Path("return.csv").write_text(RETURN, "utf-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], command: str, standard: str, *words: str) -> str:
    code = run([command, "return.csv", "--standard", standard, *words])
    assert code in (0, 1, 3)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("rule", "name", "lang", "said"),
    [
        ("C-1", "无人社区", "en", "zero (23/0), above any limit"),
        ("C-2", "无人社区", "en", "zero (23/0), above any limit"),
        ("C-1", "约数社区", "en", "zero (9 or more/0), above any limit"),
        ("C-1", "无人社区", "zh", "分母为零而分子大于零（23/0），超过任何限值"),
        ("C-1", "约数社区", "zh", "（9 以上/0），超过任何限值"),
    ],
)
def test_a_reason_names_what_stands_over_zero(
    rule: str, name: str, lang: str, said: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(capsys, "explain", "care.yaml", "--rule", rule, "--subject", name, "--lang", lang)
    run(["check", "return.csv", "--standard", "care.yaml", "--format", "csv", "--lang", lang])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert any(said in cell for row in rows if rule in row and name in row for cell in row)


@pytest.mark.parametrize(
    ("rule", "name", "said"),
    [
        ("C-1", "无人社区", "23 ÷ 0 = ∞ "),
        ("C-1", "无人社区", "Helpers at least 5 persons (now 0 persons)"),
        ("C-2", "无人社区", "round(23 ÷ 0, 10%) = round(∞, 10%) = ∞ "),
        ("C-2", "无人社区", "(People helped ÷ Helpers) rounded to the nearest 10%"),
        ("C-3", "无人社区", "ceil(23, 10 persons) = 30 persons"),
        ("C-3", "无人社区", "People helped rounded up to whole steps of 10 persons"),
        ("C-4", "东乡", "mean(People helped) no subject of this region is in scope"),
    ],
)
def test_the_arithmetic_is_told_as_it_is_written(
    rule: str, name: str, said: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, "explain", "care.yaml", "--rule", rule, "--subject", name, "--lang", "en")
    assert said in text and "unknown" not in text


@pytest.mark.parametrize(("name", "said"), [("东乡", "together 4"), ("西乡", "the sheet is not for it")])
def test_a_region_that_has_a_score_alone_is_found(
    name: str, said: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, "explain", "scored.yaml", "--subject", name, "--lang", "en")
    assert said in text and "0 verdicts" not in text
