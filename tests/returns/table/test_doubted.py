"""Figures that the return itself says are none of today: not built yet, out of use, given up, planned."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cases.make import Book, write_openpyxl
from communitycheck.model.returns import Return
from communitycheck.model.table import State
from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from each import each
from paths import RULES

CASES = yaml.safe_load((Path(__file__).parent / "doubted.yaml").read_text("utf-8"))
DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
HEADER = ["社区名称", "社区类型", "常住户数", "综合服务设施面积（平方米）"]
FIRST, SECOND = ["红旗社区", "城市", "1000", "420"], ["向阳社区", "城市", "1100", "430"]


def both(kind: str) -> list[tuple[str, bool]]:
    return [(text, kind_of == "doubt") for kind_of, texts in CASES[kind].items() for text in texts]


def read(folder: Path, rows: list[list[str]], name: str = "社区2021.csv") -> Return:
    file = folder / name
    file.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n", "utf-8")
    return read_return(file, DICTIONARY)


def doubted(found: Return, field: str = "facility_area") -> list[str]:
    """The names of the records whose figure is in doubt, or is a bound alone."""
    table = found.tables[0]
    column = table.columns[field]
    assert column.lo is not None and column.hi is not None
    bounds = column.lo < column.hi
    return [table.name_at(i) for i in range(len(table)) if column.state_at(i) is State.DOUBTED or bounds[i]]


@each(("remark", "doubt"), both("remarks"))
def test_remark(remark: str, doubt: bool, tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, remark], [*SECOND, ""]]
    assert doubted(read(tmp_path, rows)) == (["红旗社区"] if doubt else [])


@each(("column", "doubt"), both("columns"))
def test_column(column: str, doubt: bool, tmp_path: Path) -> None:
    header, cell = column.split(" = ")
    rows = [[*HEADER, header], [*FIRST, cell], [*SECOND, ""]]
    assert doubted(read(tmp_path, rows)) == (["红旗社区"] if doubt else [])


@each(("title", "doubt"), both("titles"))
def test_title(title: str, doubt: bool, tmp_path: Path) -> None:
    rows = [[title, "", "", ""], HEADER, FIRST, SECOND]
    assert doubted(read(tmp_path, rows)) == (["红旗社区", "向阳社区"] if doubt else [])


@pytest.mark.parametrize("case", CASES["notes"], ids=lambda case: case["note"])
def test_note(case: dict[str, object], tmp_path: Path) -> None:
    rows = [HEADER, FIRST, SECOND, [str(case["note"]), "", "", ""]]
    assert doubted(read(tmp_path, rows)) == case["doubt"]


def test_a_note_that_names_none_of_those_it_is_said_of_leaves_a_bound(tmp_path: Path) -> None:
    rows = [HEADER, FIRST, SECOND, ["注：有个别社区的用房还在装修", "", "", ""]]
    found = read(tmp_path, rows)
    column = found.tables[0].columns["facility_area"]
    assert column.lo is not None and column.hi is not None
    assert column.lo.tolist() == [0, 0] and column.hi.tolist() == [420, 430]
    assert [n.code for n in found.notices] == ["some-in-doubt"]


@pytest.mark.parametrize("case", CASES["persons"], ids=lambda case: case["remark"])
def test_a_remark_is_of_what_it_names(case: dict[str, object], tmp_path: Path) -> None:
    rows = [
        [*HEADER, "社工人数", "法律顾问", "室外活动场地面积", "备注"],
        [*FIRST, "1", "1", "2600", str(case["remark"])],
        [*SECOND, "2", "1", "2600", ""],
    ]
    found = read(tmp_path, rows)
    fields = ("facility_area", "social_workers", "legal_advisers", "outdoor_area")
    assert [key for key in fields if doubted(found, key)] == case["doubt"]


def test_of_what_is_not_built_a_no_and_a_zero_stay(tmp_path: Path) -> None:
    header = [*HEADER, "综合服务窗口数", "儿童之家", "备注"]
    rows = [header, [*FIRST, "0", "无", "尚未建成"], [*SECOND, "2", "有", "综合服务设施正在新建"]]
    found = read(tmp_path, rows)
    assert doubted(found) == ["红旗社区", "向阳社区"]
    assert doubted(found, "service_windows") == ["向阳社区"]
    assert doubted(found, "has_childrens_home") == []  # it may stand elsewhere
    assert doubted(found, "households") == []


def test_what_reaches_further_is_a_bound(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, "与北街村合用一栋楼"], [*SECOND, "面积含停车棚"]]
    found = read(tmp_path, rows)
    column = found.tables[0].columns["facility_area"]
    assert column.lo is not None and column.hi is not None
    assert column.lo.tolist() == [0, 0] and column.hi.tolist() == [420, 430]
    assert {n.code for n in found.notices} >= {"figures-reach-further"}


@pytest.mark.parametrize("remark", CASES["not_weighed"])
def test_a_remark_that_is_not_understood_is_told(remark: str, tmp_path: Path) -> None:
    found = read(tmp_path, [[*HEADER, "备注"], [*FIRST, remark], [*SECOND, "自有"]])
    assert doubted(found) == []
    assert [(n.text, n.level) for n in found.notices if n.code == "remarks-not-weighed"] == [(remark, "info")]


@each("remark", CASES["harmless"])
def test_a_remark_that_is_known_to_be_harmless_is_not(remark: str, tmp_path: Path) -> None:
    found = read(tmp_path, [[*HEADER, "备注"], [*FIRST, remark], [*SECOND, ""]])
    assert doubted(found) == [] and "remarks-not-weighed" not in {n.code for n in found.notices}


def test_a_remark_merged_over_two_records_is_said_of_both(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, "正在翻修"], [*SECOND, None], ["长山社区", "城市", "1200", "450", None]]
    write_openpyxl(tmp_path / "社区2021.xlsx", Book({"S": rows}, {"S": ["E2:E3"]}))
    assert doubted(read_return(tmp_path / "社区2021.xlsx", DICTIONARY)) == ["红旗社区", "向阳社区"]


def test_a_remark_says_its_words_and_its_cell(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, ""], [*SECOND, "用房已停用，电话13912345678"]]
    found = read(tmp_path, rows)
    assert found.sheets[0].remark_on("facility_area", 3) == ("E3", "用房已停用，电话***********")
    assert found.sheets[0].remark_on("facility_area", 2) is None
    assert [str(n.at.cell) for n in found.notices if n.code == "doubted-figures"] == ["E3"]


def test_what_is_gone_has_no_figures_at_all(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, "已撤销"], [*SECOND, ""]]
    found = read(tmp_path, rows)
    assert doubted(found, "households") == doubted(found) == ["红旗社区"]


def test_a_year_to_come_is_not_yet(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*FIRST, "2023年投入使用"], [*SECOND, "2020年投入使用"]]
    assert doubted(read(tmp_path, rows)) == ["红旗社区"]


def test_a_table_that_lies_on_its_side(tmp_path: Path) -> None:
    turned = [list(row) for row in zip(HEADER[1:], FIRST[1:], SECOND[1:], strict=True)]
    found = read(tmp_path, [["指标", "红旗社区", "向阳社区"], *turned, ["备注", "", "新址在建，旧址停用"]])
    assert doubted(found) == ["向阳社区"]
    assert found.sheets[0].remark_on("facility_area", 3) == ("C5", "新址在建，旧址停用")
