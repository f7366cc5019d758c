"""Totals are held against the rows that they stand for: small tables with the cells that are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.returns.grid import cell_name, grid_of_rows
from communitycheck.returns.layout.tables import find_layouts

CASES = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_totals_are_what_they_claim(case: dict[str, Any]) -> None:
    rows: list[list[str | None]] = [[c or None for c in line.split(",")] for line in case["sheet"].rstrip().split("\n")]
    layouts = find_layouts(grid_of_rows("x.xlsx", "s", rows))
    found = [
        [cell_name(c.row - 1, c.column), c.stated, f"of {c.summed:g}" if c.part else c.summed]
        for layout in layouts
        for c in layout.false_claims
    ]
    assert found == case["wrong"]
