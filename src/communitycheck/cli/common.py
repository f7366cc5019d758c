"""What commands share: options that are declared once, and the checks of their values.

Annotations are evaluated here and in the commands (no ``from __future__``): Typer reads the options from them. The help
of an option is the code of a message, which is said in the language of the run when the command is loaded.
"""

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from communitycheck import api
from communitycheck.cli.console import LOG_FORMATS, Console
from communitycheck.errors import UsageError
from communitycheck.messages import LANGS
from communitycheck.nearest import nearest
from communitycheck.system.files import any_of, identities, same_name

TEXT_OR_JSON = ("text", "json")
# What standard output takes of all that is told in blocks.
DOCUMENT_FORMATS = ("text", "html", "json", "csv", "markdown")
# Metavar of an option -> what the shell offers for it.
_OFFERED = {"RULE": "rules", "ID|FILE": "standards", "CODE|NAME": "regions"}


def option(
    *names: str, help: str, metavar: str | None = None, setting: bool = False, complete: str = "", **more: Any
) -> Any:
    """An option of a command.

    Args:
        help: code of the message that says what it is for.
        setting: whether the settings file and the environment may stand in for it. All options of ``check`` are
            settings; those of other commands where they mean the same as there.
        complete: the kind of words that the shell offers, where the metavar does not say it already: the choices
            that it lists, rules, standards or regions (see ``completion``).
    """
    complete = complete or (metavar if metavar and metavar.islower() else _OFFERED.get(metavar or "", ""))
    more["autocompletion"] = _completing(complete) if complete else None
    return typer.Option(*names, help=help, metavar=metavar, allow_from_autoenv=setting, show_envvar=False, **more)


def argument(metavar: str, help: str, *, complete: str = "") -> Any:
    """What a command is given without an option's name; ``help`` is the code of a message."""
    completing = _completing(complete) if complete else None
    return typer.Argument(metavar=metavar, help=help, show_default=False, autocompletion=completing)


def _completing(kind: str) -> Any:
    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from communitycheck.cli.completion import words  # for the shell alone

        return words(kind, context, incomplete)

    return complete


def several(context: typer.Context, parameter: Any, value: list[str] | None) -> list[str] | None:
    """The values of an option that may be repeated: commas part them in the environment, where Click sees spaces."""
    source = context.get_parameter_source(parameter.name)
    if source is None or source.name != "ENVIRONMENT":
        return value
    text = parameter.resolve_envvar_value(context) or ""
    return [part.strip() for part in text.split(",") if part.strip()]


def at_least_one(context: typer.Context, parameter: Any, value: int | None) -> int | None:
    """``--jobs``: 1 or more."""
    if value is not None and value < 1:
        source = context.get_parameter_source(parameter.name)
        if source is not None and source.name == "ENVIRONMENT":
            raise typer.BadParameter("no positive integer", context, parameter)
        raise UsageError("option-jobs", value=value)
    return value


Paths = Annotated[list[str], argument("PATH...", "help-paths")]
Standards = Annotated[
    list[str] | None,
    option("--standard", "-s", metavar="ID|FILE", help="help-standard", setting=True, callback=several),
]
RulesDir = Annotated[str | None, option("--rules-dir", metavar="DIR", help="help-rules-dir", setting=True)]
Region = Annotated[str | None, option("--region", metavar="CODE|NAME", help="help-region", setting=True)]
AsOf = Annotated[str | None, option("--as-of", metavar="DATE", help="help-as-of", setting=True)]
Period = Annotated[str | None, option("--period", metavar="PERIOD", help="help-period")]
Select = Annotated[
    list[str] | None, option("--select", metavar="RULE", help="help-select", setting=True, callback=several)
]
Ignore = Annotated[
    list[str] | None, option("--ignore", metavar="RULE", help="help-ignore", setting=True, callback=several)
]
Mapping = Annotated[str | None, option("--mapping", metavar="FILE", help="help-mapping", setting=True)]
Waivers = Annotated[str | None, option("--waivers", metavar="FILE", help="help-waivers", setting=True)]
BaselineFile = Annotated[str | None, option("--baseline", metavar="FILE", help="help-baseline-of", setting=True)]
Renames = Annotated[str | None, option("--renames", metavar="FILE", help="help-renames", setting=True)]
Jobs = Annotated[
    int | None, option("--jobs", "-j", metavar="N", help="help-jobs", setting=True, callback=at_least_one)
]
Cache = Annotated[str | None, option("--cache", metavar="DIR", help="help-cache", setting=True)]
LogFormat = Annotated[
    str, option("--log-format", metavar="|".join(LOG_FORMATS), help="help-log-format", setting=True)
]
Details = Annotated[bool, option("--details", help="help-details", setting=True)]
# No setting: a file that lies about must not say that others' files may go.
Force = Annotated[bool, option("--force", help="help-force")]
# Named outright, since groups have no variables otherwise.
Language = Annotated[
    str | None,
    option("--lang", metavar="|".join(LANGS), help="help-lang", setting=True, envvar="COMMUNITYCHECK_LANG"),
]
DocumentFormat = Annotated[str, option("--format", metavar="|".join(DOCUMENT_FORMATS), help="help-format")]
TextOrJson = Annotated[str, option("--format", metavar="|".join(TEXT_OR_JSON), help="help-format")]


