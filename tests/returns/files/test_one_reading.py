"""The same facts of a workbook whatever its size and whoever wrote it."""

from __future__ import annotations

import datetime
import io
import random
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.reader_service import SheetContent
from communitycheck.returns.files.formats.spool import mapped
from communitycheck.returns.files.formats.spreadsheets.xlsx import events, large, reader
from communitycheck.returns.files.formats.spreadsheets.xlsx.growing import GrowingColumn, number_texts
from communitycheck.returns.files.open import open_file
from returns.files.rewriting import STRICT, Change, backslashes, capitals, edited, named, pictures, rewritten, spelt

ERRORS = ["#REF!", "#DIV/0!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!", "#CONNECT!",
          "#UNKNOWN!", "#BUSY!", "#PYTHON!"]  # fmt: skip
TEXTS = [
    "甲社区",
    " 前后 ",
    "",
    "\u3000",
    "a & b < c > d",
    "两\n行",
    "_x0041_",
    "约300",
    "“引”号'和\"",
    "1,200",
    "《书》",
    "0.5",
    "—",
]
FORMATS = ["General", "0%", "0.00%", "yyyy-mm-dd", 'yyyy"年"m"月"', "[h]:mm", "hh:mm", '0"%"', "#,##0", "[Red]0.0%"]


def value(dice: random.Random) -> Any:
    return dice.choice([
        dice.randrange(10_000), dice.randrange(10**15, 10**17), round(dice.uniform(-5, 99), dice.randrange(4)),
        0.1 + 0.2, -0.0, 1e-7, dice.choice(TEXTS), dice.choice(TEXTS), dice.random() < 0.5, None, None,
        datetime.date(2020, 1, 1 + dice.randrange(28)), datetime.datetime(2021, 3, 4, 8, 30), datetime.time(8, 30),
    ])  # fmt: skip


