"""Runs the tool, or the process that it starts for a workbook, and writes down what Python reports of its doings.

``python watched.py LOG tool check return.xlsx`` or ``python -I -S watched.py LOG child JOB``. An audit hook cannot be
taken out again by what runs after it. The log is one JSON object: event -> list of what it was about.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

# What changes files; the paths are the arguments that are text.
CHANGES = {
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate",
    "os.utime", "shutil.rmtree", "shutil.copyfile", "shutil.move", "os.setxattr",
}  # fmt: skip
STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty",
          "os.startfile", "pty.spawn"}  # fmt: skip
NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.", "webbrowser.")
CODE = {"compile", "exec", "pickle.find_class", "code.__new__", "ctypes.dlopen"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

log: dict[str, list[Any]] = {}


def note(event: str, about: Any) -> None:
    log.setdefault(event, []).append(about)


def text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray | memoryview) else str(value)


def hook(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = args
        if not isinstance(path, int):
            writes = bool(flags & WRITING) or any(letter in (mode or "") for letter in "wax+")
            note("write" if writes else "read", os.path.abspath(text(path)))  # noqa: PTH100
    elif event in CHANGES:
        note("change", [event, *(os.path.abspath(text(a)) for a in args if isinstance(a, str | bytes))])  # noqa: PTH100
    elif event == "os.posix_spawn" and log.get("start", [])[-1:] == [["subprocess.Popen", *map(text, args[1])]]:
        pass  # from Python 3.13 on, how the one before is carried out
    elif event in STARTS:
        note("start", [event, *([text(a) for a in args[1]] if event == "subprocess.Popen" else [])])
    elif event.startswith(NETWORK):
        note("network", [event, repr(args[1:])[:200]])
    elif event == "compile":
        note("code", [event, text(args[1]), text(args[0]) if isinstance(args[0], str | bytes) else ""])
    elif event == "exec":
        code = args[0]
        note("code", [event, code.co_filename, repr(code.co_consts) if code.co_filename.startswith("<") else ""])
    elif event in CODE:
        note("code", [event, *(text(a) for a in args)])


def main() -> int:
    target, what, *rest = sys.argv[1:]
    code = 0
    sys.addaudithook(hook)
    try:
        if what == "child":
            script = rest.pop(0)
            sys.argv = [script, *rest]
            runpy.run_path(script, run_name="__main__")
        else:
            from communitycheck.cli import main as tool

            sys.argv = ["communitycheck", *rest]
            tool()
    except SystemExit as stop:
        code = int(stop.code or 0) if not isinstance(stop.code, str) else 2
    finally:
        found = dict(log)
        sys.stdout.flush()
        Path(target).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
