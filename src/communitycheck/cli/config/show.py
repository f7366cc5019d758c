"""``communitycheck config show``: every option's value and where it comes from."""

from typing import Any

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, TextOrJson, console_of, one_of
from communitycheck.cli.console import Console
from communitycheck.cli.settings.file import PassedOver, SettingsFile, not_taken
from communitycheck.cli.settings.options import Setting, in_force
from communitycheck.printable import as_json

SCHEMA = "communitycheck-settings/1"
OWN_FILES_ONLY = True


def command(context: typer.Context, format: TextOrJson = "text", lang: Language = None) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    program: Any = context.find_root().command
    found = in_force(program.get_command(context, "check"), program.file)
    file = str(program.file.path) if program.file.path else ""
    # A file that is named takes the place of all others, and one that is found of those above it.
    left = [] if program.file.is_named or program.file.is_off else [one for one in not_taken() if str(one.path) != file]
    if format == "json":
        console.print(_json(found, file, left, console), data=True)
    else:
        console.print(_text(found, program.file, left, console))
    return 0


def _json(found: list[Setting], file: str, left: list[PassedOver], console: Console) -> str:
    entries = [{"name": s.name, "value": s.value, "source": s.source, "where": s.where or None} for s in found]
    passed = [{"path": str(one.path), "code": one.why, "why": console.say(one.why)} for one in left]
    content = {"schema": SCHEMA, "file": file or None, "not_taken": passed, "settings": entries}
    return as_json(content, indent=1) + "\n"


def _text(found: list[Setting], file: SettingsFile, left: list[PassedOver], console: Console) -> str:
    """A line for each option: its value and where that comes from."""
    none = console.say("config-off" if file.is_off else "config-no-file")
    head = [console.say("config-file", path=str(file.path)) if file.path else none]
    head += [console.say("config-passed-over", path=str(one.path), why=console.say(one.why)) for one in left]
    head.append("")
    table = [[console.say("column-option"), console.say("column-set-to"), console.say("column-source")]]
    for s in found:
        value = console.say("none") if s.value in (None, [], "") else _shown(s.value)
        table.append([f"--{s.name}", value, console.say(f"source-{s.source}", where=s.where)])
    return "".join(f"{line}\n" for line in [*head, *api.in_columns(table)])


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, list) else str(value)
