"""``communitycheck rules test``: the cases that stand beside the rules."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, RulesDir, TextOrJson, argument, console_of, one_of

CaseFiles = Annotated[list[str] | None, argument("[FILE]...", "help-case-files")]


def command(
    context: typer.Context,
    files: CaseFiles = None,
    rules_dir: RulesDir = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """1 where a case fails."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.run_case_files(files or [], rules_dir=rules_dir)
    console.print(api.render_cases(found.results, found.gaps, format, console.lang), data=format != "text")
    return found.exit_code
