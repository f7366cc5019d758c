"""Groups of records, with blanks kept as bounds: aggregates as ``checking.groups`` works them out, in SQL."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from msgspec import Struct, field
from sqlglot import exp

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Call
from communitycheck.model.expression.values import ZERO_DENOMINATOR
from communitycheck.products.sql.groups.group_terms import SummedTerms, different_terms, summed_terms, truth_terms
from communitycheck.products.sql.groups.quotients import Quotients
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.operands import ConditionSql, NumberSql, Operand, TextSql
from communitycheck.products.sql.language.steps import Steps
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.record_query import RecordQuery
from communitycheck.products.sql.refusals import NotCovered


class GroupCounts(Struct):
    """What a reader counts beside a rate: numerator, denominator and the records that are not known."""

    numerator: Sql
    denominator: Sql
    blanks: Sql


class GroupQuery(Struct):
    """The groups of one level. Names are levels of their own regions; aggregates run over the records of each.

    Attributes:
        keys: the columns of the records by which they are grouped, with the name that each goes by.
        scope: who counts, for the rule that is put into SQL just now; ``plausible`` is its range in each record.
        sums: what is summed up over each group, by the name of its column; ``steps`` what is worked out from that.
        counts: of the aggregates of the rule, in their order.
    """

    query: RecordQuery
    keys: dict[str, Sql]
    steps: Steps = field(default_factory=lambda: Steps("g"))
    sums: dict[str, Sql] = field(default_factory=dict)
    scope: ConditionSql = field(default_factory=lambda: ConditionSql(t.constant(True)))
    plausible: tuple[float | None, float | None] | None = None
    bounded: bool = False
    counts: dict[Call, GroupCounts] = field(default_factory=dict)
    _names: dict[Sql, str] = field(default_factory=dict)

    @property
    def records(self) -> RecordQuery:
        return self.query

    @property
    def as_of(self) -> date:
        return self.records.as_of

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is tried leaves nothing behind where it is refused."""
        steps, sums, names = self.steps.copied(), dict(self.sums), dict(self._names)
        try:
            with self.records.trial():
                yield
        except NotCovered:
            self.steps, self.sums, self._names = steps, sums, names
            raise

    def keep(self, expression: Sql) -> Sql:
        return self.steps.keep(expression)

    def summed(self, value: Sql) -> Sql:
        """A column with an aggregate of SQL over each group."""
        if value not in self._names:
            self._names[value] = f"a{len(self._names) + 1}"
            self.sums[self._names[value]] = value
        return t.column(self._names[value])

    def total(self, value: Sql) -> Sql:
        return self.summed(t.total(value))

    def counted(self, condition: Sql) -> Sql:
        return self.summed(t.counted(condition))

    # --- what names and other rules mean

    def field(self, name: str) -> Operand:
        if name not in REGION_LEVELS or name not in self.keys:
            raise NotCovered("outside-aggregate", field=name)
        return TextSql(t.column(name))

    def ends_with(self, value: Sql, end: str) -> Sql:
        return self.records.ends_with(value, end)

    def is_blank(self, name: str) -> Sql:
        raise NotCovered("outside-aggregate", field=name)

    def unusable(self, names: tuple[str, ...]) -> Sql:
        return t.constant(False)

    def has_column(self, name: str) -> bool:
        return self.records.has_column(name)

    def meets(self, rules: tuple[str, ...]) -> ConditionSql:
        raise NotCovered("outside-aggregate", field="meets")

    # --- aggregates

    def aggregate(self, call: Call) -> NumberSql:
        match call.function:
            case "count" if not call.arguments:
                return self._count_all(call)
            case "count":
                return self._count(call)
            case "share":
                return self._share(call)
            case "sum":
                return self._sum(call)
            case "mean" if len(call.arguments) == 1:
                return self._quotient(call, None)
            case "distinct":
                return self._distinct(call)
            case "lowest" | "highest":
                return self._end(call)
            case name:
                raise NotCovered("function", function=name)

    def quotient(self, above: Call, below: Call) -> NumberSql:
        return self._quotient(above, below)

    def _note(self, call: Call, numerator: Sql, denominator: Sql, blanks: Sql) -> None:
        self.counts.setdefault(call, GroupCounts(numerator, denominator, blanks))

    def _count_all(self, call: Call) -> NumberSql:
        holds = self.scope.holds
        low, doubtful = self.counted(t.surely(holds)), self.counted(t.is_null(holds))
        if t.is_true(holds):
            low, doubtful = self.counted(t.constant(True)), t.double(0.0)
        self._note(call, low, low, doubtful)
        high = low if t.is_true(holds) else self.keep(t.plus(low, doubtful))
        return NumberSql(low, high, None, 0.0, 1e15, known=True)

    def _count(self, call: Call) -> NumberSql:
        x = truth_terms(call.arguments[0], self.scope, self.records)
        low, maybe = self.counted(t.surely(t.both(x.inside, x.holds))), self.counted(x.maybe)
        high = self.keep(t.plus(low, maybe))
        self._note(call, low, self.counted(t.surely(self.scope.holds)), self.counted(x.open))
        return NumberSql(low, high, None, 0.0, 1e15, known=True)

    def _share(self, call: Call) -> NumberSql:
        x = truth_terms(call.arguments[0], self.scope, self.records)
        yes, maybe = self.counted(t.surely(t.both(x.inside, x.holds))), self.counted(x.maybe)
        counted, open_ = self.counted(x.inside), self.counted(x.open)
        not_yes = self.counted(t.both(x.doubtful, t.negated(t.surely(x.holds))))
        not_no = self.counted(t.both(x.doubtful, t.negated(t.surely(t.negated(x.holds)))))
        nobody = t.same(counted, 0)
        unsure, void = t.both(nobody, t.more(open_, 0)), t.both(nobody, t.same(open_, 0))

        def part(above: Sql, more: Sql) -> Sql:
            whole = exp.Nullif(this=t.plus(counted, more), expression=exp.Literal.number(0))
            return t.over(above, whole)

        low = self.keep(t.choose((unsure, 0.0), default=part(yes, not_yes)))
        high = self.keep(t.choose((unsure, 1.0), default=part(t.plus(yes, maybe), not_no)))
        self._note(call, yes, counted, open_)
        return NumberSql(low, high, t.choose((void, t.whole(ZERO_DENOMINATOR)), default=t.whole(0)), 0.0, 1.0)

    def _sum(self, call: Call) -> NumberSql:
        x = summed_terms(call.arguments[0], self.scope, self.records)
        zero = t.double(0.0)
        none, some = (zero, x.high) if x.least >= 0 else (t.smaller(x.low, zero), t.larger(x.high, zero))
        low = self.total(t.choose((x.inside, x.low), (x.doubtful, none), default=0.0))
        high = self.total(t.choose((x.inside, x.high), (x.doubtful, some), default=0.0))
        self._note(call, self._known_sum(x), self.counted(x.inside), self._gaps(x))
        return NumberSql(low, high, None, 0.0 if x.least >= 0 else -math.inf, math.inf, known=True)

    def _known_sum(self, x: SummedTerms) -> Sql:
        return self.total(t.choose((t.both(x.inside, t.negated(x.blank)), x.low), default=0.0))

    def _gaps(self, x: SummedTerms) -> Sql:
        return self.counted(t.either(t.both(x.inside, x.blank), x.doubtful))

    def _quotient(self, above: Call, below: Call | None) -> NumberSql:
        x = summed_terms(above.arguments[0], self.scope, self.records)
        y = None if below is None else summed_terms(below.arguments[0], self.scope, self.records)
        made = Quotients(self, x, y, self.plausible if below is not None else None)
        found = made.value()
        self._note(above, made.numerator, made.denominator, made.blanks)
        return found

    def _distinct(self, call: Call) -> NumberSql:
        """How many different values: a blank may hold one of the known ones or another."""
        x = different_terms(call.arguments[0], self.scope, self.records)
        anybody = t.either(x.inside, x.doubtful)
        counted = self.counted(x.inside)
        least, most = (
            self.summed(exp.cast(exp.Count(this=exp.Distinct(expressions=[t.choose((among, x.value))])), t.DOUBLE))
            for among in (t.both(x.inside, x.known), t.both(anybody, x.known))
        )
        some = t.choose((t.more(counted, 0), 1.0), default=0.0)
        low = self.keep(t.larger(least, self.keep(some)))
        high = self.keep(t.plus(most, self.counted(t.both(anybody, t.negated(x.known)))))
        self._note(call, low, counted, self.counted(t.either(t.both(x.inside, t.negated(x.known)), x.doubtful)))
        return NumberSql(low, high, None, 0.0, 1e15, known=True)

    def _end(self, call: Call) -> NumberSql:
        """The lowest or the highest."""
        x = summed_terms(call.arguments[0], self.scope, self.records)
        make = exp.Min if call.function == "lowest" else exp.Max
        certain, anybody = x.inside, t.either(x.inside, x.doubtful)
        counted, doubtful = self.counted(certain), self.counted(x.doubtful)

        def end(value: Sql, among: Sql) -> Sql:
            nobody = t.is_false(among)  # a bare NULL would be text on PostgreSQL
            return self.summed(make(this=t.unknown_number() if nobody else t.choose((among, value))))

        low = end(x.low, anybody if call.function == "lowest" else certain)
        high = end(x.high, certain if call.function == "lowest" else anybody)
        some = t.more(counted, 0)
        low, high = (self.keep(t.choose((some, side))) for side in (low, high))
        void = t.both(t.same(counted, 0), t.same(doubtful, 0))
        self._note(call, t.unknown_number(), counted, self._gaps(x))
        na = t.choose((void, t.whole(ZERO_DENOMINATOR)), default=t.whole(0))
        return NumberSql(low, high, na, x.least, math.inf)
