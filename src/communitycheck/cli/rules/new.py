"""``communitycheck rules new``: a starter rule file."""

import sys
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
    day,
    one_of,
    option,
    refuse_inputs,
)
from communitycheck.cli.console import Console
from communitycheck.printable import as_json

NewFile = Annotated[str, argument("FILE", "help-new-file")]
Extends = Annotated[str | None, option("--extends", metavar="ID", help="help-extends", complete="standards")]

Title = Annotated[str | None, option("--title", metavar="TEXT", help="help-new-title")]
Document = Annotated[str | None, option("--document", metavar="TEXT", help="help-new-document")]
Issuer = Annotated[str | None, option("--issuer", metavar="TEXT", help="help-new-issuer")]
Date = Annotated[str | None, option("--date", metavar="DATE", help="help-new-date")]
Place = Annotated[str | None, option("--region", metavar="CODE|NAME", help="help-new-region")]
FirstRule = Annotated[str | None, option("--rule", metavar="TEXT", help="help-new-rule")]


def command(
    context: typer.Context,
    file: NewFile,
    extends: Extends = None,
    title: Title = None,
    document: Document = None,
    issuer: Issuer = None,
    date: Date = None,
    region: Place = None,
    rule: FirstRule = None,
    rules_dir: RulesDir = None,
    force: Force = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    refuse_inputs([file], [*filter(None, [extends]), *console.settings])
    answers = {"title": title, "document": document, "issuer": issuer, "date": date, "region": region, "rule": rule}
    if extends is None and not any(answers.values()) and format == "text" and _somebody_is_there():
        answers = _asked(console)
    texts = {name: answers[name] or "" for name in ("title", "document", "issuer", "rule")}
    path, standard = api.new_rule_file(
        file,
        extends=extends,
        date=day("--date", answers["date"]),
        region=answers["region"],
        rules_dir=rules_dir,
        force=force,
        **texts,
    )
    if format == "json":
        content = {"schema": "communitycheck-new/1", "path": str(path), "standard": standard}
        console.print(as_json(content, indent=1) + "\n", data=True)
    else:
        console.print(console.say("new-written", path=str(path), id=standard) + "\n")
    return 0


def _somebody_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _asked(console: Console) -> dict[str, str | None]:
    """The answers of somebody at a terminal; what is skipped is None."""
    console.print(console.say("new-ask") + "\n")
    return {
        name: input(console.say(f"new-ask-{name}")).strip() or None
        for name in ("title", "document", "issuer", "date", "region", "rule")
    }
