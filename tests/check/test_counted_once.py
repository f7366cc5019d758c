"""A subject that stands there several times counts once in a sum, a share, a mean: with what its records agree on, and
where they differ with all that it may be. A group verdict is never better than the harder reading gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.result import Reason, Verdict

DAY = date(2023, 12, 31)
HEADER = "区县,街道,社区名称,社区类型,户数,党员人数,参与志愿服务党员数,儿童之家"
RULES = """
standard: once
title: {zh: 计一次, en: Once}
source: {document: 示例, issuer: 示例, date: 2020-01-01}
jurisdiction: {code: "210300", name: 鞍山市}
in_force: {from: 2020-01-01}
rules:
  - {id: R-SUM, title: {zh: 合计, en: sum}, clause: 一, applies_to: community, by: [city],
     indicator: sum(households), at_least: 1500 households, severity: mandatory}
  - {id: R-MOST, title: {zh: 合计上限, en: sum}, clause: 一, applies_to: community, by: [city],
     indicator: sum(households), at_most: 1500 households, severity: mandatory}
  - {id: R-COUNT, title: {zh: 个数, en: count}, clause: 一, applies_to: community, by: [city],
     indicator: count(), at_least: 3 items, severity: mandatory}
  - {id: R-SHARE, title: {zh: 比例, en: share}, clause: 一, applies_to: community, by: [county],
     indicator: share(has_childrens_home), at_least: 60%, severity: mandatory}
  - {id: R-MEAN, title: {zh: 平均, en: mean}, clause: 一, applies_to: community, by: [city],
     indicator: mean(households), at_least: 700 households, severity: mandatory}
  - {id: R-RATIO, title: {zh: 比率, en: ratio}, clause: 一, applies_to: community, by: [city],
     indicator: sum(party_volunteers) / sum(party_members), at_least: 50%, severity: mandatory}
  - {id: R-URBAN, title: {zh: 城市合计, en: urban}, clause: 一, applies_to: community, by: [city],
     where: community_type == "urban", indicator: sum(households), at_least: 1500 households, severity: mandatory}
  - {id: R-ONE, title: {zh: 单个, en: one}, clause: 一, applies_to: community,
     indicator: households, at_least: 700 households, severity: mandatory}
  - {id: R-MET, title: {zh: 达标率, en: met}, clause: 一, applies_to: community, by: [city],
     indicator: share(meets("R-ONE")), at_least: 60%, severity: mandatory}
  - {id: R-TWO, title: {zh: 党员, en: two}, clause: 一, applies_to: community,
     indicator: party_members, at_least: 10 persons, severity: mandatory}
  - {id: R-BOTH, title: {zh: 两项, en: both}, clause: 一, applies_to: community, by: [city],
     indicator: 'share(meets("R-ONE", "R-TWO"))', at_least: 60%, severity: mandatory}
