"""``communitycheck rules help``: the words of the rule language."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import TEXT_OR_JSON, Language, RulesDir, TextOrJson, argument, console_of, one_of

LanguageWord = Annotated[str, argument("[WORD]", "help-language-word", complete="language")]


def command(
    context: typer.Context,
    word: LanguageWord = "",
    rules_dir: RulesDir = None,
    format: TextOrJson = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    one_of("--format", format, TEXT_OR_JSON)
    found = api.find_help(word, rules_dir=rules_dir)
    console.print(
        api.render_help(found, format, console.lang, colour=console.colour, width=console.width),
        data=format != "text",
    )
    return 0
