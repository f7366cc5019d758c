"""What a settings file may do that was found and not named: it may set what a report says and how, in sight.

Nothing is written outside its own folder, no built-in standard is replaced by one of the same id, and whatever of it
can make a failing return pass is said on standard error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from communitycheck import api
from communitycheck.cli.console import Console
from communitycheck.cli.settings.file import SettingsFile
from communitycheck.errors import UsageError

# Options whose files and folders are written, and those whose are read.
WRITTEN = frozenset({"output", "output-dir", "mark-up", "cache"})
READ = frozenset({"standard", "rules-dir", "mapping", "waivers", "baseline", "renames"})
# What says by what is judged, and what counts: each of these may turn a fail into a pass, or its exit code into 0.
BEARING = (
    *("standard", "rules-dir", "region", "as-of", "select", "ignore", "mapping", "waivers"),
    *("baseline", "renames"),
    *("fail-on", "allow-incomplete"),
)
# Values that ask for no less than what holds without them.
HARMLESS: Mapping[str, tuple[Any, ...]] = {"fail-on": ("expected", "advisory"), "allow-incomplete": (False,)}
# So much of a value is said.
SHOWN = 60


def refuse_outside(file: SettingsFile, name: str, value: Any) -> None:
    """What is written lies in the folder of a file that was found, and the limits of reading are left as they are.

    Raises:
        UsageError: it does not, or they are not.
    """
    if file.is_named or file.path is None:
        return
    if name == "limit":
        raise UsageError("config-limit", path=str(file.path), value=", ".join(value)[:SHOWN])
    if name not in WRITTEN:
        return
    folder = os.path.realpath(file.path.parent)
    for one in value if isinstance(value, list) else [value]:
        place = os.path.realpath(one)
        if one.strip() and not Path(place).is_relative_to(folder):
            raise UsageError("config-outside", path=str(file.path), key=name, value=one[:SHOWN], folder=folder)


def heed(file: SettingsFile, used: Mapping[str, Any], console: Console) -> None:
    """Before a command runs: what was passed over is said; ``used`` are the settings of the file that it falls back on.

    Raises:
        UsageError: one of them has a built-in standard replaced.
    """
    for one in file.passed_over:
        console.remark(console.say("config-passed-over", path=str(one.path), why=console.say(one.why)))
    if file.is_named or file.path is None:
        return
    shadow = api.built_in_shadow(used.get("standard") or [], used.get("rules-dir"))
    if shadow is not None:
        raise UsageError("config-shadows", path=str(file.path), file=shadow[0], name=shadow[1])


def say_what_bears(file: SettingsFile, used: Mapping[str, Any], console: Console) -> None:
    """Name the settings of a file that was found which can make a failing return pass."""
    said = [
        f"{name} = {_shown(used[name])}"
        for name in BEARING
        if used.get(name) not in (None, [], "") and used[name] not in HARMLESS.get(name, ())
    ]
    if said and not file.is_named:
        console.remark(console.say("config-bears", path=str(file.path), settings=", ".join(said)))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
