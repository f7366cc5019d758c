"""One workbook as many producers write it: the answer is always that of the plain one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cases import packages
from cases.answers import Answer, answer
from cases.make import Book, rows_of, write_ods, write_openpyxl, write_xls, write_xlsxwriter
from communitycheck import api

TABLE = """
市 | 区县 | 街道 | 社区名称 | 社区类型 | 常住户数 | 综合服务设施面积 | 其他
沈阳市 | 大东区 | 津桥街道 | 一社区 | 城市社区 | 1000 | 460 | 1
沈阳市 | 大东区 | 津桥街道 | 二社区 | | 1000 | 310 | 1
沈阳市 | 大东区 | 津桥街道 | 三社区 | | 1000 | 390 | 1
""".strip()
STANDARD = """
standard: own
title: {zh: 示例, en: Example}
source: {document: 示例, issuer: 示例, date: 2018-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2018-01-01}
rules:
  - id: O-01
    title: {zh: 示例, en: Example}
    clause: 一
    applies_to: ENTITY
    indicator: "INDICATOR"
    at_least: LIMIT
    severity: mandatory
"""
AREA_OR = ("community", "coalesce(facility_area, facility_usable_area)", "400 m2")
RATE = ("county", "reported_urban_rate", "95%")


def standard(folder: Path, entity: str, indicator: str, limit: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(STANDARD.replace("ENTITY", entity).replace("INDICATOR", indicator).replace("LIMIT", limit), "utf-8")
    return path


def plain(folder: Path, table: str = TABLE, merges: tuple[str, ...] = ("E2:E4",)) -> Path:
    path = folder / "return.xlsx"
    write_openpyxl(path, Book({"S": rows_of(table)}, {"S": list(merges)}))
    return path


def verdicts(path: Path) -> tuple[dict[str, dict[str, str]], int]:
    got = answer(path, standards=["liaoning-2021"])
    return {rule: got.outcomes.get(rule, {}) for rule in RIGHT}, got.exit


RIGHT = {
    "LN-01": {"一社区": "pass", "二社区": "fail", "三社区": "fail"},
    "LN-03": dict.fromkeys(("一社区", "二社区", "三社区"), "pass"),
}

FAR = '<row r="900000"><c r="A900000" t="inlineStr"><is><t> </t></is></c></row>'
DIVIDED = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
    "<text:p>#DIV/0!</text:p></table:table-cell>"
)
VARIANTS: dict[str, Any] = {
    "as it is": lambda parts: parts,
    "photos": packages.with_pictures,
    "another name of the main part": packages.workbook2,
    "backslashes": packages.backslashes,
    "single quotes": packages.single_quotes,
    "attributes turned": packages.attributes_turned,
    "the dimension lies": packages.in_sheet(r'<dimension ref="[^"]*"', '<dimension ref="A1"'),
    "no dimension": packages.in_sheet(r'<dimension ref="[^"]*"\s*/>', ""),
    "a dimension far too large": packages.in_sheet(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
    "a far row of nothing": packages.in_sheet("</sheetData>", FAR + "</sheetData>"),
    **{
        f"{code} in a column nobody asks for": packages.error_at("H4", code)
        for code in ("#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!", "#N/A", "#REF!", "#BUSY!")
    },
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants(variant: str, tmp_path: Path) -> None:
    assert verdicts(packages.rewritten(plain(tmp_path), VARIANTS[variant])) == (RIGHT, 1)


def test_cells_without_addresses(tmp_path: Path) -> None:
    """No cell may be left out then, for each stands where it is counted."""
    table = TABLE.replace("社区 | | 1000", "社区 | 城市社区 | 1000")
    assert verdicts(packages.rewritten(plain(tmp_path, table, ()), packages.without_addresses)) == (RIGHT, 1)


@pytest.mark.parametrize("code", ["#CALC!", "#SPILL!", "#FIELD!", "#N/A"])
def test_an_error_on_another_sheet(code: str, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_openpyxl(path, Book({"S": rows_of(TABLE), "计算": [["x", "y"]]}, {"S": ["E2:E4"]}))
    assert verdicts(packages.rewritten(path, packages.error_at("B1", code, "xl/worksheets/sheet2.xml"))) == (RIGHT, 1)


@pytest.mark.parametrize("write", [write_openpyxl, write_xlsxwriter])
def test_two_producers(write: Any, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write(path, Book({"S": rows_of(TABLE)}, {"S": ["E2:E4"]}))
    assert verdicts(path) == (RIGHT, 1)


@pytest.mark.parametrize(("write", "suffix"), [(write_xls, "xls"), (write_ods, "ods")])
def test_other_formats(write: Any, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"return.{suffix}"
    write(path, Book({"S": rows_of(TABLE)}, {"S": ["E2:E4"]}))
    assert verdicts(path) == (RIGHT, 1)


WITH_FAULTS = """
市 | 区县 | 街道 | 社区名称 | 社区类型 | 常住户数 | 综合服务设施面积
沈阳市 | 大东区 | 津桥街道 | 一社区 | 城市社区 | 1000 | 460
沈阳市 | 大东区 | 津桥街道 | 二社区 | 城市社区 | 1000 | 380
沈阳市 | 大东区 | 津桥街道 | 三社区 | 城市社区 | 1000 | 1
沈阳市 | 大东区 | 津桥街道 | 四社区 | 城市社区 | 1000 | =B1+C1
""".strip()


@pytest.mark.parametrize(
    "change", [lambda parts: parts, packages.without_addresses, packages.attributes_turned, packages.with_pictures]
)
def test_errors_and_formulas_without_a_value_are_not_blank(change: Any, tmp_path: Path) -> None:
    broken = packages.rewritten(plain(tmp_path, WITH_FAULTS, ()), packages.error_at("G4", "#DIV/0!"), "broken.xlsx")
    got = answer(packages.rewritten(broken, change), standards=[standard(tmp_path, *AREA_OR)])
    assert got.outcomes == {"O-01": {"一社区": "pass", "二社区": "fail", "三社区": "no_data", "四社区": "no_data"}}
    assert got.exit == 1
    assert {"G4", "G5"} <= {at for places in got.notices.values() for at in places}


def test_an_error_in_an_open_document_is_not_blank(tmp_path: Path) -> None:
    path = tmp_path / "return.ods"
    rows = [[*row[:-1], None if row[3] == "三社区" else row[-1]] for row in rows_of(WITH_FAULTS)][:-1]
    write_ods(path, Book({"S": rows}))

    def error(parts: packages.Parts) -> packages.Parts:
        text = parts["content.xml"].decode()
        row = next(one for one in text.split("<table:table-row>") if "三社区" in one)
        wrong = row.rsplit("<table:table-cell/>", 1)
        return {**parts, "content.xml": text.replace(row, DIVIDED.join(wrong)).encode()}

    got = answer(packages.rewritten(path, error, "changed.ods"), standards=[standard(tmp_path, *AREA_OR)])
    assert got.outcomes["O-01"]["三社区"] == "no_data"
    assert "G4" in {at for places in got.notices.values() for at in places}


PERCENTS = """
市 | 县（市、区） | 城市社区设施达标率
沈阳市 | 大东区 | 0.98
沈阳市 | 沈河区 | 1
沈阳市 | 皇姑区 | 0.9
沈阳市 | 铁西区 | 95
沈阳市 | 浑南区 | 0.995
""".strip()


def percents(path: Path, write: Any) -> Path:
    write(path, Book({"S": rows_of(PERCENTS)}, {}, {}, {"S": {"C2": "0%", "C3": "0%", "C4": "0%", "C6": "0.0%"}}))
    return path


def right_percents(got: Answer) -> bool:
    held = got.outcomes["O-01"]
    return (held["大东区"], held["沈河区"], held["皇姑区"], held["浑南区"], held["铁西区"]) == (
        "pass", "pass", "fail", "pass", "no_data",
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [lambda parts: parts, packages.attributes_turned, packages.single_quotes, packages.with_pictures]
)
@pytest.mark.parametrize("write", [write_openpyxl, write_xlsxwriter])
def test_cells_that_show_percents(write: Any, change: Any, tmp_path: Path) -> None:
    path = packages.rewritten(percents(tmp_path / "return.xlsx", write), change)
    assert right_percents(answer(path, standards=[standard(tmp_path, *RATE)]))


def test_cells_of_an_old_workbook_that_show_percents(tmp_path: Path) -> None:
    path = percents(tmp_path / "return.xls", write_xls)
    assert right_percents(answer(path, standards=[standard(tmp_path, *RATE)]))


def test_a_marked_copy_of_a_workbook_with_one_fill_opens(tmp_path: Path) -> None:
    path = plain(tmp_path)
    one_fill = packages.in_sheet(
        r"<fills.*?</fills>", '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>', "xl/styles.xml"
    )
    path = packages.rewritten(path, one_fill)
    report = api.check([path], ["liaoning-2021"])
    marked = api.mark_up(report, tmp_path / "marked", "zh").written
    assert list(marked) == [str(path)]
    book = openpyxl.load_workbook(marked[str(path)])
    assert {cell.fill.fill_type for row in book.worksheets[0].iter_rows() for cell in row} - {None}
