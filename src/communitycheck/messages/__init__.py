"""The message catalogue: every sentence a person reads, in Chinese and English, by code.

Each room keeps its sentences in a file of its own here (``returns.py``, ``standards.py``, ...), as a dictionary
``MESSAGES`` of code -> (Chinese, English). Placeholders are ``str.format`` fields. Nothing else in the project
holds a sentence for users.
"""

from __future__ import annotations

import string
from functools import cache
from importlib import import_module
from typing import Any, Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
ROOMS = (
    "words",
    "standards",
    "cases",
    "returns",
    "checking",
    "reporting",
    "html",
    "explaining",
    "rulebook",
    "importing",
    "template",
    "markup",
    "settings",
    "circular",
    "bundles",
    "cli",
)


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All messages: code -> (zh, en). (That no code is defined twice is for the tests to see to.)"""
    merged: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        merged.update(import_module(f"{__name__}.{room}").MESSAGES)
    return merged


def say(code: str, lang: Lang, /, **values: Any) -> str:
    """The message ``code`` in ``lang`` with its values filled in.

    A value that is itself bilingual (has ``in_lang``) is rendered in the same language.
    """
    template = catalogue()[code][0 if lang == "zh" else 1]
    shown = {k: v.in_lang(lang) if hasattr(v, "in_lang") else v for k, v in values.items()}
    return string.Formatter().vformat(template, (), shown)
