"""Where a record belongs decides who judges it: counties of one name, standards that were chosen, levers of groups."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check

DAY = date(2023, 12, 31)
HEAD = "市,区县,社区名称,社区类型,综合服务设施面积(㎡),社会工作专业人员\n"


def judged(path: Path, text: str, *standards: str | Path) -> dict[str, dict[str, int]]:
    """standard -> outcome -> verdicts."""
    path.write_text(HEAD + text, encoding="utf-8")
    found: dict[str, dict[str, int]] = {}
    for result in check(path, standards, as_of=DAY).results:
        own = found.setdefault(result.rule.standard, {})
        for verdict in result.verdicts(all_outcomes=True):
            own[verdict.outcome.word] = own.get(verdict.outcome.word, 0) + 1
    return found


def test_a_county_is_known_by_its_city_as_well(tmp_path: Path) -> None:
    """望城区 of 长沙市 has a standard of its own; a county of that name in another city has not."""
    mine = judged(tmp_path / "a.csv", "长沙市,望城区,甲社区,城市社区,500,3\n")
    assert set(mine) == {"wangcheng-2021"}
    text = "沈阳市,望城区,乙社区,城市社区,700,3\n沈阳市,和平区,丙社区,城市社区,700,3\n"
    assert "wangcheng-2021" not in judged(tmp_path / "b.csv", text)


def test_a_chosen_standard_and_its_heir_share_the_records(tmp_path: Path) -> None:
    places = ("大连市,中山区,甲社区", "沈阳市,和平区,乙社区", "攀枝花市,东区,丙社区")
    text = "".join(f"{place},城市社区,500,3\n" for place in places)
    path = tmp_path / "a.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    report = check(path, ["liaoning-2021", "shenyang-2023"], as_of=DAY, select=["LN-01"])
    found = {
        (v.subject.name, r.rule.standard): v.outcome.word for r in report.results for v in r.verdicts(all_outcomes=True)
    }
    assert found[("甲社区", "liaoning-2021")] == "pass"
    assert found[("乙社区", "shenyang-2023")] == "fail"
    assert ("乙社区", "liaoning-2021") not in found
    assert [o for (name, _), o in found.items() if name == "丙社区"] == ["not_applicable"]


def test_a_column_that_one_of_two_files_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "大连市,中山区,甲社区,城市社区,500,3\n", encoding="utf-8")
    short = HEAD.replace("社区类型,", "") + "大连市,中山区,乙社区,500,3\n"
    (tmp_path / "b.csv").write_text(short, encoding="utf-8")
    report = check(tmp_path, as_of=DAY, select=["LN-01"])
    found = {v.subject.name: v.outcome.word for r in report.results for v in r.verdicts(all_outcomes=True)}
    assert found == {"甲社区": "pass", "乙社区": "no_data"}


def test_the_base_of_a_pooled_ratio_is_that_of_the_records_in_scope(tmp_path: Path) -> None:
    rule = GROUP.replace("sum(social_workers)", "sum(registered_volunteers) / sum(population)")
    rule = rule.replace("at_least: 20", 'at_least: 13%\n    plausible: [0, 100%]\n    where: community_type == "urban"')
    (tmp_path / "pool.yaml").write_text(rule.replace("    lever: social_workers\n", ""), encoding="utf-8")
    head = "市,区县,社区名称,社区类型,常住人口,注册志愿者人数\n"
    rows = "大连市,中山区,甲社区,城市社区,1000,100\n大连市,中山区,乙社区,农村社区,5000,10\n"
    (tmp_path / "a.csv").write_text(head + rows + "大连市,中山区,丙社区,城市社区,1000,\n", encoding="utf-8")
    report = check(tmp_path / "a.csv", [tmp_path / "pool.yaml"], as_of=DAY)
    (verdict,) = report.results[0].verdicts(all_outcomes=True)
    # What is printed are the sums of records with both figures; what is judged holds the blank one at its bounds.
    assert (verdict.numerator, verdict.denominator, verdict.blanks) == ((100.0, 100.0), 1000.0, 1)
    assert (verdict.outcome.word, verdict.observed) == ("no_data", pytest.approx((0.05, 0.55)))


GROUP = """standard: pool
title: {zh: 某市标准, en: A standard}
source: {document: 文件, issuer: 民政局, date: 2020-01-01}
jurisdiction: {code: "210200", name: 大连市}
in_force: {from: 2020-01-01}
rules:
  - id: PL-01
    title: {zh: 社会工作专业人员总数, en: Social workers in all}
    clause: 一
    applies_to: community
    by: [city]
    indicator: sum(social_workers)
    at_least: 20
    lever: social_workers
    severity: mandatory
"""


def test_the_lever_of_a_group_is_what_the_whole_group_lacks(tmp_path: Path) -> None:
    (tmp_path / "pool.yaml").write_text(GROUP, encoding="utf-8")
    path = tmp_path / "a.csv"
    rows = "".join(f"大连市,中山区,{name}社区,城市社区,500,{n}\n" for name, n in (("甲", 3), ("乙", 4), ("丙", 5)))
    path.write_text(HEAD + rows, encoding="utf-8")
    report = check(path, [tmp_path / "pool.yaml"], as_of=DAY)
    (verdict,) = report.results[0].verdicts(all_outcomes=True)
    assert (verdict.outcome.word, verdict.observed, verdict.shortfall) == ("fail", 12.0, 8.0)
    assert verdict.add == 8.0
