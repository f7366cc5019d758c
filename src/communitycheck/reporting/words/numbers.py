"""Numbers as people and machines read them: enough digits to tell values apart, no float noise, never NaN."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache, lru_cache

from communitycheck.messages import Lang
from communitycheck.model import units
from communitycheck.model.expression.calendar_days import DATE, apart, iso

# Values closer to each other than this (relative) count as equal when judged, and so may print alike.
CLOSE = 1e-9
DIGITS = 12  # significant digits, beyond which is noise
MOST_DECIMALS = 15
TRIES = 12  # how often values get one more decimal to tell them apart
LOG_ERROR = 1e-13  # larger than the error of a logarithm, too small to move the last digit
WRITTEN = 6  # decimals that people write in a limit; one with more is the result of a division
PERCENT = "ratio"  # the unit that is printed as a percentage


def clean(value: float | None) -> float | None:
    """``value`` without float noise; None where it is no finite number."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}") + 0.0  # + 0.0 turns -0.0 into 0.0


def difference(value: float | None, near: float | None) -> float | None:
    """``clean`` for the difference of two numbers as large as ``near``, and so with noise of that size."""
    value = clean(value)
    if value is None or near is None or not math.isfinite(near) or not near:
        return value
    return clean(round(value, DIGITS - 1 - _size(near)))


def plain(value: float | None) -> str:
    """For machines: ``0.3``, ``1234567``; no thousands marks, no exponent, empty where unknown."""
    value = clean(value)
    if value is None:
        return ""
    text = f"{value:.{DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def together(values: list[float], *, percent: bool = False, limit: float | None = None) -> list[str]:
    """``values`` printed with the fewest sensible digits at which those that differ look different.

    A value that is not zero never prints as zero. 12.999 beside 13 gives ``12.999`` and ``13``. With the digits of the
    ``limit`` among them none rounds across it: 2.76% beside 2.78% is not ``2.8%``.
    """
    least = 0 if limit is None else _written(limit, percent)
    alone = [_alone(v, percent, least) for v in values]
    if len(set(alone)) == len(alone) and "0" not in alone:
        return alone  # nothing to tell apart
    cleaned = [clean(v * 100 if percent else v) or 0.0 for v in values]
    decimals = [max(_decimals(v, percent), least) for v in cleaned]
    for _ in range(TRIES):
        texts = [fixed(v, d) for v, d in zip(cleaned, decimals, strict=True)]
        alike = _alike(texts, cleaned)
        if not alike:
            break
        for k in alike:
            decimals[k] += 1
    return texts


@cache
def shown(unit: str, lang: Lang, *, one: bool = False) -> str:
    """How a canonical unit is printed in ``lang``, behind the number ``one`` or any other; dates are days apart."""
    return units.shown(apart(unit), lang, one=one)


def with_unit(digits: str, unit: str, lang: Lang) -> str:
    """A printed number with its unit: ``312 ㎡``, ``1 person``, ``12%``."""
    if unit == PERCENT:
        return f"{digits}%"
    if unit == DATE:
        return digits
    name = shown(unit, lang, one=digits == "1")
    return f"{digits} {name}" if name else digits


def amounts(values: list[float], unit: str, lang: Lang, limit: float | None = None) -> list[str]:
    """``values`` of one unit, each with the unit: ``312 ㎡``, ``12.999%``; a ``limit`` among them with
    the digits with which it is written."""
    if unit == DATE:
        return [iso(value) for value in values]
    return [with_unit(text, unit, lang) for text in together(values, percent=unit == PERCENT, limit=limit)]


def amount(value: float, unit: str, lang: Lang) -> str:
    """One value with its unit."""
    return amounts([value], unit, lang)[0]


def stated(value: float, unit: str, lang: Lang) -> str:
    """A number of a rule file with all its digits and its unit: ``0.05%``, ``5,000 人``."""
    if unit == DATE:
        return iso(value)
    return with_unit(grouped(plain(value * 100 if unit == PERCENT else value)), unit, lang)


def grouped(digits: str) -> str:
    """Digits with thousands marks: ``-1,234.5``."""
    sign = "-" if digits.startswith("-") else ""
    whole, point, rest = digits.removeprefix("-").partition(".")
    return sign + (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest


def rate(part: int, whole: int) -> str:
    """``part`` of ``whole`` as a percentage; 100% and 0% are printed only where they are exact."""
    if not whole:
        return ""
    if part in (0, whole):
        return "100%" if part else "0%"
    share = 100 * part / whole
    for decimals in range(1, 12):
        text = fixed(share, decimals)
        if text not in ("0", "100"):
            return f"{text}%"
    return f"{share}%"


def count(n: int) -> str:
    """A whole number with thousands marks."""
    return f"{n:,}"


def fixed(value: float, decimals: int) -> str:
    """``value`` with thousands marks and at most so many ``decimals``, trailing zeros dropped."""
    text = f"{value:,.{min(decimals, MOST_DECIMALS)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=4096)
def _alone(value: float, percent: bool, least: int) -> str:
    cleaned = clean(value * 100 if percent else value) or 0.0
    return fixed(cleaned, max(_decimals(cleaned, percent), least))


def _written(limit: float, percent: bool) -> int:
    """With how many decimals people wrote it; 0 where it was worked out to more than they write."""
    cleaned = clean(limit * 100 if percent else limit) or 0.0
    return next((k for k in range(WRITTEN + 1) if round(cleaned, k) == cleaned), 0)


def _decimals(value: float, percent: bool) -> int:
    size = abs(value)
    if percent or size >= 1000:
        return 1
    if size >= 1 or size == 0:
        return 2
    return min(2 - _size(value), MOST_DECIMALS)  # three significant digits below 1


def _size(value: float) -> int:
    """The power of ten in a number that is not zero: 2 for 400."""
    return math.floor(math.log10(abs(value)) + LOG_ERROR)


def _alike(texts: list[str], values: list[float]) -> list[int]:
    """Positions whose text is that of a different value too, or is zero for a value that is not."""
    found = []
    for k, (text, value) in enumerate(zip(texts, values, strict=True)):
        others = [v for t, v in zip(texts, values, strict=True) if t == text]
        if text == "0":
            others.append(0.0)
        if any(abs(v - value) > CLOSE * max(abs(v), abs(value)) for v in others):
            found.append(k)
    return found
