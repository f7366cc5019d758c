"""``communitycheck rules new``: a starter rule file."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    Force,
    Language,
    RulesDir,
    TextOrJson,
    argument,
    console_of,
    one_of,
    option,
)
from communitycheck.printable import as_json

NewFile = Annotated[str, argument("FILE", "help-new-file")]
Extends = Annotated[str | None, option("--extends", metavar="ID", help="help-extends", complete="standards")]


def command(
    context: typer.Context,
    file: NewFile,
    extends: Extends = None,
    rules_dir: RulesDir = None,
    force: Force = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    path, standard = api.new_rule_file(file, extends=extends, rules_dir=rules_dir, force=force)
    if format == "json":
        content = {"schema": "communitycheck-new/1", "path": str(path), "standard": standard}
        console.print(as_json(content, indent=1) + "\n", data=True)
    else:
        console.print(console.say("new-written", path=str(path), id=standard) + "\n")
    return 0
