"""What comes back is what was sent, part by part, and more only where something had to be said."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from lxml import etree

from communitycheck.model.output_marks import MARK
from products.markup.books import MARKED, Parts, full_book, holds, marked, parts_of, put_in, write_parts

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Parts that have to change, and what may differ in them besides what is added.
TOUCHED = {
    "[Content_Types].xml": {},
    "xl/workbook.xml": {},
    "xl/_rels/workbook.xml.rels": {},
    "xl/styles.xml": {"fills": {"count"}, "cellXfs": {"count"}, "fonts": {"count"}, "borders": {"count"}},
    "xl/worksheets/sheet1.xml": {"c": {"s"}, "row": {"spans"}},
    "xl/comments1.xml": {},
    "docProps/app.xml": {"vector": {"size"}},
}
ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("full")
    source = full_book(folder / "报表.xlsm")
    put_in(
        source,
        {
            "customXml/item1.xml": "<own/>",
            "xl/printerSettings/printerSettings1.bin": b"\0\1\2",
            "xl/pivotCache/pivotCacheDefinition1.xml": "<pivotCacheDefinition/>",
            "xl/calcChain.xml": "<calcChain/>",
            "unheard/of.dat": bytes(range(256)),
        },
        {"[Content_Types].xml": ('<Default Extension="bin2" ContentType="application/x"/>', "<Override")},
    )
    return source, marked(source, folder / "out")


def test_every_part_is_there_and_the_untouched_ones_byte_for_byte(pair: tuple[Path, Path]) -> None:
    old, new = map(parts_of, pair)
    assert old.keys() <= new.keys()
    assert pair[1].suffix == ".xlsm"
    kinds = {name.rsplit("/", 1)[0] for name in old}
    assert {"xl/charts", "xl/media", "xl/drawings", "xl/tables", "customXml", "xl/pivotCache", "unheard"} <= kinds
    assert "xl/vbaProject.bin" in old
    changed = {name for name in old if old[name] != new[name]}
    drawing = {name for name in changed if name.startswith("xl/drawings/vmlDrawing")}
    assert len(drawing) == 1  # the boxes of the comments; the other one is the picture in the header
    assert changed - drawing == TOUCHED.keys()


def test_what_is_touched_keeps_all_it_had(pair: tuple[Path, Path]) -> None:
    old, new = map(parts_of, pair)
    for name, loose in TOUCHED.items():
        free = {tag: frozenset(attributes) for tag, attributes in loose.items()}
        assert holds(etree.fromstring(new[name]), etree.fromstring(old[name]), free) == "", name


def test_the_sheet_differs_in_styles_and_new_cells_alone(pair: tuple[Path, Path]) -> None:
    old, new = (parts["xl/worksheets/sheet1.xml"].decode() for parts in map(parts_of, pair))
    assert new != old
    new = re.sub(r'<c r="F5" s="\d+"/>', "", new)  # the blank cell, which was not there
    old = re.sub(r'(<row r="5") spans="[^"]*"', r"\1", old)
    assert re.sub(r' s="\d+"', "", new) == re.sub(r' s="\d+"', "", old)


def test_elements_stand_in_the_order_of_the_schema(pair: tuple[Path, Path]) -> None:
    for name, body in parts_of(pair[1]).items():
        if name.startswith("xl/worksheets/sheet"):
            found = [ORDER.index(etree.QName(e).localname) for e in etree.fromstring(body)]
            assert found == sorted(found), name


def test_marked_cells_keep_their_formats_and_get_colour_and_comment(pair: tuple[Path, Path]) -> None:
    old, new = (openpyxl.load_workbook(path, keep_vba=True)["社区"] for path in pair)
    coloured = {}
    for row in new.iter_rows():
        for cell in row:
            before = old[cell.coordinate if cell.coordinate != "F5" else "F4"]  # a new cell looks like its column
            assert cell.value == old[cell.coordinate].value
            assert cell.number_format == before.number_format
            assert (repr(cell.border), repr(cell.font)) == (repr(before.border), repr(before.font))
            if repr(cell.fill) != repr(before.fill):
                coloured[cell.coordinate] = cell.fill.fgColor.rgb
    assert coloured == {c: "FFFFC7CD" if kind == "fail" else "FFFFEB9B" for c, kind in MARKED.items()}
    said = {c.coordinate: c.comment.text for row in new.iter_rows() for c in row if c.comment}
    assert said.keys() == {*MARKED, "A3"}
    assert said["A3"] == "原有批注"
    assert said["F3"].startswith("请核实\n面积\n\ncommunitycheck:\n不达标：LN-01")
    assert "要求不少于 600 ㎡，缺 100 ㎡" in said["F3"]
    assert "F5 空白" in said["F5"] and "300～500" in said["F6"]
    assert said["F7"].count("依据：") == 1 and "LN-03" in said["F7"]


def test_comments_have_a_box_each(pair: tuple[Path, Path]) -> None:
    parts = parts_of(pair[1])
    (name,) = (n for n in parts if n.endswith(".vml") and b'ObjectType="Note"' in parts[n])
    root = ElementTree.fromstring(parts[name])
    shapes = [e for e in root if e.tag.endswith("}shape")]
    ids = [e.get("id") for e in shapes]
    assert len(set(ids)) == len(ids)
    notes = [e for e in root.iter() if e.tag.endswith("}ClientData") and e.get("ObjectType") == "Note"]
    places = {tuple(int(e.text or 0) for e in note if e.tag.endswith(("}Row", "}Column"))) for note in notes}
    assert places == {(2, 0), (2, 5), (4, 5), (5, 5), (6, 5), (7, 5)}
    assert any(e.get("ObjectType") == "Button" for e in root.iter() if e.tag.endswith("}ClientData"))
    blocks = {int(b) for e in root.iter() if e.tag.endswith("}idmap") for b in (e.get("data") or "").split(",")}
    assert {int((i or "").rpartition("s")[2]) // 1024 for i in ids} <= blocks


def test_the_box_of_a_comment_that_was_there_grows(pair: tuple[Path, Path]) -> None:
    def edges(path: Path) -> dict[str, list[int]]:
        parts = parts_of(path)
        (body,) = (b for n, b in parts.items() if n.endswith(".vml") and b'ObjectType="Note"' in b)
        shapes = [s for s in body.decode().split("<v:shape ") if "<x:Row>" in s]
        found = {}
        for shape in shapes:
            row, column, anchor = (re.search(f"<x:{n}>([^<]*)<", shape) for n in ("Row", "Column", "Anchor"))
            assert row and column and anchor
            found[f"{row[1]},{column[1]}"] = [int(e) for e in anchor[1].split(",")]
        return found

    old, new = map(edges, pair)
    assert new["2,0"] == old["2,0"]  # not marked
    assert new["2,5"][:6] == old["2,5"][:6] and new["2,5"][6] > old["2,5"][6]


def test_relationships_lead_somewhere_and_every_part_has_a_type(pair: tuple[Path, Path]) -> None:
    parts = parts_of(pair[1])
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    named = {e.get("PartName", "").lstrip("/") for e in types}
    suffixes = {e.get("Extension") for e in types}
    for name in parts.keys() - {"[Content_Types].xml", "unheard/of.dat"}:
        assert name in named or name.rpartition(".")[2] in suffixes, name
    for name, body in parts.items():
        if name.endswith(".rels"):
            ids = [e.get("Id") for e in ElementTree.fromstring(body)]
            assert len(ids) == len(set(ids)), name


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_comments_and_colours(pair: tuple[Path, Path], tmp_path: Path) -> None:
    ods = converted(pair[1], "ods", tmp_path)
    with zipfile.ZipFile(ods) as archive:
        content = archive.read("content.xml").decode()
    notes = re.findall(r"<office:annotation\b.*?</office:annotation>", content, re.S)
    texts = [re.sub(r"<[^>]+>", "", note) for note in notes]
    assert len([t for t in texts if "communitycheck:" in t]) == len(MARKED)
    assert content.count("#ffc7cd") and content.count("#ffeb9b")
    assert 'table:name="核查结果"' in content


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_libreoffice_wrote_comes_back_whole(tmp_path: Path) -> None:
    rewritten = converted(full_book(tmp_path / "b.xlsm"), "xlsx", tmp_path)
    old, new = parts_of(rewritten), parts_of(marked(rewritten, tmp_path / "out"))
    assert old.keys() <= new.keys()
    same = {n for n in old if old[n] == new[n]}
    assert {n for n in old if "media" in n or "chart" in n or "theme" in n} <= same
    book = openpyxl.load_workbook(tmp_path / "out" / rewritten.name)
    assert {c.coordinate for row in book["社区"].iter_rows() for c in row if c.comment} == {*MARKED, "A3"}


def converted(path: Path, kind: str, folder: Path) -> Path:
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / kind / f"{path.stem}.{kind}"


def openpyxl_book(path: Path, folder: Path) -> Path:
    """The same return as openpyxl saves it."""
    book = openpyxl.load_workbook(path)
    target = folder / "openpyxl.xlsx"
    book.save(target)
    return target


def test_what_openpyxl_wrote_comes_back_whole(pair: tuple[Path, Path], tmp_path: Path) -> None:
    source = openpyxl_book(pair[0], tmp_path)
    old, new = parts_of(source), parts_of(marked(source, tmp_path / "out"))
    assert old.keys() <= new.keys()
    changed = {n for n in old if old[n] != new[n]}
    assert {n.rpartition("/")[2] for n in changed if not n.endswith(".vml")} == {
        "[Content_Types].xml", "workbook.xml", "workbook.xml.rels", "styles.xml", "sheet1.xml", "comment1.xml",
    }  # fmt: skip


# --- other shapes of the same workbook


def in_strict(parts: Parts) -> Parts:
    """The workbook in the strict form of the standard."""
    changes = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    found = {}
    for name, body in parts.items():
        for old, new in changes.items():
            body = body.replace(old, new)
        found[name] = body
    return found


def with_prefixes(parts: Parts) -> Parts:
    """The sheet with a prefix before each of its elements, as some programs write it."""
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(r"<(/?)(?=[a-zA-Z])(?![\w]+:)", r"<\1x:", sheet).replace("xmlns=", "xmlns:x=", 1)
    return {**parts, "xl/worksheets/sheet1.xml": sheet.encode()}


def without_references(parts: Parts) -> Parts:
    """Rows and cells that do not say where they stand: each is the next one."""
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    head, _, rest = sheet.partition("<sheetData>")
    rows = re.sub(r'(<(?:row|c))( r="[A-Z]*\d+")', r"\1", rest.partition("</sheetData>")[0])
    whole = f"{head}<sheetData>{rows}</sheetData>{rest.partition('</sheetData>')[2]}"
    return {**parts, "xl/worksheets/sheet1.xml": whole.encode()}


def with_alternate_content(parts: Parts) -> Parts:
    """Controls inside a compatibility block, as Excel writes them."""
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    block = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    )
    sheet = re.sub(r"<legacyDrawing .*?/>|<legacyDrawingHF .*?/>", "", sheet)
    return {**parts, "xl/worksheets/sheet1.xml": sheet.replace("<extLst>", block + "<extLst>", 1).encode()}


def without_styles(parts: Parts) -> Parts:
    """A workbook with no style sheet, as small generators write it."""
    found = {n: b for n, b in parts.items() if n != "xl/styles.xml"}
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        found[name] = re.sub(rb"<(?:Override|Relationship)[^>]*styles\.xml[^>]*>", b"", found[name])
    sheet = found["xl/worksheets/sheet1.xml"]
    found["xl/worksheets/sheet1.xml"] = re.sub(rb' (?:s|style)="\d+"', b"", sheet)
    return found


def with_few_formats(parts: Parts) -> Parts:
    """One background, no border, no font: what cells refer to though it is not there."""
    styles = re.sub(r"(?s)<fills.*?</fills>", '<fills><fill><patternFill patternType="none"/></fill></fills>', (
        parts["xl/styles.xml"].decode()
    ))  # fmt: skip
    for name in ("fonts", "borders"):
        styles = re.sub(f"(?s)<{name}.*?</{name}>", "", styles)
    styles = re.sub("(?s)<cellXfs.*?</cellXfs>", '<cellXfs count="1"><xf/></cellXfs>', styles)
    sheet = re.sub(rb' (?:s|style)="\d+"', b"", parts["xl/worksheets/sheet1.xml"])
    return {**parts, "xl/styles.xml": styles.encode(), "xl/worksheets/sheet1.xml": sheet}


def with_comments_and_cdata(parts: Parts) -> Parts:
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    trap = '<!-- <row r="1"><c r="A1"/></row></sheetData> -->'
    sheet = sheet.replace("<sheetData>", trap + "<sheetData>" + trap, 1).replace("<v>500</v>", f"{trap}<v>500</v>", 1)
    return {**parts, "xl/worksheets/sheet1.xml": sheet.encode()}


SHAPES = [in_strict, with_prefixes, with_alternate_content, without_styles, with_few_formats, with_comments_and_cdata]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda f: f.__name__)
def test_other_shapes_of_a_workbook(pair: tuple[Path, Path], tmp_path: Path, shape: object) -> None:
    assert callable(shape)
    source = write_parts(tmp_path / "a.xlsx", shape(parts_of(pair[0])))
    new = parts_of(marked(source, tmp_path / "out"))
    sheet = etree.fromstring(new["xl/worksheets/sheet1.xml"])
    assert sheet.tag.endswith("}worksheet")
    own = [e for e in sheet if isinstance(e.tag, str)]
    order = [e[0][0] if "compatibility" in e.tag else e for e in own]
    found = [ORDER.index(etree.QName(e).localname) for e in order]
    assert found == sorted(found)
    assert "legacyDrawing" in [etree.QName(e).localname for e in own]
    styles = etree.fromstring(new[next(n for n in new if n.endswith("styles.xml") or "xl/styles" in n)])
    space = styles.tag.rpartition("}")[0] + "}"
    xfs, fills = styles.find(f"{space}cellXfs"), styles.find(f"{space}fills")
    colours = {}
    for cell in sheet.iter(f"{sheet.tag.rpartition('}')[0]}}}c"):
        fill = fills[int(xfs[int(cell.get("s", "0"))].get("fillId", "0"))]
        rgb = next((e.get("rgb") for e in fill.iter(f"{space}fgColor")), None)
        if rgb in ("FFFFC7CD", "FFFFEB9B"):
            colours[cell.get("r")] = "fail" if rgb == "FFFFC7CD" else "no data"
    assert colours == MARKED
    assert MARK.encode() in new["xl/worksheets/sheet3.xml"]


def test_a_copy_of_a_workbook_with_few_formats_opens(pair: tuple[Path, Path], tmp_path: Path) -> None:
    source = write_parts(tmp_path / "a.xlsx", with_few_formats(parts_of(pair[0])))
    sheet = openpyxl.load_workbook(marked(source, tmp_path / "out")).worksheets[0]
    assert sheet["F3"].fill.fgColor.rgb == "FFFFC7CD"
    for cell in (sheet["A1"], sheet["C4"]):  # nothing of ours
        assert (cell.fill.fill_type, cell.border.bottom.style, cell.font.bold, cell.font.sz) == (None, None, False, 11)


def test_cells_that_do_not_say_where_they_stand(pair: tuple[Path, Path], tmp_path: Path) -> None:
    parts = parts_of(pair[0])
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace('<row r="5"', '<row keep="1" r="5"')
    source = write_parts(tmp_path / "a.xlsx", without_references(parts | {"xl/worksheets/sheet1.xml": sheet.encode()}))
    marked_rows = etree.fromstring(parts_of(marked(source, tmp_path / "out"))["xl/worksheets/sheet1.xml"])
    data = marked_rows.find(f"{MAIN}sheetData")
    old = etree.fromstring(parts_of(source)["xl/worksheets/sheet1.xml"]).find(f"{MAIN}sheetData")
    changed = [
        (r, c)
        for r, (row, before) in enumerate(zip(data, old, strict=True), start=1)
        for c, cell in enumerate(row, start=1)
        if len(before) < c or before[c - 1].get("s") != cell.get("s")
    ]
    # The sum two columns further on then stands straight beside the record of row 3, which is of no shape of the table.
    assert {(5, 6), (6, 6), (7, 6), (8, 6)} == set(changed)


# --- threads


THREADS = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="F3" dT="2024-02-01T08:00:00.00" personId="{A}" id="{1}"><text>请核实</text></threadedComment>
<threadedComment ref="A3" dT="2024-02-01T08:00:00.00" personId="{A}" id="{2}"><text>好</text></threadedComment>
</ThreadedComments>"""
PEOPLE = """<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person
displayName="李" id="{A}" userId="li" providerId="None"/></personList>"""
KIND = "http://schemas.microsoft.com/office/2017/10/relationships"


