"""Heads of tables: which rows name the columns, and where the records begin. The cases stand in ``heads.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from openpyxl.utils import range_boundaries

from communitycheck.returns.grid import Grid, grid_of_rows
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.tables import find_layouts
from each import each

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "heads.yaml").read_text("utf-8"))


def grid_of(case: dict[str, Any]) -> Grid:
    lines = [[text.strip() or None for text in line.split("|")] for line in case["sheet"].rstrip("\n").split("\n")]
    grid = grid_of_rows("a.xlsx", "Sheet1", lines)
    for written in case.get("merged", []):
        c1, r1, c2, r2 = range_boundaries(written)
        assert c1 and r1 and c2 and r2
        grid.merged.append((r1 - 1, c1 - 1, r2 - 1, c2 - 1))
    return grid


def found(layout: Layout) -> dict[str, Any]:
    return {
        "title": layout.title_rows,
        "titles": layout.titles,
        "header": layout.header_rows,
        "index": layout.index_row,
        "unit": layout.unit_row,
        "records": [row + 1 for row in layout.data_rows.tolist()],
        "totals": layout.totals_rows,
        "names": [column.header for column in layout.columns],
    }


@each("case", CASES, ids=[case["case"] for case in CASES])
def test_head(case: dict[str, Any]) -> None:
    layouts = [found(layout) for layout in find_layouts(grid_of(case))]
    wanted = case["tables"]
    assert [{key: one[key] for key in right} for one, right in zip(layouts, wanted, strict=False)] == wanted
    assert len(layouts) == len(wanted)
