"""Comments at the cells of a workbook, and lines through them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from communitycheck.model.table import State
from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
HEADER = ["社区名称", "社区类型", "常住户数", "综合服务设施面积（平方米）"]


def doubted(folder: Path, comment: tuple[str, str] | None = None, struck: str = "", rows: int = 2) -> list[str]:
    """The cells of figures that are in doubt, as field and row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for n in range(rows):
        sheet.append([f"{n + 1}号社区", "城市", 1000 + n, 420 + n])
    if comment:
        sheet[comment[0]].comment = Comment(comment[1], "统计员")
    for cell in struck.split():
        sheet[cell].font = Font(strike=True)
    file = folder / "return.xlsx"
    book.save(file)
    table = read_return(file, DICTIONARY).tables[0]
    return [
        f"{key} {table.row_of[i]}"
        for key in ("facility_area", "households")
        for i in range(len(table))
        if table.columns[key].state_at(i) is State.DOUBTED
    ]


@pytest.mark.parametrize(
    ("cell", "text", "right"),
    [
        ("D3", "统计员:\n新楼未完工", ["facility_area 3"]),
        ("D2", "为规划面积", ["facility_area 2"]),
        ("A3", "该社区已撤销", ["facility_area 3", "households 3"]),
        ("A2", "服务中心停用", ["facility_area 2"]),
        ("C2", "户数待核实", ["households 2"]),
        ("D3", "2019年新建，已启用", []),
        ("D3", "请填建筑面积，不含在建", []),
        ("D1", "在建的请填0", []),
        ("D3", "含地下室", []),
    ],
)
def test_comment(cell: str, text: str, right: list[str], tmp_path: Path) -> None:
    assert doubted(tmp_path, (cell, text)) == right


def test_struck_through(tmp_path: Path) -> None:
    assert doubted(tmp_path, struck="D2") == ["facility_area 2"]
    assert doubted(tmp_path, struck="A3 B3 C3 D3") == ["facility_area 3", "households 3"]
    assert doubted(tmp_path, struck="B2") == []


def test_struck_through_in_a_large_sheet(tmp_path: Path) -> None:
    assert doubted(tmp_path, struck="D2 D30000", rows=30_000) == ["facility_area 2", "facility_area 30000"]
