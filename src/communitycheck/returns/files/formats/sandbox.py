"""The parent's side of ``child.py``: processes that read workbooks, one file after another, until one wears out.

Starting a process costs several times what reading a small workbook does, so one that has answered is kept for the
next file. One that refused a file, died, lingered or had much to read is thrown away: what a file is answered never
depends on the files before it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import marshal
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from communitycheck.returns.files.pipes import receive

# A process is replaced after so many files, or after one whose limit of memory was above this.
MOST_FILES = 1000
ROOMY = (1 << 30) + (64 << 20)

_idle: list[_Child] = []
_lock = threading.Lock()


def ask(job: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """The answer to ``job`` (see ``child.py``); None where the process died over it.

    Raises:
        TimeoutError: no answer within ``seconds``.
    """
    child = _taken()
    used = child.served > 0
    try:
        answer = child.ask({**job, "seconds": seconds}, seconds)
    except BaseException:
        child.stop()
        raise
    if answer is not None and "error" not in answer and child.served < MOST_FILES and job["memory"] <= ROOMY:
        with _lock:
            _idle.append(child)
        return answer
    child.stop()
    # It may have died of old age: the answer that counts is that of a process of the file's own.
    failed = answer is None or answer.get("error") == "too-large"
    return ask(job, seconds) if used and failed else answer


def _taken() -> _Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.owner == os.getpid():
                return child
            # A forked process has inherited it and must leave it to its owner.
    return _Child()


@atexit.register
def stop() -> None:
    """End the processes that wait for work."""
    with _lock:
        while _idle:
            _idle.pop().stop()


class _Child:
    """One process."""

    def __init__(self) -> None:
        script = str(Path(__file__).with_name("child.py"))
        command = [sys.executable, "-I", "-S", "-X", "utf8", script]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self.owner = os.getpid()
        self.served = 0

    def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
            import pyarrow  # noqa: F401  # needed next; it loads while the child reads

            said = receive(process.stdout)
        except OSError:
            said = None
        finally:
            timer.cancel()
            timer.join()
        self.served += 1
        if said is None and late.is_set():
            raise TimeoutError
        if late.is_set():
            self.served = MOST_FILES
        try:
            answer: dict[str, Any] | None = None if said is None else marshal.loads(said)
        except (EOFError, ValueError, TypeError):
            return None
        return answer

    def stop(self) -> None:
        if self.owner != os.getpid():
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()
