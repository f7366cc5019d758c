"""The front door as a whole: layers, default standards, order of files, exit codes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import UsageError
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome

DAY = date(2023, 12, 31)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def outcomes(report: Report, rule: str) -> dict[str, tuple[str, str, object]]:
    """name -> (layer, outcome, required) of one rule, over all standards."""
    return {
        v.subject.name: (v.rule.layer, v.outcome.word, v.required)
        for r in report.results
        if r.rule.id == rule
        for v in r.verdicts(all_outcomes=True)
    }


MIXED = """市,区县,社区名称,社区类型,综合服务设施面积(㎡)
沈阳市,和平区,甲社区,城市社区,500
大连市,中山区,乙社区,城市社区,500
沈阳,沈河区,丙社区,城市社区,600
鞍山市,铁西区,丁社区,城市社区,399.9
"""


def test_each_community_is_judged_by_its_most_local_layer(tmp_path: Path) -> None:
    report = check(write(tmp_path / "辽宁省.csv", MIXED), as_of=DAY)
    assert [s.id for s in report.standards] == ["liaoning-2021", "shenyang-2023"]
    assert outcomes(report, "LN-01") == {
        "甲社区": ("shenyang-2023", "fail", 600.0),
        "乙社区": ("liaoning-2021", "pass", 400.0),
        "丙社区": ("shenyang-2023", "pass", 600.0),
        "丁社区": ("liaoning-2021", "fail", 400.0),
    }


def test_region_codes_place_a_record_before_names_do(tmp_path: Path) -> None:
    head = "行政区划代码,社区名称,社区类型,综合服务设施面积\n"
    text = head + "210102001001,甲,城市社区,500\n210202001001,乙,城市社区,500\n"
    report = check(write(tmp_path / "a.csv", text), as_of=DAY)
    assert {k: v[:2] for k, v in outcomes(report, "LN-01").items()} == {
        "甲": ("shenyang-2023", "fail"),
        "乙": ("liaoning-2021", "pass"),
    }


def test_a_county_alone_does_not_choose_the_layer(tmp_path: Path) -> None:
    """铁西区 is in Shenyang and in Anshan: 600 against 400 stays open; 300 is less than either."""
    text = "区县,社区名称,社区类型,综合服务设施面积\n铁西区,甲,城市社区,500\n铁西区,乙,城市社区,300\n"
    report = check(write(tmp_path / "辽宁省统计表.csv", text), as_of=DAY)
    assert {name: o for name, (_, o, _) in outcomes(report, "LN-01").items()} == {"甲": "no_data", "乙": "fail"}


def test_a_chosen_standard_judges_a_return_that_names_no_region(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "社区名称,社区类型,综合服务设施面积\n甲,城市社区,500\n")
    with pytest.raises(UsageError) as caught:
        check(path, as_of=DAY)
    assert caught.value.code == "region-needed" and "liaoning-2021" in str(caught.value)
    assert outcomes(check(path, ["shenyang-2023"], as_of=DAY), "LN-01")["甲"][1] == "fail"
    assert outcomes(check(path, region="沈阳", as_of=DAY), "LN-01")["甲"][1] == "fail"
    assert outcomes(check(path, region="210200", as_of=DAY), "LN-01")["甲"][1] == "pass"


def test_a_chosen_standard_leaves_records_of_other_regions_alone(tmp_path: Path) -> None:
    report = check(write(tmp_path / "a.csv", MIXED), ["shenyang-2023"], as_of=DAY)
    found = outcomes(report, "LN-01")
    assert [found[n][1] for n in ("甲社区", "乙社区")] == ["fail", "not_applicable"]


def test_a_standard_not_yet_in_force_judges_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", MIXED)
    with pytest.raises(UsageError) as caught:
        check(path, as_of=date(2019, 1, 1))
    assert caught.value.code == "none-in-force"
    report = check(path, ["liaoning-2021"], as_of=date(2019, 1, 1))
    assert set(report.outcomes()) and report.outcomes()[Outcome.PASS] == report.outcomes()[Outcome.FAIL] == 0
    assert report.exit_code == 3


def test_a_missing_column_is_not_checked_and_gives_no_verdict(tmp_path: Path) -> None:
    report = check(write(tmp_path / "a.csv", MIXED), ["liaoning-2021"], as_of=DAY, select=["LN-03"])
    (result,) = report.results
    assert result.lacking == ("households",) and len(result) == 0 and not result.checked


@pytest.mark.parametrize(
    ("area", "gate", "code"),
    [
        ("500", Gate(), 0),
        ("300", Gate(), 1),
        ("300", Gate(fail_on="never"), 0),
        ("", Gate(), 3),
        ("", Gate(allow_incomplete=True), 0),
        ("", Gate(fail_on="never"), 3),
    ],
)
def test_exit_codes(area: str, gate: Gate, code: int, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"社区名称,社区类型,综合服务设施面积\n甲,城市社区,{area}\n")
    assert check(path, ["liaoning-2021"], as_of=DAY, gate=gate, select=["LN-01"]).exit_code == code


def test_strict_wants_every_rule_checked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "社区名称,社区类型,综合服务设施面积\n甲,城市社区,500\n")
    for strict, code in ((False, 0), (True, 3)):
        gate = Gate(strict=strict)
        assert check(path, ["liaoning-2021"], as_of=DAY, gate=gate, select=["LN-01", "LN-03"]).exit_code == code


def test_one_unreadable_file_stops_nothing_and_exits_2(tmp_path: Path) -> None:
    good = write(tmp_path / "a.csv", MIXED)
    report = check([good, tmp_path / "missing.csv"], as_of=DAY)
    assert report.exit_code == 2 and [e.code for e in report.unread] == ["file-missing"]
    assert report.outcomes()[Outcome.PASS]


def test_same_bytes_from_two_runs_and_from_files_in_another_order(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", MIXED)
    b = write(tmp_path / "b.csv", MIXED.replace("甲", "戊").replace("500", "450"))

    def run(*paths: Path) -> str:
        return "".join(render(check(paths, as_of=DAY), "json", "zh", all_verdicts=True))

    first = run(a, b)
    assert first == run(a, b) == run(b, a) == run(tmp_path)
    assert json.loads(first)["schema"] == "communitycheck-report/1"


def test_two_files_are_judged_as_one_table(tmp_path: Path) -> None:
    head = "区县,社区名称,儿童之家\n"
    one = write(tmp_path / "攀枝花市东区.csv", head + "东区,甲,有\n东区,乙,有\n")
    two = write(tmp_path / "攀枝花市西区.csv", head + "西区,丙,有\n西区,丁,无\n")
    report = check([one, two], as_of=date(2020, 12, 31), select=["PZ-39"])
    (result,) = report.results
    (verdict,) = result.verdicts(all_outcomes=True)
    assert (verdict.numerator, verdict.denominator, verdict.observed) == ((3.0, 3.0), 4.0, 0.75)
    assert verdict.subject.name == "攀枝花市" and verdict.outcome is Outcome.FAIL and verdict.add == 1.0


def test_blanks_of_a_group_are_bounds(tmp_path: Path) -> None:
    def share(yes: int, no: int, blank: int) -> str:
        rows = ["有"] * yes + ["无"] * no + [""] * blank
        text = "社区名称,儿童之家,户数\n" + "".join(f"社区{i},{r},100\n" for i, r in enumerate(rows))
        path = write(tmp_path / "攀枝花市.csv", text)
        report = check(path, as_of=date(2020, 12, 31), select=["PZ-39"])
        (verdict,) = report.results[0].verdicts(all_outcomes=True)
        assert verdict.blanks == blank
        return verdict.outcome.word

    assert share(90, 10, 0) == "pass"
    assert share(90, 5, 5) == "pass"  # passes even if every blank fails
    assert share(80, 15, 5) == "fail"  # fails even if every blank passes
    assert share(88, 7, 5) == "no_data"


TITLED = "攀枝花市{}2020年社区志愿者情况表\n社区名称,常住人口,注册志愿者\n甲社区,1000,140\n乙社区,2000,200\n"


def test_a_county_that_only_the_title_names_is_judged_as_a_whole(tmp_path: Path) -> None:
    report = check(write(tmp_path / "a.csv", TITLED.format("东区")), select=["PZ-57"])
    assert outcomes(report, "PZ-57")["东区"] == ("panzhihua-2018", "fail", 0.13)
    assert {v.subject.region for r in report.results for v in r.verdicts() if v.subject.entity == "county"} == {
        ("攀枝花市",)
    }


@pytest.mark.parametrize("title", ["", "各县区", "东区、西区"])
def test_a_title_that_names_no_county_or_two_tells_none(tmp_path: Path, title: str) -> None:
    report = check(write(tmp_path / "a.csv", TITLED.format(title)), select=["PZ-57"])
    assert list(outcomes(report, "PZ-57")) == ["攀枝花市"]


COUNTIES = ("东区", "西区", "仁和区", "米易县", "盐边县")


@pytest.mark.parametrize("n", [1, 4, 5])
def test_a_city_judged_by_some_of_its_counties_is_said_to_be(tmp_path: Path, n: int) -> None:
    rows = "".join(f"攀枝花市,{county},甲社区,1000,140\n" for county in COUNTIES[:n])
    file = write(tmp_path / "a.csv", "市,区县,社区名称,常住人口,注册志愿者\n" + rows)
    report = check(file, select=["PZ-57"], as_of=DAY)
    said = [n.values for n in report.notices if n.code == "regions-missing"]
    whole = {"place": "攀枝花市", "count": n, "total": 5, "regions": "、".join(COUNTIES[n:])}
    assert said == ([whole] if n < 5 else [])
    # what only some counties reach, the city is not known to reach
    outcome = "no_data" if n < 5 else "pass"
    assert outcomes(report, "PZ-57")["攀枝花市"] == ("panzhihua-2018", outcome, 0.13)
    assert report.exit_code == (3 if n < 5 else 0)


def test_a_sum_that_some_counties_reach_the_city_reaches_as_well(tmp_path: Path) -> None:
    rows = "攀枝花市,东区,甲社区,600\n攀枝花市,西区,乙社区,500\n"
    file = write(tmp_path / "a.csv", "市,区县,社区名称,社会工作专业人员\n" + rows)
    report = check(file, select=["PZ-13g"], as_of=DAY)
    assert [v.outcome.word for v in report.verdicts(all_outcomes=True)] == ["pass"]
