"""When a run collects garbage: not while all that it makes are programs and rules, which stay to its end."""

from __future__ import annotations

import gc
from collections.abc import Callable


def pause() -> None:
    """Collect nothing for now: starting up takes a tenth less."""
    gc.disable()


def resuming(progress: Callable[[int, int, str], None] | None) -> Callable[[int, int, str], None]:
    """``progress``, which is called after each file; with several files garbage is collected again from the first
    on, since a long run makes much that it does not keep."""

    def on_file(done: int, total: int, path: str) -> None:
        if total > 1:
            gc.enable()
        if progress is not None:
            progress(done, total, path)

    return on_file


def finish() -> None:
    """The process is about to end, and what it holds need not be looked through once more."""
    gc.freeze()
