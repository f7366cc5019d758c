"""What CI systems read: JUnit and SARIF are what their schemas say, annotations and the summary page keep to limits."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from lxml import etree
from msgspec.structs import replace

from communitycheck.api import render
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.reporting.ci.annotations import MOST
from communitycheck.reporting.formats import sarif
from communitycheck.reporting.formats.markdown import PAGE
from paths import ROOT

HERE = Path(__file__).parent
# The schema of the standard itself, where this package of npm is installed beside the project.
OFFICIAL = Path("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
MODULES = [Path(p) for p in os.environ.get("NODE_PATH", "").split(os.pathsep) if p] + [ROOT / "node_modules"]

GATES = [Gate(), Gate("mandatory"), Gate("never"), Gate("advisory", strict=True), Gate(allow_incomplete=True)]


def shown(report: Report, format: str, lang: Lang = "zh", **options: Any) -> str:
    return "".join(render(report, format, lang, **options))


@pytest.fixture(scope="module")
def large(report: Report) -> Report:
    """The report with every result of records sixty times as long."""
    return replace(report, results=[_repeated(r, 60) for r in report.results])


def _repeated(result: RuleResult, n: int) -> RuleResult:
    if not isinstance(result.subjects, Records):
        return result
    size = len(result)
    index = np.arange(size, dtype=np.int32) if result.subjects.index is None else result.subjects.index
    along = ("outcome", "reason", "observed_lo", "observed_hi", "required_lo", "required_hi")
    return replace(
        result,
        subjects=Records(result.subjects.table, np.tile(index, n)),
        missed=np.concatenate([result.missed + k * size for k in range(n)]).astype(np.int32),
        shortfall=np.tile(result.shortfall, n),
        add=None if result.add is None else np.tile(result.add, n),
        **{name: np.tile(getattr(result, name), n) for name in along},
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("gate", GATES, ids=str)
def test_junit_is_what_its_schema_says(report: Report, gate: Gate, lang: Lang) -> None:
    schema = etree.XMLSchema(etree.parse(HERE / "junit.xsd"))
    for one in (replace(report, gate=gate), replace(report, gate=gate, unread=[]), replace(report, results=[])):
        for every in (False, True):
            root = etree.fromstring(shown(one, "junit", lang, all_verdicts=every).encode())
            schema.assertValid(root)


@pytest.mark.parametrize("gate", GATES, ids=str)
def test_junit_never_fails_on_advice(report: Report, gate: Gate) -> None:
    root = etree.fromstring(shown(replace(report, gate=gate), "junit").encode())
    advisory = {f"{r.rule.id} " for r in report.results if r.rule.severity == "advisory"}
    cases = [c for c in root.iter("testcase") if c.get("name").startswith(tuple(advisory))]
    assert cases and all(c.find("failure") is None and c.find("error") is None for c in cases)


def _schemas() -> list[Any]:
    found = next((m / OFFICIAL for m in MODULES if (m / OFFICIAL).is_file()), None)
    why = pytest.mark.skip(reason="the npm package @microsoft/jest-sarif is not installed")
    return [
        pytest.param(HERE / "sarif.schema.json", id="ours"),
        pytest.param(found, id="official", marks=[] if found else [why]),
    ]


@pytest.mark.parametrize("schema", _schemas())
@pytest.mark.parametrize("lang", LANGS)
def test_sarif_is_what_its_schema_says(report: Report, schema: Path, lang: Lang) -> None:
    loaded = json.loads(schema.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(loaded)(loaded, format_checker=jsonschema.FormatChecker())
    for gate in GATES:
        for every in (False, True):
            log = json.loads(shown(replace(report, gate=gate), "sarif", lang, all_verdicts=every))
            assert [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(log)] == []


def test_sarif_helps_with_the_document_that_set_the_rule(report: Report) -> None:
    """A rule that another standard takes over is the document's that it stands in, whose address is linked too."""
    log = json.loads(shown(report, "sarif", "en"))
    found = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    sources = {one.id: one.source for one in report.standards}
    for result in report.results:
        rule = result.rule
        described = found[f"{rule.standard}/{rule.id}"]
        setter = sources.get(rule.layer or rule.standard)
        assert described["help"]["text"].startswith(setter.document if setter else rule.layer)
        assert rule.clause in described["help"]["text"] and f"rules show {rule.id}" in described["help"]["text"]
        assert described.get("helpUri", "") == (setter.url if setter else "")


