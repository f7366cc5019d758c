"""A group or region whose answer stays open names the cells that leave it open, and explain shows figures not used."""

from __future__ import annotations

from datetime import date

import pytest

from communitycheck.check import check
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.reporting.words.sentences import Wording

RULES = """
standard: open-groups
title: 示例标准
source: {document: 示例文件, date: 2020-01-01}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: G-1, title: 人口, clause: 一, applies_to: community, severity: expected, by: county,
     indicator: sum(population), at_least: 9000 persons}
  - {id: G-2, title: 合计, clause: 二, applies_to: county, severity: expected,
     indicator: population, equals: sum(population)}
"""
COMMUNITIES = """县区,社区名称,社区类型,常住人口
和平区,甲社区,城市,1200
和平区,乙社区,城市,
和平区,丙社区,城市,不详人
沈河区,丁社区,城市,9500
沈河区,戊社区,城市,
"""
COUNTIES = "县区,常住人口\n和平区,3000\n沈河区,9400\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("open")
    (folder / "open-groups.yaml").write_text(RULES, encoding="utf-8")
    (folder / "a.csv").write_text(COMMUNITIES, encoding="utf-8")
    (folder / "b.csv").write_text(COUNTIES, encoding="utf-8")
    paths = [folder / "a.csv", folder / "b.csv"]
    return check(paths, standards=str(folder / "open-groups.yaml"), as_of=date(2023, 12, 31))


def _reasons(report: Report, rule: str, lang: Lang) -> dict[str, tuple[str, str]]:
    (result,) = [one for one in report.results if one.rule.id == rule]
    wording = Wording(lang, report.dictionary, report.standards, None, [result.rule])
    return {v.subject.name: (v.outcome.word, wording.reason(v)) for v in result.verdicts(all_outcomes=True)}


@pytest.mark.parametrize(
    ("lang", "named"),
    [("zh", ("乙社区：D3 空白", "丙社区：D4 无法识别")), ("en", ("乙社区: D3 is blank", "丙社区: D4 cannot be read"))],
)
def test_a_group_names_the_cells_that_leave_it_open(report: Report, lang: Lang, named: tuple[str, ...]) -> None:
    found = _reasons(report, "G-1", lang)
    assert found["和平区"][0] == "no_data"
    assert all(cell in found["和平区"][1] for cell in named)
    assert found["沈河区"][0] == "pass"
    assert "D6" not in found["沈河区"][1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_region_held_against_its_parts_names_theirs(report: Report, lang: Lang) -> None:
    found = _reasons(report, "G-2", lang)
    assert found["和平区"][0] == "no_data"
    assert "D3" in found["和平区"][1]
    assert "D4" in found["和平区"][1]
    assert found["沈河区"][0] == "fail"
