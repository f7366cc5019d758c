"""What a run prints: results on standard output, and one line for each message on standard error."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Any, Literal, TextIO

from communitycheck.errors import CommunityCheckError, ExpressionError, ReturnError, RuleFileError
from communitycheck.messages import Lang, say
from communitycheck.printable import escaped, one_line, page
from communitycheck.system.terminal import garbled_by_console, shows_colours

MOST = 100  # faults that are told one by one: nobody reads on
LOG_FORMATS = ("text", "json")


class Console:  # no dataclass, which would be a third of the time that ``--version`` takes
    """Where a run prints, in which language, and whether messages are lines of text or JSON objects.

    Attributes:
        settings: the settings file that holds, which the run has read too.
    """

    def __init__(self, lang: Lang, log_format: str) -> None:
        self.lang = lang
        self.log_format = log_format
        self.settings: list[str] = []

    @property
    def is_json(self) -> bool:
        return self.log_format == "json"

    @property
    def colour(self) -> bool:
        """True where standard output shows colours, or is said to, and the user has not turned them off."""
        return shows_colours(sys.stdout)

    @property
    def width(self) -> int | None:
        """Of the terminal, in cells; None where there is none, and nothing says how wide a page is wanted."""
        asked = os.environ.get("COLUMNS", "")
        if asked.isdecimal():
            return int(asked)
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):  # no terminal, or a stream that is no file
            return None

    def say(self, code: str, /, **values: Any) -> str:
        """A message in the language of the run."""
        return say(code, self.lang, **values)

    def print(self, chunks: str | Iterable[str], *, data: bool = False) -> None:
        """Write to standard output, chunk by chunk.

        Args:
            data: it is for programs, which read UTF-8 and lines that end in a line feed, whatever the console speaks.
        """
        # Not every stream that stands in for standard output can be set to UTF-8.
        if data and isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="")
            if garbled_by_console(sys.stdout) and not self.is_json:
                self.remark(self.say("data-is-utf8"))
        for chunk in [chunks] if isinstance(chunks, str) else chunks:
            sys.stdout.write(chunk if data else page(chunk, colours=self.colour))

    def complain(self, trouble: CommunityCheckError) -> None:
        """One line on standard error for each fault, up to ``MOST``; as JSON with the error's code and place."""
        faults = (trouble, *trouble.others) if isinstance(trouble, RuleFileError) else (trouble,)
        for one in faults[:MOST]:
            self._tell("error", "error-line", error_line(one, self.lang), one.code, _place(one))
        if len(faults) > MOST:
            self.complain_of("faults-more", n=len(faults) - MOST)

    def complain_of(self, code: str, **values: Any) -> None:
        """The message ``code`` as an error."""
        self.complain_in_words(code, self.say(code, **values))

    def complain_in_words(self, code: str, text: str) -> None:
        """A ready sentence as an error, with the code of its kind."""
        self._tell("error", "error-line", text, code, {})

    def remark(self, said: CommunityCheckError | str) -> None:
        """One line on standard error that is no error."""
        if isinstance(said, str):
            self._tell("info", "note-line", said, "", {})
        else:
            self._tell("info", "note-line", error_line(said, self.lang), said.code, _place(said))

    def log(self, code: str, **facts: Any) -> None:
        """A message for programs alone: it is printed where messages are JSON."""
        if self.is_json:
            self._tell("info", "note-line", self.say(code, **facts), code, facts)

    def _tell(self, level: Literal["error", "info"], line: str, text: str, code: str, facts: dict[str, Any]) -> None:
        text = one_line(text)
        if not self.is_json:
            to_stderr(self.say(line, text=text))
            return
        plain = (sys.stderr.encoding or "").lower().replace("-", "") != "utf8"
        content = {"level": level, "code": code or None, **facts, "message": text}
        to_stderr(escaped(json.dumps(content, ensure_ascii=plain)))


def to_stderr(line: str) -> None:
    """Write a line to standard error. Where nothing can be written there, on a full disk or to a pipe that nobody
    reads, the run goes on without a word: its exit code is what it would have been."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        give_up(sys.stderr)


def give_up(stream: TextIO) -> None:
    """Nothing more can be written to it; what lies in its buffer is not tried again at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def log_format(arguments: list[str]) -> str:
    """``--log-format`` as it stands on the command line, so that faults of the command line are written that way too.

    An unknown value is taken for text; the command complains of it.
    """
    found = "text"
    for i, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--log-format=") else ""
        if word == "--log-format" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in LOG_FORMATS:
            found = value
    return found


def error_line(error: CommunityCheckError, lang: Lang) -> str:
    """The error as one line: where, then what and what to do."""
    text = say(error.code, lang, **error.values)
    if isinstance(error, RuleFileError):
        place = error.file if error.line is None else f"{error.file}:{error.line}"
        if error.key:
            place += f" {error.key}"
        if isinstance(error, ExpressionError) and error.column is not None:
            place += f" @{error.column}"
        return f"{place}: {text}"
    if isinstance(error, ReturnError):
        place = error.path if error.sheet is None else f"{error.path} [{error.sheet}]"
        return f"{place}: {text}"
    return text


def _place(error: CommunityCheckError) -> dict[str, Any]:
    """Where the error is, as far as it says so."""
    facts = {name: getattr(error, name, None) for name in ("path", "sheet", "file", "line")}
    return {name: value for name, value in facts.items() if value is not None}
