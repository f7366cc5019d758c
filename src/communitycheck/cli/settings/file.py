"""Which settings file holds, and why others do not.

A file that is named, by ``--config`` or in the environment, is taken as it is. One that is found is somebody's who had
access to the folder, perhaps a stranger's: it is taken from the folder that the run is in and, inside a repository or
the user's home, from the folders above up to the top of that; and only where it is the user's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from communitycheck.errors import UsageError
from communitycheck.nearest import nearest_file
from communitycheck.system.files import is_own, open_plain

FILE = "communitycheck.toml"
PROJECT_FILE = "pyproject.toml"
PREFIX = "COMMUNITYCHECK"
HEADING = b"[tool.communitycheck"
# Far more than all settings take; a project file of a large project stays below.
MAX_BYTES = 1 << 18


class PassedOver(Struct, frozen=True):
    """A settings file that was found and not taken; ``why`` is the code of a message."""

    path: Path
    why: str


class SettingsFile(Struct, frozen=True):
    """The file that holds, and the settings in it as they stand there; both empty where there is none.

    Attributes:
        is_named: ``--config`` or the environment says so; else it was found.
        is_off: ``--no-config`` says that none holds.
        passed_over: files on the way that are another user's.
    """

    path: Path | None = None
    table: Mapping[str, Any] = field(default_factory=dict)
    is_named: bool = False
    is_off: bool = False
    passed_over: tuple[PassedOver, ...] = ()


def settings_file(arguments: list[str]) -> SettingsFile:
    """The settings of ``--config FILE`` before the command, of ``COMMUNITYCHECK_CONFIG``, else of the nearest file that
    may be taken; none after ``--no-config``.

    Raises:
        UsageError: a file that was named is not there, or a file cannot be read, is no plain file, too large, no TOML,
            or has something else than a table of settings.
    """
    named, is_off = _asked(arguments)
    if named and is_off:
        raise UsageError("config-and-none", path=named)
    if is_off:
        return SettingsFile(is_off=True)
    if not named:
        named = os.environ.get(f"{PREFIX}_CONFIG", "")
    if named:
        return SettingsFile(Path(named), _table(Path(named)), is_named=True)
    return _nearest()


def not_taken() -> list[PassedOver]:
    """The settings files beside and above this folder that do not hold since they are found where they are."""
    taken, beyond = _places()
    found = [PassedOver(p, "config-not-own") for place in taken for p in _files(place) if not is_own(p)]
    return found + [PassedOver(p, "config-beyond") for place in beyond for p in _files(place)]


def _asked(arguments: list[str]) -> tuple[str, bool]:
    """What ``--config`` names, and whether ``--no-config`` is given, before the command."""
    named, is_off = "", False
    for i, word in enumerate(arguments):
        if word.startswith("--config="):
            named = word.partition("=")[2]
        elif word == "--config" and i + 1 < len(arguments):
            named = arguments[i + 1]
        elif word == "--no-config":
            is_off = True
        elif not word.startswith("-") and (not i or arguments[i - 1] not in ("--config", "--lang")):
            break
    return named, is_off


def _nearest() -> SettingsFile:
    passed: list[PassedOver] = []
    for place in _places()[0]:
        for path in _files(place):
            if is_own(path):
                return SettingsFile(path, _table(path), passed_over=tuple(passed))
            passed.append(PassedOver(path, "config-not-own"))
    return SettingsFile(passed_over=tuple(passed))


def _places() -> tuple[list[Path], list[Path]]:
    """This folder and those above it: the ones of which a file is taken, and the others."""
    try:
        here = Path.cwd()
    except OSError:
        raise UsageError("folder-gone") from None
    places = [here, *here.parents]
    home = os.path.realpath(Path("~").expanduser())
    for i, place in enumerate(places):
        if (place / ".git").exists() or os.path.realpath(place) == home:
            return places[: i + 1], places[i + 1 :]
    return places[:1], places[1:]


def _files(place: Path) -> Iterator[Path]:
    """The settings files in a folder, the one that counts first. A folder of that name is none, all else is."""
    own = place / FILE
    if os.path.lexists(own) and not own.is_dir():
        yield own
    if _has_heading(place / PROJECT_FILE):
        yield place / PROJECT_FILE


def _has_heading(path: Path) -> bool:
    """Whether a project file has settings; one that is no TOML does where it has their heading."""
    try:
        with open_plain(path.resolve()) as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError):  # a loop of links
        return False
    if b"communitycheck" not in content:
        return False
    if len(content) > MAX_BYTES:
        return HEADING in content
    import tomllib

    try:
        tools = tomllib.loads(content.decode("utf-8-sig")).get("tool")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return HEADING in content
    return isinstance(tools, dict) and "communitycheck" in tools


def _table(path: Path) -> Mapping[str, Any]:
    import tomllib

    try:
        content = tomllib.loads(_read(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise UsageError("config-not-toml", path=str(path), cause=str(trouble)[:200]) from trouble
    except RecursionError:
        raise UsageError("config-not-toml", path=str(path), cause="too deep") from None
    if path.name == PROJECT_FILE:
        tools = content.get("tool")
        content = tools.get("communitycheck", {}) if isinstance(tools, dict) else {}
    if not isinstance(content, dict):
        raise UsageError("config-not-table", path=str(path), value=repr(content)[:200])
    return content


def _read(path: Path) -> bytes:
    try:
        place = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # not there, a loop of links, a null character
        raise UsageError("config-missing", path=str(path), near=nearest_file(str(path))) from None
    if not place.is_file():
        raise UsageError("config-not-plain", path=str(path))
    try:
        with open_plain(place) as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as trouble:
        raise UsageError("config-missing", path=str(path), near="") from trouble
    if len(content) > MAX_BYTES:
        raise UsageError("config-too-large", path=str(path), limit=MAX_BYTES >> 10)
    return content
