"""Rows, files and options that a tired office gets wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.cli.run import run

HEAD = "市,区,社区名称,社区类型,社会工作专业人员\n"
DAY = date(2020, 12, 31)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_total_that_bears_its_regions_name_is_no_subject(tmp_path: Path) -> None:
    rows = "攀枝花市,东区,甲社区,城市社区,300\n攀枝花市,东区,乙社区,城市社区,300\n"
    path = write(tmp_path / "a.csv", HEAD + rows + "攀枝花市,东区,东区,,600\n攀枝花市,东区,,,600\n")
    report = check(path, as_of=DAY, select=["PZ-13g"])
    (verdict,) = report.results[0].verdicts(all_outcomes=True)
    assert verdict.observed == 600.0 and verdict.outcome.word == "fail"
    left = [n.at.row for n in report.notices if n.code in ("not-a-subject", "unmarked-total")]
    assert sorted(r for r in left if r) == [4, 5]


def test_a_return_given_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.csv", "a (1).csv"):
        write(tmp_path / name, HEAD + "攀枝花市,东区,甲社区,城市社区,600\n")
    report = check(tmp_path, as_of=DAY, select=["PZ-13g"])
    assert next(report.results[0].verdicts(all_outcomes=True)).observed == 600.0
    assert [n.code for n in report.notices] == ["same-file-twice", "regions-missing"]


def test_a_record_that_nobody_judges_leaves_the_run_incomplete(tmp_path: Path) -> None:
    rows = "大连市,甲社区,城市社区,400\n北京市,乙社区,城市社区,1\n"
    path = write(tmp_path / "a.csv", "市,社区名称,社区类型,综合服务设施面积\n" + rows)
    report = check(path, as_of=date(2023, 12, 31), select=["LN-01"])
    assert (report.unplaced, report.exit_code) == (1, 3)


def test_periods_that_differ_are_said(tmp_path: Path) -> None:
    rows = HEAD + "攀枝花市,东区,甲社区,城市社区,600\n"
    write(tmp_path / "a.csv", "统计时间：2020年12月31日\n" + rows)
    write(tmp_path / "b.csv", "统计时间：2019年12月31日\n" + rows.replace("甲", "乙"))
    report = check(tmp_path, select=["PZ-12"])
    assert report.as_of == DAY
    assert [Path(n.at.path).name for n in report.notices if n.code == "judged-by-another-day"] == ["b.csv"]


@pytest.mark.parametrize("option", ["-o", "--save-mapping"])
def test_no_output_takes_the_place_of_a_return(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", HEAD + "攀枝花市,东区,甲社区,城市社区,600\n")
    before = path.read_bytes()
    command = "inspect" if option == "--save-mapping" else "check"
    assert run([command, str(path), option, str(path), "--lang", "zh"]) == 2
    assert path.read_bytes() == before and "覆盖" in capsys.readouterr().err


def test_a_report_in_the_folder_is_no_return_the_next_time(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", HEAD + "攀枝花市,东区,甲社区,城市社区,6\n")
    arguments = ["check", str(tmp_path), "-o", str(tmp_path / "r.xlsx"), "-q", "--select", "PZ-12"]
    assert [run(arguments), run(arguments)] == [0, 0]


def test_an_end_that_is_not_reached_is_missed_by_nobody_knows_how_much(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "社区名称,社区类型,综合服务设施面积\n甲,城市社区,近400\n")
    report = check(path, ["liaoning-2021"], as_of=date(2023, 12, 31), select=["LN-01"])
    (verdict,) = report.results[0].verdicts()
    assert (verdict.outcome.word, verdict.shortfall) == ("fail", None)


@pytest.mark.parametrize("pattern", ["ln-01", "LN-01@liaoning-2021", "Ln-0[1]"])
def test_rules_are_selected_as_reports_print_them(pattern: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "社区名称,社区类型,综合服务设施面积\n甲,城市社区,400\n")
    report = check(path, ["liaoning-2021"], as_of=date(2023, 12, 31), select=[pattern])
    assert [r.rule.id for r in report.results] == ["LN-01"]
