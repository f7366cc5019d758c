"""Files -> tables, end to end."""

from __future__ import annotations

import csv
import math
import threading
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from communitycheck.errors import ReturnError
from communitycheck.messages import LANGS, say
from communitycheck.model.returns import Return
from communitycheck.model.table import State, Table
from communitycheck.returns import read_return, read_returns
from communitycheck.standards import load_dictionary
from paths import RULES, SHARED

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
RETURNS = SHARED / "returns"
nan = math.nan

COMMUNITIES: list[list[Any]] = [
    ["某某市2020年城乡社区综合服务设施情况统计表"],
    ["填报单位：某某市民政局", None, None, None, None, None, None, "截至2020年12月31日", None, "单位：平方米"],
    ["序号", "县（区）", "街道\n（乡镇）", "社区（村）名称", "类型", "基本情况", None, "综合服务设施", None,
     "每天开放时间\n（小时）", "法律顾问", "儿童之家", "联系电话", "备注"],
    [None, None, None, None, None, "户数", "常住人口（万人）", "建筑面积", "是否达标", None, None, None, None, None],
    [1, "东区",  "甲街道",  "幸福社区",  "城市社区", 1200, 0.36, "650㎡",  "是",  "9:00-12:00, 14:00-18:00",
    "某律师",  "是",
     "13800000000", None],
    [2, None, None, "阳光社区", "城市社区", "1,500", 0.42, "约500", "是", "8小时", 1, "√", "13800000001", None],
    [3, None, "乙街道", "滨江社区", "城市社区", "八百", 0.21, "300余", "否", "8:30-17:30", "有", "在建", None, "x"],
    [4, None, None, "幸福社区", "居委会", 900, 0.27, "—", "否", "错时延时", "无", "无", None, None],
    [5, "西区", "丙街道", "清香社区", "社区", None, 0.3, "300-400", None, "≥8", "2名", "1", None, None],
    [6, None, None, "河石坝村", "村", "560", 0.05, "无", "否", "全天", "有(1名)", "有(与邻社区共用)", None, None],
    ["合计", None, None, 6, None, 4000, 1.6, None, None, None, None, None, None, None],
    ["注：数据由各县区上报。"],
]  # fmt: skip
MERGED = [
    "A1:N1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:I3", "J3:J4", "K3:K4", "L3:L4", "M3:M4",
    "N3:N4", "B5:B8", "C5:C6", "C7:C8", "B9:B10", "C9:C10",
]  # fmt: skip
STREETS: list[list[Any]] = [
    ["街道（乡镇）名称", "县区", "街道社区服务中心面积(㎡)", "养老服务综合体", "社工站"],
    ["甲街道", "东区", 1200, "有", "是"],
    ["乙街道", "东区", "0.08万平方米", "拟建", "是"],
    ["丙街道", "西区", 800, "否", None],
]
CITY: list[list[Any]] = [
    ["市", "社会工作专业人才总量", "城市社区设施达标率(%)", "农村社区设施达标率"],
    ["某某市", 3200, 97.7, 0.898],
]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if rows is COMMUNITIES:
            for area in MERGED:
                sheet.merge_cells(area)
    book.save(path)
    return path


