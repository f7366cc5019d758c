"""A return that several regions share, cut to the rows of one: what is its own is there, of the others not a byte."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from communitycheck.api import split_by_region
from communitycheck.check import check
from communitycheck.model.result import Outcome

DAY = date(2021, 12, 31)
LIAONING = "liaoning-2021"
HEAD = ("街道", "社区名称", "社区类型", "户数", "综合服务设施面积", "负责人")
AREAS = {
    "北湖街道": (("柳园社区", "城市社区", 900, 310, "周一鸣"), ("梅园社区", "城市社区", 800, 520, "吴双")),
    "南塔街道": (("石桥社区", "城市社区", 700, 250, "郑三省"), ("竹园社区", "城市社区", 600, 390, "王四海")),
    "东泉街道": (("松园社区", "城市社区", 500, 280, "冯五常"),),
}
SECRETS = {name: {name, *(cell for row in rows for cell in (row[0], row[4]))} for name, rows in AREAS.items()}


def ledger(path: Path, *, merged: bool = False, headings: bool = False) -> None:
    """A county's ledger: its townships in a merged column, in a column, or as headings between the rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    sheet.append(["辽宁省沈阳市和平区社区综合服务设施台账"])
    sheet.append(list(HEAD[1:] if headings else HEAD))
    for street, communities in AREAS.items():
        if headings:
            sheet.append([street])
        first = sheet.max_row + 1
        for k, row in enumerate(communities):
            sheet.append([*([] if headings else [street if not merged or k == 0 else None]), *row])
        if merged and len(communities) > 1:
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=1, end_column=1)
    for row in range(3, sheet.max_row + 1):
        cell = sheet.cell(row, 2 if not headings else 1)
        cell.comment = Comment(f"{cell.value}：电话 024-{row}", "填表人")
    sheet.append(["合计", *[None] * (2 if headings else 3), 1750])
    sheet.append(["填表人：陈六一"])
    sheet.column_dimensions["B"].width = 31
    book.create_sheet("草稿").append(["松园社区", "王四海"])
    book["草稿"].sheet_state = "hidden"
    book.defined_names["责任人"] = DefinedName("责任人", attr_text='"郑三省"')
    book.properties.creator = "周一鸣"
    book.save(path)


def copies(folder: Path, file: Path) -> dict[str, Path]:
    report = check([file], as_of=DAY, standards=[LIAONING], select=["LN-01"])
    split_by_region(report, folder, "street", "zh", kinds=["marked"])
    return {copy.parent.parent.name: copy for copy in folder.rglob("*.xlsx") if copy.parent.parent != folder}


def everything(copy: Path) -> str:
    with zipfile.ZipFile(copy) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("shape", [{}, {"merged": True}, {"headings": True}], ids=["column", "merged", "headings"])
def test_each_township_gets_its_own_rows_alone(tmp_path: Path, shape: dict[str, bool]) -> None:
    ledger(tmp_path / "台账.xlsx", **shape)
    found = copies(tmp_path / "out", tmp_path / "台账.xlsx")
    assert set(found) == set(AREAS)
    for street, copy in found.items():
        content = everything(copy)
        for other, secrets in SECRETS.items():
            if other != street:
                assert [secret for secret in secrets if secret in content] == []
        assert "陈六一" not in content and "草稿" not in content and "合计" not in content.replace("合计、备注", "")
        again = check([copy], as_of=DAY, standards=[LIAONING], select=["LN-01"])
        (records,) = again.records
        assert len(records) == len(AREAS[street])
        assert set(records.table.regions["street"].names) == {street}
        short = sum(area < 400 for _, _, _, area, _ in AREAS[street])
        assert again.outcomes()[Outcome.FAIL] == short
        # A record has the row that it had.
        rows = records.table.row_of.tolist()
        sheet: Any = openpyxl.load_workbook(copy)["台账"]
        names = {sheet.cell(row, 1 if shape.get("headings") else 2).value for row in rows}
        assert names == {row[0] for row in AREAS[street]}
        assert sheet["A1"].value and sheet.column_dimensions["B"].width == 31


def test_a_text_return_is_cut_too(tmp_path: Path) -> None:
    lines = [",".join(HEAD)]
    lines += [f"{street},{','.join(map(str, row))}" for street, rows in AREAS.items() for row in rows]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    found = copies(tmp_path / "out", tmp_path / "台账.csv")
    assert set(found) == set(AREAS)
    for street, copy in found.items():
        content = everything(copy)
        assert not [s for other in AREAS if other != street for s in SECRETS[other] if s in content]
        assert check([copy], as_of=DAY, standards=[LIAONING]).subjects == len(AREAS[street])


def test_a_formula_gives_way_to_its_result(tmp_path: Path) -> None:
    """A formula may name rows and sheets that are gone."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "台账.xlsx"))
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, HEAD)
    row = 1
    for street, communities in AREAS.items():
        for name, kind, households, area, who in communities:
            sheet.write_row(row, 0, [street, name, kind, households])
            sheet.write_formula(row, 4, f'=SUMIF(A:A,"东泉街道")*0+{area}', None, area)
            sheet.write(row, 5, who)
            row += 1
    book.close()
    copy = copies(tmp_path / "out", tmp_path / "台账.xlsx")["南塔街道"]
    made: Any = openpyxl.load_workbook(copy)["台账"]
    assert [made["E4"].value, made["E5"].value] == [250, 390]
    assert "东泉街道" not in everything(copy)


def across() -> list[list[str]]:
    rows = [["指标", "单位", *(row[0] for some in AREAS.values() for row in some), "合计"]]
    rows += [["街道", "", *(street for street, some in AREAS.items() for _ in some), ""]]
    for k, name, unit in ((1, "社区类型", ""), (2, "户数", "户"), (3, "综合服务设施面积", "平方米"), (4, "负责人", "")):
        rows.append([name, unit, *(str(row[k]) for some in AREAS.values() for row in some), "34567" if k == 2 else ""])
    return rows


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_records_side_by_side_each_gets_its_own_columns(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"台账.{kind}"
    if kind == "csv":
        file.write_text("\n".join(map(",".join, across())), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.title = "台账"
        for row in across():
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
        sheet.merge_cells("C2:D2")  # 北湖街道 over its two
        sheet.merge_cells("E2:F2")
        sheet.append(["注：梅园社区、石桥社区、松园社区的负责人均已核对"])
        book.save(file)
    report = check([file], as_of=DAY, standards=[LIAONING], select=["LN-01"])
    assert report.returns[0].sheets[0].transposed
    found = copies(tmp_path / "out", file)
    assert set(found) == set(AREAS)
    for street, copy in found.items():
        content = everything(copy)
        assert not [s for other in AREAS if other != street for s in SECRETS[other] if s in content]
        assert "34567" not in content
        again = check([copy], as_of=DAY, standards=[LIAONING], select=["LN-01"])
        (records,) = again.records
        assert set(records.table.regions["street"].names) == {street}
        assert again.outcomes()[Outcome.FAIL] == sum(area < 400 for _, _, _, area, _ in AREAS[street])
