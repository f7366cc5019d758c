"""Texts cut where their author saw a whole: a formula by commas in [ ] and { }, any text by a # behind a blank; and
items that a Chinese comma leaves in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import yaml

from communitycheck.patterns import pattern

# Neither between figures (1，200 is a number) nor in brackets: 省(区、市) is one word.
_JOINED = pattern(r"、|；|(?<![0-9])，|，(?![0-9])")
_BRACKETS = pattern(r"[(（][^()（）]*[)）]")


class CutFormula(NamedTuple):
    """A text with brackets that commas have cut: where it begins, the keys or numbers of what is left of it, and all
    of it."""

    at: str | int
    rest: tuple[str | int, ...]
    whole: str


def cut_in_mapping(entries: Mapping[str, object]) -> list[CutFormula]:
    """``{indicator: rank(population, county)}`` has a key ``county)`` without a value."""
    return list(_cut([(key, value, key if value is None else None) for key, value in entries.items()]))


def cut_in_list(items: Sequence[object]) -> list[CutFormula]:
    words = (item if isinstance(item, str | int | float) else None for item in items)
    return list(_cut([(at, item, word) for at, (item, word) in enumerate(zip(items, words, strict=True))]))


def _cut(parts: Iterable[tuple[str | int, object, object]]) -> Iterable[CutFormula]:
    """
    Args:
        parts: key or number, the text that may begin there, and what it adds to one that has begun before.
    """
    begun: list[str] = []
    at: str | int = ""
    rest: list[str | int] = []
    for key, value, more in parts:
        if begun and more is not None:
            begun.append(str(more))
            rest.append(key)
            whole = ", ".join(begun)
            if whole.count("(") == whole.count(")"):
                yield CutFormula(at, tuple(rest), whole)
                begun = []
            continue
        begun = [value] if isinstance(value, str) and value.count("(") > value.count(")") else []
        at, rest = key, []


def joined_items(text: str) -> list[str]:
    """The items that stand in one, parted by 、 or ，; empty where it is a single one."""
    bare = _BRACKETS.sub(lambda found: "_" * len(found[0]), text)
    ends = [found.start() for found in _JOINED.finditer(bare)]
    parts = [text[start + 1 : end].strip() for start, end in zip([-1, *ends], [*ends, len(text)], strict=True)]
    return [part for part in parts if part] if ends else []


# What people read, where #1 is part of a name; a comment behind it has a blank after its #.
_TEXTS = ("title", "label", "plural", "note", "message", "advice", "clause", "manual")
_NUMBER_SIGN = pattern(r"\s+#[^\s#!].*")
_QUOTED = pattern(r"\"[^\"]*\"|'[^']*'")


def behind_text(event: yaml.ScalarEvent, path: tuple[str | int, ...], rows: Sequence[str]) -> str:
    """What a # has cut off a plain text that people read; empty where it begins a comment."""
    mark = event.end_mark
    of = path[-2] if path[-1:] in (("zh",), ("en",)) and len(path) > 1 else path[-1] if path else ""
    if mark is None or of not in _TEXTS or mark.line >= len(rows):
        return ""
    found = _NUMBER_SIGN.fullmatch(rows[mark.line], mark.column)
    return found[0].rstrip() if found else ""


def cut_in_braces(rows: Sequence[str], last: int) -> tuple[int, str] | None:
    """The line (from 1, up to ``last``) on which a # hides the end of an open bracket, and what stands from there."""
    for number in range(min(last, len(rows)), 0, -1):
        row = _QUOTED.sub(lambda found: "_" * len(found[0]), rows[number - 1])
        at = row.find(" #")
        before, behind = row[:at].rstrip(), row[at:].rstrip()
        opened = sum(map(before.count, "{[")) - sum(map(before.count, "}]"))
        if at > 0 and opened > 0 and before[-1] not in ",{[" and behind[-1] in "}],":
            return number, rows[number - 1][at:].strip()
    return None