def text_file(path: Path, rows: list[list[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Return:
    path = workbook(tmp_path_factory.mktemp("in") / "return.xlsx", 社区=COMMUNITIES, 街道=STREETS, 市=CITY)
    return read_return(path, DICTIONARY)


def numbers(table: Table, key: str, side: str = "lo") -> list[float]:
    values: list[float] = getattr(table.columns[key], side).tolist()
    return [round(v, 5) for v in values]


def test_sheets_of_several_kinds(real: Return) -> None:
    assert [(t.entity, len(t)) for t in real.tables] == [("community", 6), ("street", 3), ("city", 1)]
    assert [s.entity for s in real.sheets] == ["community", "street", "city"]


def test_how_a_sheet_was_read(real: Return) -> None:
    sheet = real.sheets[0]
    assert (sheet.header_rows, sheet.first_row, sheet.records) == ([3, 4], 5, 6)
    assert sheet.totals_rows == [11]
    assert sheet.period == date(2020, 12, 31)
    assert sheet.column_of("facility_area") == "H"
    assert real.tables[0].row_of.tolist() == [5, 6, 7, 8, 9, 10]
    assert "某某市" in sheet.region_text


def test_a_sheet_without_title_borrows_from_its_neighbours(real: Return) -> None:
    assert real.sheets[1].period == date(2020, 12, 31)
    assert "某某市" in real.sheets[1].region_text


def test_merged_names_reach_every_record(real: Return) -> None:
    table = real.tables[0]
    assert table.columns["county"].text.to_pylist() == ["东区"] * 4 + ["西区"] * 2
    assert table.columns["street"].text.to_pylist() == ["甲街道"] * 2 + ["乙街道"] * 2 + ["丙街道"] * 2


def test_every_cell_is_its_value_or_a_reason(real: Return) -> None:
    table = real.tables[0]
    assert str(numbers(table, "households")) == str([1200.0, 1500.0, 800.0, 900.0, nan, 560.0])
    assert str(numbers(table, "population")) == str([3600.0, 4200.0, 2100.0, 2700.0, 3000.0, 500.0])
    assert str(numbers(table, "facility_area")) == str([650.0, 450.0, 300.0, nan, 300.0, 0.0])
    assert numbers(table, "facility_area", "hi") == pytest.approx([650.0, 550.0, 400.0, nan, 400.0, 0.0], nan_ok=True)
    assert str(numbers(table, "open_hours_per_day")) == str([7.0, 8.0, 9.0, nan, 8.0, 24.0])
    assert numbers(table, "legal_advisers") == [1, 1, 1, 0, 2, 1]
    assert str(numbers(table, "has_childrens_home")) == str([1.0, 1.0, 0.0, 0.0, 1.0, nan])
    assert table.columns["community_type"].text.to_pylist() == ["urban", "urban", "urban", "urban", None, "rural"]
    assert numbers(real.tables[1], "street_centre_area") == [1200, 800, 800]
    assert numbers(real.tables[2], "reported_urban_rate") == [0.977]
    assert numbers(real.tables[2], "reported_rural_rate") == [0.898]


def test_what_was_not_used_is_named_with_its_cell(real: Return) -> None:
    warned = {(n.at.sheet, n.at.cell): n.code for n in real.notices if n.level == "warning"}
    assert warned == {
        ("社区", "E9"): "unclear-category", ("社区", "J8"): "unreadable-value",
        ("社区", "L10"): "unreadable-value", ("社区", "G10"): "fewer-than", ("社区", "F11"): "total-differs",
    }  # fmt: skip


def test_every_notice_has_a_sentence_in_both_languages(real: Return) -> None:
    for notice in real.notices:
        for lang in LANGS:
            assert "{" not in say(notice.code, lang, text=notice.text, **notice.values)


def test_hidden_columns_are_named_where_they_are_used(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx", 社区=[r for r in COMMUNITIES if len(r) > 1][1:]))
    sheet = book.worksheets[0]
    for letter in ("F", "H", "M"):  # households and facility area are used, the telephone number is not
        sheet.column_dimensions[letter].hidden = True
    book.save(tmp_path / "a.xlsx")
    one = read_return(tmp_path / "a.xlsx", DICTIONARY)
    (notice,) = [n for n in one.notices if n.code == "hidden-columns"]
    assert (notice.at.cell, notice.level) == ("F", "info")
    assert {lang: say(notice.code, lang, **notice.values) for lang in LANGS} == {
        "zh": "F, H 列是隐藏的，其中的数同样使用", "en": "hidden columns, used like the others: F, H",
    }  # fmt: skip


def test_a_file_that_is_still_being_written_is_refused(tmp_path: Path) -> None:
    """Half a file may read like a whole one with fewer records."""
    path = tmp_path / "a.csv"
    lines = ["市,区县,社区名称,户数", *(f"沈阳市,和平区,第{i}社区,{500 + i}" for i in range(20_000))]
    path.write_text("\n".join(lines), encoding="utf-8")
    done = threading.Event()

    def write_on() -> None:
        with path.open("a", encoding="utf-8") as sink:
            while not done.wait(0.0005):
                sink.write("\n沈阳市,和平区,又一社区,700")
                sink.flush()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        with pytest.raises(ReturnError) as caught:
            read_return(path, DICTIONARY)
    finally:
        done.set()
        writer.join()
    assert caught.value.code == "file-changing"


def test_personal_columns_stay_out(real: Return) -> None:
    table = real.tables[0]
    assert real.sheets[0].column_of("phone") == "M"
    assert "phone" not in table.columns
    assert not any("138" in n.text for n in real.notices)


def test_residents_below_households_are_asked_about_and_used(real: Return) -> None:
    """Villages empty out: fewer residents than households are rare, but possible."""
    table = real.tables[0]
    assert table.columns["population"].state_at(5) is State.KNOWN
    assert table.columns["households"].state_at(5) is State.KNOWN
    (asked,) = [n for n in real.notices if n.code == "fewer-than"]
    assert (asked.at.cell, asked.level) == ("G10", "warning")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_files_read_the_same(tmp_path: Path, encoding: str) -> None:
    read = read_return(text_file(tmp_path / "r.csv", STREETS, encoding), DICTIONARY)
    assert numbers(read.tables[0], "street_centre_area") == [1200, 800, 800]


def test_group_rows_place_the_records_below_them(tmp_path: Path) -> None:
    rows = [["社区名称",  "户数",
    "综合服务设施面积"], ["东区（2个）"], ["甲社区", 5, 400], ["乙社区", 6, 500], ["西区（3个）"],
            ["丙社区", 7, 600], ["丁社区", 8, 700]]  # fmt: skip
    read = read_return(workbook(tmp_path / "g.xlsx", Sheet1=rows), DICTIONARY)
    assert read.tables[0].columns["county"].text.to_pylist() == ["东区", "东区", "西区", "西区"]
    assert [(n.code, n.at.row) for n in read.notices] == [("group-count-differs", 5)]


def test_the_same_subject_twice_is_a_notice_and_both_stay(tmp_path: Path) -> None:
    rows = [["街道",  "社区名称",  "户数"], ["甲街道",  "幸福社区", 5], ["乙街道",  "幸福社区", 6], ["甲街道",
    "幸福 社区", 7]]
    read = read_return(text_file(tmp_path / "d.csv", rows), DICTIONARY)
    assert len(read.tables[0]) == 3
    assert [(n.code, n.at.row, n.values["first_row"]) for n in read.notices] == [("duplicate-subject", 4, 2)]


def test_the_same_code_twice_is_a_notice(tmp_path: Path) -> None:
    rows = [["区划代码", "社区名称", "户数"], ["210102001001", "甲社区", 5], ["210102001001", "乙社区", 6]]
    read = read_return(text_file(tmp_path / "d.csv", rows), DICTIONARY)
    assert [n.code for n in read.notices] == ["duplicate-code"]


def test_a_table_of_other_things_is_listed_and_not_judged(tmp_path: Path) -> None:
    rows = [["学校名称", "办学层次"], ["甲大学", "本科"], ["乙学院", "专科"], ["丙学院", "专科"]]
    read = read_return(text_file(tmp_path / "o.csv", rows), DICTIONARY)
    assert read.tables == []
    assert [c.header for c in read.sheets[0].columns] == ["学校名称", "办学层次"]
    assert [n.code for n in read.notices] == ["no-known-columns"]


def test_the_order_of_paths_never_matters(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b", "a", "c"):
        text_file(tmp_path / "in" / f"{name}.csv", STREETS)
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "in" / "~$a.xlsx").write_bytes(b"lock")
    (tmp_path / "in" / "readme.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    given = [tmp_path / "in", tmp_path / "in" / "a.csv", tmp_path / "missing.csv", tmp_path / "empty"]
    given += [Path(f"{tmp_path}/in/*.csv"), Path(f"{tmp_path}/none*.csv")]
    first, second = read_returns(given, DICTIONARY), read_returns(given[::-1], DICTIONARY)
    assert [Path(r.path).name for r in first[0]] == ["a.csv", "b.csv", "c.csv"]
    assert [r.path for r in first[0]] == [r.path for r in second[0]]
    assert [(e.path, e.code) for e in first[1]] == [(e.path, e.code) for e in second[1]]
    missing = sorted(e.code for e in first[1] if "broken" not in e.path)
    assert missing == ["file-missing", "folder-empty", "pattern-empty"]
    assert [Path(e.path).name for e in first[1] if "broken" in e.path] == ["broken.xlsx"]


@pytest.mark.skipif(not RETURNS.is_dir(), reason="the real tables lie beside the repository and are not here")
def test_real_tables_are_read_or_refused_in_words() -> None:
    returns, errors = read_returns([RETURNS], DICTIONARY)
    assert returns
    for error in errors:
        for lang in LANGS:
            assert say(error.code, lang, **error.values)
    for read in returns:
        for notice in read.notices:
            for lang in LANGS:
                assert say(notice.code, lang, text=notice.text, **notice.values)
        for table in read.tables:
            assert all(len(column) == len(table) for column in table.columns.values())


def test_a_slip_of_the_unit_is_caught_by_what_a_community_can_have(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("社区名称,户数(万户)\n甲社区,1000\n乙社区,0.12\n", encoding="utf-8")
    read = read_return(file, DICTIONARY)
    assert [(n.code, n.at.cell) for n in read.notices] == [("impossible-value", "B2")]
    households = read.tables[0].columns["households"]
    assert households.lo is not None and households.lo[1] == 1200.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("一、铁岭市银州区", "二、铁岭市清河区", {"city": ["铁岭市"] * 4, "county": ["银州区"] * 2 + ["清河区"] * 2}),
        ("一、和平区（2个）", "二、沈河区（2个）", {"county": ["和平区"] * 2 + ["沈河区"] * 2}),
        ("社区情况表", "二、沈河区", {"county": [None] * 2 + ["沈河区"] * 2}),
        ("一、荆州区", "二、沙市区", {"county": ["荆州区"] * 2 + ["沙市区"] * 2}),
    ],
)
def test_numbered_headings_place_what_stands_below_them(
    tmp_path: Path, first: str, second: str, expected: dict[str, list[str | None]]
) -> None:
    head = "社区名称,户数,综合服务设施面积\n"
    text = f"{first}\n{head}甲社区,1000,450\n乙社区,1100,350\n\n{second}\n{head}丙社区,1200,450\n丁社区,1300,380\n"
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    columns = read_return(file, DICTIONARY).tables[0].columns
    found = {level: columns[level].text.to_pylist() for level in ("city", "county") if level in columns}
    assert found == expected


def test_an_answer_in_two_columns_of_a_long_sheet(tmp_path: Path) -> None:
    """The answers stand in no column of the file: what is known of its cells is not used for them."""
    ticks = [("√", None), (None, "√"), (None, None)] * 500
    rows = [[f"第{i}社区", 1000 + i, *tick] for i, tick in enumerate(ticks)]
    path = workbook(tmp_path / "a.xlsx", Sheet1=[["社区名称", "户数", "儿童之家"], [None, None, "有", "无"], *rows])
    book = openpyxl.load_workbook(path)
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    (table,) = read_return(path, DICTIONARY).tables
    found = table.columns["has_childrens_home"].lo
    assert found is not None and np.array_equal(found, [1, 0, np.nan] * 500, equal_nan=True)
