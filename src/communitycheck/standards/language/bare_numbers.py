"""What a number without a unit means beside something that has one.

This is the one place that says so: limits, conditions, arms of ``if``, ends of ranges, numbers of parameters and
tables all ask it. A bare number is in the unit that a file declares for what stands beside it; where no single one is
declared, it is refused with the ways to write it out.
"""

from __future__ import annotations

from math import isclose
from typing import Literal, NamedTuple

from msgspec import Struct

from communitycheck.model.expression import Call, Number, walk
from communitycheck.model.text import Text
from communitycheck.model.units import NONE
from communitycheck.standards.language.side import PARTS_OF_ONE, Side

# Why a bare number is refused: it lacks a unit; the parts beside it declare different ones; it is too large for a
# share; a small one may be meant as a part of one or as a percentage; a fraction stands beside what is counted; what is
# multiplied by it is declared in another unit than tables hold it in.
Fault = Literal["", "unit", "mixed", "share", "percent", "fraction", "factor"]
# Where it stands: held against what is beside it as more or less of it, or as the same or the end of a range; added to
# it; or one of several values of which one is chosen.
Place = Literal["compared", "equated", "added", "chosen"]
# Beside a field in one of these a bare number is easily taken for square metres, metres, another sum or another time.
SAID_IN_FULL = frozenset({"ha", "mu", "km2", "km", "yuan", "10k yuan", "months", "quarters", "weeks", "years"})


class Reading(Struct, frozen=True):
    """By what a bare number is multiplied, or why it is refused.

    Attributes:
        is_plain: no declared unit is at work.
        doubt: what lint asks of it: the declared unit is one of several that are in use, or 1 is no certain share.
    """

    factor: float = 1.0
    fault: Fault = ""
    is_plain: bool = False
    doubt: str = ""


def bare_number(number: Number) -> Side:
    whole = number.value.is_integer()
    return Side(number, is_bare=True, is_integral=whole, scale=number.value, most=abs(number.value))


class Doubt(NamedTuple):
    """A number that had better be written otherwise, what it is read beside, and what is to be said of it."""

    bare: Side
    beside: Side
    code: str = "lint-say-unit"
    near: Text | None = None


def reading(bare: Side, beside: Side, place: Place = "compared") -> Reading:
    """What ``bare`` means beside ``beside``; a share that is added to it, as in 1 - 10%, is a part of one."""
    if not beside.is_told or bare.most == 0:
        return Reading(beside.declared or 1.0, is_plain=True)
    if beside.dimension == NONE and not beside.is_whole:
        return _beside_share(bare, beside, place)
    if beside.declared is None and not beside.is_number_of_things:
        return Reading(fault="mixed")
    if place in ("compared", "equated") and _is_fraction(bare, beside):
        return Reading(fault="fraction")
    if beside.kind or (beside.states_one_word and not beside.is_loose):
        return _declared(beside)
    if beside.is_loose or beside.is_number_of_things:
        return Reading(beside.declared or 1.0, is_plain=True)
    return Reading(fault="unit")


def _declared(beside: Side) -> Reading:
    factor = beside.declared or 1.0
    stated = "" if beside.written is None else beside.written.parts[0].word.key
    return Reading(factor, doubt="lint-say-unit" if factor != 1 or stated in SAID_IN_FULL else "")


def _is_fraction(bare: Side, beside: Side) -> bool:
    """1.2 beside what is counted one by one: the 万 behind it is lost."""
    counted = beside.is_integral and not beside.is_loose and beside.is_number_of_things
    return counted and not bare.is_integral and isclose(beside.declared or 1.0, 1)


def _beside_share(bare: Side, beside: Side, place: Place) -> Reading:
    if beside.is_loose:
        return Reading(is_plain=True)
    stated = beside.written.text if beside.written is not None else ""
    if place != "added" and stated in PARTS_OF_ONE:
        small = bare.most is not None and bare.most <= 1
        return Reading(fault="percent") if small else Reading(beside.declared or 1.0)
    if stated == "ratio" or bare.most is None or bare.most <= 1:
        is_one = place == "compared" and bare.is_integral and bare.most == 1
        return Reading(is_plain=True, doubt="lint-bare-one" if is_one and _is_part(beside) else "")
    return Reading(fault="share")


def _is_part(side: Side) -> bool:
    """So many of so many: 1 is all of them or a hundredth. Of one area to another, or to last year's figure, it is as
    much as the other, and beside a field in ``ratio`` it says so itself."""
    asked = {part.function for part in walk(side.node) if isinstance(part, Call)}
    counted = side.kind or "count" in asked if side.written is None else side.written.text != "ratio"
    return bool(counted) and "previous" not in asked


def code_of(fault: Fault) -> str:
    """The message of a fault."""
    return _CODES[fault]


_CODES: dict[Fault, str] = {
    "unit": "bare-unit",
    "mixed": "bare-mixed",
    "share": "bare-share",
    "percent": "bare-percent",
    "fraction": "bare-fraction",
    "factor": "bare-factor",
}
