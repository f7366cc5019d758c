"""A date that a return states decides on deadlines and limits: one that cannot be is never used, and is asked about."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from communitycheck import check
from communitycheck.model.report import Report

TODAY = date.today()


def judged(folder: Path, title: str, **options: Any) -> Report:
    file = folder / "r.csv"
    file.write_text(f"{title}\n社区名称,社区类型,常住户数,综合服务设施面积\n春社区,城市,1000,450\n秋社区,城市,900,420\n")
    return check(file, "liaoning-2021", **options)


def codes(report: Report) -> set[str]:
    return {notice.code for notice in report.notices}


@pytest.mark.parametrize("year", [TODAY.year + 1, TODAY.year + 9])
def test_a_year_that_has_not_begun_is_not_judged_by(year: int, tmp_path: Path) -> None:
    report = judged(tmp_path, f"社区服务设施统计表（{year}年度）")
    assert (report.as_of, report.as_of_from) == (TODAY, "unusable")
    assert "period-not-begun" in codes(report)
    assert (report.exit_code, report.open_points()) == (3, {"period": 1})


@pytest.mark.parametrize(
    "title", ["截止日期：2022年13月31日", "社区设施统计表（截至2021年2月30日）", "统计期：2020年9-3月"]
)
def test_a_date_that_no_calendar_has_is_asked_about(title: str, tmp_path: Path) -> None:
    report = judged(tmp_path, title)
    assert report.as_of_from == "unusable"
    assert "period-impossible" in codes(report)
    assert report.exit_code == 3


def test_the_year_under_way_and_a_past_one_are_periods(tmp_path: Path) -> None:
    for year in (TODAY.year, TODAY.year - 3):
        report = judged(tmp_path, f"社区服务设施统计表（{year}年度）")
        assert (report.as_of, report.as_of_from, report.exit_code) == (date(year, 12, 31), "return", 0)
        assert ("period-not-over" in codes(report)) == (date(year, 12, 31) > TODAY)


def test_a_day_that_is_given_settles_it(tmp_path: Path) -> None:
    report = judged(tmp_path, "社区服务设施统计表（2090年度）", as_of=TODAY - timedelta(days=1))
    assert report.exit_code == 0
    assert "period-not-begun" not in codes(report)


def test_a_year_beside_a_date_that_cannot_be(tmp_path: Path) -> None:
    report = judged(tmp_path, "2021年度社区服务设施统计表\n截止日期：2022年13月31日")
    assert (report.as_of.year, report.exit_code) == (2021, 0)
    assert "period-impossible" in codes(report)


def test_another_return_tells_the_day(tmp_path: Path) -> None:
    """The one whose year is none is said, and the answer is incomplete."""
    judged(tmp_path, "社区服务设施统计表（2090年度）")
    (tmp_path / "r.csv").rename(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("2021年度统计表\n社区名称,社区类型,综合服务设施面积\n冬社区,城市,500\n")
    report = check(tmp_path, "liaoning-2021")
    assert (report.as_of, report.as_of_from) == (date(2021, 12, 31), "return")
    assert report.open_points()["period"] == 1
