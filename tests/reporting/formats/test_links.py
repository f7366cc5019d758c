"""Links from the workbook into the returns lead where they should, in Excel's eyes and in LibreOffice's."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import unescape

import openpyxl
import pytest

from communitycheck.api import write
from communitycheck.check import check
from communitycheck.model.address import Address
from communitycheck.reporting.excel import LINKS
from communitycheck.reporting.formats.xlsx.book import Book, Link
from communitycheck.reporting.formats.xlsx.links import Targets
from communitycheck.reporting.formats.xlsx.table import BookColumn, TableSheet
from paths import SAMPLES

SAMPLE = SAMPLES / "shenyang_2023.xlsx"

# the file, what the address says of it, the first cell -> the link
PLACES = [
    ("in/a.xlsx", Address("in/a.xlsx", "表", 5), "F5", "in/a.xlsx#'表'!F5"),
    ("in/a.xlsx", Address("in/a.xlsx", "表", 5), None, "in/a.xlsx#'表'!A5"),
    ("in/a.xlsx", Address("in/a.xlsx", "表", cell="F12"), None, "in/a.xlsx#'表'!F12"),
    ("in/a.xlsx", Address("in/a.xlsx", "表", cell="F"), None, "in/a.xlsx#'表'!F1"),
    ("in/a.xlsx", Address("in/a.xlsx", "表", 5), "月 报!E27", "in/a.xlsx#'月 报'!E27"),
    ("in/a.xlsx", Address("in/a.xlsx", "O'Hara", 5), "B5", "in/a.xlsx#'O''Hara'!B5"),
    ("in/a.xlsx", Address("in/a.xlsx"), None, "in/a.xlsx"),
    ("in/a.csv", Address("in/a.csv", "a", 5), "F5", "in/a.csv"),
    ("in/a b#1 50%.xlsx", Address("in/a b#1 50%.xlsx", "表", 5), "F5", "in/a%20b%231%2050%25.xlsx#'表'!F5"),
    ("in/z.zip", Address("in/z.zip/县/a.xlsx", "表", 5), "F5", "in/z.zip"),
    ("in/a.xlsx", Address("in/gone.xlsx", "表", 5), "F5", None),
    ("in/a.xlsx", Address("in/nul\0.xlsx", "表", 5), "F5", None),
    ("in/\u202ea.xlsx", Address("in/\u202ea.xlsx", "表", 5), "F5", None),
]


@pytest.mark.parametrize(("file", "at", "first", "link"), PLACES)
def test_where_a_link_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, at: Address, first: str | None, link: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(file).parent.mkdir()
    Path(file).write_bytes(b"")
    assert Targets(Path()).of(at, first) == (None if link is None else f"external:{link}")
    assert Targets(Path("in")).of(at, first) == (None if link is None else f"external:{link.removeprefix('in/')}")


def test_a_sheet_holds_no_more_links_than_excel_takes(tmp_path: Path) -> None:
    source, sink = tmp_path / "a.xlsx", BytesIO()
    source.write_bytes(b"")
    with Book(sink, font="Arial", folder=tmp_path, day=date(2020, 1, 1), footer="") as book:
        sheet = TableSheet(book, "t", [BookColumn("cell")])
        for row in range(LINKS + 3):
            sheet.add([Link(f"A{row + 1}", Address(str(source), "s", row + 1), f"A{row + 1}")])
        written = sheet.close()
    assert (written.rows, written.unlinked) == (LINKS + 3, 3)


@pytest.mark.skipif(not SAMPLE.exists(), reason="no sample returns")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_libreoffice_finds_the_cells(tmp_path: Path) -> None:
    source = tmp_path / "报 表#1" / "50% 沈阳.xlsx"
    source.parent.mkdir()
    shutil.copy(SAMPLE, source)
    report = check([str(source)], select=["LN-01"])
    write(report, tmp_path / "r.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = [c for row in book["不达标"].rows for c in row if c.hyperlink]
    assert cells and {unquote(c.hyperlink.target).replace("\\", "/") for c in cells} == {"报 表#1/50% 沈阳.xlsx"}
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "fods",
         "--outdir", str(tmp_path), str(tmp_path / "r.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shown = (tmp_path / "r.fods").read_text(encoding="utf-8")
    found = {
        unquote(unescape(u, {"&apos;": "'"})).removeprefix("./") for u in re.findall(r'href="([^"]*#[^"]*)"', shown)
    }
    # LibreOffice keeps the place as Excel writes it, and finds it when the link is followed.
    assert found == {f"报 表#1/50% 沈阳.xlsx#{c.hyperlink.location}" for c in cells}
