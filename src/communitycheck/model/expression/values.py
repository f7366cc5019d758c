"""Columns of values as the rule language sees them, and arithmetic on them: intervals, three-valued truths, text.
What is asked of them, and how truths are joined, stands in ``truths.py``.

A number is an interval ``lo..hi`` (one array twice where it is exact); NaN means nothing is known. A truth holds
``yes`` and ``no``; neither means unknown. ``na`` says where the question itself does not arise: 1 for a zero
denominator, 2 for a cell that says "does not apply", 3 for a class for which a table lays nothing down, 4 for a zero
denominator below something that is, or may be, above zero: no limit is met by that, but every upper one is exceeded. A
truth that is decided all the same (a no beside a part that does not apply) holds; its ``na`` counts only where neither
``yes`` nor ``no`` is set.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

# Two numbers this close, relative to the larger, are the same number: sums of decimals carry noise near 1e-16.
RELATIVE = 1e-9
ABSOLUTE = 1e-12

ZERO_DENOMINATOR = 1
EXEMPT = 2
NOT_LAID_DOWN = 3
OF_NOTHING = 4  # infinite where the numerator is above zero for certain, else from 0 on; truths have 1 in its place

Array = npt.NDArray[Any]
Na = npt.NDArray[np.uint8] | None


class Num(Struct):
    lo: Array
    hi: Array
    na: Na = None

    @property
    def exact(self) -> bool:
        return self.lo is self.hi


class Tru(Struct):
    yes: Array
    no: Array
    na: Na = None


class Txt(Struct):
    """``names[codes]``; code -1 is blank. Names need not be unique."""

    codes: Array
    names: list[str]
    na: Na = None


Value = Num | Tru | Txt


def constant(value: float) -> Num:
    array = np.asarray(value, dtype=np.float64)
    return Num(array, array)


def overlaid(value: Num, n: int, places: npt.NDArray[np.int32], new: Num, chosen: npt.NDArray[np.bool_]) -> Num:
    """The numbers of ``n`` records with those of ``new`` put in: it is about the records at ``places``, of which the
    ``chosen`` are taken."""
    if not value.lo.ndim and not new.lo.ndim:
        return value
    ends = []
    for old, fresh in ((value.lo, new.lo), (value.hi, new.hi)):
        end = np.array(np.broadcast_to(old, n), np.float64)
        end[places[chosen]] = np.broadcast_to(fresh, len(places))[chosen]
        ends.append(end)
    return Num(ends[0], ends[1], value.na)


def both_na(a: Na, b: Na) -> Na:
    if a is None:
        return b
    return a if b is None else np.maximum(a, b)


def add(a: Num, b: Num) -> Num:
    return _monotone(np.add, a, b)


def unknown_numbers() -> np.errstate:
    """Arithmetic in which NaN and infinity are meant, as unknowns and open ends: nothing warns of them."""
    return np.errstate(divide="ignore", invalid="ignore", over="ignore")


def subtract(a: Num, b: Num) -> Num:
    if a.exact and b.exact:
        return _exact(np.subtract(a.lo, b.lo), both_na(a.na, b.na))
    with unknown_numbers():
        return Num(a.lo - b.hi, a.hi - b.lo, both_na(a.na, b.na))


def multiply(a: Num, b: Num) -> Num:
    if a.exact and b.exact:
        return _exact(np.multiply(a.lo, b.lo), both_na(a.na, b.na))
    return _hull(np.multiply, a, b, both_na(a.na, b.na))


def divide(a: Num, b: Num) -> Num:
    """a / b. A denominator of exactly 0 makes the question void (``na``); see ``OF_NOTHING`` for what remains of it."""
    zero = (b.lo == 0) if b.exact else (b.lo == 0) & (b.hi == 0)
    if not np.any(zero):
        return _divided(a, b, both_na(a.na, b.na))
    na: Array = np.where(zero, np.uint8(ZERO_DENOMINATOR), np.uint8(0))
    for one in (a.na, b.na):
        na = na if one is None else np.maximum(na, one)
    low = np.where(zero, np.nan, b.lo)
    found = _divided(a, Num(low, low if b.exact else np.where(zero, np.nan, b.hi), b.na), na)
    certain = zero & (a.lo > ABSOLUTE)
    some = zero & ~(a.hi <= ABSOLUTE)
    if a.na is not None:
        some = some & (a.na == 0)
    if not np.any(some):
        return found
    low = np.where(some, np.where(certain, np.inf, 0.0), found.lo)
    high = low if found.exact and not np.any(some & ~certain) else np.where(some, np.inf, found.hi)
    return Num(low, high, np.where(some, np.uint8(OF_NOTHING), na))


def settled(a: Num) -> Num:
    """The number for whatever is no limit: a quotient over zero has no value."""
    if a.na is None or not np.any(a.na == OF_NOTHING):
        return a
    void = a.na == OF_NOTHING
    low = np.where(void, np.nan, a.lo)
    na = np.where(void, np.uint8(ZERO_DENOMINATOR), a.na)
    return Num(low, low if a.exact else np.where(void, np.nan, a.hi), na)


def _divided(a: Num, b: Num, na: Na) -> Num:
    with unknown_numbers():
        if a.exact and b.exact:
            return _exact(np.divide(a.lo, b.lo), na)
    # A denominator that comes near to 0 has the sign of its other end there.
    b = Num(b.lo + 0.0, b.lo + 0.0 if b.exact else np.where((b.hi == 0) & (b.lo < 0), -0.0, b.hi), b.na)
    result = _hull(np.divide, a, b, na)
    # A denominator that may be 0 from either side says nothing; an unknown numerator stays unknown.
    across = (b.lo < 0) & (b.hi > 0) & ~np.isnan(a.lo)
    if np.any(across):
        result = Num(np.where(across, -np.inf, result.lo), np.where(across, np.inf, result.hi), na)
    return result


def negate(a: Num) -> Num:
    return _exact(-a.lo, a.na) if a.exact else Num(-a.hi, -a.lo, a.na)


def absolute(a: Num) -> Num:
    if a.exact:
        return _exact(np.abs(a.lo), a.na)
    ends = np.abs(a.lo), np.abs(a.hi)
    low = np.where((a.lo <= 0) & (a.hi >= 0), 0.0, np.minimum(*ends))
    return Num(low, np.maximum(*ends), a.na)


def smallest(values: list[Num]) -> Num:
    return _fold(np.minimum, values)


def largest(values: list[Num]) -> Num:
    return _fold(np.maximum, values)


def stepwise(function: Callable[[Array], Array], a: Num) -> Num:
    """``ceil``, ``floor`` or ``round``; a number within the tolerance of a whole one counts as that one."""

    def step(x: Array) -> Array:
        whole = np.rint(x)
        near = np.abs(x - whole) <= RELATIVE * np.maximum(np.abs(x), 1.0)
        return np.where(near, whole, function(x))

    with unknown_numbers():
        low = step(a.lo)
        return _exact(low, a.na) if a.exact else Num(low, step(a.hi), a.na)


def first_known(values: list[Value], unusable: list[Array | None], only: list[Array | None]) -> Value:
    """``coalesce``: for each record the first argument that is not blank.

    Args:
        unusable: for each argument where a cell holds what cannot be used (300-400); nothing takes its place there.
        only: for each argument the records whose blanks it may fill; None is all.
    """
    kind = next((type(x) for x in values if not isinstance(x, Num)), Num)
    result, *others = (nothing_of(kind, x) if type(x) is not kind else x for x in values)
    held = unusable[0]
    for other, stuck, fills in zip(others, unusable[1:], only[1:], strict=True):
        gap = _gap(result) if held is None else _gap(result) & ~held
        if fills is not None:
            gap = gap & fills
        if isinstance(result, Num) and isinstance(other, Num):
            low = np.where(gap, other.lo, result.lo)
            exact = result.exact and other.exact
            high = low if exact else np.where(gap, other.hi, result.hi)
            result = Num(low, high, _filled_na(result.na, other.na, gap))
        elif isinstance(result, Tru) and isinstance(other, Tru):
            result = Tru(
                np.where(gap, other.yes, result.yes),
                np.where(gap, other.no, result.no),
                _filled_na(result.na, other.na, gap),
            )
        elif isinstance(result, Txt) and isinstance(other, Txt):
            shifted = np.where(other.codes >= 0, other.codes + len(result.names), -1)
            result = Txt(
                np.where(gap, shifted, result.codes),
                [*result.names, *other.names],
                _filled_na(result.na, other.na, gap),
            )
        if stuck is not None:
            held = gap & stuck if held is None else held | (gap & stuck)
    return result


def _gap(value: Value) -> Array:
    """Where nothing is known and nothing is exempt; of what is not laid down there is nothing to be exempt from."""
    if isinstance(value, Txt):
        gap: Array = value.codes < 0
        return gap
    nothing: Array = np.isnan(value.lo) if isinstance(value, Num) else ~(value.yes | value.no)
    return nothing if value.na is None else nothing & ((value.na == 0) | (value.na == NOT_LAID_DOWN))


def nothing_of(kind: type[Value], absent: Value) -> Value:
    """A column that the table lacks reads as numbers all unknown; the same nothing as truths or text."""
    assert isinstance(absent, Num)
    none = np.zeros(absent.lo.shape, dtype=bool)
    return Tru(none, none) if kind is Tru else Txt(np.full(absent.lo.shape, -1, dtype=np.int32), [])


def taken(value: Value, places: npt.NDArray[np.int32]) -> Value:
    """The values at ``places``; nothing is known where that is -1."""
    known = places >= 0
    na = None if value.na is None else np.where(known, value.na[places], np.uint8(0))
    match value:
        case Num(low, high):
            first = np.where(known, low[places], np.nan) if len(low) else np.full(len(places), np.nan)
            return Num(first, first if high is low else np.where(known, high[places], np.nan), na)
        case Tru(yes, no):
            return Tru(yes[places] & known, no[places] & known, na)
        case Txt(codes, names):
            return Txt(np.where(known, codes[places], -1), names, na)


def tidy(amount: Array, size: Array) -> Array:
    """``amount`` without the noise that subtracting numbers as large as ``size`` leaves in its last digits;
    an end that is open was not subtracted."""
    with unknown_numbers():
        held = np.where(np.isfinite(size), np.abs(size), 0.0)
        largest_digit = np.floor(np.log10(np.maximum(held, np.abs(amount))))
    scale = 10.0 ** np.clip(np.nan_to_num(11 - largest_digit, nan=0.0, posinf=12, neginf=0), 0, 12)
    result: Array = np.where(np.isfinite(amount), np.rint(amount * scale) / scale, amount)
    return result


def _filled_na(a: Na, b: Na, gap: Array) -> Na:
    if a is None and b is None:
        return None
    return np.where(gap, b if b is not None else np.uint8(0), a if a is not None else np.uint8(0)).astype(np.uint8)


def _exact(array: Array, na: Na) -> Num:
    return Num(array, array, na)


def _monotone(function: Callable[[Array, Array], Array], a: Num, b: Num) -> Num:
    na = both_na(a.na, b.na)
    with unknown_numbers():
        low = function(a.lo, b.lo)
        return _exact(low, na) if a.exact and b.exact else Num(low, function(a.hi, b.hi), na)


def _fold(function: Callable[[Array, Array], Array], values: list[Num]) -> Num:
    result = values[0]
    for value in values[1:]:
        result = _monotone(function, result, value)
    return result


def _hull(function: Callable[[Array, Array], Array], a: Num, b: Num, na: Na) -> Num:
    """The least and the most that ``function`` makes of any ends. Bounds are few: only theirs are all looked at."""
    with unknown_numbers():
        low = function(a.lo, b.lo)
        apart = np.broadcast_to((a.lo != a.hi) | (b.lo != b.hi), low.shape)
        few = low.ndim == 1 and 2 * np.count_nonzero(apart) < len(low)
        ends = [np.broadcast_to(end, low.shape)[apart] if few else end for end in (a.lo, a.hi, b.lo, b.hi)]
        corners = [function(x, y) for x in ends[:2] for y in ends[2:]]
    least, most = reduce(np.minimum, corners), reduce(np.maximum, corners)
    if not few:
        return Num(least, most, na)
    high = low.copy()
    low[apart], high[apart] = least, most
    return Num(low, high, na)
