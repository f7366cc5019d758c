"""The report of one region holds what concerns that region, and nothing is lost between the regions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, Reason, Records, RuleResult, Verdict
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Coded, Column, Table
from communitycheck.model.waiver import Waiver
from communitycheck.products.bundles.parts import by_region, stated_levels
from communitycheck.products.bundles.split import Split
from communitycheck.reporting.totals.regions import region_tallies
from entities import ENTITIES
from reporting.sample_report import dictionary, rule, sample_report

CITIES, COUNTIES, STREETS = ("甲市", "乙市", ""), ("鼓楼区", "和平区", "东区", ""), ("一街道", "二街道", "")


@pytest.fixture(scope="module")
def mixed() -> Report:
    """Three sheets of three kinds of subject, two provinces."""
    files = ["panzhihua_2020.xlsx", "shenyang_2023.xlsx"]
    return check([f"sample_data/{f}" for f in files], as_of=date(2021, 12, 31))


def parts(report: Report, level: str) -> list[Report]:
    split = Split(report, by_region(report, level))
    return [split.report(k) for k in range(len(split))]


def by_record(report: Report) -> Counter[Outcome]:
    tally: Counter[Outcome] = Counter()
    for result in report.results:
        if isinstance(result.subjects, Records):
            tally.update({o: n for o, n in result.counts().items() if n})
    return tally


def places(report: Report) -> list[tuple[str, str, int]]:
    """Every record that the report knows: kind, sheet, row."""
    return [
        (r.table.entity, r.table.sheets[r.table.sheet_of[r.row(i)]].path, int(r.table.row_of[r.row(i)]))
        for r in report.records
        for i in range(len(r))
    ]


@pytest.mark.parametrize("level", ["province", "city", "county", "street"])
def test_what_the_regions_hold_adds_up_to_the_whole(mixed: Report, level: str) -> None:
    split_up = parts(mixed, level)
    assert sum((by_record(one) for one in split_up), Counter()) == by_record(mixed)
    assert sorted(p for one in split_up for p in places(one)) == sorted(places(mixed))
    assert sum(one.subjects for one in split_up) == mixed.subjects
    assert len({one.region for one in split_up}) == len(split_up) > 1


def test_counties_of_the_sample(mixed: Report) -> None:
    split_up = {one.region.path: one for one in parts(mixed, "county") if one.region}
    assert {p[0] for p in split_up if p} == {"攀枝花市", "辽宁省"}
    shenyang = split_up["辽宁省", "沈阳市", "和平区"]
    assert [s.id for s in shenyang.standards] == ["liaoning-2021"]
    assert [r.path for r in shenyang.returns] == ["sample_data/shenyang_2023.xlsx"]
    east = split_up["攀枝花市", "东区"]
    assert [s.id for s in east.standards] == ["panzhihua-2018"]
    assert {n.at.path for n in east.notices if n.at.row or n.at.cell} == {"sample_data/panzhihua_2020.xlsx"}
    # The county's own groups come along, the city's stay behind.
    groups = [r.subjects.subject(i) for r in east.results if r.is_group for i in range(len(r))]
    assert groups and {(g.entity, g.name) for g in groups} == {("county", "东区")}
    # What the city itself reports lies in no county.
    assert "city" in {r.table.entity for r in split_up[()].records}
    assert list(split_up)[-1] == ()


def test_the_report_of_a_region_says_so_in_every_format(mixed: Report) -> None:
    east = next(one for one in parts(mixed, "county") if one.region and one.region.name == "东区")
    for format in ("text", "markdown", "json"):
        shown = "".join(render(east, format, "zh"))
        assert ('"path": ["攀枝花市", "东区"]' if format == "json" else "攀枝花市/东区") in shown
        assert "西区" not in shown


def same(one: Verdict, other: Verdict) -> bool:
    return repr(one) == repr(other)  # NaN included


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of one table, some of its records judged, with every array a result may have."""
    n = draw(st.integers(1, 25))

    def coded(names: tuple[str, ...]) -> Coded:
        chosen = draw(st.lists(st.sampled_from(names), min_size=n, max_size=n))
        known = list(dict.fromkeys(c for c in chosen if c))
        return Coded(np.array([known.index(c) if c else -1 for c in chosen], dtype=np.int32), known)

    regions = {"city": coded(CITIES), "county": coded(COUNTIES), "street": coded(STREETS)}
    for level in draw(st.sets(st.sampled_from(["city", "street"]))):
        del regions[level]
    sheet = Sheet("a.xlsx", "表", "community", header_rows=[1], columns=[SheetColumn("B", "面积", "facility_area")])
    table = Table(
        ENTITIES["community"],
        {"community": Column("community", text=pa.array([f"社区{i}" for i in range(n)]))},
        [sheet],
        np.zeros(n, dtype=np.int32),
        np.arange(2, n + 2, dtype=np.int32),
        regions,
    )
    index = np.array(sorted(draw(st.sets(st.integers(0, n - 1)))), dtype=np.int32) if draw(st.booleans()) else None
    m = n if index is None else len(index)
    outcome = np.array(draw(st.lists(st.sampled_from(OUTCOMES), min_size=m, max_size=m)), dtype=np.uint8)
    missed = np.nonzero((outcome == Outcome.FAIL) | (outcome == Outcome.NOT_DUE))[0].astype(np.int32)
    numbers = np.arange(m, dtype=float)
    result = RuleResult(
        rule("R-1", "s", "规则", "rule"),
        Records(table, index),
        outcome,
        np.full(m, Reason.MET, dtype=np.uint8),
        numbers,
        numbers + 1,
        numbers + 2,
        numbers + 3,
        missed,
        missed * 10.0,
        add=missed * 100.0 if draw(st.booleans()) else None,
        fields=("facility_area",),
        items_missing={int(i): (f"项{i}",) for i in missed[::2]},
        waived={int(i): Waiver("R-1", str(i), "因", "某局", None) for i in missed[1::2]},
    )
    notices = [Notice("unreadable-value", Address("a.xlsx", "表", cell=f"B{i + 2}")) for i in range(n)]
    notices.append(Notice("some-column", Address("a.xlsx", "表", cell="B")))
    one = Return("a.xlsx", "0" * 64, "xlsx", [sheet], [table], notices)
    return Report("1", date(2020, 1, 1), "option", [], dictionary(), [one], [result], list(notices))


