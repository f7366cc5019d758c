"""Rates in a header or a cell: so many times a month are twelve times so many a year; a figure of days is a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.returns.cells.frequency import read_days
from communitycheck.returns.cells.numbers import Measure
from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")


def figures(path: Path, header: str, *cells: str, field: str) -> list[float | None]:
    rows = [f"2020年,和平区,第{at}社区,{cell}" for at, cell in enumerate(cells)]
    path.write_text("\n".join([f"年度,县区,社区名称,{header}", *rows]), encoding="utf-8")
    (table,) = read_return(path, DICTIONARY).tables
    column = table.columns.get(field)
    if column is None or column.lo is None:
        return []
    return [None if value != value else value for value in column.lo.tolist()]


@pytest.mark.parametrize(
    ("rate", "times"),
    [("次", 1), ("次/年", 1), ("次/半年", 2), ("次/季度", 4), ("次/季", 4), ("次/月", 12), ("次／月", 12)],
)
def test_a_rate_in_the_header(rate: str, times: int, tmp_path: Path) -> None:
    found = figures(tmp_path / "a.csv", f"议事会议次数（{rate}）", "1", "12", field="deliberation_meetings")
    assert found == [times, 12 * times]


def test_a_rate_in_the_cell(tmp_path: Path) -> None:
    found = figures(
        tmp_path / "a.csv", "议事会议次数", "1次/月", "每月1次", "3次/季度", "12", field="deliberation_meetings"
    )
    assert found == [12, 12, 12, 12]


@pytest.mark.parametrize(("text", "days"), [("365天", 365), ("365", 365), ("全年无休", 366), ("366天", 366)])
def test_a_figure_of_days_is_that_figure_in_a_leap_year_too(text: str, days: int) -> None:
    assert read_days(text, Measure("days_per_year"), 366).lo == days
