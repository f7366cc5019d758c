"""Text from outside, made harmless wherever a person, a terminal or another program reads it.

A name of a file, a sheet, a zip member, an option's value or a cell may hold line breaks, terminal escapes, direction
overrides, characters of no width, half a surrogate pair, or what a build server takes for a command to itself. Text for
people shows such a character as ``�`` and parts the signs of a command; JSON escapes them, so that what a program reads
back is the name as it was.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Final

from communitycheck.patterns import pattern

# Direction overrides and marks, what has no width, the upper control characters and what XML forbids.
HIDDEN: Final = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Emoji, and the letters of some scripts, are spelled with these.
JOINERS: Final = "\u180e\u200c\u200d"
SELECTORS: Final = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINED = "[\u0590-\u109f\u1700-\u18af\u2190-\u2bff\ufb1d-\ufdff\ufe0f\ufe70-\ufefe\U0001f000-\U0001faff]"
# A joiner between characters that are never joined, or a second selector of shape, only hides.
_UNSEEN = f"[{HIDDEN}\ud800-\udfff]|(?<!{_JOINED})[{JOINERS}]|[{JOINERS}](?!{_JOINED})|(?<=[{SELECTORS}])[{SELECTORS}]"
# What shells read as something else than a character of a word.
_OF_SHELLS = pattern(r"[\s&?*;<>|()$`'\"!#\[\]{}^]|^~|^$")
_HASHES = r"#(?=#(?:\[|vso\[|teamcity\[))"
_ODD = pattern(r"[^ !\"$-9;-~\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")  # which most texts are without
_BREAKS = pattern(r"[^\S ]+")  # all white space but the plain space
_UNPRINTABLE = pattern(f"[\x00-\x1f]|{_UNSEEN}")
# GitHub takes two pairs of colons for a command at the head of a line, which is anywhere once lines are wrapped (one
# pair parts a file and its sheet: data.sqlite::communities); GitHub, Azure
# and TeamCity the hashes wherever they stand. The commands of others need control characters.
_COMMAND = pattern(rf":(?=:[A-Za-z].*?::)|{_HASHES}", re.IGNORECASE | re.DOTALL)
_UNESCAPED = pattern(f"{_UNSEEN}|{_HASHES}", re.IGNORECASE)
_SHOWN = pattern(f"[\x00-\x08\x0b-\x1f{HIDDEN}\ud800-\udfff]")
_COLOUR = r"\x1b(?!\[[0-9;]*m)|"
_SHOWN_IN_COLOUR = pattern(f"{_COLOUR}[\x00-\x08\x0b-\x1a\x1c-\x1f{HIDDEN}\ud800-\udfff]")
_COMMAND_LINE = pattern(rf"^(\s*:)(?=:[A-Za-z][^\n]*::)|({_HASHES})", re.IGNORECASE | re.MULTILINE)

LONGEST = 2000  # of a value that a sentence quotes
_REMEMBERED = 256  # the length of a text that is worth a look at whether it has been seen before


def one_line(text: str) -> str:
    """``text`` on one line; line breaks become a space, what cannot be seen becomes ``�``."""
    return inline(text).strip()


def inline(text: str) -> str:
    """``one_line`` with the spaces at its ends."""
    return _remembered(text) if len(text) <= _REMEMBERED else _harmless(text)


def printed(value: object) -> object:
    """What a template shows of a value: text on one line; mark-up that has been made, and figures, as they are."""
    return inline(value) if type(value) is str else value


def quoted(value: object) -> str:
    """A value as a sentence quotes it: ``inline``, and cut where nobody would read on.

    It is cut in its middle: it may be a sentence itself, which says at its end what is the matter.
    """
    text = value if isinstance(value, str) else str(value)
    half = LONGEST // 2
    return inline(text if len(text) <= LONGEST else f"{text[: half - 1]}…{text[-half:]}")


def is_seen(character: str) -> bool:
    """Whether anybody can see it when it stands by itself."""
    return not _UNPRINTABLE.match(character)


def clip(text: str, length: int) -> str:
    """``text`` of at most ``length`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def as_json(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON that shows nothing of what it hides; read back, its texts are what they were."""
    return escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))


def escaped(text: str) -> str:
    """JSON with the characters escaped that hide something, command or cannot be encoded."""
    plain = text.isascii() and "##" not in text and "\x7f" not in text
    return text if plain else _UNESCAPED.sub(_escape, text)


def page(text: str, *, colours: bool = False, commands: bool = False) -> str:
    """Lines that are about to be printed: the last look, at what whoever made them forgot.

    Args:
        colours: the sequences that colour words are meant.
        commands: so are the lines that a build server takes for commands.
    """
    text = (_SHOWN_IN_COLOUR if colours else _SHOWN).sub("\ufffd", text)
    return text if commands else _COMMAND_LINE.sub(r"\1\2 ", text)


def _harmless(text: str) -> str:
    if _ODD.search(text) is None:
        return text
    return _COMMAND.sub(r"\g<0> ", _UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text)))


_remembered = lru_cache(maxsize=16384)(_harmless)


def _escape(found: re.Match[str]) -> str:
    """``\\u202e`` for a character, in two halves where JSON needs them."""
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[i : i + 2]):04x}" for i in range(0, len(units), 2))


def typed(word: str) -> str:
    """A word of a command that is to be typed again, quoted where a shell would read it otherwise."""
    text = one_line(word)
    if not _OF_SHELLS.search(text):
        return text
    if not set(text) & set("$`\"!"):
        return f'"{text}"'
    return "'" + text.replace("'", "'\\''") + "'"
