"""The streams of a run: in which encoding text is written to them, and whether they show colours.

A terminal gets what it says it takes. Elsewhere text goes through a pipe or into a file: UTF-8, unless
``PYTHONIOENCODING`` says otherwise. On Windows the program at the other end of a pipe (``more``, ``findstr``,
PowerShell) takes text to be in the code page of the console, so it gets that. A character that it has not is written as
its plain form or as an escape; where it has no Chinese at all the text is UTF-8 all the same, and the run says so.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
import unicodedata
from typing import Any, TextIO

# The word for community: what can write this can write a report.
_CHINESE = chr(0x793E) + chr(0x533A)


class Utf8Instead(io.TextIOWrapper):
    """Standard output or error in UTF-8 where another encoding was asked for, which has no Chinese.

    Attributes:
        asked: that encoding. used: whether anything was written that the two write differently.
    """

    def __init__(self, stream: Any, asked: str) -> None:
        super().__init__(stream.buffer, "utf-8", "backslashreplace", line_buffering=stream.line_buffering)
        self.asked = asked
        self.instead_of = stream  # which closes what it writes to when it is thrown away
        self.used = False

    def write(self, text: str, /) -> int:
        self.used = self.used or not text.isascii()
        return super().write(text)


def settled(stream: TextIO) -> TextIO:
    """The stream as text for people should be written to it."""
    if not isinstance(stream, io.TextIOWrapper):  # a test's, or closed
        return stream
    wanted = _encoding(stream)
    if not _has_chinese(wanted):
        return Utf8Instead(stream, wanted)
    codecs.register_error("plainer", _plainer)
    stream.reconfigure(encoding=wanted, errors="backslashreplace" if _is_utf8(wanted) else "plainer")
    return stream


def shows_colours(stream: TextIO) -> bool:
    """True for a terminal that shows colours, or what is said to be one, unless the user has turned them off."""
    if os.environ.get("NO_COLOR"):
        return False
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return bool(os.environ.get("FORCE_COLOR"))
    if sys.platform != "win32":
        return True
    try:
        import colorama  # a dependency on Windows alone
    except ImportError:
        return False
    # A console understands the sequences once it is told to; for one that never does they are translated.
    colorama.just_fix_windows_console()
    return True


def console_encoding() -> str | None:
    """The code page of the console that a run on Windows was started from, if any and if UTF-8 is not asked for."""
    if sys.platform != "win32" or sys.flags.utf8_mode:
        return None
    for number in (2, 0, 1):
        try:
            found = os.device_encoding(number)
        except OSError:
            found = None
        if found is not None:
            return found
    return None


def garbled_by_console(stream: TextIO) -> bool:
    """Whether UTF-8 goes through a pipe to a program of the console, such as PowerShell, that will misread it."""
    found = None if stream.isatty() or _is_file(stream) else console_encoding()
    return found is not None and not _is_utf8(found)


def _encoding(stream: io.TextIOWrapper) -> str:
    if stream.isatty() or os.environ.get("PYTHONIOENCODING", "").partition(":")[0]:
        return stream.encoding
    if _is_file(stream):
        return "utf-8"
    return console_encoding() or "utf-8"


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")


def _has_chinese(encoding: str) -> bool:
    try:
        _CHINESE.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _plainer(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for characters that an encoding has not: m2 for m², else an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = ""
    for character in error.object[error.start : error.end]:
        plain = unicodedata.normalize("NFKC", character)
        try:
            plain.encode(error.encoding)
        except UnicodeEncodeError:
            plain = character.encode("ascii", "backslashreplace").decode()
        found += plain
    return found, error.end
