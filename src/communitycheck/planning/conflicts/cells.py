"""Two cells side by side: whether they hold a value, and whether both can be true."""

from __future__ import annotations

import numpy as np

from communitycheck.model.dictionary import Field
from communitycheck.model.expression.calendar_days import DATE, span_of
from communitycheck.model.table import Bools, Column, Floats, Ints, State, among

_NOISE = 1e-9  # what units leave of two figures that are one; an end that is not reached is farther from its number
# A cell that says something, of which nothing is known.
_UNUSED = (State.UNREADABLE, State.IMPOSSIBLE, State.CONTRADICTED, State.DOUBTED, State.EXEMPT)


def filled(column: Column, rows: Ints) -> Bools:
    """Where cells hold a value."""
    if column.lo is not None:
        found: Bools = ~np.isnan(column.lo[rows])
    else:
        found = column.coded().codes[rows] >= 0
    if column.state is not None:
        found &= among(column.state[rows], State.KNOWN)
    return found


def unused(column: Column, rows: Ints) -> Bools:
    """Where cells say something that is not used."""
    if column.state is None:
        return np.zeros(len(rows), bool)
    return among(column.state[rows], *_UNUSED)


def both_exempt(column: Column, rows: Ints, others: Ints) -> Bools:
    """Where both say that the field does not apply."""
    if column.state is None:
        return np.zeros(len(rows), bool)
    return among(column.state[rows], State.EXEMPT) & among(column.state[others], State.EXEMPT)


def differ(field: Field, column: Column, rows: Ints, others: Ints) -> Bools:
    """Where two cells that hold a value cannot both be true: texts that are not one, dates of which none lies within
    the other, figures of which no value is in both and neither is the other rounded."""
    if column.lo is None or column.hi is None:
        codes = column.coded().codes
        found: Bools = codes[rows] != codes[others]
        if field.type == DATE:
            _leave_out_contained(column, rows, others, found)
        return found
    low = np.maximum(column.lo[rows], column.lo[others])
    high = np.minimum(column.hi[rows], column.hi[others])
    size = np.where(np.isfinite(low), np.abs(low), 0.0)
    # One value is in both where the higher of the two lower ends is no higher than the lower of the upper ends.
    apart: Bools = low > high + _NOISE * size + _rounding(column, rows, others)
    return apart


def _rounding(column: Column, rows: Ints, others: Ints) -> Floats:
    """How far a figure may lie from what it is rounded to: 399.6 is 400, but 399 is not, since both are printed to one
    digit. What is known within bounds is not rounded."""
    if column.half_step is None or column.lo is None or column.hi is None:
        return np.zeros(len(rows))
    exact = (column.lo[rows] == column.hi[rows]) & (column.lo[others] == column.hi[others])
    one, other = (np.nan_to_num(column.half_step[some]) for some in (rows, others))
    coarse, fine = np.maximum(one, other), np.minimum(one, other)
    return np.where(exact & (fine < coarse * (1 - 1e-6)), coarse, 0.0)


def _leave_out_contained(column: Column, rows: Ints, others: Ints, found: Bools) -> None:
    """2012-06-01 is no contradiction of 2012."""
    coded = column.coded()
    at = np.flatnonzero(found)
    pairs = np.stack([coded.codes[rows[at]], coded.codes[others[at]]], axis=1)
    distinct, which = np.unique(pairs, axis=0, return_inverse=True)
    contained = np.array([_contained(coded.names[a], coded.names[b]) for a, b in distinct.tolist()], bool)
    if len(contained):
        found[at] &= ~contained[which.reshape(-1)]


def _contained(one: str, other: str) -> bool:
    """Whether all days that one date may mean are among those of the other."""
    first, second = span_of(one), span_of(other)
    if first is None or second is None:
        return False
    low, high = max(first[0], second[0]), min(first[1], second[1])
    return (low, high) in (first, second)
