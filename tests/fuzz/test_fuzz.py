"""Hostile files through the reader in a process of its own: one clear answer, soon, in little memory."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from communitycheck.check import check
from fuzz.mutate import mutated, originals
from fuzz.run import Worker, failed, run
from fuzz.traps import SLOW, TRAPS, Trap


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def listed() -> list[object]:
    marks = {name: [pytest.mark.slow] for name in SLOW}
    return [pytest.param(trap, id=trap[0], marks=marks.get(trap[0], [])) for trap in TRAPS]


@pytest.mark.slow
@pytest.mark.parametrize("trap", listed())
def test_traps(trap: Trap, worker: Worker, tmp_path: Path) -> None:
    _, suffix, make, codes = trap
    file = tmp_path / f"trap.{suffix}"
    file.write_bytes(make())
    verdict = worker.read(file)
    assert verdict["outcome"] in codes, verdict
    assert not failed(verdict), verdict


def test_members_stay_inside(worker: Worker, tmp_path: Path) -> None:
    name, suffix, make, _ = next(trap for trap in TRAPS if trap[0] == "members that point outside")
    file = tmp_path / f"{name}.{suffix}"
    file.write_bytes(make())
    worker.read(file)
    assert not Path("/tmp/evil.csv").exists()
    assert not Path("/etc/evil.csv").exists()


@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "folder-loop", "gone"])
def test_what_is_no_file(kind: str, tmp_path: Path) -> None:
    """Paths that never end, or lead nowhere, through the front door: one error, at once."""
    path = tmp_path / "a.csv"
    wanted = "not-a-file"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
        wanted = "file-missing"
    elif kind == "folder-loop":
        (tmp_path / "up").symlink_to(tmp_path)
        path, wanted = tmp_path, "folder-empty"
    else:
        path.symlink_to(tmp_path / "b.csv")
        wanted = "file-missing"
    report = check([path], ["liaoning-2021"])
    assert (report.returns, [error.code for error in report.unread]) == ([], [wanted])


def test_some_mutations(worker: Worker, tmp_path: Path) -> None:
    files = originals()
    for seed in range(6):
        rng = random.Random(seed)
        original = rng.choice(files)
        file = tmp_path / f"{seed}{original.suffix}"
        file.write_bytes(mutated(original.read_bytes(), rng))
        verdict = worker.read(file)
        assert not failed(verdict), (seed, original.name, verdict)


@pytest.mark.slow
def test_many_mutations() -> None:
    line, failures = run(2000, seed=100_000)
    assert not failures, "\n".join([*failures, line])
