"""``communitycheck rules import``: a rule file of the audit formulas in a spreadsheet."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    Force,
    Language,
    TextOrJson,
    argument,
    console_of,
    one_of,
    option,
    refuse_inputs,
)
from communitycheck.messages.rule_words import ENTITIES

Book = Annotated[str, argument("FILE", "help-import-file")]
Output = Annotated[str | None, option("--output", "-o", metavar="FILE", help="help-import-output")]
Sheets = Annotated[list[str] | None, option("--sheet", metavar="NAME", help="help-import-sheet")]
ImportRegion = Annotated[str | None, option("--region", metavar="CODE|NAME", help="help-import-region")]

Subject = Annotated[str | None, option("--entity", metavar="|".join(ENTITIES), help="help-import-entity")]


def command(
    context: typer.Context,
    file: Book,
    output: Output = None,
    sheet: Sheets = None,
    region: ImportRegion = None,
    entity: Subject = None,
    force: Force = False,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    """1 where lines were refused."""
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    about = None if entity is None else one_of("--entity", entity, tuple(ENTITIES))
    if output is not None:
        refuse_inputs([output], [file, *console.settings])
    found = api.import_rules(file, output, sheets=sheet or [], region=region, entity=about, force=force)
    console.print(api.render_import(found, output, format, console.lang), data=format != "text")
    return found.exit_code
