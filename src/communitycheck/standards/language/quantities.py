"""Numbers with their units as rule files write them: 400 m2, 13%, 35 beds/1000 persons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from math import isinf
from typing import Any

from communitycheck.errors import ExpressionError
from communitycheck.model.expression import Number
from communitycheck.model.units import OwnUnits, every_word, kind_of, measure_of, parse_unit
from communitycheck.model.units.words import MULTIPLES
from communitycheck.nearest import nearest
from communitycheck.patterns import pattern
from communitycheck.printable import clip

_UNITS_SHOWN = ("m2", "%", "h", "persons", "households", "items", "times")
_UNIT = r"\s*([^\s\d(+*<>=,.。_’\[\"'-][^()<>=,\[\"']*)?\s*$"
_FIGURES = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_QUANTITY = pattern(rf"^\s*({_FIGURES})" + _UNIT)
# Figures with marks between them that are no number here: 1,5 · 1,000 · 1 000 · 1_000 · 1'000 · 1.234.567 · 1,2345
_MARKED = pattern(r"^\s*([-+]?\d+(?:[,.。_'’]\d+| +\d{3}(?!\d))+)" + _UNIT)
_MARKED_BELOW = pattern(r"([0-9]+(?:[,_'’][0-9]+| [0-9]{3}(?![0-9]))+)")
_TURNED = pattern(rf"^\s*每([^\W\d]+)\s*({_FIGURES})\s*([^\W\d]\w*)\s*$")
# 元/(人·年): per person and year, as formulas of units are printed.
_BRACKETED = pattern(rf"^\s*({_FIGURES})\s*([^\s()/]+)\s*/\s*\(\s*([^()/]+?)\s*\)\s*$")
_BETWEEN_UNITS = pattern(r"\s*[·*]\s*")
_DATE = pattern(r"^\s*[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日?\s*$")
_ONE_TO_OTHER = pattern(r"^\s*([0-9]+(?:\.[0-9]+)?)\s*:\s*([0-9]+(?:\.[0-9]+)?)\s*$")
_TIME = pattern(r"([01]?[0-9]|2[0-4]):[0-5][0-9]")
_GROUPED = pattern(r"\d{1,3}(\D+\d{3})+|\d{1,4}(\D+\d{4})+")
_TO = pattern(r"(?:~|至|到|to)\s*[0-9]")
# What the comma of a flow mapping leaves on both sides of it.
_HEAD = pattern(r"([-+]?[^/]*(?:/|每|per )\s*)?([-+]?[0-9]+)")
_TAIL = pattern(r"([0-9]+)(|[^0-9].*)")


def parse_quantity(text: str, units: OwnUnits | None = None) -> Number | None:
    """``400 m2``, ``13%``, ``35 beds/1000 persons`` as a number in the canonical unit; None where it is not a bare
    quantity.

    Args:
        units: those that the standard declares.

    Raises:
        ExpressionError: where a number is followed by a unit that does not exist, or its figures have marks between
            them that can be read in more than one way.
    """
    plain = unicodedata.normalize("NFKC", text)
    if turned := _TURNED.match(plain):  # 每万人3人 is 3人/万人
        unit = parse_unit(f"{turned[3]}/{turned[1]}", units or {})
        plain = text = f"{turned[2]}{turned[3]}/{turned[1]}" if unit is not None else text
    elif bracketed := _BRACKETED.match(plain):
        per = "/".join((bracketed[2], *_BETWEEN_UNITS.split(bracketed[3])))
        if parse_unit(per, units or {}) is not None:
            plain = text = f"{bracketed[1]} {per}"
    if ratio := _ONE_TO_OTHER.match(plain):
        raise _one_to_other(text.strip(), ratio[1], ratio[2])
    if _DATE.match(plain):
        return None
    found = _QUANTITY.match(plain)
    if not found:
        if marked := _MARKED.match(plain):
            likely = f"{unmarked(marked.group(1))} {marked.group(2) or ''}".strip()
            raise ExpressionError("expression-number-marks", text=text.strip(), near=likely)
        return None
    written = (found.group(2) or "").strip()
    if not text.strip().startswith(found.group(1)):  # full-width figures
        raise ExpressionError("expression-number-marks", text=text.strip(), near=f"{found.group(1)} {written}".strip())
    value = finite(found.group(1))
    if not written:
        return Number(value)
    if marked := _MARKED_BELOW.search(written):
        likely = f"{found.group(1)} {written.replace(marked.group(1), unmarked(marked.group(1)))}"
        raise ExpressionError("expression-number-marks", text=text.strip(), near=likely)
    number = with_unit(value, written, units or {})
    if number is None and _TO.match(written):
        return None
    # "5 and x" is a formula that begins with a number; "5 furlongs" is a quantity in no unit we know.
    if number is None and written in MULTIPLES:
        near, figure = f"{found.group(1)}{written}", f"{value * MULTIPLES[written]:.12g}"
        raise ExpressionError("expression-multiple", text=text.strip(), near=near, figure=figure)
    if number is None and not (len(written.split()) > 1 or "/" in written or "*" in written):
        raise unknown_unit(written, units or {})
    return number


def unknown_unit(word: str, units: OwnUnits, column: int | None = None) -> ExpressionError:
    """The fault of a word that stands where a unit does."""
    near = nearest(word, every_word(units))
    near = "" if near and near in word else near  # working days are no days
    return ExpressionError("unit-unknown", column=column, unit=word, hint=near or ", ".join(_UNITS_SHOWN))


def _one_to_other(text: str, one: str, other: str) -> ExpressionError:
    """What 1:4 may mean: a fraction, one thing for so many others, a time of day."""
    if not float(other):
        one, other = "1", "4"
    is_time = one != "1" and _TIME.fullmatch(f"{one}:{other}")
    hours = f"{float(one) + float(other) / 60:.4g} h" if is_time else ""
    near = f"{float(one) / float(other) * 100:.6g}%"
    return ExpressionError("expression-ratio", text=text, near=near, one=one, other=other, hours=hours)


def with_unit(value: float, written: str, units: OwnUnits) -> Number | None:
    """So many of a unit, in the unit in which such numbers are held."""
    unit = parse_unit(written, units)
    if unit is None:
        return None
    kind = kind_of(unit)
    # 万人 is so many of 10000 persons, which is no unit that can be written.
    own = written if unit.text[:1].isdigit() else unit.text
    held, stated = scaled(value, unit.factor / measure_of(kind, units)[1]), None if own[:1].isdigit() else value
    return Number(held, kind, own, stated)


def split_number(entries: Mapping[Any, object], key: object) -> tuple[str, str] | None:
    """A number that the comma of a flow mapping has cut in two, as in ``{at_least: 2,4 m2}``: its text, and how it is
    written. ``key`` is what stands behind the comma, a key without a value; None where it is no such part."""
    tail = _TAIL.fullmatch(str(key))
    if tail is None or entries.get(key) is not None:
        return None
    before: object = None
    for name, value in entries.items():
        if name == key:
            break
        before = value
    head = _HEAD.fullmatch(str(before).strip()) if isinstance(before, int | float | str) else None
    if head is None:
        return None
    begun, figures = head[1] or "", f"{head[2]},{tail[1]}"  # 50 m2/1 of 50 m2/1,000 persons
    return f"{begun}{figures}{tail[2]}", f"{begun}{unmarked(figures)}{tail[2]}"


def unmarked(text: str) -> str:
    """The number most likely meant: 1 000 is 1000, 1,5 is 1.5, 1.234,5 is 1234.5; 95.5.5 has a point too many."""
    sign, figures = (text[:1], text[1:]) if text[0] in "-+" else ("", text)
    groups, marks = re.findall(r"\d+", figures), re.findall(r"\D+", figures)
    if _GROUPED.fullmatch(figures) or (len(marks) > 1 and len(set(marks)) == 1 and marks[0] != "."):
        return sign + "".join(groups)
    if set(marks) == {"."} and len(marks) > 1:
        return f"{sign}{groups[0]}.{''.join(groups[1:])}"
    return f"{sign}{''.join(groups[:-1])}.{groups[-1]}"


def scaled(value: float, factor: float) -> float:
    """value * factor without the noise of a factor such as 0.01 (13 % is 0.13, not 0.13000000000000000x)."""
    inverse = round(1 / factor)
    exact = 0 < factor < 1 and abs(1 / factor - inverse) < 1e-9
    return value / inverse if exact else value if factor == 1 else float(f"{value * factor:.15g}")


def finite(text: str) -> float:
    """The value of figures; a fault where they are too large for any number."""
    value = float(text)
    if isinf(value):
        raise ExpressionError("expression-number", text=clip(text, 20))
    return value
