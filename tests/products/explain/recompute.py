"""Printed arithmetic worked out again, from nothing but what is printed."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any

FUNCTIONS: dict[str, Callable[..., float]] = {
    "max": max,
    "min": min,
    "ceil": lambda x: float(math.ceil(round(x, 9))),
    "floor": lambda x: float(math.floor(round(x, 9))),
    "abs": abs,
    "count": lambda *truths: float(sum(truths)),
}
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def recomputed(printed: str) -> float | None:
    """The value of arithmetic such as ``312 ÷ 1,040 × 100``; None for what is no plain arithmetic."""
    text = printed.replace("number that hold", "count").replace("first not blank of", "first")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    for shown, sign in (("÷", "/"), ("×", "*"), ("−", "-"), ("%", "/100"), ("yes", "1"), (" no", " 0"), ("(no", "(0")):
        text = text.replace(shown, sign)
    text = re.sub(r"(\d+(?:\.\d+)?/100)", r"(\1)", text) if "%" in printed else text
    try:
        return float(_value(ast.parse(text, mode="eval").body))
    except (SyntaxError, KeyError, TypeError, ZeroDivisionError):
        return None


def _value(node: Any) -> float:
    match node:
        case ast.Constant(value=value):
            return float(value)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left), _value(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*map(_value, arguments))
    raise TypeError(ast.dump(node))
