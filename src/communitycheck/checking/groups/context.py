"""Aggregates over groups of records, with blanks kept as bounds.

A sum with a blank under it is at least the sum of what is known (numbers in returns are not negative unless the
dictionary says so) and at most unbounded; a share with blanks lies between all of them failing and all of them
passing. A record of which it is not known whether it counts may count or not. What passes either way passes; what fails
either way fails.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import partial

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.evaluation.certain import certain_truth, perhaps_void, possible_numbers
from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate, number
from communitycheck.checking.evaluation.items import ItemsPresent
from communitycheck.checking.groups.breakdown import CAUSES, Breakdown, Taken, Truths
from communitycheck.checking.groups.distinct import as_numbers, exact, how_many, one_of_each
from communitycheck.checking.groups.grouping import Grouping
from communitycheck.checking.groups.listed import Members, in_lists, listed, one_by_one, rows_unread
from communitycheck.checking.groups.positions import PLACES, at_place, outermost
from communitycheck.checking.groups.quotients import Quotient, Terms, both, quotient
from communitycheck.checking.groups.so_far import ContinuedSums, RowColumns
from communitycheck.checking.groups.weighted import products, weighted_mean
from communitycheck.checking.repeated.once import Once
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Binary, Call, Name, Node, Number, compared_in, names_in, truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Value
from communitycheck.model.result import GapCause
from communitycheck.model.table import Bools, Floats, Ints


class GroupContext(Struct):
    """Names are parameters, or levels of the groups' own regions; aggregates run over the records of each group.

    ``scope`` says which records the rule's ``where`` takes in: ``yes``, ``no``, or unknown. ``plausible`` is the range
    of a quotient of two sums in each single record. ``breakdowns`` collects what each aggregate was worked out from.
    ``added``: field -> what is added to its sum in each group, to see what more of it would do. ``again`` marks records
    of subjects that others count for. ``sums`` is what the groups came to before, where their records come some at a
    time.
    """

    records: RecordContext
    grouping: Grouping
    scope: Tru
    plausible: tuple[float | None, float | None] | None = None
    breakdowns: list[tuple[Call, Breakdown]] = field(default_factory=list)
    added: dict[str, Floats] = field(default_factory=dict)
    once: Once | None = None
    where: Node | None = None
    behind: Callable[[Node], tuple[str, ...]] = names_in
    again: Bools | None = None
    bounded: bool = False
    sums: ContinuedSums | None = None
    _sums: dict[Call, tuple[Num, Breakdown]] = field(default_factory=dict)
    _quotients: dict[tuple[Call, Call | None], tuple[Quotient, Breakdown]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        records: RecordContext,
        grouping: Grouping,
        taken: Taken,
        plausible: tuple[float | None, float | None] | None = None,
    ) -> GroupContext:
        """The groups of ``records``, each subject counted once."""
        once = None if taken.once is None else taken.once.within(grouping.codes)
        if once is None:
            return cls(records, grouping, taken.scope, plausible, where=taken.where, behind=taken.behind)
        scope, again = once.scope(taken.where, taken.scope), once.again & ~taken.scope.no
        found = cls(records, grouping, scope, plausible, once=once, where=taken.where, behind=taken.behind)
        found.again = again
        return found

    def alone(self, members: Ints, grouping: Grouping) -> GroupContext:
        """Some of the records as one group."""
        scope = self.scope
        few = Tru(scope.yes[members], scope.no[members], None if scope.na is None else scope.na[members])
        once = None if self.once is None else self.once.picked(members)
        found = GroupContext(self.records.picked(members), grouping, few, self.plausible, once=once)
        found.where, found.behind = self.where, self.behind
        found.again = None if self.again is None else self.again[members]
        return found

    def __len__(self) -> int:
        return len(self.grouping)

    @property
    def as_of(self) -> date:
        return self.records.as_of

    def field(self, name: str) -> Value:
        if name not in REGION_LEVELS:
            raise TypeError(f"field {name} outside an aggregate")
        return self.grouping.named(name)

    def written(self, name: str) -> Value:
        return self.field(name)

    def is_blank(self, name: str) -> Tru:
        raise TypeError(f"is_blank({name}) outside an aggregate")

    def is_valid(self, name: str) -> Tru:
        raise TypeError(f"is_valid({name}) outside an aggregate")

    def among_all(self, call: Call, worked_out: Callable[[RecordContext], Value]) -> Value:
        raise TypeError(f"{call.function} outside an aggregate")

    def above(self, name: str) -> Value:
        raise TypeError(f"above({name}) outside an aggregate")

    def previous(self, name: str) -> Value:
        raise TypeError(f"previous({name}) outside an aggregate")

    def is_listed(self, name: str, entity: str, field: str) -> Tru:
        raise TypeError(f"exists_in({name}) outside an aggregate")

    def items_present(self, name: str, wanted: tuple[str, ...]) -> ItemsPresent:
        """How many of the items the records of each group name together. A record of a subject that another counts for
        may name one as well."""
        again = np.zeros(self.scope.yes.shape, bool) if self.again is None else self.again
        members = Members(self.grouping.codes, len(self), self.scope.yes, (~self.scope.no & ~self.scope.yes) | again)
        records, dictionary = self.records.records, self.records.dictionary
        sheets = records.table.sheet_of[records.rows(np.arange(len(records), dtype=np.int32))]
        unread = rows_unread(records.table.sheets, sheets, members)
        field = dictionary.fields.get(name)
        lists = field is not None and field.type == "items"
        named = in_lists(wanted) if lists else one_by_one(wanted, dictionary.named_by(name))
        found = listed(self.records.field(name), wanted, named, members, unread, len(wanted) if lists else 1)
        gaps = self._gaps(Name(name), Name(name), found.open, None)
        gaps[:, GapCause.UNREADABLE] += unread
        every = np.full(len(self), float(len(wanted)))
        self._note(Call("distinct", (Name(name),)), Breakdown((found.number.lo, found.number.hi), every, gaps, every))
        return found.number, found.missing

    def unusable(self, node: Node) -> None:
        """Of a group no cell is looked at: what its aggregates make of blanks is bounded."""

    def without_column(self, names: Iterable[str]) -> Bools:
        """Columns belong to the table, so that a group has one where any of its records could."""
        table = self.records.records.table
        return np.full(len(self), not any(name in table.columns for name in names))

    def meets(self, rules: tuple[str, ...]) -> Tru:
        raise TypeError("meets outside an aggregate")

    def parameter(self, name: str) -> float | None:
        return self.records.parameter(name)

    def total(self, weights: v.Array, *key: Hashable) -> Floats:
        """Sum of ``weights`` over each group; ``key`` is what it goes by where records come some at a time."""
        codes = self.grouping.codes
        weights = np.broadcast_to(np.asarray(weights, dtype=np.float64), codes.shape)
        if (codes < 0).any():
            codes, weights = codes[codes >= 0], weights[codes >= 0]
        if self.sums is not None:
            return self.sums.total(key, weights, codes, len(self.grouping))
        return np.bincount(codes, weights=weights, minlength=len(self.grouping)).astype(np.float64, copy=False)

    def aggregate(self, call: Call) -> Value:
        match call.function:
            case "count" if not call.arguments:
                doubtful = ~self.scope.yes & ~self.scope.no
                low, high = self.total(self.scope.yes, "inside"), self.total(~self.scope.no, "members")
                return self._bounds(call, low, high, self._gaps(call, None, doubtful, None))
            case "count":
                found = self._truths(call)
                return self._bounds(call, found.yes, found.yes + found.maybe, found.gaps)
            case "share":
                return self._share(call)
            case "sum":
                return self._sum(call)
            case "mean" if len(call.arguments) > 1:
                return self._weighted(call)
            case "mean":
                return self._quotient(call, None)
            case "distinct":
                return self._distinct(call)
            case _:
                return self._at_place(call)

    def quotient(self, above: Call, below: Call) -> Num:
        """``sum(x) / sum(y)`` over the records that both can be asked of.

        Where each record's x / y is known to lie within a range, a blank x is bounded by its own y, and the reverse, so
        that one blank does not open the whole ratio.
        """
        return self._quotient(above, below)

    def _note(self, call: Call, breakdown: Breakdown) -> None:
        """Keep what the aggregate was worked out from, once."""
        if all(call != known for known, _ in self.breakdowns):
            self.breakdowns.append((call, breakdown))

    def _truths(self, call: Call) -> Truths:
        """For each group, in how many records what is counted is true, false or unknown."""
        (node,) = call.arguments
        value = certain_truth(node, self.records, self._looked_at())
        shape = self.scope.yes.shape
        asked = every = np.broadcast_to(~truths.does_not_apply(value), shape)
        yes, no, differ = value.yes, value.no, None
        if self.once is not None:
            yes, no = np.broadcast_to(yes, shape).copy(), np.broadcast_to(no, shape).copy()
            agreed = self.once.truths(node, yes, no, asked)
            every, asked, differ = agreed.asked, agreed.perhaps, agreed.differ
        every = every & ~perhaps_void(node, self.records, asked & self._looked_at())
        inside, outside = self.scope.yes & every, self.scope.no | ~asked
        perhaps_inside = ~inside & ~outside
        unknown = inside & ~yes & ~no
        return Truths(
            yes=self.total(inside & yes, call, "yes"),
            maybe=self.total(unknown | (perhaps_inside & ~no), call, "maybe"),
            counted=self.total(inside, call, "counted"),
            perhaps_not_yes=self.total(perhaps_inside & ~yes, call, "perhaps_not_yes"),
            perhaps_not_no=self.total(perhaps_inside & ~no, call, "perhaps_not_no"),
            gaps=self._gaps(call, node, unknown | perhaps_inside, differ),
        )

    def _looked_at(self) -> Bools:
        """The records that count, or that another of their subject counts for."""
        counting = ~self.scope.no
        return counting if self.once is None else counting | self.once.again

    def _gaps(self, call: Node, node: Node | None, unknown: Bools, differ: Bools | None) -> Floats:
        """How many records of each group are not known, a column a ``GapCause``.

        Args:
            call: what they are counted for, ``node`` what is asked of each.
            differ: records that count, of whose subject others say something else.
        """
        found = np.zeros((len(self), len(GapCause)))
        if self.once is not None:
            repeated = self.once.doubtful & ~self.scope.no
            repeated |= self.scope.yes & differ if differ is not None else False
            found[:, GapCause.REPEATED] = self.total(repeated, call, GapCause.REPEATED)
            unknown = unknown & ~repeated
        if self.sums is None and not unknown.any():
            return found
        names = [name for part in (node, self.where) if part is not None for name in self.behind(part)]
        for cause, states in CAUSES:
            hit = unknown & self.records.in_state(names, *states)
            found[:, cause] = self.total(hit, call, cause)
            unknown = unknown & ~hit
        for name in () if node is None else compared_in(node):
            hit = unknown & self.records.unpaired(name)
            found[:, GapCause.UNPAIRED] += self.total(hit, call, GapCause.UNPAIRED, name)
            unknown = unknown & ~hit
        found[:, GapCause.BLANK] = self.total(unknown, call, GapCause.BLANK)
        return found

    def _share(self, call: Call) -> Num:
        found = self._truths(call)
        most, at_worst = found.yes + found.maybe, found.counted + found.perhaps_not_yes
        # Who may or may not count: at worst those do that have it not, at best those that have it.
        with v.unknown_numbers():
            low = found.yes / at_worst
            high = most / (found.counted + found.perhaps_not_no)
        blanks = found.gaps.any(axis=1)
        unsure = (found.counted == 0) & blanks  # perhaps nobody counts at all
        low, high = np.where(unsure, 0.0, low), np.where(unsure, 1.0, high)
        nobody = (found.counted == 0) & ~unsure
        na = np.where(nobody, np.uint8(v.ZERO_DENOMINATOR), np.uint8(0)) if nobody.any() else None
        self._note(call, Breakdown((found.yes, most), found.counted, found.gaps, at_worst))
        return Num(low, low, na) if not blanks.any() else Num(low, high, na)

    def _terms(self, node: Node, *, apart: bool = False) -> Terms:
        """The argument of an aggregate in each record.

        Args:
            apart: it is summed, so that a record that may be of another's subject or not adds its own figure.
        """
        return self._bounded(node, number(node, self.records), apart=apart)

    def _bounded(self, node: Node, value: Num, *, apart: bool = False, blanks_differ: bool = False) -> Terms:
        """The value of ``node`` in each record, of one subject that of all its records.

        Args:
            blanks_differ: a blank stays one, in place of a number within bounds.
        """
        shape, value = self.scope.yes.shape, v.settled(value)
        low = np.broadcast_to(value.lo, shape)
        high = low if value.exact else np.broadcast_to(value.hi, shape)
        asked = every = np.ones(shape, bool)
        if value.na is not None:  # a sum of limits that leaves out whom none is laid down for would be held against all
            asked = every = np.broadcast_to((value.na == 0) | (value.na == v.NOT_LAID_DOWN), shape)
        blank = np.isnan(low)
        places = np.flatnonzero(blank & asked & self._looked_at()).astype(np.int32)
        if len(places):
            low, high = low.copy(), high.copy()
            low[places], high[places] = (
                (-np.inf, np.inf) if blanks_differ else possible_numbers(node, self.records, places)
            )
        differ = None
        if self.once is not None:
            low, high, blank = low.copy(), high.copy(), blank & asked
            agreed = self.once.numbers(node, low, high, blank, asked, apart=apart)
            every, asked, differ = agreed.asked, agreed.perhaps, agreed.differ
            if np.array_equal(low, high, equal_nan=True):
                high = low
        inside = self.scope.yes & every & ~perhaps_void(node, self.records, asked & self._looked_at())
        return Terms(low, high, blank, inside, ~inside & ~self.scope.no & asked, differ)

    def _sum(self, call: Call) -> Num:
        if call not in self._sums:
            self._sums[call] = self._summed(call)
        total, breakdown = self._sums[call]
        self._note(call, breakdown)
        more = self._more(call)
        return total if isinstance(more, float) else v.add(total, Num(more, more))

    def _summed(self, call: Call) -> tuple[Num, Breakdown]:
        x = self._terms(call.arguments[0], apart=True)
        known = x.inside & ~x.blank
        low, high = self._ends(x, known, call, "known")
        gaps = self._gaps(call, call.arguments[0], (x.inside & x.blank) | x.doubtful, x.differ)
        counted = self.total(x.inside, call, "counted")
        breakdown = Breakdown((low, high), counted, gaps, counted)
        if self.sums is None and not gaps.any():
            return Num(low, high), breakdown
        least = np.where(x.inside, x.low, np.where(x.doubtful, np.minimum(x.low, 0.0), 0.0))
        most = np.where(x.inside, x.high, np.where(x.doubtful, np.maximum(x.high, 0.0), 0.0))
        ends = self.total(least, call, "least"), self.total(most, call, "most")
        return Num(low, high) if not gaps.any() else Num(*ends), breakdown

    def _ends(self, x: Terms, among: Bools, *key: Hashable) -> tuple[Floats, Floats]:
        """The sums of both ends over some of the records; one array where they are the same."""
        low = self.total(np.where(among, x.low, 0.0), *key, "low")
        if self.sums is None and x.high is x.low:
            return low, low
        high = self.total(np.where(among, x.high, 0.0), *key, "high")
        return low, low if self.sums is not None and np.array_equal(low, high, equal_nan=True) else high

    def _more(self, call: Call | None) -> Floats | float:
        """What is added to the sum in each group."""
        argument = None if call is None else call.arguments[0]
        return self.added.get(argument.name, 0.0) if isinstance(argument, Name) else 0.0

    def _quotient(self, above: Call, below: Call | None) -> Num:
        """One sum divided by another, or (where ``below`` is None) by how many records it runs over."""
        if (above, below) not in self._quotients:
            self._quotients[above, below] = self._divided(above, below)
        found, breakdown = self._quotients[above, below]
        self._note(above, breakdown)
        return found.value(self._more(above), self._more(below))

    def _divided(self, above: Call, below: Call | None) -> tuple[Quotient, Breakdown]:
        x = self._terms(above.arguments[0])
        one = np.ones(x.low.shape)
        nowhere = np.zeros(x.low.shape, bool)
        y = (
            Terms(one, one, nowhere, x.inside, x.doubtful, x.differ)
            if below is None
            else self._terms(below.arguments[0])
        )
        least, most = self.plausible or (None, None)
        ends = None if most is None or below is None else (least, most)
        of = Binary("/", above, below or Call("count", ()))

        def total(weights: Floats, what: str) -> Floats:
            return self.total(weights, of, what)

        held = None if self.sums is None else partial(self.sums.rows, (of, "doubtful"))
        found = quotient(x, y, self.grouping.codes, total, ends, held)
        inside, doubtful = both(x, y)
        differ = x.differ if x.differ is None or y.differ is None else x.differ | y.differ
        node = above.arguments[0] if below is None else Binary("/", above.arguments[0], below.arguments[0])
        gaps = self._gaps(above if below is None else of, node, (inside & (x.blank | y.blank)) | doubtful, differ)
        if self.sums is None and not gaps.any():
            return found, Breakdown((found.above.lo, found.above.hi), found.below.lo, gaps, found.below.lo)
        known = inside & ~x.blank & ~y.blank
        low, high = self._ends(x, known, of, "known")
        base = self.total(np.where(known, y.low, 0.0), of, "known base")
        if not gaps.any():
            return found, Breakdown((found.above.lo, found.above.hi), found.below.lo, gaps, found.below.lo)
        return found, Breakdown((low, high), base, gaps, base)

    def _at_place(self, call: Call) -> Num:
        """A figure by its place in order: the lowest, the median..."""
        node, *more = call.arguments
        place = more[0].value / 100 if more and isinstance(more[0], Number) else PLACES[call.function]
        x = self._terms(node)
        found = at_place(*self._held(call, x, partial(outermost, place=place)), len(self), place)
        gaps = self._gaps(call, node, (x.inside & x.blank) | x.doubtful, x.differ)
        counted = self.total(x.inside, call, "counted")
        none = np.full(len(self), np.nan)  # nothing was summed up
        self._note(call, Breakdown((none, none), counted, gaps, counted))
        return found

    def _held(self, call: Call, x: Terms, lessened: Callable[[RowColumns], RowColumns]) -> tuple[Terms, Ints]:
        """The records that are looked at one by one with their groups, and those before that make a difference."""
        codes = self.grouping.codes
        if self.sums is None:
            return x, codes
        some = np.flatnonzero((x.inside | x.doubtful) & (codes >= 0))
        columns = tuple(one[some] for one in (codes, x.low, x.high, x.blank, x.inside, x.doubtful))
        codes, low, high, *marks = self.sums.rows((call, "held"), columns, lessened)
        return Terms(low, low if np.array_equal(low, high) else high, *marks), codes

    def _distinct(self, call: Call) -> Num:
        (node,) = call.arguments
        numbers = None if self.sums is None else self.sums.numbers
        x = self._bounded(node, as_numbers(evaluate(node, self.records), numbers), blanks_differ=True)
        low, high = how_many(*self._held(call, x, one_of_each), len(self))
        gaps = self._gaps(call, node, (x.inside & ~exact(x)) | x.doubtful, x.differ)
        counted = self.total(x.inside, call, "counted")
        self._note(call, Breakdown((low, high), counted, gaps, counted))
        return Num(low, low) if np.array_equal(low, high) else Num(low, high)

    def _weighted(self, call: Call) -> Num:
        x, weight = map(self._terms, call.arguments)
        found = weighted_mean(x, weight, self.grouping.codes, len(self))
        inside, blank = x.inside & weight.inside, x.blank | weight.blank
        differ = x.differ if x.differ is None or weight.differ is None else x.differ | weight.differ
        gaps = self._gaps(call, Binary("*", *call.arguments), (inside & blank) | x.doubtful | weight.doubtful, differ)
        known = inside & ~blank
        base = self.total(np.where(known, weight.low, 0.0))
        low, high = (self.total(products(end, np.where(known, weight.low, 0.0))) for end in (x.low, x.high))
        self._note(call, Breakdown((low, high), base, gaps, base))
        return found

    def _bounds(self, call: Call, low: Floats, high: Floats, gaps: Floats) -> Num:
        counted = self.total(self.scope.yes, "inside")
        self._note(call, Breakdown((low, high), counted, gaps, counted))
        return Num(low, low) if np.array_equal(low, high) else Num(low, high)
