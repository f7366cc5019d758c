"""The message catalogue: every sentence a person reads, in Chinese and English, by code.

Each room and each product has a file here that is called like it (``checking.py``, ``explain.py``, ...), the returns
one for each step of reading them (``returns/files.py``, ``returns/cells.py``, ...), and the standards and the command
line one for each concept (``standards/language.py``, ``cli/help.py``, ...). Each has a dictionary ``MESSAGES`` of
code -> (Chinese, English). Placeholders are ``str.format`` fields; what stands in ``[[ ]]`` is left out where one of
its values is nothing (empty, or —), and ``{{n:row|rows}}`` is the first word where ``n`` is 1 and the second otherwise.
Nothing else in the project holds a sentence for users. What fills one may come from anywhere and is made harmless here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Literal, Protocol, SupportsFloat, cast

from communitycheck.printable import quoted

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
ROOMS = (
    "words",
    "standards.files",
    "standards.rules",
    "standards.language",
    "standards.lint",
    "standards.scores",
    "standards.waivers",
    "returns.files",
    "returns.databases",
    "returns.engine",
    "returns.layout",
    "returns.columns",
    "returns.mapping",
    "returns.cells",
    "governing",
    "checking",
    "reporting",
    "inspect",
    "scores",
    "plans.waivers",
    "html",
    "explain",
    "plans.gap",
    "plans.compare",
    "plans.baseline",
    "plans.whatif",
    "plans.trend",
    "plans.conflicts",
    "plans.overlap",
    "rulebook.cards",
    "rulebook.commands",
    "rulebook.language",
    "rulebook.sql",
    "importing",
    "template",
    "markup",
    "bundles",
    "cli.help",
    "cli.settings",
    "cli.commands",
    "examples",
)

_PERHAPS = re.compile(r"\[\[(.*?)\]\]")
_NUMBERED = re.compile(r"\{\{(\w+):([^{}|]*)\|([^{}|]*)\}\}")


class Bilingual(Protocol):
    """A value that has a wording in each language."""

    def in_lang(self, lang: Lang) -> str: ...


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All messages: code -> (zh, en), read when first needed. A test sees to it that no code is defined twice."""
    merged: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        merged.update(import_module(f"{__name__}.{room}").MESSAGES)
    return merged


def say(code: str, lang: Lang, /, **values: object) -> str:
    """The message ``code`` in ``lang`` with its values filled in.

    A bilingual value is rendered in the same language.
    """
    template = catalogue()[code][0 if lang == "zh" else 1]
    shown = {k: cast("Bilingual", v).in_lang(lang) if hasattr(v, "in_lang") else v for k, v in values.items()}
    return filled(template, shown)


def filled(template: str, values: Mapping[str, object]) -> str:
    """A message with its values filled in, its words in the right number, and without the parts in ``[[ ]]`` whose
    values are nothing."""
    if "[[" in template:
        template = _PERHAPS.sub(lambda part: part[1] if all(_names_something(part[1], values)) else "", template)
    if "|" in template:
        template = _NUMBERED.sub(lambda word: word[2] if str(values[word[1]]) in ("1", "1.0") else word[3], template)
    return template.format_map(_Harmless(values))


def _names_something(part: str, values: Mapping[str, object]) -> list[bool]:
    return [values[name] not in ("", "—") for _, name, _, _ in string.Formatter().parse(part) if name]


class _Harmless:
    """Values as a sentence shows them. Figures stay what they are: the sentence may ask for a form of theirs."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        value = self._values[name]
        return quoted(value) if type(value) is str or not isinstance(value, SupportsFloat) else value
