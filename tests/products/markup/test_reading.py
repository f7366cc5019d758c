"""A marked-up copy is read as the return was; once it is mended, its fails are gone."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.model.output_marks import MARK
from communitycheck.model.result import Outcome
from communitycheck.own_list import LIST
from communitycheck.products.markup.front import mark_up_returns
from paths import ROOT, SHARED
from products.markup.books import (
    HEADER,
    MENDED,
    RECORDS,
    full_book,
    judged,
    marked,
    parts_of,
    put_in,
    refusals,
    verdicts,
    write_parts,
)
from reporting.sample_report import sample_report

SAMPLES = [
    ROOT / "sample_data" / "panzhihua_2020.xlsx",
    pytest.param(ROOT / "sample_data" / "shenyang_2023.xlsx", marks=pytest.mark.slow),
]
RETURNS = SHARED / "returns"
TABLES = sorted(RETURNS.glob("*.xlsx")) if RETURNS.is_dir() else []


def text_book(path: Path, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["2023年社区综合服务设施情况"])
        writer.writerow(HEADER)
        writer.writerows([["" if v is None else v for v in record] for record in RECORDS])
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_the_copy_is_read_as_the_return_was(tmp_path: Path, lang: Lang) -> None:
    source = full_book(tmp_path / "a.xlsm")
    copy = marked(source, tmp_path / "out", lang)
    before, after = judged(source), judged(copy)
    assert verdicts(after) == verdicts(before)
    assert len(after.notices) == len(before.notices) and after.exit_code == before.exit_code == 1
    assert not any(sheet.records for sheet in after.returns[0].sheets[2:])


def test_mending_the_cells_clears_the_fails(tmp_path: Path) -> None:
    copy = marked(full_book(tmp_path / "a.xlsx"), tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    for cell, value in MENDED.items():
        book["社区"][cell] = value
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    report = judged(mended)
    assert (report.outcomes()[Outcome.FAIL], report.outcomes()[Outcome.NO_DATA]) == (0, 0)
    assert report.outcomes()[Outcome.PASS] == judged(copy).outcomes()[Outcome.PASS] + 6
    assert report.subjects == len(RECORDS)
    assert mark_up_returns(report, tmp_path / "again", "zh").clean == 1
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_return_comes_back_as_a_workbook_of_text(tmp_path: Path, encoding: str) -> None:
    source = text_book(tmp_path / "a.csv", encoding)
    copy = marked(source, tmp_path / "out")
    assert copy.name == "a.csv.xlsx"
    before, after = judged(source), judged(copy)
    assert [v[:9] + v[10:] for v in verdicts(after)] == [v[:9] + v[10:] for v in verdicts(before)]
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    with source.open(encoding=encoding, newline="") as text:
        rows = [tuple(cell or None for cell in row) for row in csv.reader(text)]
    for row, written in zip(sheet.iter_rows(values_only=True), rows, strict=True):
        assert tuple(cell and unescape(cell) for cell in row)[: len(written)] == written
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    assert sheet["F3"].fill.fgColor.rgb == "FFFFC7CD" and sheet["F5"].fill.fgColor.rgb == "FFFFEB9B"
    assert "LN-01" in sheet["F3"].comment.text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_samples_are_read_from_their_copies_as_from_themselves(tmp_path: Path, path: Path) -> None:
    before = check(str(path))
    copies = mark_up_returns(before, tmp_path / "out", "zh")
    assert not copies.refused and not copies.failed and len(copies.written) + copies.clean == 1
    for copy in copies.written.values():
        assert verdicts(check(str(copy))) == verdicts(before)


@pytest.mark.skipif(not TABLES, reason="the folder of real tables is not at hand")
@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name[:12])
def test_real_tables_are_read_from_their_copies_as_from_themselves(tmp_path: Path, path: Path) -> None:
    """They answer to no rule of ours, so a cell of every record is marked, which must not change the reading."""
    import numpy as np

    from communitycheck.messages import say
    from communitycheck.products.markup.copy import mark_up
    from communitycheck.products.markup.marks import Cells, Marks
    from communitycheck.products.markup.words import MarkupWords
    from communitycheck.returns.gather import read_all
    from communitycheck.standards.choose import open_rule_book, whole_dictionary

    book = open_rule_book()
    dictionary = whole_dictionary(book, book.all())
    (before,), _ = read_all(path, dictionary)
    marks = Marks(str(path))
    for sheet in before.sheets:
        if sheet.first_row is not None and sheet.last_row is not None:
            rows = np.arange(sheet.first_row, sheet.last_row + 1)
            some = np.zeros(len(rows), np.int64)
            marks.sheets[sheet.name] = Cells(rows.astype(np.int64), some + 2, some + 1, some, some)

    class Words(MarkupWords):
        def comment(self, verdicts: Any, sheet: str, questions: Any = ()) -> str:
            return say("markup-title", "zh")

    copy = tmp_path / "copy.xlsx"
    with copy.open("wb") as sink:
        mark_up(path, sink, marks, Words(sample_report(), "zh"))
    (after,), unread = read_all(copy, dictionary)
    assert not unread
    assert [(s.name, s.header_rows, s.first_row, s.last_row, s.records, s.columns) for s in before.sheets] == [
        (s.name, s.header_rows, s.first_row, s.last_row, s.records, s.columns) for s in after.sheets[:-1]
    ]
    for one, other in zip(before.tables, after.tables, strict=True):
        assert one.columns.keys() == other.columns.keys()
        for key, column in one.columns.items():
            same = other.columns[key]
            if column.text is not None:
                assert column.text.to_pylist() == same.text.to_pylist()
            else:
                np.testing.assert_array_equal(column.lo, same.lo)
    assert parts_of(path).keys() <= parts_of(copy).keys()


def test_our_list_is_left_out_whatever_its_sheet_is_called_and_in_any_format(tmp_path: Path) -> None:
    copy = marked(full_book(tmp_path / "a.xlsx"), tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    assert MARK in {c.value for c in book["核查结果"][1]}
    book["核查结果"].title = "社区2"
    book.move_sheet("社区2", -2)
    renamed = tmp_path / "renamed.xlsx"
    book.save(renamed)
    assert judged(renamed).subjects == len(RECORDS)
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[c or "" for c in row] for row in book["社区2"].iter_rows(values_only=True)])
    report = judged(tmp_path / "list.csv")
    assert not report.returns and [e.code for e in report.unread] == ["no-table"]


def test_what_cannot_be_marked_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    import xlwt

    full_book(tmp_path / "in.xlsx")
    old = xlwt.Workbook()
    sheet = old.add_sheet("社区")
    for r, row in enumerate([HEADER, *RECORDS]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    old.save(str(tmp_path / "old.xls"))
    copies = mark_up_returns(judged(tmp_path), tmp_path / "out", "zh")
    assert refusals(copies) == {"old.xls": "not-marked-format"}
    assert [p.name for p in copies.written.values()] == ["in.xlsx"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [LIST, "in.xlsx"]


def test_a_return_that_changed_meanwhile_is_not_marked(tmp_path: Path) -> None:
    one, two = full_book(tmp_path / "a.xlsx", 501), text_book(tmp_path / "b.csv")
    report = judged([one, two])
    one.write_bytes(one.read_bytes() + b"\0")
    two.unlink()
    copies = mark_up_returns(report, tmp_path / "out", "zh")
    assert refusals(copies) == {"a.xlsx": "not-marked-changed", "b.csv": "not-marked-changed"}
    assert not list((tmp_path / "out").iterdir())


BROKEN = [
    ("xl/revisions/revisionHeaders.xml", "not-marked-shared"),
    ("xl/worksheets/sheet1.xml", "not-marked-disorder"),
    ("xl/comments1.xml", "unreadable-file"),
    ("xl/styles.xml", "unreadable-file"),  # without the formats of its figures it is not judged in the first place
]


@pytest.mark.parametrize(("part", "code"), BROKEN)
def test_what_is_not_as_it_should_be_is_refused_and_leaves_nothing(tmp_path: Path, part: str, code: str) -> None:
    source = full_book(tmp_path / "a.xlsm")
    parts = parts_of(source)
    if code == "not-marked-shared":
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
        relation = f'<Relationship Id="rId77" Type="{kind}" Target="revisions/revisionHeaders.xml"/>'
        put_in(source, {part: "<headers/>"}, {"xl/_rels/workbook.xml.rels": (relation, "</Relationships>")})
    elif code == "not-marked-disorder":
        sheet = parts[part].decode()
        write_parts(source, parts | {part: sheet.replace('<row r="8"', '<row r="4"').encode()})
    else:
        body = parts[part][parts[part].index(b"?>") + 2 :]
        write_parts(source, parts | {part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + body})
    report = judged(source)
    copies = mark_up_returns(report, tmp_path / "out", "zh")
    unread = {Path(error.path).name: error.code for error in report.unread}
    assert refusals(copies) | unread == {"a.xlsm": code}
    assert not list((tmp_path / "out").glob("*"))


def test_a_signature_is_kept_and_said_to_be_void(tmp_path: Path) -> None:
    source = put_in(full_book(tmp_path / "a.xlsm"), {"_xmlsignatures/sig1.xml": "<Signature/>"})
    copies = mark_up_returns(judged(source), tmp_path / "out", "zh")
    assert copies.signed == [str(source)]
    assert "_xmlsignatures/sig1.xml" in parts_of(copies.written[str(source)])


def test_the_same_return_gives_the_same_bytes(tmp_path: Path) -> None:
    source = full_book(tmp_path / "a.xlsm")
    first = marked(source, tmp_path / "x").read_bytes()
    shutil.copy(source, tmp_path / "b.xlsm")
    assert marked(tmp_path / "b.xlsm", tmp_path / "y").read_bytes() == first
