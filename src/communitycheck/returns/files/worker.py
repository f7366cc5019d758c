"""A process that reads portions for another: the worker's side of ``pool.py``.

It is told once, in a pickle from its own parent, what to read by; then each message is a portion and each answer the
packed reading. It ends when its parent does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import Any

from communitycheck.returns.files.cache import Cache
from communitycheck.returns.files.packing import pack
from communitycheck.returns.files.pipes import receive, send
from communitycheck.returns.files.portions import Portion, Reading, Setting, read_portion
from communitycheck.returns.files.startup import leave_pandas_out


def main() -> None:
    """Serve until the parent has no more, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent as well, which ends this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # by way of what clears up
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    leave_pandas_out()
    told = receive(sys.stdin.buffer)
    if told is None:
        return
    setting: Setting
    setting, folder = pickle.loads(told)
    cache = None if folder is None else Cache(folder, setting)
    while (message := receive(sys.stdin.buffer)) is not None:
        portion: Portion = pickle.loads(message)
        try:
            send(answers, read_and_keep(portion, setting, cache)[1])
        except BrokenPipeError:
            return


def read_and_keep(portion: Portion, setting: Setting, cache: Cache | None) -> tuple[Reading, bytes]:
    """Read a portion; the reading, packed as well, and kept in the cache if there is one."""
    key = cache.key(portion) if cache is not None else None
    reading = read_portion(portion, setting)
    data = pack(reading)
    if cache is not None:
        cache.put(key, portion, data, reading)
    return reading, data


def command(path: list[str]) -> list[Any]:
    """The command line that starts a worker which imports from ``path``."""
    import json

    own = "from communitycheck.returns.files.worker import main; main()"
    start = f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); {own}"
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", start, json.dumps(path)]
