"""The fences of a page: files to write and commands to run, with what each prints.

A fence with ``file=`` writes that file, one with ``diff=`` puts lines into one, and a ``console`` fence holds commands
behind ``$``, each with lines that stand in what it prints, in that order; between them there may be others.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```(\w+)(?: (file|diff)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fence:
    language: str
    kind: str
    path: str
    content: str


def fences(page: str) -> Iterator[Fence]:
    for language, kind, path, content in _FENCE.findall(page):
        yield Fence(language, kind, path, content)


Printed = Callable[[list[str], Path], str]


def run_page(page: str, folder: Path, printed: Printed) -> int:
    """Write the files of a page and run its commands in ``folder``; how many ran.

    ``printed`` runs the words of a command and gives what it prints on both streams.
    """
    ran = 0
    for fence in fences(page):
        if fence.kind == "file":
            (folder / fence.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / fence.path).write_text(fence.content, encoding="utf-8")
        elif fence.language == "console":
            ran += _run_session(fence.content, folder, printed)
    return ran


def _run_session(session: str, folder: Path, printed: Printed) -> int:
    ran, command, left = 0, "", ""
    for line in session.splitlines():
        if line.startswith("$ "):
            command, ran = line[2:], ran + 1
            words = shlex.split(command)
            assert words[0] == "communitycheck", command
            left = "\n".join(" ".join(line.split()) for line in printed(words[1:], folder).splitlines())
        elif line.strip() not in ("", "…"):
            wanted = " ".join(line.split())
            assert wanted in left, f"{command}: {wanted!r} is not in what is left of\n{left}"
            left = left.partition(wanted)[2]
    return ran


def by_process(words: list[str], folder: Path) -> str:
    """What a command prints as a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNITYCHECK_")}
    done = subprocess.run(
        [sys.executable, "-m", "communitycheck", *words],
        cwd=folder,
        env={**environment, "COLUMNS": "160"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr
