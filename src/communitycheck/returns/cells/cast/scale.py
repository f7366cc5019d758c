"""How the cells of a column are scaled, and what the casts of all types end with: values that cannot be are refused."""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Bytes, Column, Floats, State
from communitycheck.returns.cells.cast.findings import Finding, at_rows
from communitycheck.returns.cells.column_unit import ColumnUnit
from communitycheck.returns.text_columns import PIECE, TextArray


class Scale(Struct, frozen=True):
    """How the cells of one column are scaled.

    ``factor`` and ``stated`` are of the unit in its header, ``unit`` is the one in which the field is held; of a truth
    ``stated`` says that the header asks how many there are. ``share_unit`` is ``%`` or ``‰`` where the header says so;
    ``percent`` marks the records whose cell the file formats as a percentage.
    """

    factor: float = 1.0
    stated: bool = False
    share_unit: str = ""
    percent: Bools | None = None
    days_in_year: int = 365
    unit: ColumnUnit | None = None


def finish(
    field: Field, array: TextArray, lo: Floats, hi: Floats, state: Bytes, findings: list[Finding], *, whole: bool
) -> tuple[Column, list[Finding]]:
    """Refuse impossible values and put the column together. ``hi`` is ``lo`` where nothing is a bound."""
    low = 0.0 if field.low is None else field.low
    high = np.inf if field.high is None else field.high
    if field.type == "hours":
        high = min(high, 24.0)
    if lo.size and not (np.fmin.reduce(hi) >= low and np.fmax.reduce(lo) <= high):
        outside = (hi < low) | (lo > high)
        findings = findings + _refuse(array, lo, hi, state, outside, "impossible-value", low=low, high=high)
    if field.usual is not None and lo.size and np.fmax.reduce(lo) > field.usual:
        odd = np.flatnonzero(lo > field.usual)
        texts = (str(array[p].as_py()) for p in odd.tolist())
        findings = findings + at_rows(odd, "unusual-value", texts, usual=field.usual)
    if whole and _broken(lo):
        nearest = np.rint(lo)
        with np.errstate(invalid="ignore"):
            off = np.abs(lo - nearest)
        broken = off > 1e-9 * np.maximum(1.0, np.abs(lo))
        if hi is not lo:  # the ends of a range need not be whole
            nearest = np.where(lo == hi, nearest, lo)
            broken &= lo == hi
        findings = findings + _refuse(array, lo, hi, state, broken, "impossible-fraction")
        lo, hi = (nearest, nearest) if hi is lo else (nearest, np.where(nearest == lo, hi, nearest))
        lo[broken] = hi[broken] = np.nan
    if field.zero_impossible and np.fmin.reduce(hi, initial=1.0) <= 0:
        findings = findings + _refuse(array, lo, hi, state, hi == 0, "impossible-zero")
    return Column(field.key, lo, hi, state=state if state.any() else None), findings


def _broken(values: Floats) -> bool:
    """Whether a number is no whole one."""
    pieces = (values[start : start + PIECE] for start in range(0, len(values), PIECE))
    return any(np.count_nonzero(np.rint(p) == p) + np.count_nonzero(np.isnan(p)) < len(p) for p in pieces)


def _refuse(
    array: TextArray, lo: Floats, hi: Floats, state: Bytes, bad: Bools, code: str, **values: Any
) -> list[Finding]:
    positions = np.flatnonzero(bad)
    lo[positions] = hi[positions] = np.nan
    state[positions] = State.IMPOSSIBLE
    return at_rows(positions, code, (str(array[p].as_py()) for p in positions.tolist()), **values)
