"""A mended copy is marked up again: what is mended loses its mark, what others wrote in the meantime stays."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from communitycheck.model.output_marks import MARK
from products.markup.books import MARKED, MENDED, full_book, judged, marked, parts_of, verdicts
from products.markup.test_parts import OFFICE, converted


def seen(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Colours of ours and comments by cell."""
    sheet = openpyxl.load_workbook(path, keep_vba=True)["社区"]
    cells = [c for row in sheet.iter_rows() for c in row]
    colours = {c.coordinate: c.fill.fgColor.rgb for c in cells if c.fill.fgColor.rgb in ("FFFFC7CD", "FFFFEB9B")}
    return colours, {c.coordinate: c.comment.text for c in cells if c.comment}


def canonical(content: bytes) -> str:
    return etree.canonicalize(content.decode(), strip_text=True)


def test_a_copy_marked_again_says_the_same_once(tmp_path: Path) -> None:
    first = marked(full_book(tmp_path / "a.xlsm"), tmp_path / "one")
    second = marked(first, tmp_path / "two")
    assert seen(second) == seen(first)
    old, new = parts_of(first), parts_of(second)
    assert old.keys() == new.keys()
    assert sum(MARK.encode() in body for body in new.values()) == 1
    assert {n for n in old if old[n] != new[n]} <= {
        "xl/styles.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet3.xml", "xl/workbook.xml",
    }  # fmt: skip
    notes = new["xl/drawings/vmlDrawing1.vml"]
    assert notes.count(b'"Note"') == old["xl/drawings/vmlDrawing1.vml"].count(b'"Note"') == 6


def test_mended_cells_lose_their_marks_and_get_their_own_background_back(tmp_path: Path) -> None:
    source = full_book(tmp_path / "a.xlsx")
    copy = marked(source, tmp_path / "one")
    book = openpyxl.load_workbook(copy)
    sheet = book["社区"]
    for cell in ("F3", "F5", "F6"):
        sheet[cell] = MENDED[cell]
    sheet["F7"].comment = Comment(f"{sheet['F7'].comment.text}\n社区回复：已核实，下月改正", "社区")
    sheet["B8"].comment = Comment("街道：这里也看一下", "街道")
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    again = marked(mended, tmp_path / "two")
    colours, comments = seen(again)
    assert colours == dict.fromkeys(["F7", "F8"], "FFFFC7CD")
    assert comments.keys() == {"A3", "B8", "F3", "F7", "F8"}
    assert (comments["F3"], comments["A3"], comments["B8"]) == ("请核实\n面积", "原有批注", "街道：这里也看一下")
    assert comments["F7"].startswith("社区回复：已核实，下月改正") or "\n社区回复：已核实，下月改正" in comments["F7"]
    assert comments["F7"].count("communitycheck:") == 1
    was, now = (openpyxl.load_workbook(path)["社区"] for path in (source, again))
    for cell in ("F3", "F6"):
        assert now[cell].fill.fgColor.rgb == was[cell].fill.fgColor.rgb == "FFDDEEFF"
        assert now[cell].number_format == was[cell].number_format
    assert verdicts(judged(again)) == verdicts(judged(mended))


def test_names_of_the_earlier_list_go(tmp_path: Path) -> None:
    copy = marked(full_book(tmp_path / "a.xlsx"), tmp_path / "one")
    book = openpyxl.load_workbook(copy)
    book["核查结果"].print_title_rows = "1:8"
    book["核查结果"].title = "改过名"
    book.save(tmp_path / "b.xlsx")
    again = openpyxl.load_workbook(marked(tmp_path / "b.xlsx", tmp_path / "two"))
    assert again.sheetnames == ["社区", "填报说明", "改过名"]
    root: Any = etree.fromstring(parts_of(tmp_path / "two" / "b.xlsx")["xl/workbook.xml"])
    names = {e.get("name"): e.get("localSheetId") for e in root.iter() if etree.QName(e).localname == "definedName"}
    assert "2" not in names.values() and "合计" in names


def test_a_thread_has_one_reply_of_ours(tmp_path: Path) -> None:
    from products.markup.books import put_in
    from products.markup.test_parts import KIND, THREADS

    source = full_book(tmp_path / "a.xlsm")
    target = "../threadedComments/threadedComment1.xml"
    relation = f'<Relationship Id="rId99" Type="{KIND}/threadedComment" Target="{target}"/>'
    put_in(
        source,
        {"xl/threadedComments/threadedComment1.xml": THREADS},
        {"xl/worksheets/_rels/sheet1.xml.rels": (relation, "</Relationships>")},
    )
    first = marked(source, tmp_path / "one")
    again = parts_of(marked(first, tmp_path / "two"))
    part = "xl/threadedComments/threadedComment1.xml"
    assert canonical(again[part]) == canonical(parts_of(first)[part])
    assert again["xl/comments1.xml"].count(b"Reply:") == 1


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_copy_saved_by_libreoffice_is_marked_again(tmp_path: Path) -> None:
    first = marked(full_book(tmp_path / "a.xlsm"), tmp_path / "one")
    saved = converted(shutil.copy(first, tmp_path / "saved.xlsm"), "xlsx", tmp_path)
    again = marked(saved, tmp_path / "two")
    colours, comments = seen(again)
    assert colours.keys() == MARKED.keys()
    assert all(text.count("communitycheck:") == 1 for cell, text in comments.items() if cell != "A3")
    shared = parts_of(again)
    assert len([n for n in shared if re.fullmatch(r"xl/worksheets/sheet\d\.xml", n)]) == 3
