"""Records in a place where nobody reads them leave the run incomplete."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check

ROWS = [
    ["社区名称", "社区类型", "户数", "综合服务设施面积"],
    ["河东社区", "城市社区", 1200, 450],
    ["河西社区", "城市社区", 900, 440],
]


def _exit_code(path: Path, more: list[list[object]], below: str = "") -> int:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    if below:
        book.worksheets[0]["A5"] = below
    if more:
        other = book.create_sheet("第二页")
        for line in more:
            other.append(line)
    book.save(path)
    return check(path, standards=["liaoning-2021"], select=["LN-01"]).exit_code


@pytest.mark.parametrize(
    "more",
    [
        [["河南社区", "城市社区", 800, 90], ["河北社区", "城市社区", 700, 430]],
        [["河南社区", "城市社区", 800, 90]],
        [["社区名称 社区类型 户数 面积"], ["河南社区 城市 800 90"]],
        [["河南社区，城市，800户，90平方米"]],
    ],
)
def test_a_further_sheet_without_a_header(more: list[list[object]], tmp_path: Path) -> None:
    assert _exit_code(tmp_path / "a.xlsx", more) == 3


def test_a_cover_loses_nothing(tmp_path: Path) -> None:
    assert _exit_code(tmp_path / "a.xlsx", [["河东街道"], ["2023年12月31日"]]) == 0


@pytest.mark.parametrize(
    ("below", "code"),
    [
        ("河南社区：城市，800户，90平方米", 3),
        ("备注：河南社区未上报", 3),
        ("说明：河南社区数据暂未报送。", 3),
        ("注：数据截至2023年底", 0),
        ("备注：面积含两处活动室，共120平方米", 0),
    ],
)
def test_a_record_in_a_note(below: str, code: int, tmp_path: Path) -> None:
    assert _exit_code(tmp_path / "a.xlsx", [], below) == code
