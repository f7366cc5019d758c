"""Units in rule files, read by grammar: a word, and what it is per: ``beds/1000 persons``, 元/人/年, 次/季度.

Each unit has a canonical text, which rules and JSON keep and of which ``shown`` makes words in both languages.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from communitycheck.model.text import Text
from communitycheck.model.units.dimension import NONE, Dimension, of
from communitycheck.model.units.words import ENGLISH_MULTIPLES, WORDS, OwnUnits, UnitWord, find_word
from communitycheck.model.units.written import CANONICAL, SINGULAR, is_any_unit, normalised
from communitycheck.patterns import pattern

# Person-years are so many per person and year: 元/人·年, yuan per person and year.
_PER = pattern(r"/\s*每?|(?<![^\W\d])per(?![^\W\d])|每|(?<=[^\W\d])\s*·\s*|\s+and\s+(?=[^\W\d])")
_IS_PER = pattern(r"/|(?<![^\W\d])per(?![^\W\d])|每")
_TIMES = pattern(r"\s*(?P<figure>[1-9][0-9]*)?\s*(?:(?P<word>hundred|thousand|million)s?\b)?\s*(?P<rest>.+)")
_SAID = {10: "十", 100: "百", 1000: "千", 10_000: "万", 1e5: "十万", 1e6: "百万", 1e7: "千万", 1e8: "亿"}
MOST_PARTS = 4


class UnitPart(Struct, frozen=True):
    """One word of a unit, ``times`` it: the 100 households of m2/100 households."""

    times: float
    word: UnitWord

    @property
    def factor(self) -> float:
        return self.times * self.word.factor


class RuleUnit(Struct, frozen=True, dict=True):
    """A unit as rules know it: the first of its parts, per all others."""

    parts: tuple[UnitPart, ...]

    @cached_property
    def dimension(self) -> Dimension:
        first, *rest = (part.word.dimension for part in self.parts)
        for one in rest:
            first = first / one
        return first

    @cached_property
    def factor(self) -> float:
        """What one of it is in the product of the atoms' units."""
        return self.parts[0].factor / math.prod(part.factor for part in self.parts[1:])

    @cached_property
    def text(self) -> str:
        """Its canonical text."""
        return _joined([_key(part, below=k > 0) for k, part in enumerate(self.parts)])

    @cached_property
    def kind(self) -> str:
        """What ``kind_of`` says of it."""
        one = RuleUnit((UnitPart(1.0, self.parts[0].word), *self.parts[1:]))
        text, dimension = one.text, one.dimension
        if text in _BY_TEXT:
            return _BY_TEXT[text]
        single = _SINGLE.get(dimension)
        if single is not None and (math.isclose(one.factor, 1) or (not dimension and len(one.parts) == 1)):
            return single if dimension or len(one.parts) == 1 else text
        return text

    def shown(self, lang: str, *, one: bool = False) -> str:
        words = [_said(part, lang, below=k > 0, one=one) for k, part in enumerate(self.parts)]
        return _joined(words)


def parse_unit(written: str, own: OwnUnits) -> RuleUnit | None:
    """The unit that ``written`` names, or None."""
    if own and any(name in written for name in own):
        return _parsed(written, own)
    return _parsed_once(written)


def says_unit(written: str) -> bool:
    """A unit of whatever kind, as returns write it or as rules do: 平方米, 人次, 元/人/年, 个月."""
    return is_any_unit(written) or _parsed_once(written) is not None


def stands_for_unit(written: str) -> bool:
    """The same where names may stand as well: 窗口 and 座位 are what is counted as often as the unit of it."""
    return says_unit(written) and normalised(written) not in _NAMES_OF_THINGS


_NAMES_OF_THINGS = frozenset({"窗口", "网格", "房间", "座位", "座席", "席位"})


@lru_cache(maxsize=2048)
def _parsed_once(written: str) -> RuleUnit | None:
    return _parsed(written, {})


def _parsed(written: str, own: OwnUnits) -> RuleUnit | None:
    text = unicodedata.normalize("NFKC", written).strip()
    first, pieces = _IS_PER.search(text), _PER.split(text)
    if first is not None and len(_PER.split(text[: first.start()])) > 1:
        return None  # two words above the stroke
    if first is None and len(pieces) > 1:
        return None
    if len(pieces) > MOST_PARTS:
        return None
    parts = []
    for k, piece in enumerate(pieces):
        part = _part(piece, own, below=k > 0)
        if part is None:
            return None
        parts.append(part)
    return RuleUnit(tuple(parts))


def _part(piece: str, own: OwnUnits, *, below: bool) -> UnitPart | None:
    if (whole := find_word(piece, own)) is not None:
        return UnitPart(*whole)
    if below and piece.strip() == "生":  # 册/生: so many to a pupil
        return UnitPart(1.0, WORDS["persons"])
    found = _TIMES.fullmatch(piece) if below else None
    word = find_word(found["rest"], own) if found else None
    if found is None or word is None or (found["figure"] and word[0] != 1):
        return None
    return UnitPart(float(found["figure"] or 1) * ENGLISH_MULTIPLES.get(found["word"], 1.0) * word[0], word[1])


def _key(part: UnitPart, *, below: bool) -> str:
    if part.times != 1:
        return f"{part.times:.12g} {part.word.key}"
    return (part.word.one or part.word.key) if below else part.word.key


def _said(part: UnitPart, lang: str, *, below: bool, one: bool) -> str:
    word = part.word
    if lang != "zh":
        name = word.shown(lang, one=one if not below else part.times == 1)
        return name if part.times == 1 else f"{part.times:.12g} {name}"
    name = word.below if below and word.below else word.text.zh
    return name if part.times == 1 else (_SAID.get(part.times) or f"{part.times:.12g}") + name