@pytest.mark.parametrize("people", [True, False])
def test_a_thread_gets_a_reply(tmp_path: Path, people: bool) -> None:
    source = full_book(tmp_path / "a.xlsm")
    relation = '<Relationship Id="rId99" Type="{0}" Target="{1}"/>'
    into = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            relation.format(f"{KIND}/threadedComment", "../threadedComments/threadedComment1.xml"),
            "</Relationships>",
        ),
    }
    if people:
        person = relation.format(f"{KIND}/person", "persons/person.xml")
        into["xl/_rels/workbook.xml.rels"] = (person, "</Relationships>")
    parts = {"xl/threadedComments/threadedComment1.xml": THREADS}
    put_in(source, parts | ({"xl/persons/person.xml": PEOPLE} if people else {}), into)
    new = parts_of(marked(source, tmp_path / "out"))
    threads = etree.fromstring(new["xl/threadedComments/threadedComment1.xml"])
    refs = [(e.get("ref"), e.get("parentId")) for e in threads]
    assert refs == [("F3", None), ("F3", "{1}"), ("A3", None)]
    reply = threads[1]
    (people_part,) = (body for name, body in new.items() if re.fullmatch(r"xl/persons/\w+\.xml", name))
    persons = {e.get("id"): e.get("displayName") for e in etree.fromstring(people_part)}
    assert persons[reply.get("personId")] == "communitycheck"
    assert len(persons) == 1 + people
    assert reply.get("dT") == "2024-02-01T08:00:00.00"
    assert "LN-01" in "".join(reply.itertext())
    legacy = etree.fromstring(new["xl/comments1.xml"])
    (text,) = ("".join(e.itertext()) for e in legacy.iter(f"{MAIN}comment") if e.get("ref") == "F3")
    assert "\nReply:\n    communitycheck:" in text
