"""``overlap``: what several forms ask for. Cases stand in ``overlap.yaml``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml

from check.workbook import book
from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.returns import read_returns
from communitycheck.standards import load_dictionary
from paths import ROOT, RULES

SCHEMA = json.loads((ROOT / "src/communitycheck/products/overlap/overlap-1.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("overlap.yaml").read_text("utf-8"))
BLANK = "社区名称,户数,常住人口\n"


def told(folder: Path) -> dict[str, Any]:
    found = api.overlap([folder])
    held: dict[str, Any] = json.loads("".join(api.render_overlap(found, "json", "zh")))
    jsonschema.validate(held, SCHEMA)
    return held


def place(at: dict[str, Any]) -> str:
    return f"{at['form']}.{at['cell']}"


def places(one: dict[str, Any]) -> list[str]:
    return [place(at) for at in one["asked"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_forms_ask_for(case: dict[str, Any], tmp_path: Path) -> None:
    for name, text in case["forms"].items():
        (tmp_path / name).write_text(text, "utf-8")
    held = told(tmp_path)
    forms, follows = held["forms"], held["derivable"]
    found = {
        "shared": {one["field"]: places(one) for one in held["shared"]},
        "twice": {one["field"]: places(one) for one in held["twice_in_one_form"]},
        "units_differ": [one["field"] for one in held["shared"] if one["units_differ"]],
        "periods_differ": [one["field"] for one in held["shared"] if one["periods_differ"]],
        "alike": {one["asked"][0]["header"]: places(one) for one in held["spelled_alike"]},
        "not_known": {place(at): at["header"] for at in held["not_known"]},
        "asked": ["two-headers-one-field" for one in held["questions"] if len(one["columns"]) > 1],
        "matrix": [form["in_common"] for form in forms],
        "alone": [form["asked_by_it_alone"] for form in forms],
        "same_headers": [one["forms"] for one in held["same_headers"]],
        **{
            how: {place(one["asked"]): [place(at) for at in one["from"]] for one in follows if one["how"] == how}
            for how in ("derived", "summed")
        },
    }
    assert {key: found[key] for key in case if key in found} == {key: case[key] for key in case if key in found}
    assert held["run"]["exit_code"] == 0


def test_the_fields_that_most_forms_ask_for_stand_first(tmp_path: Path) -> None:
    for name, header in (("a", "户数,常住人口"), ("b", "常住人口"), ("c", "常住人口,户数")):
        (tmp_path / f"{name}.csv").write_text(f"社区名称,{header}\n", "utf-8")
    assert [(one["field"], one["forms"]) for one in told(tmp_path)["shared"]] == [("population", 3), ("households", 2)]


def test_sheets_of_a_workbook_are_forms_but_no_guidance_example_or_hidden_one(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        社区=[["社区名称", "户数"]],
        设施=[["社区名称", "户数", "服务窗口数"]],
        样表=[["社区名称", "户数"], ["甲社区", 1]],
        填报说明=[["户数按年末数填"]],
        字典=[["社区名称", "户数"]],
    )
    workbook = openpyxl.load_workbook(path)
    workbook["字典"].sheet_state = "hidden"
    workbook.save(path)
    held = told(tmp_path)
    assert [one["sheet"] for one in held["forms"]] == ["社区", "设施"]
    assert [places(one) for one in held["shared"]] == [["1.B1", "2.B1"]]


STREETS = [["附件2 街道情况统计表"], ["街道名称", "常住人口", "户数"]]
PEOPLE = [["附件2 人口统计表"], ["社区名称", "常住人口", "党建品牌"], ["填表人：", "", "审核人："], ["注：按年末数填"]]


@pytest.mark.parametrize(
    ("below", "second"),
    [
        ([[], [], *STREETS], {"A6": "street", "B6": "population", "C6": "households"}),
        ([[], ["社区名称", "常住人口", "户数"]], {"A4": "community", "B4": "population", "C4": "households"}),
        ([[], *PEOPLE], {"A5": "community", "B5": "population", "C5": None}),
    ],
)
def test_a_second_blank_table_below_the_first_asks_as_well(
    below: list[list[str]], second: dict[str, str | None], tmp_path: Path
) -> None:
    first = [["附件1 社区情况统计表"], ["社区名称", "户数", "综合服务设施面积（㎡）"]]
    path = book(tmp_path / "a.xlsx", 表=[*first, *below])
    (one,), _ = read_returns([path], load_dictionary(RULES / "dictionary.yaml"), to_show=True)
    found = {column.at: column.field for sheet in one.sheets for column in sheet.columns}
    assert found == {"A2": "community", "B2": "households", "C2": "facility_area", **second}
    assert not any(sheet.records for sheet in one.sheets)


def test_tables_of_one_sheet_about_other_subjects_are_forms_of_their_own(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", 表=[["附件1 社区情况统计表"], ["社区名称", "户数"], [], *STREETS])
    (tmp_path / "b.csv").write_text("社区名称,户数\n", "utf-8")
    held = told(tmp_path)
    assert [one["entity"] for one in held["forms"]] == ["community", "street", "community"]
    assert [places(one) for one in held["shared"]] == [["1.B2", "3.B1"]]
    assert held["twice_in_one_form"] == []


def test_our_own_template_is_a_form(tmp_path: Path) -> None:
    api.write_template(tmp_path / "template.xlsx", ["liaoning-2021"], "zh")
    (tmp_path / "own.csv").write_text("社区名称,户数\n", "utf-8")
    shared = told(tmp_path)["shared"]
    assert [(one["field"], one["entity"], one["forms"]) for one in shared] == [("households", "community", 2)]


def test_the_same_file_twice_is_one_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.csv", "a - copy.csv"):
        (tmp_path / name).write_text(BLANK, "utf-8")
    assert run(["overlap", str(tmp_path), "--lang", "en"]) == 3
    shown = capsys.readouterr().out
    assert "Fewer than two forms" in shown and "a - copy.csv" in shown


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a.csv", BLANK), ("b.csv", "社区名称,户数\n"), ("c.xlsx", "no workbook")):
        (tmp_path / name).write_text(text, "utf-8")
    assert run(["overlap", str(tmp_path), "--format", "csv", "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert "c.xlsx" in shown.err
    assert [line.split(",")[2] for line in shown.out.splitlines()[1:]] == ["households"] * 2


def test_every_format_names_the_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    for name, text in (("a.csv", BLANK + ",,\n"), ("b.csv", "社区名称,总户数\n")):
        (forms / name).write_text(text, "utf-8")
    for lang in ("zh", "en"):
        for format in ("text", "html", "csv", "markdown"):
            assert run(["overlap", str(forms), "--format", format, "--lang", lang]) == 0
            shown = capsys.readouterr().out
            assert "总户数" in shown and "B1" in shown
    target = tmp_path / "out.xlsx"
    assert run(["overlap", str(forms), "-o", str(target), "--lang", "zh"]) == 0
    overview, one_by_one = openpyxl.load_workbook(target).worksheets
    assert overview["A1"].value == "各表要填什么"
    assert [row[9].value for row in one_by_one.iter_rows(min_row=2)] == ["户数", "总户数"]


def test_headers_that_mean_no_field_are_named_with_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a.csv", "社区名称,户数,党建品牌\n"), ("b.csv", "社区名称,户数\n")):
        (tmp_path / name).write_text(text, "utf-8")
    for lang, heading in (("zh", "未识别的栏目（1 个）"), ("en", "Headers that mean no known field (1)")):
        for format in ("text", "html", "markdown"):
            assert run(["overlap", str(tmp_path), "--format", format, "--lang", lang]) == 0
            below = capsys.readouterr().out.split(heading)[-1]
            assert "党建品牌" in below and "C1" in below
        assert run(["overlap", str(tmp_path), "--format", "csv", "--lang", lang]) == 0
        assert capsys.readouterr().out.splitlines()[-1].split(",")[8:10] == ["C1", "党建品牌"]


def test_many_forms_are_told_by_the_pairs_that_have_most_in_common(tmp_path: Path) -> None:
    for n in range(14):
        more = "户数,常住人口" if n > 11 else "户数"
        (tmp_path / f"{n:02}.csv").write_text(f"社区名称,{more},栏目{n}\n", "utf-8")
    text = "".join(api.render_overlap(api.overlap([tmp_path]), "text", "en", width=160))
    first = text.split("Pairs of forms with most in common")[1].splitlines()[3]
    assert first.split() == ["13", "12.csv", "14", "13.csv", "2"]
