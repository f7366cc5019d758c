"""What a rule asks of the region that a subject lies in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from check.test_between_records import judged, verdicts, words, workbook

ROWS = [
    ("区县", "街道", "社区名称", "常住人口"),
    ("东区", "一街道", "甲社区", 1000),
    ("东区", "二街道", "乙社区", 900),
    ("西区", "三街道", "丙社区", 10),
    ("西区", "五街道", "丁社区", 10),
    ("西区", "六街道", "戊社区", 15),
]
STREETS = [
    ("区县", "街道", "常住人口"),
    ("东区", "一街道办事处", 1900),
    ("东区", "二街道", 1000),
    ("西区", "三街道", None),
    ("西区", "六街道", 20),
    ("西区", "六街道", 31),
]
COUNTIES = [("区县", "常住人口"), ("东区", 2000), ("西区", 20)]
SHARE = {"is": None, "indicator": "population / above(population)"}


@pytest.mark.parametrize(
    ("limit", "outcomes"),
    [
        ("60%", ["pass", "fail", "no_data", "no_data", "no_data"]),  # 48 to 75 % of a street with two figures
        ("80%", ["pass", "fail", "no_data", "no_data", "pass"]),
        ("40%", ["fail", "fail", "no_data", "no_data", "fail"]),
    ],
)
def test_the_nearest_sheet_answers(limit: str, outcomes: list[str], tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", 社区=ROWS, 街道=STREETS, 区县=COUNTIES)
    report = judged([file], **SHARE, at_most=limit)
    assert [v.outcome.word for v in verdicts(report)] == outcomes
    codes = [one.code for v in verdicts(report) for one in v.untold]
    assert codes == ["above-cell", "above-unlisted", *(["above-several"] if limit == "60%" else [])]


def test_without_streets_the_county_does(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", 社区=ROWS, 区县=COUNTIES)
    found = words(judged([file], **SHARE, at_most="50%"))
    assert [word for _, word in found] == ["pass", "pass", "pass", "pass", "fail"]


def test_without_any_nobody_knows(tmp_path: Path) -> None:
    report = judged([workbook(tmp_path / "a.xlsx", 社区=ROWS)], **SHARE, at_most="50%")
    assert report.results[0].lacking == ("population",)


def test_each_period_has_its_own(tmp_path: Path) -> None:
    rows: list[list[tuple[Any, ...]]] = [[("常住人口（2022年）",), *STREETS[:3]], [("常住人口（2023年）",), STREETS[0]]]
    rows[1] += [("东区", "一街道", 1000), ("东区", "二街道", 900)]
    people = [[(f"社区（{year}年）",), *ROWS[:3]] for year in (2022, 2023)]
    files = [
        workbook(tmp_path / f"{year}年.xlsx", 社区=people[k], 街道=rows[k]) for k, year in enumerate((2022, 2023))
    ]
    report = judged(files, **SHARE, at_most="95%")
    assert [word for _, word in words(report)] == ["fail", "fail"]  # of 2023, where the streets are smaller
