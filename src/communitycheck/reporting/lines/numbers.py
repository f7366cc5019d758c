"""Numbers in print, very many at a time: what ``words.numbers`` says of each, as columns of Arrow.

How a number rounds is seen from its product with a power of ten, except where that comes so near to a tie that its own
error could tip it; those, few, are rounded one by one. The text of what was rounded is the shortest that gives the
number back: Arrow writes it, but for sizes at which it would use an exponent or thousands are marked.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.table import Bools, Floats
from communitycheck.reporting.words.numbers import CLOSE, DIGITS, LOG_ERROR, MOST_DECIMALS, TRIES, WRITTEN, fixed, plain

_TEXT = pa.large_string()
_POWERS = np.array([float(10**k) for k in range(23)])  # those that a float holds exactly
# Of a product below ``_LARGE`` the fraction is known within ``_NEAR``, and with room to spare.
_LARGE, _NEAR = 1e12, 1e-3

Digits = npt.NDArray[np.int64]
Texts = Any  # an Arrow array of texts, one for each number


_unknown = np.errstate(invalid="ignore", over="ignore")  # what is no number stays none


@_unknown
def rounded(values: Floats, digits: Digits) -> Floats:
    """``round`` of each value to so many decimals, never -0.0; NaN and infinity stay."""
    powers = _POWERS.take(digits, mode="clip")
    scaled = values * powers
    whole = np.rint(scaled)
    sure = (np.abs(np.abs(scaled - whole) - 0.5) > _NEAR) & (np.abs(scaled) <= _LARGE)
    sure &= (digits >= 0) & (digits < len(_POWERS))
    found: Floats = whole / powers + 0.0
    for k in np.flatnonzero(~sure & np.isfinite(values)).tolist():
        found[k] = round(float(values[k]), int(digits[k])) + 0.0
    return found


def cleaned(values: Floats) -> Floats:
    """``clean`` of each; NaN and infinity stay."""
    return rounded(values, DIGITS - 1 - _sizes(values))


def differences(values: Floats, near: Floats) -> Floats:
    """``difference`` of each value; NaN and infinity stay."""
    found = cleaned(values)
    known = np.isfinite(near) & (near != 0)
    return np.where(known, cleaned(rounded(found, DIGITS - 1 - _sizes(near))), found)


def plains(values: Floats) -> Texts:
    """``plain`` of each; empty where there is none."""
    found = cleaned(values)
    return _texts(found, _between(found, 1e-5, 1e10), lambda odd: [plain(value) for value in found[odd].tolist()])


def reals(values: Floats) -> Texts:
    """``repr`` of each cleaned number, which has a point or an exponent; empty where there is none."""
    found = cleaned(values)
    fits = _between(found, 1e-4, 1e10)
    texts = _texts(found, fits, lambda odd: [repr(v) if math.isfinite(v) else "" for v in found[odd].tolist()])
    whole = pa.array(fits & (found == np.rint(found)))
    point = pc.if_else(whole, pa.scalar(".0", _TEXT), pa.scalar("", _TEXT))
    return pc.binary_join_element_wise(texts, point, pa.scalar("", _TEXT))


@_unknown
def together(*sides: Floats, percent: bool) -> list[Texts]:
    """``together`` of the numbers that stand beside each other, of one side or two, the second the limit; empty where
    there is none."""
    values = np.concatenate(sides)
    found = cleaned(values * 100 if percent else values)
    one, other = np.split(found, 2) if len(sides) == 2 else (found, found)
    apart = np.abs(one - other) > CLOSE * np.maximum(np.abs(one), np.abs(other))
    decimals = _decimals(found, percent)
    if len(sides) == 2:
        decimals = np.maximum(decimals, np.tile(_written(other), 2))
    printed = rounded(found, decimals)
    for _ in range(TRIES - 1):
        alike = (printed == 0) & (found != 0)
        if apart.any():
            alike |= np.tile(apart & np.equal(*np.split(printed, 2)), 2)
        if not alike.any():
            break
        decimals[alike] = np.minimum(decimals[alike] + 1, MOST_DECIMALS)
        printed[alike] = rounded(found[alike], decimals[alike])

    def write(odd: Digits) -> list[str]:
        numbers = zip(found[odd].tolist(), decimals[odd].tolist(), strict=True)
        return [fixed(value, digits) if math.isfinite(value) else "" for value, digits in numbers]

    texts = _texts(printed, _between(printed, 1e-5, 1000), write)
    return [texts[k * len(one) : (k + 1) * len(one)] for k in range(len(sides))]


def _sizes(values: Floats) -> Digits:
    """``size`` of each; 0 where there is none."""
    known = np.isfinite(values) & (values != 0)
    sizes: Digits = np.floor(np.log10(np.abs(np.where(known, values, 1.0))) + LOG_ERROR).astype(np.int64)
    return sizes


def _decimals(values: Floats, percent: bool) -> Digits:
    """``decimals`` of each."""
    sizes = np.abs(values)
    below_one = np.minimum(2 - _sizes(values), MOST_DECIMALS)
    return np.where(percent | (sizes >= 1000), 1, np.where((sizes >= 1) | (sizes == 0), 2, below_one))


def _written(limits: Floats) -> Digits:
    """With how many decimals each is written; 0 where it has more than people write."""
    if len(limits) and (limits == limits[0]).all():
        return np.full(len(limits), _written_each(limits[:1])[0])
    return _written_each(limits)


def _written_each(limits: Floats) -> Digits:
    found = np.zeros(len(limits), np.int64)
    for digits in range(WRITTEN, 0, -1):
        found[rounded(limits, np.full(len(limits), digits)) == limits] = digits
    found[rounded(limits, np.zeros(len(limits), np.int64)) == limits] = 0
    return found


def _between(values: Floats, low: float, high: float) -> Bools:
    """Which are zero, or of a size from ``low`` to below ``high``."""
    sizes = np.abs(values)
    within: Bools = ((sizes >= low) & (sizes < high)) | (sizes == 0)
    return within


def _texts(values: Floats, fits: Bools, write: Callable[[Digits], list[str]]) -> Texts:
    """Each in its shortest digits; where that does not fit, as ``write`` has it for those positions."""
    once = pa.array(values).dictionary_encode()
    texts = pc.cast(once.dictionary, _TEXT).take(once.indices)
    if fits.all():
        return texts
    return pc.replace_with_mask(texts, pa.array(~fits), pa.array(write(np.flatnonzero(~fits)), _TEXT))
