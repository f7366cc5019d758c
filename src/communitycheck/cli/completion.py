"""Completion in the shell: Typer answers it, with the words below for what an option takes.

Started by the shell with ``_COMMUNITYCHECK_COMPLETE`` in the environment, the program answers with words and says
nothing else. Where there are none the shell offers files.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communitycheck import api
from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang

# By this variable the shell asks.
VARIABLE = "_COMMUNITYCHECK_COMPLETE"

Word = tuple[str, str]

# Typer's own, and besides: a program whose path has blanks, and what stands behind ``=``. bash parts words at ``=``,
# so they are joined here (bash 3.2, which macOS has, knows no negative places); zsh completes behind it if it is told.
_OWN = {
    "bash": """\
_communitycheck_completion() {
    local IFS=$'\\n' words=() n=-1 i word
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        if ((n >= 0)) && [[ "${words[n]}" == --*= || ( "$word" == = && "${words[n]}" == --* ) ]]; then
            words[n]+="$word"
        else
            n=$((n + 1))
            words[n]="$word"
        fi
    done
    COMPREPLY=( $( env COMP_WORDS="${words[*]}" COMP_CWORD=$n _COMMUNITYCHECK_COMPLETE=complete_bash \\
                   "${1//\\\\/}" 2>/dev/null ) )
}

complete -o default -F _communitycheck_completion communitycheck
""",
    "zsh": """\
#compdef communitycheck

_communitycheck_completion() {
  local typed="${words[1,$CURRENT]}"
  [[ "${words[CURRENT]}" == --*=* ]] && compset -P '*='
  eval $(env _TYPER_COMPLETE_ARGS="$typed" _COMMUNITYCHECK_COMPLETE=complete_zsh communitycheck)
}

compdef _communitycheck_completion communitycheck
""",
}


def prepare() -> None:
    """Let Typer know the shells."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def script(shell: str) -> str:
    """What the shell has to be told, to be put into its own start-up file."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return _OWN.get(shell) or str(get_completion_script(prog_name="communitycheck", complete_var=VARIABLE, shell=shell))


def install(shell: str) -> str:
    """Put it there; the file."""
    from typer.completion import install as put  # type: ignore[attr-defined]

    file = put(shell=shell, prog_name="communitycheck", complete_var=VARIABLE)[1]
    if shell in _OWN:
        Path(file).write_text(_OWN[shell], encoding="utf-8")
    return str(file)


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
        if kind == "language":
            terms = [term for group in api.find_help().groups for term in group.terms]
            return {term.name: term.says.in_lang(lang) for term in terms}.items()
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
