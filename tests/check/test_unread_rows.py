"""What nobody can say about a row leaves the run incomplete, and is said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.model.report import Gate

HEAD = "社区名称,社区类型,户数,综合服务设施面积\n"
ROWS = "河东社区,城市社区,1200,450\n河西社区,城市社区,900,440\n"
MORE = "河南社区,城市社区,800,430\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("东部片,,,\n", "unread-row"),
        (",,777,\n", "unread-row"),
        ("以下社区的数据为初步统计，有待核实。,,,\n", "unread-row"),
        (",城市社区,777,433\n", "not-a-subject"),
    ],
)
def test_an_unread_row_is_named_and_the_run_incomplete(row: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROWS + row + MORE, "utf-8")
    report = check(path, standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 3
    assert [n.at.row for n in report.notices if n.code == code] == [4]
    (sheet,) = report.returns[0].sheets
    assert sheet.unread_rows == [4]
    assert sheet.records == 3 and sum(sheet.row_counts.values()) == 5
    forgiving = check(path, standards=["liaoning-2021"], select=["LN-01"], gate=Gate(allow_incomplete=True))
    assert forgiving.exit_code == 0


def test_without_one_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROWS + MORE + "合计,,2900,1320\n注：截至年底\n", "utf-8")
    report = check(path, standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 0
    (sheet,) = report.returns[0].sheets
    assert {key: n for key, n in sheet.row_counts.items() if n} == {"header": 1, "record": 3, "total": 1, "note": 1}


def test_a_sheet_of_figures_that_is_no_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (HEAD + ROWS + MORE).split():
        book.worksheets[0].append([int(text) if text.isdigit() else text for text in line.split(",")])
    other = book.create_sheet("补充")
    for row, figure in enumerate((450, 440, 430, 420), 3):
        other.cell(row, 4, figure)
    book.save(tmp_path / "a.xlsx")
    report = check(tmp_path / "a.xlsx", standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 3
    assert [n.at.sheet for n in report.notices if n.code == "unread-sheet"] == ["补充"]
    assert [sheet.not_read for sheet in report.returns[0].sheets] == ["", "no-table"]
    del book["补充"]
    book.create_sheet("封面")["B2"] = "某街道 2020 年报表"
    book.save(tmp_path / "b.xlsx")
    assert check(tmp_path / "b.xlsx", standards=["liaoning-2021"], select=["LN-01"]).exit_code == 0
