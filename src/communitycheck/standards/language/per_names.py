"""Names behind the stroke of a quantity, where a unit is meant: ``15 books/pupil``, ``40 yuan/pupil/year``.

Behind ``15 books/`` people write what they count for each, by the name that their file has for it. Its number is not
meant, and dividing by that would leave next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from communitycheck.errors import ExpressionError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Binary, Name, Node, Number
from communitycheck.model.text import Text
from communitycheck.model.units import parse_unit
from communitycheck.model.units.words import OwnUnits, UnitWord, find_word
from communitycheck.standards.language.bare_numbers import Doubt
from communitycheck.standards.language.quantities import unknown_unit
from communitycheck.standards.language.side import Side


def unit_meant(
    node: Node, dictionary: Dictionary, others: Collection[str], near_to: Callable[[str, Dictionary], str]
) -> ExpressionError | None:
    """A fault where names of a quantity's stroke are none of fields or parameters.

    Args:
        others: names of parameters and the like.
        near_to: the field that a name is probably one of, by its key; empty for none.
    """
    chain = _chain(node)
    if chain is None:
        return None
    number, divisors = chain
    unknown = [one for one in divisors if isinstance(one, Name) and not _is_known(one.name, dictionary, others)]
    if not unknown:
        return None
    units = dictionary.units
    words: list[str] = []
    for one in divisors:
        field = None
        if isinstance(one, Name) and find_word(one.name, units) is None:
            field = dictionary.find(one.name) or dictionary.fields.get(near_to(one.name, dictionary))
        words += _below(one, field, units)
    first = next((one for one in unknown if find_word(one.name, units) is None), unknown[0])
    near = _written(number, words, units) if len(words) >= len(divisors) else None
    if near is None:
        return unknown_unit(first.name, units, first.column)
    return ExpressionError("expression-per-word", column=first.column, name=first.name, near=near)


def _is_known(name: str, dictionary: Dictionary, others: Collection[str]) -> bool:
    return name in others or dictionary.find(name) is not None


def per_field(one: Side, other: Side, units: OwnUnits) -> Iterator[Doubt]:
    """What to ask of a quantity that is divided by a field: so much for each may be meant."""
    chain = _chain(Binary("/", one.node, other.node)) if isinstance(other.node, Name) else None
    if chain is None or one.written is None or other.written is None or len(other.written.parts) != 1:
        return
    if one.dimension == other.dimension:
        return  # 5000 persons / ridership is a ratio
    number, _ = chain
    words = [_single(part.word) for part in (*one.written.parts[1:], *other.written.parts)]
    if (near := _written(number, words, units)) is not None:
        yield Doubt(one, other, "lint-per-field", near)


def _chain(node: Node) -> tuple[Number, list[Name | Number]] | None:
    """The quantity and what it is divided by, where it is written as a unit would be."""
    divisors: list[Name | Number] = []
    while isinstance(node, Binary) and node.op == "/" and isinstance(node.right, Name | Number):
        divisors.append(node.right)
        node = node.left
    if not isinstance(node, Number) or node.dimension in (None, "ratio") or not divisors:
        return None
    return node, divisors[::-1]


def _below(one: Name | Number, field: Field | None, units: OwnUnits) -> list[str]:
    """The words for each of them; none where nobody knows."""
    if isinstance(one, Number):
        return [_singular(one.written or one.dimension or "", units)] if one.dimension else []
    if find_word(one.name, units) is not None:
        return [_singular(one.name, units)]
    if field is not None:
        unit = parse_unit(field.declared or field.unit, units)
        return [_single(unit.parts[0].word)] if unit is not None and len(unit.parts) == 1 else []
    for at in range(1, len(one.name)):  # 人年: a person and a year
        both = one.name[:at], one.name[at:]
        if not one.name.isascii() and all(find_word(word, units) is not None for word in both):
            return list(both)
    return []


def _singular(written: str, units: OwnUnits) -> str:
    unit = parse_unit(written, units)
    return written if unit is None or not written.isascii() else _single(unit.parts[0].word)


def _single(word: UnitWord) -> str:
    return word.one or word.key


def _written(number: Number, words: list[str], units: OwnUnits) -> Text | None:
    stated = number.value if number.stated is None else number.stated
    unit = parse_unit("/".join((number.written or number.dimension or "", *words)), units)
    return None if unit is None else Text(*(f"{stated:.12g} {unit.shown(lang)}" for lang in ("zh", "en")))
