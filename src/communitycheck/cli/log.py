"""What goes to standard error besides the progress bar: one line for each message, plain or as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

FORMATS = ("text", "json")

_chosen = "text"


def choose(arguments: list[str]) -> None:
    """Take ``--log-format`` from the command line before it is parsed, so that its own faults are told that way too.

    An unknown value leaves the format as text; the command complains of it.
    """
    use("text")
    for i, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--log-format=") else ""
        if word == "--log-format" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in FORMATS:
            use(value)


def use(format: str) -> None:
    """Tell what follows in one of ``FORMATS``."""
    global _chosen
    _chosen = format


def is_json() -> bool:
    return _chosen == "json"


def tell(level: str, code: str, message: str, shown: str, **facts: Any) -> None:
    """One message.

    Args:
        level: ``error`` or ``info``. code: key of the message, empty where it has none. message: its text.
        shown: the line to print where lines are plain. facts: what else a program may want (path, sheet...).
    """
    if not is_json():
        print(shown, file=sys.stderr)
        return
    plain = (sys.stderr.encoding or "").lower().replace("-", "") != "utf8"
    line = {"level": level, "code": code or None, **facts, "message": message}
    text = json.dumps(line, ensure_ascii=plain)
    print(text.encode("utf-8", "backslashreplace").decode(), file=sys.stderr, flush=True)
