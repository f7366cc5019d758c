"""What the records of a region must name together: every way in which blanks may be filled is tried."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.check import check
from communitycheck.checking.groups.listed import Members, in_lists, listed, one_by_one
from communitycheck.messages import LANGS
from communitycheck.model.expression.values import Txt
from communitycheck.model.report import Report
from communitycheck.reporting.words.sentences import Wording

WANTED = ("一", "二", "三")
NAMES = ["一", "二", "三", "四"]


def filled(records: list[tuple[int, int, int]], groups: int) -> list[set[int]]:
    """How many of the wanted each group may have, each blank filled in with anything and each doubt taken both ways."""
    found: list[set[int]] = [set() for _ in range(groups)]
    choices = [
        [
            (name, home)
            for name in (NAMES if said < 0 else [NAMES[said]])
            for home in ([group] if group >= 0 else [*range(groups), None])
            for counts in ([True] if standing == 2 else [True, False] if standing == 1 else [False])
            for home in ([home] if counts else [None])
        ]
        for said, group, standing in records
    ]
    for way in product(*choices):
        for group in range(groups):
            found[group].add(len({name for name, home in way if home == group} & {*WANTED}))
    return found


record = st.tuples(st.integers(-1, 3), st.integers(-1, 1), st.integers(0, 2))


@settings(max_examples=300, deadline=None)
@given(st.lists(record, max_size=4))
def test_bounds_hold_every_way_of_filling_in_the_blanks(records: list[tuple[int, int, int]]) -> None:
    said, codes, standing = (np.array([r[k] for r in records], np.int32) for k in range(3))
    members = Members(codes, 2, (standing == 2) & (codes >= 0), (standing == 1) | ((standing == 2) & (codes < 0)))
    found = listed(Txt(said, NAMES), WANTED, one_by_one(WANTED, ""), members, np.zeros(2))
    for group, possible in enumerate(filled(records, 2)):
        assert (found.number.lo[group], found.number.hi[group]) == (min(possible), max(possible))


def test_an_unread_row_may_name_one_and_a_blank_list_all() -> None:
    members = Members(np.zeros(2, np.int32), 1, np.ones(2, bool), np.zeros(2, bool))
    value = Txt(np.array([0, 1]), ["一", "四"])
    one = listed(value, WANTED, one_by_one(WANTED, ""), members, np.ones(1))
    assert (one.number.lo[0], one.number.hi[0], one.missing(0)) == (1, 2, ("二", "三"))
    cells = Txt(np.array([0, -1]), ["一、二"])
    several = listed(cells, WANTED, in_lists(WANTED), members, np.zeros(1), most=3)
    assert (several.number.lo[0], several.number.hi[0], several.missing(0)) == (2, 3, ("三",))


STANDARD = """
standard: roll
title: 名册
source: {{document: 文件}}
jurisdiction: {{code: "210200", name: 大连市, divisions: [东区, 西区]}}
rules:
  - {{id: R-1, title: 都要填报, clause: 一, applies_to: community, severity: mandatory, {rule}}}
"""


def judged(folder: Path, rule: str, *rows: str) -> Report:
    standard, source = folder / "roll.yaml", folder / "return.csv"
    standard.write_text(STANDARD.format(rule=rule), encoding="utf-8")
    source.write_text("\n".join(["市,县区,社区名称,社区类型,区划代码", *rows]), encoding="utf-8")
    return check([source], [standard])


def outcomes(report: Report) -> dict[str, str]:
    return {v.subject.name: v.outcome.word for v in report.results[0].verdicts(all_outcomes=True)}


def row(county: str, community: str, kind: str = "城市", code: Any = "") -> str:
    return f"大连市,{county},{community},{kind},{code}"


def test_the_missing_ones_are_named(tmp_path: Path) -> None:
    rule = "by: county, indicator: community, covers: [红旗社区, 春光社区, 前进社区]"
    rows = [row("东区", "红旗社区居委会"), row("东区", "春光社区"), row("西区", "红旗社区"), row("西区", "青泥社区")]
    report = judged(tmp_path, rule, *rows, row("东区", "前进社区"))
    assert outcomes(report) == {"东区": "pass", "西区": "fail"}
    (fail,) = (v for v in report.results[0].verdicts() if v.outcome.word == "fail")
    assert fail.missing_items == ("春光社区", "前进社区") and fail.shortfall == 2
    for lang, ends in zip(LANGS, ("缺少：春光社区、前进社区", "missing: 春光社区, 前进社区"), strict=True):
        assert Wording(lang, report.dictionary, report.standards, report.as_of).reason(fail).endswith(ends)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("by: county, indicator: community_type, covers: [urban, rural]", {"东区": "pass", "西区": "fail"}),
        ("by: county, indicator: community_type, covers: [urban, rural], at_least: 1",
         {"东区": "pass", "西区": "pass"}),
        ('by: county, indicator: region_code, covers: ["210202001001"]', {"东区": "pass", "西区": "no_data"}),
        ('by: county, where: community_type == "rural", indicator: community, covers: [甲社区]',
         {"东区": "fail", "西区": "not_applicable"}),
        ("by: [county, city], indicator: community, covers: [甲社区, 丁社区]",
         {"东区": "fail", "西区": "fail", "大连市": "pass"}),
    ],
)  # fmt: skip
def test_classes_codes_and_conditions(rule: str, wanted: dict[str, str], tmp_path: Path) -> None:
    rows = [row("东区", "甲社区", "城市", "210202001001"), row("东区", "乙社区", "农村", "210202001002")]
    report = judged(tmp_path, rule, *rows, row("西区", "丁社区", "城市"))
    assert outcomes(report) == wanted


def test_a_return_of_a_part_of_the_whole_lacks_nothing_for_certain(tmp_path: Path) -> None:
    rule = "by: city, indicator: community, covers: [甲社区, 丁社区]"
    assert outcomes(judged(tmp_path, rule, row("东区", "甲社区"))) == {"大连市": "no_data"}
    rule = "by: city, indicator: community, covers: [甲社区]"
    assert outcomes(judged(tmp_path, rule, row("东区", "甲社区"))) == {"大连市": "pass"}


def test_a_row_that_could_not_be_read_may_be_the_missing_one(tmp_path: Path) -> None:
    rule = "by: county, indicator: community, covers: [甲社区, 丁社区]"
    rows = [row("东区", "甲社区"), row("东区", "", "农村"), row("西区", "甲社区"), row("西区", "丁社区")]
    report = judged(tmp_path, rule, *rows)
    assert outcomes(report) == {"东区": "no_data", "西区": "pass"}
