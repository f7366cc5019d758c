"""``communitycheck rules lint``: rule files are checked for faults and contradictions."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    AsOf,
    Language,
    RulesDir,
    TextOrJson,
    argument,
    console_of,
    day,
    one_of,
    option,
)

RuleFiles = Annotated[list[str] | None, argument("[FILE]...", "help-rule-files")]
Strict = Annotated[bool, option("--strict", help="help-lint-strict")]


def command(
    context: typer.Context,
    files: RuleFiles = None,
    rules_dir: RulesDir = None,
    strict: Strict = False,
    as_of: AsOf = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """2 with an error, 1 with a warning under ``--strict``."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.lint_rules(files or [], rules_dir=rules_dir, as_of=day("--as-of", as_of), strict=strict)
    console.print(api.render_lint(found, format, console.lang), data=format != "text")
    return found.exit_code
