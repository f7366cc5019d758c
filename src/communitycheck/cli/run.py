"""Run one command line: 0 to 3 as the report says, 2 for every error, with one line on standard error."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from communitycheck.cli import log
from communitycheck.errors import CommunityCheckError, ExpressionError, ReturnError, RuleFileError, UsageError
from communitycheck.messages import Lang, say


class Stopped(BaseException):
    """A signal asks the run to end; by no ``KeyboardInterrupt``, out of which Typer makes an exit without a word."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


def run(arguments: list[str]) -> int:
    """Run ``arguments`` and return the exit code."""
    from communitycheck.cli.language import preferred

    lang = preferred(arguments)
    log.choose(arguments)
    try:
        if arguments == ["--version"]:
            from communitycheck.version import __version__

            print(f"communitycheck {__version__}", flush=True)
            return 0
        # Typer carries its own copy of click's exceptions, so both are looked up through it.
        from communitycheck.cli import settings
        from communitycheck.cli.app import COMMANDS, build

        file = settings.config_file(arguments, os.environ, _here())
        table = settings.table_of(file)
        lang = preferred(arguments, table.get("lang"))
        asked = _command(arguments)
        program = build(lang, asked)
        _check_command(asked, COMMANDS)
        options = settings.options_of(program.commands["check"])
        fallbacks = settings.defaults(settings.settings(options, file, table, os.environ), program.commands)
        for name in settings.strangers(options, os.environ):
            near = get_close_matches(name, [settings.variable_of(o) for o in options], n=1, cutoff=0.5)
            print(say("config-stranger", lang, name=name, near=near[0] if near else "—"), file=sys.stderr)
        code = int(program(arguments, prog_name="communitycheck", standalone_mode=False, default_map=fallbacks) or 0)
        sys.stdout.flush()  # the report may still lie in the buffer, and the disk be full
        return code
    except CommunityCheckError as error:
        complain(error, lang)
        return 2
    except Stopped as stopped:
        complain(say("stopped", lang), lang, code="stopped")
        return 128 + stopped.signal
    except BrokenPipeError:
        _give_up_output()
        return 141
    except OSError as error:
        if os.environ.get("COMMUNITYCHECK_DEBUG"):
            raise
        if error.filename is None:
            _give_up_output()
        code_ = "stdout-failed" if error.filename is None else "system-failed"
        cause = error.strerror or type(error).__name__
        complain(say(code_, lang, cause=cause, path=str(error.filename)), lang, code=code_)
        return 2
    except UnicodeEncodeError as error:
        if os.environ.get("COMMUNITYCHECK_DEBUG"):
            raise
        text = say("locale-too-narrow", lang, name=error.object[:80], encoding=error.encoding)
        complain(text, lang, code="locale-too-narrow")
        return 2
    except Exception as error:
        if type(error).__name__ in ("Exit", "Abort"):
            return int(getattr(error, "exit_code", 130))
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)  # type: ignore[attr-defined]
            return 2
        if hasattr(error, "format_message"):
            complain(_usage(error, lang), lang, code="usage")
            return 2
        if os.environ.get("COMMUNITYCHECK_DEBUG"):
            raise
        text = say("internal-error", lang, kind=type(error).__name__, text=" ".join(str(error).split())[:200])
        complain(text, lang, code="internal-error")
        return 2


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise UsageError("folder-gone") from None


def _give_up_output() -> None:
    """Nothing more can be written to standard output; what lies in its buffer is not tried again at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(arguments: list[str]) -> str:
    """The word where a command stands; empty where none does."""
    first = arguments[0] if arguments else ""
    if first in ("--config", "--lang"):
        first = arguments[2] if len(arguments) > 2 else ""
    return "" if first.startswith("-") else first


def _check_command(asked: str, known: Sequence[str]) -> None:
    if asked and asked not in known:
        near = get_close_matches(asked, known, n=1, cutoff=0.3)
        guess = near[0] if near else "—"
        raise UsageError("usage-no-such-command", name=asked, near=guess, known=", ".join(known))


def complain(trouble: CommunityCheckError | str, lang: Lang, *, code: str = "") -> None:
    """One line on standard error; as JSON with the error's code and place."""
    _tell("error", "error-line", trouble, lang, code)


def remark(said: CommunityCheckError | str, lang: Lang) -> None:
    """One line on standard error that is no error."""
    _tell("info", "note-line", said, lang, "")


def _tell(level: str, line: str, said: CommunityCheckError | str, lang: Lang, code: str) -> None:
    if isinstance(said, str):
        log.tell(level, code, said, say(line, lang, text=said))
        return
    facts = {name: getattr(said, name, None) for name in ("path", "sheet", "file", "line")}
    facts = {name: value for name, value in facts.items() if value is not None}
    text = line_of(said, lang)
    log.tell(level, said.code, text, say(line, lang, text=text), **facts)


def line_of(error: CommunityCheckError, lang: Lang) -> str:
    """The error as one line: where, then what and what to do."""
    text = say(error.code, lang, **error.values)
    if isinstance(error, RuleFileError):
        place = error.file if error.line is None else f"{error.file}:{error.line}"
        if error.key:
            place += f" {error.key}"
        if isinstance(error, ExpressionError) and error.column is not None and "{column}" not in error.code:
            place += f" @{error.column}"
        return f"{place}: {text}"
    if isinstance(error, ReturnError):
        place = error.path if error.sheet is None else f"{error.path} [{error.sheet}]"
        return f"{place}: {text}"
    return text


def _usage(error: Exception, lang: Lang) -> str:
    """A fault in the command line itself, in our own words where its kind is known."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or []) or "--help"
        return say("usage-no-such-option", lang, name=getattr(error, "option_name", "?"), near=near)
    if kind == "MissingParameter":
        parameter = getattr(error, "param", None)
        name = getattr(parameter, "metavar", None) or getattr(parameter, "name", None) or "PATH"
        return say("usage-missing", lang, name=name)
    message = " ".join(error.format_message().split())  # type: ignore[attr-defined]
    if kind == "BadParameter" and "integer" in message:  # the only kind of value that is not checked by us
        return say("usage-whole-number", lang, name=getattr(getattr(error, "param", None), "opts", ["?"])[0])
    if kind == "BadOptionUsage":
        code = "usage-takes-no-value" if "not take a value" in message else "usage-needs-value"
        return say(code, lang, name=getattr(error, "option_name", "?"))
    if extra := re.search(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)", message):
        return say("usage-extra", lang, name=extra[1])
    return say("usage-other", lang, text=message)
