"""Numbers as people and machines read them: enough digits to tell values apart, no float noise, never NaN."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache, lru_cache

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model import units
from communitycheck.model.table import Floats

# Values nearer to each other than this (relative) count as equal when judging, and so may print alike.
CLOSE = 1e-9
MOST_DECIMALS = 15
PERCENT = "ratio"  # the unit that is printed as a percentage


def clean(value: float | None) -> float | None:
    """``value`` without float noise (12 significant digits); None where it is no finite number."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.12g}") + 0.0  # + 0.0 turns -0.0 into 0.0


def difference(value: float | None, near: float | None) -> float | None:
    """``clean`` for a difference of numbers of the size of ``near``, whose noise is of that size too."""
    value = clean(value)
    if value is None or near is None or not math.isfinite(near) or not near:
        return value
    return clean(round(value, 11 - math.floor(math.log10(abs(near)))))


def plain(value: float | None) -> str:
    """For machines: ``0.3``, ``1234567``; no thousands marks, no exponent, empty where unknown."""
    value = clean(value)
    if value is None:
        return ""
    text = f"{value:.12g}"
    return f"{Decimal(text):f}" if "e" in text else text


def plains(values: list[float]) -> list[str]:
    """``plain`` of many finite numbers."""
    texts = [f"{value:.12g}" for value in values]
    return [plain(v) if "e" in t or t == "-0" else t for t, v in zip(texts, values, strict=True)]


def differences(values: Floats, near: Floats) -> Floats:
    """``difference`` of each value; NaN where there is none."""
    size = np.where(np.isfinite(near) & (near != 0), np.abs(near), np.nan)
    sizes, which = np.unique(size, return_inverse=True)  # all that is not known is one
    digits = np.array([99 if math.isnan(s) else 11 - math.floor(math.log10(s)) for s in sizes.tolist()])[which]
    found = np.full(len(values), np.nan)
    for digit in np.unique(digits).tolist():
        here = (digits == digit) & np.isfinite(values)
        some, back = np.unique(values[here], return_inverse=True)
        cleaned = [float(f"{value:.12g}") for value in some.tolist()]
        if digit != 99:
            cleaned = [float(f"{round(value, digit):.12g}") for value in cleaned]
        found[here] = (np.array(cleaned, dtype=np.float64) + 0.0)[back]
    return found


def alone(values: list[float], *, percent: bool = False) -> list[str]:
    """``together`` of each of many finite numbers by itself."""
    cleaned = [float(f"{v * 100:.12g}") for v in values] if percent else [float(f"{v:.12g}") for v in values]
    if percent:
        texts = [f"{v:,.1f}" for v in cleaned]
        bare = [t[:-2] if t.endswith(".0") else t for t in texts]
    else:
        texts = [f"{v:,.{_decimals(v, percent)}f}" if -1000 < v < 1000 else f"{v:,.1f}" for v in cleaned]
        bare = [t.rstrip("0").rstrip(".") for t in texts]  # all have a point
    return [_not_zero(v, percent) if t in ("0", "-0") else t for t, v in zip(bare, cleaned, strict=True)]


def _not_zero(value: float, percent: bool) -> str:
    """A number of few decimals that all are zeros, with as many as it takes to see that it is not zero."""
    decimals = _decimals(value, percent)
    texts = (_fixed(value, decimals + more) for more in range(13))
    return next((text for text in texts if text != "0"), "0") if value else "0"


def together(values: list[float], *, percent: bool = False) -> list[str]:
    """``values`` printed with the fewest sensible digits at which those that differ look different.

    A value that is not zero never prints as zero. 12.999 beside 13 gives ``12.999`` and ``13``.
    """
    alone = [_alone(v, percent) for v in values]
    if len(set(alone)) == len(alone) and "0" not in alone:
        return alone  # nothing to tell apart
    cleaned = [clean(v * 100 if percent else v) or 0.0 for v in values]
    decimals = [_decimals(v, percent) for v in cleaned]
    for _ in range(12):
        texts = [_fixed(v, d) for v, d in zip(cleaned, decimals, strict=True)]
        alike = _alike(texts, cleaned)
        if not alike:
            break
        for k in alike:
            decimals[k] += 1
    return texts


@cache
def shown(unit: str, lang: Lang) -> str:
    """How a canonical unit is printed in ``lang``."""
    return units.shown(unit, lang)


def amounts(values: list[float], unit: str, lang: Lang) -> list[str]:
    """``values`` of one unit, printed together, each with the unit: ``312 ㎡``, ``12.999%``."""
    if unit == PERCENT:
        return [f"{text}%" for text in together(values, percent=True)]
    name = shown(unit, lang)
    return [f"{text} {name}" if name else text for text in together(values)]


def amount(value: float, unit: str, lang: Lang) -> str:
    """One value with its unit."""
    return amounts([value], unit, lang)[0]


def rate(part: int, whole: int) -> str:
    """``part`` of ``whole`` as a percentage; 100% and 0% are printed only where they are exact."""
    if not whole:
        return ""
    if part in (0, whole):
        return "100%" if part else "0%"
    share = 100 * part / whole
    for decimals in range(1, 12):
        text = _fixed(share, decimals)
        if text not in ("0", "100"):
            return f"{text}%"
    return f"{share}%"


def count(n: int) -> str:
    """A whole number with thousands marks."""
    return f"{n:,}"


@lru_cache(maxsize=4096)
def _alone(value: float, percent: bool) -> str:
    cleaned = clean(value * 100 if percent else value) or 0.0
    return _fixed(cleaned, _decimals(cleaned, percent))


def _decimals(value: float, percent: bool) -> int:
    size = abs(value)
    if percent or size >= 1000:
        return 1
    if size >= 1 or size == 0:
        return 2
    return min(2 - math.floor(math.log10(size)), MOST_DECIMALS)  # three significant digits below 1


def _fixed(value: float, decimals: int) -> str:
    text = f"{value:,.{min(decimals, MOST_DECIMALS)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _alike(texts: list[str], values: list[float]) -> list[int]:
    """Positions whose text says the same as that of another value, or says zero for what is not."""
    found = []
    for k, (text, value) in enumerate(zip(texts, values, strict=True)):
        others = [v for t, v in zip(texts, values, strict=True) if t == text]
        if text == "0":
            others.append(0.0)
        if any(abs(v - value) > CLOSE * max(abs(v), abs(value)) for v in others):
            found.append(k)
    return found
