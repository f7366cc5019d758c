"""Mapping files: an unedited one changes nothing, a correction holds for its table alone, a stale one is told."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitycheck.errors import CommunityCheckError, ReturnError
from communitycheck.messages import LANGS, say
from communitycheck.model.dictionary import Field
from communitycheck.model.returns import Return
from communitycheck.model.text import Text
from communitycheck.products.inspect.report import render_inspect
from communitycheck.resources import data_dir
from communitycheck.returns import load_mapping, mapping_text, read_return, read_returns
from communitycheck.returns.columns.mapping.mapping import Mapping, shortest_names
from communitycheck.returns.files.open import Opened
from communitycheck.returns.read import build
from communitycheck.standards.dictionary import load_dictionary
from paths import SAMPLES
from returns.dressing import dress, some_messes
from returns.dressing_files import grids

DICTIONARY = load_dictionary(data_dir("rules") / "dictionary.yaml")
PLAIN = [["社区名称", "户数", "面积一", "面积二"], ["甲社区", 1200, 410, 380], ["乙社区", 900, 395, 520]]


def sheet_file(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def book_file(path: Path, hidden: str = "", **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        if name == hidden:
            page.sheet_state = "hidden"
    book.save(path)
    return path


def mapping_of(folder: Path, text: str) -> Mapping:
    file = folder / "map.yaml"
    file.write_text(text, encoding="utf-8")
    return load_mapping(file, DICTIONARY)


def read_all_of(one: Return) -> list[object]:
    """Everything that a reading holds: how sheets were read, each notice, each value and its state."""
    notices = [(n.code, n.at, n.text, repr(n.values), n.level) for n in one.notices]
    told = "".join(render_inspect([one], [], one.notices, "json", "en"))
    cells = [
        (key, repr([None if part is None else part.tolist() for part in (column.lo, column.hi, column.state)]))
        for table in one.tables
        for key, column in table.columns.items()
    ]
    texts = [str(column.text) for table in one.tables for column in table.columns.values()]
    return [told, notices, cells, texts, [(t.entity, t.row_of.tolist()) for t in one.tables]]


def fields_of(one: Return) -> list[str]:
    return [key for table in one.tables for key in table.columns]


# --- unedited


@pytest.mark.parametrize("seed", [*range(80), *(pytest.param(n, marks=pytest.mark.slow) for n in range(80, 240))])
def test_an_unedited_mapping_changes_nothing(seed: int, tmp_path: Path) -> None:
    dressed = dress(seed, some_messes(seed))

    def reading(mapping: Mapping | None) -> Return:
        return build(Opened("表.xlsx", "", "xlsx", grids=grids(dressed)), DICTIONARY, mapping, [])

    before = reading(None)
    given = mapping_of(tmp_path, mapping_text([before]))
    assert read_all_of(reading(given)) == read_all_of(before)


@pytest.mark.parametrize("sample", sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".xlsx", ".csv")))
def test_an_unedited_mapping_of_a_sample_changes_nothing(sample: str, tmp_path: Path) -> None:
    before, asked = read_returns([SAMPLES / sample], DICTIONARY, to_show=True)
    given = mapping_of(tmp_path, mapping_text(before, asked))
    assert given.tables
    after, again = read_returns([SAMPLES / sample], DICTIONARY, mapping=given, to_show=True)
    assert [read_all_of(one) for one in after] == [read_all_of(one) for one in before]
    assert [(e.code, e.values) for e in again] == [(e.code, e.values) for e in asked]


TRANSPOSED = [["指标", "计量单位", "甲社区", "乙社区"], ["户数", "户", 800, 900], ["建筑面积", "平方米", 410, 420]]
PANELS = [
    ["社区名称", "户数", None, "社区名称", "户数"],
    ["甲社区", 10, None, "丙社区", 30],
    ["乙社区", 20, None, "丁社区", 40],
]  # fmt: skip
STACKED = [
    *PLAIN, [None], ["街道名称", "社工站"], ["一街道", "是"], ["二街道", "否"],
]  # fmt: skip
PAIRED = [["社区名称", "法律顾问", None], [None, "有", "无"], ["甲社区", "√", None], ["乙社区", None, "√"]]


@pytest.mark.parametrize("rows", [PLAIN, TRANSPOSED, PANELS, STACKED, PAIRED])
def test_an_unedited_mapping_of_other_layouts_changes_nothing(rows: list[list[Any]], tmp_path: Path) -> None:
    path = book_file(tmp_path / "布局.xlsx", 表=rows)
    before = read_return(path, DICTIONARY)
    given = mapping_of(tmp_path, mapping_text([before]))
    assert read_all_of(read_return(path, DICTIONARY, mapping=given)) == read_all_of(before)


def test_files_with_sheets_of_one_name_keep_their_own_columns(tmp_path: Path) -> None:
    folder = tmp_path / "各镇"
    folder.mkdir()
    labels = ["社区名称", "户数", "服务窗口数"]
    orders = [labels, labels[::-1], [*labels[1:], labels[0]]]
    for number, order in enumerate(orders):
        values = {"社区名称": f"第{number}社区", "户数": 1000 + number, "服务窗口数": number}
        book_file(folder / f"{number}镇.xlsx", Sheet1=[order, *([values[key] for key in order] for _ in "ab")])
    before, _ = read_returns([folder], DICTIONARY)
    given = mapping_of(tmp_path, mapping_text(before))
    after, _ = read_returns([folder], DICTIONARY, mapping=given)
    assert [read_all_of(one) for one in after] == [read_all_of(one) for one in before]
    assert all("service_windows" in fields_of(one) for one in after)


def test_an_open_question_stays_open(tmp_path: Path) -> None:
    rows = [["社区名称", "户数", "居民户数"], ["甲社区", 5, 6], ["乙社区", 7, 8]]
    path = sheet_file(tmp_path / "q.csv", rows)
    found, asked = read_returns([path], DICTIONARY, to_show=True)
    text = mapping_text(found, asked, "en")
    assert "# B: {header: 户数, field: }" in text
    with pytest.raises(ReturnError):
        read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, text))
    answered = text.replace("# B: {header: 户数, field: }", "B: {header: 户数, field: 户数}")
    table = read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, answered)).tables[0]
    assert table.columns["households"].lo is not None
    assert table.columns["households"].lo.tolist() == [5, 7]


def test_a_column_to_confirm_is_confirmed_or_denied(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "c.csv", [["社区名称", "户数", "设施建筑面积"], ["甲社区", 5, 60], ["乙社区", 7, 80]])
    before = read_return(path, DICTIONARY)
    assert "facility_area" in before.sheets[0].columns[2].resembles
    text = mapping_text([before], lang="en")
    asked = "# C: {header: 设施建筑面积, field: facility_area}"
    assert asked in text
    assert read_all_of(read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, text))) == read_all_of(before)
    yes = read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, text.replace(asked, asked[2:])))
    assert yes.sheets[0].column_of("facility_area") == "C"
    denied = text.replace(asked, "C: {header: 设施建筑面积, field: null}")
    no = read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, denied))
    assert [column.resembles for column in no.sheets[0].columns] == [()] * 3


# --- corrected


@pytest.mark.parametrize("written", ["facility_area", "综合服务设施面积", "Facility floor area"])
def test_a_column_takes_a_field_or_its_label(written: str, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "f.csv", PLAIN)
    given = mapping_of(tmp_path, f"tables: [{{columns: {{D: {written}}}}}]")
    table = read_return(path, DICTIONARY, mapping=given).tables[0]
    assert table.columns["facility_area"].lo is not None
    assert table.columns["facility_area"].lo.tolist() == [380, 520]
    assert "households" in table.columns


@pytest.mark.parametrize(
    ("header", "column", "held"),
    [
        ("投入（万元）", "field: own_funds", 30_000),  # the header's unit counts as without a mapping
        ("投入（亿元）", "{field: own_funds}", 3e8),
        ("投入", "{field: own_funds, unit: 万元}", 30_000),
        ("投入（元）", "{field: own_funds, unit: 万元}", 30_000),
        ("投入（户）", "{field: own_funds, unit: 千元}", 3_000),
        ("投入（万元）", "{field: own_yearly}", 30_000),
        ("投入（万元/月）", "{field: own_yearly, unit: 元/年}", 3),
        ("面积（公顷）", "field: facility_area", 30_000),
        ("面积", "{field: 综合服务设施面积, unit: 亩}", 2_000),
        ("面积（%）", "{field: facility_area, unit: m2}", 3),
    ],
)
def test_figures_are_in_the_unit_of_the_header_or_of_the_mapping(
    header: str, column: str, held: float, tmp_path: Path
) -> None:
    label = Text("自有资金", "Own funds")
    own = DICTIONARY.with_fields(
        {
            "own_funds": Field("own_funds", label, "decimal", unit="yuan", dimension="money", declared="yuan"),
            "own_yearly": Field(
                "own_yearly", label, "decimal", unit="yuan/year", dimension="money", declared="yuan/year"
            ),
        }
    )
    path = sheet_file(tmp_path / "u.csv", [["社区名称", "户数", header], ["甲社区", 1200, 3], ["乙社区", 900, 0]])
    (tmp_path / "u.yaml").write_text(
        f"tables: [{{columns: {{C: {column.removeprefix('field: ')}}}}}]", encoding="utf-8"
    )
    read = read_return(path, own, mapping=load_mapping(tmp_path / "u.yaml", own))
    key = read.sheets[0].columns[2].field
    assert key is not None
    figures = read.tables[0].columns[key].lo
    assert figures is not None and figures[0] == pytest.approx(held, rel=1e-12)
    (tmp_path / "again.yaml").write_text(mapping_text([read], lang="en"), encoding="utf-8")
    assert read_all_of(read_return(path, own, mapping=load_mapping(tmp_path / "again.yaml", own))) == read_all_of(read)


def test_a_column_that_its_unit_alone_keeps_from_being_a_field_says_so(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "c.csv", [["社区名称", "户数", "综合服务设施面积（户）"], ["甲社区", 5, 60]])
    column = read_return(path, DICTIONARY).sheets[0].columns[2]
    assert (column.field, column.resembles[:1], column.misfit) == (None, ("facility_area",), "户")


def test_one_correction_leaves_the_other_columns_as_they_are(tmp_path: Path) -> None:
    rows = [[*row, 100 * k if k > 1 else "甲"] for k, row in enumerate(PAIRED)]
    path = book_file(tmp_path / "p.xlsx", 表=rows)
    before = read_return(path, DICTIONARY)
    text = mapping_text([before]).replace("{header: 甲, field: null}", "{header: 甲, field: households}")
    after = read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, text))
    assert fields_of(after) == [*fields_of(before), "households"] != fields_of(before)
    for key, column in before.tables[0].columns.items():
        assert str(after.tables[0].columns[key].lo) == str(column.lo)


def test_a_header_row_is_given_for_one_of_two_tables(tmp_path: Path) -> None:
    path = book_file(tmp_path / "s.xlsx", 表=STACKED)
    given = mapping_of(tmp_path, "tables: [{sheet: 表, header_rows: [2], columns: {A: community, B: households}}]")
    read = read_return(path, DICTIONARY, mapping=given)
    assert [sheet.header_rows for sheet in read.sheets] == [[2], [5]]
    assert [sheet.records for sheet in read.sheets] == [1, 2]


def test_a_hidden_sheet_is_opened_by_its_name_alone(tmp_path: Path) -> None:
    path = book_file(tmp_path / "h.xlsx", hidden="底稿", 社区=PLAIN, 底稿=PLAIN)
    entry = "columns: {D: facility_area}"
    for sheet, tables in (("'*'", 1), ("'底?'", 1), ("底稿", 2)):
        given = mapping_of(tmp_path, f"tables: [{{sheet: {sheet}, {entry}}}]")
        assert len([s for s in read_return(path, DICTIONARY, mapping=given).sheets if s.columns]) == tables


# --- which entry counts


@pytest.mark.parametrize(
    ("path", "sheet", "wins"),
    [
        ("in/2021/甲镇.xlsx", "社区", "folder"),
        ("in/2020/甲镇.xlsx", "社区", "name"),
        ("in/2020/乙镇.xlsx", "社区", "wild sheet"),
        ("in/2020/乙镇.xlsx", "街道", "wild"),
        ("in/2020/乙街.csv", "", "any"),
        ("all.zip/2021/甲镇.xlsx", "社区", "folder"),
        ("in/数据[1].xls", "社区", "bracket"),
    ],
)
def test_the_narrower_entry_counts(path: str, sheet: str, wins: str, tmp_path: Path) -> None:
    named = ["any", "wild", "wild sheet", "name", "folder", "bracket"]
    text = """
