"""Which cells are marked: those the verdicts name, wherever they stand."""

from __future__ import annotations

import csv
import random
import re
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.errors import NotMarkedError
from communitycheck.model.expression import Binary, Name, Number
from communitycheck.model.result import Outcome, Records
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Column, Table
from communitycheck.products.markup.copy import mark_up
from communitycheck.products.markup.front import mark_up_returns
from communitycheck.products.markup.marks import OFFENDING, Marks, at_fault, blamed, marks_of, place_of
from communitycheck.products.markup.words import MarkupWords
from entities import ENTITIES
from products.markup.books import full_book, judged, parts_of, write_parts
from reporting.sample_report import at_least, result, rule, sample_report

Spot = tuple[str, int, int]


def spots(marks: dict[str, Marks], number: int, subject: int) -> set[Spot]:
    """Sheet, row and column of the cells marked for one verdict."""
    found = set()
    for one in marks.values():
        for sheet, cells in one.sheets.items():
            mine = (cells.results == number) & (cells.subjects == subject)
            found |= {
                (sheet, r, c) for r, c in zip(cells.rows[mine].tolist(), cells.columns[mine].tolist(), strict=True)
            }
    return found


def test_the_cells_of_a_fail_are_those_its_verdict_names() -> None:
    report = sample_report()
    marks = marks_of(report)
    compared = 0
    for number, one in enumerate(report.results):
        keys = at_fault(one.rule, one.fields, report.dictionary)
        for i in np.nonzero(one.outcome == Outcome.FAIL)[0].tolist():
            at, named = one.subjects.at(i, keys)
            assert set(named) <= set(one.verdict(i).cells)
            wanted = {(at.sheet, *spot) for cell in named if at and (spot := place_of(cell))}
            assert spots(marks, number, i) == (set() if i in one.waived else wanted)
            compared += len(wanted)
    assert compared > 12


def areas(sheet: Sheet, borrowed: dict[int, str] | None = None) -> dict[str, Marks]:
    """Two fails on the area of two communities of one sheet."""
    value = np.array([100.0, 200.0])
    columns = {"facility_area": Column("facility_area", value, value, borrowed=borrowed)}
    table = Table(ENTITIES["community"], columns, [sheet], np.zeros(2, np.int32), np.array([3, 4], np.int32))
    law = rule("LN-01", "x", "面积", "area", unit="m2", indicator=Name("facility_area"), threshold=at_least(400.0))
    report = sample_report()
    fails = [Outcome.FAIL] * 2
    one = result(law, Records(table), fails, observed=[100.0, 200.0], required=400.0, fields=("facility_area",))
    report.results = [one]
    report.returns = [Return(sheet.path, "", "xlsx", [sheet], [table])]
    return marks_of(report)


def test_a_sheet_whose_records_are_columns() -> None:
    sheet = Sheet("a.xlsx", "横", "community", columns=[SheetColumn("5", "面积", "facility_area")], transposed=True)
    marks = areas(sheet)
    assert spots(marks, 0, 0) == {("横", 5, 3)} and spots(marks, 0, 1) == {("横", 5, 4)}


def test_a_value_that_another_sheet_holds_is_marked_there() -> None:
    marks = areas(Sheet("a.xlsx", "年报", "community"), {0: "月报!E27", 1: "无此格"})
    assert spots(marks, 0, 0) == {("月报", 27, 5)} and spots(marks, 0, 1) == set()
    assert marks["a.xlsx"].fails == 2 and len(marks["a.xlsx"].listed) == 2


def test_what_only_tells_whom_a_rule_covers_is_not_blamed() -> None:
    report = sample_report()
    scope = Binary("==", Name("b"), Number(1.0))
    law = rule("X", "x", "x", "x", indicator=Name("a"), where=scope, threshold=at_least(1.0))
    assert blamed(law, ("b", "a"), report.dictionary) == ("a",)
    assert blamed(replace(law, where=Binary("==", Name("a"), Name("b"))), ("b", "a"), report.dictionary) == ("a",)
    assert blamed(replace(law, indicator=None, threshold=None), ("b",), report.dictionary) == ("b",)


