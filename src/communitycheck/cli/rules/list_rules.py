"""``communitycheck rules list``: the rules of the rule book, or of some standards."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, RulesDir, TextOrJson, console_of, one_of, option
from communitycheck.cli.rules.options import RuleStandards
from communitycheck.model.standard import SEVERITIES

Entity = Annotated[str | None, option("--entity", metavar="ENTITY", help="help-entity")]
Severity = Annotated[str | None, option("--severity", metavar="|".join(SEVERITIES), help="help-severity")]


def command(
    context: typer.Context,
    standard: RuleStandards = None,
    entity: Entity = None,
    severity: Severity = None,
    rules_dir: RulesDir = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """An empty list is no fault."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.list_rules(
        standard or [],
        entity=entity,
        severity=None if severity is None else one_of("--severity", severity, SEVERITIES),
        rules_dir=rules_dir,
    )
    console.print(
        api.render_list(
            found.rules,
            found.dictionary,
            format,
            console.lang,
            inherited=found.named,
            scores=found.scores,
            colour=console.colour,
            width=console.width,
        ),
        data=format != "text",
    )
    return 0
