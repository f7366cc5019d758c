"""Real tables, read by eye: header rows, first and last data row, totals rows and column names.

Prints a score for each table (``pytest -s``). One reading differs from the list on purpose; see ``DIFFERS``.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
import yaml

from communitycheck.returns.files.open import open_file
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.tables import find_layouts
from paths import SHARED

FOLDER = SHARED / "returns"
SECOND = SHARED / "returns2"
pytestmark = pytest.mark.skipif(not (FOLDER / "manifest.yaml").exists(), reason="the real tables are not here")

# What the list says and why we say otherwise.
DIFFERS = {
    # 东城区 is 原东城区 + 原崇文区 and 西城区 is 原西城区 + 原宣武区, in every column: rows 10 and 13 are
    # subtotals like rows 9 and 28, and to count them too would count those households twice.
    ("02_jcao0214__beijing_inter.xlsx", "totals_rows"): [8, 9, 10, 13, 28],
    # Remarks of the office between the records; the list counts them among the headers of pages, we say that nobody
    # can tell.
    ("20_lomo5__汇总表.xls", "notes_rows"): [],
    # Twenty panels side by side; in the last a long name takes two rows, and all below it stands one row lower.
    ("05_jcao0214__jilin_ethnicity.xlsx", "last_data_row"): 85,
    ("05_jcao0214__jilin_ethnicity.xlsx", "data_rows"): 75,
    # In two others 松原市 stands one row higher and 延边朝鲜族自治州 one row lower than in the first.
    ("05_jcao0214__jilin_ethnicity.xlsx", "totals_rows"): [5, 6, 17, 27, 34, 45, 53, 59, 60, 66, 72, 73, 81],
    # A name over two rows: its figures stand on the second, so the first is a row of which nobody can say what it is.
    ("06_jcao0214__hunan_ethnicity.xlsx", "data_rows"): 15,
    # The line below the title says how deaths were counted, and in what unit.
    ("23_aszero__death_with_age.xlsx", "title_rows"): [1, 2],
    ("23_aszero__death_with_age.xlsx", "unit_line"): "人",
}
UNITS_IN_NAMES = {"31_GKDGKD__ExportData.xls"}  # the list joins the row of units to the names, we take it off
# How many items of each kind have to be right, over both lists.
ALL_RIGHT = ("header_rows", "title_rows", "first_data_row", "last_data_row", "data_rows", "unit_line", "hidden_sheets",
             "totals_rows", "notes_rows")  # fmt: skip
FLOOR = {**dict.fromkeys(ALL_RIGHT, 37), "group_rows": 36, "columns": 23}


def entries() -> list[dict[str, Any]]:
    if not (FOLDER / "manifest.yaml").exists():
        return []
    listed = [{**one, "folder": FOLDER} for one in yaml.safe_load((FOLDER / "manifest.yaml").read_text("utf-8"))]
    if (SECOND / "manifest.json").exists():
        for one in json.loads((SECOND / "manifest.json").read_text("utf-8")):
            listed += [{**one, **sheet, "folder": SECOND} for sheet in [one, *one.get("other_sheets", [])]]
    return listed


def read(entry: dict[str, Any]) -> tuple[list[Layout], dict[str, Any]]:
    """The first table of the sheet, its panels put together again as the list has them."""
    opened = open_file(entry["folder"] / entry["file"])
    grid = next(g for g in opened.grids if g.sheet == (entry["sheet"] or ""))
    layouts = find_layouts(grid)
    panels = [layout for layout in layouts if layout.header_rows == layouts[0].header_rows]
    firsts = [layout.first_row for layout in panels if layout.first_row is not None]
    lasts = [layout.last_row for layout in panels if layout.last_row is not None]
    totals = {row for layout in panels for row in layout.totals_rows}
    return layouts, {
        "title_rows": sorted({row for layout in panels for row in layout.title_rows}),
        "header_rows": layouts[0].header_rows,
        "first_data_row": min(firsts, default=None),
        "last_data_row": max(lasts, default=None),
        "totals_rows": sorted(totals),
        "group_rows": sorted({row for layout in panels for row in layout.group_rows}),
        "notes_rows": sorted({row for layout in layouts for row in layout.notes_rows}),
        "data_rows": len({int(row) for layout in panels for row in layout.data_rows} | {row - 1 for row in totals}),
        "unit_line": layouts[0].unit_line,
        "hidden_sheets": [g.sheet for g in opened.grids if g.hidden],
        "columns": [column.header for layout in panels for column in layout.columns],
    }


def misses() -> tuple[dict[str, list[int]], list[str]]:
    """For each item how many are right and how many were asked, and a line for each that is wrong."""
    score = {key: [0, 0] for key in FLOOR}
    lines = []
    for entry in entries():
        found = read(entry)[1]
        for key, (right, asked) in score.items():
            wanted = DIFFERS.get((entry["file"], key), entry.get(key))
            if key not in entry or (key == "columns" and (not wanted or entry["file"] in UNITS_IN_NAMES)):
                continue
            met = _alike(found[key], wanted)
            score[key] = [right + met, asked + 1]
            if not met:
                lines.append(
                    f"| {entry['file']} | {entry['sheet']} | {key} | {_short(found[key])} | {_short(wanted)} |"
                )
    return score, lines


def _alike(found: Any, wanted: Any) -> bool:
    """Equal but for widths of characters, and for the blank columns between panels."""
    if isinstance(wanted, list):
        return [one for one in found if one != ""] == [one for one in wanted if one != ""]
    if isinstance(wanted, str) and isinstance(found, str):
        return unicodedata.normalize("NFKC", found) == unicodedata.normalize("NFKC", wanted)
    return bool(found == wanted)


def _short(value: Any) -> str:
    return str(value) if len(str(value)) < 160 else f"{str(value)[:150]}… ({len(value)})"


def test_score() -> None:
    score, lines = misses()
    print(*(f"{key}: {right} of {asked}" for key, (right, asked) in score.items()), sep="\n")
    print("| file | sheet | item | read | right |", *lines, sep="\n")
    assert {key: right for key, (right, _) in score.items() if right < FLOOR[key]} == {}


CASES = {(entry["file"], entry["sheet"]): entry for entry in entries()}


@pytest.mark.parametrize(
    ("file", "sheet", "records"),
    [
        ("02_jcao0214__beijing_inter.xlsx", "1", [18]),  # 23 rows less 5 subtotals
        ("03_jcao0214__anhui_ethnicity.xlsx", "1-6", [109]),  # 127 less 18 totals; pages and panels joined
        ("08_Sweetcafe__数据.xls", "Sheet1", [35, 35, 35]),  # three panels of 43 rows, 8 totals each
        ("17_YangZhi2007__全国高等学校名单.xls", "全国普通高等学校名单", [2919]),
        ("19_eularczer__城镇化率.xlsx", "城镇化率", [6, 9]),  # two tables stacked
        ("20_lomo5__汇总表.xls", "通信能力月报表", [163]),
        ("23_aszero__death_with_age.xlsx", "死亡五齡", [152]),  # 228 rows less 76 rows 計
        ("25_phineeeeeeeeeeeeeeeees__population.xls", "總計", [22]),
        ("29_wisdom-wf__满意度调查.xls", "Sheet1", [0]),
        ("36_huzaizhou__统计年鉴数据.xlsx", "2009", [13]),
    ],
)
def test_records(file: str, sheet: str, records: list[int]) -> None:
    layouts, _ = read(CASES[file, sheet])
    assert [len(layout.data_rows) for layout in layouts] == records


def test_form_is_named_as_such() -> None:
    layouts, _ = read(CASES["29_wisdom-wf__满意度调查.xls", "Sheet1"])
    assert layouts[0].empty == "form-without-data"


def test_groups_state_what_they_hold() -> None:
    layouts, _ = read(CASES["17_YangZhi2007__全国高等学校名单.xls", "全国普通高等学校名单"])
    groups = layouts[0].groups
    assert [(g.row, g.label, g.stated, g.counted) for g in groups[:2]] == [
        (4, "北京市（92所）", 92, 92), (97, "天津市（56所）", 56, 56),
    ]  # fmt: skip
    assert [g for g in groups if g.stated != g.counted] == []


def test_names_are_carried_down() -> None:
    layouts, _ = read(CASES["19_eularczer__城镇化率.xlsx", "Sheet1"])
    assert layouts[0].forward_filled[0].to_pylist()[:7] == [None, "2014", "2014", None, "2015", "2015", None]
    layouts, _ = read(CASES["23_aszero__death_with_age.xlsx", "死亡五齡"])
    assert layouts[0].forward_filled[0].to_pylist()[:4] == [None, "民國37年", None, "民國38年"]


def test_unit_lines() -> None:
    for file, sheet in (("02_jcao0214__beijing_inter.xlsx", "1"), ("03_jcao0214__anhui_ethnicity.xlsx", "1-6"),
                        ("08_Sweetcafe__数据.xls", "Sheet1")):  # fmt: skip
        layouts, _ = read(CASES[file, sheet])
        assert layouts[0].unit_line == CASES[file, sheet]["unit_line"]


def test_old_code_page_is_read_rightly() -> None:
    opened = open_file(FOLDER / "10_Sweetcafe__黄河实测流量.xls")
    assert opened.encoding == "cp936"
    assert opened.grids[0].row(0)[:4] == ["站名", "年份", "一月", "二月"]


def test_hidden_sheets_are_marked() -> None:
    opened = open_file(FOLDER / "02_jcao0214__beijing_inter.xlsx")
    assert {grid.sheet: grid.hidden for grid in opened.grids} == {"1": False, "CNKI": True}
