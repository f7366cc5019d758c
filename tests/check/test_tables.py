"""Tables of a standard: what ``lookup`` finds by class, by range, by both; blanks, bounds, dates, layers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck import check, render
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.products.rulebook.card import card
from communitycheck.reporting.words.sentences import Wording

HEAD = """
title: {zh: 示例标准, en: An example}
source: {document: 示例文件, date: 2020-01-01}
jurisdiction: {code: "210100", name: 沈阳市}
"""
RULES = """
standard: tables
{HEAD}
tables:
  seats:
    clause: 一
    rows: {{urban: 40, rural: 30}}
  area:
    clause: 二
    unit: m2
    rows:
      - {{below: 3000 persons, value: 300}}
      - {{up_to: 5000 persons, value: 400}}
      - {{below: 9000 persons, value: none}}
      - {{value: 800}}
      # from 9000 on
  both:
    clause: 三
    rows:
      urban:
        - {{below: 3000, value: 10}}
        - {{up_to: 6000, value: [{{value: 20}}, {{value: 25, from: 2024-01-01}}]}}
      rural: 5
rules:
  - {{id: T-1, title: 甲, clause: 一, applies_to: community, indicator: "lookup(seats, community_type)", at_least: 1}}
  - {{id: T-2, title: 乙, clause: 一, applies_to: community, indicator: "lookup(area, population)", at_least: 1 m2}}
  - id: T-3
    title: 丙
    clause: 一
    applies_to: community
    indicator: lookup(both, community_type, population)
    at_least: 1
"""
BELOW = """
standard: tables-below
{HEAD}
extends: tables
tables:
  seats: {{override: {{urban: 50}}}}
  area: {{override: [{{up_to: 5000, value: 450 m2}}]}}
  both: {{override: {{urban: [{{below: 3000, value: none}}]}}}}
"""
# Type, population and what the three tables give: a number, a range, None where nothing is known.
RECORDS: list[tuple[str, str, tuple[Any, Any, Any]]] = [
    ("城市", "2999", (40.0, 300.0, 10.0)),
    ("城市", "3000", (40.0, 400.0, 20.0)),
    ("农村", "5000", (30.0, 400.0, 5.0)),
    ("农村", "5001", (30.0, None, 5.0)),
    ("城市", "8999", (40.0, None, None)),
    ("城市", "9000", (40.0, 800.0, None)),
    ("", "2000", (None, 300.0, None)),
    ("农村", "", (30.0, None, 5.0)),
    ("城市", "", (40.0, None, None)),
    ("城市", "2900余", (40.0, 300.0, 10.0)),
    ("城市", "2000-4000", (40.0, (300.0, 400.0), (10.0, 20.0))),
    ("城市", "近3000", (40.0, 300.0, 10.0)),
]


def _report(folder: Path, standard: str = "tables", day: date = date(2023, 6, 1)) -> Report:
    (folder / "tables.yaml").write_text(RULES.format(HEAD=HEAD), encoding="utf-8")
    (folder / "tables-below.yaml").write_text(BELOW.format(HEAD=HEAD), encoding="utf-8")
    lines = [f"和平区,第{i}社区,{kind},{people}" for i, (kind, people, _) in enumerate(RECORDS)]
    (folder / "r.csv").write_text("\n".join(["县区,社区名称,社区类型,常住人口", *lines]), encoding="utf-8")
    return check(folder / "r.csv", standards=standard, rules_dir=folder, as_of=day)


def _observed(report: Report) -> list[tuple[Any, ...]]:
    return list(zip(*([v.observed for v in r.verdicts(all_outcomes=True)] for r in report.results), strict=True))


def test_what_the_rows_give(tmp_path: Path) -> None:
    assert _observed(_report(tmp_path)) == [wanted for _, _, wanted in RECORDS]


def test_a_later_number_from_its_day_on(tmp_path: Path) -> None:
    assert _observed(_report(tmp_path, day=date(2024, 1, 1)))[1][2] == 25.0


def test_a_standard_below_changes_some_rows(tmp_path: Path) -> None:
    found = _observed(_report(tmp_path, "tables-below"))
    assert [found[i] for i in (0, 1, 2, 5)] == [
        (50.0, 300.0, None),
        (50.0, 450.0, 20.0),
        (30.0, 450.0, 5.0),
        (50.0, 800.0, None),
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "表 both 没有常住人口为“8999”的一行"), ("en", "the table both has no row for Resident population '8999'")],
)
def test_a_value_without_a_row_is_named(tmp_path: Path, lang: Lang, told: str) -> None:
    assert told in "".join(render(_report(tmp_path), "csv", lang))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "文件对此没有规定：表 area 中常住人口为“5001”的一行写明没有规定"),
        ("en", "nothing is laid down for it: the table area has none for Resident population '5001'"),
    ],
)
def test_what_nothing_is_laid_down_for_does_not_apply(tmp_path: Path, lang: Lang, told: str) -> None:
    report = _report(tmp_path)
    area = next(result for result in report.results if result.rule.id == "T-2")
    found = [verdict.outcome for verdict in area.verdicts(all_outcomes=True)]
    assert [found[i] for i in (3, 4, 5, 7)] == [
        Outcome.NOT_APPLICABLE,
        Outcome.NOT_APPLICABLE,
        Outcome.PASS,
        Outcome.NO_DATA,
    ]
    wording = Wording(lang, report.dictionary, report.standards, None, [area.rule])
    assert wording.reason(area.verdict(3)).startswith(told)


GROUPS = """
standard: groups
{HEAD}
tables:
  need: {{clause: 一, unit: m2, rows: {{urban: 400, rural: none}}}}
