"""Bilingual text and the small plain types that everything shares."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Text(Struct, frozen=True):
    """A phrase in Chinese and English; where one is missing the other stands in."""

    zh: str = ""
    en: str = ""

    def in_lang(self, lang: str) -> str:
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


def in_a_row(names: Iterable[str]) -> Text:
    """Names one after another, as a sentence lists them."""
    known = list(names)
    return Text("、".join(known), ", ".join(known))
