"""The two laws of reading: every row of a visible sheet is counted once, as what it is, and no figure goes unsaid.

A figure in the body of a table belongs to a record, a total or an unread row. So no heading, note or repeated header
may hold some; a filled-in example, and a line that waits to be filled in, are told by their words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck.errors import ReturnError
from communitycheck.model.returns import Return
from communitycheck.model.sheet import RowClass
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.grid import Grid, grid_of_rows
from communitycheck.returns.layout.cell_kinds import number_of
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.rows.body import GROUP, HEADER, NOTE, PAGE
from communitycheck.returns.layout.tables import find_layouts
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from each import each
from paths import ROOT, RULES, SHARED
from returns.dressing import dress, some_messes
from returns.dressing_files import grids
from returns.layout.test_rows import CASES, grid_of

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
SAMPLES = sorted(path for path in (ROOT / "sample_data").iterdir() if path.suffix in (".xlsx", ".csv"))
# Rows with so many figures are no number of a page and no date of a note.
SOME = 2


def not_blank(grid: Grid) -> int:
    held = np.zeros(grid.n_rows, bool)
    for c in range(grid.n_columns):
        held |= [bool(text and text.strip()) for text in grid.columns[c].to_pylist()]
    return int(held.sum())


def rows_not_counted(visible: list[Grid], got: Return) -> list[str]:
    """Sheets whose rows are not counted, or twice."""
    wrong = []
    for grid in visible:
        sheets = [sheet for sheet in got.sheets if sheet.name == grid.sheet]
        counted = sum(sum(sheet.row_counts.values()) for sheet in sheets)
        unread = sum(len(sheet.unread_rows) for sheet in sheets)
        told = sum(sheet.row_counts.get(RowClass.UNREAD, 0) for sheet in sheets)
        without_table = len(sheets) == 1 and sheets[0].not_read in ("no-table", "guidance", "our-list")
        if counted != not_blank(grid) and not (without_table and not counted):
            wrong.append(f"{grid.sheet}: {counted} of {not_blank(grid)} rows are counted")
        if unread != told:
            wrong.append(f"{grid.sheet}: {told} rows counted as unread, {unread} named")
    return wrong


def figures_set_aside(layout: Layout) -> Iterator[str]:
    """Rows of the body that hold figures and are set aside as words."""
    named = [c.index for c in layout.columns if c.header]
    for row in np.flatnonzero(np.isin(layout.classes, (GROUP, NOTE, PAGE, HEADER))).tolist():
        at = layout.body_first + row
        # A header names years and numbers; it repeats what stands above.
        above = {layout.grid.cell(header - 1, c) for header in layout.header_rows for c in named}
        texts = [layout.grid.cell(at, c) for c in named]
        if sum(number_of(text) is not None for text in texts if text not in above) >= SOME:
            yield f"row {at + 1}: {texts}"


def broken(opened: Opened) -> list[str]:
    """How a file breaks the laws."""
    visible = [grid for grid in opened.grids if not grid.hidden]
    layouts = [layout for grid in visible for layout in find_layouts(grid)]
    figures = [f"{layout.grid.sheet} {found}" for layout in layouts for found in figures_set_aside(layout)]
    try:
        got = build(opened, DICTIONARY, told=[])
    except ReturnError:  # refused as a whole, and said so
        return figures
    return figures + rows_not_counted(visible, got)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_data(path: Path) -> None:
    assert broken(open_file(path)) == []


@each("case", CASES, ids=lambda case: case["case"])
def test_small_sheets(case: dict[str, Any]) -> None:
    assert broken(Opened("x.xlsx", "", "xlsx", grids=[grid_of(case)])) == []


def dressed_and_broken(seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        messes = some_messes(seed)
        wrong = broken(Opened("x.xlsx", "", "xlsx", grids=grids(dress(seed, messes))))
        found += [f"seed {seed} {sorted(messes)}: {one}" for one in wrong]
    return found


def test_dressed_tables() -> None:
    assert dressed_and_broken(range(10_000, 10_100)) == []


@pytest.mark.slow
def test_ten_thousand_dressed_tables() -> None:
    assert dressed_and_broken(range(20_000, 30_000)) == []


# What people write into a row of a table, or between two rows.
WORDS = (
    "以下为农村社区", "注：含在建", "东街道", "东部片区", "合计", "小计", "全市", "其中：", "*", "说明", "填表人",
    "1203", "一、", "海城市", "2020年", "续表", "单位：户", "甲社区", "第3页", "8", "—", "其他", "99.5%", "本社区", "0",
)  # fmt: skip


def spoilt(grid: Grid, rng: random.Random) -> Grid:
    """The grid with cells blanked or overwritten, rows put in, thinned out or exchanged, or a column lost."""
    columns = [column.to_pylist() for column in grid.columns]
    rows: list[list[str | None]] = [list(row) for row in zip(*columns, strict=True)]
    width = grid.n_columns
    for _ in range(rng.randint(1, 6)):
        at, column = rng.randrange(len(rows)), rng.randrange(width)
        match rng.randrange(7):
            case 0:
                rows[at][column] = None
            case 1:
                rows[at][column] = rng.choice(WORDS)
            case 2:
                rows.insert(at, [rng.choice(WORDS) if c == column else None for c in range(width)])
            case 3:
                rows.insert(at, [None] * width)
            case 4:
                rows[at] = [text if rng.random() < 0.3 else None for text in rows[at]]
            case 5:
                other = rng.randrange(len(rows))
                rows[at], rows[other] = rows[other], rows[at]
            case _:
                rows = [[None if c == column else text for c, text in enumerate(row)] for row in rows]
    made = grid_of_rows(grid.path, grid.sheet, rows)
    made.hidden = grid.hidden
    return made


def spoilt_and_broken(seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        rng, messes = random.Random(seed), some_messes(seed)
        sheets = [spoilt(grid, rng) for grid in grids(dress(seed, messes), merges=False)]
        wrong = broken(Opened("x.xlsx", "", "xlsx", grids=sheets))
        found += [f"seed {seed} {sorted(messes)}: {one}" for one in wrong]
    return found


def test_spoilt_tables() -> None:
    assert spoilt_and_broken(range(10_000, 10_060)) == []


@pytest.mark.slow
def test_ten_thousand_spoilt_tables() -> None:
    assert spoilt_and_broken(range(20_000, 30_000)) == []


def test_what_stands_around_tables_is_counted() -> None:
    """Lines between two tables, figures far to the right, a sheet of figures that is no table."""
    rows: list[list[str | None]] = [
        ["某区社区表"], ["社区名称", "户数", "面积"], ["河东社区", "1203", "500"], ["河西社区", "1100", "480"], [None],
        ["下面是各街道情况"], [None], ["街道", "社区数", "人口"], ["东街道", "12", "30000"], ["西街道", "10", "28000"],
    ]  # fmt: skip
    far: list[list[str | None]] = [[*row, *[None] * (60 - len(row)), "7"] if row[0] else row for row in rows]
    loose: list[list[str | None]] = [[None, str(n)] for n in range(5)]
    sheets = [grid_of_rows("x.xlsx", name, lines) for name, lines in (("a", rows), ("b", far), ("c", loose))]
    got = build(Opened("x.xlsx", "", "xlsx", grids=list(sheets)), DICTIONARY, told=[])
    assert rows_not_counted(sheets, got) == []
    assert [n.at.sheet for n in got.notices if n.code == "figures-beside"] == ["b"]
    assert [n.at.sheet for n in got.notices if n.code == "unread-sheet"] == ["c"]


def real_files() -> list[Path]:
    folders = [SHARED / "returns", SHARED / "returns2", SHARED / "cases"]
    return sorted(p for folder in folders for p in folder.rglob("*.*") if p.suffix not in (".yaml", ".json", ".md"))


@pytest.mark.skipif(not real_files(), reason="the real tables are not here")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_real_tables(path: Path) -> None:
    try:
        opened = open_file(path)
    except ReturnError:  # said so; what is opened in a zip is read file by file
        return
    assert broken(opened) == []