def console_of(context: typer.Context, lang: str | None) -> Console:
    """Where the run prints, in the language of ``--lang`` where that is given."""
    console: Console = context.obj
    if lang is not None:
        console.lang = "zh" if one_of("--lang", lang, LANGS) == "zh" else "en"
    return console


def one_of(option: str, value: str, choices: Sequence[str]) -> str:
    """``value``, which must be one of ``choices``."""
    if value in choices:
        return value
    near = nearest(value, choices)
    raise UsageError("option-choice", option=option, value=value, near=near, choices=", ".join(choices))


def cache_folder(value: str | None) -> str | None:
    """``--cache``: none where it is empty, which switches off for one run what the settings say."""
    return value if value and value.strip() else None


def day(option: str, value: str | None) -> date | None:
    """A date written as 2020-12-31, 2020/12/31 or 20201231."""
    if value is None:
        return None
    digits = value.strip().replace("/", "-").replace(".", "-")
    try:
        if digits.isdigit() and len(digits) == 8:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        year, month, day_ = digits.split("-")
        return date(int(year), int(month), int(day_))
    except ValueError:
        raise UsageError("option-date", option=option, value=value) from None


def refuse_inputs(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """No output may take the place of a file that is to be read, or of another output."""
    _refuse_twice(outputs)
    # A list of returns is read as well, and what it names.
    named = [one for path in inputs if path.startswith("@") for one in (path[1:], *api.named_in_list(path))]
    # Of a name that is too long or holds a null character Path would make an error.
    refuse_read(outputs, [path for path in (*inputs, *named) if os.path.isfile(path)])  # noqa: PTH113


def refuse_read(outputs: Sequence[str], read: Iterable[str]) -> None:
    """Nor of one that a folder, a pattern or a list has led to, whether it could be read or is missing.

    To be asked when all is read and nothing written.
    """
    places = {one for path in read if "\0" not in path for one in identities(path)}
    for output in outputs:
        if any_of(output, places):
            raise UsageError("output-is-input", path=output)


def rule_files(rules_dir: str | None) -> list[str]:
    """The files of a folder of standards, which no output may replace either."""
    return [] if rules_dir is None else sorted(map(str, Path(rules_dir).glob("*.y*ml")))


def _refuse_twice(outputs: Sequence[str]) -> None:
    """No two outputs may be one file, on any system."""
    seen: dict[object, str] = {}
    for output in outputs:
        for key in (same_name(output), *identities(output)):
            other = seen.setdefault(key, output)
            if other is not output:
                raise UsageError("output-twice", path=output, other=other)


def refuse_file(option: str, value: str) -> None:
    """``value`` must be a folder, or nothing yet."""
    if not value.strip() or (Path(value).exists() and not Path(value).is_dir()):
        raise UsageError("option-folder", option=option, path=value)


def refuse_holding(folder: str, inputs: Sequence[str]) -> None:
    """No folder of results may hold what is to be read: the two would mix.

    A folder of results may lie in a folder of returns: the toolkit's own reports are passed over there.
    """
    place = Path(os.path.realpath(folder))  # of a link that leads to itself Path would make an error
    for path in inputs:
        plain = Path(path if os.path.exists(path) else re.split(r"[*?\[]", path, maxsplit=1)[0])  # noqa: PTH110
        if Path(os.path.realpath(plain)).is_relative_to(place):
            raise UsageError("output-dir-holds-returns", path=folder, input=path)
