"""What each record adds to an aggregate: who counts, who may, and between what a figure lies that nobody knows."""

from __future__ import annotations

import math

from msgspec import Struct

from communitycheck.model.expression import Node, divisors_in, names_in
from communitycheck.model.expression.values import NOT_LAID_DOWN
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.expressions import evaluate, number, truth
from communitycheck.products.sql.language.operands import ConditionSql, NumberSql, TextSql, settled
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.record_query import RecordQuery


class SummedTerms(Struct, frozen=True):
    """The argument of an aggregate in each record: its ends, where it is blank, who counts and who may. All conditions
    are true or false."""

    low: Sql
    high: Sql
    blank: Sql
    inside: Sql
    doubtful: Sql
    least: float
    exact: bool

    @property
    def nobody_doubtful(self) -> bool:
        return t.is_false(self.doubtful)


class TruthTerms(Struct, frozen=True):
    """In each record whether a condition holds (NULL: nobody knows); who counts, who may."""

    holds: Sql
    inside: Sql
    doubtful: Sql

    @property
    def unknown(self) -> Sql:
        return t.both(self.inside, t.is_null(self.holds))

    @property
    def maybe(self) -> Sql:
        """Those that may make it one more."""
        not_no = t.negated(t.surely(t.negated(self.holds)))
        return t.either(self.unknown, t.both(self.doubtful, not_no))

    @property
    def open(self) -> Sql:
        return t.either(self.unknown, self.doubtful)


class DifferentTerms(Struct, frozen=True):
    """In each record a value that may be another than elsewhere, where it is known; who counts, who may."""

    value: Sql
    known: Sql
    inside: Sql
    doubtful: Sql


def different_terms(node: Node, scope: ConditionSql, of: RecordQuery) -> DifferentTerms:
    found = evaluate(node, of)
    match found:
        case NumberSql():
            figure = settled(found)
            value = of.keep(figure.lo)
            known = t.is_known(value) if figure.exact else t.surely(t.same(value, of.keep(figure.hi)))
        case ConditionSql(holds):
            value = of.keep(t.choose((holds, 1.0), (t.negated(holds), 0.0)))
            known = t.is_known(value)
        case TextSql(written):
            value = of.keep(written)
            known = t.is_known(value)
    asked = t.constant(True) if found.na is None else _asked(found.na)
    return DifferentTerms(value, known, *_counting(scope, asked, _perhaps_void(node, of), of))


def _asked(na: Sql) -> Sql:
    return t.either(t.same(na, 0), t.same(na, NOT_LAID_DOWN))


def summed_terms(node: Node, scope: ConditionSql, of: RecordQuery) -> SummedTerms:
    value = settled(number(node, of))
    lo = of.keep(value.lo)
    hi = lo if value.exact else of.keep(value.hi)
    possible = _possible(node, of)
    asked = t.constant(True)
    if value.na is not None:
        asked = _asked(value.na)
    least = min(value.least, possible.least if possible.known else -math.inf)
    if value.value is not None:
        low = high = lo
    else:
        low = of.keep(t.first_known(lo, possible.lo, *(() if possible.known else (t.number(-math.inf),))))
        high = of.keep(t.first_known(hi, possible.hi, *(() if possible.known else (t.number(math.inf),))))
    inside, doubtful = _counting(scope, asked, _perhaps_void(node, of), of)
    blank = t.constant(False) if value.value is not None else t.is_null(lo)
    return SummedTerms(low, high, blank, inside, doubtful, least, value.value is not None)


def truth_terms(node: Node, scope: ConditionSql, of: RecordQuery) -> TruthTerms:
    value = truth(node, of)
    holds = of.keep(value.holds)
    value = ConditionSql(holds, None if value.na is None else of.keep(value.na))
    names = names_in(node)
    fields = [of.dictionary.fields.get(name) for name in names]
    if len(names) > 1 and any(one is not None and one.is_number and one.type != "truth" for one in fields):
        of.bounded = True
        again = truth(node, of).holds
        of.bounded = False
        open_ = t.both(t.is_null(holds), t.negated(value.void), of.some_known(names))
        holds = of.keep(t.choose((open_, again), default=holds))
    asked = t.negated(value.void)
    inside, doubtful = _counting(scope, asked, _perhaps_void(node, of), of)
    return TruthTerms(holds, inside, doubtful)


def _counting(scope: ConditionSql, asked: Sql, perhaps_void: Sql, of: RecordQuery) -> tuple[Sql, Sql]:
    """Who counts for certain, and who may."""
    inside = t.both(t.surely(scope.holds), asked, t.negated(perhaps_void))
    if t.is_true(scope.holds):
        return of.keep(inside), of.keep(t.both(asked, perhaps_void))
    not_out = t.either(scope.holds, t.is_null(scope.holds))
    inside = of.keep(inside)
    return inside, of.keep(t.both(not_out, asked, t.negated(inside)))


def _possible(node: Node, of: RecordQuery) -> NumberSql:
    """Between which two numbers the expression lies where it is not known."""
    of.bounded = True
    found = settled(number(node, of))
    of.bounded = False
    return found


def _perhaps_void(node: Node, of: RecordQuery) -> Sql:
    """Of which records the question may not arise: what they divide by is not known, and may be 0."""
    found = []
    for below in divisors_in(node):
        value, possible = number(below, of), _possible(below, of)
        unknown = t.is_null(value.lo) if value.exact else t.either(t.is_null(value.lo), t.differs(value.lo, value.hi))
        sure = t.surely(t.either(t.more(possible.lo, 0), t.less(possible.hi, 0)))
        found.append(t.both(unknown, t.negated(sure)))
    return of.keep(t.either(*found)) if found else t.constant(False)
