"""What holds against accident and attack has its tests: each line of holds.yaml, with five siblings at least."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import yaml

from paths import ROOT

LINES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "house" / "holds.yaml").read_text("utf-8"))
# The case itself and five siblings. A property test tries hundreds, and counts as so many.
LEAST = 6
OF_PROPERTY = "tests/privacy/test_spellings.py"


@pytest.fixture(scope="module")
def collected() -> list[str]:
    """Every case of the files that are named, the slow ones too."""
    files = sorted({test.partition("::")[0] for line in LINES for test in line["tests"]})
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-n", "0", "-m", "slow or not slow", *files],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    cases = [line for line in found.stdout.splitlines() if "::" in line]
    assert len(cases) > 500, found.stdout[-1000:]
    return cases


def cases_of(test: str, collected: list[str]) -> list[str]:
    if "[" in test:
        return [case for case in collected if case.startswith(test)]
    return [case for case in collected if case.partition("[")[0] == test]


def test_every_line_has_its_tests_and_five_siblings(collected: list[str]) -> None:
    gone = [test for line in LINES for test in line["tests"] if not cases_of(test, collected)]
    assert gone == []
    few = {
        line["line"]: len(found)
        for line in LINES
        if len(found := {case for test in line["tests"] for case in cases_of(test, collected)}) < LEAST
        and not any(test.startswith(OF_PROPERTY) for test in line["tests"])
    }
    assert few == {}


def test_a_line_is_said_once_and_a_figure_after_another() -> None:
    assert len({line["line"] for line in LINES}) == len(LINES) > 30
    assert [line["line"] for line in LINES if "after" in line and "before" not in line] == []
