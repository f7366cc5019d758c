"""One sum over a group divided by another, or by how many records it runs over, with blanks as bounds.

Of records of which nobody knows whether they count, those are taken that pull the quotient furthest: in the order of
their own quotients, from the first to each of them, one of these is the largest there can be.
"""

from __future__ import annotations

import math
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from communitycheck.products.sql.groups.group_terms import SummedTerms
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.arithmetic import divide
from communitycheck.products.sql.language.operands import NumberSql
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.refusals import NotCovered

_HAIR = 1e-8  # by how much, relative to it, an end lies off that is not reached


class RecordColumns(Protocol):
    """Where columns of single records are worked out."""

    def keep(self, expression: Sql) -> Sql: ...


class GroupSums(Protocol):
    """What is summed up over groups, and worked out from that (``GroupQuery``)."""

    keys: dict[str, Sql]
    sums: dict[str, Sql]

    @property
    def records(self) -> RecordColumns: ...

    def keep(self, expression: Sql) -> Sql: ...

    def summed(self, value: Sql) -> Sql: ...

    def total(self, value: Sql) -> Sql: ...

    def counted(self, condition: Sql) -> Sql: ...


class Quotients(Struct):
    """The quotient of two sums over each group of ``groups``.

    ``plausible`` is the range of x / y in each record: a blank x is bounded by its own y, and the reverse.
    """

    groups: GroupSums
    x: SummedTerms
    y: SummedTerms | None
    plausible: tuple[float | None, float | None] | None

    @property
    def _inside(self) -> Sql:
        return self.x.inside if self.y is None else t.both(self.x.inside, self.y.inside)

    @property
    def _doubtful(self) -> Sql:
        """Who may count on both sides, and does not for certain."""
        if self.y is None:
            return self.x.doubtful
        sides = [t.either(one.inside, one.doubtful) for one in (self.x, self.y)]
        return t.both(*sides, t.negated(self._inside)) if not self._nobody_doubtful else t.constant(False)

    @property
    def _nobody_doubtful(self) -> bool:
        return self.x.nobody_doubtful and (self.y is None or self.y.nobody_doubtful)

    @property
    def _blank(self) -> Sql:
        return self.x.blank if self.y is None else t.either(self.x.blank, self.y.blank)

    @property
    def numerator(self) -> Sql:
        known = t.both(self._inside, t.negated(self._blank))
        return self.groups.total(t.choose((known, self.x.low), default=0.0))

    @property
    def denominator(self) -> Sql:
        known = t.both(self._inside, t.negated(self._blank))
        if self.y is None:
            return self.groups.counted(known)
        return self.groups.total(t.choose((known, self.y.low), default=0.0))

    @property
    def blanks(self) -> Sql:
        return self.groups.counted(t.either(t.both(self._inside, self._blank), self._doubtful))

    def value(self) -> NumberSql:
        groups, keep = self.groups, self.groups.records.keep
        inside, doubtful = keep(self._inside), keep(self._doubtful)
        one = t.double(1.0)
        ends = [(self.x.low, self.x.high), (one, one) if self.y is None else (self.y.low, self.y.high)]
        within: tuple[float, float] | None = None
        open_ = t.constant(False)
        if self.plausible is not None and self.plausible[1] is not None and self.y is not None:
            if self.x.least < 0 or self.y.least < 0:
                raise NotCovered("signed-bounds")
            within = (0.0 if self.plausible[0] is None else self.plausible[0], self.plausible[1])
            ends = self._narrowed(within)
            neither = keep(t.both(self.x.blank, self.y.blank, t.either(inside, doubtful)))
            open_ = t.more(groups.counted(neither), 0)
            inside, doubtful = (keep(t.both(one_, t.negated(neither))) for one_ in (inside, doubtful))
        sums = []
        for at, (low, high) in enumerate(ends):
            terms = (self.x, self.y)[at]
            lo = groups.total(t.choose((inside, low), default=0.0))
            exact = terms is None or terms.exact
            hi = lo if exact else groups.total(t.choose((inside, high), default=0.0))
            least = 0.0 if terms is None or terms.least >= 0 else -math.inf
            sums.append(NumberSql(lo, hi, None, least, math.inf if terms is not None else 1e15, known=True))
        found = divide(sums[0], sums[1], groups.keep)
        if not self._nobody_doubtful:
            found = self._with_doubtful(found, sums, ends, doubtful)
        return found if within is None else self._drawn(found, open_, within)

    def _narrowed(self, within: tuple[float, float]) -> list[tuple[Sql, Sql]]:
        """Bounds of blanks that the figure beside them leaves, where their quotient lies in the range."""
        least, most = within
        if least < 0:
            raise NotCovered("signed-bounds")
        x, y, keep = self.x, self.y, self.groups.records.keep
        assert y is not None
        no_x, no_y = t.both(x.blank, t.negated(y.blank)), t.both(y.blank, t.negated(x.blank))
        x_low = (
            x.low if least == 0 else t.choose((no_x, t.larger(x.low, t.times(y.low, t.double(least)))), default=x.low)
        )
        x_high = t.choose((no_x, t.smaller(x.high, t.times(y.high, t.double(most)))), default=x.high)
        y_low, y_high = y.low, y.high
        if most > 0:
            y_low = t.choose((no_y, t.larger(y.low, t.over(x.low, t.double(most)))), default=y.low)
        if least > 0 and most > 0:
            y_high = t.choose((no_y, t.smaller(y.high, t.over(x.high, t.double(least)))), default=y.high)
        return [(keep(x_low), keep(x_high)), (keep(y_low), keep(y_high))]

    def _with_doubtful(
        self, certain: NumberSql, sums: list[NumberSql], ends: list[tuple[Sql, Sql]], doubtful: Sql
    ) -> NumberSql:
        if self.x.least < 0 or (self.y is not None and self.y.least < 0):
            raise NotCovered("signed-bounds")
        groups = self.groups
        touched = t.more(groups.counted(doubtful), 0)
        above, below = sums
        x, y = ends
        boundless = t.more(groups.counted(t.both(doubtful, t.same(x[1], math.inf))), 0)
        high = self._furthest(x[1], y[0], doubtful, above.hi, below.lo, up=True)
        low = self._furthest(x[0], y[1], doubtful, above.lo, below.hi, up=False)
        high = t.choose((boundless, math.inf), default=high)
        some = t.more(below.lo, 0)
        na = certain.na
        over = certain.over_nothing
        if over is not None:
            over = replace(
                over, some=groups.keep(t.both(over.some, t.negated(touched))),
                infinite=None if over.infinite is None else t.both(over.infinite, t.negated(touched)),
            )  # fmt: skip
        lo, hi = (
            groups.keep(t.choose((t.both(touched, some), end), (touched, exp.Null()), default=old))
            for end, old in ((low, certain.lo), (high, certain.hi))
        )
        return replace(
            certain,
            lo=lo,
            hi=hi,
            na=None if na is None else t.choose((touched, t.whole(0)), default=na),
            over_nothing=over,
        )

    def _partition(self) -> list[Sql]:
        return [key for key in self.groups.keys.values() if isinstance(key, exp.Column)]

    def _furthest(self, x: Sql, y: Sql, doubtful: Sql, above: Sql, below: Sql, *, up: bool) -> Sql:
        """The largest (or least) quotient there can be, with some of the doubtful records counted in."""
        groups, keep = self.groups, self.groups.records.keep
        own = t.choose(
            (t.negated(doubtful), -1.0 if up else math.inf),
            (t.same(y, 0), t.choose((t.more(x, 0), math.inf), default=-1.0 if up else math.inf)),
            (t.both(t.same(y, math.inf), t.same(x, math.inf)), -1.0 if up else math.inf),
            default=t.over(x, exp.Nullif(this=y, expression=exp.Literal.number(0))),
        )
        order = exp.Order(expressions=[exp.Ordered(this=keep(own), desc=up, nulls_first=False)])
        spec = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
        inside_sums = []
        for side, value in (("above", x), ("below", y)):
            taken = t.choose((doubtful, value), default=0.0)
            running = exp.Window(
                this=t.total(keep(taken)), partition_by=self._partition(),
                order=order, spec=spec,
            )  # fmt: skip
            inside_sums.append((side, keep(running)))
        raw = {"above": groups.sums[above.name], "below": groups.sums[below.name]}
        parts = []
        for side, running_ in inside_sums:
            whole = exp.Window(this=raw[side], partition_by=self._partition())
            parts.append(keep(t.plus(keep(whole), running_)))
        endless = t.both(t.same(parts[0], math.inf), t.same(parts[1], math.inf))
        divided = t.over(parts[0], exp.Nullif(this=parts[1], expression=exp.Literal.number(0)))
        candidate = keep(t.choose((t.both(doubtful, t.negated(t.surely(endless))), divided)))
        best = groups.summed((exp.Max if up else exp.Min)(this=candidate))
        base = groups.keep(t.over(above, exp.Nullif(this=below, expression=exp.Literal.number(0))))
        take = t.larger if up else t.smaller
        return t.choose((t.is_null(best), base), (t.is_null(base), best), default=take(base, best))

    def _drawn(self, found: NumberSql, open_: Sql, within: tuple[float, float]) -> NumberSql:
        """Records of which neither figure is known draw the whole to either end of the range, as large as they may be;
        an end is drawn near but never reached while one record lies off it."""
        keep, (least, most) = self.groups.keep, within
        lo, hi = keep(found.lo), keep(found.hi)
        none, near = t.is_null(lo), most * (1 - _HAIR)
        low = t.choose((t.both(open_, none), least), (open_, t.smaller(lo, t.double(least))), default=lo)
        high = t.choose((t.both(open_, none), most), (open_, t.larger(hi, t.double(near))), default=hi)
        na = None if found.na is None else t.choose((open_, t.whole(0)), default=found.na)
        over = found.over_nothing
        if over is not None:
            some = keep(t.both(over.some, t.negated(open_)))
            infinite = None if over.infinite is None else t.both(over.infinite, t.negated(open_))
            over = replace(over, some=some, infinite=infinite)
        return NumberSql(keep(low), keep(high), na, min(found.least, least), math.inf, over_nothing=over)
