"""Rows of a text file that are not as long as the others: each cell in its column, or marked and said."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.model.table import State
from communitycheck.returns import read_return
from communitycheck.returns.files.formats.text import delimited
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import cell_name
from communitycheck.standards import load_dictionary
from each import each
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "ragged.yaml").read_text("utf-8"))


@each("case", CASES, ids=[case["case"] for case in CASES])
def test_rows(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(case["csv"], encoding="utf-8", newline="")
    opened = open_file(file)
    grid = opened.grids[0]
    assert grid.rows(0, grid.n_rows - 1) == case["rows"]
    assert [cell_name(*cell) for cell in grid.shifted] == case.get("shifted", [])
    assert [[n.code, n.at.row] for n in opened.notices] == case.get("said", [])


SHIFTED = (
    "市,区,社区,户数,综合服务设施面积,社区类型\n沈阳市,和平区,甲社区,1200,650,城市\n沈阳市,和平区,乙社区,1,200,650,城市\n"
    "沈阳市,沈河区,丙社区,1300,610,城市\n沈阳市,沈河区,\"丁社区,1300,610,城市\n沈阳市,沈河区,戊社区,1100,605,城市\n"
)


@pytest.mark.parametrize("size", ["small", "large"])
def test_no_figure_of_a_shifted_row_is_used(size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if size == "large":
        monkeypatch.setattr(delimited, "LARGE", 0)
    file = tmp_path / "a.csv"
    file.write_text(SHIFTED, encoding="utf-8")
    got = read_return(file, DICTIONARY)
    (table,) = got.tables
    assert table.columns["community"].text.to_pylist() == ["甲社区", "乙社区", "丙社区", "丁社区", "戊社区"]
    households, area = table.columns["households"], table.columns["facility_area"]
    assert [households.state_at(i) is State.KNOWN for i in range(5)] == [True, False, True, True, True]
    assert area.state_at(1) is State.UNREADABLE
    assert households.lo is not None
    assert [households.lo[i] for i in (0, 2, 3, 4)] == [1200, 1300, 1300, 1100]
    said = [(n.code, str(n.at.cell or n.at.row)) for n in got.notices if n.level == "warning"]
    assert sorted(said) == [
        ("quote-unclosed", "5"), ("row-too-long", "3"), ("shifted-value", "D3"), ("shifted-value", "E3"),
    ]  # fmt: skip


@each("seed", range(60))
def test_two_stray_quotes_anywhere_swallow_nothing(seed: int) -> None:
    rng = random.Random(seed)
    width = rng.randint(3, 9)
    header = ["街道", "社区", *(f"数{n}" for n in range(width - 2))]
    rows = [[rng.choice("东西"), f"社区{n}", *(str(rng.randint(10, 999)) for _ in header[2:])] for n in range(30)]
    opened, closed = sorted(rng.sample(range(30), 2))
    written = [list(row) for row in rows]
    at = rng.randrange(width)
    written[opened] = [('"' if c == at else "") + cell for c, cell in enumerate(rows[opened])]
    at = rng.randrange(width)
    behind = rng.random() < 0.7
    written[closed] = [
        (cell + '"' if behind else '"' + cell) if c == at else cell for c, cell in enumerate(rows[closed])
    ]
    found = delimited.rows_of("\n".join(map(",".join, [header, *written])) + "\n")
    assert found.rows == [header, *rows]
    assert [remark.code for remark in found.remarks] in (["quote-unclosed"], ["quote-stray"] * 2)
