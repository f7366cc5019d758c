"""Settings: ``communitycheck.toml``, or ``[tool.communitycheck]`` in ``pyproject.toml``, and the environment.

A setting is named like an option of ``check`` and stands in for it where the command line does not give it. The
command line beats the environment, and that beats the file::

    standard = ["liaoning-2021"]
    fail-on = "mandatory"
    output = ["report.xlsx"]

Paths in the file are meant from the folder of the file. Other commands take those settings that say the same for them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from communitycheck.cli.setting import Setting
from communitycheck.errors import UsageError

FILE = "communitycheck.toml"
PROJECT_FILE = "pyproject.toml"
PREFIX = "COMMUNITYCHECK_"
# Variables that are no options.
OTHER_VARIABLES = frozenset({"COMMUNITYCHECK_CONFIG", "COMMUNITYCHECK_DEBUG"})
# What says the same for every command that has the option.
SHARED = frozenset({"standard", "rules-dir", "region", "as-of", "mapping", "jobs", "lang", "cache", "log-format"})
YES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}

Value = str | bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """What the command line knows of an option: its parameter's name, and the values it takes."""

    name: str
    parameter: str
    flag: bool = False
    many: bool = False
    number: bool = False
    path: bool = False


def config_file(arguments: list[str], environment: Mapping[str, str], folder: Path) -> Path | None:
    """The file that holds: ``--config FILE`` before the command, ``COMMUNITYCHECK_CONFIG``, else the nearest one in
    ``folder`` or above it, up to the top of a repository.

    Raises:
        UsageError: ``config-missing`` where a file was named that is not there.
    """
    named = environment.get("COMMUNITYCHECK_CONFIG", "")
    for i, word in enumerate(arguments):
        if word.startswith("--config="):
            named = word.partition("=")[2]
        elif word == "--config" and i + 1 < len(arguments):
            named = arguments[i + 1]
        elif not word.startswith("-") and (not i or arguments[i - 1] not in ("--config", "--lang")):
            break
    if named:
        if not Path(named).is_file():
            raise UsageError("config-missing", path=named)
        return Path(named)
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place / FILE
        if _holds_table(place / PROJECT_FILE):
            return place / PROJECT_FILE
        if (place / ".git").exists():
            break
    return None


def _holds_table(path: Path) -> bool:
    """A project file that says something of ours; one that is no TOML does where it has our heading."""
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return False
    if b"communitycheck" not in content:
        return False
    import tomllib

    try:
        tools = tomllib.loads(content.decode("utf-8-sig")).get("tool")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return b"[tool.communitycheck" in content
    return isinstance(tools, dict) and "communitycheck" in tools


def options_of(command: Any) -> dict[str, Option]:
    """The options of a command, by name."""
    found = {}
    for parameter in command.params:
        names = [o.removeprefix("--") for o in parameter.opts if o.startswith("--")]
        if not names or names[0] in ("help", "version"):
            continue
        # Later versions of Typer carry click inside themselves and tell an option's type under another name.
        told = getattr(parameter, "type_descriptor", None)
        kind = getattr(told, "annotation", None) if told else type(parameter.type).__name__
        found[names[0]] = Option(
            names[0],
            parameter.name,
            flag=bool(getattr(parameter, "is_flag", False)),
            many=bool(parameter.multiple),
            number=kind is int or "Int" in str(kind),
            path=any(word in (parameter.metavar or "") for word in ("FILE", "DIR")),
        )
    return found


def settings(
    options: Mapping[str, Option], file: Path | None, table: Mapping[str, Any], environment: Mapping[str, str]
) -> list[Setting]:
    """Every option of ``check`` with what stands in for it, in the order of its help.

    Args:
        table: what ``file`` says (``table_of``).

    Raises:
        UsageError: an unknown key or a wrong value, with the file or variable it stands in.
    """
    found: dict[str, Setting] = {}
    if file is not None:
        for key, raw in table.items():
            option = options.get(key)
            if option is None:
                near = get_close_matches(key.replace("_", "-"), options, n=1, cutoff=0.5)
                raise UsageError(
                    "config-unknown", path=str(file), key=key, near=near[0] if near else "—", known=", ".join(options)
                )
            value = _checked(raw, option, str(file))
            found[key] = Setting(key, _from_folder(value, option, file.parent), "file", str(file))
    for name, option in options.items():
        variable = variable_of(name)
        text = environment.get(variable, "").strip()
        if text:
            found[name] = Setting(name, _spelled(text, option, variable), "environment", variable)
    return [found.get(name, Setting(name, None)) for name in options]


