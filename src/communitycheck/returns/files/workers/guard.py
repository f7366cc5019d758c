"""What holds a job to its limits from outside: its patience everywhere, memory and time where the system does not."""

from __future__ import annotations

import subprocess
import threading
import time
from typing import Self

from communitycheck.returns.files.workers.framing import Limits
from communitycheck.system import meter

# Seconds between two looks at a process that is watched: in so short a time it cannot take much.
INTERVAL = 0.05


class Guard:
    """Ends a process that hangs over a job, or uses more than the job may.

    Attributes:
        late: whether it was ended for its time.
    """

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.late = False
        self._process, self._limits = process, limits
        self._over = threading.Event()
        self._meter = meter.Meter.of(process.pid) if meter.NEEDED else None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @classmethod
    def over(cls, process: subprocess.Popen[bytes], limits: Limits) -> Self | None:
        """The guard of a job; None where there is nothing to see to."""
        return cls(process, limits) if limits.seconds or (limits.memory and meter.NEEDED) else None

    def stop(self) -> None:
        """The job is over."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        end = time.monotonic() + self._limits.patience
        while not self._over.wait(end - time.monotonic() if self._meter is None else INTERVAL):
            self.late = bool(self._limits.seconds) and (time.monotonic() >= end or self._late())
            if self.late or self._greedy():
                self._process.kill()
                return

    def _late(self) -> bool:
        return self._meter is not None and self._meter.seconds() > self._limits.seconds

    def _greedy(self) -> bool:
        limit = self._limits.memory
        return self._meter is not None and bool(limit) and self._meter.memory() > limit
