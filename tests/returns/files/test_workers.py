"""Worker processes: limits, deaths and replacements."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from communitycheck.returns.files.workers import standby
from communitycheck.returns.files.workers.framing import Limits
from communitycheck.returns.files.workers.pool import HEAVY, Job, answers
from communitycheck.returns.files.workers.standby import Standby
from communitycheck.returns.files.workers.worker import Worker
from returns.files.services import trial

limited = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system says no: the process is ended")


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker(trial, b"set-up ")
    yield one
    one.stop()


def test_jobs_are_answered_one_after_another(worker: Worker) -> None:
    big = bytes(3 << 20)
    assert [worker.ask(job) for job in (b"a", b"", big)] == [b"set-up a", b"set-up ", b"set-up " + big]
    assert worker.served == 3 and worker.alive


def test_what_a_library_prints_is_no_answer(worker: Worker) -> None:
    assert [worker.ask(b"print"), worker.ask(b"b")] == [b"set-up print", b"set-up b"]


def test_a_job_is_ended_when_it_has_used_up_its_time(worker: Worker) -> None:
    with pytest.raises(TimeoutError):
        worker.ask(b"spin", Limits(seconds=0.3))
    assert worker.ask(b"a") is None


def test_time_that_others_have_the_processor_does_not_count(worker: Worker) -> None:
    assert worker.ask(b"wait", Limits(seconds=0.3)) == b"set-up wait"


def test_a_job_that_hangs_is_ended_at_last(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "patience", 0.5)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        worker.ask(b"hang", Limits(seconds=0.3))
    assert time.monotonic() - begun < 20
    assert worker.ask(b"a") is None


@limited
def test_memory_is_limited_by_the_job(worker: Worker) -> None:
    assert worker.ask(b"grow", Limits(memory=300 << 20)) == b"refused"
    assert worker.ask(b"grow", Limits(memory=2 << 30)) == str(512 << 20).encode()


def test_memory_is_limited_on_every_system(worker: Worker) -> None:
    assert worker.ask(b"swell", Limits(memory=2 << 30)) == b"512"
    assert worker.ask(b"swell", Limits(memory=300 << 20)) is None


def test_a_death_is_no_answer(worker: Worker) -> None:
    assert worker.ask(b"die") is None and worker.ask(b"a") is None


@pytest.fixture
def waiting() -> Iterator[Standby]:
    one = Standby(trial, lambda answer: answer == b"refused")
    yield one
    one.stop()


def test_a_process_waits_for_the_next_job(waiting: Standby) -> None:
    assert waiting.ask(b"pid", Limits()) == waiting.ask(b"pid", Limits())


@limited
def test_a_process_that_has_refused_or_died_is_replaced(waiting: Standby) -> None:
    first = waiting.ask(b"pid", Limits())
    assert waiting.ask(b"grow", Limits(memory=300 << 20)) == b"refused" and not waiting.waiting
    second = waiting.ask(b"pid", Limits())
    assert waiting.ask(b"die", Limits()) is None and not waiting.waiting
    assert len({first, second, waiting.ask(b"pid", Limits())}) == 3


def test_a_process_is_replaced_after_many_jobs_and_after_a_large_one(
    waiting: Standby, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "MOST_JOBS", 2)
    found = [waiting.ask(b"pid", Limits()) for _ in range(4)]
    assert found[0] == found[1] != found[2] == found[3]
    waiting.ask(b"pid", Limits(memory=standby.ROOMY + 1))
    assert not waiting.waiting


def test_a_death_in_the_pool_costs_its_job_alone() -> None:
    jobs = [Job(b"a", 0), Job(b"die", HEAVY + 1), Job(b"b", HEAVY + 2), Job(b"c", 0)]
    assert dict(answers(trial, b"", jobs, 2)) == {0: b"a", 1: None, 2: b"b", 3: b"c"}


def test_a_pool_that_nobody_asks_any_more_ends_at_once() -> None:
    begun = time.monotonic()
    found = answers(trial, b"", [Job(b"a", 0), *(Job(b"hang", 0) for _ in range(4))], 2)
    assert next(found) == (0, b"a")
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 20
