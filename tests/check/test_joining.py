"""Sheets of one return that list the same communities are judged as one table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from check.workbook import Rows, book
from communitycheck import check
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.products.explain.front import explain

PEOPLE: Rows = [
    ["2023年鞍山市社区人口情况"],
    ["区县", "社区名称", "社区类型", "户数"],
    ["铁东区", "甲社区", "城市", 1000],
    ["铁东区", "乙社区", "城市", 2000],
    ["铁东区", "丙社区", "城市", 3000],
]
JOINED, NOT_JOINED = {"sheets-joined"}, {"subjects-in-two-sheets"}
# The sheet beside it, what 每百户 is for each community in the order of the records (None: no data), and the notices.
ALONE = [("甲", None), ("乙", None), ("丙", None)]
Judged = list[tuple[str, float | tuple[float, float] | None]]
CASES: dict[str, tuple[Rows, Judged, set[str]]] = {
    "in another order": (
        [["社区名称", "综合服务设施面积"], ["丙社区", 900], ["甲社区", 299], ["乙社区", 600]],
        [("甲", 29.9), ("乙", 30.0), ("丙", 30.0)],
        JOINED,
    ),
    "one blank, one of its own": (
        [["社区名称", "综合服务设施面积"], ["丙社区", None], ["甲社区", 300], ["丁社区", 600]],
        [("甲", 30.0), ("乙", None), ("丙", None), ("丁", None)],
        JOINED,
    ),
    "a figure in both, the same": (
        [["社区名称", "户数", "综合服务设施面积"], ["甲社区", "1,000", 300], ["乙社区", 2000, 599]],
        [("甲", 30.0), ("乙", 29.95), ("丙", None)],
        JOINED,
    ),
    "a figure in both that differs": (
        [
            ["区县", "社区名称", "户数", "综合服务设施面积"],
            ["铁东区", "甲社区", 1001, 300],
            ["铁东区", "乙社区", 2000, 600],
        ],
        [*ALONE, ("甲", 300 / 1001 * 100), ("乙", 30.0)],
        NOT_JOINED,
    ),
    "a blank in the first is filled from the second": (
        [
            ["社区名称", "社区类型", "户数", "综合服务设施面积"],
            ["丁社区", "城市", 1000, 300],
            ["乙社区", None, None, 600],
            ["甲社区", "城市", 1000, 300],
        ],
        [("甲", 30.0), ("乙", 30.0), ("丙", None), ("丁", 30.0)],
        JOINED,
    ),
    "bounds": (
        [["社区名称", "户数", "综合服务设施面积"], ["甲社区", 1000, "400余"], ["乙社区", 2000, "近500"]],
        [("甲", (40.0, 50.0)), ("乙", (20.0, 25.0)), ("丙", None)],
        JOINED,
    ),
    "exempt here, a figure there": (
        [
            ["区县", "社区名称", "户数", "综合服务设施面积"],
            ["铁东区", "甲社区", "不涉及", 300],
            ["铁东区", "乙社区", 2000, 600],
        ],
        [*ALONE, ("乙", 30.0)],
        NOT_JOINED,
    ),
    "a text that differs": (
        [
            ["区县", "社区名称", "社区类型", "户数", "综合服务设施面积"],
            ["铁东区", "甲社区", "农村", 1000, 300],
            ["铁东区", "乙社区", "城市", 2000, 600],
        ],
        [*ALONE, ("甲", 30.0), ("乙", 30.0)],
        NOT_JOINED,
    ),
    "on its side": (
        [["指标", "甲社区", "乙社区", "丙社区"], ["综合服务设施面积", 300, 600, 899], ["党员人数", 30, 40, 50]],
        [("甲", 30.0), ("乙", 30.0), ("丙", 899 / 30)],
        JOINED,
    ),
    "two tables, one below the other": (
        [
            ["社区名称", "综合服务设施面积"],
            ["甲社区", 300],
            ["乙社区", 600],
            [],
            [],
            ["社区名称", "党员人数"],
            ["丙社区", 30],
            ["甲社区", 60],
        ],
        [("甲", 30.0), ("乙", 30.0), ("丙", None)],
        JOINED,
    ),
    "a title that speaks of another county": (
        [["鞍山市立山区社区设施"], ["社区名称", "综合服务设施面积"], ["甲社区", 300], ["乙社区", 600]],
        [("甲", 30.0), ("乙", 30.0), ("丙", None)],
        JOINED,  # the first speaks of the city alone
    ),
    "another period": (
        [
            ["2022年鞍山市社区设施情况"],
            ["区县", "社区名称", "综合服务设施面积"],
            ["铁东区", "甲社区", 300],
            ["铁东区", "乙社区", 600],
        ],
        ALONE,  # of 2023; what 2022 says of the two is compared with at most
        set(),
    ),
    "another county": (
        [["区县", "社区名称", "综合服务设施面积"], ["立山区", "甲社区", 300], ["立山区", "乙社区", 600]],
        [*ALONE, ("甲", None), ("乙", None)],
        set(),
    ),
    "less than half the same": (
        [["社区名称", "综合服务设施面积"], ["甲社区", 300], *([f"{k}社区", 600] for k in "戊己庚辛")],
        [*ALONE, ("甲", None), *((k, None) for k in "戊己庚辛")],
        set(),
    ),
}


BOTH: Rows = [
    ["社区名称", "社区类型", "户数", "综合服务设施面积"],
    ["一社区", "城市", 1000, 300],
    ["二社区", "城市", 900, 270],
]
FORM: Rows = [BOTH[0], ["一社区", "城市", None, None], ["二社区", "城市", None, None]]
SEVERAL: dict[str, tuple[dict[str, Rows], list[float | None]]] = {
    "a form for each county, one not yet filled in": ({"铁东区": FORM, "立山区": BOTH}, [None, None, 30.0, 30.0]),
    "the same, where no name tells": ({"1": FORM, "2": BOTH}, [None, None, 30.0, 30.0]),
    "two counties with the same figures": ({"铁东区": BOTH, "立山区": BOTH}, [30.0] * 4),
    "two streets, a table for each": (
        {"解放街道": [row[:3] for row in BOTH], "胜利街道": [[row[0], row[3]] for row in BOTH]},
        [None] * 4,
    ),
    "one county, spelled with its city and without": (
        {"鞍山铁东区": [row[:3] for row in BOTH], "铁东区设施": [[row[0], row[3]] for row in BOTH]},
        [30.0, 30.0],
    ),
    "a copy": ({"1": BOTH, "1 (2)": BOTH}, [30.0, 30.0]),
    "three, and the third has what the first lacks of a subject of the second": (
        {
            "户数": [row[:3] for row in BOTH],
            "面积": [*([row[0], row[3]] for row in BOTH), ["三社区", 600]],
            "补": [["社区名称", "社区类型", "户数"], ["三社区", "城市", 1000], ["一社区", "城市", 1000]],
        },
        [30.0, 30.0, 60.0],
    ),
}


def judged(path: Path, **options: Any) -> Report:
    return check(path, "liaoning-2021", as_of=date(2023, 12, 31), select=["LN-03"], **options)


def verdicts(report: Report) -> list[Any]:
    (result,) = report.results
    return [v for v in result.verdicts(all_outcomes=True) if v.outcome is not Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sheets_with_the_same_subjects(case: tuple[Rows, Judged, set[str]], tmp_path: Path) -> None:
    sheet, expected, codes = case
    report = judged(book(tmp_path / "return.xlsx", 人口=PEOPLE, 设施=sheet))
    found = [(v.subject.name[0], v.observed) for v in verdicts(report)]
    assert found == [(name, value and pytest.approx(value)) for name, value in expected]
    assert {n.code for n in report.notices} & (JOINED | NOT_JOINED) == codes


@pytest.mark.parametrize("case", SEVERAL.values(), ids=SEVERAL)
def test_several_sheets(case: tuple[dict[str, Rows], list[float | None]], tmp_path: Path) -> None:
    sheets, expected = case
    workbook = book(tmp_path / "return.xlsx", **sheets)
    assert [v.observed for v in verdicts(judged(workbook))] == [x and pytest.approx(x) for x in expected]


def test_what_fills_a_blank_is_told_by_its_own_address(tmp_path: Path) -> None:
    sheet = CASES["a blank in the first is filled from the second"][0]
    people = [*PEOPLE[:2], ["铁东区", "甲社区", "城市", None], *PEOPLE[3:]]
    path = book(tmp_path / "return.xlsx", 人口=people, 设施=sheet)
    first = verdicts(judged(path))[0]
    assert (first.observed, set(first.cells)) == (pytest.approx(30.0), {"设施!D4", "设施!C4"})
    (one,) = explain(path, "LN-03", "甲社区", standards=["liaoning-2021"], as_of=date(2023, 12, 31)).explanations
    found = {i.key: (i.at.sheet, i.at.cell, i.header) for i in one.inputs if i.at is not None}
    assert found["households"] == ("设施", "C4", "户数")


def test_tables_stacked_on_one_sheet_keep_their_headings(tmp_path: Path) -> None:
    areas: Rows = [["社区名称", "综合服务设施面积"], ["乙社区", 600], ["甲社区", 300]]
    path = book(tmp_path / "return.xlsx", 表=[*PEOPLE, [], [], *areas])
    (one,) = explain(path, "LN-03", "甲社区", standards=["liaoning-2021"], as_of=date(2023, 12, 31)).explanations
    found = {i.key: (i.at.cell, i.header) for i in one.inputs if i.at is not None}
    assert found["facility_area"] == ("B10", "综合服务设施面积")


def test_cells_of_both_sheets_are_named_and_subjects_count_once(tmp_path: Path) -> None:
    report = judged(book(tmp_path / "return.xlsx", 人口=PEOPLE, 设施=CASES["in another order"][0]))
    assert sum(len(records) for records in report.records) == 3
    first = verdicts(report)[0]
    assert (first.at.sheet, first.at.row, set(first.cells)) == ("人口", 3, {"设施!B3", "D3"})
    (notice,) = [n for n in report.notices if n.code == "sheets-joined"]
    assert (notice.at.sheet, notice.values, notice.level) == ("设施", {"count": 3, "first": "人口"}, "info")


def test_a_name_that_stands_twice_is_not_joined(tmp_path: Path) -> None:
    twice: Rows = [["社区名称", "综合服务设施面积"], ["甲社区", 300], ["甲社区", 100], ["乙社区", 600], ["丙社区", 900]]
    report = judged(book(tmp_path / "return.xlsx", 人口=PEOPLE, 设施=twice))
    outcomes = sorted((v.subject.name, v.outcome.name) for v in verdicts(report))
    assert outcomes == [("丙社区", "PASS"), ("乙社区", "PASS"), *[("甲社区", "NO_DATA")] * 3]


def test_codes_join_what_is_spelled_in_two_ways(tmp_path: Path) -> None:
    one: Rows = [["行政区划代码", "社区名称", "户数"], *([f"21030200100{k}", f"{k}社区", 1000] for k in "123")]
    other: Rows = [
        ["行政区划代码", "社区居委会名称", "综合服务设施面积"],
        *([f"21030200100{k}", f"第{k}社区居委会", 300 + int(k)] for k in "321"),
    ]
    report = judged(book(tmp_path / "return.xlsx", 人口=one, 设施=other))
    assert [(v.subject.name, v.observed) for v in verdicts(report)] == [
        ("1社区", pytest.approx(30.1)),
        ("2社区", pytest.approx(30.2)),
        ("3社区", pytest.approx(30.3)),
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_table_in_two_sheets_is_judged_like_the_whole(data: st.DataObject, tmp_path: Path) -> None:
    n = data.draw(st.integers(2, 6))
    number = st.one_of(st.none(), st.integers(1, 3000), st.sampled_from(["约500", "无法统计"]))
    numbers = st.lists(number, min_size=n - 1, max_size=n - 1)
    columns: dict[str, list[Any]] = {name: [1000, *data.draw(numbers)] for name in ("户数", "综合服务设施面积")}
    columns["社区类型"] = data.draw(st.lists(st.sampled_from(["城市", "农村", None]), min_size=n, max_size=n))
    names = [f"{k}号社区" for k in range(n)]
    apart = data.draw(st.sets(st.sampled_from(list(columns)), min_size=1, max_size=2))
    order = data.draw(st.permutations(range(n)))

    def sheet(keys: list[str], rows: list[int]) -> Rows:
        return [["社区名称", *keys], *([names[i], *(columns[k][i] for k in keys)] for i in rows)]

    whole = book(tmp_path / "whole.xlsx", 全部=sheet(list(columns), list(range(n))))
    parts = book(
        tmp_path / "parts.xlsx",
        甲=sheet([k for k in columns if k not in apart], list(range(n))),
        乙=sheet(sorted(apart), list(order)),
    )
    found = [
        [
            (v.rule.id, v.subject.name, v.outcome, v.observed, v.shortfall)
            for result in check(path, "liaoning-2021", as_of=date(2023, 12, 31), select=["LN-0[123]"]).results
            for v in result.verdicts(all_outcomes=True)
        ]
        for path in (whole, parts)
    ]
    assert found[0] == found[1]


def _workbook(folder: Path, first: Rows, second: Rows) -> Report:
    path = folder / "a.xlsx"
    book(path, 人口=first, 设施=second)
    return check(path, ["liaoning-2021"], as_of=date(2023, 12, 31))


FEW: Rows = [["社区名称", "综合服务设施面积", "一室多用"], ["甲社区", 500, "是"], ["乙社区", 500, "否"]]


def test_who_is_not_on_the_other_sheet_is_not_judged_and_the_sheet_is_named(tmp_path: Path) -> None:
    """No rule says of 丙社区 that another table judges it: none lists it."""
    report = _workbook(tmp_path, PEOPLE, FEW)
    assert any(notice.code == "sheets-joined" for notice in report.notices)
    for rule, word in (("LN-01", "no_data"), ("LN-03", "no_data"), ("LN-04", "no_data")):
        (result,) = (r for r in report.results if r.rule.id == rule)
        (verdict,) = (v for v in result.verdicts(all_outcomes=True) if v.subject.name == "丙社区")
        assert verdict.outcome.word == word, rule
        assert [(state.name, spot) for _, state, spot in verdict.troubled] == [("UNLISTED", "设施")], rule


def test_of_sheets_that_make_no_table_only_namesakes_are_judged_by_the_other(tmp_path: Path) -> None:
    second: Rows = [FEW[0], FEW[1], *([f"{k}社区", 600, "是"] for k in "戊己庚辛")]
    report = _workbook(tmp_path, PEOPLE, second)
    (result,) = (r for r in report.results if r.rule.id == "LN-04")
    found = [(v.subject.name, v.outcome.word) for v in result.verdicts(all_outcomes=True)]
    assert found == [
        ("甲社区", "not_applicable"), ("乙社区", "no_data"), ("丙社区", "no_data"), ("甲社区", "pass"),
        ("戊社区", "pass"), ("己社区", "pass"), ("庚社区", "pass"), ("辛社区", "pass"),
    ]  # fmt: skip
