"""Groups with blanks: what a verdict says stands behind it, and that its bounds are those of every way to fill them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check
from communitycheck.model.result import Verdict

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "group_tallies.yaml").read_text("utf-8"))
HEADER = "市,社区名称,社区类型,儿童之家,常住人口,注册志愿者人数"
DAY = date(2023, 12, 31)


def judged(
    folder: Path, rule: dict[str, Any], lines: Sequence[str], *, header: str = HEADER
) -> dict[str, Verdict]:
    """The verdicts by the region and name of their subject."""
    usual = {"title": "合计", "clause": "一", "applies_to": "community", "by": ["city"], "severity": "mandatory"}
    body = {
        "standard": "tallies",
        "title": "某省标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "210000", "name": "辽宁省"},
        "rules": [{k: v for k, v in {"id": "T-1", **usual, **rule}.items() if v is not None}],
    }
    (folder / "tallies.yaml").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    (folder / "a.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    report = check(folder / "a.csv", [folder / "tallies.yaml"], as_of=DAY)
    assert not report.unread and report.results[0].checked, report.results[0].lacking
    verdicts = report.results[0].verdicts(all_outcomes=True)
    return {"/".join((*v.subject.region, v.subject.name)): v for v in verdicts}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_stands_behind_a_group(case: dict[str, Any], tmp_path: Path) -> None:
    rows = [f"大连市,第{i}社区,{row.replace('|', ',')}" for i, row in enumerate(case["rows"])]
    (verdict,) = judged(tmp_path, case["rule"], rows, header=case.get("header", HEADER)).values()
    for name, wanted in case["says"].items():
        if name == "outcome":
            assert verdict.outcome.word == wanted
        elif wanted is None:
            assert getattr(verdict, name) is None, name
        else:
            expected = tuple(wanted) if isinstance(wanted, list) else wanted
            assert getattr(verdict, name) == pytest.approx(expected, rel=1e-6), name


def test_a_cell_that_says_it_does_not_apply_is_not_a_share_of_nothing(tmp_path: Path) -> None:
    rule = {"indicator": "party_volunteers / party_members", "by": None, "at_least": "50%"}
    rows = ["大连市,甲社区,不适用,5", "大连市,乙社区,0,0", "大连市,丙社区,6,5"]
    found = judged(tmp_path, rule, rows, header="市,社区名称,党员数,党员志愿者人数")
    assert [(n.rpartition("/")[2], v.outcome.word, v.reason.name) for n, v in found.items()] == [
        ("甲社区", "not_applicable", "EXEMPT"), ("乙社区", "not_applicable", "ZERO_DENOMINATOR"),
        ("丙社区", "pass", "MET"),
    ]  # fmt: skip


def test_a_bound_beyond_what_is_plausible_keeps_its_ends(tmp_path: Path) -> None:
    rule = {
        "indicator": "party_volunteers / party_members", "by": None, "at_least": "50%", "plausible": ["0%", "100%"],
    }  # fmt: skip
    rows = ["大连市,甲社区,100,200余", "大连市,乙社区,100,90余"]
    found = judged(tmp_path, rule, rows, header="市,社区名称,党员数,党员志愿者人数")
    assert [(v.outcome.word, v.observed) for v in found.values()] == [("no_data", (2.0, 3.0)), ("pass", (0.9, 1.0))]


KINDS = list(product(("城市社区", "农村社区", ""), ("有", "无", "")))


def filled(group: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """For every way to fill the blanks of a city: how many urban communities there are, and how many have a home."""
    kinds, homes = ("城市社区", "农村社区"), ("有", "无")
    choices = [list(product([kind] if kind else kinds, [home] if home else homes)) for kind, home in group]
    for way in product(*choices):
        urban = [home for kind, home in way if kind == "城市社区"]
        yield len(urban), urban.count("有")


@pytest.mark.parametrize(("indicator", "limit"), [("share", "60%"), ("count", "2")])
def test_bounds_are_those_of_every_way_to_fill_the_blanks(indicator: str, limit: str, tmp_path: Path) -> None:
    """Every city of up to three communities, each urban, rural or unknown, with a home, without, or unknown."""
    groups = [g for n in (1, 2, 3) for g in combinations_with_replacement(KINDS, n)]
    lines = [f"某{i:03}市,{i}之{k},{kind},{home},1,1" for i, g in enumerate(groups) for k, (kind, home) in enumerate(g)]
    rule = {"indicator": f"{indicator}(has_childrens_home)", "where": 'community_type == "urban"', "at_least": limit}
    verdicts = judged(tmp_path, rule, lines)
    edge = 0.6 if indicator == "share" else 2.0
    for i, group in enumerate(groups):
        verdict, ways = verdicts[f"某{i:03}市"], list(filled(group))
        if not any(urban for urban, _ in ways):
            assert verdict.outcome.word == "not_applicable", group
            continue
        values = {float(with_home) for _, with_home in ways}
        if indicator == "share":  # where perhaps nobody is asked, nothing is certain
            asked = all(urban for urban, _ in ways)
            values = {with_home / urban for urban, with_home in ways} if asked else {0.0, 1.0}
        low, high = min(values), max(values)
        ends = verdict.observed if isinstance(verdict.observed, tuple) else (verdict.observed,) * 2
        assert ends == pytest.approx((low, high)), group
        wanted = "pass" if low >= edge else "fail" if high < edge else "no_data"
        assert verdict.outcome.word == wanted, group


def test_a_rule_for_counties_and_cities_gives_each_its_own_shortfall(tmp_path: Path) -> None:
    rule = {
        "indicator": "sum(registered_volunteers)", "by": ["county", "city"], "at_least": 20,
        "lever": "registered_volunteers",
    }  # fmt: skip
    counties = {"大连市": [("甲县", "12"), ("乙县", "7")], "鞍山市": [("丙县", "25"), ("丁县", "-")]}
    lines = [f"{city},{county},{county}某社区,{n}" for city, those in counties.items() for county, n in those]
    verdicts = judged(tmp_path, rule, lines, header="市,区县,社区名称,注册志愿者人数")
    assert {name: (v.outcome.word, v.shortfall, v.add) for name, v in verdicts.items()} == {
        "大连市/甲县": ("fail", 8, 8), "大连市/乙县": ("fail", 13, 13), "大连市": ("fail", 1, 1),
        "鞍山市/丙县": ("pass", None, None), "鞍山市/丁县": ("no_data", None, None), "鞍山市": ("pass", None, None),
    }  # fmt: skip
