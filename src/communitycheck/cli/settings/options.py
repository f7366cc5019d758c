"""Settings: ``communitycheck.toml``, or ``[tool.communitycheck]`` in ``pyproject.toml``, and the environment.

A setting is named like an option of ``check`` and stands in for it where the command line does not give it. The
command line beats the environment, and that beats the file::

    standard = ["liaoning-2021"]
    fail-on = "mandatory"
    output = ["report.xlsx"]

Paths in the file are meant from the folder of the file. Other commands take those settings that say the same for them.

Click does the rest: the file is the default map of a command, variables have the prefix of its context, and the
context knows where each value comes from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct

from communitycheck.cli.console import Console
from communitycheck.cli.settings.bounds import heed, refuse_outside, say_what_bears
from communitycheck.cli.settings.file import PREFIX, SettingsFile
from communitycheck.errors import UsageError
from communitycheck.nearest import nearest

# Variables that stand in for no option of ``check``.
OTHER_VARIABLES = frozenset({f"{PREFIX}_CONFIG", f"{PREFIX}_DEBUG"})

Value = str | bool | int | list[str]


def tidy_environment() -> bool:
    """Whether a variable may be a setting. Spaces around its value are taken off, as Click does not."""
    names = [name for name in os.environ if name.startswith(f"{PREFIX}_")]
    for name in names:
        os.environ[name] = os.environ[name].strip()
    return bool(names)


def settable(command: Any) -> dict[str, Any]:
    """The parameters of a command for which a setting may stand in, by their options' names without the dashes."""
    return {
        parameter.opts[0].removeprefix("--"): parameter
        for parameter in command.params
        if getattr(parameter, "allow_from_autoenv", False)
    }


def checked(file: SettingsFile, check: Any) -> dict[str, Value]:
    """The settings of a file, paths from the folder that the run is in; ``check`` is the command of that name.

    Raises:
        UsageError: an unknown setting, a value that its option does not take, or that a file may not set.
    """
    options = settable(check)
    found = {}
    for key, raw in file.table.items():
        option = options.get(key)
        if option is None:
            near = nearest(key, options)
            raise UsageError(
                "config-unknown", path=str(file.path), key=key, near=near, known=", ".join(options)
            )
        value = _checked(raw, option, str(file.path))
        found[key] = _from_folder(value, key, option, Path(file.path or ".").parent)
        refuse_outside(file, key, found[key])
    return found


def apply(values: Mapping[str, Value], command: Any, file: SettingsFile, console: Console) -> None:
    """Let a command fall back on the settings of the file, and below the command line on the environment."""
    options = settable(command)
    defaults = {p.name: values[name] for name, p in options.items() if name in values}
    command.context_settings = {**command.context_settings, "default_map": defaults}
    if hasattr(command, "commands"):  # of a group: its commands have settings, and a prefix, of their own
        return
    command.context_settings["auto_envvar_prefix"] = PREFIX

    def invoke(context: Any) -> Any:
        used = {n: values[n] for n, p in options.items() if n in values and _is_of_file(context, p)}
        heed(file, used, console)
        if command.name == "watch":  # which ends with the terminal, perhaps
            say_what_bears(file, used, console)
        code = type(command).invoke(command, context)
        if command.name == "check":  # an error is said in one line
            say_what_bears(file, used, console)
        return code

    command.invoke = invoke


def _is_of_file(context: Any, option: Any) -> bool:
    source = context.get_parameter_source(option.name)
    return source is not None and source.name == "DEFAULT_MAP"


class Setting(Struct, frozen=True):
    """The value of one option for runs that do not give it, and where it comes from.

    Attributes:
        name: as on the command line, without dashes (``fail-on``).
        source: ``default``, ``file`` or ``environment``; ``where`` is the file or the variable.
    """

    name: str
    value: Value | None
    source: str = "default"
    where: str = ""


