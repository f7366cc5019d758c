"""Everything that may be written in a rule file, by group, in the words of the code that reads it.

Keys come from the shapes of rule files, comparisons, functions, operators and units from their tables: what is added
there is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import get_args

from msgspec import Struct

from communitycheck.messages import Lang, catalogue, rule_words, say
from communitycheck.messages.recipes import RECIPES
from communitycheck.messages.rule_keys import KEYS
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.dictionary import FieldType
from communitycheck.model.expression.functions import FUNCTIONS, Function
from communitycheck.model.expression.operators import OPERATORS
from communitycheck.model.text import Text
from communitycheck.model.units.words import UnitWord, written_forms
from communitycheck.products.rulebook.language.key_examples import KEY_EXAMPLES
from communitycheck.standards.files import assessment_shapes
from communitycheck.standards.files.schema import CaseFileIn, RuleBody, StandardIn
from communitycheck.standards.files.shape_parts import StrictShape, TextIn

RECIPES_GROUP = "recipes"


class Term(Struct, frozen=True):
    """One word of the language.

    Attributes:
        form: how it is written where that is more than the name.
        names: what else people call it: found by, never accepted in its place.
        written: of a recipe, how it is written, in the words of each language.
    """

    name: str
    says: Text
    form: str = ""
    example: str = ""
    names: tuple[str, ...] = ()
    written: Text = Text()

    def shown(self, lang: Lang) -> str:
        """The example, or how it is written in words of that language."""
        return self.example or self.written.in_lang(lang)


class TermGroup(Struct, frozen=True):
    """Words of one kind; ``code`` names it, ``title`` stands above it."""

    code: str
    title: Text
    terms: tuple[Term, ...]


@cache
def term_groups() -> tuple[TermGroup, ...]:
    """Every group, in the order of the page."""
    return (
        *_key_term_groups(),
        TermGroup("comparisons", _titled("comparisons"), tuple(_comparisons())),
        TermGroup("operators", _titled("operators"), tuple(_operators())),
        TermGroup("functions", _titled("functions"), tuple(_functions(of_group=False))),
        TermGroup("group-functions", _titled("group-functions"), tuple(_functions(of_group=True))),
        TermGroup("units", _titled("units"), tuple(_units())),
        TermGroup("types", _titled("types"), tuple(_types())),
    )


@cache
def recipe_group() -> TermGroup:
    """How to write what documents ask, which is no word of the language but goes with them."""
    return TermGroup(RECIPES_GROUP, _titled(RECIPES_GROUP), tuple(_recipes()))


def _recipes() -> Iterator[Term]:
    """The questions that documents ask, called by what answers them."""
    for question_zh, question_en, how_zh, how_en in RECIPES:
        name = how_en.split("`")[1]
        written = Text(how_zh.replace("`", ""), how_en.replace("`", ""))
        yield Term(name, Text(question_zh, question_en), written=written)


def _titled(code: str) -> Text:
    return Text(*catalogue()[f"language-{code}"])


def _key_term_groups() -> Iterator[TermGroup]:
    found = _shapes((StandardIn, CaseFileIn), set())
    for shape in sorted(found, key=lambda shape: shape is TextIn):  # which stands in all others, so last
        code = f"keys-{shape.__name__.removesuffix('In').lower()}"
        yield TermGroup(code, _said("language-keys", *KEYS[shape.__name__]), tuple(_keys(shape)))


def _shapes(first: Iterable[type[StrictShape]], seen: set[type]) -> Iterator[type[StrictShape]]:
    """The mappings that a file is made of, the outer before the inner; an override has the keys of a rule."""
    for shape in first:
        if shape in seen or shape is RuleBody:
            continue
        seen.add(shape)
        yield shape
        for field in shape.model_fields.values():
            yield from _shapes(_within(field.annotation), seen)


def _within(annotation: object) -> Iterator[type[StrictShape]]:
    if isinstance(annotation, type) and issubclass(annotation, StrictShape):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)


def _keys(shape: type[StrictShape]) -> Iterator[Term]:
    for name, field in shape.model_fields.items():
        key = field.alias or name
        home = f"{shape.__name__}.{key}"
        if shape.__module__ == assessment_shapes.__name__ and key in RuleBody.model_fields:
            continue  # means what it means in a rule
        if home not in KEYS:
            home = f"RuleBody.{key}"
        if key not in COMPARISONS or home in KEYS:
            yield Term(key, Text(*KEYS[home]), "", KEY_EXAMPLES.get(home, ""), rule_words.KEYS.get(key, ()))


def _comparisons() -> Iterator[Term]:
    for key, one in COMPARISONS.items():
        yield Term(key, one.help, "", KEY_EXAMPLES.get(f"RuleBody.{key}", ""), rule_words.KEYS.get(key, ()))


def _operators() -> Iterator[Term]:
    for one in OPERATORS:
        yield Term(" ".join(one.signs), one.help, "", one.example, one.signs)


def _functions(*, of_group: bool) -> Iterator[Term]:
    for name, one in FUNCTIONS.items():
        if one.of_group == of_group:
            yield Term(name, one.help, _form(one), one.example, rule_words.FUNCTIONS.get(name, ()))


def _form(function: Function) -> str:
    """The name with what it takes: ``round(number, [number])``; nothing in brackets for one that has none."""
    if function.most == 0:
        return function.name
    count = max(function.least, len(function.takes) if function.most is None else function.most)
    taken = [function.taken(at) if at < function.least else f"[{function.taken(at)}]" for at in range(count)]
    more = ", …" if function.most is None else ""
    return f"{function.name}({', '.join(taken)}{more})"


def _units() -> Iterator[Term]:
    whole = {word.dimension: word for word, _ in reversed(written_forms()) if word.factor == 1 and word.dimension}
    for word, others in written_forms():
        base = whole.get(word.dimension)
        worth = Text() if base is None or word.factor == 1 else _worth(word, base)
        listed = _said("language-unit-forms", "、".join(others), ", ".join(others)) if others else Text()
        says = Text("；".join(filter(None, (worth.zh, listed.zh))), "; ".join(filter(None, (worth.en, listed.en))))
        yield Term(word.key, says, "", _example(word, others), others)


def _example(word: UnitWord, others: tuple[str, ...]) -> str:
    """A quantity in it; behind a number no unit begins with figures."""
    name = next(form for form in (word.key, *others) if not form[0].isdigit())
    return f"5{name}" if name in ("%", "‰") else f"5 {name}"


def _worth(word: UnitWord, base: UnitWord) -> Text:
    """``1 ha = 10000 m2``, and the other way round where it is the smaller."""
    small, large, times = (base, word, word.factor) if word.factor > 1 else (word, base, 1 / word.factor)
    figure = f"{times:.0f}" if times >= 1000 else f"{times:.6g}"
    return Text(*(f"1 {large.shown(lang, one=True)} = {figure} {small.shown(lang)}" for lang in ("zh", "en")))


def _said(code: str, zh: str, en: str) -> Text:
    """A message in both languages, about something that each has its own way of listing."""
    return Text(say(code, "zh", text=zh), say(code, "en", text=en))


def _types() -> Iterator[Term]:
    for name in get_args(FieldType):
        yield Term(name, Text(*catalogue()[f"field-type-{name}"]), "", f"type: {name}", rule_words.TYPES.get(name, ()))