@settings(max_examples=120, deadline=None)
@given(reports(), st.sampled_from(["province", "city", "county", "street"]))
def test_every_verdict_is_in_exactly_one_region_unchanged(report: Report, level: str) -> None:
    whole = {str(v.at): v for r in report.results for v in r.verdicts(all_outcomes=True)}
    found: dict[str, Verdict] = {}
    for one in parts(replace(report, standards=[_standard()]), level):
        for result in one.results:
            assert result.is_group is False and len(result.shortfall) == len(result.missed)
            for v in result.verdicts(all_outcomes=True):
                assert str(v.at) not in found
                found[str(v.at)] = v
        rows = {f"B{row}" for _, _, row in places(one)}
        assert {n.at.cell for n in one.notices} == rows | {"B"}
        assert [n.at for n in one.returns[0].notices] == [n.at for n in one.notices]
        assert one.subjects == len(rows)
    assert found.keys() == whole.keys()
    assert all(same(found[k], whole[k]) for k in whole)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_regions_are_those_of_the_summary(report: Report) -> None:
    """A bundle's totals are the line of its region in the whole report's table of regions."""
    lines = [one for _, one in region_tallies(report) if one.level == "county"]
    named = {tuple(p for p in line.path if p): line.failed for line in lines if line.path[-1]}
    for one in parts(replace(report, standards=[_standard()]), "county"):
        region = one.region
        assert region is not None
        fails = one.outcomes()[Outcome.FAIL]
        if region.path:
            assert fails == named.get(region.path, 0)
        else:
            assert fails == sum(line.failed for line in lines if not line.path[-1])


def _standard() -> Any:
    return replace(sample_report().standards[0], id="s")


def test_county_of_one_name_in_two_cities_and_levels_that_a_table_leaves_out() -> None:
    report = sample_report()
    found = {one.region.path for one in parts(report, "county") if one.region}
    assert {("攀枝花市", "鼓楼区"), ("沈阳市", "鼓楼区")} <= found
    # A table of streets that states no city: 西区 can only be that of 攀枝花市, 鼓楼区 could be either.
    below = report.records[1].table
    below.regions = {"county": Coded(np.array([0, 1], dtype=np.int32), ["西区", "鼓楼区"])}
    kinds = {one.region.path: [r.table.entity for r in one.records] for one in parts(report, "county") if one.region}
    assert kinds["攀枝花市", "西区"] == ["community", "street"]
    assert kinds[("鼓楼区",)] == ["street"]


