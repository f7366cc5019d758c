"""A column of very many records, most of whose upper bounds are their lower bounds, held once."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np

from communitycheck.model.table import Column, Floats, Ints

# Where more than one record in so many has an upper bound of its own, all are held.
_FEW = 16


class SpareColumn(Column):
    """A column that holds the upper bounds of those records alone that have one of their own. The array of all is made
    when somebody asks for it, and lives as long as somebody holds it: what is changed in it is lost."""

    __slots__ = ("_all", "_apart", "_seen")

    _all: Floats | None
    _apart: tuple[Ints, Floats]
    _seen: weakref.ref[Any] | None

    @property
    def hi(self) -> Floats | None:
        if self._all is not None or self.lo is None:
            return self._all
        made: Floats | None = None if self._seen is None else self._seen()
        if made is None:
            rows, highs = self._apart
            made = self.lo.copy()
            made[rows] = highs
            made.flags.writeable = False
            self._seen = weakref.ref(made)
        return made

    @hi.setter
    def hi(self, value: Floats | None) -> None:
        self._all, self._seen = value, None
        if value is None or value is self.lo or self.lo is None:
            return
        apart = np.flatnonzero((value != self.lo) & ~(np.isnan(value) & np.isnan(self.lo))).astype(np.int32)
        if len(apart) * _FEW < len(value):
            self._all, self._apart = None, (apart, value[apart])

    @property
    def exact(self) -> bool:
        return self._all is self.lo

    def ends(self, start: int, stop: int) -> tuple[Floats | None, Floats | None]:
        if self._all is not None or self.lo is None:
            return super().ends(start, stop)
        rows, highs = self._apart
        first, last = np.searchsorted(rows, [start, stop])
        low = self.lo[start:stop]
        if first == last:
            return low, low
        high = low.copy()
        high[rows[first:last] - start] = highs[first:last]
        return low, high
