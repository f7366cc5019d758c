"""Expressions with their parameters settled: what a switch turns off is gone, and is not asked of a return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communitycheck.model.expression import Binary, Call, ListOf, Name, Node, Number, Truth, Unary
from communitycheck.model.standard import Limit, Rule, Threshold

# The value of a parameter; None for a name that is none, or has no value yet.
Parameters = Callable[[str], float | None]


def settled_rule(rule: Rule, parameter: Parameters) -> Rule:
    """The rule as it is to be judged: parameters worked into ``where``, indicator and thresholds."""
    threshold = rule.threshold
    if threshold is not None:
        limits = tuple(Limit(settle(x.value, parameter), x.start, x.clause) for x in threshold.limits)
        upper = None if threshold.upper is None else settle(threshold.upper, parameter)
        threshold = Threshold(threshold.comparison, limits, upper, threshold.items)
    where = None if rule.where is None else settle(rule.where, parameter)
    return replace(
        rule,
        where=None if where == Truth(True) else where,
        indicator=None if rule.indicator is None else settle(rule.indicator, parameter),
        threshold=threshold,
    )


def settle(node: Node, parameter: Parameters) -> Node:
    """The expression with parameters as numbers, and what they decide worked out.

    A parameter of 0 or 1 chooses between two readings: what it multiplies by 0 is not asked for at all. (A 0 that
    stands in the expression itself leaves ``0 * x`` as unknown as x.)
    """
    match node:
        case Name(name):
            value = parameter(name)
            return node if value is None else Number(value)
        case ListOf(items):
            return ListOf(tuple(settle(i, parameter) for i in items))
        case Call(function, arguments, column):
            settled = tuple(settle(a, parameter) for a in arguments)
            if function in ("min", "max") and all(isinstance(a, Number) for a in settled):
                numbers = [a.value for a in settled if isinstance(a, Number)]
                return Number(min(numbers) if function == "min" else max(numbers))
            if function in ("min", "max"):  # max(a, max(b, c)) reads as max(a, b, c)
                nested = (a.arguments if isinstance(a, Call) and a.function == function else (a,) for a in settled)
                settled = tuple(a for group in nested for a in group)
            return Call(function, settled, column)
        case Unary(op, operand):
            return _settled_unary(op, settle(operand, parameter))
        case Binary(op, left, right):
            settled_left, settled_right = settle(left, parameter), settle(right, parameter)
            off = [
                settled == Number(0.0) and settled != source
                for source, settled in ((left, settled_left), (right, settled_right))
            ]
            if op == "*" and any(off):
                return Number(0.0)
            return _settled_binary(op, settled_left, settled_right)
        case _:
            return node


def _settled_unary(op: str, operand: Node) -> Node:
    if op == "not" and isinstance(operand, Truth):
        return Truth(not operand.value)
    if op == "-" and isinstance(operand, Number):
        return Number(-operand.value, operand.dimension)
    return Unary(op, operand)


def _settled_binary(op: str, left: Node, right: Node) -> Node:
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
