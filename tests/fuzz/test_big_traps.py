"""Large traps: at a size for every day under limits that are as much smaller, and at full size within 10 s and 2 GB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communitycheck.returns import read_returns
from communitycheck.returns.files.over_limit import limits
from communitycheck.standards import load_dictionary
from fuzz.big_traps import BIG, Big
from fuzz.run import Worker, failed
from paths import ROOT

SMALLER: dict[str, int | str] = {
    "line": "64KB", "irregular": 40_000, "cells": 800_000, "columns": 200, "sheets": 100, "members": 200,
}  # fmt: skip


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.mark.slow
@pytest.mark.parametrize("trap", BIG, ids=[trap.name for trap in BIG])
def test_small_ones_end_as_they_should(trap: Big, tmp_path: Path) -> None:
    file = tmp_path / f"trap.{trap.suffix}"
    trap.write(file, trap.small)
    with limits(**SMALLER):
        got, errors = read_returns([file], load_dictionary(ROOT / "rules" / "dictionary.yaml"))
    codes = sorted({error.code for error in errors}) or ["read"]
    assert set(codes) <= set(trap.codes), codes
    assert got or errors
    assert all(len(str(error)) < 600 for error in errors)


@pytest.mark.slow
@pytest.mark.parametrize("trap", BIG, ids=[trap.name for trap in BIG])
def test_large_ones_cost_little(trap: Big, worker: Worker, tmp_path: Path) -> None:
    file = tmp_path / f"trap.{trap.suffix}"
    trap.write(file, trap.full)
    try:
        verdict = worker.read(file)
    finally:
        file.unlink()
    assert verdict["outcome"] in trap.codes, verdict
    assert not failed(verdict), verdict
