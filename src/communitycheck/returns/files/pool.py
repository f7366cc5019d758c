"""Several processes that read portions at once. One that dies takes its file along and nothing else."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence

from communitycheck.errors import ReturnError
from communitycheck.returns.files.packing import unpack
from communitycheck.returns.files.pipes import receive, send
from communitycheck.returns.files.portions import Portion, Reading, Setting
from communitycheck.returns.files.worker import command

# Portions of more bytes than this on disk are read at once as far as half the memory goes: reading one takes about
# so many times its size.
HEAVY = 16 << 20
SWELLING = 25
# A process that is told to end has so many seconds to clear up.
GRACE = 2.0


def read_in_pool(
    portions: Sequence[Portion], setting: Setting, cache: str | None, jobs: int
) -> Iterator[tuple[Portion, Reading]]:
    """Readings as they come, from ``jobs`` processes; the largest files are begun first. ``cache`` is its folder.

    A portion whose process dies is tried once more when the others are done, alone: it may have been the victim of
    another file's hunger. If the process dies again, the portion is ``reader-died``.
    """
    pool = _Pool((setting, cache), sorted(portions, key=lambda p: -p.size), jobs)
    try:
        dead = []
        for portion, reading in pool.readings():
            if reading is None:
                dead.append(portion)
            else:
                yield portion, reading
        for portion in sorted(dead, key=lambda p: (p.path, p.part)):
            again = _Pool((setting, cache), [portion], 1)
            try:
                for _, reading in again.readings():
                    yield portion, reading or Reading([], [ReturnError("reader-died", path=portion.path)])
            finally:
                again.stop()
    finally:
        pool.stop()


class _Pool:
    """Threads that each keep one process busy; what comes back is taken by the caller's thread."""

    def __init__(self, told: tuple[Setting, str | None], portions: Sequence[Portion], jobs: int) -> None:
        self._told = pickle.dumps(told)
        self._waiting = deque(portions)
        self._count = len(portions)
        self._done: queue.SimpleQueue[tuple[Portion, bytes | None] | BaseException] = queue.SimpleQueue()
        self._heavy = threading.Semaphore(_heavy_at_once(max((p.size for p in portions), default=0)))
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(min(jobs, len(portions)))]
        for thread in threads:
            thread.start()

    def readings(self) -> Iterator[tuple[Portion, Reading | None]]:
        """Each portion and its reading, None where the process died over it."""
        for _ in range(self._count):
            item = self._next()
            if isinstance(item, BaseException):
                raise item
            portion, data = item
            # Here, where there is nothing else to do, and not where a process waits for its next portion.
            yield portion, None if data is None else unpack(data)

    def _next(self) -> tuple[Portion, bytes | None] | BaseException:
        while True:
            with contextlib.suppress(queue.Empty):  # in between, Ctrl-C is heard everywhere
                return self._done.get(timeout=0.5)

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._stopped = True
            processes = list(self._processes)
            self._processes.clear()
        for process in processes:
            process.terminate()
        for process in processes:
            _close(process)

    def _serve(self) -> None:
        process = None
        try:
            while not self._stopped:
                try:
                    portion = self._waiting.popleft()
                except IndexError:
                    break
                if process is None:
                    process = self._started()
                with self._heavy if portion.size > HEAVY else contextlib.nullcontext():
                    data = _asked(process, pickle.dumps(portion))
                if data is None:
                    self._end(process)
                    process = None
                self._done.put((portion, data))
        except BaseException as trouble:  # the caller's thread is where it belongs
            self._done.put(trouble)
        if process is not None:
            self._end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        with self._lock:
            if self._stopped:
                raise RuntimeError("stopped")
            process = subprocess.Popen(command(sys.path), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
            self._processes.add(process)
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            send(process.stdin, self._told)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            ours = process in self._processes
            self._processes.discard(process)
        if ours:
            _close(process)


def _asked(process: subprocess.Popen[bytes], message: bytes) -> bytes | None:
    assert process.stdin is not None and process.stdout is not None
    try:
        send(process.stdin, message)
        return receive(process.stdout)
    except (OSError, ValueError):  # it has died, or was ended while we waited
        return None


def _close(process: subprocess.Popen[bytes]) -> None:
    """At the end of its input a worker ends by itself; one that does not is made to."""
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with contextlib.suppress(OSError):
        process.stdout.close()


def _heavy_at_once(size: int) -> int:
    """How many portions of up to ``size`` bytes may be read at the same time."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        memory = 4 << 30
    return max(1, memory // 2 // max(1, size * SWELLING))
