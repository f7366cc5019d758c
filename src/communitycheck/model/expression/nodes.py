"""The nodes of a parsed expression. Plain data: parsed in ``standards``, evaluated over columns in ``checking``.

    expression := number | "text" | name | [list] | -x | x op y | x and y | not x | x in [list] | function(...)

The functions are those of ``model.expression.functions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Union

from communitycheck.model.expression.functions import GROUP_FUNCTIONS
from communitycheck.model.expression.lookup_table import LookupTable

# What a comparison says from its other side, and what denies it.
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the unit in which its kind is held.

    Attributes:
        written: the unit in which a file states it; ``stated`` is the figure before that unit, None where it is
            said as it is held.
        converts: a factor between units, which stands in no file: an operand is multiplied or divided by it.
    """

    value: float
    dimension: str | None = None
    written: str = field(default="", compare=False)
    stated: float | None = field(default=None, compare=False)
    converts: bool = field(default=False, compare=False)

    @property
    def is_percentage(self) -> bool:
        """A share, unless its file says ``1.8 ratio``."""
        return self.dimension == "ratio" and self.written != "ratio"


@dataclass(frozen=True, slots=True)
class Day:
    """A date: ``2023-12-31``, as the number of days since 1970-01-01."""

    number: int


@dataclass(frozen=True, slots=True)
class String:
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A field or a parameter."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table of the standard, as the first argument of ``lookup``."""

    table: LookupTable


@dataclass(frozen=True, slots=True)
class Unary:
    """``-x`` or ``not x``."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic ``+ - * /``, comparison ``== != < <= > >=``, logic ``and or``, membership ``in`` and ``not in``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]
    column: int = field(default=0, compare=False)


Node = Union[Number, Day, String, Truth, ListOf, Name, TableOf, Unary, Binary, Call]  # noqa: UP007 - recursive alias


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case ListOf(items):
            return items
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    left = [node]
    while left:
        node = left.pop()
        yield node
        left += reversed(children(node))


def names_in(node: Node) -> tuple[str, ...]:
    """Names (fields and parameters) that the expression reads, in order of first use."""
    return tuple(dict.fromkeys(n.name for n in walk(node) if isinstance(n, Name)))


def addends(node: Node) -> tuple[str, ...]:
    """Names that a plain sum or difference adds up; empty for any other expression."""
    match node:
        case Name(name):
            return (name,)
        case Unary("-", operand):
            return addends(operand)
        case Binary("+" | "-", left, right):
            below = addends(left), addends(right)
            return below[0] + below[1] if all(below) else ()
        case _:
            return ()


def constant_of(node: Node) -> float | None:
    """The number or the day that stands there as it is."""
    match node:
        case Number(value):
            return value
        case Day(number):
            return float(number)
        case _:
            return None


def rules_in(node: Node) -> tuple[str, ...]:
    """Rule ids named by ``meets``."""
    return tuple(
        dict.fromkeys(
            a.value
            for n in walk(node)
            if isinstance(n, Call) and n.function == "meets"
            for a in n.arguments
            if isinstance(a, String)
        )
    )


def compared_in(node: Node) -> tuple[str, ...]:
    """Fields whose value of the period before the expression asks for."""
    calls = (n for n in walk(node) if isinstance(n, Call) and n.function in ("previous", "change"))
    return tuple(dict.fromkeys(name for call in calls for name in names_in(call)))


def divisors_in(node: Node) -> tuple[Node, ...]:
    """What the expression divides by, other than plain numbers."""
    divisions = (n for n in walk(node) if isinstance(n, Binary) and n.op == "/")
    return tuple(dict.fromkeys(n.right for n in divisions if names_in(n.right)))


def rounding_by_step(node: Node) -> Call | None:
    """``round(x, 0.1 m2)``, which is evaluated as so many steps times the step, as its file has it."""
    match node:
        case Binary("*", Call(("ceil" | "floor" | "round") as name, (Binary("/", figure, Number() as step),)), again):
            return Call(name, (figure, step)) if step == again and step.dimension else None
        case _:
            return None


def step_of(call: Call) -> Number | None:
    """By what ``round(x, 0.1 m2)`` rounds; None for a number of decimals and where nothing is said."""
    match call:
        case Call("ceil" | "floor" | "round", (_, Number() as step)) if step.dimension:
            return step
        case _:
            return None


def quotients_in(node: Node) -> tuple[tuple[Node, Node], ...]:
    """Numerator and denominator of what the expression itself divides by other than plain numbers, the outer ones
    first; not what an aggregate runs over."""
    if isinstance(node, Call) and node.function in GROUP_FUNCTIONS:
        return ()
    own = ((node.left, node.right),) if isinstance(node, Binary) and node.op == "/" and names_in(node.right) else ()
    return (*own, *(pair for part in children(node) for pair in quotients_in(part)))


def own_names(node: Node) -> tuple[str, ...]:
    """Names that the expression reads of the subject itself, and not of the region above it."""
    match node:
        case Name(name):
            return (name,)
        case Call("above", _):
            return ()
        case _:
            return tuple(dict.fromkeys(name for child in children(node) for name in own_names(child)))


def above_in(node: Node) -> tuple[str, ...]:
    """Fields whose value the expression asks of the region above."""
    calls = (n for n in walk(node) if isinstance(n, Call) and n.function == "above")
    return tuple(dict.fromkeys(name for call in calls for name in names_in(call)))


def is_group(node: Node) -> bool:
    """True where the expression aggregates over a group of records."""
    return any(isinstance(n, Call) and n.function in GROUP_FUNCTIONS for n in walk(node))


def outside_aggregates(node: Node) -> tuple[Name, ...]:
    """Names that a group expression reads outside any aggregate."""
    match node:
        case Name():
            return (node,)
        case Call(function, _) if function in GROUP_FUNCTIONS:
            return ()
        case _:
            return tuple(name for part in children(node) for name in outside_aggregates(part))


def unanswerable(node: Node, have: set[str]) -> set[str]:
    """Names that the expression needs and ``have`` lacks; ``coalesce`` needs only one of its arguments,
    ``if`` its condition and one of its two values."""
    match node:
        case Name(name):
            return set() if name in have else {name}
        case Call("above", _):
            return set()
        case Call("coalesce", arguments):
            lacking = [unanswerable(a, have) for a in arguments]
            return set() if any(not m for m in lacking) else set().union(*lacking)
        case Call("if", (condition, one, other)):
            either = unanswerable(one, have), unanswerable(other, have)
            return unanswerable(condition, have) | (set().union(*either) if all(either) else set())
        case _:
            return set().union(*(unanswerable(c, have) for c in children(node)))


def with_children(node: Node, parts: Iterable[Node]) -> Node:
    """The node with other operands."""
    match node:
        case ListOf():
            return ListOf(tuple(parts))
        case Unary(op, _):
            (operand,) = parts
            return Unary(op, operand)
        case Binary(op, _, _):
            left, right = parts
            return Binary(op, left, right)
        case Call(function, _, column):
            return Call(function, tuple(parts), column)
        case _:
            return node


def column_of(node: Node) -> int | None:
    """Where in its text the first name or call of a formula stands; None where it has none, or was not written."""
    match node:
        case Name(_, column) | Call(_, _, column):
            return column or None
        case _:
            return next((c for child in children(node) if (c := column_of(child)) is not None), None)
