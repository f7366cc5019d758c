"""Names in a formula: each is a field, by any of its names, or a parameter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType

from communitycheck.errors import ExpressionError, together
from communitycheck.messages import rule_words
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
    AS_OF,
    FUNCTIONS,
    Binary,
    Call,
    Name,
    Node,
    String,
    TableOf,
    children,
    show,
    with_children,
)
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.nearest import named, nearest, nearest_keys, nearest_named
from communitycheck.standards.language.per_names import unit_meant
from communitycheck.standards.language.spoken import in_words

OTHERS = 3  # fields that are named beside the nearest
_DAY = {AS_OF: rule_words.FUNCTIONS[AS_OF]}  # today, 今天
Tables = Mapping[str, LookupTable]


def with_field_keys(
    node: Node, dictionary: Dictionary, parameters: Mapping[str, Parameter], tables: Tables = MappingProxyType({})
) -> Node:
    """The expression with every other name of a field replaced by its key, and the name of a table by the table.

    Raises:
        ExpressionError: names that are neither a field nor a parameter, each with what was probably meant.
    """
    resolved, unknown = resolve_names(node, dictionary, parameters, tables)
    if unknown:
        raise together(unknown)
    return resolved


def resolve_names(
    node: Node, dictionary: Dictionary, parameters: Mapping[str, Parameter], tables: Tables
) -> tuple[Node, list[ExpressionError]]:
    """The expression with keys of fields as names and with the tables in place, and a fault for each name that is none.

    What was probably meant by such a name takes its place.
    """
    unknown: list[ExpressionError] = []

    def resolved(part: Node) -> Node:
        match part:
            case Binary("/") if wrong := unit_meant(part, dictionary, {*parameters, *tables, AS_OF}, name_near):
                unknown.append(wrong)
                return part
            case Call("lookup", (first, *keys), column):
                name = first.name if isinstance(first, Name) else show(first)
                if name not in tables:
                    listed = ", ".join(tables)
                    fault = partial(ExpressionError, "expression-table-unknown", column=column, known=listed)
                    unknown.append(fault(name=name, near=nearest(name, tables)))
                table = TableOf(tables[name]) if name in tables else first
                return Call("lookup", (table, *map(resolved, keys)), column)
            case Call(name, arguments, column):
                taken = FUNCTIONS[name].taken
                # What has to stand in quotes is no name: the check of kinds says so.
                kept = (
                    (_listing(at, one, dictionary) if name == "exists_in" else one)
                    if taken(at) == "quoted"
                    else resolved(one)
                    for at, one in enumerate(arguments)
                )
                return Call(name, tuple(kept), column)
            case Name(name):
                if name in parameters:
                    return part
                if (found := dictionary.find(name)) is not None:
                    return Name(found.key, part.column)
                if name == AS_OF:
                    return Call(AS_OF, (), part.column)
                if name in tables:
                    unknown.append(ExpressionError("expression-table-place", column=part.column, name=name))
                    return part
                if (meant := _no_name(name, dictionary)) is not None:
                    unknown.append(ExpressionError(meant, column=part.column, name=name))
                    return part
                if (number := in_words(name, dictionary.units, part.column)) is not None:
                    unknown.append(number)
                    return part
                near = AS_OF if named(name, _DAY) else name_near(name, dictionary, parameters)
                code = "expression-name-near" if near else "expression-name"
                others = ", ".join(_also_alike(name, near, dictionary)) if near else ""
                unknown.append(ExpressionError(code, column=part.column, name=name, near=near, others=others))
                return Call(AS_OF, (), part.column) if near == AS_OF else Name(near or name, part.column)
            case _:
                return with_children(part, map(resolved, children(part)))

    return resolved(node), unknown


def _listing(at: int, word: Node, dictionary: Dictionary) -> Node:
    """What ``exists_in`` has in quotes, by its key: a kind of subject, and behind that a field; levels also by the
    standard's own words for them."""
    if not isinstance(word, String):
        return word
    if at == 1:
        found = "" if word.value in dictionary.entities else dictionary.level(word.value)
    else:
        field = None if word.value in dictionary.fields else dictionary.find(word.value)
        found = "" if field is None else field.key
    return String(found) if found else word


def _no_name(word: str, dictionary: Dictionary) -> str | None:
    """What is said of a word that was never meant for a field: a value of a category, or a word for a blank cell."""
    if word.casefold() in rule_words.BLANK:
        return "expression-blank"
    if any(field.type == "category" and word in field.values for field in dictionary.fields.values()):
        return "expression-unquoted"
    return None


def name_near(word: str, dictionary: Dictionary, parameters: Iterable[str] = ()) -> str:
    """The field or parameter that ``word`` probably means: its label or a heading of it, or a slip of the pen."""
    return nearest_named(word, {**dict.fromkeys(parameters, ()), **field_names(dictionary.fields.values())})


def _also_alike(word: str, near: str, dictionary: Dictionary) -> list[str]:
    """Other fields that a heading like ``word`` may mean: one of theirs is much like it, or they refuse it by name."""
    if word.isascii():  # a name mistyped, and no heading
        return []
    alike = nearest_keys(word, field_names(dictionary.fields.values()))
    alike += [field.key for field in dictionary.fields.values() if word in field.not_aliases]
    return [key for key in dict.fromkeys(alike) if key != near][:OTHERS]


def field_names(fields: Iterable[Field]) -> dict[str, tuple[str, ...]]:
    """What people call each of these fields, by key: its label first, then the headings that mean it."""
    return {f.key: (f.label.zh, f.label.en, *f.also, *f.aliases) for f in fields}
