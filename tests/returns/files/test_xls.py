"""What an xls says of its cells besides their values."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from communitycheck.returns.files.formats import workbook
from communitycheck.returns.files.formats.number_formats import Shown, shown_by_code
from communitycheck.returns.files.formats.spreadsheets import xls
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import Grid, cell_name


def made(path: Path, fill: Callable[[xlwt.Worksheet], None]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book.add_sheet("表"))
    book.save(str(path))
    return path


def styled(code: str) -> xlwt.XFStyle:
    style = xlwt.XFStyle()
    style.num_format_str = code
    return style


def everything(page: xlwt.Worksheet) -> None:
    page.write_merge(0, 0, 0, 3, "合并的标题")
    page.write_merge(1, 3, 0, 0, "并入")
    for row, (code, value) in enumerate([("0%", 0.95), ("0.00%", 0.5), ("General", 95), ('0"%"', 80), ("0.0", 0.7)]):
        page.write(row + 1, 1, value, styled(code))
    for row, code in enumerate((0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A)):
        page.row(row + 1).set_cell_error(2, code)
    page.write(1, 3, 1.5, styled("[h]:mm"))
    page.write(2, 3, datetime.datetime(2020, 1, 2), styled("yyyy-mm-dd"))
    page.write(3, 3, 0.375, styled("hh:mm"))
    page.write(4, 3, True)
    page.write(5, 3, "约 300")
    page.row(5).hidden = True
    page.col(1).hidden = page.col(2).hidden = page.col(5).hidden = True


def facts(grid: Grid) -> tuple[object, ...]:
    percent = sorted(cell_name(*place) for place in grid.percent or ())
    return grid.merged, percent, grid.hidden_rows, grid.hidden_columns, grid.uncached, grid.values_only


def test_everything_that_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "a.xls", everything)
    grid = open_file(path).grids[0]
    assert grid.rows(0, 7) == [
        ["合并的标题", None, None, None],
        ["并入", "0.95", "#NULL!", "36:00:00"],
        [None, "0.5", "#DIV/0!", "2020-01-02"],
        [None, "95", "#VALUE!", "09:00:00"],
        [None, "80%", "#REF!", "true"],
        [None, "0.7", "#NAME?", "约 300"],
        [None, None, "#NUM!", None],
        [None, None, "#N/A", None],
    ]
    assert facts(grid) == ([(1, 0, 3, 0), (0, 0, 0, 3)], ["B2", "B3"], [5], [(1, 2), (5, 5)], [], False)
    monkeypatch.setattr(workbook, "LARGE", 0)
    large = open_file(path).grids[0]
    assert large.rows(0, 7) == grid.rows(0, 7)
    assert facts(large) == facts(grid)


def test_formulas_that_nobody_has_calculated(tmp_path: Path) -> None:
    def fill(page: xlwt.Worksheet) -> None:
        page.write(0, 0, 2)
        page.write(0, 1, xlwt.Formula("A1*2"))
        page.write(1, 1, xlwt.Formula('IF(A1>0,"",1)'))
        page.write(1, 2, "末")

    grid = open_file(made(tmp_path / "a.xls", fill)).grids[0]
    assert grid.rows(0, 1) == [["2", None, None], [None, None, "末"]]
    assert [cell_name(*place) for place in grid.uncached] == ["B1", "B2"]


@pytest.mark.parametrize(
    ("results", "uncalculated"),
    [
        # (eight bytes of the result, flags): 450, the empty text, 0, an error
        ([("0000000000207c40", 0), ("03000000000000ff", 0)], []),
        ([("0000000000207c40", 0), ("030000000000ffff", 0)], []),
        ([("030000000000ffff", 0), ("030000000000ffff", 0)], ["A1", "A2"]),
        ([("0000000000000000", 0), ("030000000000ffff", 0)], []),
        ([("0000000000000000", 2), ("0000000000207c40", 2)], ["A1"]),
        ([("0000000000000000", 1), ("0000000000207c40", 0)], []),
        ([("020007000000ffff", 2), ("030000000000ffff", 3)], ["A2"]),
    ],
)
def test_by_their_results_it_shows_which(results: list[tuple[str, int]], uncalculated: list[str]) -> None:
    class Book:
        def __init__(self) -> None:
            self.records = [
                (0x06, 22, bytes([row, 0, 0, 0, 15, 0]) + bytes.fromhex(result) + bytes([flags, 0]) + bytes(6))
                for row, (result, flags) in enumerate(results)
            ]

        def get_record_parts(self) -> tuple[int, int, bytes]:
            return self.records.pop(0)

    book = Book()
    seen = xls.XlsFormulas(book)
    for _ in results:
        book.get_record_parts()
    assert [cell_name(*place) for place in seen.uncalculated()] == uncalculated


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True), ("0.00%", True), ("#,##0.0%;[Red]-#,##0.0%", True), ('0"约"%', False),
        ("General", False), ('0"%"', False), (r"0\%", False), ("0.00", False), ("@", False), ("yyyy-mm-dd", False),
    ],
)  # fmt: skip
def test_a_format_that_shows_a_percentage(code: str, percent: bool) -> None:
    assert (shown_by_code(code) is Shown.PERCENT) is percent


def test_where_only_calamine_can_read_it_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise AssertionError

    path = made(tmp_path / "a.xls", everything)
    monkeypatch.setattr(xls, "_read_xlrd", broken)
    content = xls.read_xls(str(path), "")
    assert [sheet.get("values_only") for sheet in content["sheets"]] == [True]
