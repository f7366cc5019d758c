"""When a run collects garbage: not while all it has made are programs and rules, which stay to the end."""

from __future__ import annotations

import gc
from collections.abc import Callable


def rest() -> None:
    """Collect nothing for now: starting up takes a tenth less."""
    gc.disable()


def waking(progress: Callable[[int, int, str], None] | None) -> Callable[[int, int, str], None]:
    """What is called after each file: with several of them garbage is collected again, for a long run makes what it
    does not keep."""

    def told(done: int, total: int, path: str) -> None:
        if total > 1:
            gc.enable()
        if progress is not None:
            progress(done, total, path)

    return told


def leave() -> None:
    """The process is about to end, and what it holds need not be looked through once more."""
    gc.freeze()
