"""To how many digits the cells of a column state their numbers; rules with ``tolerance: printed`` ask."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow.compute as pc

from communitycheck.model.digits import half_step
from communitycheck.model.table import Floats, Ints
from communitycheck.returns.cells.cell import NAN, Cell
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.columns import may_hold

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def half_steps(texts: Any, factor: float) -> Floats:
    """Half a unit of the last digit of each plain number (Arrow array of strings; null gives NaN), times ``factor``."""
    dot = _whole(pc.find_substring(texts, "."))
    decimals = np.where(dot < 0, 0, _whole(pc.binary_length(texts)) - dot - 1)
    by_decimals = 0.5 * factor * np.power(10.0, -np.arange(int(decimals.max(initial=0)) + 1), dtype=np.float64)
    steps: Floats = by_decimals[decimals]
    if may_hold(texts, "eE"):  # 1.2e5 states its digits otherwise
        steps[_whole(pc.find_substring_regex(texts, "[eE]"), absent=-1) >= 0] = NAN
    if texts.null_count:
        steps[texts.is_null().to_numpy(zero_copy_only=False)] = NAN
    return steps


def half_step_of(text: str, cell: Cell, factor: float = 1.0) -> float:
    """The same for one cell, in the unit of its reading; NaN for bounds, for "about" and where digits are not plain.

    1510万平方米 in m2 is good to 5000; 97.7% to 0.0005. ``factor`` is what one of a bare number is worth: a nought
    does not tell.
    """
    if not cell.known or cell.lo != cell.hi or cell.note == "about-value":
        return NAN
    found = [text] if _PLAIN.fullmatch(text) else _NUMERAL.findall(tidy(text))
    if len(found) != 1:
        return NAN
    digits = found[0].replace(",", "")
    stated = float(digits)
    return half_step(digits) * (abs(cell.lo) / stated if stated else factor)


def _whole(array: Any, absent: int = 0) -> Ints:
    """Lengths and places as numbers; ``absent`` for null."""
    numbers: Ints = (array.fill_null(absent) if array.null_count else array).to_numpy(zero_copy_only=False)
    return numbers
