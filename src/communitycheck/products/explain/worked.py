"""An expression worked out part by part for one subject, by the evaluator that judged it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from communitycheck.checking.evaluation.context import EvaluationContext
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import (
    AS_OF,
    FUNCTIONS,
    GROUP_FUNCTIONS,
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    String,
    TableOf,
    children,
    names_in,
    rounding_by_step,
)
from communitycheck.model.expression import values as v
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.expression.values import Value as Columns
from communitycheck.model.standard import Parameter
from communitycheck.products.explain.explanation import Value, Worked

VOID = {v.ZERO_DENOMINATOR: "zero-denominator", v.EXEMPT: "exempt", v.NOT_LAID_DOWN: "not-laid-down"}
_LEAVES = (*GROUP_FUNCTIONS, "meets", "is_blank", "is_unique", "rank", "exists_in", "previous", "above")


def work_out(node: Node, context: EvaluationContext, unit_of: Callable[[str], str]) -> Worked:
    """``node`` and everything below it, for the one subject of ``context``.

    Args:
        unit_of: canonical unit of a field or parameter.
    """
    if isinstance(node, ListOf):
        return Worked(node, None, tuple(work_out(item, context, unit_of) for item in node.items))
    if isinstance(node, String | TableOf):
        return Worked(node, node.value if isinstance(node, String) else None)
    if isinstance(node, Call) and node.function == "change":
        node = Binary("-", node.arguments[0], Call("previous", node.arguments, node.column))
    value, void = first(evaluate(node, context))
    node = rounding_by_step(node) or node
    if isinstance(node, Call) and node.function in ("previous", "above"):
        return Worked(node, value, unit=unit_of(names_in(node)[0]), void=void)
    if isinstance(node, Name):
        return Worked(node, value, unit=unit_of(node.name), void=void)
    if isinstance(node, Day) or node == Call(AS_OF, ()):
        return Worked(node, value, unit=DATE)
    below = () if isinstance(node, Call) and node.function in _LEAVES else children(node)
    parts = tuple(work_out(part, context, unit_of) for part in below)
    alike = isinstance(node, Call) and FUNCTIONS[node.function].yields == "alike"
    unit = DATE if alike and any(part.unit == DATE for part in parts) else ""
    return Worked(node, value, parts, unit=unit, void=void)


def conjuncts(node: Node | None) -> list[Node]:
    """The conditions that have to hold together."""
    if node is None:
        return []
    if isinstance(node, Binary) and node.op == "and":
        return [*conjuncts(node.left), *conjuncts(node.right)]
    return [node]


def first(value: Columns, i: int = 0) -> tuple[Value, str]:
    """The value at position ``i``, and why the question does not arise there, if it does not."""
    void = VOID.get(int(at(value.na, i)), "") if value.na is not None else ""
    match value:
        case Num(low, high):
            of_nothing = value.na is not None and int(at(value.na, i)) == v.OF_NOTHING
            if of_nothing and float(at(low, i)) == np.inf:
                return np.inf, ""
            return ends(float(at(low, i)), float(at(high, i))), void
        case Tru(yes, no):
            decided = True if at(yes, i) else False if at(no, i) else None
            return decided, void if decided is None else ""
        case Txt(codes, names):
            code = int(at(codes, i))
            return (names[code] if code >= 0 else None), void


def ends(low: float, high: float) -> float | tuple[float, float] | None:
    """A number, or a range; None where nothing is known. An end that is not reached is shown as it was written."""
    if np.isnan(low) or np.isnan(high) or (np.isinf(low) and np.isinf(high)):
        return None
    return low if low == high else (float(f"{low:.8g}"), float(f"{high:.8g}"))


def at(array: Any, i: int) -> Any:
    """One element of an array that may be a single constant."""
    return array[i] if np.ndim(array) else np.asarray(array)[()]


def is_switch(parameter: Parameter | None, value: float | None) -> bool:
    """A parameter of 0 or 1 without a unit chooses between two readings."""
    return parameter is not None and not parameter.unit and parameter.dimension is None and value in (0.0, 1.0)


def units(fields: Mapping[str, Field], parameters: Mapping[str, Parameter]) -> Callable[[str], str]:
    """What gives the canonical unit of a field or parameter."""

    def unit_of(name: str) -> str:
        if name in parameters:
            found = parameters[name]
            return found.unit if found.dimension != "ratio" else "" if found.declared == "ratio" else "ratio"
        field = fields.get(name)
        if field is not None and field.type == DATE:
            return DATE
        return "" if field is None else field.shown_unit

    return unit_of
