"""``communitycheck rules show``: one rule, in each of its layers unless a standard is named."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, RulesDir, TextOrJson, argument, console_of, one_of
from communitycheck.cli.rules.options import RuleStandards

RuleId = Annotated[str, argument("ID", "help-rule-id", complete="rules")]


def command(
    context: typer.Context,
    rule: RuleId,
    standard: RuleStandards = None,
    rules_dir: RulesDir = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.find_rules(rule, standard or [], rules_dir=rules_dir)
    console.print(
        api.render_show(
            found.rules,
            found.book.all(),
            found.dictionary,
            format,
            console.lang,
            scores=found.scores,
            colour=console.colour,
            width=console.width,
        ),
        data=format != "text",
    )
    return 0
