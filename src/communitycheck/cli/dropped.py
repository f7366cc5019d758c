"""The stand-alone program: returns that are dropped on it are judged, and the report opens in the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from communitycheck.cli import main as command_line
from communitycheck.cli.console import Console
from communitycheck.cli.language import preferred
from communitycheck.errors import WriteError
from communitycheck.system.browser import shown

# So many names are tried for a report.
NAMES = 100


def main() -> None:
    """Entry point of the stand-alone program. A command line is one here as well."""
    arguments = sys.argv[1:]
    if arguments and not are_dropped(arguments):
        command_line()
        return
    console = Console(preferred([]), "text")
    place = report_place(arguments, console) if arguments else None
    if place is not None:
        sys.argv[1:] = ["check", *arguments, "--output", str(place)]
    code = 0
    try:
        command_line()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 2
    if place is None:
        print(console.say("dropped-nothing"))
    elif place.is_file():
        print(console.say("dropped-report", path=str(place)), flush=True)
        shown(place)
    _wait(console)
    sys.exit(code)


def are_dropped(arguments: Sequence[str]) -> bool:
    """Whether these are what a file manager hands over: whole paths of files or folders that are there."""
    return all(os.path.isabs(word) and os.path.exists(word) for word in arguments)  # noqa: PTH110, PTH117 - any text


def report_place(paths: Sequence[str], console: Console) -> Path:
    """Where the report goes: beside the return, else among the user's documents, else in the working folder; under a
    further name where somebody else's file, or a report that was edited, has the first."""
    from communitycheck import api  # only now: a command line has its own way to it

    first = Path(paths[0])
    stem = console.say("dropped-name", name=first.stem if first.is_file() else first.name).strip()
    names = [f"{stem}.html", *(f"{stem} ({number}).html" for number in range(2, NAMES))]
    for folder in [first.parent, Path.home() / "Documents", Path.home()]:
        for name in names:
            try:
                api.check_outputs([folder / name])
            except WriteError as error:
                if error.code in ("write-not-ours", "write-list-damaged", "write-is-link"):
                    continue
                break
            return folder / name
    return Path(names[0])


def _wait(console: Console) -> None:
    """A window that was opened for the program closes with it: let it be read first."""
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        try:
            input(console.say("dropped-wait"))
        except (EOFError, KeyboardInterrupt):
            return
