"""Between which numbers an expression can lie, from the plausible ranges of its fields (interval arithmetic)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor, inf, isfinite, isnan

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Day,
    Name,
    Node,
    Number,
    TableOf,
    Unary,
    children,
    constant_of,
    names_in,
    with_children,
)
from communitycheck.model.expression.lookup_table import numbers_of

Bounds = tuple[float, float]
UNBOUNDED: Bounds = (-inf, inf)
_NEVER_NEGATIVE = ("count", "hours", "days", "times")
_COUNTS = ("persons", "households", "items")
_AMOUNTS = ("area", "length", "persons", "households", "items")


def with_values(node: Node, values: Mapping[str, float]) -> Node:
    """The expression with parameters replaced by their values."""
    match node:
        case Name(name) if name in values:
            return Number(values[name])
        case _:
            return with_children(node, (with_values(part, values) for part in children(node)))


def constant(node: Node, dictionary: Dictionary) -> float | None:
    """The value of an expression without names; None where it has some, or no finite value."""
    if isinstance(node, Number | Day):
        return constant_of(node)
    if names_in(node):
        return None
    low, high = bounds(node, dictionary)
    return low if low == high and isfinite(low) else None


def bounds(node: Node, dictionary: Dictionary) -> Bounds:
    """Lowest and highest value of a number; too wide rather than too narrow.

    A name that is no field (a parameter whose value is left open) is unbounded.
    """
    match node:
        case Number(value):
            return value, value
        case Day(number):
            return float(number), float(number)
        case Name(name):
            field = dictionary.fields.get(name)
            return UNBOUNDED if field is None else field_bounds(field)
        case Unary("-", operand):
            low, high = bounds(operand, dictionary)
            return -high, -low
        case Binary("/", left, Name(name)) if _counts(name, dictionary):
            low, high = bounds(Name(name), dictionary)
            return _arithmetic("/", bounds(left, dictionary), (max(low, 1.0), max(high, 1.0)))
        case Binary("+" | "-" | "*" | "/" as op, left, right):
            return _arithmetic(op, bounds(left, dictionary), bounds(right, dictionary))
        case Call(function, arguments):
            return _call(function, arguments, dictionary)
        case _:
            return UNBOUNDED


def is_whole(node: Node, dictionary: Dictionary) -> bool:
    """Whether the number is always a whole one."""
    match node:
        case Name(name):
            known = dictionary.fields.get(name)
            return known is not None and known.type in ("int", "count", "date")
        case Number(value):
            return value.is_integer()
        case Binary("+" | "-" | "*", _, _) | Unary("-", _):
            return all(is_whole(part, dictionary) for part in children(node))
        case Call("round", arguments):
            return len(arguments) == 1
        case Call(function, _):
            return function in FUNCTIONS and FUNCTIONS[function].whole
        case _:
            return False


def _counts(name: str, dictionary: Dictionary) -> bool:
    """It holds whole numbers of things: as a divisor, of which zero is not judged, one at least."""
    field = dictionary.fields.get(name)
    return field is not None and field.type in ("int", "count") and field.dimension in _COUNTS


def field_bounds(field: Field) -> Bounds:
    """The plausible range of a field. Counts, areas and spans of time are never negative by nature."""
    if field.type == "truth":
        return 0.0, 1.0
    low = -inf if field.low is None else field.low
    if field.low is None and (field.type in _NEVER_NEGATIVE or field.dimension in _AMOUNTS):
        low = 0.0
    return low, inf if field.high is None else field.high


def _arithmetic(op: str, a: Bounds, b: Bounds) -> Bounds:
    match op:
        case "+":
            return _sum(a[0], b[0], -inf), _sum(a[1], b[1], inf)
        case "-":
            return _sum(a[0], -b[1], -inf), _sum(a[1], -b[0], inf)
        case "/":
            if b[0] <= 0 <= b[1]:
                # A denominator of zero is not judged; just above it the quotient has no end.
                if b[0] == 0 and b[1] > 0:
                    return (0.0 if a[0] >= 0 else -inf), (0.0 if a[1] <= 0 else inf)
                return UNBOUNDED
            return _products(a, (_inverse(b[1]), _inverse(b[0])))
        case _:
            return _products(a, b)


def _sum(x: float, y: float, otherwise: float) -> float:
    total = x + y
    return otherwise if isnan(total) else total


def _inverse(x: float) -> float:
    return 1 / x


def _products(a: Bounds, b: Bounds) -> Bounds:
    ends = [0.0 if x == 0 or y == 0 else x * y for x in a for y in b]
    return min(ends), max(ends)


def _call(function: str, arguments: tuple[Node, ...], dictionary: Dictionary) -> Bounds:
    match function:
        case "share":
            return 0.0, 1.0
        case "count" | "length" | "distinct":
            return 0.0, inf
        case "rank":
            return 1.0, inf
        case "count_of":
            return 0.0, float(len(arguments))
        case _:
            pass  # bounded by its arguments
    if function == "lookup" and isinstance(arguments[0], TableOf):
        numbers = list(numbers_of(arguments[0].table.rows))
        return (min(numbers), max(numbers)) if numbers else UNBOUNDED
    ranges = [bounds(a, dictionary) for a in arguments]
    match function:
        case "min":
            return min(r[0] for r in ranges), min(r[1] for r in ranges)
        case "max":
            return max(r[0] for r in ranges), max(r[1] for r in ranges)
        case "if":
            return min(r[0] for r in ranges[1:]), max(r[1] for r in ranges[1:])
        case "coalesce":
            return min(r[0] for r in ranges), max(r[1] for r in ranges)
        case "mean" | "lowest" | "highest" | "median" | "percentile":
            return ranges[0]
        case "sum":
            low, high = ranges[0]
            return (0.0 if low >= 0 else -inf), (0.0 if high <= 0 else inf)
        case "abs":
            low, high = ranges[0]
            nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
            return nearest, max(abs(low), abs(high))
        case "ceil":
            return _ends(ranges[0], ceil)
        case "floor":
            return _ends(ranges[0], floor)
        case "round" if len(arguments) == 1:
            # Half a step to either side, whichever way halves are rounded.
            return _ends((ranges[0][0] - 0.5, ranges[0][1] + 0.5), lambda x: x)
        case _:
            return UNBOUNDED


def _ends(r: Bounds, step: Callable[[float], float]) -> Bounds:
    low, high = (step(x) if isfinite(x) else x for x in r)
    return float(low), float(high)
