"""Number formats that write words beside a figure: ``0"亩"`` shows 420 as 420亩. Loaded by readers that start bare."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from communitycheck.returns.files.formats.values import text_of

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?|(?P<figure>General|G/通用格式|[0#?]+)|'
    r"[eE][+-]|(?P<bare>.)",
    re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_CURRENCY = re.compile(r"[\s¥￥$€£]+")
# Signs that change what a figure says; letters and characters do so too.
_SIGNS = frozenset("%‰<>≥≤≈±~√×")


class _Section(NamedTuple):
    """One part of a format: what stands before and behind the figure, and what the figure shown is multiplied by."""

    condition: tuple[str, float] | None
    figure: bool
    before: str
    behind: str
    times: float
    percent: bool

    @property
    def worded(self) -> bool:
        around = self.before + self.behind
        return self.behind == "+" or any(c.isalnum() or c in _SIGNS or "\u3300" <= c <= "\u33ff" for c in around)


def writes_words(code: str) -> bool:
    """Whether a format writes a unit, a word or a sign of its own beside some figures."""
    sections = _sections(code)
    return any(section.worded for section in sections) or sections[0].before == "-"


def worded_text(code: str, value: float) -> str | None:
    """A figure as the format shows it, to all its digits."""
    sections = _sections(code)
    section = _section_for(sections, value)
    if section is None:
        return text_of(value)
    negative = section is not sections[0] and value < 0
    before = section.before
    if negative:  # that part of a format writes the sign itself
        before = before.removeprefix("-").removeprefix("(")
    if not section.figure:
        return section.before + section.behind if section.worded else text_of(value)
    if not section.worded and not (before == "-" and section is sections[0]):
        return text_of(value)
    shown = text_of(float(f"{value * section.times:.14g}")) or ""
    return f"{before}{shown}{'%' if section.percent else ''}{section.behind}"


def _section_for(sections: tuple[_Section, ...], value: float) -> _Section | None:
    if any(section.condition for section in sections):
        fitting = (s for s in sections if s.condition is None or _holds(*s.condition, value))
        return next(fitting, None)
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _holds(sign: str, limit: float, value: float) -> bool:
    return ("<" in sign and value < limit) or (">" in sign and value > limit) or ("=" in sign and value == limit)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts for figures of a format; the fourth is for texts."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["bare"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts[:3])


def _section(tokens: list[re.Match[str]]) -> _Section:
    condition, pieces, times, percent = None, ["", ""], 1.0, False
    places = [at for at, token in enumerate(tokens) if token["figure"]]
    last = places[-1] if places else -1
    for at, token in enumerate(tokens):
        text = token["quoted"] or token["escaped"] or token["bare"] or ""
        inside = bool(places) and places[0] < at < last
        if token["bracket"] is not None:
            if found := _CONDITION.fullmatch(token["bracket"].strip()):
                condition = found[1], float(found[2])
        elif token["bare"] == ",":
            times /= 1000 if at > last >= 0 and not inside else 1
        elif token["bare"] == "%":
            times *= 100
            percent = True
        elif inside and text == ".":
            if token["bare"] is None:  # a point written by the format, not the decimal point: 0\.0, shows ten thousands
                times /= 10.0 ** sum(len(tokens[p][0]) for p in places if p > at)
        elif text and not (inside and token["bare"]):
            pieces[bool(places) and at > places[0]] += text
    before, behind = (_CURRENCY.sub("", piece) for piece in pieces)
    return _Section(condition, bool(places), before, behind, times, percent)
