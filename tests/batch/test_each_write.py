"""A disk that is full, a system that refuses and another run, at some writes here and at each of them in slow tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from batch.full_disk import may_mount
from batch.twice import run as run_twice

pytestmark = pytest.mark.slow  # each starts processes of its own

posix = pytest.mark.skipif(os.name != "posix", reason="forks, and stops processes")
mounting = pytest.mark.skipif(not may_mount(), reason="no file system of one's own may be mounted")


def tried(script: str, *words: str) -> str:
    """The last line of what a program here says; it has to find nothing wrong."""
    command = [sys.executable, str(Path(__file__).parent / script), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


@mounting
def test_a_disk_that_is_full_at_some_writes() -> None:
    assert " 0 with faults" in tried("full_disk.py", "--every", "3", "--only", "two reports, pages")


@posix
def test_the_system_refuses_some_steps() -> None:
    assert " 0 with faults" in tried("each_step.py", "--every", "6", "--only", "two reports, read-only")


@posix
def test_two_runs_into_one_folder() -> None:
    assert run_twice(1, seed=1) == []


@mounting
def test_a_disk_that_is_full_at_each_write() -> None:
    assert " 0 with faults" in tried("full_disk.py")


@posix
def test_something_goes_wrong_at_each_step() -> None:
    assert " 0 with faults" in tried("each_step.py")


@posix
def test_forty_pairs_of_runs() -> None:
    assert run_twice(40, seed=0) == []
