"""Sheets that by their name hold no records: examples, and forms that were sent out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.errors import ReturnError
from communitycheck.model.returns import Return
from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
HEADER = ["社区名称", "社区类型", "常住户数", "综合服务设施面积（平方米）"]
REPORTED = [["松柏社区", "城市", 900, 410], ["翠竹社区", "城市", 950, 440]]
REAL, NOBODY = [["梅园社区", "城市", 1200, 600]], [["××社区", "城市", 1200, 600]]


def read(folder: Path, sheets: dict[str, list[list[object]]]) -> Return:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in [HEADER, *rows]:
            sheet.append(row)
    file = folder / "return.xlsx"
    book.save(file)
    return read_return(file, DICTIONARY)


def names(found: Return) -> list[str]:
    return [table.name_at(i) for table in found.tables for i in range(len(table))]


@pytest.mark.parametrize(
    ("sheet", "rows", "unread"),
    [
        ("样表", REAL, 0), ("附件2填报样例", NOBODY, 0), ("填写示例", REAL, 0), ("范例1", NOBODY, 0),
        ("Example", REAL, 0), ("模板", NOBODY, 0), ("模板", REAL, 1), ("填报模板", REAL, 1),
        ("template", REAL, 1), ("sample", REAL, 1),
    ],
)  # fmt: skip
def test_beside_sheets_that_report(sheet: str, rows: list[list[object]], unread: int, tmp_path: Path) -> None:
    found = read(tmp_path, {"上报": REPORTED, sheet: rows})
    assert names(found) == ["松柏社区", "翠竹社区"]
    aside = found.sheets[-1]
    assert aside.not_read == "example-sheet" and len(aside.unread_rows) == unread
    assert any(n.code.startswith("example-sheet") and n.at.sheet == sheet for n in found.notices)


def test_a_form_that_was_filled_in_keeps_its_name(tmp_path: Path) -> None:
    assert names(read(tmp_path, {"模板": REPORTED})) == ["松柏社区", "翠竹社区"]


def test_an_example_alone_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(ReturnError) as refused:
        read(tmp_path, {"样表": REPORTED})
    assert refused.value.code == "only-an-example"


@pytest.mark.parametrize("sheet", ["示范社区", "样本小区", "模范社区", "示例社区情况", "一季度"])
def test_other_names_report(sheet: str, tmp_path: Path) -> None:
    assert names(read(tmp_path, {"上报": REPORTED, sheet: REAL})) == ["松柏社区", "翠竹社区", "梅园社区"]
