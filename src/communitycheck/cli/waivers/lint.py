"""``communitycheck waivers lint``: a file of waivers is checked without judging anything."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    Language,
    RulesDir,
    TextOrJson,
    argument,
    console_of,
    day,
    one_of,
    option,
    several,
)

WaiverFile = Annotated[str, argument("FILE", "help-waiver-file")]
Standards = Annotated[
    list[str] | None,
    option("--standard", "-s", metavar="ID|FILE", help="help-waivers-standard", setting=True, callback=several),
]
AsOf = Annotated[str | None, option("--as-of", metavar="DATE", help="help-waivers-as-of", setting=True)]
Strict = Annotated[bool, option("--strict", help="help-lint-strict")]


def command(
    context: typer.Context,
    file: WaiverFile,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    as_of: AsOf = None,
    strict: Strict = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """2 with an error, 1 with a warning under ``--strict``."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    moment = day("--as-of", as_of)
    found = api.lint_waivers(file, standard or [], rules_dir=rules_dir, as_of=moment, strict=strict)
    console.print(api.render_lint(found, format, console.lang), data=format != "text")
    return found.exit_code
