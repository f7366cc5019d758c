"""The progress bar: on standard error, on a terminal alone, and gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from communitycheck.cli.console import Console

Tick = Callable[[int, int, str], None]
# A name longer than this is cut: the bar should fit its line.
NAME = 24


@contextmanager
def progress_bar(console: Console, *, quiet: bool = False) -> Iterator[Tick | None]:
    """What to call after each file with the number done, the number of all and the path; None where nobody looks."""
    if quiet or console.is_json or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(console)
    try:
        yield bar.tick
    finally:
        bar.stop()


class _Bar:
    """Drawn from the first of several files on; one file alone needs none."""

    def __init__(self, console: Console) -> None:
        self._say = console.say
        self._progress: Any = None
        self._task: Any = None

    def tick(self, done: int, total: int, path: str) -> None:
        if total < 2:
            return
        if self._progress is None:
            self._start(total)
        self._progress.update(self._task, completed=done, name=_short(PurePath(path).name))

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _start(self, total: int) -> None:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft
        from rich.text import Text

        say = self._say

        class FilesPerSecond(ProgressColumn):
            def render(self, task: Task) -> Text:
                speed = task.finished_speed or task.speed
                return Text("" if speed is None else say("progress-rate", n=f"{speed:.1f}"))

        self._progress = Progress(
            TextColumn(say("progress-reading")),
            BarColumn(),
            MofNCompleteColumn(),
            FilesPerSecond(),
            TextColumn(say("progress-left")),
            TimeLeft(elapsed_when_finished=True),
            TextColumn("{task.fields[name]}", markup=False),
            console=Terminal(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, name="")
        self._progress.start()


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
