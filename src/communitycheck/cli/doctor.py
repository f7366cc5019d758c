"""``communitycheck doctor``: what a bug report needs, without personal data."""

from typing import Any

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, TextOrJson, console_of, one_of
from communitycheck.cli.console import Console
from communitycheck.cli.settings.options import Setting, in_force
from communitycheck.printable import as_json
from communitycheck.system.facts import anonymous, facts_of_machine
from communitycheck.version import __version__

SCHEMA = "communitycheck-doctor/1"
OWN_FILES_ONLY = True


def command(context: typer.Context, format: TextOrJson = "text", lang: Language = None) -> int:
    """The settings are those of ``config show`` that are not as they come."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    program: Any = context.find_root().command
    settings = [s for s in in_force(program.get_command(context, "check"), program.file) if s.source != "default"]
    facts = facts_of_machine(__version__)
    facts["settings"] = {one.name: _told(one) for one in settings}
    facts["terminal"] = {"width": str(console.width or "?"), "colours": "yes" if console.colour else "no"}
    console.print(_json(facts) if format == "json" else _text(facts, console), data=format == "json")
    return 0


def _told(setting: Setting) -> str:
    values = setting.value if isinstance(setting.value, list) else [setting.value]
    return f"{', '.join(anonymous(str(one)) for one in values)} ({anonymous(setting.where)})"


def _json(facts: dict[str, dict[str, str]]) -> str:
    return as_json({"schema": SCHEMA, **facts}, indent=1) + "\n"


def _text(facts: dict[str, dict[str, str]], console: Console) -> str:
    lines = [console.say("doctor-head"), ""]
    for group, pairs in facts.items():
        lines.append(console.say(f"doctor-{group}"))
        table = [[name, value] for name, value in pairs.items()]
        lines += [f"  {line}" for line in api.in_columns(table)] if table else [f"  {console.say('none')}"]
    return "".join(f"{line}\n" for line in lines)
