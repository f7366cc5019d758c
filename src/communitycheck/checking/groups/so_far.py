"""Groups of records that come some at a time: what they came to so far, continued with those that are there now.

Each figure is summed on, number by number in the order of the records, so that it is the one that all of them together
give, to the last digit. After every part the groups are judged as they stand; the last verdict is that on all records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.checking.groups.grouping import Grouping
from communitycheck.model.result import Untold
from communitycheck.model.table import Floats, Ints

Key = tuple[Hashable, ...]
RowColumns: TypeAlias = "tuple[Any, ...]"  # arrays along some records, their groups first


class TooManyOpenRecords(Exception):
    """More records than are held one by one may or may not count, or say different things."""


class ContinuedSums(Struct):
    """What one rule counts in the groups of one level.

    Attributes:
        cells: of each group the first cells that give no value; ``cell_counts``: how many records have one.
        most: so many records are held one by one at most.
    """

    most: int
    cells: dict[int, tuple[Untold, ...]] = field(default_factory=dict)
    cell_counts: Counter[int] = field(default_factory=Counter)
    _totals: dict[Key, Floats] = field(default_factory=dict)
    _rows: dict[Key, RowColumns] = field(default_factory=dict)
    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _now: set[Key] = field(default_factory=set)
    _before: frozenset[Key] | None = None

    def begin(self) -> None:
        """The next records come. Each figure has to be continued in each part, or it would lack some of them."""
        if self._now:
            now = frozenset(self._now)
            assert self._before in (None, now), "a figure of a group was not continued"
            self._before, self._now = now, set()

    def total(self, key: Key, weights: Floats, codes: Ints, groups: int) -> Floats:
        """The sum of ``weights`` over each group, with those before; asked again, the same."""
        begun = self._totals.get(key)
        if key not in self._now:
            self._now.add(key)
            if begun is None:
                begun = np.bincount(codes, weights=weights, minlength=groups).astype(np.float64, copy=False)
            elif len(weights) and weights.any():
                every = np.concatenate([np.arange(groups, dtype=codes.dtype), codes])
                all_ = np.bincount(every, weights=np.concatenate([begun, weights]), minlength=groups)
                begun = all_.astype(np.float64, copy=False)
            self._totals[key] = begun
        assert begun is not None
        return begun

    def rows(
        self,
        key: Key,
        new: RowColumns,
        lessened: Callable[[RowColumns], RowColumns] = lambda all_: all_,
    ) -> RowColumns:
        """Columns of records that are held one by one, with those before.

        Args:
            lessened: leaves out those that make no difference any more.

        Raises:
            TooManyOpenRecords: there are more than can be held.
        """
        if key not in self._now:
            self._now.add(key)
            held = self._rows.get(key)
            both = new if held is None else tuple(map(np.concatenate, zip(held, new, strict=True)))
            self._rows[key] = lessened(both)
            if len(self._rows[key][0]) > self.most:
                raise TooManyOpenRecords
        return self._rows[key]

    def numbers(self, names: list[str]) -> Floats:
        """A number for each name, which it keeps. Raises like ``rows``."""
        found = np.array([self._numbers.setdefault(name, len(self._numbers)) for name in names], np.float64)
        if len(self._numbers) > self.most:
            raise TooManyOpenRecords
        return found


class GroupsSoFar(Struct):
    """What is known of all records that a standard governs, while some of them are judged.

    Attributes:
        levels: the groups of each level, in their order; their ``codes`` run along the places in which records lie.
        places: the place of each record of the table that is judged now.
        absent: known regions of the jurisdiction in which no record lies at all.
        most: as for ``ContinuedSums``.
    """

    levels: Mapping[str, Grouping | None]
    absent: tuple[str, ...]
    most: int
    places: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    _sums: dict[tuple[str, str], ContinuedSums] = field(default_factory=dict)

    def grouping(self, level: str, rows: Ints) -> Grouping | None:
        """The groups of a level, with the group of each record at ``rows``."""
        found = self.levels[level]
        return None if found is None else replace(found, codes=found.codes[self.places[rows]])

    def end(self) -> None:
        """All records have come."""
        for sums in self._sums.values():
            sums.begin()

    def sums(self, rule: str, level: str) -> ContinuedSums:
        """What a rule has counted."""
        found = self._sums.setdefault((rule, level), ContinuedSums(self.most))
        found.begin()
        return found
