"""Subjects that two files report: told with both addresses, and judged in both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from batch.folder import HEADER, community_csv
from communitycheck.check import check

DAY = date(2023, 12, 31)
CODES = ("same-code-in-two-files", "subject-in-two-files", "more-subjects-in-two-files")


def told(folder: Path) -> list[tuple[str, str, str]]:
    report = check(folder, as_of=DAY)
    return [
        (n.code, n.text, f"{Path(n.at.path).name}:{n.at.row} {Path(str(n.values['first'])).name}")
        for n in report.notices
        if n.code in CODES
    ]


def test_the_same_name_in_the_same_county(tmp_path: Path) -> None:
    community_csv(tmp_path / "a.csv", "和平区", 3)
    community_csv(tmp_path / "b.csv", "和平区", 2, first=2)
    community_csv(tmp_path / "c.csv", "沈河区", 3)
    assert told(tmp_path) == [
        ("subject-in-two-files", "和平区第2社区", "b.csv:2 a.csv!4"),
        ("subject-in-two-files", "和平区某社区", "b.csv:4 a.csv!5"),
    ]


def test_namesakes_of_two_streets_or_of_no_known_county_are_no_repeats(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + "沈阳市,和平区,甲街道,幸福社区,城市社区,500,900,2000\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEADER + "沈阳市,和平区,乙街道,幸福社区,城市社区,500,900,2000\n", encoding="utf-8")
    for name in "cd":
        text = "市,社区名称,社区类型,综合服务设施面积(㎡)\n沈阳市,和谐社区,城市社区,500\n"
        (tmp_path / f"{name}.csv").write_text(f"{text}沈阳市,{name}社区,城市社区,500\n", encoding="utf-8")
    assert told(tmp_path) == []


def test_the_same_code_under_another_name(tmp_path: Path) -> None:
    head = "行政区划代码,区县,社区名称,社区类型,综合服务设施面积(㎡)\n"
    for name, community in (("a", "老名"), ("b", "新名")):
        rows = f"210102001001,和平区,{community}社区,城市社区,500\n"
        (tmp_path / f"{name}.csv").write_text(head + rows, encoding="utf-8")
    assert told(tmp_path) == [("same-code-in-two-files", "新名社区", "b.csv:2 a.csv!2")]


def test_many_are_summed_up(tmp_path: Path) -> None:
    community_csv(tmp_path / "a.csv", "和平区", 60)
    community_csv(tmp_path / "b.csv", "和平区", 55)
    found = told(tmp_path)
    assert len(found) == 21 and found[-1][0] == "more-subjects-in-two-files"
    report = check(tmp_path, as_of=DAY)
    assert next(n.values["count"] for n in report.notices if n.code == found[-1][0]) == 36
    assert report.subjects == 61 + 56
