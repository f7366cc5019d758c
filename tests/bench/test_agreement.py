"""The other tools of ``bench/`` judge as we do; else its tables would compare different work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from paths import ROOT

BENCH = ROOT / "bench"
ROWS = 600


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCH / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returns")
    for option in ([], ["--plain"]):
        made = run("make_returns.py", str(ROWS), *option, "--out", str(folder))
        assert made.returncode == 0, made.stderr
    return folder


def test_plain_scripts_find_the_same_fails(data: Path) -> None:
    pytest.importorskip("polars", reason="polars is in the extra named bench")
    ran = run("peers.py", str(ROWS), "--runs", "1", "--data", str(data), "--tools", "plain_pandas")
    assert ran.returncode == 0, ran.stderr
    found = re.search(r"the same (\d+) fails", ran.stdout)
    assert found is not None
    assert int(found[1]) > ROWS / 10


@pytest.mark.slow
def test_the_plans_are_measured(data: Path) -> None:
    ran = run("plans.py", str(ROWS), "--runs", "1", "--waivers", "20", "--data", str(data))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    measured = [line.split("|")[1].strip() for line in ran.stdout.splitlines() if line.startswith("| ")]
    assert measured[1] == "check" and len(measured) == 12
    assert not re.search(r"\| 2 \|$", ran.stdout, re.M)


def test_rules_compiled_for_other_engines_give_the_same_verdicts(data: Path) -> None:
    for package in ("sqlglot", "duckdb"):
        pytest.importorskip(package, reason=f"{package} is in the extra named dev")
    messy = run("engines.py", str(data / f"communities_{ROWS}.csv"))
    assert messy.returncode == 0, messy.stdout + messy.stderr
    assert f"{8 * ROWS:,} verdicts, 0 of them other" in messy.stdout
