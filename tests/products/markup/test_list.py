"""The added sheet and the comments, shown from the one report that holds every outcome and hostile names."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from syrupy.assertion import SnapshotAssertion

from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.result import Outcome
from communitycheck.products.markup import copy as markup
from communitycheck.products.markup.copy import mark_up
from communitycheck.products.markup.marks import marks_of
from communitycheck.products.markup.words import MarkupWords
from pictures import TextFile
from products.markup.books import parts_of
from reporting.sample_report import sample_report

REPORT = sample_report()
PATH = "returns/2020 报表.xlsx"


def copy(folder: Path, lang: Lang, **more: Any) -> Path:
    source, target = folder / "source.xlsx", folder / "copy.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        for name in ("社区<表>", "街道", say("markup-sheet", lang)):
            book.add_worksheet(name).write("A1", "x")
    sink = BytesIO()
    mark_up(source, sink, marks_of(REPORT)[PATH], MarkupWords(REPORT, lang), **more)
    target.write_bytes(sink.getvalue())
    return target


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_and_the_comments(tmp_path: Path, snapshot: SnapshotAssertion, lang: Lang) -> None:
    book = openpyxl.load_workbook(copy(tmp_path, lang))
    added = book.worksheets[-1]
    lines = [f"== {added.title} filter={added.auto_filter.ref} frozen={added.freeze_panes}"]
    for row in added.iter_rows():
        lines.append(" | ".join(f"{c.value}{_link(c)}" for c in row if c.value is not None))
    for sheet in book.worksheets[:2]:
        lines.append(f"== {sheet.title}")
        for row in sheet.iter_rows():
            lines += [f"{c.coordinate} {c.fill.fgColor.rgb} {c.comment.text!r}" for c in row if c.comment]
    assert "\n".join(lines) + "\n" == snapshot.use_extension(TextFile)


def _link(cell: Any) -> str:
    return f" -> {cell.hyperlink.location}" if cell.hyperlink else ""


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_inert_in_every_part(tmp_path: Path, lang: Lang) -> None:
    for name, body in parts_of(copy(tmp_path, lang)).items():
        root = etree.fromstring(body)
        texts = [t for e in root.iter() if isinstance(e.tag, str) for t in (e.text or "", *e.attrib.values())]
        assert not any(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", t) for t in texts), name
        assert not [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in ("f", "script")]
        if name.endswith(".rels"):
            assert not [e for e in root if e.get("TargetMode") == "External"]
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    cells = [c for row in book.worksheets[-1].iter_rows() for c in row if c.value is not None]
    assert "=cmd|' /C calc'!A0" in {c.value for c in cells}
    assert all(c.data_type == "s" and c.quotePrefix for c in cells)


def test_the_list_holds_every_verdict_that_is_not_met(tmp_path: Path) -> None:
    marks = marks_of(REPORT)
    listed = [tuple(line) for one in marks.values() for line in one.listed.tolist()]
    wanted = (Outcome.FAIL, Outcome.NOT_DUE, Outcome.NO_DATA)
    expected = {(n, i) for n, r in enumerate(REPORT.results) for i, o in enumerate(r.outcome) if Outcome(o) in wanted}
    assert set(listed) == expected
    records = [line for line in listed if not REPORT.results[line[0]].is_group]
    assert len(records) == len(set(records))
    outcomes = REPORT.outcomes()
    waived = sum(len(r.waived) for r in REPORT.results)
    groups = sum(int((r.outcome == Outcome.FAIL).sum()) for r in REPORT.results if r.is_group)
    assert sum(m.fails for m in marks.values()) == outcomes[Outcome.FAIL] - waived - groups


def test_what_was_waived_is_listed_and_not_coloured() -> None:
    marks = marks_of(REPORT)[PATH]
    assert [0, 7] in marks.listed.tolist()
    assert not any((c.results == 0).any() and (c.subjects[c.results == 0] == 7).any() for c in marks.sheets.values())


def test_caps_are_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "COMMENTED", 2)
    monkeypatch.setattr(markup, "LISTED", 3)
    book = openpyxl.load_workbook(copy(tmp_path, "en", remarks=["one more"]))
    said = [str(row[0]) for row in book.worksheets[-1].iter_rows(values_only=True) if row[0]]
    total = len(marks_of(REPORT)[PATH].listed)
    assert f"only the first 3 of {total} are listed here; check -o report.csv gives them all" in said
    assert any(s.startswith("marked cells: ") and "the first 2 of each sheet, 2 in all" in s for s in said)
    assert "one more" in said
    assert said[-4] == "outcome" and len(said[-3:]) == 3
    comments = [c for sheet in book for row in sheet.iter_rows() for c in row if c.comment]
    assert len(comments) == 2
    coloured = [c for sheet in book.worksheets[:2] for row in sheet.iter_rows() for c in row if c.fill.fill_type]
    assert len(coloured) > 3
