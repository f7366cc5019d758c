"""What a person means who asks for a word of the rule language: by name, in other words, by what it is about."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import UsageError
from communitycheck.messages import rule_words
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.units import parse_unit
from communitycheck.nearest import ALIKE, ALIKE_IN_NAMES, named, nearest_named
from communitycheck.products.rulebook.language.terms import Term, TermGroup, recipe_group, term_groups
from communitycheck.standards.choose import open_rule_book


class Help(Struct, frozen=True):
    """What there is to say: whole groups, or single words with the group of each, or fields.

    Attributes:
        recipes: how to write what speaks of it.
        overview: nothing was asked for, and the groups are only to be listed.
        like: the words say or are called something like what was asked; they are not it.
    """

    groups: tuple[TermGroup, ...] = ()
    terms: tuple[tuple[TermGroup, Term], ...] = ()
    fields: tuple[Field, ...] = ()
    recipes: tuple[Term, ...] = ()
    overview: bool = False
    like: bool = False


def find_help(word: str = "", *, rules_dir: str | Path | None = None) -> Help:
    """What is to be said of ``word``; all groups where none is given.

    Raises:
        UsageError: nothing is called so or speaks of it, with the nearest word.
    """
    word = word.strip()
    if not word:
        return Help((*term_groups(), recipe_group()), overview=True)
    every = [(group, term) for group in term_groups() for term in group.terms]
    recipes = tuple(term for term in recipe_group().terms if len(word) > 1 and _tells(word, term))
    groups = (*term_groups(), recipe_group())
    exact = [(g, t) for g, t in every if named(word, {t.name: _forms(t)})]
    kinds = tuple(g for g in groups if named(word, {g.code: rule_words.SECTIONS.get(g.code, ())}))
    if exact:
        return Help(terms=tuple(exact), groups=kinds, recipes=recipes)
    called = [(g, t) for g, t in every if named(word, {t.name: t.names})]
    if called or kinds:
        return Help(terms=tuple(called), groups=kinds, recipes=recipes)
    per = next((word[len(one) :].strip() for one in rule_words.PER if word.startswith(one)), word)  # 每千人
    if (unit := parse_unit(word if per == word else f"items/{per}", {})) is not None:  # 床/千人, m2 per 100 households
        parts = [part.word.key for part in unit.parts[per != word :]]
        return Help(terms=tuple((g, t) for g, t in every if g.code == "units" and t.name in parts))
    dictionary = open_rule_book(rules_dir).dictionary
    names = {key: (*_labels(field), *field.aliases) for key, field in dictionary.fields.items()}
    if found := named(word, names):
        return Help(fields=(dictionary.fields[found],))
    found_like = _like(word, every, names, dictionary, sure=not recipes)
    return replace(found_like, recipes=recipes)


def _forms(term: Term) -> tuple[str, ...]:
    """The signs that a term stands for, as + and -; a unit and a function are known by their names."""
    return tuple(term.name.split())


def _like(
    word: str,
    every: list[tuple[TermGroup, Term]],
    names: dict[str, tuple[str, ...]],
    dictionary: Dictionary,
    *,
    sure: bool,
) -> Help:
    """Words that speak of it or are called something like it; ``sure``: one there must be."""
    telling = [(g, t) for g, t in every if _tells(word, t)] if len(word) > 1 else []
    if telling:
        return Help(terms=tuple(telling), like=True)
    words = {t.name: t.names for _, t in every}
    if near := _nearest(word, words):
        return Help(terms=tuple((g, t) for g, t in every if t.name == near), like=True)
    if near := _nearest(word, names):
        return Help(fields=(dictionary.fields[near],), like=True)
    if not sure:
        return Help(like=True)
    raise UsageError("language-unknown", word=word)


def _nearest(word: str, names: dict[str, tuple[str, ...]]) -> str:
    """The key that is meant. To a fault the least likely guess may be added; here it would stand as an answer."""
    from difflib import get_close_matches

    near = nearest_named(word, names)
    known = [name.casefold() for name in (near, *names.get(near, ()))]
    least = ALIKE_IN_NAMES if word.isascii() else ALIKE
    return near if get_close_matches(word.casefold(), known, 1, least) else ""


def _tells(word: str, term: Term) -> bool:
    """It speaks of ``word`` in either language; in English whole words do, or their beginnings."""
    wanted = word.casefold()
    if not word.isascii():
        return wanted in term.says.zh
    said = f" {term.says.en.casefold()}"
    return any(mark + wanted in said for mark in (" ", "(", "'"))


def _labels(field: Field) -> tuple[str, ...]:
    return tuple(text for text in (field.label.zh, field.label.en) if text)