def by_openpyxl(dice: random.Random, rows: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    plain = [dice.choice(["number", "text", "mixed"]) for _ in range(8)]
    for r in range(2, rows):
        if dice.random() < 0.02:
            sheet.row_dimensions[r].hidden = True
        for c, kind in enumerate(plain, 1):
            cell = sheet.cell(r, c)
            if kind == "mixed" or dice.random() < 0.03:
                cell.value = value(dice)
                if dice.random() < 0.3 and not isinstance(cell.value, str):
                    cell.number_format = dice.choice(FORMATS)
                if dice.random() < 0.1:
                    cell.value = "=1/0"
            else:
                cell.value = (
                    dice.randrange(9999) / dice.choice([1, 1, 4]) if kind == "number" else f"第{r}{dice.choice(TEXTS)}"
                )
    sheet.merge_cells("A2:B3")
    sheet.column_dimensions["E"].hidden = True
    other = book.create_sheet("备用")
    other.sheet_state = "hidden"
    other["B2"] = 7
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    # Errors that the library does not know, with and without a formula; inline and computed texts.
    cells = "".join(f'<c r="{chr(75 + k)}1" t="e"><v>{error}</v></c>' for k, error in enumerate(ERRORS))
    cells += (
        '<c r="X1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="Y1"><f t="shared" si="0"/></c>'
        '<c r="Z1" t="str"><f>A1</f><v></v></c><c r="AA1" t="str"><f>A1</f></c><c r="AB1"><f>A1</f><v/></c>'
        '<c r="AC1" t="inlineStr"><is><t>行内</t></is></c>'
        '<c r="AD1" t="inlineStr"><is><r><t>多</t></r><r><t>种</t></r></is></c>'
        '<c r="AE1" t="str"><f>A1</f><v>算得</v></c><c r="AF1" t="d"><v>2020-05-06T00:00:00</v></c>'
    )  # fmt: skip
    return rewritten(
        stream.getvalue(), edited("<sheetData>", f'<sheetData><row r="1">{cells}</row>', only=".*sheet1.xml")
    )


def by_xlsxwriter(dice: random.Random, rows: int) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": dice.random() < 0.5}) as book:
        formats = [book.add_format({"num_format": code}) for code in FORMATS]
        sheet = book.add_worksheet("社区")
        sheet.set_column("C:D", None, None, {"hidden": True})
        for r in range(rows):
            if dice.random() < 0.02:
                sheet.set_row(r, None, None, {"hidden": True})
            for c in range(9):
                one = value(dice) if c > 3 else dice.randrange(500) if c else f"第{r}社区"
                if isinstance(one, datetime.date | datetime.time):
                    sheet.write_datetime(r, c, one, formats[3])
                elif one is not None and not (isinstance(one, str) and one.startswith("=")):
                    sheet.write(r, c, one, dice.choice(formats) if c == 4 else None)
            if dice.random() < 0.05:
                sheet.write_formula(r, 10, "=A1", None, "" if dice.random() < 0.5 else "x")
        sheet.merge_range("L2:M4", "并")
    return stream.getvalue()


def facts(sheet: SheetContent) -> dict[str, Any]:
    columns = [column.to_pylist() for column in mapped(sheet)] if "spool" in sheet else sheet["columns"]
    columns = [[*column] for column in columns]
    while columns and not any(columns[-1]):
        columns.pop()
    rows = max((r + 1 for column in columns for r, text in enumerate(column) if text), default=0)
    return {
        "name": sheet["name"], "hidden": sheet["hidden"], "columns": [column[:rows] for column in columns],
        **{key: sorted(map(tuple, sheet[key])) for key in ("merged", "hidden_columns", "percent", "uncached")},  # type: ignore[literal-required]
        "hidden_rows": sheet["hidden_rows"],
    }  # fmt: skip


def read(file: Path, data: bytes) -> list[dict[str, Any]]:
    file.write_bytes(data)
    return [facts(sheet) for sheet in reader.read_xlsx(str(file), str(file.parent))["sheets"]]


SPELLINGS: dict[str, list[Change]] = {
    "single quotes": [spelt(quote="'")],
    "attributes the other way round": [spelt(backwards=True)],
    "both, with a prefix": [spelt(quote="'", backwards=True, prefix="x")],
    "blanks in tags": [spelt(blank="\n  ")],
    "line ends between elements": [spelt(between="\r\n")],
    "UTF-16": [spelt(encoding="utf-16")],
    "GB18030": [spelt(encoding="gb18030")],
    "strict": [spelt(space=STRICT)],
    "comments": [edited("</row>", "<!-- <c r='A1'> --></row>")],
    "no addresses of cells": [edited(r'(<c [^>]*?)\br="[A-Z]+(\d+)"', r"\1")],
    "no addresses": [edited(r'(<(?:c|row)\b[^>]*?) r="[A-Z]*\d+"', r"\1")],
    "a wrong dimension": [
        edited("<sheetData>", '<dimension ref="A1"/><sheetData>'), edited('<dimension ref="[^"]*"/>(?=<sheetV)', "")],
    "another name of the workbook": [named("xl/workbook.xml", "xl/workbook2.xml")],
    "another name of a sheet": [named("xl/worksheets/sheet1.xml", "xl/worksheets/blatt.data")],
    "backslashes": [backslashes],
    "capitals": [capitals],
    "pictures": [pictures],
}  # fmt: skip


def full(dice: random.Random) -> bytes:
    """With a cell at every place, so that none needs an address."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for _ in range(40):
        sheet.append([value(dice) or "无" for _ in range(6)])
    for row in sheet.iter_rows():
        row[dice.randrange(6)].number_format = dice.choice(FORMATS)
        row[dice.randrange(6)].value = dice.choice(["=1/0", "#REF!", 0.5])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("arrays", [False, True], ids=["by events", "by arrays"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelling: str, arrays: bool) -> None:
    dice = random.Random(spelling)
    data = full(dice) if "address" in spelling else by_openpyxl(dice, 60)
    expected = read(tmp_path / "a.xlsx", data)
    if arrays:
        monkeypatch.setattr(reader, "LARGE", -1)
        monkeypatch.setattr(large, "STRETCH", 3000)
        monkeypatch.setattr(events, "BLOCK", 3000)
    assert read(tmp_path / "b.xlsx", rewritten(data, *SPELLINGS[spelling])) == expected


@pytest.mark.parametrize("seed", range(12))
def test_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """A large sheet is read by arrays; it is so read here stretch by stretch, whatever the stretches."""
    dice = random.Random(seed)
    data = (by_openpyxl, by_xlsxwriter)[seed % 2](dice, 150)
    expected = read(tmp_path / "a.xlsx", data)
    monkeypatch.setattr(reader, "LARGE", -1)
    for stretch in (2000, 9000, 1 << 20):
        monkeypatch.setattr(large, "STRETCH", stretch)
        monkeypatch.setattr(events, "BLOCK", stretch)
        assert read(tmp_path / "b.xlsx", data) == expected


def test_what_is_told(tmp_path: Path) -> None:
    """Not only the same, but right."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for r in range(2, 5):
        for c, one in enumerate((0.9, 0.9, datetime.date(2020, 12, 31)), 2):
            sheet.cell(r, c, one)
        sheet.cell(r, 2).number_format, sheet.cell(r, 3).number_format = "0.0%", '0.0"%"'
    (found,) = read(tmp_path / "a.xlsx", saved(book))
    assert found["columns"][1:4] == [[None, *[shown] * 3] for shown in ("0.9", "0.9%")] + [[None, *["2020-12-31"] * 3]]
    assert found["percent"] == [(1, 1), (2, 1), (3, 1)]
    first = [column[0] for column in found["columns"]]
    assert first[10:22] == ERRORS
    assert first[23:] == ["#DIV/0!", None, None, None, None, "行内", "多种", "算得", "2020-05-06"]
    assert found["uncached"] == [(0, 24), (0, 26), (0, 27)]


def test_a_sheet_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    for pattern, new in (("</sheetData>", ""), ("<sheetData>", "<sheetData><row r='1'><c>"), ("(?s)^.*$", "")):
        file.write_bytes(rewritten(by_openpyxl(random.Random(1), 20), edited(pattern, new)))
        with pytest.raises(ReturnError) as raised:
            open_file(file)
        assert raised.value.code == "unreadable-file"


def test_characters_that_no_xml_may_hold(tmp_path: Path) -> None:
    data = by_openpyxl(random.Random(2), 20)
    marked = rewritten(data, edited("行内", "行\x0b内&#11;"), edited("算得", "算\x01得"))
    assert read(tmp_path / "b.xlsx", marked) == read(tmp_path / "a.xlsx", data)


def test_entities_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    doctype = '<!DOCTYPE a [<!ENTITY b "b">]>'
    file.write_bytes(rewritten(by_openpyxl(random.Random(3), 9), edited("<worksheet", f"{doctype}<worksheet")))
    with pytest.raises(ReturnError):
        open_file(file)


def test_numbers_in_any_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spellings = ["5", "5.0", "-7.0", "05", "+5", "-0", "1e3", "1E-7", ".5", "5.", "0.30000000000000004",
                 "1234567890123456", "1e20", "510402199001011234", " 7 ", "abc", "1_0", "nan", "inf"]  # fmt: skip
    cells = "".join(f'<row r="{r}"><c r="A{r}"><v>{text}</v></c></row>' for r, text in enumerate(spellings, 1))
    data = rewritten(
        by_openpyxl(random.Random(4), 3), edited("(?s)<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>")
    )
    expected = read(tmp_path / "a.xlsx", data)
    assert expected[0]["columns"][0][:8] == ["5", "5", "-7", "5", "5", "0", "1000", "0.0000001"]
    assert expected[0]["columns"][0][10:13] == ["0.30000000000000004", "1234567890123456", "100000000000000000000"]
    assert expected[0]["columns"][0][14:19] == ["7", "abc", "1_0", "nan", "inf"]
    monkeypatch.setattr(reader, "LARGE", -1)
    assert read(tmp_path / "b.xlsx", data) == expected


def test_a_column_grows_in_pieces_of_every_kind() -> None:
    column = GrowingColumn(pa.array(["a"]))
    column.fill_up(3)
    assert column.whole().to_pylist() == [None] * 3
    assert number_texts(pa.array(["1.50", "-0.0", None, "1e16"])).to_pylist() == ["1.5", "0", None, "10000000000000000"]
