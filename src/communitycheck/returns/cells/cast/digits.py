"""To how many digits the cells of a column state their numbers; rules with ``tolerance: printed`` ask."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from communitycheck.model.table import Floats, Ints
from communitycheck.model.units.half_steps import half_step
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import NAN, Cell
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.text_columns import TextArray, bools, fresh, laid_out, may_hold, pieces

_PLAIN = pattern(r"[0-9]+(?:\.[0-9]+)?")
_POINT = ord(".")
# So few decimals are counted one by one.
_FEW = 4
_NUMERAL = pattern(r"(?<![A-Za-z0-9.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def half_steps(texts: TextArray, factor: float) -> Floats:
    """Half a unit of the last digit of each plain number (Arrow strings; null gives NaN), times ``factor``."""
    steps = fresh(len(texts))
    for rows, piece in pieces(texts):
        decimals = _decimals(piece)
        by_decimals = 0.5 * factor * np.power(10.0, -np.arange(int(decimals.max()) + 1), dtype=np.float64)
        steps[rows] = by_decimals[decimals]
    if may_hold(texts, "eE"):  # 1.2e5 states its digits otherwise
        steps[bools(pc.match_substring_regex(texts, "[eE]"))] = NAN
    if texts.null_count:
        steps[bools(texts.is_null())] = NAN
    return steps


def _decimals(texts: TextArray) -> Ints:
    """How many characters follow the point of each number; 0 where it has none."""
    places, data = laid_out(texts)
    starts, at = places[:-1], places[1:] - 1
    decimals = np.zeros(len(texts), np.int32)
    left = np.count_nonzero(data == _POINT)
    for k in range(_FEW):
        if not left:
            return decimals
        here = np.flatnonzero((data.take(at, mode="clip") == _POINT) & (at >= starts))
        decimals[here] = k
        left -= len(here)
        at -= 1
    point = _whole(pc.find_substring(texts, "."))
    return np.where(point < 0, 0, _whole(pc.binary_length(texts)) - point - 1)


def half_step_of(text: str, cell: Cell, factor: float = 1.0) -> float:
    """The same for one cell, in the unit of its reading; NaN for bounds and where digits are not plain.

    1510万平方米 in m2 is good to 5000; 97.7% to 0.0005. ``factor`` is what one of a bare number is worth; a zero
    does not show it.
    """
    if not cell.known or cell.lo != cell.hi:
        return NAN
    found = [text] if _PLAIN.fullmatch(text) else _NUMERAL.findall(tidy(text))
    if len(found) != 1:
        return NAN
    digits = found[0].replace(",", "")
    stated = float(digits)
    return half_step(digits) * (abs(cell.lo) / stated if stated else factor)


def _whole(array: TextArray) -> Ints:
    """Lengths and places as numbers; 0 for null."""
    numbers: Ints = (array.fill_null(0) if array.null_count else array).to_numpy(zero_copy_only=False)
    return numbers
