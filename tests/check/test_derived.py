"""A figure that some returns state and others leave to be worked out from its parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck import check
from communitycheck.model.table import State

# Two returns: one states the floor area, one its parts. What is judged of each community.
STATED = "社区名称,社区类型,综合服务设施面积\n甲社区,城市,{}\n乙社区,城市,\n"
PARTS = "社区名称,社区类型,办公用房面积,居民公益性服务用房面积\n丙社区,城市,100,{}\n丁社区,城市,100,{}\n"
CASES = [
    ("400", "300", "200", {"甲": 400.0, "乙": None, "丙": 400.0, "丁": 300.0}),
    ("400", "300", "", {"甲": 400.0, "乙": None, "丙": 400.0, "丁": None}),
    ("300余", "300", "", {"甲": (300.0, 400.0), "乙": None, "丙": 400.0, "丁": None}),
    ("400", "200余", "", {"甲": 400.0, "乙": None, "丙": (300.0, 400.0), "丁": None}),
]


@pytest.mark.parametrize(("stated", "part", "other", "expected"), CASES)
def test_stated_here_and_worked_out_there(
    stated: str, part: str, other: str, expected: dict[str, float | tuple[float, float] | None], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(STATED.format(stated), encoding="utf-8")
    (tmp_path / "b.csv").write_text(PARTS.format(part, other), encoding="utf-8")
    report = check(tmp_path, "liaoning-2021", as_of=date(2023, 12, 31), select=["LN-01"])
    (result,) = report.results
    found = list(result.verdicts(all_outcomes=True))
    assert [bool(v.troubled) for v in found] == [v.observed is None for v in found]
    assert {v.subject.name[0]: v.observed for v in found} == expected


def test_what_a_sheet_neither_states_nor_has_the_parts_of_is_a_column_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(STATED.format("400"), encoding="utf-8")
    (tmp_path / "b.csv").write_text("社区名称,社区类型,户数\n丙社区,城市,900\n", encoding="utf-8")
    report = check(tmp_path, "panzhihua-2018", as_of=date(2020, 12, 31), select=["PZ-06"])
    (result,) = report.results
    table = report.records[0].table
    states = {table.name_at(i): table.columns["station_area"].state_at(i) for i in range(len(table))}
    assert states == {"甲社区": State.KNOWN, "乙社区": State.BLANK, "丙社区": State.ABSENT}
    assert [v.observed for v in result.verdicts(all_outcomes=True)] == [400.0, None, None]
