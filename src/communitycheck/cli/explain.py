"""``communitycheck explain``: the arithmetic of one verdict, with its cells and its clause."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    AsOf,
    Language,
    Mapping,
    Paths,
    Period,
    Region,
    RulesDir,
    Standards,
    TextOrJson,
    Waivers,
    console_of,
    day,
    one_of,
    option,
)

RuleId = Annotated[str | None, option("--rule", metavar="ID", help="help-explain-rule", complete="rules")]
SubjectName = Annotated[str | None, option("--subject", metavar="NAME", help="help-explain-subject")]
Every = Annotated[bool, option("--all", help="help-explain-all")]


def command(
    context: typer.Context,
    paths: Paths,
    rule: RuleId = None,
    subject: SubjectName = None,
    every: Every = False,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    period: Period = None,
    mapping: Mapping = None,
    waivers: Waivers = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, TEXT_OR_JSON)
    found = api.explain(
        paths,
        rule,
        subject,
        standards=standard or [],
        rules_dir=rules_dir,
        region=region,
        as_of=day("--as-of", as_of),
            period=period,
        mapping=mapping,
        waivers=waivers,
        every=every,
    )
    for error in found.unread:
        console.complain(error)
    if found.paths or format == "json":
        text = api.render_explanation(found, format, console.lang, colour=console.colour, width=console.width)
        console.print(text, data=format != "text")
    return 2 if found.unread else 0