def strangers(options: Iterable[str], environment: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none."""
    known = {variable_of(name) for name in options} | OTHER_VARIABLES
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


def variable_of(name: str) -> str:
    """``fail-on`` is ``COMMUNITYCHECK_FAIL_ON`` in the environment."""
    return PREFIX + name.upper().replace("-", "_")


def defaults(found: Iterable[Setting], commands: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings as what each command falls back on, parameter by parameter."""
    given = {s.name: s.value for s in found if s.value is not None}
    maps: dict[str, dict[str, Any]] = {}
    for name, command in commands.items():
        values = {
            option.parameter: list(value) if isinstance(value, tuple) else value
            for key, option in options_of(command).items()
            if (value := given.get(key)) is not None and (name == "check" or key in SHARED)
        }
        if values:
            maps[name] = values
    return maps


def table_of(file: Path | None) -> dict[str, Any]:
    """The settings that a file holds, as they stand there.

    Raises:
        UsageError: it cannot be read, is no TOML, or has something else than a table of settings.
    """
    if file is None:
        return {}
    import tomllib

    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        raise UsageError("config-missing", path=str(file)) from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise UsageError("config-not-toml", path=str(file), cause=str(trouble)) from trouble
    if file.name == PROJECT_FILE:
        tools = content.get("tool")
        content = tools.get("communitycheck", {}) if isinstance(tools, dict) else {}
    if not isinstance(content, dict):
        raise UsageError("config-not-table", path=str(file), value=repr(content))
    return content


def _checked(raw: Any, option: Option, where: str) -> Value:
    """A value of the file, of the kind that the option takes."""
    if option.flag and isinstance(raw, bool):
        return raw
    if option.number and isinstance(raw, int) and not isinstance(raw, bool) and raw >= 1:
        return raw
    if not option.flag and not option.number:
        if isinstance(raw, date):
            raw = raw.isoformat()[:10]
        several = option.many and isinstance(raw, list)
        texts = raw if several else [raw]
        if all(isinstance(one, str) and "\0" not in one for one in texts):  # no path and no name holds that
            return tuple(texts) if option.many else str(raw)
    raise _refusal(option, where, repr(raw) if not isinstance(raw, bool) else str(raw).lower())


def _spelled(text: str, option: Option, variable: str) -> Value:
    """A value of the environment: lists are parted by commas."""
    if option.flag:
        if text.lower() not in YES:
            raise _refusal(option, variable, text)
        return YES[text.lower()]
    if option.number:
        if not text.isdecimal() or int(text) < 1:
            raise _refusal(option, variable, text)
        return int(text)
    if option.many:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _refusal(option: Option, where: str, value: str) -> UsageError:
    kind = "flag" if option.flag else "number" if option.number else "many" if option.many else "text"
    return UsageError(f"config-value-{kind}", path=where, key=option.name, value=value)


def _from_folder(value: Value, option: Option, folder: Path) -> Value:
    """Paths are meant from the folder of the file; an id of a standard is none."""
    if not option.path:
        return value
    if isinstance(value, tuple):
        return tuple(_placed(one, option, folder) for one in value)
    return _placed(value, option, folder) if isinstance(value, str) else value


def _placed(text: str, option: Option, folder: Path) -> str:
    if not text.strip() or (option.name == "standard" and not text.lower().endswith((".yaml", ".yml"))):
        return text
    place = folder / text
    try:
        return os.path.relpath(place)
    except ValueError:  # another drive
        return str(place)