def test_group_verdicts_go_with_the_region_they_lie_in() -> None:
    report = sample_report()

    def groups(level: str) -> dict[tuple[str, ...], list[str]]:
        return {
            one.region.path: sorted(
                {v.subject.name for r in one.results if r.is_group for v in r.verdicts(all_outcomes=True)}
            )
            for one in parts(report, level)
            if one.region
        }

    counties = groups("county")
    assert counties["攀枝花市", "东区"] == ["东区"] and counties["沈阳市", "鼓楼区"] == []
    cities = groups("city")
    assert cities[("攀枝花市",)] == ["东区", "仁和区\n=1+1", "攀枝花市", "西区"]
    assert cities[("沈阳市",)] == ["沈阳市"]


def test_notices_about_rows_of_nobody_stay_in_the_overview() -> None:
    report = sample_report()
    sheet = report.returns[0].sheets[0]
    extra = [
        Notice("about-the-total", Address(sheet.path, sheet.name, 30)),
        Notice("about-the-header", Address(sheet.path, sheet.name, cell="F2")),
        Notice("about-the-file", Address(sheet.path)),
        Notice("about-another-sheet", Address(sheet.path, "说明")),
        Notice("same-file-twice", Address("returns/again.xlsx"), values={"first": sheet.path}),
    ]
    report = replace(report, notices=[*report.notices, *extra])
    for one in parts(report, "county"):
        codes = {n.code for n in one.notices}
        here = sheet.path in {r.path for r in one.returns}
        assert "about-the-total" not in codes
        for code in ("about-the-file", "about-another-sheet", "same-file-twice"):
            assert (code in codes) == here
        assert ("about-the-header" in codes) == (sheet.name in {s.name for s in standing(one)})
        assert "standard-not-in-force" in codes
        assert not one.unread


def standing(report: Report) -> list[Sheet]:
    """Sheets with a record of the report."""
    return [r.table.sheets[r.table.sheet_of[r.row(i)]] for r in report.records for i in range(len(r))]


def test_levels_that_are_stated(mixed: Report) -> None:
    assert stated_levels(mixed) == ("province", "city", "county", "street")
    assert stated_levels(sample_report()) == ("city", "county")


def test_strays_are_counted_where_they_are() -> None:
    """Records that no standard judges are told to the region they lie in, and make it incomplete."""
    report = sample_report()
    table = report.records[0].table
    report.stray = [Records(table, np.array([0, 1, 16], dtype=np.int32))]
    found = {one.region.path: one for one in parts(report, "county") if one.region}
    assert {path: one.unplaced for path, one in found.items() if one.unplaced} == {
        ("攀枝花市", "东区"): 2,
        ("沈阳市", "和平区"): 1,
    }
    east = found["攀枝花市", "东区"]
    assert [n.values["count"] for n in east.notices if n.code == "records-in-no-jurisdiction"][-1] == 2


def test_what_is_told_of_earlier_records_goes_to_their_own_county(tmp_path: Path) -> None:
    rows = {
        2023: "铁东区,甲社区,300\n铁东区,乙社区,450\n立山区,子社区,300\n立山区,丑社区,450\n",
        2024: "铁东区,甲社区,390\n铁东区,乙社区,450\n立山区,子社区,410\n",
    }
    for year, body in rows.items():
        text = f"{year}年社区情况表\n区县,社区名称,综合服务设施面积\n{body}"
        (tmp_path / f"{year}.csv").write_text(text, encoding="utf-8")
    found = {}
    for part in parts(check(tmp_path, region="鞍山市"), "county"):
        told = [(n.code, n.text or n.values["count"]) for n in part.notices if "again" in n.code or "several" in n.code]
        assert part.region is not None
        found[part.region.path[-1]] = (part.subjects, part.repeated, told)
    assert found == {
        "铁东区": (2, 2, [("subjects-of-several-periods", 2)]),
        "立山区": (2, 1, [("subjects-of-several-periods", 1), ("not-reported-again", "丑社区")]),
    }