def _joined(words: list[str]) -> str:
    return "/".join(words)


# --- kinds: what the reader and every table of numbers know a unit by

# Single words that tables hold in another unit than the word, and times a year, which are known without "a year".
_SINGLE: dict[Dimension, str] = {
    of(length=2): "area",
    of(persons=1): "persons",
    of(households=1): "households",
    of(money=1): "money",
    of(hours=1): "hours",
    of(days=1): "days",
    of(times=1): "times",
    of(hours=1, days=-1): "hours_per_day",
    of(days=1, years=-1): "days_per_year",
    of(times=1, years=-1): "times_per_year",
    NONE: "ratio",
}
_MEASURES: dict[str, tuple[Dimension, float]] = {
    **{kind: (dimension, 1.0) for dimension, kind in _SINGLE.items()},
    "items": (of(items=1), 1.0),
    "minutes": (of(hours=1), 1 / 60),
    "area_per_100_households": (of(length=2, households=-1), 0.01),
    "area_per_person": (of(length=2, persons=-1), 1.0),
    "households_per_grid": (of(households=1, items=-1), 1.0),
}
_BY_TEXT = {"m2/100 households": "area_per_100_households", "m2/person": "area_per_person",
            "household/grid": "households_per_grid", "households/grid": "households_per_grid",
            "minutes": "minutes", "items": "items"}  # fmt: skip
_HELD = {"m": "m", "km": "m", "years": "years", "months": "months", "weeks": "days"}


def kind_of(unit: RuleUnit) -> str:
    """By which name numbers in ``unit`` are known and held: ``yuan``, ``h/week``, ``beds/1000 persons``; ``area`` is
    that of square metres. Of 千册/人 it is ``books/person``, since so many thousands are a number."""
    return unit.kind


def column_kind(unit: RuleUnit) -> str:
    """By which name columns know such numbers: an area is one in hectares as well, and of what is counted each is an
    item."""
    if len(unit.parts) > 1:
        return kind_of(unit)
    if unit.dimension == of(items=1):
        return "items"
    kind = kind_of(unit)
    if kind == "minutes":
        return kind
    return _OF_COLUMNS.get(single := _SINGLE.get(unit.dimension, kind), single)


# What is done in a day or a year, said without it.
_OF_COLUMNS = {"hours": "hours_per_day", "days": "days_per_year", "times": "times_per_year"}


def measure_of(kind: str, own: OwnUnits) -> tuple[Dimension, float]:
    """What a number of that kind measures, and what one of it is in the product of the atoms' units."""
    if kind in _MEASURES:
        return _MEASURES[kind]
    unit = parse_unit(kind, own)
    return (NONE, 1.0) if unit is None else (unit.dimension, unit.factor)


def counts_things(unit: str) -> bool:
    """It is a word for things: beds, books, or one that a standard declares."""
    found = parse_unit(unit, _OWN)
    return found is not None and len(found.parts) == 1 and found.dimension.is_count


def amount_in(unit: str) -> tuple[str, float] | None:
    """The kind of amount that ``unit`` counts, and what one of it is in that kind's own unit: areas, sums of money and
    numbers of things add up over subjects; None for what does not."""
    found = parse_unit(unit, _OWN)
    kind = "" if found is None or len(found.parts) > 1 else column_kind(found)
    if found is None or not (kind in _AMOUNTS or counts_things(unit)):
        return None
    return (kind if kind in _AMOUNTS else "items"), found.factor


_AMOUNTS = ("area", "money", "persons", "households", "items")


def canonical(kind: str) -> str:
    """The unit in which numbers of that kind are held."""
    return CANONICAL[kind][0] if kind in CANONICAL else _CANONICAL_WORDS.get(kind, kind)


_CANONICAL_WORDS = {"hours": "h", "days": "days", "times": "times"}


# --- in print

_OWN: dict[str, UnitWord] = {}


def declare(words: OwnUnits) -> None:
    """Make the names of a standard's own units known to ``shown``."""
    _OWN.update(words)
    _compound_shown.cache_clear()


def shown(unit: str, lang: str, *, one: bool = False) -> str:
    """How a unit is printed in ``lang``, behind the number ``one`` or any other; an unknown one is printed as it
    is."""
    for name, text in CANONICAL.values():
        if name == unit:
            words = text.in_lang(lang)
            return SINGULAR.get(words, words) if one else words
    return _compound_shown(unit, lang, one)


@cache
def _compound_shown(unit: str, lang: str, one: bool) -> str:
    found = parse_unit(unit, _OWN)
    return unit if found is None else found.shown(lang, one=one)


def own_word(name: str, zh: str, en: str, like: str, own: OwnUnits) -> UnitWord | None:
    """A word that a standard declares: as another unit is, or new (an atom of its own); None where ``like`` is no
    unit.

    Args:
        like: ``new``, a unit, or a number of them: ``66.667 m2``.
    """
    text, one = Text(zh or name, en or zh or name), name if name.isascii() else ""
    if like == "new":
        return UnitWord(name, Dimension(((name, 1),)), 1.0, text, one)
    number = _FACTOR.fullmatch(unicodedata.normalize("NFKC", like))
    unit = parse_unit(number["rest"] if number else like, own)
    if unit is None:
        return None
    return UnitWord(name, unit.dimension, float(number["times"]) * unit.factor if number else unit.factor, text, one)


_FACTOR = pattern(r"\s*(?P<times>[0-9]+(?:\.[0-9]+)?)\s*(?P<rest>[^0-9\s.,].*)")
WORD_KEYS = tuple(WORDS)
