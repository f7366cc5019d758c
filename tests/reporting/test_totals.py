"""The same totals in every format, and every count the sum of its parts."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import numpy as np
import openpyxl
import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.model.waiver import WaivedSubject, Waiver
from communitycheck.reporting.formats.xlsx.sheets import write_workbook
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.causes import causes
from communitycheck.reporting.totals.rules import is_listed, open_notices, tally
from communitycheck.reporting.words.numbers import rate
from communitycheck.reporting.words.sentences import Wording
from paths import SAMPLES
from reporting.sample_report import sample_report


def judged(name: str, *rules: str, others: tuple[str, ...] = ()) -> Report:
    """The report on a sample return, of some rules."""
    if not (SAMPLES / name).exists():
        pytest.skip("no sample returns")
    return check([str(SAMPLES / name), *others], select=rules)


def waived() -> Report:
    """A report in which every third fail of each rule is waived."""
    whole = judged("shenyang_2023.xlsx", "LN-01")
    for result in whole.results:
        fails = np.nonzero(result.outcome == Outcome.FAIL)[0].tolist()
        whom = {i: WaivedSubject(name=str(i)) for i in fails[::3]}
        result.waived = {i: Waiver(result.rule.id, one, "正在改建", "局务会") for i, one in whom.items()}
    return whole


def unread(folder: Path) -> Report:
    """A report with a return that could not be read, and one with nothing in it."""
    broken, empty = folder / "坏.xlsx", folder / "空.csv"
    broken.write_bytes(b"PK\x03\x04 broken")
    empty.write_bytes(b"")
    return judged("panzhihua_2020.xlsx", "PZ-03", "PZ-33", others=(str(broken), str(empty)))


REPORTS: dict[str, Callable[[Path], Report]] = {
    "every outcome": lambda _: sample_report(),
    "panzhihua": lambda _: judged("panzhihua_2020.xlsx", "PZ-01*", "PZ-03", "PZ-14*"),
    "shenyang": lambda _: judged("shenyang_2023.xlsx", "LN-03"),
    "published figures": lambda _: judged("published_figures.xlsx"),
    "waived": lambda _: waived(),
    "unread": unread,
}


@pytest.fixture(
    scope="module",
    params=[pytest.param(one, marks=pytest.mark.slow if one == "shenyang" else ()) for one in REPORTS],
)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return REPORTS[request.param](tmp_path_factory.mktemp("returns"))


@pytest.fixture(scope="module")
def totals(whole: Report) -> dict[str, int]:
    return {o.word: n for o, n in whole.outcomes().items()}


class Shown:
    """A report in every format, each written once for all tests that read it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.written: dict[tuple[Any, ...], Any] = {}

    def __call__(self, format: str, lang: Lang = "en", *, all_verdicts: bool = False) -> str:
        key = format, lang, all_verdicts
        if key not in self.written:
            self.written[key] = "".join(render(self.report, format, lang, all_verdicts=all_verdicts, details=True))
        return str(self.written[key])

    def json(self, lang: Lang = "en", *, all_verdicts: bool = False) -> Any:
        key = "json, read", lang, all_verdicts
        if key not in self.written:
            self.written[key] = json.loads(self("json", lang, all_verdicts=all_verdicts))
        return self.written[key]


@pytest.fixture(scope="module")
def shown(whole: Report) -> Shown:
    return Shown(whole)


