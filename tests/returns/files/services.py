"""Services for the tests of worker processes; importable by their children."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def trial(set_up: bytes) -> Callable[[bytes], bytes]:
    """Answers with its set-up and the job; some jobs do harm."""

    def answer(job: bytes) -> bytes:
        if job == b"die":
            os.abort()
        if job == b"hang":
            time.sleep(60)
        if job == b"spin":
            while True:
                pass
        if job == b"wait":
            time.sleep(1)
        if job == b"grow":
            try:
                return str(len(bytearray(512 << 20))).encode()
            except MemoryError:
                return b"refused"
        if job == b"swell":
            held = []
            for _ in range(64):
                held.append(b"x" * (8 << 20))
                time.sleep(0.02)
            return str(sum(map(len, held)) >> 20).encode()
        if job == b"pid":
            return str(os.getpid()).encode()
        if job == b"print":
            print("stray output")
        return set_up + job

    return answer
