"""A return in the units that a standard declares for its own fields: by the heading, or by the declaration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check

STANDARD = """
standard: declared
title: 单位
source: {document: 示例文件}
jurisdiction: {code: "000000", name: 全国}
fields:
  own_land: {label: 绿地, type: decimal, unit: ha, aliases: [绿地], entities: [community]}
  own_cost: {label: 支出, type: decimal, unit: 元, aliases: [支出], entities: [community]}
  own_beds: {label: 护理床位, type: int, unit: 床, aliases: [护理床位], entities: [community]}
  own_books: {label: 人均图书, type: decimal, unit: 册/人, aliases: [人均图书], entities: [community]}
  own_dense: {label: 居住密度, type: decimal, unit: persons/km2, aliases: [居住密度], entities: [community]}
rules:
  - {id: L5, title: 示例, clause: 一, applies_to: community, indicator: own_land, at_least: 5 ha}
  - {id: L7, title: 示例, clause: 一, applies_to: community, indicator: own_land, at_least: 7 ha}
  - {id: LW, title: 示例, clause: 一, applies_to: community, where: own_land > 5, indicator: own_land, at_most: 9}
  - {id: C, title: 示例, clause: 一, applies_to: community, indicator: own_cost, at_least: 8 万元}
  - {id: B, title: 示例, clause: 一, applies_to: community, indicator: own_beds, at_least: 30 床}
  - {id: K, title: 示例, clause: 一, applies_to: community, indicator: own_books, at_least: 1.5 册/人}
  - {id: D, title: 示例, clause: 一, applies_to: community, indicator: own_dense, at_most: 10000 人/平方公里}
"""
HEADS = {
    "declared": "社区名称,绿地,支出,护理床位,人均图书,居住密度",
    "the same in words": "社区名称,绿地(公顷),支出(元),护理床位(床),人均图书(册/人),居住密度(人/平方公里)",
    "a row of units": "社区名称,绿地,支出,护理床位,人均图书,居住密度\n,㎡,万元,张,册/人,万人/km2",
    "another": "社区名称,绿地(㎡),支出(万元),护理床位(张),人均图书(册/人),居住密度(万人/km2)",
}
ROWS = {
    "declared": "甲社区,6,90000,30,1.2,12000",
    "the same in words": "甲社区,6,90000,30,1.2,12000",
    "a row of units": "甲社区,60000,9,30,1.2,1.2",
    "another": "甲社区,60000,9,30,1.2,1.2",
}
OUTCOMES = {"L5": "pass", "L7": "fail", "LW": "pass", "C": "pass", "B": "pass", "K": "fail", "D": "fail"}


@pytest.mark.parametrize("way", HEADS)
def test_a_column_is_read_in_its_unit(way: str, tmp_path: Path) -> None:
    standard, file = tmp_path / "declared.yaml", tmp_path / "return.csv"
    standard.write_text(STANDARD, "utf-8")
    file.write_text(f"{HEADS[way]}\n{ROWS[way]}\n", "utf-8")
    report = check([file], [standard], as_of=date(2024, 1, 1))
    found = {v.rule.id: v.outcome.word for v in report.verdicts(all_outcomes=True)}
    assert found == OUTCOMES


def test_a_unit_of_another_kind_is_refused(tmp_path: Path) -> None:
    standard, file = tmp_path / "declared.yaml", tmp_path / "return.csv"
    standard.write_text(STANDARD, "utf-8")
    file.write_text("社区名称,居住密度(㎡/人),人均图书(册/户)\n甲社区,40,2\n", "utf-8")
    report = check([file], [standard], as_of=date(2024, 1, 1))
    assert not list(report.verdicts(all_outcomes=True))


def test_a_field_without_a_unit_is_told_beside_a_heading_with_one(tmp_path: Path) -> None:
    standard, file = tmp_path / "declared.yaml", tmp_path / "return.csv"
    standard.write_text(STANDARD.replace("type: decimal, unit: 元,", "type: decimal,").replace("8 万元", "8"), "utf-8")
    file.write_text("社区名称,支出（万元）,护理床位\n甲社区,9,30\n", "utf-8")
    report = check([file], [standard], as_of=date(2024, 1, 1))
    assert {v.rule.id for v in report.verdicts(all_outcomes=True)} == {"B"}
    notices = {notice.code: notice.values for notice in report.notices}
    assert notices["field-without-unit"]["key"] == "own_cost"
    assert notices["column-to-confirm"]["stated"] == "万元"
