"""What another process uses: where the system holds no limits itself, its parent looks and ends it.

Linux limits the memory of a process (``RLIMIT_AS``). macOS refuses to, and Windows knows no such limit for a process
that is not in a job of its own.
"""

from __future__ import annotations

import sys
from typing import Any, Self

# Whether the memory and the time of a process must be looked at from outside.
NEEDED = sys.platform != "linux"


class Meter:
    """Counts from when it is made."""

    def __init__(self, process: Any) -> None:
        self._process = process
        self._before = self._time()

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """None where it cannot be told: the process has ended, or psutil is missing."""
        try:
            import psutil  # a dependency on macOS and Windows alone
        except ImportError:
            return None
        try:
            return cls(psutil.Process(pid))
        except psutil.Error:
            return None

    def memory(self) -> int:
        """Bytes that the process holds now; 0 once it has ended."""
        import psutil  # loaded already

        try:
            found = self._process.memory_info()
        except psutil.Error:
            return 0
        # What Windows has promised it, paged out or not; elsewhere what lies in memory.
        return int(getattr(found, "private", found.rss))

    def seconds(self) -> float:
        """Seconds of the processor that it has used since."""
        return self._time() - self._before

    def _time(self) -> float:
        import psutil  # loaded already

        try:
            found = self._process.cpu_times()
        except psutil.Error:
            return 0.0
        return float(found.user + found.system)
