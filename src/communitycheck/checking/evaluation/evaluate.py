"""Expressions over columns. One walk of the expression evaluates it for every record at once."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from communitycheck.checking.evaluation.alike import is_alone
from communitycheck.checking.evaluation.context import EvaluationContext, RecordContext
from communitycheck.checking.evaluation.functions.table import ARITHMETIC
from communitycheck.checking.evaluation.functions.tables import look_up
from communitycheck.checking.evaluation.ranks import Ranked, ranks
from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.model.expression import (
    FUNCTIONS,
    GROUP_FUNCTIONS,
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Number,
    String,
    TableOf,
    Taken,
    Truth,
    Unary,
    names_in,
    truths,
)
from communitycheck.model.expression import values as v
from communitycheck.model.expression.calendar_days import number_of
from communitycheck.model.expression.values import Num, Tru, Txt, Value


def evaluate(node: Node, context: EvaluationContext) -> Value:
    """The value of ``node`` for every record (or group) of ``context``; a constant has arrays of shape ``()``."""
    match node:
        case Number(value):
            return v.constant(value)
        case Day(day):
            return v.constant(float(day))
        case String(value):
            return Txt(np.asarray(0), [value])
        case Truth(value):
            array = np.asarray(value)
            return Tru(array, ~array)
        case Name(name):
            parameter = context.parameter(name)
            return context.field(name) if parameter is None else v.constant(parameter)
        case Unary("not", operand):
            return truths.inverse(truth(operand, context))
        case Unary(_, operand):
            return v.negate(number(operand, context))
        case Binary("and", left, right):
            return truths.conjunction(truth(left, context), truth(right, context))
        case Binary("or", left, right):
            return truths.disjunction(truth(left, context), truth(right, context), (_answers(left), _answers(right)))
        case Binary("/", Call("sum", _) as above, Call("sum", _) as below):
            return context.quotient(above, below)
        case Binary("+" | "-" | "*" | "/" as op, left, right):
            function = {"+": v.add, "-": v.subtract, "*": v.multiply, "/": v.divide}[op]
            return function(number(left, context), number(right, context))
        case Binary("in" | "not in" as op, left, ListOf(items)):
            found = _member(evaluate(left, context), items)
            return found if op == "in" else truths.inverse(found)
        case Binary(op, left, right):
            return _compare(op, evaluate(left, context), evaluate(right, context))
        case Call(function, _) if function in GROUP_FUNCTIONS:
            return context.aggregate(node)
        case Call():
            return _call(node, context)
        case ListOf() | TableOf():
            raise TypeError(f"a list or a table stands alone: {node!r}")


def number(node: Node, context: EvaluationContext) -> Num:
    value = evaluate(node, context)
    if not isinstance(value, Num):
        raise TypeError(f"not a number: {node!r}")
    return value


def truth(node: Node, context: EvaluationContext) -> Tru:
    """``node`` as a truth; a count counts as true where it is above 0."""
    return as_truth(evaluate(node, context))


def text(node: Node, context: EvaluationContext) -> Txt:
    """``node`` as text, as it is written; a column that the table lacks is all blank."""
    value = context.written(node.name) if isinstance(node, Name) else evaluate(node, context)
    found = v.nothing_of(Txt, value) if isinstance(value, Num) else value
    if not isinstance(found, Txt):
        raise TypeError(f"not text: {node!r}")
    return found


def as_truth(value: Value) -> Tru:
    if isinstance(value, Tru):
        return value
    if isinstance(value, Num):
        return truths.is_positive(value)
    raise TypeError("text is not a truth")


def _answers(node: Node) -> bool:
    """Whether a no of the condition is an answer; that of ``x and y`` may say no more than that it is another case."""
    match node:
        case Binary("and", _, _):
            return False
        case Binary("or", left, right):
            return _answers(left) and _answers(right)
        case _:
            return True


def _compare(op: str, a: Value, b: Value) -> Tru:
    if isinstance(a, Num) and isinstance(b, Num):
        return truths.compared(op, a, b)
    if isinstance(a, Txt) or isinstance(b, Txt):
        one, other = (x if isinstance(x, Txt) else v.nothing_of(Txt, x) for x in (a, b))
        assert isinstance(one, Txt) and isinstance(other, Txt)
        result = truths.text_equal(one, other)
    else:
        x, y = as_truth(a), as_truth(b)
        result = Tru(x.yes & y.yes | x.no & y.no, x.yes & y.no | x.no & y.yes, v.both_na(x.na, y.na))
    return result if op == "==" else truths.inverse(result)


def _member(value: Value, items: tuple[Node, ...]) -> Tru:
    if isinstance(value, Txt):
        return truths.text_is(value, {i.value for i in items if isinstance(i, String)})
    result: Tru | None = None
    for item in items:
        match item:
            case Number(x) if isinstance(value, Num):
                one = truths.equal(value, v.constant(x))
            case Truth(wanted):
                one = as_truth(value) if wanted else truths.inverse(as_truth(value))
            case _:
                raise TypeError("a list of mixed kinds")
        result = one if result is None else truths.disjunction(result, one)
    assert result is not None
    return result


def _call(node: Call, context: EvaluationContext) -> Value:
    arguments = node.arguments
    match node.function:
        case "coalesce":
            return _coalesce(arguments, context)
        case "is_blank":
            assert isinstance(arguments[0], Name)
            return context.is_blank(arguments[0].name)
        case "is_valid":
            assert isinstance(arguments[0], Name)
            return context.is_valid(arguments[0].name)
        case "is_unique":
            names = names_in(node)
            return context.among_all(node, lambda all_: is_alone([all_.field(name) for name in names], all_.subjects()))
        case "rank":
            return context.among_all(node, lambda all_: _ranks(arguments, all_))
        case "above":
            (own,) = arguments
            assert isinstance(own, Name)
            return context.above(own.name)
        case "previous" | "change" as function:
            (own,) = arguments
            assert isinstance(own, Name)
            earlier = context.previous(own.name)
            if function == "previous":
                return earlier
            assert isinstance(earlier, Num)
            return v.subtract(number(own, context), earlier)
        case "exists_in":
            name, kind, *field = arguments
            assert isinstance(name, Name) and isinstance(kind, String)
            named = next((one.value for one in field if isinstance(one, String)), "")
            return context.is_listed(name.name, kind.value, named)
        case "as_of":
            return v.constant(float(number_of(context.as_of)))
        case "lookup":
            assert isinstance(arguments[0], TableOf)
            found = [evaluate(key, context) for key in arguments[1:]]
            keys = [v.settled(key) if isinstance(key, Num) else key for key in found]
            return look_up(arguments[0].table.rows, keys, context.as_of)
        case "meets":
            return context.meets(tuple(a.value for a in arguments if isinstance(a, String)))
        case name:
            taken = FUNCTIONS[name].taken
            return ARITHMETIC[name](*(_argument(taken(at), one, context) for at, one in enumerate(arguments)))


def _ranks(arguments: tuple[Node, ...], records: RecordContext) -> Num:
    figure, *within = arguments
    among = Ranked(periods_of(records.records.table).of, records.subjects(), records.aside)
    index = records.records.index
    if index is not None:
        among = replace(among, periods=among.periods[index])
    return ranks(v.settled(number(figure, records)), [evaluate(one, records) for one in within], among)


def _argument(taken: Taken, node: Node, context: EvaluationContext) -> Value | str:
    match taken:
        case "number" | "date":
            return number(node, context)
        case "truth":
            return truth(node, context)
        case "text" | "identity":
            return text(node, context)
        case "quoted":
            assert isinstance(node, String)
            return node.value
        case _:
            return evaluate(node, context)


def _coalesce(arguments: tuple[Node, ...], context: EvaluationContext) -> Value:
    """The first argument that is known. A blank is filled from another column; a value that stands in the rule itself
    is for returns that have no such column."""
    bounded, context.bounded = context.bounded, False
    values = [evaluate(a, context) for a in arguments]
    context.bounded = bounded
    fields = [[name for name in names_in(a) if context.parameter(name) is None] for a in arguments]
    fixed: list[v.Array | None] = [None] * len(arguments)
    for i, own in enumerate(fields):
        before = [name for names in fields[:i] for name in names]
        if not own and before:
            fixed[i] = context.without_column(before)
    found = v.first_known(values, [context.unusable(a) for a in arguments], fixed)
    if not bounded or not isinstance(found, Num):
        return found
    # What nobody knows is what the first of them would say.
    return v.first_known([found, number(arguments[0], context)], [None, None], [None, None])


def everyone(n: int) -> Tru:
    """True for all of ``n``."""
    return Tru(np.ones(n, bool), np.zeros(n, bool))


def spread(t: Tru, n: int) -> Tru:
    """A constant truth as one for each of ``n``."""
    return Tru(np.broadcast_to(t.yes, n), np.broadcast_to(t.no, n), None if t.na is None else np.broadcast_to(t.na, n))


def in_scope(where: Node | None, context: EvaluationContext) -> Tru:
    """Which records a rule's ``where`` takes in."""
    return everyone(len(context)) if where is None else spread(truth(where, context), len(context))
