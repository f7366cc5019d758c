"""One process that does jobs, seen from its parent."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from communitycheck.returns.files.workers.framing import Limits, Message, receive, send
from communitycheck.returns.files.workers.guard import Guard
from communitycheck.system import processes
from communitycheck.system.processes import NO_WINDOW, python
from communitycheck.system.scratch import environment

# Given its set-up, a service returns what answers each job. It is named to the child by its module and its name.
Service = Callable[[bytes], Callable[[bytes], bytes]]

_PACKAGE = Path(__file__).parents[3]
_CHILD = Path(__file__).with_name("child.py")


class Worker:
    """A process, started at once. It ends at the end of its input, so it outlives its parent by one job at most.

    Attributes:
        served: jobs it has answered. seconds: of the processor for the last of them. owner: the process that started
            it: one forked later must leave it alone.
    """

    def __init__(self, service: Service, set_up: bytes = b"") -> None:
        name = f"{service.__module__}:{service.__qualname__}"
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        command = [*python(_CHILD), name, str(_PACKAGE), path]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment(), creationflags=NO_WINDOW
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._jobs, self._answers = self._process.stdin, self._process.stdout
        self.owner = os.getpid()
        self.served = 0
        self.seconds = 0.0
        with contextlib.suppress(OSError):  # it has died already: the first job will tell
            send(self._jobs, set_up)

    def ask(self, job: bytes, limits: Limits = Limits()) -> bytes | None:  # noqa: B008 - a plain constant
        """The answer to ``job``; None where the process died over it, or was stopped meanwhile.

        Raises:
            TimeoutError: the job has used up its time, or hangs. The process has been killed.
        """
        lived = self.alive
        guard = Guard.over(self._process, limits)
        self.seconds = limits.seconds  # unless it lives to say how many it were
        try:
            send(self._jobs, job, limits)
            answer = self._receive() if not processes.READING_IS_DEAF else self._receive_apart()
        except (OSError, ValueError):  # a closed stream gives a ValueError
            answer = None
        finally:
            if guard is not None:
                guard.stop()
        self.served += 1
        if answer is None and lived and ((guard is not None and guard.late) or self._out_of_time()):
            raise TimeoutError
        if answer is None:
            return None
        self.seconds = answer.limits.seconds
        return answer.body

    def _receive(self) -> Message | None:
        return receive(self._answers)

    def _receive_apart(self) -> Message | None:
        """Read in a thread: this one wakes up in between, so that Ctrl-C is noticed before the answer is there."""
        found: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

        def read() -> None:
            try:
                found.put(self._receive())
            except (OSError, ValueError):  # as in ``ask``
                found.put(None)

        threading.Thread(target=read, daemon=True).start()
        while True:
            with contextlib.suppress(queue.Empty):
                return found.get(timeout=0.2)

    def _out_of_time(self) -> bool:
        """Whether the process, whose pipe has closed, was ended by the timer of its processor time."""
        if not hasattr(signal, "SIGPROF"):
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(1.0) == -signal.SIGPROF
        return False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def terminate(self) -> None:
        """Ask it to end, whatever it is at; ``stop`` waits for it."""
        self._process.terminate()

    def stop(self, grace: float = 0.0) -> None:
        """End it: at once, or where it has not ended by itself ``grace`` seconds after the end of its input."""
        if self.owner != os.getpid():
            return
        if not grace:
            self._process.kill()
        with contextlib.suppress(OSError):
            self._jobs.close()
        try:
            self._process.wait(grace or None)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(OSError):
            self._answers.close()