tables:
  - {header_rows: [1]}
  - {file: '*镇.xlsx', header_rows: [2]}
  - {file: '*镇.xlsx', sheet: 社区, header_rows: [3]}
  - {file: 甲镇.xlsx, header_rows: [4]}
  - {file: 2021/甲镇.xlsx, header_rows: [5]}
  - {file: '数据[1].xls', header_rows: [6]}
"""
    (entry,) = mapping_of(tmp_path, text).of(path, sheet)
    assert named[entry.header_rows[0] - 1] == wins


def test_files_are_called_by_as_little_as_tells_them_apart() -> None:
    paths = ["x/2020/a.xlsx", "x/2021/a.xlsx", "x/2021/b.xlsx", "z.zip/c.csv"]
    assert list(shortest_names(paths).values()) == ["2020/a.xlsx", "2021/a.xlsx", "b.xlsx", "c.csv"]


def test_entries_about_nothing_are_found(tmp_path: Path) -> None:
    given = mapping_of(tmp_path, "tables: [{file: a.csv}, {file: b.csv}, {file: c.csv}, {file: a.csv, sheet: 社区}]")
    idle = given.unused([("in/a.csv", "")], ["in/c.csv"])
    assert [(one.file, one.sheet) for one in idle] == [("b.csv", "*"), ("a.csv", "社区")]


# --- stale


def test_a_column_whose_header_changed_is_not_read_by_the_mapping(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "n.csv", PLAIN)
    given = mapping_of(tmp_path, "tables: [{columns: {D: {header: 建筑总面积, field: facility_area}}}]")
    read = read_return(path, DICTIONARY, mapping=given)
    assert "facility_area" not in fields_of(read)
    (notice,) = [n for n in read.notices if n.code == "mapping-header-differs"]
    assert notice.level == "warning"
    assert notice.at.cell == "D1"
    for lang in LANGS:
        assert "建筑总面积" in say(notice.code, lang, **notice.values)
        assert "面积二" in say(notice.code, lang, **notice.values)


def test_a_column_that_moved_is_followed_by_its_header(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "m.csv", [[row[0], "x", *row[1:]] for row in PLAIN])
    given = mapping_of(tmp_path, "tables: [{columns: {D: {header: 面积二, field: facility_area}}}]")
    read = read_return(path, DICTIONARY, mapping=given)
    assert read.sheets[0].column_of("facility_area") == "E"
    assert [(n.level, n.at.cell) for n in read.notices if n.code == "mapping-column-moved"] == [("info", "E1")]


def test_a_column_that_is_gone_is_told(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "g.csv", [row[:3] for row in PLAIN])
    given = mapping_of(tmp_path, "tables: [{columns: {D: {header: 面积二, field: facility_area}, Z: households}}]")
    codes = [n.code for n in read_return(path, DICTIONARY, mapping=given).notices if n.code.startswith("mapping")]
    assert codes == ["mapping-column-missing"] * 2


def test_the_number_of_a_row_is_no_column_of_a_table_that_stands_upright(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "u.csv", PLAIN)
    given = mapping_of(tmp_path, "tables: [{columns: {4: facility_area}}]")
    (notice,) = [n for n in read_return(path, DICTIONARY, mapping=given).notices if n.code.startswith("mapping")]
    assert (notice.code, notice.level, notice.values["column"]) == ("mapping-column-missing", "warning", "4")


@pytest.mark.parametrize(
    "text",
    [
        "tables: [{header_rows: [1], columns: {D: facility_area}}, {header_rows: [9], columns: {D: households}}]",
        "tables: [{columns: {D: facility_area}}, {columns: {H: facility_area}}]",  # panels side by side
        "tables: [{columns: {D: facility_area}}, {file: a.csv, columns: {D: households}}]",  # the narrower counts
        "tables: [{columns: {C: null, D: null}}]",
    ],
)
def test_entries_about_different_things_do_not_contradict(text: str, tmp_path: Path) -> None:
    assert mapping_of(tmp_path, text).tables


# --- wrong


@pytest.mark.parametrize("rows", ["[99]", "[1, 99]", "[5]"])
def test_a_header_row_that_the_sheet_has_not_is_said(rows: str, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "r.csv", PLAIN)
    given = mapping_of(tmp_path, f"tables: [{{header_rows: {rows}}}]")
    with pytest.raises(CommunityCheckError) as caught:
        read_return(path, DICTIONARY, mapping=given)
    assert caught.value.code == ("no-table" if int(rows[-3:-1].strip("[ ")) <= len(PLAIN) else "mapping-no-row")


def test_records_do_not_lose_their_names(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "n.csv", PLAIN)
    name = chr(ord("A") + next(i for i, head in enumerate(PLAIN[0]) if "社区" in head and "类型" not in head))
    with pytest.raises(CommunityCheckError) as caught:
        read_return(path, DICTIONARY, mapping=mapping_of(tmp_path, f"tables: [{{columns: {{{name}: null}}}}]"))
    assert (caught.value.code, caught.value.values["column"]) == ("mapping-no-name", name)


@pytest.mark.parametrize(
    ("text", "code", "entry"),
    [
        ("tables: [", "mapping-not-yaml", ""),
        ("tabels: []", "mapping-entry", "tables"),
        ("sheets: {社区: {columns: {F: null}}}", "mapping-by-sheet", ""),
        ("tables: [{colums: {}}]", "mapping-entry", "tables[1].colums"),
        ("tables: [{}, {columns: {F: facility_aria}}]", "mapping-entry", "tables[2].columns.F: facility_aria"),
        ("tables: [{columns: {F: 综合服务设施面}}]", "mapping-entry", "tables[1].columns.F: 综合服务设施面"),
        ("tables: [{columns: {F1: facility_area}}]", "mapping-entry", "tables[1].columns.F1"),
        ("tables: [{columns: {F: {header: 面积}}}]", "mapping-entry", "tables[1].columns.F.field"),
        ("tables: [{columns: {F: {feild: 面积}}}]", "mapping-entry", "tables[1].columns.F.feild"),
        ("tables: [{entity: comunity}]", "mapping-entry", "tables[1].entity"),
        ("tables: [{header_rows: [0]}]", "mapping-entry", "tables[1].header_rows"),
        ("tables: [{file: 2021}]", "mapping-entry", "tables[1].file"),
        ("tables: [{header_rows: 1}]", "mapping-entry", "tables[1].header_rows"),
        ("", "mapping-entry", "tables"),
        ("tables: [{columns: {D: facility_area, C: facility_area}}]", "mapping-two-columns", "tables[1]"),
        ("tables: [{columns: {D: 户数, C: households}}]", "mapping-two-columns", "tables[1]"),
        ("tables: [{columns: {D: facility_area, D: households}}]", "mapping-twice", ""),
        ("tables: [{columns: {d: facility_area, D: households}}]", "mapping-twice", ""),
        ("tables: [{columns: {D: {field: facility_area, unit: 户}}}]", "mapping-entry", "tables[1].columns.D.unit: 户"),
        ("tables: [{columns: {D: {field: community, unit: m2}}}]", "mapping-entry", "tables[1].columns.D.unit: m2"),
        ("tables: [{columns: {D: {field: null, unit: m2}}}]", "mapping-entry", "tables[1].columns.D.unit: m2"),
        (
            "tables: [{columns: {D: {field: facility_area, unit: ha}}}, {columns: {D: facility_area}}]",
            "mapping-contradicts",
            "",
        ),
        ("tables: [{file: a.csv, file: b.csv}]", "mapping-twice", ""),
        ("tables: []\ntables: []", "mapping-twice", ""),
        ("tables: [{columns: {D: facility_area}}, {columns: {D: households}}]", "mapping-contradicts", ""),
        ("tables: [{columns: {D: facility_area}}, {columns: {D: null}}]", "mapping-contradicts", ""),
        (
            "tables: [{header_rows: [1], columns: {D: facility_area}}, {columns: {D: households}}]",
            "mapping-contradicts",
            "",
        ),
    ],
)
def test_a_wrong_mapping_is_one_clear_line(text: str, code: str, entry: str, tmp_path: Path) -> None:
    with pytest.raises(CommunityCheckError) as caught:
        mapping_of(tmp_path, text)
    assert caught.value.code == code
    assert caught.value.values.get("entry", "") == entry
    for lang in LANGS:
        assert "map.yaml" in say(code, lang, **caught.value.values)
