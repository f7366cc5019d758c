"""Bands of a score, tiers and grades: rows with their ends, from which neither gap nor overlap may be left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from communitycheck.errors import RuleFileError
from communitycheck.model.expression.values import ABSOLUTE, RELATIVE
from communitycheck.standards.files.yaml_file import Path_

LOWER = ("at_least", "more_than")
UPPER = ("below", "up_to")

Fault = Callable[..., RuleFileError]


class End(NamedTuple):
    """Where a band ends, and whether the end belongs to it."""

    value: float
    included: bool

    def meets(self, other: End) -> bool:
        """The one band begins just where the other ends."""
        return same(self.value, other.value) and self.included != other.included


class BandRow(NamedTuple):
    """A band as it is written: where it stands, and the ends that it states."""

    path: Path_
    lower: End | None
    upper: End | None


def same(a: float, b: float) -> bool:
    return abs(a - b) <= RELATIVE * max(abs(a), abs(b)) + ABSOLUTE


def ordered(rows: Sequence[BandRow], fault: Fault, *, least: float, most: float) -> list[tuple[int, End]]:
    """The rows from the highest to the lowest: their numbers, and where each begins.

    Args:
        least, most: what lies outside is not asked for.

    Raises:
        RuleFileError: something in between belongs to no row, or to two.
    """
    ends = _in_order(rows, fault)
    highest, lowest = rows[ends[0]], rows[ends[-1]]
    if highest.upper is not None and _is_beyond(most, highest.upper):
        raise fault("score-band-above", highest.path, end=f"{highest.upper.value:.12g}")
    if lowest.lower is not None and _is_beyond(-least, End(-lowest.lower.value, lowest.lower.included)):
        raise fault("score-band-beneath", lowest.path, end=f"{lowest.lower.value:.12g}")
    found: list[tuple[int, End]] = []
    for i, k in enumerate(ends):
        beneath = rows[ends[i + 1]] if i + 1 < len(ends) else None
        found.append((k, _start(rows[k], beneath, fault)))
    return found


def _is_beyond(extreme: float, end: End) -> bool:
    """A value as far out as ``extreme`` is not inside ``end``."""
    if same(extreme, end.value) and extreme != inf:
        return not end.included
    return extreme > end.value


def _in_order(rows: Sequence[BandRow], fault: Fault) -> list[int]:
    """The numbers of the rows, the highest first. One without an end is what the others leave over: the last in it."""
    open_rows = [k for k, row in enumerate(rows) if row.lower is None and row.upper is None]
    if len(open_rows) > 1 or (open_rows and open_rows[0] != len(rows) - 1):
        raise fault("score-band-ends", rows[open_rows[0]].path)
    closed = [k for k in range(len(rows)) if k not in open_rows]

    def place(k: int) -> tuple[float, float]:
        row = rows[k]
        low = -inf if row.lower is None else row.lower.value
        high = inf if row.upper is None else row.upper.value
        return (low, high) if row.lower is not None else (high, -inf) if row.upper is not None else (-inf, inf)

    for k in closed:
        row = rows[k]
        if row.lower and row.upper:
            empty = row.lower.value > row.upper.value or (
                row.lower.value == row.upper.value and not (row.lower.included and row.upper.included)
            )
            if empty:
                raise fault("score-band-empty", row.path)
    by_lower = all(rows[k].lower is not None for k in closed)
    if not open_rows:
        without = [k for k in closed if rows[k].lower is None]
        if len(without) > 1 and any(rows[k].lower is not None for k in closed):
            raise fault("score-band-ends", rows[without[0]].path)
        if by_lower or len(without) == 1:
            return sorted(closed, key=lambda k: -inf if rows[k].lower is None else place(k)[0], reverse=True)
        return sorted(closed, key=lambda k: place(k)[0], reverse=True)
    if by_lower:
        return [*sorted(closed, key=lambda k: place(k)[0], reverse=True), *open_rows]
    if all(rows[k].upper is not None for k in closed):
        return [*open_rows, *sorted(closed, key=lambda k: place(k)[0], reverse=True)]
    raise fault("score-band-ends", rows[open_rows[0]].path)


def _start(row: BandRow, beneath: BandRow | None, fault: Fault) -> End:
    if beneath is None:
        return End(-inf, True)
    lower, upper = row.lower, beneath.upper
    if lower is not None and upper is not None and not lower.meets(upper):
        overlap = upper.value > lower.value or (same(upper.value, lower.value) and upper.included)
        code = "score-band-overlap" if overlap else "score-band-gap"
        raise fault(code, row.path, end=f"{lower.value:.12g}", other=f"{upper.value:.12g}")
    if lower is not None:
        if beneath.lower is not None and not _is_above(lower, beneath.lower):
            raise fault("score-band-overlap", row.path, end=f"{lower.value:.12g}", other=f"{beneath.lower.value:.12g}")
        return lower
    if upper is not None:
        return End(upper.value, not upper.included)
    raise fault("score-band-ends", row.path)


def _is_above(one: End, other: End) -> bool:
    if same(one.value, other.value):
        return other.included and not one.included
    return one.value > other.value
