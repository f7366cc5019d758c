"""``communitycheck rules coverage``: the documents by their rules, or the rules by what returns can answer."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    Language,
    Mapping,
    Region,
    RulesDir,
    TextOrJson,
    argument,
    console_of,
    one_of,
    option,
)
from communitycheck.cli.console import Console
from communitycheck.cli.rules.options import RuleStandards

Returns = Annotated[list[str] | None, argument("[RETURN]...", "help-coverage-paths")]
Detailed = Annotated[bool, option("--detailed", help="help-detailed")]


def command(
    context: typer.Context,
    paths: Returns = None,
    standard: RuleStandards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    mapping: Mapping = None,
    detailed: Detailed = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """1 where an entry of a document has no rule, 2 where a return could not be read."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    standards = standard or []
    if paths:
        return _of_returns(paths, standards, rules_dir, region, mapping, format, console)
    cover = api.cover_book(rules_dir, standards=standards)
    console.print(
        api.render_book_coverage(
            cover, format, console.lang, detailed=detailed, colour=console.colour, width=console.width
        ),
        data=format != "text",
    )
    return 0 if cover.whole else 1


def _of_returns(
    paths: list[str],
    standards: list[str],
    rules_dir: str | None,
    region: str | None,
    mapping: str | None,
    format: str,
    console: Console,
) -> int:
    cover = api.cover_returns(paths, standards, rules_dir=rules_dir, region=region, mapping=mapping)
    for error in cover.unread:
        console.complain(error)
    if cover.paths or format == "json":
        console.print(
            api.render_return_coverage(
                cover, cover.dictionary, format, console.lang, colour=console.colour, width=console.width
            ),
            data=format != "text",
        )
    return 2 if cover.unread else 0
