"""Expressions of the rule language as SQL: ``checking.evaluation.evaluate``, node by node."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from sqlglot import exp

from communitycheck.model.expression import (
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
    Truth,
    Unary,
    names_in,
)
from communitycheck.model.expression.calendar_days import number_of
from communitycheck.products.sql.language import arithmetic, comparisons, texts
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.calendar import months_between
from communitycheck.products.sql.language.lookups import look_up
from communitycheck.products.sql.language.operands import (
    ConditionSql,
    NumberSql,
    Operand,
    TextSql,
    fixed,
    larger_na,
)
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.refusals import NotCovered


class Readings(Protocol):
    """What the names in an expression mean where it is worked out."""

    bounded: bool  # a number that is not known lies within what its field can be

    @property
    def as_of(self) -> date: ...

    def keep(self, expression: Sql) -> Sql: ...

    def field(self, name: str) -> Operand: ...

    def ends_with(self, value: Sql, end: str) -> Sql:
        """Whether a text ends so, as the dialect asks for it."""
        ...

    def is_blank(self, name: str) -> Sql:
        """Whether the cell is blank; true or false."""
        ...

    def unusable(self, names: tuple[str, ...]) -> Sql:
        """Where a cell of the fields says something that cannot be used; true or false."""
        ...

    def has_column(self, name: str) -> bool: ...

    def aggregate(self, call: Call) -> NumberSql: ...

    def quotient(self, above: Call, below: Call) -> NumberSql: ...

    def meets(self, rules: tuple[str, ...]) -> ConditionSql: ...


def evaluate(node: Node, of: Readings) -> Operand:
    match node:
        case Number(value):
            return fixed(value)
        case Day(day):
            return fixed(float(day))
        case String(value):
            return TextSql(t.text(value), value=value)
        case Truth(value):
            return ConditionSql(t.constant(value))
        case Name(name):
            return of.field(name)
        case Unary("not", operand):
            return comparisons.inverse(truth(operand, of))
        case Unary(_, operand):
            return arithmetic.negate(number(operand, of))
        case Binary("and", left, right):
            return comparisons.conjunction(_kept(truth(left, of), of), _kept(truth(right, of), of))
        case Binary("or", left, right):
            plain = _answers(left), _answers(right)
            return comparisons.disjunction(_kept(truth(left, of), of), _kept(truth(right, of), of), plain)
        case Binary("/", Call("sum", _) as above, Call("sum", _) as below):
            return of.quotient(above, below)
        case Binary("+" | "-" | "*" | "/" as op, left, right):
            a, b = number(left, of), number(right, of)
            if op in "*/":
                return (arithmetic.multiply if op == "*" else arithmetic.divide)(a, b, of.keep)
            return (arithmetic.add if op == "+" else arithmetic.subtract)(a, b)
        case Binary("in" | "not in" as op, left, ListOf(items)):
            found = _member(evaluate(left, of), items, of)
            return found if op == "in" else comparisons.inverse(found)
        case Binary(op, left, right):
            return _compare(op, evaluate(left, of), evaluate(right, of), of)
        case Call(function, _) if function in GROUP_FUNCTIONS:
            return of.aggregate(node)
        case Call():
            return _call(node, of)
        case _:
            raise NotCovered("operator", operator=type(node).__name__)


def number(node: Node, of: Readings) -> NumberSql:
    value = evaluate(node, of)
    if not isinstance(value, NumberSql):
        raise TypeError(f"not a number: {node!r}")
    return value


def truth(node: Node, of: Readings) -> ConditionSql:
    """``node`` as a truth; a count counts as true where it is above 0."""
    return as_truth(evaluate(node, of), of)


def as_truth(value: Operand, of: Readings) -> ConditionSql:
    if isinstance(value, ConditionSql):
        return value
    if isinstance(value, NumberSql):
        return comparisons.is_positive(value, of.keep)
    raise TypeError("text is not a truth")


def _kept(condition: ConditionSql, of: Readings) -> ConditionSql:
    """A condition that may not apply is asked of several times."""
    if condition.na is None:
        return condition
    return ConditionSql(of.keep(condition.holds), of.keep(condition.na))


def _answers(node: Node) -> bool:
    """Whether a no of the condition is an answer; that of ``x and y`` may say no more than that it is another case."""
    match node:
        case Binary("and", _, _):
            return False
        case Binary("or", left, right):
            return _answers(left) and _answers(right)
        case _:
            return True


def _compare(op: str, a: Operand, b: Operand, of: Readings) -> ConditionSql:
    if isinstance(a, NumberSql) and isinstance(b, NumberSql):
        return comparisons.compared(op, a, b, of.keep)
    if isinstance(a, TextSql) or isinstance(b, TextSql):
        one, other = (x if isinstance(x, TextSql) else TextSql(t.unknown_text()) for x in (a, b))
        result = comparisons.text_equal(one, other)
    else:
        x, y = as_truth(a, of), as_truth(b, of)
        result = ConditionSql(_same_truth(x.holds, y.holds), larger_na(x.na, y.na))
    return result if op == "==" else comparisons.inverse(result)


def _same_truth(one: Sql, other: Sql) -> Sql:
    for x, y in ((one, other), (other, one)):
        if isinstance(x, exp.Boolean):
            return y if x.this else t.negated(y)
    return t.same(one, other)


def _member(value: Operand, items: tuple[Node, ...], of: Readings) -> ConditionSql:
    if isinstance(value, TextSql):
        wanted: list[Sql] = [t.text(item.value) for item in items if isinstance(item, String)]
        return ConditionSql(t.among(value.written, wanted), value.na)
    result: ConditionSql | None = None
    for item in items:
        match item:
            case Number(x) if isinstance(value, NumberSql):
                one = comparisons.equal(value, fixed(x), of.keep)
            case Truth(wanted_) if not isinstance(value, TextSql):
                found = as_truth(value, of)
                one = found if wanted_ else comparisons.inverse(found)
            case _:
                raise NotCovered("operator", operator="in")
        result = one if result is None else comparisons.disjunction(result, one)
    assert result is not None
    return result


def _call(node: Call, of: Readings) -> Operand:
    arguments, keep = node.arguments, of.keep
    match node.function:
        case "coalesce":
            return _coalesce(arguments, of)
        case "is_blank":
            assert isinstance(arguments[0], Name)
            return ConditionSql(of.is_blank(arguments[0].name))
        case "as_of":
            return fixed(float(number_of(of.as_of)))
        case "meets":
            return of.meets(tuple(a.value for a in arguments if isinstance(a, String)))
        case "min":
            return arithmetic.smallest([number(a, of) for a in arguments], keep)
        case "max":
            return arithmetic.largest([number(a, of) for a in arguments], keep)
        case "ceil" | "floor" as function if len(arguments) == 1:
            return arithmetic.stepwise(function, number(arguments[0], of), keep)
        case "round":
            return _rounded(arguments, of)
        case "abs":
            return arithmetic.absolute(number(arguments[0], of))
        case "count_of":
            return comparisons.count_true([truth(a, of) for a in arguments], keep)
        case "if":
            condition, one, other = arguments
            return _chosen(_kept(truth(condition, of), of), evaluate(one, of), evaluate(other, of), of)
        case "days_between":
            start, end = (number(a, of) for a in arguments)
            return arithmetic.subtract(end, start)
        case "months_between" | "years_between" as function:
            start, end = (number(a, of) for a in arguments)
            return months_between(start, end, 1 if function == "months_between" else 12, of.keep)
        case "starts_with" | "ends_with" | "contains" as function:
            part = arguments[1]
            assert isinstance(part, String)
            return texts.says(function, _text(arguments[0], of), part.value, of.ends_with)
        case "lookup":
            table = arguments[0]
            assert isinstance(table, TableOf)
            keys = [evaluate(key, of) for key in arguments[1:]]
            return look_up(table.table.rows, keys, of.as_of, of.keep)
        case "length":
            return texts.length(_text(arguments[0], of))
        case name:
            raise NotCovered("function", function=name)


def _text(node: Node, of: Readings) -> TextSql:
    """``node`` as text; a column that the table lacks is all blank."""
    found = _as_kind(evaluate(node, of), TextSql)
    if not isinstance(found, TextSql):
        raise TypeError(f"not text: {node!r}")
    return found if found.value is not None else TextSql(of.keep(found.written), found.na)


def _rounded(arguments: tuple[Node, ...], of: Readings) -> NumberSql:
    decimals = 0.0
    if len(arguments) > 1:
        if not isinstance(arguments[1], Number) or arguments[1].dimension:
            raise NotCovered("function", function="round")
        decimals = arguments[1].value
    scale = fixed(10.0 ** int(decimals))
    value = arithmetic.multiply(number(arguments[0], of), scale, of.keep)
    return arithmetic.divide(arithmetic.stepwise("round", value, of.keep), scale, of.keep)


def _chosen(condition: ConditionSql, one: Operand, other: Operand, of: Readings) -> Operand:
    """``if``: the one or the other; where nobody knows which, between the two."""
    if condition.na is not None or any(x.na is not None for x in (one, other)):
        raise NotCovered("if-void")
    holds = of.keep(condition.holds)
    match one, other:
        case NumberSql(), NumberSql():
            if one.over_nothing is not None or other.over_nothing is not None:
                raise NotCovered("quotient-inside")
            return _chosen_number(holds, one, other, of)
        case ConditionSql(), ConditionSql():
            a, b = of.keep(one.holds), of.keep(other.holds)
            agreed = t.choose((t.both(a, b), t.constant(True)), (t.negated(t.either(a, b)), t.constant(False)))
            return ConditionSql(t.choose((holds, a), (t.negated(holds), b), default=agreed))
        case TextSql(), TextSql():
            agreed = t.choose((t.same(one.written, other.written), one.written))
            return TextSql(t.choose((holds, one.written), (t.negated(holds), other.written), default=agreed))
        case _:
            raise NotCovered("function", function="if")


def _chosen_number(holds: Sql, one: NumberSql, other: NumberSql, of: Readings) -> NumberSql:
    least, most = min(one.least, other.least), max(one.most, other.most)
    ends = [of.keep(end) for end in (one.lo, one.hi, other.lo, other.hi)]
    if isinstance(holds, exp.Boolean):
        return one if holds.this else other
    lo = t.choose((holds, ends[0]), (t.negated(holds), ends[2]), default=t.smaller(ends[0], ends[2]))
    hi = t.choose((holds, ends[1]), (t.negated(holds), ends[3]), default=t.larger(ends[1], ends[3]))
    return NumberSql(lo, hi, None, least, most)


def _coalesce(arguments: tuple[Node, ...], of: Readings) -> Operand:
    """The first argument that is known. A blank is filled from another column; a value that stands in the rule itself
    is for tables that have no such column."""
    bounded, of.bounded = of.bounded, False
    values = [evaluate(a, of) for a in arguments]
    of.bounded = bounded
    fields = [names_in(a) for a in arguments]
    found = values[0]
    held = of.unusable(fields[0])
    kind = next((type(x) for x in values if not _is_nothing(x)), NumberSql)
    found = _as_kind(found, kind)
    for at, value in enumerate(values[1:], start=1):
        own, before = fields[at], [name for names in fields[:at] for name in names]
        if not own and before and any(of.has_column(name) for name in before):
            continue
        other = _as_kind(value, kind)
        found, gap = _filled(found, other, held, of)
        held = t.either(held, t.both(gap, of.unusable(own)))
    if not bounded or not isinstance(found, NumberSql):
        return found
    last, _ = _filled(found, number(arguments[0], of), t.constant(False), of)
    return last


def _is_nothing(value: Operand) -> bool:
    return isinstance(value, NumberSql) and value.value is None and value.most == 0.0 and _is_null(value.lo)


def _is_null(part: Sql) -> bool:
    return isinstance(part, exp.Cast) and isinstance(part.this, exp.Null)


def _as_kind(value: Operand, kind: type) -> Operand:
    if isinstance(value, kind) or not _is_nothing(value):
        return value
    if kind is ConditionSql:
        return ConditionSql(t.unknown_truth())
    return TextSql(t.unknown_text()) if kind is TextSql else value


def _filled(found: Operand, other: Operand, held: Sql, of: Readings) -> tuple[Operand, Sql]:
    """``found`` with ``other`` where it is blank and no cell holds the place; and where that is."""
    if any(x.na is not None for x in (found, other)):
        raise NotCovered("coalesce-void")
    match found, other:
        case NumberSql(), NumberSql():
            gap = of.keep(t.both(t.is_null(found.lo), t.negated(held)))
            lo = t.choose((gap, other.lo), default=found.lo)
            hi = lo if found.exact and other.exact else t.choose((gap, other.hi), default=found.hi)
            return NumberSql(lo, hi, None, min(found.least, other.least), max(found.most, other.most)), gap
        case ConditionSql(), ConditionSql():
            gap = of.keep(t.both(t.is_null(found.holds), t.negated(held)))
            return ConditionSql(t.choose((gap, other.holds), default=found.holds)), gap
        case TextSql(), TextSql():
            gap = of.keep(t.both(t.is_null(found.written), t.negated(held)))
            return TextSql(t.choose((gap, other.written), default=found.written)), gap
        case _:
            raise NotCovered("function", function="coalesce")


__all__ = ["Readings", "as_truth", "evaluate", "number", "truth"]
