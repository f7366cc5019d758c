"""Several processes at once. One that dies takes its job along and nothing else."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communitycheck.returns.files.workers.worker import Service, Worker
from communitycheck.system.processes import memory as machine_memory

# Jobs that take more bytes of memory than this run at the same time only as far as half the memory goes.
HEAVY = 400 << 20
# A process that is told to end has so many seconds to clear up.
GRACE = 2.0


class Job(NamedTuple):
    """A job and the memory that it will take, by a rough guess; the heaviest are begun first."""

    message: bytes
    memory: int


def answers(service: Service, set_up: bytes, jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, bytes | None]]:
    """The number of each job and its answer, as they come; None where its process died over it.

    A job whose process dies is tried once more when the others are done, alone: another job may have taken all the
    memory.
    """
    dead = []
    for number, answer in _run(service, set_up, list(enumerate(jobs)), workers):
        if answer is None:
            dead.append(number)
        else:
            yield number, answer
    for number in sorted(dead):
        yield from _run(service, set_up, [(number, jobs[number])], 1)


def _run(
    service: Service, set_up: bytes, jobs: list[tuple[int, Job]], workers: int
) -> Iterator[tuple[int, bytes | None]]:
    pool = _Pool(service, set_up, jobs, workers)
    try:
        yield from pool.answers()
    finally:
        pool.stop()


class _Pool:
    """Threads that each keep one process busy; what comes back is taken by the caller's thread."""

    def __init__(self, service: Service, set_up: bytes, jobs: list[tuple[int, Job]], workers: int) -> None:
        self._service, self._set_up = service, set_up
        self._waiting = deque(sorted(jobs, key=lambda job: -job[1].memory))
        self._count = len(jobs)
        self._done: queue.SimpleQueue[tuple[int, bytes | None] | BaseException] = queue.SimpleQueue()
        self._heavy = threading.Semaphore(_at_once(max((job.memory for _, job in jobs), default=0)))
        self._lock = threading.Lock()
        self._running: set[Worker] = set()
        self._stopped = False
        for _ in range(min(workers, len(jobs))):
            threading.Thread(target=self._serve, daemon=True).start()

    def answers(self) -> Iterator[tuple[int, bytes | None]]:
        for _ in range(self._count):
            done = self._next()
            if isinstance(done, BaseException):
                raise done
            yield done

    def _next(self) -> tuple[int, bytes | None] | BaseException:
        while True:
            with contextlib.suppress(queue.Empty):  # Ctrl-C is noticed between two waits, on every system
                return self._done.get(timeout=0.5)

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
            self._running.clear()
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.stop(GRACE)

    def _serve(self) -> None:
        worker = None
        try:
            while not self._stopped:
                try:
                    number, job = self._waiting.popleft()
                except IndexError:
                    break
                worker = worker or self._start()
                with self._heavy if job.memory > HEAVY else contextlib.nullcontext():
                    answer = worker.ask(job.message)
                if answer is None:
                    self._end(worker)
                    worker = None
                self._done.put((number, answer))
        except BaseException as trouble:  # the caller's thread is where it belongs
            self._done.put(trouble)
        if worker is not None:
            self._end(worker)

    def _start(self) -> Worker:
        with self._lock:
            if self._stopped:
                raise RuntimeError("stopped")
            worker = Worker(self._service, self._set_up)
            self._running.add(worker)
        return worker

    def _end(self, worker: Worker) -> None:
        with self._lock:
            running = worker in self._running
            self._running.discard(worker)
        if running:
            worker.stop(GRACE)


def _at_once(memory: int) -> int:
    """How many jobs that each take so much may run at the same time."""
    return max(1, machine_memory() // 2 // max(1, memory))
