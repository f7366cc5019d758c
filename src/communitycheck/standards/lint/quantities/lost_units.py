"""Numbers without a unit that lie outside all that their field can plausibly be: the 万 behind them is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import MIRRORED, Binary, Call, Name, Node, Number, TableOf, walk
from communitycheck.model.expression.lookup_table import ByNumber, LookupTable, levels
from communitycheck.model.standard import Parameter
from communitycheck.model.units import measure_of
from communitycheck.standards.language.spellings import in_print, in_thousands
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.reasoning.bounds import field_bounds

# Where all ranges of a table end below this part of the most that a kind of subject can have, they are in thousands.
_LEAST_PART = 1 / 10_000


class _Numbers(NamedTuple):
    """Bare numbers held against a field alone: in its unit, each with its figure in the file."""

    field: str
    numbers: list[tuple[float, float]]
    is_banded: bool = False


def check_lost_units(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Of each key the first bare number outside the range of its field; of the ends of a table's ranges none may lie
    within, or some of them are meant as they stand."""
    bare = {name: held for name, held in linted.parameters.items() if held.dimension is None}
    for key, node in nodes_of(linted.rule):
        for name, given, is_banded in _held(node, bare):
            field = dictionary.fields.get(name)
            numbers = [(value, figure) for value, figure in given if abs(value) > 1]  # > 0 and >= 1 ask for any
            if field is None or not field.is_number or field.type == "truth" or not numbers:
                continue
            is_count = measure_of(field.dimension or "", dictionary.units)[0].is_count
            code, values = _judged(field.of(linted.rule.applies_to), numbers, is_count, is_banded)
            if code:
                yield linted.finding(code, "warning", key, field=name, **values)
                break


def _judged(
    field: Field, numbers: list[tuple[float, float]], is_count: bool, is_banded: bool
) -> tuple[str, dict[str, object]]:
    """What there is to say of numbers beside ``field``, and the values of the message; nothing of most."""
    low, high = field_bounds(field)
    value, figure = numbers[-1]
    values: dict[str, object] = {"limit": f"{figure:.12g}", "read": in_print(value, field.unit)}
    near = in_thousands(figure, field.unit) if is_count else ""
    if not any(low <= one <= high for one, _ in numbers):
        code = "lint-lost-unit" if is_count and value < low else "lint-outside-range"
        return code, {**values, "range": f"{low:.12g} … {high:.12g}", "near": near}
    if is_banded and is_count and field.most and value < high * _LEAST_PART:
        return "lint-small-bands", {**values, "most": in_print(high, field.unit), "near": near}
    return "", {}


def _held(node: Node, parameters: Mapping[str, Parameter]) -> Iterator[_Numbers]:
    for part in walk(node):
        match part:
            case Binary(op, Name(name), Number(value, None) as number) if op in MIRRORED:
                yield _Numbers(name, [(value, _figure(number))])
            case Binary(op, Number(value, None) as number, Name(name)) if op in MIRRORED:
                yield _Numbers(name, [(value, _figure(number))])
            case Binary(op, Name(name), Name(other)) if op in MIRRORED and {name, other} & set(parameters):
                field, one = (name, other) if other in parameters else (other, name)
                yield _Numbers(field, [(value, value) for _, value in parameters[one].values])
            case Call("lookup", (TableOf(table), *keys)):
                for at, key in enumerate(keys):
                    yield from _ends(table, at, key)
            case _:
                pass


def _ends(table: LookupTable, at: int, key: Node) -> Iterator[_Numbers]:
    """Where the ranges of a key end that state no unit."""
    for rows in levels(table.rows, at):
        if isinstance(rows, ByNumber) and rows.dimension is None:
            match key:
                case Name(name):
                    yield _Numbers(name, [(end, end) for end, _ in rows.edges], is_banded=True)
                case Binary("/", Name(name), Number(factor, converts=True)):  # the field is declared in 万人
                    yield _Numbers(name, [(end * factor, end) for end, _ in rows.edges], is_banded=True)
                case _:
                    pass


def _figure(number: Number) -> float:
    return number.value if number.stated is None else number.stated
