"""What an expression is in SQL: numbers with two ends, conditions of three values, text (``model.expression.values``).

NULL is what nobody knows. ``na`` is SQL for why the question does not arise (0 where it does), or None where it always
arises.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Union

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.expression.values import ZERO_DENOMINATOR
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.terms import Sql


class OverNothing(Struct, frozen=True):
    """What a quotient over a zero says to a limit, where ``lo`` and ``hi`` say nothing.

    Attributes:
        some: where that is; true or false.
        lo, hi: the ends there, infinite where the numerator is above zero; elsewhere the number's own.
        infinite: where it is beyond every limit for certain; in the rest of ``some`` it may be anything from 0 on. None
            where more was made of the quotient.
    """

    some: Sql
    lo: Sql
    hi: Sql
    infinite: Sql | None = None


class NumberSql(Struct, frozen=True):
    """A number.

    Attributes:
        lo, hi: its ends; the same node where it is exact.
        least, most: between what it lies wherever it is known.
        value: what it is, where that is the same for all.
        known: both ends are never NULL.
    """

    lo: Sql
    hi: Sql
    na: Sql | None = None
    least: float = -math.inf
    most: float = math.inf
    value: float | None = None
    over_nothing: OverNothing | None = None
    known: bool = False

    @property
    def exact(self) -> bool:
        return self.lo is self.hi

    @property
    def finite(self) -> bool:
        """Whether neither end is ever without bound."""
        return self.value is not None or (math.isfinite(self.least) and math.isfinite(self.most))

    @property
    def low(self) -> t.Part:
        """The lower end beside another number."""
        return self.lo if self.value is None else self.value

    @property
    def high(self) -> t.Part:
        return self.hi if self.value is None else self.value


class ConditionSql(Struct, frozen=True):
    """True, false or NULL. ``void`` is NULL where it does not apply, too."""

    holds: Sql
    na: Sql | None = None

    @property
    def void(self) -> Sql:
        """Where the question does not arise and no other part decides it; true or false."""
        if self.na is None:
            return t.constant(False)
        return t.both(t.more(self.na, 0), t.is_null(self.holds))


class TextSql(Struct, frozen=True):
    """A text; NULL where blank. ``value``: where it is the same for all."""

    written: Sql
    na: Sql | None = None
    value: str | None = None


Operand = Union[NumberSql, ConditionSql, TextSql]  # noqa: UP007 - as the model has it


def fixed(value: float) -> NumberSql:
    lo = t.double(value)
    return NumberSql(lo, lo, least=value, most=value, value=value, known=True)


def unknown_figure() -> NumberSql:
    lo = t.unknown_number()
    return NumberSql(lo, lo, least=0.0, most=0.0)


def larger_na(*parts: Sql | None) -> Sql | None:
    """``both_na`` of the engine: the larger of the codes."""
    found: Sql | None = None
    for part in parts:
        if part is not None:
            found = part if found is None else t.larger(found, part)
    return found


def settled(a: NumberSql) -> NumberSql:
    """The number for whatever is no limit: a quotient over zero has no value."""
    return a if a.over_nothing is None else replace(a, over_nothing=None)


def with_infinity(a: NumberSql) -> NumberSql:
    """The number with what stands over nothing as its ends."""
    over = a.over_nothing
    return a if over is None else NumberSql(over.lo, over.hi, a.na)


def lifted(work_out: Callable[..., NumberSql], *figures: NumberSql) -> NumberSql:
    """What is worked out from numbers of which some are quotients over a zero."""
    over = [one.over_nothing for one in figures if one.over_nothing is not None]
    if not over:
        return work_out(*figures)
    plain, full = work_out(*map(settled, figures)), work_out(*map(with_infinity, figures))
    return replace(plain, over_nothing=OverNothing(t.either(*(one.some for one in over)), full.lo, full.hi))


def zero_na(zero: Sql, *others: Sql | None) -> Sql:
    """Void where ``zero`` is true."""
    above = larger_na(*others)
    beneath = t.whole(0) if above is None else above
    return t.choose((zero, t.whole(ZERO_DENOMINATOR)), default=beneath)
