"""A record whose figures cannot be is unknown to every rule and to every sum; the reason names the cells."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang, catalogue
from communitycheck.model.result import Groups, Outcome
from communitycheck.model.table import State
from communitycheck.products.explain.front import explain, render_explanation

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "impossible.yaml").read_text("utf-8"))
OWN = {
    "standard": "impossible", "title": "示例标准", "source": {"document": "文件"},
    "jurisdiction": {"code": "510400", "name": "攀枝花市"},
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_impossible(case: dict[str, Any], tmp_path: Path) -> None:
    standard: Any = case.get("standard")
    if "rules" in case:
        standard = tmp_path / "own.yaml"
        standard.write_text(json.dumps(OWN | {"rules": case["rules"]}, ensure_ascii=False), "utf-8")
    (tmp_path / "a.csv").write_text("\n".join([case["header"], *(row[0] for row in case["rows"])]), "utf-8")
    report = check(tmp_path / "a.csv", [standard], as_of=date(2019, 12, 31), select=case.get("select", ()))
    found: dict[tuple[str, str], str] = {}
    for result in report.results:
        for verdict in result.verdicts(all_outcomes=True):
            group = isinstance(result.subjects, Groups)
            name = "" if group else verdict.subject.name
            found[result.rule.id, name] = verdict.outcome.word.replace("not_due", "fail")
            if verdict.outcome is Outcome.NO_DATA and not group:
                assert verdict.cells, verdict
    for line, wanted in case["rows"]:
        assert {rule: found[rule, line.split(",")[0]] for rule in wanted} == wanted, line
    assert {rule: found[rule, ""] for rule in case.get("groups", {})} == case.get("groups", {})


def test_the_cells_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    text = "社区名称,社区类型,常住人口,注册志愿者,综合服务窗口数\n一社区,城市社区,1000,1200,1"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    report = check(tmp_path / "a.csv", ["panzhihua-2018"], as_of=date(2019, 12, 31), select=["PZ-57c", "PZ-21"])
    share, windows = sorted(report.results, key=lambda result: result.rule.id, reverse=True)
    (verdict,) = share.verdicts(all_outcomes=True)
    assert (verdict.reason.name, verdict.observed, verdict.cells) == ("IMPLAUSIBLE", 1.2, ("D2", "C2"))
    (verdict,) = windows.verdicts(all_outcomes=True)
    assert (verdict.reason.name, verdict.troubled) == ("MISSING", (("population", State.CONTRADICTED, "C2"),))
    (one,) = verdict.impossible
    assert (one.by.rule, one.by.low, one.by.high) == ("PZ-57", 0, 1)  # which has the range first
    assert sorted(one.figures) == [("population", "C2"), ("registered_volunteers", "D2")]
    csv: dict[Lang, str] = {lang: "".join(map(str, render(report, "csv", lang, all_verdicts=True))) for lang in LANGS}
    for lang, plausible in (("zh", "0%～100%"), ("en", "0% to 100%")):
        (line,) = (line for line in csv[lang].splitlines() if "PZ-21" in line)
        assert all(part in line for part in ("PZ-57", plausible, "C2", "D2")), line


@pytest.mark.parametrize("lang", LANGS)
def test_explain_says_what_contradicts_what(lang: Lang, tmp_path: Path) -> None:
    text = "社区名称,社区类型,常住人口,注册志愿者,综合服务窗口数\n一社区,城市社区,1000,1200,1"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    found = explain(tmp_path / "a.csv", "PZ-21", "一社区", standards=["panzhihua-2018"], as_of=date(2019, 12, 31))
    shown = "".join(render_explanation(found, "text", lang))
    assert all(part in shown for part in ("PZ-57", "C2", "D2")), shown


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_cell_has_its_words(state: State) -> None:
    kinds = ("explain-gap",) if state is State.KNOWN else ("explain-gap", "state", "cell", "cause")
    for kind in kinds:
        assert all(catalogue()[f"{kind}-{state.name.lower()}"])


def test_what_is_rare_is_asked_about_and_used(tmp_path: Path) -> None:
    text = "社区名称,社区类型,户数,常住人口,家庭教育指导次数\n一社区,城市社区,900,300,400\n二社区,城市社区,300,900,366"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    report = check(tmp_path / "a.csv", ["panzhihua-2018"], as_of=date(2019, 12, 31), select=["PZ-41"])
    asked = {(notice.code, notice.at.cell) for notice in report.notices}
    assert {("fewer-than", "D2"), ("unusual-value", "E2")} <= asked and ("unusual-value", "E3") not in asked


def test_something_of_nothing_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("社区名称,社区类型,社区党员数,参与志愿服务党员数\n一社区,城市社区,0,5", "utf-8")
    report = check(tmp_path / "a.csv", ["panzhihua-2018"], as_of=date(2019, 12, 31), select=["PZ-14c"])
    (verdict,) = report.results[0].verdicts(all_outcomes=True)
    assert (verdict.reason.name, verdict.observed) == ("IMPLAUSIBLE", None)
    text = "".join(map(str, render(report, "csv", "en", all_verdicts=True)))
    assert "something is counted of nothing, which cannot be right; check the data (D2 C2)" in text
    assert math.isnan(report.to_frame()["observed"][0])
