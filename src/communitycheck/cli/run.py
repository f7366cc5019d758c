"""Run one command line: 0 to 3 as the report says, 2 for every error, with one line on standard error."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from communitycheck.cli.console import Console, give_up, log_format
from communitycheck.cli.language import preferred
from communitycheck.cli.parsing.usage import exit_code
from communitycheck.errors import CommunityCheckError, CommunityCheckWarning
from communitycheck.system.limits import held, in_force
from communitycheck.system.terminal import Utf8Instead, settled
from communitycheck.version import __version__

BROKEN_PIPE = 141


class Stopped(BaseException):
    """A signal asks the run to end. No ``KeyboardInterrupt``, out of which Typer makes an exit without a word."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


def run(arguments: list[str]) -> int:
    """Run ``arguments`` and return the exit code."""
    with _logins_kept(arguments) as shown:
        return _run_shown(shown)


def _run_shown(arguments: list[str]) -> int:
    console = Console(preferred(arguments), log_format(arguments))
    sys.stdout = settled(sys.stdout)
    if not console.is_json:  # what programs read there is ASCII wherever the stream is not in UTF-8
        sys.stderr = settled(sys.stderr)
    with _warnings_last(console), held(in_force()):  # what --limit says is meant for this run alone
        code = _run(arguments, console)
    _tell_of_encoding(console)
    return code


def _logins_kept(arguments: list[str]) -> contextlib.AbstractContextManager[list[str]]:
    """The arguments with what may be shown of the URLs of databases: no message can repeat a password."""
    if not any("://" in word for word in arguments):
        return contextlib.nullcontext(arguments)
    from communitycheck import api  # which most runs do not need so early

    return api.logins_kept(arguments)


@contextlib.contextmanager
def _warnings_last(console: Console) -> Iterator[None]:
    """Say at the end, in the language of the run, what the toolkit warns of meanwhile."""
    told: list[CommunityCheckWarning] = []
    with warnings.catch_warnings():
        warnings.simplefilter("always", CommunityCheckWarning)
        others = warnings.showwarning

        def show(message: Warning | str, *place: Any, **more: Any) -> None:
            if isinstance(message, CommunityCheckWarning):
                told.append(message)
            else:
                others(message, *place, **more)

        warnings.showwarning = show
        yield
    for one in told:
        console.remark(console.say(one.code, **one.values))


def _run(arguments: list[str], console: Console) -> int:
    try:
        if arguments == ["--version"]:
            print(f"communitycheck {__version__}", flush=True)
            return 0
        from communitycheck.cli.program import run_program  # Typer takes longer to load than --version takes

        code = run_program(arguments, console)
        sys.stdout.flush()  # the report may still lie in the buffer, and the disk be full
        return code
    except CommunityCheckError as error:
        console.complain(error)
        return 2
    except Stopped as stopped:
        console.complain_of("stopped")
        return 128 + stopped.signal
    except SystemExit as left:
        if not isinstance(left.__context__, BrokenPipeError):  # of which Typer makes an exit with 1
            raise
        give_up(sys.stdout)
        return BROKEN_PIPE
    except BrokenPipeError:
        give_up(sys.stdout)
        return BROKEN_PIPE
    except Exception as error:
        return _failed(error, console)


def _failed(error: Exception, console: Console) -> int:
    """Tell of an error that the toolkit did not raise on purpose, Typer's own among them."""
    if hasattr(error, "exit_code") or type(error).__name__ == "Abort":
        return exit_code(error, console)
    if os.environ.get("COMMUNITYCHECK_DEBUG"):
        raise error
    match error:
        case OSError(filename=None, errno=errno.EINVAL) if os.name == "nt":  # so Windows says that no one reads
            give_up(sys.stdout)
            return BROKEN_PIPE
        case OSError(filename=None):
            give_up(sys.stdout)
            console.complain_of("stdout-failed", cause=error.strerror or type(error).__name__)
        case OSError():
            cause = error.strerror or type(error).__name__
            console.complain_of("system-failed", cause=cause, path=str(error.filename))
        case UnicodeEncodeError():
            console.complain_of("locale-too-narrow", name=error.object[:80], encoding=error.encoding)
        case _:
            text = " ".join(str(error).split())[:200]
            console.complain_of("internal-error", kind=type(error).__name__, text=text)
    return 2


def _tell_of_encoding(console: Console) -> None:
    """Say once that the text could not be written in the encoding that was asked for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Utf8Instead) and stream.used:
            console.remark(console.say("written-in-utf8", encoding=stream.asked))
            return
