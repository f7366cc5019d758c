"""Regions whose own sheet lists them, and of which no record below is listed: none there, or none reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.check.workbook import Rows, book

from communitycheck.check import check
from communitycheck.model.result import MEMBER_REPEATED, NONE_BELOW, Verdict

STANDARD = """
standard: pools
title: {zh: 泳池, en: Pools}
source: {document: 测试}
jurisdiction: {name: 测试地区}
entities:
  pool: {label: {zh: 泳池, en: pool}, code: pool_number, within: [county]}
fields:
  pool_number: {label: {zh: 泳池编号, en: Pool number}, type: code}
  water: {label: {zh: 水面, en: Water}, type: decimal, unit: m2, entities: [pool]}
  heated: {label: {zh: 恒温, en: Heated}, type: truth, entities: [pool]}
rules:
  - {id: W-1, title: 人均水面, clause: 一, applies_to: county, indicator: sum(water) / population,
     at_least: 10 m2/1000 persons, severity: mandatory}
  - {id: W-2, title: 个数, clause: 二, applies_to: county, indicator: count(water > 0 m2) / population,
     at_least: 1 item/10000 persons, severity: mandatory}
  - {id: W-3, title: 恒温, clause: 三, applies_to: county, indicator: share(heated), at_least: 50%, severity: mandatory}
"""
COUNTIES: Rows = [["县区", "常住人口"], ["甲区", 9000], ["乙区", 8000], ["丙区", 7000]]
POOLS: list[object] = ["泳池", "泳池编号", "县区", "水面", "恒温"]
LOCKERS = [("一", "一池"), ("二", "一池"), ("一", "三池")]
SEVERAL: Rows = [["一池", "P1", "甲区", 500, "是"], ["二池", "P2", "乙区", 300, "是"]]


def of_last(tmp_path: Path, sheets: dict[str, Rows], *apart: str) -> list[Verdict]:
    """What the rules say of 丙区; the sheets named in ``apart`` stand in a file of their own."""
    standard = tmp_path / "pools.yaml"
    standard.write_text(STANDARD, encoding="utf-8")
    files = [{k: v for k, v in sheets.items() if (k in apart) == other} for other in (False, True)]
    paths = [book(tmp_path / f"{n}.xlsx", **some) for n, some in enumerate(files) if some]
    report = check(paths, [standard])
    return [v for r in report.results for v in r.verdicts(all_outcomes=True) if v.subject.name == "丙区"]


def test_none_of_what_others_have(tmp_path: Path) -> None:
    found = of_last(tmp_path, {"区": COUNTIES, "泳池": [POOLS, *SEVERAL]})
    assert [v.outcome.word for v in found] == ["fail", "fail", "not_applicable"]
    assert [v.observed for v in found[:2]] == [0, 0]


@pytest.mark.parametrize(
    ("pools", "apart"),
    [
        ([POOLS, SEVERAL[0]], ()),  # of one region alone
        ([POOLS, *SEVERAL], ("泳池",)),  # in a file of their own, which may be of those regions alone
        ([POOLS, *SEVERAL, ["三池", "P3", "丁区", 200, "是"]], ()),  # it may be of any region
        ([POOLS, *SEVERAL, [None, None, None, 200, None]], ()),  # nobody knows what that row is
    ],
)
def test_perhaps_left_out(pools: Rows, apart: tuple[str, ...], tmp_path: Path) -> None:
    found = of_last(tmp_path, {"区": COUNTIES, "泳池": pools}, *apart)
    assert [v.outcome.word for v in found] == ["no_data"] * 3
    assert all([told.code for told in v.untold] == [NONE_BELOW] for v in found)


def test_two_that_may_be_one_are_named(tmp_path: Path) -> None:
    pools = [POOLS, *SEVERAL, ["四池", "P4", "丙区", 60, "是"], ["五池", "P4", "丙区", 40, "是"]]
    verdict = of_last(tmp_path, {"区": COUNTIES, "泳池": pools})[0]
    assert verdict.outcome.word == "no_data"
    assert [(told.code, told.of, told.cell) for told in verdict.untold] == [(MEMBER_REPEATED, "五池", "A5")]


def test_names_within_what_they_lie_in(tmp_path: Path) -> None:
    """Two lockers of one name in two pools are two; ``exists_in`` takes a level by the standard's own word."""
    text = STANDARD.replace(
        "fields:",
        "  locker: {label: {zh: 柜, en: locker}, within: [pool, county]}\nfields:\n  doors: {label: 门数, type: int}",
        1,
    )
    text = text.replace("entities:", "levels: {county: {label: {zh: 行政区, en: borough}}}\nentities:", 1)
    text = text.partition("  - {id: W-1")[0] + (
        "  - {id: W-4, title: 有泳池, clause: 四, applies_to: borough, severity: mandatory,\n"
        '     indicator: \'exists_in(borough, "pool", "borough")\', is: true}\n'
        "  - {id: W-5, title: 柜, clause: 五, applies_to: locker, severity: mandatory,\n"
        "     indicator: 'exists_in(borough, \"borough\")', is: true}\n"
    )
    standard = tmp_path / "pools.yaml"
    standard.write_text(text, encoding="utf-8")
    lockers: Rows = [["柜", "泳池", "县区", "门数"], *([f"{n}号柜", pool, "甲区", 4] for n, pool in LOCKERS)]
    report = check(book(tmp_path / "a.xlsx", 区=COUNTIES, 泳池=[POOLS, *SEVERAL], 柜=lockers), [standard])
    said = {r.rule.id: [v.outcome.word for v in r.verdicts(all_outcomes=True)] for r in report.results}
    assert said == {"W-4": ["pass", "pass", "fail"], "W-5": ["pass"] * 3}
    assert "duplicate-subject" not in {notice.code for notice in report.notices}
