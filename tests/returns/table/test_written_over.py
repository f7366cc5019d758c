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
    return doubted_in(file)


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


def doubted_in(file: Path) -> list[str]:
    table = read_return(file, DICTIONARY).tables[0]
    fields = ("facility_area", "households")
    return [f"{key} {table.row_of[i]}" for key in fields for i in range(len(table))
            if table.columns[key].state_at(i) is State.DOUBTED]  # fmt: skip


ROWS = [HEADER, ["一号社区", "城市", 1000, 420], ["二号社区", "城市", 1001, 421]]


def test_written_over_in_ods(tmp_path: Path) -> None:
    from odf.dc import Creator
    from odf.office import Annotation
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TextProperties
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    struck = Style(name="ce1", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    book.automaticstyles.addElement(struck)
    table = Table(name="表")
    for r, row in enumerate(ROWS):
        line = TableRow()
        for c, value in enumerate(row):
            facts = {"valuetype": "float", "value": value} if isinstance(value, int) else {"valuetype": "string"}
            cell = TableCell(**facts, stylename=struck) if (r, c) == (2, 2) else TableCell(**facts)
            if (r, c) == (1, 3):
                note = Annotation()
                note.addElement(Creator(text="统计员"))
                for text in ("新楼", "尚未完工"):
                    note.addElement(P(text=text))
                cell.addElement(note)
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))
    assert doubted_in(tmp_path / "a.ods") == ["facility_area 2", "households 3"]


def test_struck_through_in_xls(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            sheet.write(r, c, value, *([xlwt.easyxf("font: struck_out on")] if (r, c) == (1, 3) else []))
    book.save(str(tmp_path / "a.xls"))
    assert doubted_in(tmp_path / "a.xls") == ["facility_area 2"]


def test_struck_through(tmp_path: Path) -> None:
    assert doubted(tmp_path, struck="D2") == ["facility_area 2"]
    assert doubted(tmp_path, struck="A3 B3 C3 D3") == ["facility_area 3", "households 3"]
    assert doubted(tmp_path, struck="B2") == []


def test_struck_through_in_a_large_sheet(tmp_path: Path) -> None:
    assert doubted(tmp_path, struck="D2 D30000", rows=30_000) == ["facility_area 2", "facility_area 30000"]
