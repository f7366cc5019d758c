"""The child's side: serves one job after another until its input ends.

Started as a script without site packages, so that it costs hardly more than a bare interpreter; a service imports
what it needs. Spreadsheet readers trust what a file says about itself: a few bytes can make them panic, loop or ask
for gigabytes. Whatever happens in here ends, at worst, as the death of this process.

Arguments: the service as ``module:function``, the folder of the package, the parent's ``sys.path`` as JSON. The first
message is the set-up of the service, each further one a job.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import signal
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communitycheck.returns.files.workers.framing import Limits

# The parent ends a job that hangs. Where the parent itself was killed nobody would: then a thread of the interpreter
# does, so many seconds later, whatever the others are at.
ORPHAN_SECONDS = 5.0


def main(arguments: list[str]) -> None:
    service, package, path = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent as well, which ends this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that temporary files and children of its own go
    # What a library prints must not get in among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.path[:] = json.loads(path)
    _skip_front_door(package)
    from communitycheck.returns.files.workers.framing import Limits, receive, send  # only now can it be found

    first = receive(sys.stdin.buffer)
    if first is None:
        return
    module, name = service.split(":")
    handle = getattr(importlib.import_module(module), name)(first.body)
    while (job := receive(sys.stdin.buffer)) is not None:
        begin = time.process_time()
        _limit(job.limits)
        answer = handle(job.body)
        _end_alarms()
        try:
            send(answers, answer, Limits(seconds=time.process_time() - begin))
        except OSError:  # nobody reads any more
            return


def _skip_front_door(package: str) -> None:
    """Let the package be there without running its ``__init__``, which loads the checks: no service needs those."""
    module = ModuleType("communitycheck")
    module.__path__ = [package]
    sys.modules["communitycheck"] = module


def _limit(limits: Limits) -> None:
    """Hold the job to its limits as far as the system does that; to the rest the parent holds it (``Guard``)."""
    if limits.seconds:
        faulthandler.dump_traceback_later(limits.patience + ORPHAN_SECONDS, exit=True)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, limits.seconds)  # its signal ends the process: the parent knows it
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    if limits.memory:
        for kind, wanted in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CORE, 0)):
            most = resource.getrlimit(kind)[1]
            with contextlib.suppress(ValueError, OSError):  # macOS lets nobody limit the space of addresses
                resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _end_alarms() -> None:
    faulthandler.cancel_dump_traceback_later()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
