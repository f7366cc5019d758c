"""What a bug report has to say of the machine, without a word about whose it is."""

from __future__ import annotations

import getpass
import locale
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

PACKAGE = "communitycheck"
VARIABLES = ("LANG", "LC_ALL", "LC_MESSAGES", "PYTHONUTF8", "PYTHONIOENCODING", "TERM", "COLUMNS", "NO_COLOR")
_LIMITS = {"RLIMIT_AS": "memory", "RLIMIT_NOFILE": "open files", "RLIMIT_FSIZE": "file size"}


def facts_of_machine(version: str) -> dict[str, dict[str, str]]:
    """Groups of facts, each a name and a value, in the order in which they are told."""
    return {
        "program": {"version": version, "folder": anonymous(str(Path(__file__).parents[1])), **_built()},
        "python": {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "program": anonymous(sys.executable or ""),
        },
        "platform": {"system": platform.system(), "release": platform.release(), "machine": platform.machine()},
        "text": dict(_text()),
        "limits": dict(_limits()),
        "packages": dict(_packages()),
    }


def anonymous(text: str) -> str:
    """The text with the home folder as ``~`` and the user's name, where it is a part of a path, as ``USER``."""
    home = str(Path("~").expanduser())
    if len(home) > 1:
        text = text.replace(home, "~")
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody of that number is known
        return text
    parts = text.replace("\\", "/").split("/")
    return text if not user or user not in parts else "/".join("USER" if part == user else part for part in parts)


def _built() -> dict[str, str]:
    return {"stand-alone": "yes"} if getattr(sys, "frozen", False) else {}


def _text() -> Iterator[tuple[str, str]]:
    yield "locale", locale.setlocale(locale.LC_CTYPE)
    yield "file names", sys.getfilesystemencoding()
    yield "UTF-8 mode", "on" if sys.flags.utf8_mode else "off"
    for name, stream in (("standard output", sys.stdout), ("standard error", sys.stderr)):
        kind = "terminal" if stream.isatty() else "no terminal"
        yield name, f"{kind}, {getattr(stream, 'encoding', '') or '?'}"
    yield from ((name, value) for name in VARIABLES if (value := os.environ.get(name, "")))


def _limits() -> Iterator[tuple[str, str]]:
    yield "processors", str(os.cpu_count() or "?")
    try:
        import resource  # Windows has none
    except ImportError:
        return
    for kind, name in _LIMITS.items():
        soft = resource.getrlimit(getattr(resource, kind))[0]
        yield name, "unlimited" if soft == resource.RLIM_INFINITY else f"{soft:,}"


def _packages() -> Iterator[tuple[str, str]]:
    """What the toolkit needs; what only another system needs is left out where it is not there."""
    try:
        needed = [one for one in metadata.requires(PACKAGE) or [] if "extra ==" not in one]
    except metadata.PackageNotFoundError:
        return
    for requirement in sorted(needed):
        found = re.match(r"[\w.-]+", requirement)
        name = found[0] if found else requirement
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            if "sys_platform" not in requirement:
                yield name, "missing"
