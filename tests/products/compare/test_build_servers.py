"""What ``compare`` tells build servers: fails that are new or worse alone, in files that their schemas accept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.products.compare.formats import FoundChanges, render_changes
from communitycheck.products.compare.front import compare
from paths import ROOT
from products.compare.test_compare import AFTER, BEFORE, Row, report, standard, table

CI = ROOT / "tests/reporting/formats"
PLACE = ("望奎区", "东河街道")
COME: Row = (*PLACE, "九号社区", "370503001009", 100, 50, 10)
MANY: list[Row] = [(*PLACE, f"第{n}社区", f"3705030020{n}", 450, 50, 10) for n in range(10, 70)]


def found_in(folder: Path, before: list[Row], after: list[Row], **more: Any) -> FoundChanges:
    sides = table(folder / "a.xlsx", before), table(folder / "b.xlsx", after)
    days = {"as_of": date(2023, 12, 31), "before_as_of": date(2022, 12, 31)}
    return compare(*sides, [standard(folder)], **days, **more)


def drawn(found: FoundChanges, format: str, lang: Lang = "en", *, details: bool = False) -> str:
    return "".join(render_changes(found, format, lang, details=details))


def sarif(found: FoundChanges, lang: Lang = "en") -> Any:
    log = json.loads(drawn(found, "sarif", lang))
    jsonschema.validate(log, json.loads((CI / "sarif.schema.json").read_text("utf-8")))
    return log["runs"][0]


def junit(found: FoundChanges, lang: Lang = "en") -> dict[str, str]:
    """The state of each test, by its name."""
    root = etree.fromstring(drawn(found, "junit", lang).encode())
    etree.XMLSchema(etree.parse(CI / "junit.xsd")).assertValid(root)
    return {case.get("name", ""): next((part.tag for part in case), "passed") for case in root.iter("testcase")}


def named(text: str) -> list[str]:
    """Who is named, in order."""
    every = [row[2] for row in [*BEFORE, COME]]
    return [name for line in text.splitlines() for name in every if name in line]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_new_or_worse_is_told_alone(tmp_path: Path, lang: Lang) -> None:
    found = found_in(tmp_path, BEFORE, AFTER)
    lines = drawn(found, "github", lang).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert named("\n".join(errors)) == ["二号社区", "五号社区"] == named("\n".join(lines))
    assert "b.xlsx,line=3," in errors[0] and "b.xlsx,line=6," in errors[1]
    run_ = sarif(found, lang)
    assert [one["baselineState"] for one in run_["results"]] == ["new", "updated"]
    assert [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in run_["results"]] == [3, 6]
    states = junit(found, lang)
    assert list(states.values()) == ["failure", *["passed"] * 4]


# What stands in the later return -> who fails newly, and what the tests of OW-1 and of the two sides say.
CASES: dict[str, tuple[list[Row], list[Row], list[str], list[str]]] = {
    "as before": (BEFORE[:3], BEFORE[:3], [], ["passed"] * 4),
    "fixed, and better": (BEFORE[2:4], AFTER[2:4], [], ["passed"] * 4),
    "no answer any more": (BEFORE[6:7], AFTER[6:7], [], ["error", "passed", "error", "passed"]),
    "judged for the first time, and fails": (
        BEFORE[7:], [(*BEFORE[7][:4], 100, 50, 10)], ["八号社区"], ["failure", "passed", "passed", "passed"],
    ),
    "one that has come fails": (MANY, [*MANY, COME], ["九号社区"], ["failure", "passed", "passed", "passed"]),
    "too many have come": (BEFORE[:1], [BEFORE[0], COME], ["九号社区"], ["failure", "error", "passed", "passed"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fail_is_new_unless_it_was_one(tmp_path: Path, case: str) -> None:
    before, after, names, states = CASES[case]
    found = found_in(tmp_path, before, after, select=["OW-1"])
    errors = [line for line in drawn(found, "github").splitlines() if line.startswith("::error ")]
    assert named("\n".join(errors)) == names
    assert list(junit(found).values()) == states
    assert len(sarif(found)["results"]) == len(names)


def test_reports_point_to_the_same_rows(tmp_path: Path) -> None:
    """Of a JSON report the places are those that it gives; fails that an earlier one in part did not list are new."""
    rules = standard(tmp_path)
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER)
    one = report(tmp_path / "a.json", before, rules, date(2022, 12, 31))
    other = report(tmp_path / "b.json", after, rules, date(2023, 12, 31))
    part = report(tmp_path / "c.json", before, rules, date(2022, 12, 31), whole=False)
    found, plain = (compare(*pair, [rules]) for pair in ((one, other), (before, after)))
    assert sarif(found)["results"] == sarif(plain)["results"]
    assert named(drawn(compare(part, other, [rules]), "github")) == ["二号社区", "五号社区"]


def test_an_answerless_return_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path)
    before = table(tmp_path / "a.xlsx", BEFORE[:1])
    after = table(tmp_path / "b.xlsx", [(*BEFORE[0][:4], "", "", "")])
    arguments = ["compare", str(before), str(after), "--standard", str(rules), "--lang", "en"]
    assert run([*arguments, "--format", "junit"]) == 3
    assert "No rule has come to an answer" in capsys.readouterr().out
    assert run(arguments) == 3


def test_advice_fails_no_build(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    rules.write_text(rules.read_text("utf-8").replace('"mandatory"', '"advisory"'), "utf-8")
    sides = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER)
    found = compare(*sides, [rules], as_of=date(2023, 12, 31))
    assert set(junit(found).values()) == {"passed"}
    lines = drawn(found, "github").splitlines()
    assert not any(line.startswith("::error") for line in lines) and len(named("\n".join(lines))) == 2
    assert {one["level"] for one in sarif(found)["results"]} == {"note"}


def test_annotations_keep_to_what_github_shows(tmp_path: Path) -> None:
    low: list[Row] = [(*row[:4], 100, 50, 10) for row in MANY]
    found = found_in(tmp_path, MANY, low)
    lines = drawn(found, "github").splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert any("50 more; --details" in line for line in lines)
    assert sum(line.startswith("::error") for line in drawn(found, "github", details=True).splitlines()) == 60


def test_rows_that_nobody_could_read_are_no_pass(tmp_path: Path) -> None:
    """A row that is not read may be a fail."""
    odd: Row = (*PLACE, "九号%0A::error::社区,<b>", "370503001009", 100, 50, 10)
    found = found_in(tmp_path, BEFORE, [*BEFORE, odd])
    assert found.comparison.exit_code == 3
    assert junit(found)["the later side was read in full"] == "error"
    assert "unread rows: 1" in drawn(found, "github") and "unread rows: 1" in drawn(found, "text")
