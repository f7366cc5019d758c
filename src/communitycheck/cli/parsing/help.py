"""Help pages in one language to their end: what the options say of themselves, and Typer's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from communitycheck.messages import Lang, say

HEADINGS = {"Arguments": "help-arguments", "Options": "help-options", "Commands": "help-commands"}
PLACES = {"[OPTIONS]": "help-place-options", "COMMAND": "help-place-command", "[ARGS]...": "help-place-arguments"}
HELP_OPTION = "Show this message and exit."
_TYPE = re.compile(r" <[^ ]*>$")  # of an argument: says less than its help
_DEFAULT = re.compile(r"\[default: (.*?)(; required)?\]$")
_REQUIRED = re.compile(r"\[required\]$")


def translate(command: Any, lang: Lang, values: Mapping[str, str]) -> None:
    """Let the help of ``command``, and of those under it, speak ``lang``; ``values`` fill in its messages."""
    command.context_class = _context(command.context_class, lang)
    command.epilog = f"{say('help-heading', lang, text=say('help-examples', lang))}\n{say(command.epilog, lang)}\n"
    command.format_epilog = lambda _, formatter: formatter.write(f"\n{command.epilog}")  # its lines as they are
    for one in (command, *command.params):
        one.help = say(one.help, lang, **values)


@cache  # most commands have the same
def _context(base: Any, lang: Lang) -> Any:
    """A context whose help is written by the formatter below, made of the classes that Typer uses."""

    class Formatter(base.formatter_class):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            places = (say(PLACES[word], lang) if word in PLACES else word for word in args.split(" "))
            super().write_usage(prog, " ".join(places), say("help-usage", lang) if prefix is None else prefix)

        def write_heading(self, heading: str) -> None:
            heading = say(HEADINGS[heading], lang) if heading in HEADINGS else heading
            self.write(f"{'':>{self.current_indent}}{say('help-heading', lang, text=heading)}\n")

        def write_dl(self, rows: Iterable[tuple[str, str]], *sizes: int, **named: int) -> None:
            translated = [(_TYPE.sub("", first), _translated(second, lang)) for first, second in rows]
            super().write_dl(translated, *sizes, **named)

    class Context(base):  # type: ignore[misc]
        formatter_class = Formatter

    return Context


def _translated(text: str, lang: Lang) -> str:
    """What Typer adds to the help of an option, or says of its own."""
    if text == HELP_OPTION:
        return say("help-help", lang)
    text = _DEFAULT.sub(lambda m: say("help-default", lang, value=m[1]), text)
    return _REQUIRED.sub(lambda _: say("help-required", lang), text)
