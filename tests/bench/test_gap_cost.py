"""``gap`` takes no more than twice the time of ``check`` of the same return and 1.3 times its memory."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from paths import ROOT

BENCH = ROOT / "bench"


@pytest.mark.slow
@pytest.mark.parametrize("rules", ["eight_rules.yaml", "curves.yaml"])
def test_gap_against_check(rules: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """By the processor, one behind the other on one machine."""
    sys.path.insert(0, str(BENCH))
    try:
        made, ratios = importlib.import_module("make_returns"), importlib.import_module("ratios")
    finally:
        sys.path.remove(str(BENCH))
    path = Path(tmp_path_factory.getbasetemp()) / "gap_cost.csv"
    if not path.exists():
        made.write_csv(path, 150_000)
    tool = [sys.executable, "-m", "communitycheck"]
    words = [str(path), "-s", str(BENCH / rules)]
    ours, theirs = ratios.in_turns([*tool, "gap", *words], [*tool, "check", *words, "--fail-on", "never"], 1)
    assert ours.exit_code == theirs.exit_code == 0
    assert ours.busy < 2 * theirs.busy
    assert ours.megabytes < 1.3 * theirs.megabytes
