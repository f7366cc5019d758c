"""``communitycheck template``: a blank return to send out."""

from pathlib import Path
from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import Force, Language, RulesDir, console_of, option, several
from communitycheck.errors import UsageError

TemplateStandards = Annotated[
    list[str] | None,
    option("--standard", "-s", metavar="ID|FILE", help="help-template-standard", setting=True, callback=several),
]
Output = Annotated[str | None, option("--output", "-o", metavar="FILE", help="help-template-output")]


def command(
    context: typer.Context,
    standard: TemplateStandards = None,
    rules_dir: RulesDir = None,
    output: Output = None,
    force: Force = False,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    if output is None:
        raise UsageError("template-no-output")
    if Path(output).suffix.lower() != ".xlsx":
        raise UsageError("template-not-xlsx", path=output)
    written = api.write_template(output, standard or [], console.lang, rules_dir=rules_dir, force=force)
    sheets = [
        console.say(
            "template-written-sheet",
            name=written.dictionary.entity(s.entity).label.in_lang(console.lang),
            n=len(s.columns),
        )
        for s in written.sheets
    ]
    console.print(console.say("template-written", path=output, sheets=console.say("list-comma").join(sheets)) + "\n")
    return 0
