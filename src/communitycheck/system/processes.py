"""Processes and the machine that they run on."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

# Whether a process may be asked for by signal 0; elsewhere that ends it.
SIGNALS_ASK = os.name == "posix"
# Whether Ctrl-C has to wait until a pipe that is read has something to say.
READING_IS_DEAF = os.name == "nt"
# Where nothing tells how much memory there is.
_USUAL_MEMORY = 4 << 30
# On Windows a child of a program without a console would open one.
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory() -> int:
    """Bytes of memory in this machine."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        pass
    try:
        import psutil  # a dependency on macOS and Windows alone
    except ImportError:
        return _USUAL_MEMORY
    return int(psutil.virtual_memory().total)


def is_alive(pid: int) -> bool | None:
    """Whether a process of that number runs on this machine; None where nothing tells."""
    if SIGNALS_ASK:
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except OSError:
            return True
        return True
    try:
        import psutil  # a dependency on macOS and Windows alone
    except ImportError:
        return None
    try:
        return bool(psutil.pid_exists(pid))
    except OverflowError:
        return False


@cache
def machine() -> str:
    """Where the number of a process means the same: this machine since it was started, or this container on it."""
    facts = [os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")]
    try:
        facts += [Path("/proc/sys/kernel/random/boot_id").read_text("ascii")]
        facts += [str(Path("/proc/self/ns/pid").stat().st_ino)]
    except OSError:
        pass
    return f"{zlib.crc32(' '.join(facts).encode('utf-8', 'replace')):08x}"


def python(script: Path) -> list[str]:
    """The command that runs ``script`` in a bare interpreter, without site packages; its arguments follow.

    The stand-alone program holds no interpreter but itself, and does that for ``CHILD``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    # The python.exe of an environment on Windows only starts the real one, and would be watched in its stead.
    found = getattr(sys, "_base_executable", None) if sys.platform == "win32" else None
    return [found or sys.executable, "-I", "-S", "-X", "utf8", str(script)]


CHILD = "--communitycheck-child"
