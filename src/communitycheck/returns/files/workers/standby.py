"""Processes kept from one job to the next.

Starting a process costs several times what reading a small workbook does, so one that has answered waits for the next
file. One that refused a file, died, took too long or had a large one to read is thrown away: what a file is answered
never depends on the files before it.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable

from communitycheck.returns.files.workers.framing import Limits
from communitycheck.returns.files.workers.worker import Service, Worker

# A process is replaced after so many jobs, or after one whose limit of memory was above this.
MOST_JOBS = 1000
ROOMY = (1 << 30) + (64 << 20)


class Standby:
    """The processes of one service.

    Args:
        is_refusal: whether an answer says that the job could not be done.

    Attributes:
        spent: seconds of the processor that all jobs so far have taken.
    """

    def __init__(self, service: Service, is_refusal: Callable[[bytes], bool]) -> None:
        self._service = service
        self._is_refusal = is_refusal
        self._lock = threading.Lock()
        self.waiting: list[Worker] = []
        self._busy: set[Worker] = set()
        self.spent = 0.0
        atexit.register(self.stop)

    def ask(self, job: bytes, limits: Limits) -> bytes | None:
        """The answer to ``job``; None where the process died over it.

        Raises:
            TimeoutError: the job has used up its time, or hangs.
        """
        worker = self._take()
        used = worker.served > 0
        self._busy.add(worker)
        try:
            answer = worker.ask(job, limits)
        except BaseException:
            worker.stop()
            raise
        finally:
            self._busy.discard(worker)
            self.spent += worker.seconds
        refused = answer is None or self._is_refusal(answer)
        if not refused and worker.alive and worker.served < MOST_JOBS and limits.memory <= ROOMY:
            with self._lock:
                self.waiting.append(worker)
            return answer
        worker.stop()
        # The jobs before may be to blame: the refusal that counts is that of a fresh process.
        return self.ask(job, limits) if used and refused else answer

    def _take(self) -> Worker:
        with self._lock:
            while self.waiting:
                worker = self.waiting.pop()
                if worker.owner == os.getpid():
                    return worker
        return Worker(self._service)

    def stop(self) -> None:
        """End the processes that wait, and those at work in a thread for whose result nobody has come."""
        with self._lock:
            while self.waiting:
                self.waiting.pop().stop()
        for worker in tuple(self._busy):
            worker.stop()