def in_force(check: Any, file: SettingsFile) -> list[Setting]:
    """Every option of the command ``check`` with what stands in for it, in the order of its help.

    Raises:
        typer.BadParameter: a variable with a value that its option does not take (see ``refused``).
    """
    found = []
    context = typer.Context(check, info_name="check", **check.context_settings)
    for name, parameter in settable(check).items():
        value, _ = parameter.handle_parse_result(context, {}, [])
        source = context.get_parameter_source(parameter.name)
        match source.name if source else "":
            case "DEFAULT_MAP":
                found.append(Setting(name, context.lookup_default(parameter.name), "file", str(file.path)))
            case "ENVIRONMENT":
                found.append(Setting(name, value, "environment", variable_of(name)))
            case _:
                found.append(Setting(name, parameter.default))
    return found


def variable_of(name: str) -> str:
    """``fail-on`` is ``COMMUNITYCHECK_FAIL_ON`` in the environment."""
    return f"{PREFIX}_{name.upper().replace('-', '_')}"


def unknown_variables(names: Iterable[str]) -> list[tuple[str, str]]:
    """Variables that look like settings and are none, each with the nearest that is one, or nothing."""
    known = [variable_of(name) for name in names]
    unknown = sorted(name for name in os.environ if name.startswith(f"{PREFIX}_") and name not in OTHER_VARIABLES)
    return [(name, nearest(name, known)) for name in unknown if name not in known]


def refused(error: typer.BadParameter) -> Exception:
    """The error of a variable whose option does not take its value, where it is that; else ``error``."""
    source = error.ctx.get_parameter_source(error.param.name or "") if error.ctx and error.param else None
    if source is None or source.name != "ENVIRONMENT" or error.param is None:
        return error
    variable = variable_of(error.param.opts[0].removeprefix("--"))
    return _refusal(error.param, variable, os.environ[variable])


def naming_its_source(error: UsageError, arguments: list[str], file: SettingsFile) -> UsageError:
    """The error about an option that the command line does not give: it names the variable, or the file and its key."""
    option = str(error.values.get("option", ""))
    name = option.removeprefix("--")
    if not name or any(word.partition("=")[0] == option for word in arguments):
        return error
    in_file = f"{file.path}: {name}" if name in file.table else ""
    where = variable_of(name) if variable_of(name) in os.environ else in_file
    return UsageError(error.code, **{**error.values, "option": where}) if where else error


def _refusal(option: Any, where: str, value: str) -> UsageError:
    kind = "flag" if option.is_flag else "number" if _is_number(option) else "many" if option.multiple else "text"
    return UsageError(f"config-value-{kind}", path=where, key=option.opts[0].removeprefix("--"), value=value)


def _is_number(option: Any) -> bool:
    return bool(option.metavar == "N")


def _checked(raw: Any, option: Any, where: str) -> Value:
    """A value of the file, of the kind that the option takes."""
    if option.is_flag and isinstance(raw, bool):
        return raw
    if _is_number(option) and isinstance(raw, int) and not isinstance(raw, bool) and raw >= 1:
        return raw
    if not option.is_flag and not _is_number(option):
        if isinstance(raw, date):
            raw = raw.isoformat()[:10]
        several = option.multiple and isinstance(raw, list)
        texts = raw if several else [raw]
        if all(isinstance(one, str) and "\0" not in one for one in texts):  # no path and no name holds that
            return list(texts) if option.multiple else str(raw)
    raise _refusal(option, where, repr(raw) if not isinstance(raw, bool) else str(raw).lower())


def _from_folder(value: Value, name: str, option: Any, folder: Path) -> Value:
    """Paths are meant from the folder of the file; an id of a standard is none."""
    if not any(word in (option.metavar or "") for word in ("FILE", "DIR")):
        return value
    if isinstance(value, list):
        return [_placed(one, name, folder) for one in value]
    return _placed(value, name, folder) if isinstance(value, str) else value


def _placed(text: str, name: str, folder: Path) -> str:
    if not text.strip() or (name == "standard" and not text.lower().endswith((".yaml", ".yml"))):
        return text
    place = folder / text
    try:
        return os.path.relpath(place)
    except ValueError:  # another drive
        return str(place)
