"""``communitycheck rules test``: the cases that stand beside the rules."""

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
    one_of,
    option,
)

CaseFiles = Annotated[list[str] | None, argument("[FILE]...", "help-case-files")]
Tested = Annotated[list[str] | None, option("--standard", "-s", metavar="ID|FILE", help="help-cases-standard")]
Diff = Annotated[bool, option("--diff", help="help-cases-diff")]
Update = Annotated[bool, option("--update", help="help-cases-update")]


def command(
    context: typer.Context,
    files: CaseFiles = None,
    standard: Tested = None,
    rules_dir: RulesDir = None,
    diff: Diff = False,
    update: Update = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """1 where a case fails."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.run_case_files(files or [], standards=standard or [], rules_dir=rules_dir, diff=diff, update=update)
    console.print(api.render_cases(found, format, console.lang), data=format != "text")
    return found.exit_code
