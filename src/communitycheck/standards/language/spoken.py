"""Limits as people and documents say them: 不少于 2, ≥2, 400㎡以上, 800-1200 m2.

Nothing of this is accepted. It is read where something is wrong, to say how what was meant is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from communitycheck.errors import ExpressionError
from communitycheck.messages.rule_words import ALSO_COUNTS, BEFORE_LIMIT, BEHIND_LIMIT, FROM_TO, INCLUSIVE
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import Number
from communitycheck.model.units import OwnUnits
from communitycheck.patterns import pattern
from communitycheck.standards.language.numerals import with_figures
from communitycheck.standards.language.quantities import parse_quantity, unmarked

# What people say of a limit is a few words; looking for them in a text takes the square of its length.
_LONGEST = 200
_SIGNS = "<>=≥≤⩾⩽≧≦＞＜+"
_THOUSANDS = pattern(r"(?<=[0-9]),(?=[0-9]{3})")
_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRACTION = pattern(r"\s*([0-9]+(?:\.[0-9]+)?)\s*/\s*([0-9]+(?:\.[0-9]+)?)\s*")
_UNIT_BEHIND = pattern(r"[-+0-9.,\s]*[0-9]\s*(.*)")


class SpokenLimit(NamedTuple):
    """The key of the comparison that was said, and the limit as it is written behind it."""

    key: str
    limit: str


def spoken_limit(text: str, units: OwnUnits) -> SpokenLimit | None:
    """``不少于 2 个`` is ``at_least`` and ``2 个``; None where no comparison is said of a number.

    What a sign of comparison stands before (``>= max(a, 2)``) may be any formula.
    """
    if len(text) > _LONGEST:
        return None
    plain = _included().sub("", text).strip().rstrip("。.;；")
    found = _before().search(plain)
    if found and not re.search(r"[0-9]", plain[: found.start()]):
        rest = plain[found.end() :].strip(" \u3000:：")
        if rest and (_quantity(rest, units) or _DAY.fullmatch(rest) or (not found.start() and found[0][-1] in _SIGNS)):
            return SpokenLimit(_meaning(found[0], BEFORE_LIMIT), rest)
    number = _quantity(plain[: found.start()], units) if (found := _behind().search(plain)) else None
    if found and number and (found[0] not in ALSO_COUNTS or number.dimension):
        return SpokenLimit(_meaning(found[0], BEHIND_LIMIT), plain[: found.start()].strip())
    return None


def spoken_range(text: str, units: OwnUnits) -> tuple[str, str] | None:
    """Both ends of ``800-1200 m2``, each with its unit; None where the text is no range."""
    found = _range().fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    low, high = found[1].strip(), found[2].strip()
    unit = _UNIT_BEHIND.fullmatch(high)
    if unit is not None and unit[1] and re.fullmatch(r"[-+0-9.,\s]+", low):
        low = f"{low}{' ' if unit[1].isascii() and unit[1] != '%' else ''}{unit[1]}"
    first, last = _quantity(low, units), _quantity(high, units)
    if first is None or last is None or first.value >= last.value:
        return None
    return _THOUSANDS.sub("", low), _THOUSANDS.sub("", high)


def range_as_written(ends: Sequence[str]) -> str:
    """``[800 m2, 1200 m2]``."""
    return f"[{', '.join(ends)}]"


def without_thousands(parts: Sequence[str], wanted: int) -> list[str] | None:
    """The items of a list that commas of thousands have cut in two, put together: 1 and 200 m2 are 1200 m2."""
    whole: list[str] = []
    for part in parts:
        text = part.strip()
        if whole and re.fullmatch(r"[-+]?\d{1,3}(,\d{3})*", whole[-1]) and re.match(r"\d{3}(?!\d)", text):
            whole[-1] = f"{whole[-1]},{text}"
        else:
            whole.append(text)
    if len(whole) != wanted or len(whole) == len(parts):
        return None
    return [re.sub(r"[-+]?\d+(?:,\d{3})+", lambda found: unmarked(found[0]), one) for one in whole]


def how_written(text: str, units: OwnUnits, key: str = "") -> ExpressionError | None:
    """The fault of a number or limit that is told as people say it; None where nobody knows what is meant.

    Args:
        key: of the comparison behind which it stands, if it stands behind one.
    """
    if ends := spoken_range(text, units):
        return ExpressionError("expression-range", text=text, near=f"between: {range_as_written(ends)}")
    said = spoken_limit(text, units)
    if said is None:
        return in_words(text, units)
    if key in COMPARISONS and COMPARISONS[key].form == "limit":
        return ExpressionError("expression-compares", text=text, near=f"{said.key}: {said.limit}")
    return ExpressionError("expression-number-alone", text=text, near=said.limit)


def in_words(text: str, units: OwnUnits, column: int | None = None) -> ExpressionError | None:
    """The fault of a quantity of which the number is in words, 五分钟, or of a limit that is said so, 不少于五个."""
    figures = with_figures(text)
    if figures == text:
        return None
    if ends := spoken_range(figures, units):
        near = f"between: {range_as_written(ends)}"
        return ExpressionError("expression-numeral", column=column, text=text, near=near)
    said = spoken_limit(figures, units)
    near = figures if said is None else said.limit
    if _quantity(near, units) is None and not _FRACTION.fullmatch(near):
        return None
    near = near if said is None else f"{said.key}: {near}"
    return ExpressionError("expression-numeral", column=column, text=text, near=near)


def plain_number(text: str, units: OwnUnits) -> Number | None:
    """A number of a parameter or table, where a fraction may stand as well: 1/8 is 0.125.

    Raises:
        ExpressionError: it is no such number, with how it is written, if that is known.
    """
    try:
        number = parse_quantity(text, units)
    except ExpressionError as error:
        raise how_written(text, units) or error from None
    if number is not None:
        return number
    if fraction := _FRACTION.fullmatch(text):
        below = float(fraction[2])
        return Number(float(fraction[1]) / below) if below else None
    if meant := how_written(text, units):
        raise meant
    return None


def _quantity(text: str, units: OwnUnits) -> Number | None:
    try:
        return parse_quantity(text, units)
    except ExpressionError as error:
        if error.code == "expression-number-marks":  # what is wrong with it comes next
            return parse_quantity(str(error.values["near"]), units)
        return None


def _meaning(said: str, words: Mapping[str, Sequence[str]]) -> str:
    wanted = _folded(said)
    return next(key for key, every in words.items() for one in every if _folded(one) == wanted)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _before() -> re.Pattern[str]:
    """One of the words or signs before a number; nothing that has figures stands before it."""
    return re.compile(rf"(?<![0-9]){_any_of(BEFORE_LIMIT)}", re.IGNORECASE)


@cache
def _included() -> re.Pattern[str]:
    """A remark in brackets, as in 400 m2 or more (inclusive)."""
    return re.compile(rf"[(（]\s*(?:{'|'.join(INCLUSIVE)})[^()（）]*[)）]", re.IGNORECASE)


@cache
def _range() -> re.Pattern[str]:
    between = "|".join(rf"\b{word}\b" if word.isascii() and word.isalpha() else re.escape(word) for word in FROM_TO)
    return re.compile(rf"(.*?[0-9].*?)\s*(?:{between})\s*([0-9].*)")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(BEHIND_LIMIT)}$", re.IGNORECASE)


def _any_of(words: Mapping[str, Sequence[str]]) -> str:
    every = sorted({one for group in words.values() for one in group}, key=len, reverse=True)
    spelt = [re.escape(one).replace(r"\ ", r"\s+") for one in every]
    return "(?:" + "|".join(rf"(?<![^\W\d_])(?<!_){s}(?!\w)" if one[0].isascii() and one[0].isalpha() else s
                            for s, one in zip(spelt, every, strict=True)) + ")"  # fmt: skip
