"""How exactly a number is stated: half a unit of the last digit that is printed."""

from __future__ import annotations

import math

from communitycheck.patterns import pattern

_DECIMAL = pattern(r"[+-]?[0-9]+(?:\.([0-9]+))?")


def half_step(digits: str) -> float:
    """Half a unit of the last digit of a plain decimal: ``63.58`` is good to 0.005, ``863`` to 0.5; NaN for other text.

    A number rounded to those digits, half up or half to even, lies no farther from what it was rounded from.
    """
    found = _DECIMAL.fullmatch(digits)
    if found is None:
        return math.nan
    return 0.5 * 10.0 ** -len(found[1] or "")
