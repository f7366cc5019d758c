"""What titles, names and cells say of the period: the phrases of periods.yaml, read by the real functions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.cells.stated_period import find_period, impossible_period
from each import each

PHRASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("periods.yaml").read_text(encoding="utf-8"))


@each(("title", "right"), PHRASES["titles"].items())
def test_a_title(title: str, right: date | None) -> None:
    assert find_period([title], ["Sheet1", "社区"]) == right


@pytest.mark.parametrize(("name", "right"), PHRASES["names"].items())
def test_the_name_of_a_file(name: str, right: date | None) -> None:
    assert find_period(["社区综合服务设施情况表"], ["Sheet1", name]) == right


@pytest.mark.parametrize(("cell", "right"), PHRASES["cells"].items())
def test_a_cell(cell: str, right: date | None) -> None:
    assert read_date(cell) == right


@pytest.mark.parametrize("case", PHRASES["together"], ids=str)
def test_titles_and_names_together(case: dict[str, Any]) -> None:
    assert find_period(case["titles"], case["names"]) == case["right"]


@pytest.mark.parametrize(("title", "told"), PHRASES["impossible"].items())
def test_a_date_that_no_calendar_has(title: str, told: str | None) -> None:
    assert impossible_period(["社区综合服务设施情况表", title]) == told
