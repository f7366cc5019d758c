"""Expressions over columns. One walk of the expression evaluates it for every record at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

import numpy as np

from communitycheck.model import values as v
from communitycheck.model.expression import (
    GROUP_FUNCTIONS,
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
    names_in,
)
from communitycheck.model.result import Outcome
from communitycheck.model.standard import Parameter
from communitycheck.model.table import Column, Ints, State, Table, among
from communitycheck.model.values import Num, Tru, Txt, Value


class EvaluationContext(Protocol):
    """What names and aggregates mean where an expression is evaluated."""

    def field(self, name: str) -> Value: ...

    def is_blank(self, name: str) -> Tru: ...

    def unusable(self, node: Node) -> np.ndarray | None: ...

    def parameter(self, name: str) -> float | None: ...

    def aggregate(self, call: Call) -> Value: ...

    def meets(self, rules: tuple[str, ...]) -> Tru: ...


class RecordContext:
    """Names are fields of the records of one table (those of ``index``, or all)."""

    def __init__(
        self,
        table: Table,
        parameters: Mapping[str, Parameter],
        as_of: date,
        index: Ints | None = None,
        outcomes: Mapping[str, np.ndarray] | None = None,
    ) -> None:
        self.table = table
        self.parameters = parameters
        self.as_of = as_of
        self.index = index
        self.outcomes = {} if outcomes is None else outcomes  # of the rules judged before
        self._of: Ints | None = None  # of the records that ``outcomes`` speaks of, those that are here
        self.shift: dict[str, float] = {}
        self._picked: dict[str, Value] = {}
        self.recompute: Callable[[Call], Value] | None = None

    def __len__(self) -> int:
        return len(self.table) if self.index is None else len(self.index)

    def picked(self, index: Ints) -> RecordContext:
        """The same context for some of its records."""
        rows = index if self.index is None else self.index[index]
        some = RecordContext(self.table, self.parameters, self.as_of, rows, self.outcomes)
        some._of = index if self._of is None else self._of[index]
        return some

    def parameter(self, name: str) -> float | None:
        found = self.parameters.get(name)
        if found is None:
            return None
        value = found.at(self.as_of)
        return np.nan if value is None else value

    def field(self, name: str) -> Value:
        """The values of a field; those of picked records are copied once."""
        if self.index is None or self.shift:
            return self._field(name)
        if name not in self._picked:
            self._picked[name] = self._field(name)
        return self._picked[name]

    def half_step(self, name: str) -> v.Array:
        """Half a unit of the last digit that each record prints for the field; 0 where that is not known."""
        column = self.table.columns.get(name)
        if column is None or column.half_step is None:
            return np.zeros(())
        steps = column.half_step if self.index is None else column.half_step[self.index]
        return np.nan_to_num(steps)

    def _field(self, name: str) -> Value:
        column = self.table.columns.get(name)
        if column is None:
            nothing = np.full(len(self), np.nan)
            return Num(nothing, nothing)
        na = self._exempt(column)
        if column.text is not None:
            coded = column.coded()
            return Txt(coded.codes if self.index is None else coded.codes[self.index], coded.names, na)
        assert column.lo is not None and column.hi is not None
        low = column.lo if self.index is None else column.lo[self.index]
        exact = column.hi is column.lo
        high = low if exact else column.hi if self.index is None else column.hi[self.index]
        if name in self.shift:
            moved = low + self.shift[name]
            low, high = moved, moved if high is low else high + self.shift[name]
        if column.truth:
            return Tru(low == 1, high == 0, na)
        return Num(low, high, na)

    def _exempt(self, column: Column) -> v.Na:
        if column.state is None:
            return None
        exempt = among(column.state, State.EXEMPT)
        if not exempt.any():
            return None
        if self.index is not None:
            exempt = exempt[self.index]
        return np.where(exempt, np.uint8(v.EXEMPT), np.uint8(0))

    def is_blank(self, name: str) -> Tru:
        column = self.table.columns.get(name)
        if column is None:
            blank = np.ones(len(self), bool)
        elif column.text is not None:
            blank = column.coded().codes < 0
            blank = blank if self.index is None else blank[self.index]
        elif column.state is None:
            blank = np.zeros(len(self), bool)
        else:
            state = column.state if self.index is None else column.state[self.index]
            blank = among(state, State.BLANK, State.ABSENT)
        return Tru(blank, ~blank)

    def unusable(self, node: Node) -> np.ndarray | None:
        """Where a cell that ``node`` reads says something that cannot be used: no blank that may be filled; None where
        there is no such cell."""
        found: np.ndarray | None = None
        for name in names_in(node):
            column = self.table.columns.get(name)
            if column is None or column.state is None:
                continue
            state = column.state if self.index is None else column.state[self.index]
            here = among(state, State.UNREADABLE, State.IMPOSSIBLE)
            found = here if found is None else found | here
        return found if found is not None and found.any() else None

    def aggregate(self, call: Call) -> Value:
        """An aggregate over the records below each of these (``checking.recomputed``)."""
        if self.recompute is None:
            raise TypeError(f"{call.function} outside a group")
        value = self.recompute(call)
        assert isinstance(value, Num)
        if self.index is None or len(value.lo) == len(self.index):
            return value
        raise TypeError("an aggregate over other records than these")

    def meets(self, rules: tuple[str, ...]) -> Tru:
        result, *others = (self._met(rule) for rule in rules)
        for other in others:
            result = v.conjunction(result, other)
        return result

    def _met(self, rule: str) -> Tru:
        """Whether each record meets a rule judged before; where that does not apply, the question does not arise."""
        outcome = self.outcomes[rule] if self._of is None else self.outcomes[rule][self._of]
        void = among(outcome, Outcome.NOT_APPLICABLE)
        na = np.where(void, np.uint8(v.EXEMPT), np.uint8(0)) if void.any() else None
        return Tru(among(outcome, Outcome.PASS), among(outcome, Outcome.FAIL, Outcome.NOT_DUE), na)


def evaluate(node: Node, context: EvaluationContext) -> Value:
    """The value of ``node`` for every record (or group) of ``context``."""
    match node:
        case Number(value):
            return v.constant(value)
        case String(value):
            return Txt(np.asarray(0), [value])
        case Truth(value):
            array = np.asarray(value)
            return Tru(array, ~array)
        case Name(name):
            parameter = context.parameter(name)
            return context.field(name) if parameter is None else v.constant(parameter)
        case Unary("not", operand):
            return v.inverse(truth(operand, context))
        case Unary(_, operand):
            return v.negate(number(operand, context))
        case Binary("and", left, right):
            return v.conjunction(truth(left, context), truth(right, context))
        case Binary("or", left, right):
            return v.disjunction(truth(left, context), truth(right, context))
        case Binary("+" | "-" | "*" | "/" as op, left, right):
            function = {"+": v.add, "-": v.subtract, "*": v.multiply, "/": v.divide}[op]
            return function(number(left, context), number(right, context))
        case Binary("in" | "not in" as op, left, ListOf(items)):
            found = _member(evaluate(left, context), items)
            return found if op == "in" else v.inverse(found)
        case Binary(op, left, right):
            return _compare(op, evaluate(left, context), evaluate(right, context))
        case Call(function, _) if function in GROUP_FUNCTIONS:
            return context.aggregate(node)
        case Call():
            return _call(node, context)
    raise TypeError(f"not an expression: {node!r}")


def number(node: Node, context: EvaluationContext) -> Num:
    value = evaluate(node, context)
    if not isinstance(value, Num):
        raise TypeError(f"not a number: {node!r}")
    return value


def truth(node: Node, context: EvaluationContext) -> Tru:
    """``node`` as a truth; a count counts as true where it is above 0."""
    return as_truth(evaluate(node, context))


def as_truth(value: Value) -> Tru:
    if isinstance(value, Tru):
        return value
    if isinstance(value, Num):
        return v.is_positive(value)
    raise TypeError("text is not a truth")


def _compare(op: str, a: Value, b: Value) -> Tru:
    if isinstance(a, Num) and isinstance(b, Num):
        match op:
            case ">=":
                return v.at_least(a, b)
            case "<=":
                return v.at_least(b, a)
            case ">":
                return v.above(a, b)
            case "<":
                return v.above(b, a)
        result = v.equal(a, b)
    elif isinstance(a, Txt) and isinstance(b, Txt):
        result = v.text_equal(a, b)
    else:
        x, y = as_truth(a), as_truth(b)
        result = Tru(x.yes & y.yes | x.no & y.no, x.yes & y.no | x.no & y.yes, v.both_na(x.na, y.na))
    return result if op == "==" else v.inverse(result)


def _member(value: Value, items: tuple[Node, ...]) -> Tru:
    if isinstance(value, Txt):
        return v.text_is(value, {i.value for i in items if isinstance(i, String)})
    result: Tru | None = None
    for item in items:
        match item:
            case Number(x) if isinstance(value, Num):
                one = v.equal(value, v.constant(x))
            case Truth(wanted):
                one = as_truth(value) if wanted else v.inverse(as_truth(value))
            case _:
                raise TypeError("a list of mixed kinds")
        result = one if result is None else v.disjunction(result, one)
    assert result is not None
    return result


def _call(node: Call, context: EvaluationContext) -> Value:
    arguments = node.arguments
    match node.function:
        case "min":
            return v.smallest([number(a, context) for a in arguments])
        case "max":
            return v.largest([number(a, context) for a in arguments])
        case "ceil":
            return v.stepwise(np.ceil, number(arguments[0], context))
        case "floor":
            return v.stepwise(np.floor, number(arguments[0], context))
        case "round":
            return _rounded(node, context)
        case "abs":
            return v.absolute(number(arguments[0], context))
        case "coalesce":
            return v.first_known([evaluate(a, context) for a in arguments], [context.unusable(a) for a in arguments])
        case "is_blank":
            assert isinstance(arguments[0], Name)
            return context.is_blank(arguments[0].name)
        case "count_of":
            return v.count_true([truth(a, context) for a in arguments])
        case "meets":
            return context.meets(tuple(a.value for a in arguments if isinstance(a, String)))
    raise TypeError(f"no such function: {node.function}")


def _rounded(node: Call, context: EvaluationContext) -> Num:
    """Half away from zero, as people round; ``round(x, 1)`` keeps one decimal."""
    value = number(node.arguments[0], context)
    digits = int(number(node.arguments[1], context).lo) if len(node.arguments) > 1 else 0
    scale = v.constant(10.0**digits)

    def half_up(x: v.Array) -> v.Array:
        return np.sign(x) * np.floor(np.abs(x) + 0.5 + v.RELATIVE)

    return v.divide(v.stepwise(half_up, v.multiply(value, scale)), scale)
