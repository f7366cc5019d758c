"""Folders for temporary files, all in one folder of the run.

That folder is gone when the run ends. A run that was shot, and on Windows each that was ended from outside, cannot
clear up: the next run does. The name of the folder bears the machine and the process that made it, so that it is known
for dead.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import tempfile
import threading
import time
from pathlib import Path

from communitycheck.system.processes import is_alive, machine

_NAMED = re.compile(r"communitycheck-(?P<machine>[0-9a-f]{8})-(?P<pid>\d+)-\w+")
# Tells a process that works for a run where the run's folder is.
_VARIABLE = "COMMUNITYCHECK_RUN_FOLDER"
# What nobody can be asked about is left alone for so long.
DAY = 86400.0


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A new folder, gone when it is closed. What another program holds open goes with the folder of the run."""
    return tempfile.TemporaryDirectory(dir=_RUN.folder(), ignore_cleanup_errors=True)


def environment() -> dict[str, str]:
    """The environment for a process that works for this run: its temporary files lie, and go, with those of the run."""
    return _RUN.environment()


def of_a_dead_run(name: str, pattern: re.Pattern[str], changed: float) -> bool:
    """Whether what is called so was left by a process that has ended, as far as that can be told.

    Args:
        pattern: has the groups ``machine`` and ``pid``. changed: when it last was.
    """
    named = pattern.fullmatch(name)
    if named is None:
        return False
    lives = is_alive(int(named["pid"])) if named["machine"] == machine() else None
    return time.time() - changed > DAY if lives is None else not lives


class Run:
    """The folder of the run, made when it is first asked for. What was forked off has one of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder = os.environ.pop(_VARIABLE, "")
        self._owner = 0  # not ours to clear away

    def folder(self) -> str:
        with self._lock:
            if self._owner not in (0, os.getpid()) or not Path(self._folder).is_dir() or not self._folder:
                _clear_leavings()
                self._folder = tempfile.mkdtemp(prefix=f"communitycheck-{machine()}-{os.getpid()}-")
                self._owner = os.getpid()
            return self._folder

    def environment(self) -> dict[str, str]:
        try:
            return {**os.environ, _VARIABLE: self.folder()}
        except OSError:  # nowhere to put one: whoever needs it will say so
            return dict(os.environ)

    def remove(self) -> None:
        if self._owner == os.getpid():
            shutil.rmtree(self._folder, ignore_errors=True)


def _clear_leavings() -> None:
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if not entry.name.startswith("communitycheck-"):
                continue
            with contextlib.suppress(OSError):
                if of_a_dead_run(entry.name, _NAMED, entry.stat(follow_symlinks=False).st_mtime):
                    shutil.rmtree(entry.path, ignore_errors=True)


_RUN = Run()
# Registered before the processes that may still hold files in it are: what is registered last ends first.
atexit.register(_RUN.remove)
