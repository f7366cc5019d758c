"""Constant folding: parameters become numbers, and what they decide is worked out before any data is read.

What a switch turns off is gone, so that it is not asked of a return.
"""

from __future__ import annotations

from collections.abc import Callable

from communitycheck.model.expression.functions import FUNCTIONS
from communitycheck.model.expression.nodes import (
    Binary,
    Call,
    Name,
    Node,
    Number,
    Truth,
    Unary,
    children,
    with_children,
)

# The value of a parameter; None for a name that is none, or has no value yet.
Parameters = Callable[[str], float | None]


def fold(node: Node, parameter: Parameters) -> Node:
    """``node`` with parameters as numbers, and what they decide worked out.

    A parameter of 0 or 1 chooses between two readings: what it multiplies by 0 is not asked for at all. (A 0 that
    stands in the expression itself leaves ``0 * x`` as unknown as x.)
    """
    match node:
        case Name(name):
            value = parameter(name)
            return node if value is None else Number(value)
        case Call(function, arguments, column):
            folded = tuple(fold(a, parameter) for a in arguments)
            return _folded_call(Call(function, folded, column))
        case Unary(op, operand):
            return _folded_unary(op, fold(operand, parameter))
        case Binary(op, left, right):
            folded_left, folded_right = fold(left, parameter), fold(right, parameter)
            off = [
                folded == Number(0.0) and folded != source
                for source, folded in ((left, folded_left), (right, folded_right))
            ]
            if op == "*" and any(off):
                return Number(0.0)
            return _folded_binary(op, folded_left, folded_right)
        case _:
            return with_children(node, (fold(part, parameter) for part in children(node)))


def _folded_call(call: Call) -> Node:
    function = FUNCTIONS.get(call.function)
    if call.function == "if" and isinstance(call.arguments[0], Truth):
        return call.arguments[1 if call.arguments[0].value else 2]
    if function is None or function.fold is None:
        return call
    numbers = [a.value for a in call.arguments if isinstance(a, Number)]
    if len(numbers) == len(call.arguments):
        return Number(function.fold(numbers))
    # max(a, max(b, c)) reads as max(a, b, c)
    nested = (a.arguments if isinstance(a, Call) and a.function == call.function else (a,) for a in call.arguments)
    return Call(call.function, tuple(a for group in nested for a in group), call.column)


def _folded_unary(op: str, operand: Node) -> Node:
    if op == "not" and isinstance(operand, Truth):
        return Truth(not operand.value)
    if op == "-" and isinstance(operand, Number):
        return Number(-operand.value, operand.dimension)
    return Unary(op, operand)


def _folded_binary(op: str, left: Node, right: Node) -> Node:
    if isinstance(left, Number) and isinstance(right, Number):
        return _computed(op, left, right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Truth) and op in ("and", "or"):
            return other if one.value == (op == "and") else one
        # x * 0 stays: a blank x leaves it unknown.
        if (op == "*" and one == Number(1.0)) or (op == "+" and one == Number(0.0)):
            return other
    return Binary(op, left, right)


def _computed(op: str, left: Number, right: Number) -> Node:
    a, b = left.value, right.value
    match op:
        case "+" | "-" | "*":
            result = {"+": a + b, "-": a - b, "*": a * b}[op]
            dimension = left.dimension if left.dimension == right.dimension else None
            return Number(result, dimension if op != "*" else None)
        case "/" if left.dimension and right.dimension and left.dimension != right.dimension:
            return Binary(op, left, right)  # 30 m2 / 100 households reads better than 0.3
        case "/" if b:
            return Number(a / b)
        case "==" | "!=" | "<" | "<=" | ">" | ">=":
            near = abs(a - b) <= 1e-9 * max(abs(a), abs(b))
            met = {
                "==": near,
                "!=": not near,
                "<": a < b and not near,
                "<=": a <= b or near,
                ">": a > b and not near,
                ">=": a >= b or near,
            }
            return Truth(met[op])
        case _:
            return Binary(op, left, right)
