"""Annotations of GitHub Actions: one workflow command a line, the gravest first, the totals before the notices.

GitHub shows ten annotations of each level for a step and drops the rest without a word, so no more are printed; how
many were left out is among those that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.printable import one_line
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
MOST = 10  # annotations of one level that GitHub shows of a step


class Annotations(Struct, frozen=True):
    """Those of one level: how many, and the commands, made when they are written."""

    total: int
    lines: Iterable[str]


def annotated(
    levels: dict[Level, Annotations], totals: str, wording: Wording, *, every: bool, option: str
) -> Iterator[str]:
    """The commands line by line, at most 10 of each level unless ``every``; ``totals`` is one of the notices,
    ``option`` the one that prints all."""
    notices = [totals]
    for level in LEVELS:
        one, last = levels[level], level == "notice"
        total, room = one.total, MOST - (len(notices) if last else 0)
        if every or total <= room:
            room = total
        else:
            room -= last  # for the line that follows
            notices.append(_more(total - room, level, option, wording))
        if last:
            yield from notices
        yield from islice(one.lines, room)


def _more(n: int, level: Level, option: str, wording: Wording) -> str:
    return command("notice", wording.say("more-annotations", n=count(n), option=option), title=level)


def command(level: Level, message: str, *, title: str = "", at: Address | None = None) -> str:
    """One workflow command; nothing in its values can end it or start another."""
    properties = []
    if at is not None:
        properties.append(f"file={_property(at.path)}")
        if at.row is not None and at.key is None:
            properties.append(f"line={at.row}")
    if title:
        properties.append(f"title={_property(title)}")
    return f"::{level}{' ' if properties else ''}{','.join(properties)}::{_data(message)}\n"


def _data(text: str) -> str:
    return one_line(_escaped(text))


def _property(text: str) -> str:
    return one_line(_escaped(text).replace(":", "%3A").replace(",", "%2C"))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
