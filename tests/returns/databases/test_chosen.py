"""``FILE::SHEET`` reads one sheet of a file, or one table of a database, and no other."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from communitycheck.api import read_return
from communitycheck.check import check
from communitycheck.errors import ReturnError
from communitycheck.returns.files.find import look_for_files
from communitycheck.returns.files.open import open_file
from returns.databases.table_writers import as_csv, sample
from workbooks import Page, write_openpyxl

ROWS = [["区划代码", "社区名称", "综合服务设施面积"], ["510402001001", "甲社区", 412]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_openpyxl(tmp_path / "a.xlsx", [Page("一季度", ROWS), Page("二季度", ROWS), Page("Q3", ROWS)])
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize(("asked", "read"), [("二季度", ["二季度"]), ("Q3", ["Q3"]), ("q3", ["Q3"])])
def test_a_sheet_of_a_workbook(asked: str, read: list[str], book: Path) -> None:
    found = check(f"{book}::{asked}", region="510400").returns[0]
    assert [sheet.name for sheet in found.sheets if not sheet.not_read] == read
    assert sorted(sheet.not_read for sheet in found.sheets) == ["", "not-chosen", "not-chosen"]
    assert found.path == str(book) and found.argument() == f"{book}::{read[0]}"
    alone = read_return(f"{book}::{asked}")
    assert [sheet.name for sheet in alone.sheets if not sheet.not_read] == read


def test_several_of_one_file_are_read_at_once(book: Path) -> None:
    (chosen,), errors, _ = look_for_files([f"{book}::二季度", f"{book}::Q3", f"{book.parent}/*.xlsx::Q3"])
    assert (chosen.sheets, errors) == (("Q3", "二季度"), [])
    (whole,), _, _ = look_for_files([f"{book}::二季度", book])
    assert whole.sheets == ()


def test_a_file_that_is_itself_called_so_is_read_whole(tmp_path: Path) -> None:
    as_csv(sample(), tmp_path / "a.csv::x")
    (chosen,), errors, _ = look_for_files([f"{tmp_path}/a.csv::x"])
    assert (Path(chosen.path).name, chosen.sheets, errors) == ("a.csv::x", (), [])


def refused(asked: str) -> ReturnError:
    (error,) = check(asked, region="510400").unread
    return error


def test_what_cannot_be_chosen_is_told(book: Path) -> None:
    error = refused(f"{book}::四季度")
    assert (error.code, error.path) == ("sheet-not-there", str(book))
    assert "一季度, 二季度, Q3" in str(error)
    as_csv(sample(), book.parent / "b.csv")
    with zipfile.ZipFile(book.parent / "c.zip", "w") as archive:
        archive.write(book, "a.xlsx")
    for asked, code in (
        ("b.csv::x", "sheets-without-names"), ("c.zip::x", "sheet-of-archive"), ("::x", "sheet-of-folder"),
        ("no.xlsx::x", "file-missing"), ("*.ods::x", "pattern-empty"),
    ):  # fmt: skip
        assert refused(f"{book.parent}/{asked}" if asked[0] != ":" else f"{book.parent}{asked}").code == code


def test_no_sheet_is_chosen_by_half_a_name(book: Path) -> None:
    kept: Any = open_file(book, sheets=("二季度",))
    assert [grid.sheet for grid in kept.grids] == ["二季度"]
    with pytest.raises(ReturnError, match="季度"):
        open_file(book, sheets=("季度",))
