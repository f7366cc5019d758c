"""What is over a limit is told with advice that helps for that kind of input, and with the way to raise the limit."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
import xlwt

from communitycheck.errors import CommunityCheckError, ReturnError
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.dictionary import Dictionary
from communitycheck.returns.batch.parts import Part, ReadingOptions, read_part
from communitycheck.returns.columns.mapping.mapping_file import load_mapping
from communitycheck.returns.files.find import find_files
from communitycheck.returns.files.formats.apart import READERS
from communitycheck.returns.files.formats.registry import FORMATS
from communitycheck.returns.files.open import open_any
from communitycheck.returns.files.over_limit import limits
from communitycheck.standards.files.yaml_file import read_yaml
from communitycheck.system.limits import TABLE

ROWS = [["社区", "户数", "建筑面积"], ["新城社区", "812", "406"], ["南湖社区", "655", "390"]]
CELLS = {"columns": 2, "rows": 2, "cells": 5}


def as_xlsx(sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number in range(sheets):
        sheet = book.create_sheet(f"第{number}表")
        for row in ROWS:
            sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_xls(sheets: int = 1) -> bytes:
    book = xlwt.Workbook()
    for number in range(sheets):
        sheet = book.add_sheet(f"第{number}表")
        for r, row in enumerate(ROWS):
            for c, value in enumerate(row):
                sheet.write(r, c, value)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_ods(sheets: int = 1) -> bytes:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    for number in range(sheets):
        table = odf.table.Table(name=f"第{number}表")
        for row in ROWS:
            line = odf.table.TableRow()
            for value in row:
                cell = odf.table.TableCell(valuetype="string")
                cell.addElement(odf.text.P(text=value))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def as_csv(lines: int = 1) -> bytes:
    return "".join(",".join(row) + "\n" for row in ROWS * lines).encode()


def as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>".encode()


def as_parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({ROWS[0][c]: [row[c] for row in ROWS[1:]] for c in range(3)}), sink)
    return sink.getvalue()


def as_feather() -> bytes:
    sink = io.BytesIO()
    pyarrow.feather.write_feather(pa.table({ROWS[0][c]: [row[c] for row in ROWS[1:]] for c in range(3)}), sink)
    return sink.getvalue()


def zipped(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return sink.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "csv": as_csv, "html": as_html, "parquet": as_parquet,
    "arrow": as_feather, "zip": lambda: zipped(a__csv=as_csv(), b__xlsx=as_xlsx()),
}  # fmt: skip
BOOKS = ("xlsx", "xls", "ods")
COLUMNAR = ("parquet", "arrow")

# What helps, in English and Chinese, and what would be false advice for that kind of input.
SAVE = ("save it as xlsx", "另存为 xlsx")
DIVIDE = ("divide", "分成几个")
UNPACK = ("unpack", "解压")
FEWER = ("the columns of the return alone", "只导出要报送的列")
KEEP = ("keep the columns", "只留下要报送的列")
STRAY = ("beyond the data", "数据区以外的行列")
NOT_FOR_ARCHIVES = (*SAVE, *STRAY)
NOT_FOR_ARROW = (*SAVE, *STRAY, "Excel", "WPS")


def fault(kind: str, content: bytes, folder: Path, **wanted: int | str) -> ReturnError:
    """The first error of a file that is read with these limits."""
    file = folder / f"a.{kind}"
    file.write_bytes(content)
    with limits(**wanted):
        found = [one for one in open_any(file) if isinstance(one, ReturnError)]
    assert found, f"{kind} is read in spite of {wanted}"
    return found[0]


def told(error: CommunityCheckError, lang: Lang) -> str:
    return say(error.code, lang, **error.values)


def advises(error: CommunityCheckError, help_: tuple[str, ...], name: str, never: tuple[str, ...] = ()) -> None:
    for lang, words in zip(LANGS, reversed(help_), strict=True):
        text = told(error, lang)
        assert words in text, text
        assert f"--limit {name}=N" in text, text
        assert not [one for one in never if one in text], text


OVER: list[tuple[str, str, int | str, Callable[[], bytes], tuple[str, str]]] = [
    *((name, kind, CELLS[name], MAKERS[kind], KEEP if name == "columns" else DIVIDE)
      for kind in (*BOOKS, "csv", "html", *COLUMNAR) for name in CELLS),
    *(("sheets", kind, 2, lambda make=make: make(3), DIVIDE)
      for kind, make in (("xlsx", as_xlsx), ("xls", as_xls), ("ods", as_ods))),
    ("line", "csv", 20, as_csv, ("Look into the file", "检查文件内容")),
    ("irregular", "csv", 8, lambda: as_csv() + b'"' + as_csv(9), SAVE),
    ("irregular", "html", 8, as_html, SAVE),
    ("unpacked", "xlsx", 900, as_xlsx, STRAY),
    ("unpacked", "ods", 900, as_ods, STRAY),
    ("unpacked", "zip", 900, MAKERS["zip"], UNPACK),
    ("packing", "zip", 400, lambda: zipped(a__csv=bytes(80 << 20)), UNPACK),
    ("members", "zip", 1, MAKERS["zip"], DIVIDE),
    ("depth", "zip", 1, lambda: zipped(b__zip=MAKERS["zip"]()), UNPACK),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "value", "make", "help_"), OVER, ids=[f"{n}-{k}" for n, k, *_ in OVER])
def test_what_is_over_a_limit(
    name: str, kind: str, value: int, make: Callable[[], bytes], help_: tuple[str, str], tmp_path: Path
) -> None:
    never = NOT_FOR_ARCHIVES if kind == "zip" else NOT_FOR_ARROW if kind in COLUMNAR else ()
    advises(fault(kind, make(), tmp_path, **{name: value}), help_, name, never)


@pytest.mark.parametrize("kind", [*BOOKS, *COLUMNAR])
def test_a_file_that_takes_too_long(kind: str, tmp_path: Path) -> None:
    with mock.patch.object(READERS, "ask", side_effect=TimeoutError):
        error = fault(kind, MAKERS[kind](), tmp_path)
    is_book = kind in BOOKS
    advises(error, SAVE if is_book else FEWER, "seconds", () if is_book else NOT_FOR_ARROW)


@pytest.mark.parametrize("kind", [*BOOKS, *COLUMNAR])
def test_a_reader_that_ran_out_of_memory(kind: str, tmp_path: Path) -> None:
    with mock.patch.object(READERS, "ask", return_value=None):
        error = fault(kind, MAKERS[kind](), tmp_path)
    is_book = kind in BOOKS
    advises(error, STRAY if is_book else FEWER, "memory", () if is_book else NOT_FOR_ARROW)


def test_a_member_for_which_the_archive_leaves_too_little_time(tmp_path: Path) -> None:
    with mock.patch.object(READERS, "ask", side_effect=TimeoutError):
        error = fault("zip", MAKERS["zip"](), tmp_path)
    assert error.path == f"{tmp_path / 'a.zip'}/b.xlsx"
    advises(error, UNPACK, "seconds", NOT_FOR_ARCHIVES)


def test_a_slow_member_of_an_archive_that_has_time_is_told_as_a_workbook(tmp_path: Path) -> None:
    content = zipped(**{f"{n}__csv": as_csv() for n in range(100)}, b__xlsx=as_xlsx())
    with mock.patch.object(READERS, "ask", side_effect=TimeoutError):
        error = fault("zip", content, tmp_path)
    assert error.path == f"{tmp_path / 'a.zip'}/b.xlsx"
    advises(error, SAVE, "seconds")


def test_an_archive_whose_time_is_used_up(tmp_path: Path) -> None:
    clock = itertools.count(step=2.0)
    with mock.patch("communitycheck.returns.files.allowance.time.process_time", side_effect=lambda: next(clock)):
        error = fault("zip", MAKERS["zip"](), tmp_path)
    assert error.path == str(tmp_path / "a.zip")
    advises(error, UNPACK, "seconds", NOT_FOR_ARCHIVES)


def side(kind: str, file: Path) -> CommunityCheckError:
    """The error of a file beside the returns."""
    if kind == "list":
        return find_files([f"@{file}"])[1][0]
    with pytest.raises(CommunityCheckError) as caught:
        if kind == "rules":
            read_yaml(file)
        else:
            load_mapping(file, Dictionary({}))
    return caught.value


@pytest.mark.parametrize(
    ("kind", "help_"),
    [("rules", ("split it", "请拆分")), ("mapping", ("hardly such a file", "多半不是这种文件")),
     ("list", ("hardly a list", "多半不是"))],
)  # fmt: skip
def test_files_beside_the_returns(kind: str, help_: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("# 说明\n" * 500, encoding="utf-8")
    with limits(settings="1KB"):
        error = side(kind, file)
    advises(error, help_, "settings", NOT_FOR_ARROW)


def test_memory_that_the_machine_has_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_csv())
    options: Any = mock.Mock(spec=ReadingOptions)
    with mock.patch("communitycheck.returns.batch.parts.open_any", side_effect=MemoryError):
        [error] = read_part(Part(str(tmp_path / "a.csv")), options).errors
    assert "--jobs" in told(error, "en") and "--limit" not in told(error, "en")


def test_every_limit_and_every_format_is_tried_here() -> None:
    assert {one.name for one in TABLE} == {name for name, *_ in OVER} | {"memory", "seconds", "settings"}
    untried = {one.name for one in FORMATS} - set(MAKERS)
    alike = {"xlsb", "mhtml", "xml", "sqlite", "duckdb"}
    assert untried == alike, "of the same kinds as xls, html, csv and parquet; databases are tried beside their readers"
