"""What an ods says of its cells besides their values, in the words of several writers."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from communitycheck.returns.files.formats import workbook
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import Grid, cell_name

_NAMES = {
    "office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0", "number": "datastyle:1.0",
}  # fmt: skip
_SPACES = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in _NAMES.items())
_CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(path: Path, rows: str, *, before: str = "", styles: str = "", table: str = "") -> Path:
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} {_CALCEXT} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="表"{table}>{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return packed(path, xml.encode())


def packed(path: Path, content: bytes) -> Path:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def text(word: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{word}</text:p></table:table-cell>'


def figure(value: str, more: str = "") -> str:
    about = f'office:value-type="float" office:value="{value}"{more}'
    return f"<table:table-cell {about}><text:p>{value}</text:p></table:table-cell>"


def percent(value: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="percentage" office:value="{value}"{more}><text:p>x</text:p>'
        "</table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def grid_of(path: Path) -> Grid:
    return open_file(path).grids[0]


def names(places: object) -> list[str]:
    return sorted(cell_name(*place) for place in places)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', "#DIV/0!"),
        ('calcext:value-type="error" office:string-value="" office:value-type="string" table:formula="of:=X"', "#N/A"),
        ("table:formula='of:=foo()' office:value-type='string' office:string-value=''", "#NAME?"),
        ('table:formula="of:=[.Z9]" office:value-type="float" office:value="0"', "#REF!"),
        ('table:formula="of:=A1:B2" office:value-type="string" office:string-value=""', "Err:502"),
        ('table:formula="msoxl:=SORT(A1:A3)" office:value-type="string" office:string-value=""', "#SPILL!"),
        ('table:formula="of:=&quot;a&quot;*1" office:value-type="float" office:value="0"', "#VALUE!"),
    ],
)
def test_a_cell_that_shows_an_error_holds_it(tmp_path: Path, cell: str, shown: str) -> None:
    rows = row(text("甲"), f"<table:table-cell {cell}><text:p>{shown}</text:p></table:table-cell>", figure("4"))
    grid = grid_of(ods(tmp_path / "a.ods", rows))
    assert grid.row(0) == ["甲", shown, "4"]
    assert grid.uncached == []


@pytest.mark.parametrize(
    ("printed", "held"),
    [("错误:502", "Err:502"), ("Fehler:508", "Err:508"), ("Err:5", "Err:5"), ("#名称?", "#ERROR!"), ("", "#ERROR!")],
)
@pytest.mark.parametrize("formula", ['table:formula="of:=A1:B2" ', ""])
def test_an_error_in_the_words_of_any_language(tmp_path: Path, formula: str, printed: str, held: str) -> None:
    cell = f'{formula}office:value-type="string" office:string-value="" calcext:value-type="error"'
    rows = row(text("甲"), f"<table:table-cell {cell}><text:p>{printed}</text:p></table:table-cell>", figure("4"))
    assert grid_of(ods(tmp_path / "a.ods", rows)).row(0) == ["甲", held, "4"]


@pytest.mark.parametrize(
    ("cell", "held", "uncalculated"),
    [
        ('<table:table-cell table:formula="of:=[.A1]*2"/>', None, True),
        ('<table:table-cell table:formula="of:=[.A1]*2"></table:table-cell>', None, True),
        # LibreOffice writes an empty result as an empty paragraph.
        ('<table:table-cell table:formula="of:=IF(1;&quot;&quot;;2)"><text:p/></table:table-cell>', None, False),
        ('<table:table-cell table:formula="of:=2" office:value-type="float" office:value="2"/>', "2", False),
        # A remark at the cell is no text of the cell.
        ('<table:table-cell table:formula="of:=2"><office:annotation><text:p>#N/A</text:p></office:annotation>'
         "</table:table-cell>", None, True),
        ("<table:table-cell/>", None, False),
    ],
)  # fmt: skip
def test_a_formula_without_a_value_is_told_from_a_blank(
    tmp_path: Path, cell: str, held: str | None, uncalculated: bool
) -> None:
    grid = grid_of(ods(tmp_path / "a.ods", row(figure("1"), cell, text("末"))))
    assert grid.row(0) == ["1", held, "末"]
    assert names(grid.uncached) == (["B1"] if uncalculated else [])


def test_percentages_merges_and_what_is_hidden_stand_where_they_are(tmp_path: Path) -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/><table:table-column table:visibility="filter"/>'
        '<table:table-column table:number-columns-repeated="16379"/>'
    )
    spanned = ' table:number-columns-spanned="3" table:number-rows-spanned="2"'
    rows = (
        columns
        + "<table:table-header-rows>"
        + row(text("甲", spanned), '<table:covered-table-cell table:number-columns-repeated="2"/>', text("乙"))
        + "</table:table-header-rows><table:table-row-group>"
        + row('<table:covered-table-cell table:number-columns-repeated="3"/>', percent("0.5"))
        + row(percent("0.98", ' table:number-columns-repeated="2"'), more=' table:number-rows-repeated="2"')
        + "</table:table-row-group>"
        + row(figure("95"), more=' table:visibility="filter"')
        + row(figure("7"), text("末"))
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more=' table:number-rows-repeated="1048570" table:visibility="collapse"',
        )
    )
    grid = grid_of(ods(tmp_path / "a.ods", rows))
    assert grid.n_rows == 6
    assert grid.cell(5, 1) == "末"
    assert grid.merged == [(0, 0, 1, 2)]
    assert names(grid.percent or ()) == ["A3", "A4", "B3", "B4", "D2"]
    assert grid.hidden_rows == [4]
    assert grid.hidden_columns == [(2, 4)]
    assert not grid.values_only


def test_a_style_makes_a_percentage_as_well(tmp_path: Path) -> None:
    styles = (
        '<number:percentage-style style:name="N10"/><number:number-style style:name="N2"/>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N10"/>'
        '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    )
    rows = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>' + row(
        figure("0.9", ' table:style-name="ce1"'), figure("0.8"), figure("0.7", ' table:style-name="ce2"'), figure("6")
    )
    assert names(grid_of(ods(tmp_path / "a.ods", rows, styles=styles)).percent or ()) == ["A1", "B1"]


def test_a_style_that_writes_a_unit_makes_it_part_of_the_figure(tmp_path: Path) -> None:
    styles = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/><number:text>亩'
        "</number:text></number:number-style>"
        '<number:number-style style:name="N2P0"><number:number/><number:text>万平方米</number:text>'
        '</number:number-style><number:number-style style:name="N2"><number:text>-</number:text><number:number/>'
        '<number:text>万平方米</number:text><style:map style:condition="value()&gt;=0" style:apply-style-name="N2P0"/>'
        "</number:number-style>"
        '<number:number-style style:name="N3"><number:text> </number:text><number:number/></number:number-style>'
        + "".join(
            f'<style:style style:name="ce{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
            for n in (1, 2, 3)
        )
    )
    styled = [(value, f' table:style-name="ce{n}"') for value, n in (("420", 1), ("0.043", 2), ("-2", 2), ("5", 3))]
    grid = grid_of(ods(tmp_path / "a.ods", row(*(figure(*cell) for cell in styled), figure("6")), styles=styles))
    assert grid.rows(0, 0) == [["420亩", "0.043万平方米", "-2万平方米", "5", "6"]]


def test_cells_of_another_kind_are_not_counted(tmp_path: Path) -> None:
    """What was deleted under change tracking, and a table within a cell."""
    old = f"<table:cell-content-change>{percent('0.1')}</table:cell-content-change>"
    old = f"<table:tracked-changes>{old}</table:tracked-changes>"
    rows = row(text("甲"), percent("0.2"))
    assert names(grid_of(ods(tmp_path / "a.ods", rows, before=old)).percent or ()) == ["B1"]


def test_the_facts_are_the_same_whatever_the_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = '<table:table-cell table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p>'
    broken += "</table:table-cell>"
    rows = (
        row(text("甲", ' table:number-columns-spanned="2"'), "<table:covered-table-cell/>", percent("0.5"))
        + row('<table:table-cell table:number-columns-repeated="4"/>', broken)
        + row(more=' table:number-rows-repeated="3"')
        + row(figure("3"), '<table:table-cell table:formula="of:=2"/>', more=' table:visibility="collapse"')
        + row('<table:table-cell office:value-type="time" office:time-value="PT36H05M00S"/>', text(" "))
    )
    plain = ods(tmp_path / "a.ods", rows)
    seen = []
    for large in (False, True):
        if large:
            monkeypatch.setattr(workbook, "LARGE", 0)
        grid = grid_of(plain)
        facts = (grid.merged, sorted(grid.percent or ()), grid.uncached, grid.hidden_rows, grid.hidden_columns)
        seen.append((grid.rows(0, 9), facts))
    cells, facts = seen[0]
    assert cells[1][4] == "#N/A"
    assert cells[6][0] == "36:05:00"
    assert facts == ([(0, 0, 0, 1)], [(0, 2)], [(5, 1)], [5], [])
    assert seen[1] == seen[0]


def test_where_the_xml_cannot_be_followed_that_is_said(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", row(text("甲"), percent("0.5")))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml").decode()
    tail = xml.index("?>") + 2
    packed(path, (xml[:tail] + '<!DOCTYPE x [<!ENTITY a "b">]>' + xml[tail:]).encode())
    found = open_file(path)
    assert [notice.code for notice in found.notices] == ["values-only"]