rules:
  - {{id: S-1, title: 甲, clause: 一, applies_to: community, indicator: facility_area,
     at_least: "lookup(need, community_type)"}}
  - {{id: S-2, title: 乙, clause: 一, applies_to: community, by: county,
     indicator: 'share(meets("S-1"))', at_least: 60%}}
  - {{id: S-3, title: 丙, clause: 一, applies_to: community, by: county,
     indicator: "share(facility_area >= lookup(need, community_type))", at_least: 60%}}
  - {{id: S-4, title: 丁, clause: 一, applies_to: community, by: county,
     indicator: sum(facility_area), at_least: "sum(lookup(need, community_type))"}}
  - {{id: S-5, title: 戊, clause: 一, applies_to: community, indicator: facility_area,
     at_least: "coalesce(lookup(need, community_type), office_area)"}}
"""


def test_of_groups_such_records_make_nothing_green(tmp_path: Path) -> None:
    """A share leaves them out; a sum of limits that lacks theirs is held against nobody."""
    (tmp_path / "groups.yaml").write_text(GROUPS.format(HEAD=HEAD), encoding="utf-8")
    lines = ["和平区,甲社区,城市,400,1", "和平区,乙社区,城市,399,1", "和平区,丙社区,农村,5000,6000"]
    lines += ["沈河区,丁社区,农村,5000,1"]
    content = "\n".join(["县区,社区名称,社区类型,综合服务设施面积（㎡）,办公用房面积（㎡）", *lines])
    (tmp_path / "r.csv").write_text(content, encoding="utf-8")
    report = check(tmp_path / "r.csv", standards="groups", rules_dir=tmp_path, as_of=date(2023, 6, 1))
    found = {result.rule.id: [v.outcome.word for v in result.verdicts(all_outcomes=True)] for result in report.results}
    assert found == {
        "S-1": ["pass", "fail", "not_applicable", "not_applicable"],
        "S-2": ["fail", "not_applicable"],
        "S-3": ["fail", "not_applicable"],
        "S-4": ["no_data", "no_data"],
        "S-5": ["pass", "fail", "fail", "pass"],
    }


@pytest.mark.parametrize(
    ("lang", "rows"),
    [
        ("zh", "both（三）|urban，不足 3,000：10|urban，3,000 及以上且不超过 6,000：20；2024-01-01 起 25|rural：5"),
        (
            "en",
            "both (三)|urban, below 3,000: 10|urban, 3,000 or more and up to 6,000: 20; from 2024-01-01 25|rural: 5",
        ),
    ],
)
def test_a_card_lists_the_rows(tmp_path: Path, lang: Lang, rows: str) -> None:
    standard = _report(tmp_path).standards[0]
    (rule,) = [one for one in standard.rules if one.id == "T-3"]
    assert "|".join(card(rule, standard, [standard], Dictionary({}), lang).lines("tables")) == rows
