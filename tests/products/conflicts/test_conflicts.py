"""``conflicts``: what two returns of one period say differently, and what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from check.workbook import book
from communitycheck.cli.run import run
from communitycheck.products.conflicts.formats import render_conflicts
from communitycheck.products.conflicts.front import conflicts
from paths import ROOT

SCHEMA = json.loads((ROOT / "src/communitycheck/products/conflicts/conflicts-1.json").read_text("utf-8"))
YEARS = ROOT / "sample_data/years"
HEADER: list[object] = ["区县", "街道", "社区名称", "社区类型", "综合服务设施面积", "是否有养老服务设施"]
ONE = [("甲社区", 500, "有"), ("乙社区", 300, "无"), ("丙社区", "", "有"), ("丁社区", "300-400", "有")]


def office(folder: Path, name: str, *rows: tuple[object, ...], day: str = "2023年12月31日") -> Path:
    places = [["铁东区", "一街道", who, "城市社区", *figures] for who, *figures in rows]
    return book(folder / f"{name}.xlsx", 社区=[[f"社区情况表（截至{day}）"], HEADER, *places])


def told(*paths: Path, **more: Any) -> dict[str, Any]:
    found = conflicts(paths, **more)
    for format in ("text", "csv", "markdown"):
        assert "".join(render_conflicts(found, format, "en"))
    held: dict[str, Any] = json.loads("".join(render_conflicts(found, "json", "zh")))
    jsonschema.validate(held, SCHEMA)
    return held


def cells(held: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(one["field"], *one["values"], *(at.rsplit("!", 1)[1] for at in one["cells"])) for one in held["conflicts"]]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (ONE, []),
        ([*ONE[2:], *ONE[:2]], []),  # the order of rows means nothing
        ([("甲社区", 520, "有")], [("facility_area", "500 ㎡", "520 ㎡", "E3", "E3")]),
        ([("戊社区", 1, "无"), ("乙社区", 300, "有")], [("has_elder_care", "否", "是", "F4", "F4")]),
        ([("丙社区", 100, "有"), ("乙社区", "", "")], []),  # a blank says nothing
        ([("丁社区", 350, "有")], []),  # lies within the bounds of the other
        ([("丁社区", 450, "有")], [("facility_area", "300～400 ㎡", "450 ㎡", "E6", "E3")]),
    ],
)
def test_both_cells_are_named(other: list[tuple[object, ...]], found: list[tuple[str, ...]], tmp_path: Path) -> None:
    held = told(office(tmp_path, "a", *ONE), office(tmp_path, "b", *other), region="鞍山市")
    assert cells(held) == found


# What stands in one cell of two returns, and what is told of the two: "" nothing, else the values or why nobody knows.
SIDES: list[tuple[str, object, object, str]] = [
    ("面积（㎡）", 399, 400, "399 ㎡ / 400 ㎡"),
    ("面积（㎡）", 380, 381, "380 ㎡ / 381 ㎡"),
    ("面积（㎡）", 399.6, 400, ""),  # 400 is 399.6 rounded
    ("面积（㎡）", 399.4, 400, "399.4 ㎡ / 400 ㎡"),
    ("面积（㎡）", 399.6, 400.4, "399.6 ㎡ / 400.4 ㎡"),
    ("面积（㎡）", "390以上", "不足390", "390 ㎡ 以上 / 不足 390 ㎡"),
    ("面积（㎡）", "不足390", 390, "不足 390 ㎡ / 390 ㎡"),
    ("面积（㎡）", "390以上", 390, ""),
    ("面积（㎡）", "约340", 350, ""),
    ("面积（㎡）", 400, "0.04万㎡", ""),
    ("面积（㎡）", 500, "见附件", "known / unreadable"),
    ("面积（㎡）", "见附件", "见附件", "unreadable / unreadable"),
    ("面积（㎡）", 500, "500万㎡", "known / impossible"),
    ("面积（㎡）", 500, "不适用", "known / exempt"),
    ("面积（㎡）", "不适用", "不适用", ""),
    ("面积（㎡）", "见附件", "", ""),  # a blank says nothing
    ("成立日期", "2012年", "2012-06-01", ""),
    ("成立日期", "2011年3月", "2011-03-15", ""),
    ("成立日期", "2011年3月", "2011-04-15", "2011-03 / 2011-04-15"),
    ("成立日期", "2011年3月", "2012年", "2011-03 / 2012"),
    ("社区类型", "农村社区", "村", ""),
    ("社区类型", "城市社区", "村", "城市社区 / 农村社区"),  # once, though the cell answers two questions
]


@pytest.mark.parametrize(("header", "one", "other", "told_of"), SIDES)
def test_two_cells(header: str, one: object, other: object, told_of: str, tmp_path: Path) -> None:
    header = header.replace("面积", "综合服务设施面积")
    for name, value in (("a", one), ("b", other)):
        rows: list[list[object]] = [["社区名称", "户数", header], ["甲社区", 900, value]]
        book(tmp_path / f"{name}.xlsx", 社区=[[f"铁东区社区情况表{name}（2023年）"], *rows])
    found = conflicts([tmp_path / "a.xlsx", tmp_path / "b.xlsx"], region="鞍山市")
    held = json.loads("".join(render_conflicts(found, "json", "zh")))
    jsonschema.validate(held, SCHEMA)
    said = [" / ".join(one["values"]) for one in held["conflicts"]]
    said += [" / ".join(one["states"]) for one in held["not_held"]]
    assert said == ([told_of] if told_of else [])
    assert found.exit_code == (0 if not told_of else 1 if held["conflicts"] else 3)
    for format in ("text", "csv", "markdown"):
        drawn = "".join(render_conflicts(found, format, "zh"))
        assert not told_of or "C3" in drawn


FIGURES: list[list[object]] = [
    ["社区名称", "户数", "综合服务设施面积（㎡）"],
    ["甲社区", 900, 400],
    ["乙社区", 800, 300],
]
TITLE = "铁东区社区情况表（2023年）"


@pytest.mark.parametrize(
    ("title", "rows", "left_out", "why_none"),
    [
        (TITLE, FIGURES, [], ["same-"]),
        ("铁东区社区情况表", FIGURES, ["conflicts-no-period"], ["conflicts-no-two", *["conflicts-of-"] * 2]),
        ("铁东区社区情况表（2024年）", FIGURES, [], ["conflicts-no-two", *["conflicts-of-"] * 2]),
        (TITLE, [FIGURES[0], ["丙社区", 700, 200]], [], ["conflicts-none"]),
        (TITLE, [["社区名称", "户数", "综合服务面积（㎡）"], ["甲社区", 900, 450]], ["conflicts-column-asked"], []),
        (
            TITLE,
            [[*FIGURES[0], "年份"], ["甲社区", 900, 400, 2023], ["乙社区", 800, 350, "前年"]],
            ["conflicts-rows-unread"],
            [],
        ),
        (None, [], [], ["conflicts-one-return"]),
    ],
)
def test_what_is_held_against_nothing(
    title: str | None, rows: list[list[object]], left_out: list[str], why_none: list[str], tmp_path: Path
) -> None:
    paths = [book(tmp_path / "a.xlsx", 社区=[[TITLE], *FIGURES])]
    if title is not None:
        paths.append(book(tmp_path / "b.xlsx", 社区=[[title], *rows]))
    held = told(*paths, region="鞍山市")
    assert held["run"]["exit_code"] == 3
    assert {one["code"] for one in held["left_out"]} >= set(left_out) and bool(held["left_out"]) == bool(left_out)
    codes = [one["code"] for one in held["why_none"]]
    assert len(codes) == len(why_none) and all(map(str.startswith, codes, why_none))


def test_two_sheets_of_one_file(tmp_path: Path) -> None:
    later = [FIGURES[0], ["甲社区", 900, 450], FIGURES[2]]
    file = book(tmp_path / "two.xlsx", 初稿=[[TITLE], *FIGURES], 定稿=[[TITLE], *later], 三稿=[[TITLE], *later])
    names = [f"{file}::{name}" for name in ("初稿", "定稿", "三稿")]
    held = told(*map(Path, names), region="鞍山市")
    assert [one["returns"] for one in held["pairs"]] == [names[:2], names[::2], names[1:]]
    assert [one["conflicts"] for one in held["pairs"]] == [1, 1, 0]
    text = "".join(render_conflicts(conflicts(names, region="鞍山市"), "text", "zh"))
    assert "two.xlsx::初稿" in text and "2023年" in text
    assert told(file, region="鞍山市")["why_none"][0]["code"] == "conflicts-one-return"
    assert told(file, Path(names[1]), region="鞍山市")["pairs"] == []  # read once, with all of the file


def test_who_is_listed_twice_is_a_question(tmp_path: Path) -> None:
    twice = office(tmp_path, "b", ("甲社区", 400, "有"), ("甲社区", 600, "有"), ("丙社区", "", "有"))
    held = told(office(tmp_path, "a", *ONE), twice, region="鞍山市")
    (pair,), (asked,) = held["pairs"], held["perhaps_in_common"]
    assert (pair["subjects_in_common"], pair["questions"]) == (1, 1)
    assert [[at.rsplit("!", 1)[1] for at in some] for some in asked["cells"]] == [["C3"], ["C3", "C4"]]
    assert asked["why"] == "listed_twice" and asked["subjects"][0][0]["name"] == "甲社区"


def test_who_may_be_in_common_is_named_with_both_cells(tmp_path: Path) -> None:
    header: list[object] = ["社区名称", "综合服务设施面积"]
    listed: list[list[object]] = [["红旗社区", 300], ["甲社区", 100]]
    one = book(tmp_path / "a.xlsx", 社区=[["社区情况表（截至2023年12月31日）"], header, *listed])
    places: list[list[object]] = [["铁东区", "红旗社区", 320], ["立山区", "红旗社区", 330]]
    two = book(tmp_path / "b.xlsx", 社区=[["社区情况表（截至2023年12月31日）"], ["区县", *header], *places])
    held = told(one, two, region="鞍山市")
    cells = [[at.rsplit("!", 1)[1] for some in asked["cells"] for at in some] for asked in held["perhaps_in_common"]]
    assert cells and all(some[0] == "A3" and set(some[1:]) <= {"B3", "B4"} for some in cells)
    found = conflicts([one, two], region="鞍山市")
    for format in ("text", "markdown", "csv"):
        text = "".join(render_conflicts(found, format, "zh"))
        assert "红旗社区" in text and "A3" in text and "B3" in text


def test_one_name_without_codes_is_no_two_codes(tmp_path: Path) -> None:
    header: list[object] = ["社区名称", "户数"]
    placed: list[list[object]] = [["铁东区", "红旗社区", 320], ["立山区", "甲社区", 330]]
    one = book(tmp_path / "a.xlsx", 社区=[["社区情况表（2023年）"], ["区县", *header], *placed])
    two = book(tmp_path / "b.xlsx", 社区=[["社区情况表（2023年）"], header, ["红旗社区", 320]])
    assert [asked["why"] for asked in told(one, two, region="鞍山市")["perhaps_in_common"]] == ["same_name"]


def test_returns_of_two_periods_are_no_contradiction(tmp_path: Path) -> None:
    later = office(tmp_path, "b", ("甲社区", 520, "有"), day="2024年12月31日")
    assert told(office(tmp_path, "a", *ONE), later, region="鞍山市")["pairs"] == []


def test_the_two_offices_of_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflicts", str(YEARS), "--format", "csv", "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split(",")[2] for line in lines] == ["康溪社区", "红岸社区", "紫湾村"]
    assert all("Elder-care facility" in line and "health_2019.csv!F" in line for line in lines)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ([("甲社区", 500, "有")], 0),
        ([("甲社区", 520, "有")], 1),
        ([("戊社区", 520, "有")], 3),  # no subject in common
        (None, 2),
    ],
)
def test_the_exit_code(other: list[tuple[object, ...]] | None, code: int, tmp_path: Path) -> None:
    one = office(tmp_path, "a", *ONE)
    second = tmp_path / "b.xlsx"
    if other is None:
        second.write_text("no workbook", "utf-8")
    else:
        office(tmp_path, "b", *other)
    assert run(["conflicts", str(one), str(second), "--region", "鞍山市", "--format", "json"]) == code


def test_every_kind_of_file_names_both_cells(tmp_path: Path) -> None:
    returns = [str(office(tmp_path, "a", *ONE)), str(office(tmp_path, "b", ("甲社区", 520, "有")))]
    files = [tmp_path / f"out.{suffix}" for suffix in ("xlsx", "html", "docx", "txt", "json", "csv", "md")]
    outputs = [word for file in files for word in ("-o", str(file))]
    assert run(["conflicts", *returns, "--region", "鞍山市", *outputs, "--lang", "en"]) == 1
    pairs, places = openpyxl.load_workbook(files[0]).worksheets
    assert pairs["G3"].value == 1
    cells = [cell.value for cell in places[2]]
    assert cells[4:6] == ["Facility floor area", "500 ㎡"] or cells[4:6] == ["Facility floor area", "500 m²"]
    assert str(cells[6]).endswith("E3") and str(cells[8]).endswith("E3")
    for file in files[3:]:
        text = file.read_text("utf-8")
        assert "甲社区" in text and "E3" in text


def test_a_return_is_no_place_to_write_to(tmp_path: Path) -> None:
    one = office(tmp_path, "a", *ONE)
    assert run(["conflicts", str(tmp_path), "--region", "鞍山市", "-o", str(one)]) == 2
    assert openpyxl.load_workbook(one).worksheets[0].title == "社区"
