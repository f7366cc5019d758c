"""Finding tables: small sheets as offices write them, with what should be found in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from communitycheck.returns.grid import Grid, grid_of_rows
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.tables import find_layouts
from communitycheck.returns.layout.transpose import transpose
from each import each


@dataclass
class Case:
    """A sheet as lines of cells, and for each table in it: header rows, records (both from 1) and other facts."""

    name: str
    sheet: str
    tables: list[dict[str, Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def grid_of(sheet: str, merged: list[tuple[int, int, int, int]] | None = None) -> Grid:
    grid = grid_of_rows(
        "x.xlsx", "s", [[c.strip("\n") or None for c in line.split(",")] for line in sheet.split("\n")]
    )
    grid.merged = merged or []
    return grid


def table(header: list[int], data: list[int], **more: Any) -> dict[str, Any]:
    return {"header_rows": header, "data": data, **more}


CASES = [
    # plain returns
    Case("header in row 1", "社区名称,户数,面积\n幸福社区,1200,400\n和平社区,900,380.5", [table([1], [2, 3])]),
    Case("one record", "社区名称,户数,面积\n幸福社区,1200,400", [table([1], [2], first_row=2, last_row=2)]),
    Case("header alone", "社区名称,户数,面积", [table([1], [], first_row=None, empty="no-records")]),
    Case(
        "title and header alone",
        "某区社区表,,\n社区名称,户数,面积",
        [table([2], [], title_rows=[1], empty="no-records")],
    ),
    Case(
        "a column without a single cell",
        "社区名称,户数,备注,面积\n幸福社区,1200,,400\n和平社区,900,,380",
        [table([1], [2, 3], names=["社区名称", "户数", "备注", "面积"])],
    ),
    Case("yes and no", "社区名称,儿童之家,法律顾问\n幸福社区,是,张三\n和平社区,否,李四", [table([1], [2, 3])]),
    Case("names alone", "街道,社区名称,负责人\n东街道,幸福社区,张三\n东街道,和平社区,李四", [table([1], [2, 3])]),
    Case("years as text", "地区,2019年,2018年\n幸福社区,1200,400\n和平社区,900,380", [table([1], [2, 3])]),
    Case("bare years", "地区,2019,2018\n幸福社区,1200,400\n和平社区,900,380", [table([1], [2, 3])]),
    Case("bare years over one record", "地区,2019,2018\n幸福社区,1200,400", [table([1], [2])]),
    Case("years as data", "姓名,出生年份\n张三,1985\n李四,1990", [table([1], [2, 3])]),
    Case("numbers in series as data", "序号,窗口,人员\n1,2,3\n2,3,4\n3,1,2", [table([1], [2, 3, 4])]),
    Case(
        "an empty margin",
        ",,,\n,社区,户数,面积\n,幸福社区,100,300",
        [table([2], [3], names=["社区", "户数", "面积"])],
    ),
    # titles
    Case(
        "preamble with units and unit line",
        "某市社区情况表,,\n填报单位：某区民政局,,填报日期：2020-12-31\n单位：平方米,,\n社区名称,户数,面积\n幸福社区,1200,400",
        [table([4], [5], title_rows=[1, 2, 3], unit_line="平方米")],
    ),
    Case(
        "a reporting office is no unit",
        "某市社区情况表,,\n填报单位：某街道,,\n社区名称,户数,面积\n幸福社区,1200,400",
        [table([3], [4], unit_line=None)],
    ),
    # headers of several rows
    Case(
        "two rows, merged",
        "序号,社区,人口,,设施,\n,,户数,人数,面积,窗口\n1,幸福社区,1200,3000,400,2\n2,和平社区,900,2000,380.5,1",
        [table([1, 2], [3, 4], names=["序号", "社区", "人口/户数", "人口/人数", "设施/面积", "设施/窗口"])],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)],
    ),
    Case(
        "two rows, no word of merging",
        "序号,社区,人口,,设施,\n,,户数,人数,面积,窗口\n1,幸福社区,1200,3000,400,2\n2,和平社区,900,2000,380.5,1",
        [table([1, 2], [3, 4], names=["序号", "社区", "人口/户数", "人口/人数", "设施/面积", "设施/窗口"])],
    ),
    Case(
        "a phrase over two rows",
        "年龄,平均育龄,出生\n,妇女人数,人数\n15,200,3\n16,250,41",
        [table([1, 2], [3, 4], names=["年龄", "平均育龄/妇女人数", "出生/人数"])],
    ),
    Case(
        "years over figures",
        "单位,2019,,2020,\n,户数,面积,户数,面积\n幸福社区,1,2,3,4\n和平社区,5,6,7,8",
        [table([1, 2], [3, 4], names=["单位", "2019/户数", "2019/面积", "2020/户数", "2020/面积"])],
        [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
    ),
    Case(
        "stretched words",
        "社　　区,户  数\n幸福社区,1200\n和平社区,900",
        [table([1], [2, 3], names=["社区", "户数"])],
    ),
    # index rows, unit rows
    Case("甲乙 and numbers", "地区,户数,人口\n甲,1,2\n幸福社区,1200,400", [table([1], [3], index_row=2)]),
    Case(
        "every column numbered",
        "序号,社区,户数,人口\n1,2,3,4\n1,幸福社区,1200,3000\n2,和平社区,900,2000",
        [table([1], [3, 4], index_row=2)],
    ),
    Case(
        "numbers with formulas",
        "社区,户数,人口,户均\n（1）,（2）,（3）,（4）=（3）/（2）\n幸福社区,1200,3000,2.5",
        [table([1], [3], index_row=2)],
    ),
    Case(
        "a row of units",
        "地区,户数,面积\n,户,平方米\n幸福社区,1200,400",
        [table([1, 2], [3], unit_row=2, units=[None, "户", "平方米"])],
    ),
    # totals
    Case(
        "total on top, spaced",
        "社区,户数\n合　计,2100\n幸福社区,1200\n和平社区,900",
        [table([1], [3, 4], totals_rows=[2])],
    ),
    Case(
        "subtotals by street",
        "街道,社区,户数\n东街道,幸福社区,1200\n,和平社区,900\n东街道小计,,2100\n西街道,光明社区,800\n全区合计,,2900",
        [table([1], [2, 3, 5], totals_rows=[4, 6])],
    ),
    Case(
        "a name that stands on its subtotal",
        "街道,社区,户数\n东街道,小计,2100\n,幸福社区,1200\n,和平社区,900\n西街道,小计,800\n,光明社区,800",
        [table([1], [3, 4, 6], totals_rows=[2, 5], carried={0: ["东街道", "东街道", "西街道"]})],
    ),
    Case(
        "totals without a word",
        "单位,社区数,户数,人口\n东街道,3,9000,25000\n幸福社区,1,3000,8000\n和平社区,1,2500,7000\n友好社区,1,3500,10000\n"
        "西街道,2,6000,16000\n光明社区,1,2800,7500\n胜利社区,1,3200,8500",
        [table([1], [3, 4, 5, 7, 8], totals_rows=[2, 6], unmarked_totals=[2, 6])],
    ),
    Case(
        "small figures agree by chance",
        "社区,窗口,人员\n幸福社区,3,5\n和平社区,1,2\n光明社区,2,3\n胜利社区,1,2",
        [table([1], [2, 3, 4, 5], totals_rows=[])],
    ),
    Case(
        "names that only hold the character",
        "社区,户数\n会计社区,100\n统计局社区,90\n全福社区,80\n合兴社区,70",
        [table([1], [2, 3, 4, 5])],
    ),
    Case(
        "means and extremes",
        "社区,户数\n幸福社区,100\n和平社区,90\n平均,95\n最大值,100",
        [table([1], [2, 3], totals_rows=[4, 5])],
    ),
    # groups, names carried down
    Case(
        "groups with their count",
        "序号,社区,户数\n东街道（2个）,,\n1,幸福社区,1200\n2,和平社区,900\n西街道（3个）,,\n3,光明社区,800",
        [table([1], [3, 4, 6], groups=[("东街道（2个）", 2, 2), ("西街道（3个）", 3, 1)])],
    ),
    Case(
        "groups in the column of names",
        "社区,户数,面积\n东街道,,\n幸福社区,1200,400\n和平社区,900,100\n西街道,,\n光明社区,800,300",
        [table([1], [3, 4, 6], group_rows=[2, 5], labels=["东街道", "东街道", "西街道"])],
    ),
    Case(
        "a record without figures is no group",
        "社区,户数,面积\n幸福社区,1200,400\n和平社区,,\n光明社区,800,300\n胜利社区,,",
        [table([1], [2, 3, 4, 5], group_rows=[], last_row=5)],
    ),
    Case(
        "names written once",
        "区,街道,社区,户数\n甲区,A街道,一社区,100\n,,二社区,200\n,B街道,三社区,300\n乙区,C街道,四社区,400",
        [table([1], [2, 3, 4, 5], carried={0: [None, "甲区", "甲区", None], 1: [None, "A街道", None, None]})],
    ),
    Case(
        "names merged downwards",
        "街道,社区,户数\n东街道,幸福社区,100\n,和平社区,90\n,光明社区,80",
        [table([1], [2, 3, 4], carried={0: [None, "东街道", None]})],
        [(1, 0, 2, 0)],
    ),
    Case(
        "a blank among names on every row stays blank",
        "街道,社区,户数\n东街道,幸福社区,100\n东街道,和平社区,90\n,光明社区,80\n西街道,胜利社区,70",
        [table([1], [2, 3, 4, 5], carried={})],
    ),
    # below the data
    Case(
        "notes and signatures",
        "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,100\n"
        "注：数据截至2020年底。,,\n　　2.不含外来人口。,,\n填表人：张三,审核人：李四,填表日期：2021年1月5日",
        [table([1], [2, 3], notes_rows=[4, 5, 6], last_row=3)],
    ),
    Case(
        "pages",
        "社区,户数,面积\n幸福社区,1200,400\n社区,户数,面积\n和平社区,900,380\n续表,,\n社区,户数,面积\n光明社区,800,300",
        [table([1], [2, 4, 7], repeated_header_rows=[3, 5, 6])],
    ),
    Case(
        "blank rows inside",
        "社区,户数,面积\n幸福社区,1200,400\n,,\n和平社区,900,380",
        [table([1], [2, 4], blank_rows=[3])],
    ),
    # several tables
    Case(
        "stacked",
        "表一,,\n社区,户数,面积\n幸福社区,1200,400\n,,\n表二,,\n街道,窗口,人员\n东街道,3,5\n西街道,2,4",
        [table([2], [3], titles=["表一"]), table([6], [7, 8], titles=["表二"])],
    ),
    Case(
        "stacked, the upper one narrower",
        "社区,面积,\n幸福社区,100,\n和平社区,200,\n,,\n社区,面积,户数\n光明社区,500,1200\n建设社区,600,900",
        [table([1], [2, 3], title_rows=[]), table([5], [6, 7], title_rows=[])],
    ),
    Case(
        "stacked, the upper one narrower, of other columns and with no blank row between",
        "社区,志愿者人数,\n幸福社区,10,\n和平社区,12,\n社区,面积,户数\n光明社区,500,1200\n建设社区,600,900",
        [table([1], [2, 3], title_rows=[]), table([4], [5, 6], title_rows=[])],
    ),
    Case(
        "stacked, the upper one narrower and of one record",
        "社区,面积,\n幸福社区,100,\n,,\n社区,面积,户数\n光明社区,500,1200\n建设社区,600,900",
        [table([1], [2], title_rows=[]), table([4], [5, 6], title_rows=[])],
    ),
    Case(
        "stacked, the upper one narrower, with names that do not tell what they are of",
        "小区,面积,\n幸福里,100,\n和平里,200,\n,,\n小区,户数,面积\n丙园,500,1200\n丁园,600,900",
        [table([1], [2, 3], title_rows=[]), table([5], [6, 7], title_rows=[])],
    ),
    Case(
        "lines of a preamble are no table above",
        "填报单位,园林街道,\n户数合计,12000,\n社区数,2,\n,,\n社区,面积,户数\n光明社区,500,1200\n建设社区,600,900",
        [table([5], [6, 7], title_rows=[1, 2, 3])],
    ),
    Case(
        "stacked, text alone",
        "一、城市社区,,\n街道,社区,书记\n东街道,幸福社区,张三\n,,\n二、农村社区,,\n乡镇,村,书记\n北乡,和平村,李四",
        [table([2], [3]), table([6], [7])],
    ),
    Case(
        "side by side",
        "序号,社区,户数,序号,社区,户数\n1,幸福社区,1200,3,光明社区,500\n2,和平社区,900,,,",
        [table([1], [2, 3]), table([1], [2])],
    ),
    Case(
        "side by side with a gap",
        "社区,户数,,社区,户数\n幸福社区,1200,,光明社区,500\n和平社区,900,,,",
        [table([1], [2, 3]), table([1], [2])],
    ),
    Case(
        "a blank column before figures in words parts nothing",
        "区县,户数,人口,,街道数,比例\n南湖县,1745,3327,,八,84.4%\n西岭区,8636,3511,,二,60.7%\n河口县,5872,5322,,三,77.5%",
        [table([1], [2, 3, 4], names=["区县", "户数", "人口", "", "街道数", "比例"])],
    ),
    Case(
        "one table folded: the same subjects on both sides",
        "社区,户数,,社区,面积\n幸福社区,1200,,幸福社区,500\n和平社区,900,,和平社区,300",
        [table([1], [2, 3], names=["社区", "户数", "", "社区", "面积"])],
    ),
    Case(
        "stacked, the upper one with records that lack their figures",
        "街道,社区,户数,设施,窗口\n,,,面积,\n甲,乙,1,2,3\n东街道,幸福社区,777,1058,2\n北街道,和平社区,,,\n北街道,光明社区,,,\n,,,,\n"
        "附表：各区,,,,\n区,户数,人口,街道数,比例\n东区,160685,233764,13,80.1%\n西区,162143,292265,12,80%",
        [
            table([1, 2], [4, 5, 6], index_row=3, title_rows=[]),
            table([9], [10, 11], titles=["附表：各区"]),
        ],
    ),
    Case(
        "stacked, groups of records without figures above",
        "序号,街道,社区,户数,面积\n河口县（1个）,,,,\n1,东街道,幸福社区,3591,400\n南湖县（2个）,,,,\n2,北街道,和平社区,,\n"
        "3,北街道,光明社区,,\n,,,,\n附表：各县,,,,\n县,户数,人口,街道数,面积\n河口县,122956,331765,4,92.8\n"
        "南湖县,93849,569264,3,62.9",
        [
            table([1], [3, 5, 6], groups=[("河口县（1个）", 1, 1), ("南湖县（2个）", 2, 2)]),
            table([9], [10, 11], titles=["附表：各县"]),
        ],
    ),
    # names that are written once
    Case(
        "a county ends with its city",
        "市,区县,社区,户数\n沈阳市,和平区,甲社区,1000\n,,乙社区,1001\n抚顺市,,丙社区,900\n,新抚区,丁社区,805\n丹东市,振兴区,戊社区,709",
        [
            table(
                [1],
                [2, 3, 4, 5, 6],
                carried={0: [None, "沈阳市", None, "抚顺市", None], 1: [None, "和平区", None, None, None]},
            )
        ],
    ),
    Case(
        "a county ends with its city, which each row names",
        "市,区县,社区,户数\n沈阳市,和平区,甲社区,1000\n沈阳市,,乙社区,1001\n抚顺市,,丙社区,900\n抚顺市,,丁社区,805\n丹东市,振兴区,戊社区,709",
        [table([1], [2, 3, 4, 5, 6], carried={1: [None, "和平区", None, None, None]})],
    ),
    Case(
        "the region of the title among its parts",
        "沈阳市各区情况（2023年）,,\n地区,社区数,人口\n沈阳市,1050,920.4\n和平区,112,71.9\n沈河区,105,81.1\n大东区,98,60.2",
        [table([2], [4, 5, 6], totals_rows=[3], whole_rows=[3])],
    ),
    # headings among the rows
    Case(
        "headings by what the rows are told apart, and set in",
        "项目,2019年,2020年\n按学历分,,\n研究生,100,120\n本科,500,560\n年龄,,\n  35岁以下,300,350\n  36岁以上,400,420",
        [table([1], [3, 4, 6, 7], group_rows=[2, 5])],
    ),
    Case(
        "years over months",
        "月份,受理,办结\n2019年,,\n1月,300,350\n2月,400,420\n2020年,,\n1月,310,351\n2月,390,415",
        [table([1], [3, 4, 6, 7], group_rows=[2, 5])],
    ),
    Case(
        "amounts of money as values",
        "项目,预算,执行,差额\n社区建设,¥1200.00,¥1100.00,(100.00)\n养老服务,¥800.00,¥850.00,50.00",
        [table([1], [2, 3])],
    ),
    Case(
        "sections numbered 一, 二 among records numbered 1, 2",
        "序号,指标,单位,2019年,2020年\n一,基层治理,,,\n1,社区数,个,100,110\n2,志愿者,人,1000,1200\n二,养老服务,,,\n3,床位,张,500,600\n"
        "4,机构,个,10,12",
        [table([1], [3, 4, 6, 7], group_rows=[2, 5])],
    ),
    Case(
        "signatures in a row of their own",
        "区县,社区数,网格数\n和平区,112,300\n沈河区,105,280\n大东区,98,260\n分管领导：,审核：,填表：",
        [table([1], [2, 3, 4], notes_rows=[5])],
    ),
    # figures that look like sums and are none
    Case(
        "round figures add up by chance",
        "社区名,户数,人口\n甲,1000,3000\n乙,2000,6000\n丙,3000,9000",
        [table([1], [2, 3, 4], totals_rows=[])],
    ),
    Case(
        "a community is no sum of communities",
        "社区,户数,人口\n甲社区,1234,3217\n乙社区,2345,5113\n丙社区,3579,8330",
        [table([1], [2, 3, 4], totals_rows=[])],
    ),
    Case(
        "a record that equals the one beside it",
        "社区名,户数,面积\n甲,1234,650\n乙,,\n丙,1357,613\n丁,1357,613\n戊,1108,605",
        [table([1], [2, 3, 4, 5, 6], totals_rows=[])],
    ),
    # forms, no tables
    Case(
        "a form",
        "社区,户数,面积\n幸福社区,,\n和平社区,,\n合计,,",
        [table([1], [], first_row=None, empty="form-without-data")],
    ),
    Case("a line of text", "http://example.org", []),
    Case("no header", "幸福社区,1200,400\n和平社区,900,380\n光明社区,800,300", [table([], [1, 2, 3])]),
    # cells that are hard to read leave their row a record
    Case(
        "unreadable cells",
        "社区,户数,面积\n幸福社区,待核实中,400平方米左右\n和平社区,约九百户,三百多\n光明社区,#REF!,300余",
        [table([1], [2, 3, 4])],
    ),
]


def facts(layout: Layout) -> dict[str, Any]:
    labels = layout.group_labels
    return {
        "data": (layout.data_rows + 1).tolist(),
        "names": [column.header for column in layout.columns],
        "units": [column.unit_text for column in layout.columns],
        "groups": [(group.label, group.stated, group.counted) for group in layout.groups],
        "labels": None if labels is None else labels.to_pylist(),
        "carried": {column: names.to_pylist() for column, names in layout.forward_filled.items()},
    }


@each("case", CASES, ids=lambda case: case.name)
def test_layout(case: Case) -> None:
    layouts = find_layouts(grid_of(case.sheet, case.merged))
    assert len(layouts) == len(case.tables)
    for layout, wanted in zip(layouts, case.tables, strict=True):
        told = facts(layout)
        found = {key: told[key] if key in told else getattr(layout, key) for key in wanted}
        assert found == wanted


@each("case", CASES, ids=lambda case: case.name)
def test_no_row_is_lost(case: Case) -> None:
    """Every row that holds something is a title, a header, a record, or skipped with a reason."""
    grid = grid_of(case.sheet, case.merged)
    layouts = find_layouts(grid)
    if not layouts or layouts[0].empty:
        return
    told: set[int] = set()
    for layout in layouts:
        told.update(layout.title_rows, layout.header_rows, (layout.data_rows + 1).tolist())
        told.update(row for row, _ in layout.skipped)
        told.update(row for row in (layout.index_row, layout.unit_row) if row is not None)
    held = {r + 1 for r in range(grid.n_rows) if any(text and text.strip() for text in grid.row(r))}
    assert held <= told


def test_cells_far_to_the_right_do_not_join_the_table() -> None:
    rows: list[list[str | None]] = [["社区", "户数"], ["幸福社区", "1200"], ["和平社区", "900"]]
    for row in rows:
        row += [None] * 100
    rows[1][-1] = "x"
    layouts = find_layouts(grid_of_rows("x", "s", rows))
    assert [(layout.first_column, layout.last_column) for layout in layouts] == [(0, 1)]


def test_long_table_with_a_total_in_its_last_row() -> None:
    rng = np.random.default_rng(5)
    households, area = rng.integers(300, 5000, 30_000), rng.integers(100, 900, 30_000)
    rows: list[list[str | None]] = [["社区", "户数", "面积"]]
    rows += [[f"社区{i}", str(h), str(a)] for i, (h, a) in enumerate(zip(households, area, strict=True))]
    rows.append(["某区", str(households.sum()), str(area.sum())])
    (layout,) = find_layouts(grid_of_rows("x", "s", rows))
    assert layout.unmarked_totals == [30_002]
    assert len(layout.data_rows) == 30_000


CLAIMS = [
    ("right", "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,300\n合计,2100,700", []),
    ("one cell wrong", "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,300\n合计,2100,710", [(4, 2, 710, 700)]),
    ("all wrong", "社区,户数\n幸福社区,1200\n和平社区,900\n合计,2000", [(4, 1, 2000, 2100)]),
    ("a rate need not add up", "社区,户数,覆盖率\n幸福社区,1200,80%\n和平社区,900,90%\n合计,2100,85%", []),
    ("a blank may explain it", "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,\n合计,2100,700", []),
    ("an average is no sum", "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,300\n平均,1050,350", []),
    ("a part is no sum", "社区,户数,面积\n幸福社区,1200,400\n和平社区,900,300\n其中：城市,1200,400", []),
    ("a region may hold more than is listed", "社区,户数\n幸福社区,1200\n和平社区,900\n全区,9000", []),
    (
        "subtotals and their total",
        "街道,社区,户数,人口\n东街道,一社区,1200,9\n,二社区,900,8\n小计,,2100,18\n西街道,三社区,800,7\n小计,,800,7\n合计,,2900,24",
        [(4, 3, 18, 17)],
    ),
]


@pytest.mark.parametrize(("name", "sheet", "wanted"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_totals_are_held_to_their_sums(name: str, sheet: str, wanted: list[tuple[float, ...]]) -> None:
    (layout,) = find_layouts(grid_of(sheet))
    assert [tuple(claim)[:4] for claim in layout.false_claims] == wanted


TURNED = [
    (
        "units beside the labels",
        "社区基本情况,,,\n指标,单位,幸福社区,和平社区\n户数,户,1200,900\n面积,平方米,400,300",
        ["指标", "户数(户)", "面积(平方米)"],
        [["幸福社区", "1200", "400"], ["和平社区", "900", "300"]],
        "C3",
    ),
    (
        "one subject",
        "社区名称,幸福社区\n户数,1200\n面积,400",
        ["社区名称", "户数", "面积"],
        [["幸福社区", "1200", "400"]],
        "B2",
    ),
]


@pytest.mark.parametrize(("name", "sheet", "names", "records", "address"), TURNED, ids=[t[0] for t in TURNED])
def test_turned(name: str, sheet: str, names: list[str], records: list[list[str]], address: str) -> None:
    layout = transpose(find_layouts(grid_of(sheet))[0], unit=1 if "单位" in sheet else None)
    assert layout is not None
    shown = [f"{c.header}({c.unit_text})" if c.unit_text else c.header for c in layout.columns]
    assert shown == names
    assert [layout.grid.row(int(row)) for row in layout.data_rows] == records
    assert layout.grid.address(int(layout.data_rows[0]), layout.columns[1].index) == address
