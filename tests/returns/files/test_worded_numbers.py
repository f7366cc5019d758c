"""A figure whose number format writes a unit or a word beside it is read as the sheet shows it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwt

from communitycheck.model.table import State
from communitycheck.returns.files.formats.number_formats import Shown, shown_by_code
from communitycheck.returns.files.formats.spreadsheets.xlsx import reader
from communitycheck.returns.files.formats.worded_numbers import worded_text
from communitycheck.returns.files.open import open_file
from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

SHOWN = [
    ('0"亩"', 12.5, "12.5亩"),
    ('0.00"万平方米"', 0.043, "0.043万平方米"),
    ('0"%"', 85, "85%"),
    ("0户", 900, "900户"),
    ('General"㎡"', 420, "420㎡"),
    ('0" ㎡"', 420, "420㎡"),
    ('0.0"亩";\\-0.0"亩"', -2, "-2亩"),
    ('0\\.0,"万元"', 12345, "1.2345万元"),
    ('0\\.0000"万"', 5000, "0.5万"),
    ('#,##0,"千元"', 12000, "12千元"),
    ('"约"0', 420, "约420"),
    ('"<"0', 420, "<420"),
    ('0"+"', 400, "400+"),
    ("-0", 420, "-420"),
    ('[=1]"有";[=0]"无";0', 1, "有"),
    ('[=1]"有";[=0]"无";0', 0, "无"),
    ('[=1]"有";[=0]"无";0', 7, "7"),
    ('[>=10000]0\\.0,"万户";0"户"', 25000, "2.5万户"),
    ('[>=10000]0\\.0,"万户";0"户"', 900, "900户"),
    ('0.0%"左右"', 0.85, "85%左右"),
]
PLAIN = [
    "General", "0", "0.00", "#,##0.00_);(#,##0.00)", "0_ ", '"¥"#,##0.00', "[$¥-804]#,##0", "0;-0;;@", "000\\-0000",
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00E+00", "# ?/?", "@", "[DBNum1][$-804]General",
    "[Red]0;[Blue]-0",
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "text"), SHOWN)
def test_a_format_that_writes_words(code: str, value: float, text: str) -> None:
    assert shown_by_code(code) is Shown.WORDED
    assert worded_text(code, value) == text


@pytest.mark.parametrize("code", PLAIN)
def test_a_format_that_writes_none(code: str) -> None:
    assert shown_by_code(code) is Shown.NUMBER
    assert worded_text(code, -1234.5) == "-1234.5"
    assert worded_text(code, 0.0) == "0"


@pytest.mark.parametrize("large", [False, True])
def test_xlsx_whatever_its_size(large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet("表", 0)
    for row, (code, value, _) in enumerate(SHOWN, 1):
        page.cell(row, 1, f"第{row}")
        page.cell(row, 2, value).number_format = code
    book.save(tmp_path / "a.xlsx")
    if large:
        monkeypatch.setattr(reader, "LARGE", 0)
    rows = reader.read_xlsx(str(tmp_path / "a.xlsx"), str(tmp_path))["sheets"][0]
    if not large:
        assert rows["columns"][1] == [text for _, _, text in SHOWN]
    grid = open_file(tmp_path / "a.xlsx").grids[0]
    assert [row[1] for row in grid.rows(0, len(SHOWN) - 1)] == [text for _, _, text in SHOWN]


def test_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("表")
    for row, (code, value, _) in enumerate(SHOWN):
        style = xlwt.XFStyle()
        style.num_format_str = code
        page.write(row, 0, value, style)
    book.save(str(tmp_path / "a.xls"))
    grid = open_file(tmp_path / "a.xls").grids[0]
    assert [row[0] for row in grid.rows(0, len(SHOWN) - 1)] == [text for _, _, text in SHOWN]


def test_the_unit_of_the_format_is_the_unit_of_the_figure(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet("表", 0)
    page.append(["县区", "社区名称", "社区类型", "综合服务设施面积（平方米）"])
    cells = [(0.043, '0.00"万平方米"', 430.0), (420, '0"间"', None), (420, "0%", None), (420, '0"㎡"', 420.0),
             (420, '0"（规划）"', None), (-1, "0", None), (0, "0%", 0.0)]  # fmt: skip
    for row, (value, code, _) in enumerate(cells, 2):
        page.append(["和平区", f"第{row}社区", "城市", value])
        page.cell(row, 4).number_format = code
    book.save(tmp_path / "a.xlsx")
    (table,) = read_return(tmp_path / "a.xlsx", load_dictionary(RULES / "dictionary.yaml")).tables
    column = table.columns["facility_area"]
    assert column.lo is not None
    for at, (_, _, area) in enumerate(cells):
        if area is None:
            assert column.state_at(at) in (State.UNREADABLE, State.IMPOSSIBLE)
        else:
            assert column.lo[at] == pytest.approx(area)
