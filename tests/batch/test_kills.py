"""Batches that are killed (kill -9) at random moments: nothing damaged, the next run gives the undisturbed bytes."""

from __future__ import annotations

import sys

import pytest

from batch.kills import run

posix = pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")


@posix
@pytest.mark.slow
def test_fifty_kills() -> None:
    assert run(50, seed=0) == []


@posix
@pytest.mark.slow
def test_one_kill_while_a_report_is_written() -> None:
    assert run(1, seed=1001, counties=3) == []
