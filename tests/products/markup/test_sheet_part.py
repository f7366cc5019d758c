"""A worksheet part rewritten as it streams by, against the same done on a tree."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from communitycheck.errors import NotMarkedError
from communitycheck.model.address import column_letter
from communitycheck.products.markup.ooxml import stream
from communitycheck.products.markup.ooxml.frame import frame_of
from communitycheck.products.markup.ooxml.parts import RELATIONS
from communitycheck.products.markup.ooxml.rows import anchored, restyled
from each import each

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Place = tuple[int, int]


def sheet(rows: str, prefix: str = "", tail: str = "") -> bytes:
    p = f"{prefix}:" if prefix else ""
    bound = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {bound}="{SPACE}"><{p}cols>'
        f'<{p}col min="3" max="4" style="7"/></{p}cols><{p}sheetData>{rows}</{p}sheetData>{tail}</{p}worksheet>'
    ).encode()


def rewritten(content: bytes, places: list[Place]) -> bytes:
    frame = frame_of(BytesIO(content), "a", "b")
    ordered = np.array(sorted(places), np.int64).reshape(-1, 2)
    kinds = np.ones(len(ordered), np.int64)
    return b"".join(
        restyled(BytesIO(content), frame, ordered[:, 0], ordered[:, 1], kinds, lambda base, kind: base + 100, "a")
    )


CASES = [
    ("the cell is there", '<row r="1"><c r="A1" s="2"><v>1</v></c></row>', [(1, 1)],
     '<row r="1"><c r="A1" s="102"><v>1</v></c></row>'),
    ("it has no style", '<row r="1"><c r="A1"/></row>', [(1, 1)], '<row r="1"><c r="A1" s="100"/></row>'),
    ("it comes before", '<row r="1"><c r="B1"/></row>', [(1, 1)], '<row r="1"><c r="A1" s="100"/><c r="B1"/></row>'),
    ("it comes between", '<row r="1"><c r="A1"/><c r="D1"/></row>', [(1, 3)],
     '<row r="1"><c r="A1"/><c r="C1" s="107"/><c r="D1"/></row>'),
    ("it comes last", '<row r="1" spans="1:1"><c r="A1"><v>1</v></c><extLst/></row>', [(1, 2), (1, 5)],
     '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="100"/><c r="E1" s="100"/><extLst/></row>'),
    ("the row has a style", '<row r="2" s="5" customFormat="1"><c r="A2"/></row>', [(2, 2)],
     '<row r="2" s="5" customFormat="1"><c r="A2"/><c r="B2" s="105"/></row>'),
    ("the row's style is none of its own", '<row r="2" s="5"><c r="A2"/></row>', [(2, 2)],
     '<row r="2" s="5"><c r="A2"/><c r="B2" s="100"/></row>'),
    ("the row is empty", '<row r="1"/><row r="2" />', [(2, 4)], '<row r="1"/><row r="2"><c r="D2" s="107"/></row>'),
    ("the row is missing", '<row r="1"/><row r="4"/>', [(2, 1), (9, 1)],
     '<row r="1"/><row r="2"><c r="A2" s="100"/></row><row r="4"/><row r="9"><c r="A9" s="100"/></row>'),
    ("no places are written", "<row><c/><c/></row><row><c><v>1</v></c></row>", [(2, 1), (2, 3)],
     '<row><c/><c/></row><row><c s="100"><v>1</v></c><c r="C2" s="107"/></row>'),
    ("quotes and spaces", "<row  r = '1' ><c s='3'\n r='A1' t=\"str\" ><f>\"&gt;\"</f></c ></row >", [(1, 1)],
     "<row  r = '1' ><c s='103'\n r='A1' t=\"str\" ><f>\"&gt;\"</f></c ></row >"),
    ("cells in comments", '<!--<row r="1">--><row r="1"><!-- <c r="A1"/></row> --><c r="A1"/></row>', [(1, 1)],
     '<!--<row r="1">--><row r="1"><!-- <c r="A1"/></row> --><c r="A1" s="100"/></row>'),
    ("cells in CDATA", '<row r="1"><c r="A1" t="str"><v><![CDATA[</c><c r="B1"/></row>]]></v></c></row>', [(1, 2)],
     '<row r="1"><c r="A1" t="str"><v><![CDATA[</c><c r="B1"/></row>]]></v></c><c r="B1" s="100"/></row>'),
]  # fmt: skip


@pytest.mark.parametrize("block", [3, 50, 1 << 20])
@each(("rows", "places", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_rows(monkeypatch: pytest.MonkeyPatch, rows: str, places: list[Place], expected: str, block: int) -> None:
    monkeypatch.setattr(stream, "BLOCK", block)
    assert rewritten(sheet(rows), places) == sheet(expected)


def test_a_prefix_is_kept() -> None:
    before = sheet('<x:row r="1"><x:c r="A1"/></x:row>', "x")
    first = '<x:row r="1"><x:c r="A1" s="100"/><x:c r="B1" s="100"/></x:row>'
    after = sheet(first + '<x:row r="3"><x:c r="C3" s="107"/></x:row>', "x")
    assert rewritten(before, [(1, 1), (1, 2), (3, 3)]) == after


BAD = [
    b"", b"<worksheet", b"\xff\xfe<\0", sheet("").replace(b"worksheet", b"chartsheet"),
    sheet("").replace(b"UTF-8", b"GBK"), b"<!DOCTYPE a>" + sheet("")[39:], sheet("")[:-5], sheet("")[:-25],
    sheet("").replace(b"<sheetData></sheetData>", b"<sheetData/>"),
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_what_is_no_worksheet_is_refused(content: bytes) -> None:
    with pytest.raises(NotMarkedError):
        frame_of(BytesIO(content), "a", "b")


@pytest.mark.parametrize("rows", ['<row r="2"/><row r="1"/>', '<row r="2"><c r="B2"/><c r="A2"/></row>'])
def test_disorder_is_refused(rows: str) -> None:
    with pytest.raises(NotMarkedError, match="out of order"):
        rewritten(sheet(rows), [(2, 3)])


BLOCK = "<m:AlternateContent><m:Choice><{}/></m:Choice></m:AlternateContent>"
PLACES = [
    ('<pageMargins/><drawing r:id="a"/><legacyDrawingHF r:id="b"/>', "<pageMargins/><drawing/>*<legacyDrawingHF/>"),
    ("<pageMargins/><tableParts/>", "<pageMargins/>*<tableParts/>"),
    ("<pageMargins/>", "<pageMargins/>*"),
    ("", "*"),
    (f"{BLOCK.format('controls')}<extLst/>", "*<AlternateContent/><extLst/>"),
    (f"{BLOCK.format('drawing')}<extLst/>", "<AlternateContent/>*<extLst/>"),
]


@pytest.mark.parametrize(("tail", "expected"), PLACES)
@pytest.mark.parametrize("bound", [True, False])
def test_the_drawing_of_comments_is_put_where_the_schema_has_it(tail: str, expected: str, bound: bool) -> None:
    if not bound:
        tail = tail.replace(' r:id="a"', "").replace(' r:id="b"', "")
    names = ' xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    names += f' xmlns:r="{RELATIONS}"' if bound else ""
    content = sheet('<row r="1"/>', tail=tail).replace(b"<worksheet", b"<worksheet" + names.encode())
    frame = frame_of(BytesIO(content), "a", "b")
    frame.with_legacy("rId9")
    root = etree.fromstring(frame.head + frame.tail)
    shown = [etree.QName(e).localname for e in root][2:]
    assert "".join("*" if n == "legacyDrawing" else f"<{n}/>" for n in shown) == expected
    (drawing,) = root.iter(f"{{{SPACE}}}legacyDrawing")
    assert drawing.attrib == {f"{{{RELATIONS}}}id": "rId9"}


def test_a_merged_range_is_marked_at_its_first_cell() -> None:
    rows, columns = np.array([1, 2, 2, 3, 9]), np.array([1, 2, 5, 3, 9])
    assert [a.tolist() for a in anchored(rows, columns, [(2, 2, 3, 3), (9, 9, 9, 9)])] == [
        [1, 2, 2, 2, 9], [1, 2, 5, 2, 9],
    ]  # fmt: skip


Rows = dict[int, dict[int, int | None]]
rows_of_cells: st.SearchStrategy[Rows] = st.dictionaries(
    st.integers(1, 12), st.dictionaries(st.integers(1, 30), st.none() | st.integers(0, 9), max_size=6), max_size=8
)


def drawn(rows: Rows) -> str:
    def cell(row: int, column: int, style: int | None) -> str:
        look = "" if style is None else f' s="{style}"'
        return f'<c r="{column_letter(column)}{row}"{look}>' + ("<v>1</v></c>" if column % 2 else "</c>")

    return "".join(
        f'<row r="{r}">{"".join(cell(r, c, s) for c, s in sorted(cells.items()))}</row>'
        for r, cells in sorted(rows.items())
    )


def cells_of(content: bytes) -> dict[str, tuple[str | None, str]]:
    root: Any = etree.fromstring(content)
    found = {}
    last = 0
    for row in root.iter(f"{{{SPACE}}}row"):
        assert int(row.get("r")) > last
        last = int(row.get("r"))
        columns = [c.get("r").rstrip("0123456789") for c in row]
        assert columns == sorted(columns, key=lambda c: (len(c), c))
        for cell in row:
            found[cell.get("r")] = (cell.get("s"), "".join(cell.itertext()))
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows_of_cells, st.sets(st.tuples(st.integers(1, 14), st.integers(1, 32)), min_size=1, max_size=20))
def test_marks_change_marked_cells_alone(rows: Rows, places: set[Place]) -> None:
    content = sheet(drawn(rows) or '<row r="20"/>')
    before, after = cells_of(content), cells_of(rewritten(content, sorted(places)))
    names = {f"{column_letter(c)}{r}": c for r, c in places}
    assert after.keys() == before.keys() | names.keys()
    for name, (style, text) in after.items():
        was = before.get(name, ("7" if names.get(name) in (3, 4) else None, ""))
        assert text == was[1]
        assert style == (str(int(was[0] or 0) + 100) if name in names else was[0])
