"""Faults in the command line itself, which Typer finds, in the words of the toolkit."""

from __future__ import annotations

import re
from typing import Any

from communitycheck.cli.console import Console, to_stderr
from communitycheck.nearest import nearest


def exit_code(error: Any, console: Console) -> int:
    """Tell of an error that Typer raised, and end with its code.

    Typer carries its own copy of click, or uses the one that is installed: its errors are known by their names.
    """
    kind = type(error).__name__
    if kind in ("Exit", "Abort"):
        return int(getattr(error, "exit_code", 130))
    if kind == "NoArgsIsHelpError":
        to_stderr(error.format_message())
        return 2
    console.complain_in_words("usage", _in_words(kind, error, console))
    return 2


def _in_words(kind: str, error: Any, console: Console) -> str:
    if kind == "NoSuchOption":
        options = [name for one in (error.ctx.command.params if error.ctx else ()) for name in one.opts]
        name, blank, value = error.option_name.partition(" ")
        # An option and its value that a script hands over as one word.
        joined = f"{name}={value.strip()}" if blank and name in options else None
        near = joined or nearest(error.option_name, options) or "--help"
        return console.say("usage-no-such-option", name=error.option_name, near=near)
    if kind == "MissingParameter":
        name = getattr(error.param, "metavar", None) or getattr(error.param, "name", None) or "PATH"
        return console.say("usage-missing", name=name)
    message = " ".join(error.format_message().split())
    if kind == "BadParameter" and "integer" in message:  # the only kind of value that the toolkit leaves to Typer
        return console.say("usage-whole-number", name=error.param.opts[0])
    if kind == "BadOptionUsage":
        code = "usage-takes-no-value" if "not take a value" in message else "usage-needs-value"
        return console.say(code, name=error.option_name)
    if extra := re.search(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)", message):
        return console.say("usage-extra", name=extra[1])
    return console.say("usage-other", text=message)
