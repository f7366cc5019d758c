"""In which unit a figure is rounded: what is certain as it stands, and what has to name its step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.resources import data_dir
from communitycheck.standards.lint.run import lint_files

HEAD = """standard: rounded
title: x
source: {document: invented for the test}
jurisdiction: {code: "000000", name: 全国}
fields:
  calls: {label: 来电件数, type: int, unit: items, entities: [community]}
  funds: {label: 款项, type: decimal, unit: 10k yuan, entities: [community]}
  cash: {label: 现金, type: decimal, unit: yuan, entities: [community]}
  garden: {label: 花园, type: decimal, unit: ha, entities: [community]}
  part: {label: 占比, type: share, entities: [community]}
  rate: {label: 来电率, type: decimal, unit: items/1000 persons, entities: [community]}
rules:
  - {id: R, title: x, clause: a, applies_to: community, severity: expected, """
# One community: 360 m2, 1000 households, 2000 persons, 310 volunteers, 8 calls, 50,000 yuan, 3333 yuan, 0.26 ha.
CELLS = {
    "区县": "东区", "社区名称": "甲社区", "综合服务设施面积": "360.44", "户数": "1000", "常住人口": "2000",
    "注册志愿者人数": "310", "来电件数": "9", "款项（万元）": "5", "现金（元）": "3333.4", "花园（公顷）": "0.26",
    "占比": "15.5%", "来电率（个/千人）": "4.44",
}  # fmt: skip
# What is rounded, held by equals: the right answer.
RIGHT = [
    ("round(facility_area / households, 1 m2/100 households)", "36 m2/100 households"),
    ("round(facility_area / households, 0.1 m2/household)", "0.4 m2/household"),
    ("ceil(facility_area / households, 1 m2/100 households)", "37 m2/100 households"),
    ("floor(facility_area / households, 10 m2/100 households)", "0.3 m2/household"),
    ("round(registered_volunteers / population, 1%)", "16%"),
    ("round(registered_volunteers / population, 0.1 ratio)", "20%"),
    ("round(calls / population, 1 item/1000 persons)", "5 items/1000 persons"),
    ("floor(calls / population, 1 item/1000 persons)", "4 items/1000 persons"),
    ("ceil(funds / population, 10 yuan/person)", "30 yuan/person"),
    ("round(cash, 100 yuan)", "3300 yuan"),
    ("round(garden, 0.1 ha)", "3000 m2"),
    ("round(garden, 1000 m2)", "0.3 ha"),
    ("round(part, 1%)", "16%"),
    ("round(rate, 1)", "4.4 items/1000 persons"),
    ("round(rate, 10 items/10000 persons)", "4 items/1000 persons"),
    ("round(facility_area)", "360 m2"),
    ("round(facility_area, 1)", "360.4 m2"),
    ("ceil(facility_area, 100 m2)", "400 m2"),
    ("ceil(population / 1500 persons)", "2"),
    ("floor(households / 300)", "3 items"),
    ("round(households * 1.0004)", "1000 households"),
]
REFUSED = [
    "round(facility_area / households, 1)", "round(facility_area / households)", "ceil(facility_area / households)",
    "round(registered_volunteers / population, 1)", "round(calls / population, 1)", "ceil(funds / population)",
    "round(cash)", "round(garden, 1)", "round(part, 2)", "round(funds)", "ceil(cash * 1.05)", "floor(part)",
]  # fmt: skip
# In the unit in which the rule speaks.
SPOKEN = [
    ("ceil(registered_volunteers / population)", "at_least: 20%", "1%"),
    ("round(registered_volunteers / population)", 'at_least: 20, unit: "%"', "1%"),
    ("round(facility_area, 1)", "at_least: 0.04, unit: ha", "0.1 ha"),
    ("round(facility_area)", "at_least: 0.04 ha", "1 ha"),
]


@pytest.mark.parametrize(("formula", "value"), RIGHT)
def test_the_step_says_the_unit(formula: str, value: str, tmp_path: Path) -> None:
    rules, file = tmp_path / "rounded.yaml", tmp_path / "return.csv"
    for limit, due in ((value, "pass"), ("1" + value, "fail")):
        rules.write_text(f'{HEAD}indicator: "{formula}", equals: {limit}}}\n', "utf-8")
        file.write_text("\n".join(",".join(line) for line in (CELLS, CELLS.values())), "utf-8")
        (verdict,) = check([file], [rules], as_of=date(2024, 1, 1)).verdicts(all_outcomes=True)
        assert verdict.outcome.word == due, limit


@pytest.mark.parametrize("formula", REFUSED)
def test_without_a_step_it_is_refused(formula: str, tmp_path: Path) -> None:
    rules = tmp_path / "rounded.yaml"
    rules.write_text(f'{HEAD}indicator: "{formula}", at_least: 1}}\n', "utf-8")
    found = lint_files([data_dir("rules")], [rules], as_of=date(2024, 1, 1))[0]
    assert [(one.code, one.key) for one in found if one.level == "error"] == [
        ("expression-round-unit", "R.indicator")
    ]


@pytest.mark.parametrize(("formula", "limit", "step"), SPOKEN)
def test_it_rounds_in_the_unit_in_which_the_rule_speaks(formula: str, limit: str, step: str, tmp_path: Path) -> None:
    rules = tmp_path / "rounded.yaml"
    rules.write_text(f'{HEAD}indicator: "{formula}", {limit}}}\n', "utf-8")
    (fault,) = [
        one for one in lint_files([data_dir("rules")], [rules], as_of=date(2024, 1, 1))[0] if one.level == "error"
    ]
    assert fault.code == "expression-round-unit" and f"{step})" in str(fault.values["near"])
