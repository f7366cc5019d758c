"""Aggregates over groups of records, with blanks kept as bounds.

A sum with a blank under it is at least the sum of what is known (numbers in returns are not negative unless the
dictionary says so) and at most unbounded; a share with blanks lies between all of them failing and all of them
passing. What passes either way passes; what fails either way fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from communitycheck.checking.context import RecordContext
from communitycheck.checking.evaluate import as_truth, evaluate, number
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Name, Node
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Value
from communitycheck.model.regions import Path, levels_to, names_of, numbered
from communitycheck.model.table import Bools, Floats, Ints, Table


@dataclass(slots=True)
class Grouping:
    """Which group each record belongs to. ``codes`` run along the records; -1 belongs to none."""

    codes: Ints
    levels: list[str]
    paths: list[Path]
    region_codes: list[str]

    def __len__(self) -> int:
        return len(self.paths)


def group_by(table: Table, index: Ints, level: str) -> Grouping | None:
    """The records of ``index`` by their region at ``level``; two counties of one name in two cities stay apart.

    None where no record has a region at ``level``.
    """
    ids, paths = numbered(table, levels_to(level), index)
    order = sorted((k for k, path in enumerate(paths) if path[-1]), key=lambda k: names_of(paths[k]))
    if not order:
        return None
    rank = np.full(len(paths), -1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return Grouping(rank[ids], [level] * len(order), [paths[k] for k in order], [""] * len(order))


def whole(n: int, level: str, name: str, code: str) -> Grouping:
    """All ``n`` records as one group: a city's standard judged for that city."""
    return Grouping(np.zeros(n, dtype=np.int32), [level], [(name,)], [code])


class Breakdown(NamedTuple):
    """What an aggregate was worked out from, a figure for each group; the numerator lies between two."""

    numerator: tuple[Floats, Floats]
    denominator: Floats
    blanks: Floats


class _Truths(NamedTuple):
    """Numbers of records in each group; ``perhaps`` are those of which it is not known whether they count."""

    yes: Floats
    maybe: Floats
    counted: Floats
    perhaps_not_yes: Floats
    perhaps_not_no: Floats
    blanks: Floats


