"""When a run collects garbage: not while all it has made are programs and rules, which stay to the end."""

from __future__ import annotations

import gc


def rest() -> None:
    """Collect nothing for now: starting up takes a tenth less."""
    gc.disable()


def wake() -> None:
    """Collect again: from here on a long run makes what it does not keep."""
    gc.enable()


def leave() -> None:
    """The process is about to end, and what it holds need not be looked through once more."""
    gc.freeze()
