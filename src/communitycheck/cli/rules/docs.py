"""``communitycheck rules docs``: the reference pages of the rule book."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Force, Language, RulesDir, TextOrJson, console_of, one_of, option
from communitycheck.cli.outputs.output_folder import tell_failed
from communitycheck.printable import as_json

DocsFolder = Annotated[str, option("--output-dir", metavar="DIR", help="help-docs-dir")]
Check = Annotated[bool, option("--check", help="help-docs-check")]


def command(
    context: typer.Context,
    output_dir: DocsFolder = "docs",
    check: Check = False,
    rules_dir: RulesDir = None,
    force: Force = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """With ``--check`` 1 where a page is out of date."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.write_docs(output_dir, check=check, rules_dir=rules_dir, force=force)
    if format == "json":
        content = {
            "schema": "communitycheck-docs/1",
            "folder": output_dir,
            "pages": sorted(found.pages),
            "stale": found.stale,
        }
        console.print(as_json(content, indent=1) + "\n", data=True)
    else:
        said = "docs-stale" if found.stale else "docs-current" if check else "docs-written"
        stale = console.say("list-comma").join(found.stale)
        console.print(console.say(said, n=len(found.pages), folder=output_dir, pages=stale) + "\n")
    if not tell_failed(found.failed, console):
        return 2
    return 1 if found.stale else 0
