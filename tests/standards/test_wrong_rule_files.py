"""Rule files as people get them wrong: each is told all its faults at once, where they stand and what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.messages import LANGS, say
from communitycheck.resources import data_dir
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.run import lint_files
from each import each

HERE = Path(__file__).parent / "wrong"
BASE = (HERE / "base.yaml").read_text("utf-8").splitlines()
LISTS = [yaml.safe_load((HERE / name).read_text("utf-8")) for name in ("files.yaml", "slips.yaml", "said.yaml")]
WRONG: dict[str, dict[str, Any]] = {name: case for one in LISTS for name, case in one.items()}


def written(lines: dict[int, str]) -> str:
    """The base with some of its lines put in place of others."""
    rows = [lines.get(number, row) for number, row in enumerate(BASE, 1)]
    return "\n".join(rows[at] for at in range(len(rows)) if rows[at] or at + 1 not in lines) + "\n"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[LintFinding]]:
    """What each file draws; all in one run, as each has an id of its own, but for those that spoil it."""
    folder = tmp_path_factory.mktemp("wrong")
    paths: dict[str, Path] = {}
    for number, (name, case) in enumerate(WRONG.items()):
        paths[name] = folder / f"{number}.yaml"
        text = written(case["lines"]).replace("standard: own", f"standard: own{number}")
        paths[name].write_text(text, encoding="utf-8")
    found, _ = lint_files([data_dir("rules")], list(paths.values()))
    return {name: [f for f in found if f.file == str(path)] for name, path in paths.items()}


@each("name", WRONG)
def test_a_wrong_file_is_told_all_that_is_wrong(name: str, findings: dict[str, list[LintFinding]]) -> None:
    found, wanted = findings[name], WRONG[name]["finds"]
    told = [say(f.code, lang, **f.values) for f in found for lang in LANGS]
    assert [f.line for f in found] == [w["line"] for w in wanted], told
    for finding, want in zip(found, wanted, strict=True):
        if "key" in want:
            assert finding.key == want["key"]
        for lang in LANGS:
            message = say(finding.code, lang, **finding.values)
            for word in (*want.get("says", []), *want.get(lang, [])):
                assert word in message


def test_each_list_has_cases_of_its_own() -> None:
    assert len(WRONG) == sum(map(len, LISTS))
