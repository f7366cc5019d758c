"""The standards of ``examples/``: each lints clean, its cases pass, and its return is judged as its truth says.

``verdicts.yaml`` of an example was written from its document; what it does not name is not judged at all.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck import api
from communitycheck.cli.run import run
from paths import ROOT

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


def standard_of(folder: Path) -> Path:
    (found,) = (path for path in folder.glob("*.yaml") if path.name not in ("verdicts.yaml", "scores.yaml"))
    return found


def test_there_are_some() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: str(folder.name))
def test_it_lints_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "lint", str(standard_of(folder)), "--strict", "--lang", "en"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: str(folder.name))
def test_its_cases_pass_and_leave_no_rule_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cases,) = (folder / "cases").glob("*.yaml")
    assert run(["rules", "test", str(cases), "--lang", "en"]) == 0, capsys.readouterr().out
    tried = {case["rule"] for case in yaml.safe_load(cases.read_text("utf-8"))["cases"] if "rule" in case}
    rules = yaml.safe_load(standard_of(folder).read_text("utf-8"))["rules"]
    assert {rule["id"] for rule in rules if "manual" not in rule} <= tried


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: str(folder.name))
def test_its_return_is_judged_as_its_truth_says(folder: Path) -> None:
    truth: dict[str, Any] = yaml.safe_load((folder / "verdicts.yaml").read_text("utf-8"))
    (sent,) = (path for path in folder.iterdir() if path.stem == "return")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    report = api.check([str(sent)], [str(standard_of(folder))])
    for verdict in report.verdicts(all_outcomes=True):
        found[verdict.rule.id][verdict.subject.name] = verdict.outcome.word
    assert found == truth


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: str(folder.name))
def test_its_document_says_what_is_invented(folder: Path) -> None:
    assert "invented" in (folder / "document.md").read_text("utf-8")


@pytest.mark.parametrize("folder", [f for f in EXAMPLES if (f / "scores.yaml").exists()], ids=lambda f: str(f.name))
def test_its_return_is_scored_as_its_truth_says(folder: Path) -> None:
    truth: dict[str, Any] = yaml.safe_load((folder / "scores.yaml").read_text("utf-8"))
    (scores,) = api.check([str(folder / "return.csv")], [str(standard_of(folder))]).scores
    found = {
        scores.subjects.subject(i).name: {
            "points": list(scores.range_of(i)),
            "grades": [grade.name.zh for grade in scores.grades_of(i)],
        }
        for i in range(len(scores))
    }
    assert found == truth


@pytest.mark.parametrize(("sample", "priced"), [("shenyang_2023", 2), ("panzhihua_2020", 4)])
def test_the_prices_are_read(sample: str, priced: int) -> None:
    found = api.gap([ROOT / "sample_data" / f"{sample}.xlsx"], costs=ROOT / "examples" / "costs.yaml")
    levers = {one.lever.key for one in found.needs.levers if found.costs.of(one.lever.key)}
    assert len(levers) == priced
    rent, *_, dearest = found.costs.of("facility_area")
    assert (rent.method.en, dearest.price) == ("rent", 8000)