@dataclass(slots=True)
class GroupContext:
    """Names are parameters; aggregates run over the records of each group.

    ``scope`` says which records the rule's ``where`` takes in: ``yes``, ``no``, or unknown. ``breakdowns`` collects
    what each aggregate was worked out from.
    """

    records: RecordContext
    grouping: Grouping
    scope: Tru
    dictionary: Dictionary
    breakdowns: list[tuple[Call, Breakdown]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.grouping)

    def field(self, name: str) -> Value:
        raise TypeError(f"field {name} outside an aggregate")

    def is_blank(self, name: str) -> Tru:
        raise TypeError(f"is_blank({name}) outside an aggregate")

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

    def total(self, weights: v.Array) -> Floats:
        """Sum of ``weights`` over each group."""
        codes = self.grouping.codes
        weights = np.broadcast_to(np.asarray(weights, dtype=np.float64), codes.shape)
        if (codes < 0).any():
            codes, weights = codes[codes >= 0], weights[codes >= 0]
        return np.bincount(codes, weights=weights, minlength=len(self.grouping)).astype(np.float64, copy=False)

    def aggregate(self, call: Call) -> Value:
        match call.function:
            case "count" if not call.arguments:
                return self._bounds(call, self.total(self.scope.yes), self.total(~self.scope.no))
            case "count":
                found = self._truths(call.arguments[0])
                return self._bounds(call, found.yes, found.yes + found.maybe, found.blanks)
            case "share":
                return self._share(call)
            case "sum":
                return self._sum(call)
            case "mean":
                return self._mean(call)
            case _:
                raise TypeError(f"not an aggregate: {call.function}")

    def _truths(self, node: Node) -> _Truths:
        """For each group, in how many records ``node`` is true, false or unknown."""
        value = as_truth(evaluate(node, self.records))
        asked = np.broadcast_to(~v.does_not_apply(value), self.scope.yes.shape)
        inside, outside = self.scope.yes & asked, self.scope.no | ~asked
        perhaps_inside = ~inside & ~outside
        unknown = inside & ~value.yes & ~value.no
        return _Truths(
            yes=self.total(inside & value.yes),
            maybe=self.total(unknown | (perhaps_inside & ~value.no)),
            counted=self.total(inside),
            perhaps_not_yes=self.total(perhaps_inside & ~value.yes),
            perhaps_not_no=self.total(perhaps_inside & ~value.no),
            blanks=self.total(unknown | perhaps_inside),
        )

    def _share(self, call: Call) -> Num:
        found = self._truths(call.arguments[0])
        most = found.yes + found.maybe
        # Who may or may not count: at worst those do that have it not, at best those that have it.
        with np.errstate(invalid="ignore", divide="ignore"):
            low = found.yes / (found.counted + found.perhaps_not_yes)
            high = most / (found.counted + found.perhaps_not_no)
        unsure = (found.counted == 0) & (found.blanks > 0)  # perhaps nobody counts at all
        low, high = np.where(unsure, 0.0, low), np.where(unsure, 1.0, high)
        nobody = (found.counted == 0) & ~unsure
        na = np.where(nobody, np.uint8(v.ZERO_DENOMINATOR), np.uint8(0)) if nobody.any() else None
        self.breakdowns.append((call, Breakdown((found.yes, most), found.counted, found.blanks)))
        return Num(low, low, na) if not found.blanks.any() else Num(low, high, na)

    def _numbers(self, node: Node) -> tuple[Num, Bools, Bools]:
        """The argument, which records certainly count, and which are doubtful or blank."""
        value = number(node, self.records)
        low = np.broadcast_to(value.lo, self.scope.yes.shape)
        asked = np.ones(low.shape, bool) if value.na is None else np.broadcast_to(value.na == 0, low.shape)
        inside = self.scope.yes & asked
        doubtful = ~self.scope.yes & ~self.scope.no & asked
        high = low if value.exact else np.broadcast_to(value.hi, low.shape)
        return Num(low, high), inside, doubtful

    def _sum(self, call: Call) -> Num:
        value, inside, doubtful = self._numbers(call.arguments[0])
        floor, ceiling = self._range(call.arguments[0])
        blank = inside & np.isnan(value.lo)
        known = inside & ~blank
        low = self.total(np.where(known, value.lo, 0.0))
        high = low if value.exact else self.total(np.where(known, value.hi, 0.0))
        gaps = self.total(blank | doubtful)
        self.breakdowns.append((call, Breakdown((low, high), self.total(inside), gaps)))
        if not gaps.any():
            return Num(low, high)
        gap = gaps > 0
        return Num(
            np.where(gap, low + np.where(np.isinf(floor), -np.inf, gaps * min(floor, 0.0)), low),
            np.where(gap, high + (np.inf if np.isinf(ceiling) else gaps * ceiling), high),
        )

    def pooled(self, above: Call, below: Call, least: float, most: float) -> Num:
        """``sum(x) / sum(y)`` where each record's x / y lies between ``least`` and ``most`` (at least 0).

        A blank x is then bounded by its own y, and the reverse, so that one blank does not open the whole ratio.
        """
        x, inside, doubtful = self._numbers(above.arguments[0])
        y, inside_y, _ = self._numbers(below.arguments[0])
        inside = inside & inside_y
        no_x, no_y = np.isnan(x.lo), np.isnan(y.lo)
        both = no_x & no_y
        x_lo = np.where(no_x, np.where(both, 0.0, least * y.lo), x.lo)
        x_hi = np.where(no_x, np.where(both, np.inf, most * y.hi), x.hi)
        y_lo = np.where(no_y, np.where(both, 0.0, x.lo / most), y.lo)
        y_hi = np.where(no_y, np.inf, y.hi)
        blank = (inside & (no_x | no_y)) | doubtful
        top_lo, top_hi = (self.total(np.where(inside, end, 0.0)) for end in (x_lo, x_hi))
        base_lo, base_hi = (self.total(np.where(inside, end, 0.0)) for end in (y_lo, y_hi))
        top_hi = top_hi + self.total(np.where(doubtful, x_hi, 0.0))
        base_hi = base_hi + self.total(np.where(doubtful, y_hi, 0.0))
        known = self.total(np.where(inside & ~no_x, x.lo, 0.0))
        base = self.total(np.where(inside & ~no_y, y.lo, 0.0))
        blanks = self.total(blank)
        self.breakdowns.append((above, Breakdown((known, np.where(np.isinf(top_hi), known, top_hi)), base, blanks)))
        exact = not blanks.any() and x.exact and y.exact
        bottom = Num(base_lo, base_lo) if exact else Num(base_lo, base_hi)
        return v.divide(Num(top_lo, top_lo) if exact else Num(top_lo, top_hi), bottom)

    def _mean(self, call: Call) -> Num:
        _, inside, doubtful = self._numbers(call.arguments[0])
        total = self._sum(call)
        counted = self.total(inside)
        unsure = self.total(doubtful) > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            low = np.where(unsure, np.nan, total.lo / counted)
            high = low if total.exact else np.where(unsure, np.nan, total.hi / counted)
        na = np.where(counted == 0, np.uint8(v.ZERO_DENOMINATOR), np.uint8(0)) if (counted == 0).any() else None
        return Num(low, high, na)

    def _range(self, node: Node) -> tuple[float, float]:
        """What a blank may be: the field's plausible range; for a formula, anything."""
        found = self.dictionary.fields.get(node.name) if isinstance(node, Name) else None
        if found is None:
            return -np.inf, np.inf
        return (-np.inf if found.low is None else found.low), (np.inf if found.high is None else found.high)

    def _bounds(self, call: Call, low: Floats, high: Floats, blanks: Floats | None = None) -> Num:
        gaps = high - low if blanks is None else blanks
        self.breakdowns.append((call, Breakdown((low, high), self.total(self.scope.yes), gaps)))
        return Num(low, low) if np.array_equal(low, high) else Num(low, high)
