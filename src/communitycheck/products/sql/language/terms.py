"""The pieces that SQL is put together from: nodes of sqlglot, with what is known beforehand worked out.

A condition is true, false or NULL (unknown). NULL counts as false behind WHEN, and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Union

from sqlglot import exp

Sql = exp.Expression
DOUBLE = exp.DataType.Type.DOUBLE
_PLAIN_DIGITS = 15  # so many digits of a decimal literal are read as the same number by every engine
_WHOLE = 2**31


def null() -> Sql:
    return exp.Null()


def unknown_number() -> Sql:
    return exp.cast(exp.Null(), DOUBLE)


def unknown_truth() -> Sql:
    return exp.cast(exp.Null(), exp.DataType.Type.BOOLEAN)


def unknown_text() -> Sql:
    return exp.cast(exp.Null(), exp.DataType.Type.TEXT)


def constant(value: bool) -> Sql:
    return exp.Boolean(this=value)


def column(name: str) -> Sql:
    return exp.column(name, quoted=True)


def text(value: str) -> Sql:
    return exp.Literal.string(value)


def whole(value: int) -> Sql:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def number(value: float) -> Sql:
    """A number beside another that is a DOUBLE. A literal with an exponent is one in itself; those without are whole,
    or short enough to be the same number once they are made one."""
    if math.isinf(value):
        return exp.cast(text("Infinity" if value > 0 else "-Infinity"), DOUBLE)
    if value < 0:
        return exp.Neg(this=number(-value))
    if value == int(value) and value < _WHOLE:
        return exp.Literal.number(int(value))
    written = repr(float(value))
    short = "e" not in written and len(written) <= _PLAIN_DIGITS
    return exp.Literal.number(written if short or "e" in written else f"{written}e0")


def double(value: float) -> Sql:
    """A number that is a DOUBLE wherever it stands."""
    return number(value) if math.isinf(value) else exp.cast(number(value), DOUBLE)


Part = Union[Sql, float]  # noqa: UP007 - beside a class that pydantic knows nothing of


def sql_of(part: Part) -> Sql:
    return part if isinstance(part, exp.Expression) else number(float(part))


def _operand(part: Part) -> Sql:
    made = sql_of(part)
    return exp.Paren(this=made) if isinstance(made, exp.Binary | exp.Connector | exp.Not | exp.Neg) else made


def is_true(part: Sql) -> bool:
    return isinstance(part, exp.Boolean) and bool(part.this)


def is_false(part: Sql) -> bool:
    return isinstance(part, exp.Boolean) and not part.this


def plus(a: Part, b: Part) -> Sql:
    return exp.Add(this=_operand(a), expression=_operand(b))


def minus(a: Part, b: Part) -> Sql:
    return exp.Sub(this=_operand(a), expression=_operand(b))


def times(a: Part, b: Part) -> Sql:
    return exp.Mul(this=_operand(a), expression=_operand(b))


def over(a: Part, b: Part) -> Sql:
    """a / b of two DOUBLEs, where b is not 0."""
    return exp.Div(this=_operand(a), expression=_operand(b), typed=True, safe=False)


def less_sign(a: Part) -> Sql:
    return exp.Neg(this=_operand(a))


def floor(a: Sql) -> Sql:
    """The whole number below, a DOUBLE."""
    return exp.cast(exp.Floor(this=a), DOUBLE)


def size(a: Part) -> Sql:
    return exp.Abs(this=sql_of(a))


def at_least(a: Part, b: Part) -> Sql:
    return exp.GTE(this=_operand(a), expression=_operand(b))


def at_most(a: Part, b: Part) -> Sql:
    return exp.LTE(this=_operand(a), expression=_operand(b))


def more(a: Part, b: Part) -> Sql:
    return exp.GT(this=_operand(a), expression=_operand(b))


def less(a: Part, b: Part) -> Sql:
    return exp.LT(this=_operand(a), expression=_operand(b))


def same(a: Part, b: Part) -> Sql:
    return exp.EQ(this=_operand(a), expression=_operand(b))


def differs(a: Part, b: Part) -> Sql:
    return exp.NEQ(this=_operand(a), expression=_operand(b))


def is_null(a: Sql) -> Sql:
    return exp.Is(this=_operand(a), expression=exp.Null())


def is_known(a: Sql) -> Sql:
    return exp.Not(this=is_null(a))


def both(*parts: Sql) -> Sql:
    """AND of three values."""
    found = _distinct(part for part in parts if not is_true(part))
    if any(map(is_false, found)):
        return constant(False)
    return _joined(exp.And, found) if found else constant(True)


def either(*parts: Sql) -> Sql:
    """OR of three values."""
    found = _distinct(part for part in parts if not is_false(part))
    if any(map(is_true, found)):
        return constant(True)
    return _joined(exp.Or, found) if found else constant(False)


def _joined(kind: type[exp.Connector], parts: list[Sql]) -> Sql:
    made: Sql = parts[0]
    for part in parts[1:]:
        joined: Sql = kind(this=_side(made, kind), expression=_side(part, kind))  # type: ignore[assignment]
        made = joined
    return made


def _side(part: Sql, kind: type[exp.Connector]) -> Sql:
    """A condition beside others: in brackets where it is joined in another way."""
    return exp.Paren(this=part) if isinstance(part, exp.Connector) and not isinstance(part, kind) else part


def _distinct(parts: Iterable[Sql]) -> list[Sql]:
    return list(dict.fromkeys(parts))


def negated(part: Sql) -> Sql:
    if isinstance(part, exp.Boolean):
        return constant(not part.this)
    if isinstance(part, exp.Not):
        inner: Sql = part.this
        return inner.this if isinstance(inner, exp.Paren) else inner
    return exp.Not(this=_operand(part))


def surely(part: Sql) -> Sql:
    """True or false: false where the condition is unknown."""
    if isinstance(part, exp.Boolean | exp.Is) or (isinstance(part, exp.Not) and isinstance(part.this, exp.Is)):
        return part
    if isinstance(part, exp.Coalesce) and part.expressions and is_false(part.expressions[-1]):
        return part
    return exp.Coalesce(this=part, expressions=[constant(False)])


def first_known(*parts: Sql) -> Sql:
    first, *others = (part for part in parts)
    return exp.Coalesce(this=first, expressions=others) if others else first


def _arm(part: Part) -> Sql:
    return part if isinstance(part, exp.Expression) else double(float(part))


def choose(*cases: tuple[Sql, Part], default: Part | None = None) -> Sql:
    """CASE: the value of the first condition that holds, else the default (NULL)."""
    kept: list[tuple[Sql, Part]] = []
    for condition, value in cases:
        if is_false(condition):
            continue
        if is_true(condition):
            default = value
            break
        kept.append((condition, value))
    otherwise = None if default is None else _arm(default)
    if not kept:
        return exp.Null() if otherwise is None else otherwise
    if otherwise is not None and all(_arm(value) == otherwise for _, value in kept):
        return otherwise
    case = exp.Case()
    for condition, value in kept:
        case.append("ifs", exp.If(this=condition, true=_arm(value)))
    if otherwise is not None and not isinstance(otherwise, exp.Null):
        case.set("default", otherwise)
    return case


def larger(a: Sql, b: Sql) -> Sql:
    """The larger of two; NULL where either is (GREATEST of several engines skips it)."""
    return a if a == b else choose((at_least(a, b), a), (less(a, b), b))


def smaller(a: Sql, b: Sql) -> Sql:
    return a if a == b else choose((at_most(a, b), a), (more(a, b), b))


def among(value: Sql, items: list[Sql]) -> Sql:
    """IN of items that are no NULL."""
    return exp.In(this=_operand(value), expressions=list(items))


def total(value: Sql) -> Sql:
    return exp.Sum(this=value)


def counted(condition: Sql) -> Sql:
    """In how many records of a group the condition holds, as a DOUBLE: no engine divides such as whole numbers."""
    if is_true(condition):
        return exp.cast(exp.Count(this=exp.Star()), DOUBLE)
    return total(choose((condition, double(1)), default=double(0)))
