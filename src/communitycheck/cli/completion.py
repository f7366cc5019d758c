"""Completion in the shell: Typer answers it, with the words below for what an option takes.

Started by the shell with ``_COMMUNITYCHECK_COMPLETE`` in the environment, the program answers with words and says
nothing else. Where there are none the shell offers files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communitycheck import api
from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang

# By this variable the shell asks.
VARIABLE = "_COMMUNITYCHECK_COMPLETE"

Word = tuple[str, str]


def prepare() -> None:
    """Let Typer know the shells."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def script(shell: str) -> str:
    """What the shell has to be told, to be put into its own start-up file."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return str(get_completion_script(prog_name="communitycheck", complete_var=VARIABLE, shell=shell))


def install(shell: str) -> str:
    """Put it there; the file."""
    from typer.completion import install as put  # type: ignore[attr-defined]

    return str(put(shell=shell, prog_name="communitycheck", complete_var=VARIABLE)[1])


def words(kind: str, context: Any, incomplete: str) -> list[Word]:
    """The words of a kind that go on from what has been typed, each with what it means.

    Args:
        kind: a key below, or the choices themselves (``text|json``).
        context: Click's, of the command line so far, which may name rule files.
    """
    if "|" in kind:
        found: Iterable[Word] = ((word, "") for word in kind.split("|"))
    else:
        found = _found(kind, context)
    before, comma, begun = incomplete.rpartition(",")
    return [(before + comma + word, help) for word, help in found if word.startswith(begun)]


def _found(kind: str, context: Any) -> Iterable[Word]:
    lang: Lang = context.obj.lang if context.obj is not None else "en"
    rules_dir = context.params.get("rules_dir")
    try:
        if kind == "rules":
            rules = api.list_rules(context.params.get("standard") or [], rules_dir=rules_dir).rules
            return {rule.id: rule.title.in_lang(lang) for _, rule in rules}.items()
        book = api.list_rules(rules_dir=rules_dir).book.all()
    except CommunityCheckError:  # of a rule file: whoever runs the command is told
        return ()
    if kind == "standards":
        return [(one.id, one.title.in_lang(lang)) for one in book]
    places = [one.jurisdiction for one in book]
    divisions = {name: one.name for one in places for name in one.divisions}
    return (divisions | {one.name: one.code for one in places}).items()
