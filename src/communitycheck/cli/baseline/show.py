"""``communitycheck baseline show``: what a baseline holds."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Details, Language, TextOrJson, argument, console_of, one_of

File = Annotated[str, argument("FILE", "help-baseline-file")]


def command(
    context: typer.Context,
    file: File,
    format: TextOrJson = "text",
    details: Details = False,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    held = api.open_baseline(file, [], None)
    text = api.render_baseline(held, format, console.lang, colour=console.colour, width=console.width, details=details)
    console.print(text, data=format != "text")
    return 0
