"""Text files: their delimiter, and cells that are written as formulas."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.returns.files.formats.text import delimited
from communitycheck.returns.files.open import open_file
from each import each

HERE = Path(__file__).parent
DELIMITERS: list[dict[str, Any]] = yaml.safe_load((HERE / "delimiters.yaml").read_text("utf-8"))
GUARDS: list[dict[str, Any]] = yaml.safe_load((HERE / "guards.yaml").read_text("utf-8"))


def rows_of(file: Path) -> list[list[str | None]]:
    grid = open_file(file).grids[0]
    return grid.rows(0, grid.n_rows - 1)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@each("case", DELIMITERS, ids=[case["case"] for case in DELIMITERS])
def test_the_delimiter(case: dict[str, Any], encoding: str, tmp_path: Path) -> None:
    lines: list[list[str]] = case["lines"]
    width = max(map(len, lines))
    wanted = case.get("rows") or [[*line, *[None] * (width - len(line))] for line in lines]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(case["with"].join(line) for line in lines), encoding=encoding)
    assert rows_of(file) == wanted


@pytest.mark.parametrize("delimiter", [",", "\t", "，"])
@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted as Excel does"])
@pytest.mark.parametrize("size", ["small", "large"])
def test_guards(size: str, quoted: bool, delimiter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if size == "large":
        monkeypatch.setattr(delimited, "LARGE", 0)
    rows = [["序号", "内容", "末"], *([str(n), case["cell"], "完"] for n, case in enumerate(GUARDS))]
    text = io.StringIO()
    if quoted:
        csv.writer(text, delimiter=delimiter).writerows(rows)
    else:
        text.write("\n".join(delimiter.join(row) for row in rows) + "\n")
    file = tmp_path / "a.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    wanted = [["序号", "内容", "末"], *([str(n), case["holds"], "完"] for n, case in enumerate(GUARDS))]
    assert rows_of(file) == wanted


def test_a_delimiter_that_is_no_byte_and_a_large_file(tmp_path: Path) -> None:
    lines = ["市，社区，户数", *(f"沈阳市，社区{n}，{n}" for n in range(60_000))]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert file.stat().st_size > delimited.LARGE
    assert rows_of(file)[59_999] == ["沈阳市", "社区59998", "59998"]