def workbook(report: Report, lang: Lang, folder: Path, **options: Any) -> dict[str, list[list[Any]]]:
    """The rows of each sheet."""
    sink = BytesIO()
    write_workbook(report, sink, lang, folder=folder, **options)
    book = openpyxl.load_workbook(sink, read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_reports_hold_what_they_are_for(report: Report, tmp_path: Path) -> None:
    assert all(report.outcomes()[o] for o in OUTCOMES)
    assert waived().waived > 5
    assert [Path(e.path).name for e in unread(tmp_path).unread] == ["坏.xlsx", "空.csv"]


def test_json(whole: Report, shown: Shown, totals: dict[str, int]) -> None:
    found = shown.json()
    every = shown.json(all_verdicts=True)
    assert found["summary"]["outcomes"] == totals
    assert found["summary"]["verdicts"] == sum(totals.values()) == len(every["verdicts"])
    for word, n in totals.items():
        assert sum(r["outcomes"][word] for r in found["rules"]) == n
        assert sum(v["outcome"] == word for v in every["verdicts"]) == n
        assert sum(v["outcome"] == word for v in found["verdicts"]) == (0 if word in ("pass", "not_applicable") else n)
    assert found["summary"]["waived"] == sum(v["waiver"] is not None for v in found["verdicts"]) == whole.waived
    assert sum(r["waived"] for r in found["rules"]) == whole.waived
    assert found["summary"]["unread"] == len(found["unread"]) == len(whole.unread)
    assert sum(found["summary"]["subjects_by_entity"].values()) == found["summary"]["subjects"]


def test_a_rule_s_regions_add_up_to_the_rule(report: Report) -> None:
    found = Shown(report).json()
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


def test_a_rule_s_shortfall_is_that_of_its_fails(shown: Shown) -> None:
    """In the indicator's unit; what the lever needs stands beside it, in its own."""
    found = shown.json()
    for rule in found["rules"]:
        fails = [v for v in found["verdicts"] if v["rule"] == rule["id"] and v["outcome"] == "fail"]
        if rule["shortfall"] is not None:
            assert sum(v["shortfall"] or 0 for v in fails) == pytest.approx(rule["shortfall"])
            assert {v["unit"] for v in fails} <= {rule["shortfall_unit"]}
        if rule["lever"] is not None:
            levers = [v["lever"] for v in fails if v["lever"]]
            known = sum(lever["add"] or 0 for lever in levers)
            if len(levers) == len(fails):
                assert known == pytest.approx(rule["lever"]["add"])
            else:  # of what is known within bounds the sum has what is missing for certain
                assert known <= rule["lever"]["add"]
            assert {(lever["field"], lever["unit"]) for lever in levers} <= {
                (rule["lever"]["field"], rule["lever"]["unit"])
            }


def test_what_was_read_adds_up(whole: Report, shown: Shown) -> None:
    summary = shown.json()["summary"]
    assert summary["subjects_judged"] + sum(summary["subjects_not_judged"].values()) == summary["subjects"]
    assert sum(summary["rules_by_state"].values()) == summary["rules"] == len(whole.results)
    assert summary["rules_by_state"]["not_checked"] == summary["not_checked"]
    assert sum(summary["rows"].values()) == sum(sum(s.row_counts.values()) for r in whole.returns for s in r.sheets)
    assert len(summary["sheets"]["not_read"]) <= summary["sheets"]["count"]
    if whole.exit_code == 3:
        assert summary["incomplete"]


def squeezed(text: str) -> str:
    """Without white space and the marks that a format needs."""
    return re.sub(r"[\s│|\\]|&#\d+;", "", text)


@pytest.mark.parametrize("lang", LANGS)
def test_every_format_has_the_summary(whole: Report, shown: Shown, lang: Lang, tmp_path: Path) -> None:
    wording = Wording.of(whole, lang)
    left_out = wording.say("label-standards")
    pairs = [(label, value) for label, value in summary_pairs(whole, wording) if label != left_out]
    pages = lxml.html.document_fromstring(shown("html", lang)).xpath("//dl")
    summary = workbook(whole, lang, tmp_path)[wording.say("sheet-summary")]
    suites = ElementTree.fromstring(shown("junit", lang)).iter("system-out")
    texts = {
        "text": shown("text", lang),
        "markdown": "".join(lxml.html.fromstring(f"<p>{shown('markdown', lang)}</p>").itertext()),
        "github": shown("github", lang).replace("%25", "%"),
        "html": pages[0].text_content(),
        "junit": "".join(suite.text or "" for suite in suites),
        "sarif": json.dumps(json.loads(shown("sarif", lang))["runs"][0]["properties"]["summary"], ensure_ascii=False),
        "workbook": "".join(str(cell) for row in summary for cell in row if cell is not None),
    }
    for format, text in texts.items():
        for label, value in pairs:
            if label and not (format in ("html", "workbook") and label == wording.say("label-verdicts")):
                assert squeezed(value) in squeezed(text), (format, label)


@pytest.mark.parametrize("lang", LANGS)
def test_rates_and_amounts_of_a_rule_are_the_same_in_every_format(
    whole: Report, shown: Shown, lang: Lang, tmp_path: Path
) -> None:
    wording = Wording.of(whole, lang)
    text, markdown = squeezed(shown("text", lang)), squeezed(shown("markdown", lang))
    page = lxml.html.document_fromstring(shown("html", lang))
    rows = {row.get("data-rule"): row for row in page.xpath("//table[@class='rules']//tr[@data-rule]")}
    titles, *rules = workbook(whole, lang, tmp_path)[wording.say("sheet-rules")]
    at, standard = titles.index(wording.say("column-rule")), titles.index(wording.say("column-standard"))
    sheets = {(row[standard], row[at]): row for row in rules}
    assert len(sheets) == len(rules) == len(whole.results)
    for result in whole.results:
        sheet = sheets[result.rule.standard, result.rule.id]
        one = tally(result, whole.dictionary)
        how = rule_rate(one, wording)
        if not is_listed(result) or not one.concerned or result.rule.id not in rows:
            continue
        row = rows[result.rule.id]
        cells = [" ".join(cell.text_content().split()) for cell in row]
        assert [cell.text.strip() for cell in row[4:6]] == [how.fraction, how.rate]
        assert how.missing in cells[11]
        assert squeezed(how.add) in squeezed(cells[11])
        for printed in (text, markdown):
            assert squeezed(how.fraction + how.rate) in printed
            assert squeezed(how.missing) in printed
        column = dict(zip(titles, sheet, strict=True))
        assert (column[wording.say("column-shortfall")] or 0) == pytest.approx(one.shortfall or 0, rel=1e-9)
        assert (column[wording.say("column-add")] or 0) == pytest.approx(one.add or 0, rel=1e-9)


def test_rules_are_counted_alike(whole: Report, shown: Shown, tmp_path: Path) -> None:
    states = shown.json()["summary"]["rules_by_state"]
    live = states["judged"] + states["undecided"]
    page = lxml.html.document_fromstring(shown("html"))
    assert len({count[1] for count in json.loads(page.get_element_by_id("data").text)["counts"]}) == live
    assert len(page.xpath("//table[@class='rules']//tr[@data-rule]")) == live + states["not_applicable"]
    book = workbook(whole, "en", tmp_path)
    assert len(book["Rules"]) - 1 == len(whole.results)
    lines = [row for row in book["Summary"] if row[0] is not None]
    begin = next(k for k, row in enumerate(lines) if str(row[0]).startswith("Pass rate by rule"))
    listed = [row for row in lines[begin + 2 :] if str(row[0]).split(" ")[0] in {r.rule.id for r in whole.results}]
    assert len(listed) == min(live, 30)


def test_a_rule_on_one_region_shows_its_rate() -> None:
    report = judged("panzhihua_2020.xlsx", "PZ-01", "PZ-13g", "PZ-14")
    shown, wording = Shown(report), Wording.of(report, "en")
    share, total, several = (rule_rate(tally(r, report.dictionary), wording) for r in report.results)
    assert (share.fraction, share.rate) == ("131/132", "99.2%")
    assert (share.missing, share.add) == ("0.8 percentage points", "1 more that meet it")
    assert (total.fraction, total.rate, total.add) == ("—", "871 persons", "")
    assert several.fraction == "4/4 counties"
    found = {rule["id"]: rule["region"] for rule in shown.json()["rules"]}
    assert (found["PZ-01"]["numerator"], found["PZ-01"]["denominator"], found["PZ-14"]) == (131, 132, None)


@pytest.mark.parametrize("lang", LANGS)
def test_csv_has_the_rows_of_json(whole: Report, shown: Shown, lang: Lang) -> None:
    for every in (False, True):
        rows = list(csv.reader(StringIO(shown("csv", lang, all_verdicts=every))))
        verdicts = shown.json(lang, all_verdicts=every)["verdicts"]
        assert len(rows) - 1 == len(verdicts)
        wording = Wording.of(whole, lang)
        words = {o.word: wording.outcome(o) for o in OUTCOMES}
        assert [(r[0], r[5]) for r in rows[1:]] == [(v["rule"], words[v["outcome"]]) for v in verdicts]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", ["text", "markdown", "github", "circular"])
def test_text_formats_state_the_totals(whole: Report, shown: Shown, format: str, lang: Lang) -> None:
    wording = Wording.of(whole, lang)
    text = re.sub(r"\s+", "", shown(format, lang))
    for outcome, n in whole.outcomes().items():
        always = outcome in (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
        assert (re.sub(r"\s+", "", f"{wording.outcome(outcome)}{n:,}") in text) == bool(n or always)


@pytest.mark.parametrize("lang", LANGS)
def test_html(whole: Report, shown: Shown, totals: dict[str, int], lang: Lang) -> None:
    page = lxml.html.document_fromstring(shown("html", lang, all_verdicts=True))
    stated = {row.get("data-outcome"): int(row[1].text.replace(",", "")) for row in page.xpath("//tr[@data-outcome]")}
    assert stated == totals | {"all": sum(totals.values())}
    data = json.loads(page.get_element_by_id("data").text)
    for outcome in OUTCOMES:
        assert sum(row[1] == outcome for row in data["rows"]) == totals[outcome.word]
    rules = {r["id"]: r for r in shown.json(lang)["rules"]}
    wording = Wording.of(whole, lang)
    for row in page.xpath("//tr[@data-rule]"):
        rule, cells = rules[row.get("data-rule")], [" ".join(cell.text_content().split()) for cell in row]
        counted = rule["outcomes"]
        judged = counted["pass"] + counted["fail"]
        assert cells[2:4] == [rule["clause"], rule["threshold"]]
        if not rule["by"]:
            assert row[4].text == f"{counted['pass']:,}/{judged:,}"  # what is left without the waived stands beneath
            assert row[5].text == (rate(counted["pass"], judged) or wording.say("not-available"))
        assert [cell.text.strip() for cell in row[7:11]] == [
            f"{n:,}"
            for n in (
                counted["fail"],
                counted["not_due"],
                counted["no_data"] + counted["error"],
                counted["not_applicable"],
            )
        ]
        short = wording.missing(rule["shortfall"], rule["shortfall_unit"]) if rule["shortfall"] else wording.say("none")
        assert cells[11].startswith(short)
    undecided = [int(row[1].text.replace(",", "")) for row in page.xpath("//*[@id='undecided']//tbody/tr")]
    assert undecided == [c.count for c in causes(whole)]


def test_junit(whole: Report, shown: Shown, totals: dict[str, int]) -> None:
    root = ElementTree.fromstring(shown("junit"))
    for word, n in totals.items():
        assert sum(int(p.get("value", "")) for p in root.iter("property") if p.get("name") == f"outcome.{word}") == n
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == sum(c.find(kind) is not None for c in cases)
    read = len(whole.unread) + len(list(open_notices(whole)))
    assert sum(len(s.findall("testcase")) for s in root) == len(whole.results) + read
    failed = {c.get("name", "").split(" ")[0] for c in root.iter("testcase") if c.find("failure") is not None}
    assert failed == {
        r.rule.id for r in whole.results if r.rule.severity != "advisory" and r.counts()[Outcome.FAIL] > len(r.waived)
    }


def test_sarif(whole: Report, shown: Shown, totals: dict[str, int]) -> None:
    run = json.loads(shown("sarif", all_verdicts=True))["runs"][0]
    assert run["properties"]["outcomes"] == totals
    assert sum("suppressions" in r for r in run["results"]) == whole.waived
    for word, n in totals.items():
        assert sum(r["properties"]["outcome"] == word for r in run["results"]) == n
        assert sum(r["properties"]["outcomes"][word] for r in run["tool"]["driver"]["rules"]) == n


def test_workbook(whole: Report, totals: dict[str, int], tmp_path: Path) -> None:
    book = workbook(whole, "en", tmp_path, all_verdicts=True)

    def rows(name: str) -> list[list[Any]]:
        _, *found = book[name]
        return [] if [row[0] for row in found] == ["(none)"] else found

    wording = Wording.of(whole, "en")
    assert len(rows("Failures")) == totals["fail"] + totals["not_due"]
    assert len(rows("Could not judge")) == totals["no_data"] + totals["error"]
    assert len(rows("All verdicts")) == sum(totals.values())
    assert sum(row[0] == wording.say("level-unread") for row in rows("Notices")) == len(whole.unread)
    summary = {row[0]: row[2] for row in book["Summary"] if row[2] is not None}
    assert [summary[wording.outcome(o)] for o in OUTCOMES] == list(totals.values())
    assert summary["all"] == sum(totals.values())
    head, *rules = book["Rules"]
    titles = {o: wording.outcome(o) for o in OUTCOMES} | {Outcome.PASS: "passed"}
    for outcome, title in titles.items():
        assert sum(r[head.index(title)] for r in rules) == totals[outcome.word]
    assert sum(r[head.index(wording.say("outcome-waived"))] for r in rules) == whole.waived


def test_regions_of_the_workbook_are_those_of_json(whole: Report, shown: Shown, tmp_path: Path) -> None:
    book = workbook(whole, "en", tmp_path)
    head, *regions = book["By region"]
    found = shown.json()["groups"]
    for level in {g["level"] for g in found}:
        here = [r for r in regions if r[0] == Wording.of(whole, "en").entity(level)]
        for title in ("passed", "judged"):
            assert sum(r[head.index(title)] for r in here) == sum(g[title] for g in found if g["level"] == level)


@pytest.mark.parametrize("lang", LANGS)
def test_the_circular_states_the_totals(shown: Shown, totals: dict[str, int], lang: Lang) -> None:
    text = shown("circular", lang)
    numbers = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)}
    assert {n for word, n in totals.items() if word in ("pass", "fail")} <= numbers


def test_causes_add_up_to_what_could_not_be_judged(whole: Report, totals: dict[str, int]) -> None:
    assert sum(c.count for c in causes(whole)) == totals["no_data"] + totals["error"]
