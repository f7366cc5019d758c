"""What each row of a sheet is: small sheets with the class of every row, written before they were read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from communitycheck.model.sheet import RowClass
from communitycheck.returns.grid import Grid, grid_of_rows
from communitycheck.returns.layout.row_counts import CLASSES, row_classes
from communitycheck.returns.layout.tables import find_layouts
from each import each

CASES = yaml.safe_load(Path(__file__).with_name("rows.yaml").read_text("utf-8"))
LETTERS = {
    RowClass.TITLE: "t", RowClass.HEADER: "h", RowClass.UNIT: "u", RowClass.INDEX: "i", RowClass.RECORD: "R",
    RowClass.TOTAL: "T", RowClass.GROUP: "G", RowClass.NOTE: "n", RowClass.REPEATED_HEADER: "p", RowClass.UNREAD: "?",
}  # fmt: skip


def grid_of(case: dict[str, Any]) -> Grid:
    lines = [line.split(",") for line in case["sheet"].rstrip("\n").split("\n")]
    width = max(map(len, lines))
    grid = grid_of_rows("x.xlsx", "s", [[c or None for c in line] + [None] * (width - len(line)) for line in lines])
    grid.merged = [tuple(one) for one in case.get("merged", [])]
    return grid


@each("case", CASES, ids=lambda case: case["case"])
def test_each_row_is_what_it_is(case: dict[str, Any]) -> None:
    grid = grid_of(case)
    layouts = find_layouts(grid)
    codes, _ = row_classes(grid, layouts, [[] for _ in layouts])
    got = ["." if code == len(CLASSES) else LETTERS[CLASSES[code]] for code in codes]
    assert " ".join(got) == case["rows"]
