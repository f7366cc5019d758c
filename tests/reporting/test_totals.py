"""The same totals in every format, and every count the sum of its parts."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import openpyxl
import pytest

from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.reporting import render
from communitycheck.reporting.numbers import amount, rate
from communitycheck.reporting.sentences import Wording
from communitycheck.reporting.summary import causes
from communitycheck.reporting.xlsx import write_workbook


@pytest.fixture(scope="module")
def totals(report: Report) -> dict[str, int]:
    return {o.word: n for o, n in report.outcomes().items()}


def shown(report: Report, format: str, lang: Lang = "en", **options: Any) -> str:
    return "".join(render(report, format, lang, **options))


def workbook(report: Report, lang: Lang, folder: Path, **options: Any) -> Any:
    sink = BytesIO()
    write_workbook(report, sink, lang, folder=folder, **options)
    return openpyxl.load_workbook(sink)


def test_the_report_holds_every_outcome(totals: dict[str, int]) -> None:
    assert all(totals[o.word] for o in OUTCOMES)


def test_json(report: Report, totals: dict[str, int]) -> None:
    found = json.loads(shown(report, "json"))
    every = json.loads(shown(report, "json", all_verdicts=True))
    assert found["summary"]["outcomes"] == totals
    assert found["summary"]["verdicts"] == sum(totals.values()) == len(every["verdicts"])
    for word, n in totals.items():
        assert sum(r["outcomes"][word] for r in found["rules"]) == n
        assert sum(v["outcome"] == word for v in every["verdicts"]) == n
        assert sum(v["outcome"] == word for v in found["verdicts"]) == (0 if word in ("pass", "not_applicable") else n)
    assert found["summary"]["waived"] == sum(v["waiver"] is not None for v in found["verdicts"]) == 1
    assert sum(found["summary"]["subjects_by_entity"].values()) == found["summary"]["subjects"]


def test_a_rule_s_regions_add_up_to_the_rule(report: Report) -> None:
    found = json.loads(shown(report, "json"))
    rules = {r["id"]: r for r in found["rules"]}
    for level in ("city", "county"):
        for rule in {g["rule"] for g in found["groups"]}:
            mine = [g for g in found["groups"] if g["rule"] == rule and g["level"] == level]
            outcomes = rules[rule]["outcomes"]
            assert sum(g["passed"] for g in mine) == outcomes["pass"]
            assert sum(g["judged"] for g in mine) == outcomes["pass"] + outcomes["fail"]
            assert sum(g["no_data"] for g in mine) == outcomes["no_data"] + outcomes["error"]
            if rules[rule]["shortfall"] is not None:
                assert sum(g["shortfall"] for g in mine) == pytest.approx(rules[rule]["shortfall"])
    counties = {(*g["region"], g["name"]) for g in found["groups"] if g["level"] == "county"}
    assert {("攀枝花市", "鼓楼区"), ("沈阳市", "鼓楼区")} <= counties


def test_a_rule_s_shortfall_is_that_of_its_fails(report: Report) -> None:
    found = json.loads(shown(report, "json"))
    for rule in found["rules"]:
        if rule["shortfall"] is None:
            continue
        fails = [v for v in found["verdicts"] if v["rule"] == rule["id"] and v["outcome"] == "fail"]
        amounts = [v["lever"]["add"] if v["lever"] else v["shortfall"] for v in fails]
        assert sum(amounts) == pytest.approx(rule["shortfall"])


@pytest.mark.parametrize("lang", LANGS)
def test_csv_has_the_rows_of_json(report: Report, lang: Lang) -> None:
    for every in (False, True):
        rows = list(csv.reader(StringIO(shown(report, "csv", lang, all_verdicts=every))))
        verdicts = json.loads(shown(report, "json", lang, all_verdicts=every))["verdicts"]
        assert len(rows) - 1 == len(verdicts)
        wording = Wording.of(report, lang)
        words = {o.word: wording.outcome(o) for o in OUTCOMES}
        assert [(r[0], r[5]) for r in rows[1:]] == [(v["rule"], words[v["outcome"]]) for v in verdicts]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", ["text", "markdown", "github", "circular"])
def test_text_formats_state_the_totals(report: Report, format: str, lang: Lang) -> None:
    wording = Wording.of(report, lang)
    text = re.sub(r"\s+", "", shown(report, format, lang))
    for outcome, n in report.outcomes().items():
        assert re.sub(r"\s+", "", f"{wording.outcome(outcome)}{n}") in text


@pytest.mark.parametrize("lang", LANGS)
def test_html(report: Report, totals: dict[str, int], lang: Lang) -> None:
    page = lxml.html.document_fromstring(shown(report, "html", lang, all_verdicts=True))
    stated = {row.get("data-outcome"): int(row[1].text) for row in page.xpath("//tr[@data-outcome]")}
    assert stated == totals | {"all": sum(totals.values())}
    data = json.loads(page.get_element_by_id("data").text)
    for outcome in OUTCOMES:
        assert sum(row[1] == outcome for row in data["rows"]) == totals[outcome.word]
    rules = {r["id"]: r for r in json.loads(shown(report, "json", lang))["rules"]}
    wording = Wording.of(report, lang)
    for row in page.xpath("//tr[@data-rule]"):
        rule, cells = rules[row.get("data-rule")], [" ".join(cell.text_content().split()) for cell in row]
        counted = rule["outcomes"]
        judged = counted["pass"] + counted["fail"]
        assert cells[2:5] == [rule["clause"], rule["threshold"], f"{counted['pass']}/{judged}"]
        assert cells[5] == (rate(counted["pass"], judged) or wording.say("not-available"))
        assert [cell.text.strip() for cell in row[7:11]] == [
            str(counted["fail"]), str(counted["not_due"]), str(counted["no_data"] + counted["error"]),
            str(counted["not_applicable"]),
        ]  # fmt: skip
        short = amount(rule["shortfall"], rule["shortfall_unit"], lang) if rule["shortfall"] else wording.say("none")
        assert cells[11] == short
    undecided = [int(row[1].text) for row in page.xpath("//*[@id='undecided']//tbody/tr")]
    assert undecided == [c.count for c in causes(report)]


def test_junit(report: Report, totals: dict[str, int]) -> None:
    root = ElementTree.fromstring(shown(report, "junit"))
    for word, n in totals.items():
        assert sum(int(p.get("value", "")) for p in root.iter("property") if p.get("name") == f"outcome.{word}") == n
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == sum(c.find(kind) is not None for c in cases)
    assert sum(len(s.findall("testcase")) for s in root) == len(report.results) + len(report.unread)


def test_sarif(report: Report, totals: dict[str, int]) -> None:
    run = json.loads(shown(report, "sarif", all_verdicts=True))["runs"][0]
    assert run["properties"]["outcomes"] == totals
    for word, n in totals.items():
        assert sum(r["properties"]["outcome"] == word for r in run["results"]) == n
        assert sum(r["properties"]["outcomes"][word] for r in run["tool"]["driver"]["rules"]) == n


def test_workbook(report: Report, totals: dict[str, int], tmp_path: Path) -> None:
    book = workbook(report, "en", tmp_path, all_verdicts=True)
    assert len(list(book["Failures"].rows)) - 1 == totals["fail"] + totals["not_due"]
    assert len(list(book["Could not judge"].rows)) - 1 == totals["no_data"] + totals["error"]
    assert len(list(book["All verdicts"].rows)) - 1 == sum(totals.values())
    summary = {row[0].value: row[2].value for row in book["Summary"].rows if row[2].value is not None}
    wording = Wording.of(report, "en")
    assert [summary[wording.outcome(o)] for o in OUTCOMES] == list(totals.values())
    assert summary["all"] == sum(totals.values())
    head, *rules = [[c.value for c in row] for row in book["Rules"].rows]
    for outcome, title in ((Outcome.PASS, "passed"), (Outcome.FAIL, "fail"), (Outcome.NO_DATA, "no data")):
        assert sum(r[head.index(title)] for r in rules) == totals[outcome.word]


def test_causes_add_up_to_what_could_not_be_judged(report: Report, totals: dict[str, int]) -> None:
    assert sum(c.count for c in causes(report)) == totals["no_data"] + totals["error"]