"""


def judged(tmp_path: Path, *files: str, header: str = HEADER) -> Report:
    standard = tmp_path / "once.yaml"
    standard.write_text(RULES, encoding="utf-8")
    paths = [tmp_path / f"{k}.csv" for k in range(len(files))]
    for path, body in zip(paths, files, strict=True):
        path.write_text(f"{header}\n{body}", encoding="utf-8")
    return check(paths, [standard], as_of=DAY)


def verdict(report: Report, rule: str, name: str = "鞍山市") -> Verdict:
    result = next(r for r in report.results if r.rule.id == rule)
    return next(v for v in result.verdicts(all_outcomes=True) if v.subject.name == name)


def said(report: Report, rule: str) -> tuple[str, object]:
    one = verdict(report, rule, "铁东区" if rule == "R-SHARE" else "鞍山市")
    return one.outcome.word, one.observed


FIRST = "铁东区,一街道,甲社区,城市社区,600,10,4,有\n铁东区,一街道,乙社区,城市社区,800,10,5,无\n"
ALIKE = {
    "R-SUM": ("fail", 1400.0),
    "R-MOST": ("pass", 1400.0),
    "R-COUNT": ("fail", 2.0),
    "R-SHARE": ("fail", 0.5),
    "R-MEAN": ("pass", 700.0),
    "R-RATIO": ("fail", 0.45),
    "R-URBAN": ("fail", 1400.0),
    "R-MET": ("fail", 0.5),
}


@pytest.mark.parametrize("rule", ALIKE)
def test_the_same_twice_counts_once(rule: str, tmp_path: Path) -> None:
    again = FIRST.replace("甲社区", "甲社区居委会").replace("一街道", "一街道办事处")
    for files in ((FIRST + FIRST,), (FIRST, again), (FIRST + again,)):
        report = judged(tmp_path, *files)
        assert said(report, rule) == ALIKE[rule]
        assert verdict(report, rule, "铁东区" if rule == "R-SHARE" else "鞍山市").again == 2


DIFFERING = {
    # 甲社区: 600 or 900 households, a home or none, 4 or 9 of 10 members.
    "R-SUM": ("no_data", (1400.0, 1700.0)),
    "R-MOST": ("no_data", (1400.0, 1700.0)),
    "R-COUNT": ("fail", 2.0),
    "R-SHARE": ("fail", (0.0, 0.5)),
    "R-MEAN": ("pass", (700.0, 850.0)),
    "R-RATIO": ("no_data", (0.45, 0.7)),
    "R-URBAN": ("no_data", (1400.0, 1700.0)),
    "R-MET": ("no_data", (0.5, 1.0)),
}


@pytest.mark.parametrize("rule", DIFFERING)
def test_where_its_records_differ_it_is_all_that_it_may_be(rule: str, tmp_path: Path) -> None:
    report = judged(tmp_path, FIRST, "铁东区,一街道,甲社区,城市社区,900,10,9,无\n")
    assert said(report, rule) == DIFFERING[rule]
    one = verdict(report, rule, "铁东区" if rule == "R-SHARE" else "鞍山市")
    assert one.again == 1
    if one.outcome.word == "no_data":
        assert one.reason is Reason.REPEATS_UNDECIDED and one.gaps == (0, 0, 0, 1, 0)


def test_a_namesake_in_another_street_is_another(tmp_path: Path) -> None:
    report = judged(tmp_path, FIRST, FIRST.replace("一街道", "二街道"))
    assert said(report, "R-SUM") == ("pass", 2800.0)
    assert said(report, "R-COUNT") == ("pass", 4.0)
    assert not [n for n in report.notices if "two-files" in n.code]


def test_a_namesake_of_unknown_place_may_be_the_same(tmp_path: Path) -> None:
    nowhere = "区县,街道,社区名称,社区类型,户数,党员人数,参与志愿服务党员数,儿童之家"
    report = judged(tmp_path, FIRST, ",,甲社区,城市社区,600,10,9,有\n", header=nowhere)
    assert said(report, "R-SUM") == ("no_data", (1400.0, 2000.0))
    assert said(report, "R-COUNT") == ("no_data", (2.0, 3.0))
    assert [n.code for n in report.notices if "two-files" in n.code] == ["subject-perhaps-in-two-files"]
    assert verdict(report, "R-SUM").reason is Reason.REPEATS_UNDECIDED
    assert verdict(report, "R-SUM").again == 0


def test_one_of_unknown_place_takes_nothing_from_two_that_are_known(tmp_path: Path) -> None:
    two = "铁东区,一街道,甲社区,城市社区,600,10,4,有\n立山区,二街道,甲社区,城市社区,800,10,5,无\n"
    report = judged(tmp_path, two, ",,甲社区,城市社区,700,10,9,有\n")
    assert said(report, "R-COUNT") == ("no_data", (2.0, 3.0))


def test_a_sheet_without_the_column_says_nothing_against(tmp_path: Path) -> None:
    report = judged(tmp_path, FIRST)
    whole = said(report, "R-SUM")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.csv").write_text(
        "区县,街道,社区名称,儿童之家\n铁东区,一街道,甲社区,有\n铁东区,一街道,乙社区,无\n", encoding="utf-8"
    )
    report = check([tmp_path / "0.csv", tmp_path / "more"], [tmp_path / "once.yaml"], as_of=DAY)
    assert said(report, "R-SUM") == whole == ("fail", 1400.0)
    assert said(report, "R-URBAN") == ("fail", 1400.0)
    assert said(report, "R-SHARE") == ("fail", 0.5)
    assert verdict(report, "R-SUM").gaps == (0, 0, 0, 0, 0)


def test_the_blank_of_one_record_is_not_filled_from_the_other(tmp_path: Path) -> None:
    report = judged(tmp_path, FIRST, "铁东区,一街道,甲社区,城市社区,,10,4,有\n")
    outcome, _ = said(report, "R-SUM")
    assert outcome == "no_data"


def test_of_two_periods_of_a_subject_the_later_counts(tmp_path: Path) -> None:
    header = "年度,区县,街道,社区名称,户数"
    body = "".join(f"{year},铁东区,一街道,甲社区,{n}\n" for year, n in ((2021, 800), (2022, 900)))
    report = judged(tmp_path, body, header=header)
    assert said(report, "R-SUM") == ("fail", 900.0)


def test_one_code_under_two_names_may_be_one_subject(tmp_path: Path) -> None:
    header = "行政区划代码,区县,社区名称,户数"
    one, other = ("210302001001,铁东区,{},{}\n".format(*pair) for pair in (("甲社区", 900), ("新甲社区", 800)))
    assert said(judged(tmp_path, one, other, header=header), "R-SUM")[0] == "no_data"
    # The code of a street is that of none of its communities.
    bodies = [body.replace("001001", "001000") for body in (one, other)]
    assert said(judged(tmp_path, *bodies, header=header), "R-SUM") == ("pass", 1700.0)


def test_each_record_is_judged_and_the_pass_of_one_never_stands_alone(tmp_path: Path) -> None:
    report = judged(tmp_path, FIRST, FIRST.replace("600", "900"))
    result = next(r for r in report.results if r.rule.id == "R-ONE")
    assert [v.outcome.word for v in result.verdicts(all_outcomes=True)] == ["fail", "pass", "pass", "pass"]
    assert [n.code for n in report.notices if n.code == "subject-in-two-files"] == ["subject-in-two-files"] * 2
    assert report.exit_code == 1


@pytest.mark.parametrize(
    ("households", "members", "right"),
    [
        ("800", "不适用", ("pass", 1.0)),  # left out
        ("600", "不适用", ("fail", 0.5)),
        ("", "不适用", ("no_data", (0.5, 1.0))),
        ("800", "12", ("pass", 1.0)),
    ],
)
def test_who_is_exempt_from_a_part_has_not_met_the_whole(
    households: str, members: str, right: tuple[str, object], tmp_path: Path
) -> None:
    body = f"铁东区,一街道,甲社区,城市社区,900,20,4,有\n铁东区,一街道,乙社区,城市社区,{households},{members},5,无\n"
    report = judged(tmp_path, body)
    assert said(report, "R-BOTH") == right
    assert verdict(report, "R-BOTH").denominator == (1.0 if right[1] == 1.0 and members == "不适用" else 2.0)
