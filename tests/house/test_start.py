"""What a run loads: a check of a plain standard waits for nothing that it does not use."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from paths import ROOT

SAMPLE = ROOT / "sample_data" / "shenyang_2023.xlsx"
# Each module costs a third of a millisecond. One more is no harm; dozens are, unless they come when first asked for.
MOST = 410
# What other commands, other formats, files with faults and standards with assessment sheets are for.
ELSEWHERE = (
    "communitycheck.standards.language",
    "communitycheck.standards.layered",
    "communitycheck.checking.scoring",
    "communitycheck.model.scores",
    "communitycheck.products.explain",
    "communitycheck.products.rulebook",
    "communitycheck.products.template",
    "communitycheck.reporting.formats.html",
    "communitycheck.standards.lint",
    "communitycheck.standards.scoring",
    "pandas.core",
    "jinja2",
    "docx",
    "pydantic",
    "xlsxwriter",
    "yaml",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every module that the command loads, in the process that judges."""
    report = tmp_path_factory.mktemp("start") / "report.csv"
    command = [sys.executable, "-X", "importtime", "-m", "communitycheck"]
    command += ["check", str(SAMPLE), "-o", str(report), "--quiet", "--fail-on", "never"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert Path(report).stat().st_size
    return {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}


def test_what_other_runs_are_for_is_not_loaded(loaded: set[str]) -> None:
    assert not [name for name in loaded for home in ELSEWHERE if name == home or name.startswith(f"{home}.")]


def test_a_run_loads_no_more_modules_than_it_did(loaded: set[str]) -> None:
    ours = [name for name in loaded if name.startswith("communitycheck")]
    assert 300 < len(ours) <= MOST


@pytest.fixture(scope="module")
def loaded_by_the_book() -> set[str]:
    """Every module that reading and compiling the built-in standards loads."""
    code = (
        "import sys; from communitycheck.resources import data_dir;"
        "from communitycheck.standards.book import load_rule_book;"
        "load_rule_book([data_dir('rules')], anew=True).all(); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_book_with_no_assessment_sheet_loads_nothing_for_one(loaded_by_the_book: set[str]) -> None:
    ours = [name for name in loaded_by_the_book if name.startswith("communitycheck")]
    assert not [name for name in ours if ".scor" in name or ".lint" in name]


def test_a_book_needs_no_arithmetic_on_columns(loaded_by_the_book: set[str]) -> None:
    assert loaded_by_the_book.isdisjoint({"numpy", "pandas", "pyarrow"})


def test_what_is_taken_in_place_of_the_rule_files_is_what_they_say() -> None:
    spec = importlib.util.spec_from_file_location("built_in_tool", ROOT / "tools" / "built_in.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for path, text in tool.texts_of_today().items():
        assert path.read_text(encoding="utf-8") == text, "run: python tools/built_in.py"
