"""Taking figures out of a column: they stand in the file, and are not judged by, or as a bound alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from communitycheck.model.table import Column, Floats, State

Positions = npt.NDArray[np.intp]


def refuse(column: Column, positions: Positions, state: State) -> None:
    """Mark the cells at ``positions`` and forget their values."""
    if column.lo is None or not len(positions):
        return
    column.state = np.zeros(len(column), np.uint8) if column.state is None else column.state.copy()
    column.state[positions] = state
    bounded = column.hi is not None and column.hi is not column.lo
    column.lo = _without(column.lo, positions)
    column.hi = _without(column.hi, positions) if bounded and column.hi is not None else column.lo


def at_most(column: Column, positions: Positions) -> None:
    """What the cells at ``positions`` state is no more than the upper end of what is true."""
    if column.lo is None or column.hi is None or not len(positions):
        return
    column.hi = column.hi.copy() if column.hi is column.lo else column.hi
    column.lo = column.lo.copy()
    column.lo[positions] = 0.0


def stated(column: Column, positions: Positions, *, above_zero: bool) -> Positions:
    """Those of the cells that give a value; with ``above_zero`` without a no and a zero, which are true of what does
    not stand."""
    if column.lo is None or column.hi is None:
        return positions[:0]
    high = column.hi[positions]
    return positions[high > 0 if above_zero else ~np.isnan(high)]


def _without(figures: Floats, positions: Positions) -> Floats:
    left = figures.copy()
    left[positions] = np.nan
    return left
