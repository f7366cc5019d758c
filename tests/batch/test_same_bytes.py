"""Whatever the number of processes, cached or fresh, whole or resumed, whoever dies on the way: the same bytes."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date
from pathlib import Path

import pytest

from batch.folder import SAMPLES, make
from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import WriteError

DAY = date(2023, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("batch") / "in", 4, SAMPLES[1:])


def judged(folder: Path, **options: object) -> str:
    return "".join(render(check(folder, as_of=DAY, **options), "json", "zh"))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plain(folder: Path) -> str:
    return judged(folder, jobs=1)


def test_two_processes_say_what_one_says(folder: Path, plain: str) -> None:
    assert judged(folder, jobs=2) == plain
    assert '"exit_code": 2' in plain and plain.count('"code": "password-protected"') == 1


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_cached_and_fresh(folder: Path, plain: str, tmp_path: Path, jobs: int) -> None:
    cache = tmp_path / "cache"
    ticks: list[tuple[int, int, str]] = []
    assert judged(folder, jobs=jobs, cache=cache, progress=lambda *tick: ticks.append(tick)) == plain
    entries = sorted(cache.glob("??/*.reading"))
    assert [tick[0] for tick in ticks] == sorted({tick[0] for tick in ticks}) and ticks[-1][0] == ticks[-1][1]
    assert judged(folder, jobs=3 - jobs, cache=cache) == plain
    entries[0].unlink()
    entries[1].write_bytes(b"not an entry")
    entries[2].write_bytes(entries[2].read_bytes()[:-7])
    (cache / "ab").mkdir(exist_ok=True)
    (cache / "ab" / "left.tmp").write_bytes(b"half")
    assert judged(folder, jobs=jobs, cache=cache) == plain
    assert sorted(cache.glob("??/*.reading")) == entries


@pytest.mark.slow
def test_what_a_reading_depends_on_is_in_its_key(tmp_path: Path) -> None:
    folder, cache = make(tmp_path / "in", 2), tmp_path / "cache"
    judged(folder, cache=cache)
    file = folder / "county_00.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("第0区第1社区", "第0区新社区"), encoding="utf-8")
    assert "第0区新社区" in judged(folder, cache=cache)
    mapping = tmp_path / "map.yaml"
    mapping.write_text("tables: [{columns: {F: null}}]", encoding="utf-8")
    assert judged(folder, cache=cache, mapping=mapping) == judged(folder, mapping=mapping) != judged(folder)
    (folder / "2019年county.csv").write_bytes(file.read_bytes())
    file.unlink()  # the name of a file tells its period
    assert judged(folder, cache=cache) == judged(folder)


@pytest.mark.slow
def test_a_cache_that_cannot_be_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError) as caught:
        judged(folder, cache=tmp_path / "file")
    assert caught.value.code == "cache-closed"


def workers() -> list[int]:
    """Reader processes of this one, as the kernel counts them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"batch.service" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return found


proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to find processes in")


def kill(pids: list[int]) -> int:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    return len(pids)


@proc
@pytest.mark.slow
def test_processes_that_are_killed_once_leave_no_mark(folder: Path, plain: str) -> None:
    killed: list[int] = []
    assert judged(folder, jobs=2, progress=lambda *_: None if killed else killed.append(kill(workers()))) == plain
    assert killed[0]


@proc
def test_a_file_whose_process_always_dies_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder, over = make(tmp_path, 2), threading.Event()

    def hunt() -> None:
        while not over.wait(0.02):
            kill(workers())

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        report = check(folder, as_of=DAY, jobs=2)
    finally:
        over.set()
        hunter.join()
    assert {error.code for error in report.unread} == {"reader-died"}
    assert report.exit_code == 2 and not workers()
