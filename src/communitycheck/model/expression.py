"""The nodes of a parsed expression. Plain data: parsed in ``standards``, evaluated over columns in ``checking``.

    expression := number | "text" | name | [list] | -x | x op y | x and y | not x | x in [list] | function(...)

Functions of one record: ``min max ceil floor round abs coalesce is_blank count_of``; of a group of records:
``sum mean count share`` and, inside them, ``meets("RULE", ...)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union

RECORD_FUNCTIONS = ("min", "max", "ceil", "floor", "round", "abs", "coalesce", "is_blank", "count_of", "meets")
GROUP_FUNCTIONS = ("sum", "mean", "count", "share")


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    dimension: str | None = None


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


Node = Union[Number, String, Truth, ListOf, Name, Unary, Binary, Call]  # noqa: UP007 - recursive alias


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
    yield node
    for child in children(node):
        yield from walk(child)


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


def is_group(node: Node) -> bool:
    """True where the expression aggregates over a group of records."""
    return any(isinstance(n, Call) and n.function in GROUP_FUNCTIONS for n in walk(node))


def unanswerable(node: Node, have: set[str]) -> set[str]:
    """Names that the expression needs and ``have`` lacks; ``coalesce`` needs only one of its arguments."""
    match node:
        case Name(name):
            return set() if name in have else {name}
        case Call("coalesce", arguments):
            lacking = [unanswerable(a, have) for a in arguments]
            return set() if any(not m for m in lacking) else set().union(*lacking)
        case _:
            return set().union(*(unanswerable(c, have) for c in children(node)))


def show(node: Node) -> str:
    """The expression in writing again, with no more brackets than it needs."""
    return _show(node, 0)


_BINDING = {
    "or": 1,
    "and": 2,
    "in": 4,
    "not in": 4,
    "==": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}


def _show(node: Node, outer: int) -> str:
    match node:
        case Number(value, dimension):
            if dimension == "ratio":
                return f"{value * 100:.12g}%"
            return f"{value:.12g}"
        case String(value):
            return f"'{value}'" if '"' in value else f'"{value}"'
        case Truth(value):
            return "true" if value else "false"
        case Name(name):
            return name
        case ListOf(items):
            return "[" + ", ".join(_show(i, 0) for i in items) + "]"
        case Call(function, arguments):
            return f"{function}(" + ", ".join(_show(a, 0) for a in arguments) + ")"
        case Unary(op, operand):
            binding = 3 if op == "not" else 7
            text = f"not {_show(operand, binding)}" if op == "not" else f"-{_show(operand, binding)}"
        case Binary(op, left, right):
            binding = _BINDING[op]
            # Comparisons cannot be chained, so one inside another keeps its brackets on either side.
            text = f"{_show(left, binding + 1 if binding == 4 else binding)} {op} {_show(right, binding + 1)}"
    return f"({text})" if binding < outer else text