def test_sarif_says_what_it_leaves_out(large: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 50)
    run = json.loads(shown(large, "sarif", "en"))["runs"][0]
    assert len(run["results"]) == 50
    (note,) = [n for n in run["invocations"][0]["toolExecutionNotifications"] if n["descriptor"]["id"] == "capped"]
    outcomes = run["properties"]["outcomes"]
    listed = sum(outcomes.values()) - outcomes["pass"] - outcomes["not_applicable"]
    assert f"{listed - 50:,}" in note["message"]["text"]


def test_junit_says_what_it_leaves_out(large: Report) -> None:
    root = etree.fromstring(shown(large, "junit", "en").encode())
    for trouble in (*root.iter("failure"), *root.iter("error")):
        lines = (trouble.text or "").strip().splitlines()
        assert len(lines) <= 101
    more = [int(m[1].replace(",", "")) for m in re.finditer(r"and ([\d,]+) more;", "".join(root.itertext()))]
    assert more and min(more) > 0


@pytest.mark.parametrize("lang", LANGS)
def test_annotations_are_no_more_than_github_shows(report: Report, large: Report, lang: Lang) -> None:
    for one in (report, large):
        lines = shown(one, "github", lang).splitlines()
        levels = [line[2:].split(" ")[0].split("::")[0] for line in lines]
        assert {level: levels.count(level) for level in set(levels)} == {"error": MOST, "warning": MOST, "notice": MOST}
        every = shown(one, "github", lang, all_verdicts=True).splitlines()
        left = sum(int(re.findall(r"[\d,]+", line)[0].replace(",", "")) for line in lines if "--all-verdicts" in line)
        stated = sum("--all-verdicts" in line for line in lines)
        assert len(lines) - stated + left == len(every)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("gate", GATES, ids=str)
def test_concise_has_a_line_for_each_verdict_that_gates(report: Report, large: Report, lang: Lang, gate: Gate) -> None:
    for one in (replace(report, gate=gate), replace(large, gate=gate)):
        counts = [r.counts() for r in one.results if gate.holds(r.rule.severity)]
        failing = sum(c[Outcome.FAIL] for c in counts) - sum(
            len(r.waived) for r in one.results if gate.holds(r.rule.severity)
        )
        total = failing + sum(c[Outcome.NO_DATA] + c[Outcome.ERROR] for c in counts)
        every = shown(one, "concise", lang, all_verdicts=True).splitlines()
        assert len(every) == total + 1  # the last is the result
        lines = shown(one, "concise", lang).splitlines()
        assert lines[-1] == every[-1] and lines[:20][:total] == every[:total][:20]
        assert len(lines) == min(total, 20) + 1 + (total > 20)
        if total > 20:
            assert f"{total - 20:,}" in lines[-2]


def test_the_summary_page_is_no_longer_than_github_takes(report: Report, large: Report) -> None:
    for one in (report, large):
        assert len(shown(one, "markdown").encode()) < PAGE
    page = shown(large, "markdown", "en", all_verdicts=True)
    assert len(page.encode()) < 2**20
    _, _, verdicts = page.partition("## All verdicts")
    (left,) = re.findall(r"; ([\d,]+) more verdicts", page)
    total = sum(len(r) for r in large.results)
    assert verdicts.count("\n- ") + int(left.replace(",", "")) == total