def test_a_turned_return_from_file_to_mark(tmp_path: Path) -> None:
    rows = [
        ["2022年社区基本情况"],
        ["指标", "单位", "幸福社区", "和平社区", "太原社区"],
        ["总户数", "户", "1200", "900", "800"],
        ["综合服务设施面积", "平方米", "500", "200", "待核实"],
    ]
    source = tmp_path / "a.csv"
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    report = check(str(source), standards=["liaoning-2021"], region="辽宁省", select=["LN-03"])
    assert report.returns[0].sheets[0].transposed
    copies = mark_up_returns(report, tmp_path / "out", "zh")
    sheet = openpyxl.load_workbook(copies.written[str(source)]).worksheets[0]
    coloured = {c.coordinate: c.fill.fgColor.rgb for row in sheet.iter_rows() for c in row if c.fill.fill_type}
    assert coloured == {"D4": "FFFFC7CD", "E4": "FFFFEB9B"}


def coloured(copy: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The coloured cells of a copy with their colours, and the comments."""
    cells = [cell for row in openpyxl.load_workbook(copy).worksheets[0].iter_rows() for cell in row]
    return (
        {cell.coordinate: cell.fill.fgColor.rgb for cell in cells if cell.fill.fill_type},
        {cell.coordinate: cell.comment.text for cell in cells if cell.comment},
    )


def written(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_only_the_cell_that_mends_a_fail_is_coloured(tmp_path: Path) -> None:
    """Of floor area per 100 households the area; where the verdict is open, the cell that leaves it open."""
    rows: list[list[object]] = [["县区", "社区名称", "社区类型", "户数", "综合服务设施面积"]]
    rows += [["和平区", "青石社区", "城市社区", 900, 180], ["和平区", "白塔社区", "城市社区", "约1000-2000", 400]]
    source = written(tmp_path / "a.xlsx", rows)
    report = check(str(source), standards=["liaoning-2021"], region="辽宁省", select=["LN-03"])
    cells, said = coloured(mark_up_returns(report, tmp_path / "out", "zh").written[str(source)])
    assert cells == {"E2": "FFFFC7CD", "D3": "FFFFEB9B"}
    assert "要求不少于 30" in said["E2"]


def test_a_header_that_was_not_recognised_is_asked_about_once(tmp_path: Path) -> None:
    """At the header, with what it may be; no row is marked for it."""
    rows: list[list[object]] = [["县区", "社区名称", "社区类型", "户数", "综合服务设施规模"]]
    rows += [["和平区", f"{name}社区", "城市社区", 900, 180] for name in "青白黄蓝"]
    source = written(tmp_path / "a.xlsx", rows)
    report = check(str(source), standards=["liaoning-2021"], region="辽宁省")
    assert [column.column for s in report.returns[0].sheets for column, _ in s.in_question()] == ["E"]
    cells, said = coloured(mark_up_returns(report, tmp_path / "out", "zh").written[str(source)])
    assert cells == {"E1": "FFFFEB9B"} and set(said) == {"E1"}
    assert "未识别的列" in said["E1"] and "综合服务设施面积" in said["E1"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return full_book(tmp_path_factory.mktemp("whole") / "a.xlsm")


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_marked_or_refused_and_never_more(whole: Path, tmp_path: Path, seed: int) -> None:
    report, parts, luck = judged(whole), parts_of(whole), random.Random(seed)
    (marks,) = marks_of(report).values()
    assert sum((c.kinds == OFFENDING).sum() for c in marks.sheets.values()) >= 3
    words = MarkupWords(report, "zh")
    names = [n for n in parts if n.endswith((".xml", ".rels", ".vml"))]
    done = []
    for _ in range(25):
        name = luck.choice(names)
        values = [m.span(1) for m in re.finditer(rb'="([^"]*)"', parts[name])]
        start, end = luck.choice(values) if luck.random() < 0.5 else sorted(luck.choices(range(len(parts[name])), k=2))
        body = parts[name][:start] + luck.choice([b"", b"-1", b"abc", b"<", b"../x"]) + parts[name][end:]
        damaged = write_parts(tmp_path / "b.xlsm", parts | {name: body})
        try:
            mark_up(damaged, BytesIO(), marks, words)
            done.append("marked")
        except NotMarkedError as trouble:
            done.append(trouble.code)
    assert set(done) <= {"marked", "not-marked-broken", "not-marked-sheet", "not-marked-disorder"}
    assert "marked" in done and "not-marked-broken" in done
