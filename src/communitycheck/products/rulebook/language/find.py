"""What a person means who asks for a word of the rule language: by name, in other words, by what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.messages import rule_words
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.nearest import named, nearest_named
from communitycheck.products.rulebook.language.terms import Term, TermGroup, sections
from communitycheck.standards.choose import open_rule_book


@dataclass(frozen=True, slots=True)
class Help:
    """What there is to say: whole sections, or single words with the section of each, or fields.

    Attributes:
        overview: nothing was asked for, and the sections are only to be listed.
        like: the words say or are called something like what was asked; they are not it.
    """

    sections: tuple[TermGroup, ...] = ()
    entries: tuple[tuple[TermGroup, Term], ...] = ()
    fields: tuple[Field, ...] = ()
    overview: bool = False
    like: bool = False


def find_help(word: str = "", *, rules_dir: str | Path | None = None) -> Help:
    """What is to be said of ``word``; all sections where none is given.

    Raises:
        UsageError: nothing is called so or speaks of it, with the nearest word.
    """
    word = word.strip()
    if not word:
        return Help(sections(), overview=True)
    every = [(section, entry) for section in sections() for entry in section.entries]
    exact = [(s, e) for s, e in every if named(word, {e.name: _forms(e)})]
    kinds = tuple(s for s in sections() if named(word, {s.code: rule_words.SECTIONS.get(s.code, ())}))
    if exact:
        return Help(entries=tuple(exact), sections=kinds)
    called = [(s, e) for s, e in every if named(word, {e.name: e.names})]
    if called or kinds:
        return Help(entries=tuple(called), sections=kinds)
    dictionary = open_rule_book(rules_dir).dictionary
    names = {key: (*_labels(field), *field.aliases) for key, field in dictionary.fields.items()}
    if found := named(word, names):
        return Help(fields=(dictionary.fields[found],))
    return _like(word, every, names, dictionary)


def _forms(entry: Term) -> tuple[str, ...]:
    """The signs that an entry stands for, as + and -; a unit and a function are known by their names."""
    return tuple(entry.name.split())


def _like(
    word: str, every: list[tuple[TermGroup, Term]], names: dict[str, tuple[str, ...]], dictionary: Dictionary
) -> Help:
    telling = [(s, e) for s, e in every if _tells(word, e)] if len(word) > 1 else []
    if telling:
        return Help(entries=tuple(telling), like=True)
    words = {e.name: e.names for _, e in every}
    if near := nearest_named(word, words):
        return Help(entries=tuple((s, e) for s, e in every if e.name == near), like=True)
    if near := nearest_named(word, names):
        return Help(fields=(dictionary.fields[near],), like=True)
    raise UsageError("language-unknown", word=word)


def _tells(word: str, entry: Term) -> bool:
    """It speaks of ``word`` in either language; in English whole words do, or their beginnings."""
    wanted = word.casefold()
    if not word.isascii():
        return wanted in entry.says.zh
    said = f" {entry.says.en.casefold()}"
    return any(mark + wanted in said for mark in (" ", "(", "'"))


def _labels(field: Field) -> tuple[str, ...]:
    return tuple(text for text in (field.label.zh, field.label.en) if text)
