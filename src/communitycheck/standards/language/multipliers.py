"""Bare numbers behind ``*`` and ``/``: a plain factor, or so much for so many whose units are lost.

``* 12`` and ``/ 2`` leave what something measures as it is. Where the other side measures something else, or started
ones are counted (``ceil(people / 5000)``), the number says how much there is to how many; it is taken in the units in
which tables hold both, and where a field is declared in another one nobody knows that this is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose, log10
from typing import Any, NamedTuple

from communitycheck.model.expression import Number, show
from communitycheck.model.text import Text
from communitycheck.model.units.dimension import of
from communitycheck.printable import clip
from communitycheck.standards.language.bare_numbers import Doubt, Fault, reading
from communitycheck.standards.language.orders import is_too_many
from communitycheck.standards.language.products import product
from communitycheck.standards.language.side import Multiplier, Side
from communitycheck.standards.language.spellings import (
    declared_unit,
    one_of,
    quotient_forms,
    remedy,
    spelled,
    written_in_declared,
)

_MOST_FORMS = 3
_ANY = Side(Number(1.0), of(items=1), kind="items")  # what is counted, where nothing tells


class LostUnit(NamedTuple):
    """Why a multiplier is refused, and how it is to be written."""

    fault: Fault
    multiplier: Multiplier
    near: Text

    def values(self) -> dict[str, Any]:
        """What its message says."""
        _, bare, beside = self.multiplier
        unit = declared_unit(beside)
        wanted = beside.unit if unit is None else Text(unit.shown("zh"), unit.shown("en"))
        held = {"beside": clip(show(beside.node), 40), "limit": clip(spelled(bare), 40)}
        return {**held, "wanted": wanted, "near": self.near}


def lost_in_rounding(side: Side) -> LostUnit | None:
    """Of what is rounded to whole ones: 1 for each 0.5 of a field in 万人, for each fifth of a person."""
    found = side.multiplier
    return None if found is None or found.op != "/" else _lost(found, None)


def lost_between(one: Side, other: Side) -> LostUnit | None:
    """Of two sides that go together only because bare numbers may have made the one of the other."""
    for side, beside in ((one, other), (other, one)):
        found = side.multiplier
        if found is not None and (lost := _lost(found, beside)) is not None:
            return lost
    return None


def lacking(one: Side, other: Side) -> LostUnit | None:
    """Of two sides that measure different things: the number that would make the one of the other."""
    for side, beside in ((one, other), (other, one)):
        found = side.multiplier
        if found is not None and side.dimension == found.beside.dimension and beside.dimension and not side.is_whole:
            return LostUnit("factor", found, factor_forms(found, beside))
    return None


def doubts_between(one: Side, other: Side) -> Iterator[Doubt]:
    """What to ask of numbers that are taken as they stand."""
    for side, beside in ((one, other), (other, one)):
        found = side.multiplier
        if found is None:
            continue
        if side.dimension == beside.dimension and not side.is_whole:
            if (code := _doubt_of_factor(side, beside)) is not None:
                yield Doubt(found.bare, found.beside, code, factor_forms(found, beside))
        elif found.op == "*" and side.dimension != beside.dimension and beside.dimension == _ANY.dimension:
            if is_too_many(found.bare.most or 0.0, beside.thing or "items", found.beside.kind):
                yield Doubt(found.bare, found.beside, "lint-too-many-each", _per_hundreds(found, beside))
        elif found.op == "/" and (found.beside.kind or found.beside.states_one_word):
            is_started = found.beside.is_integral and not found.bare.is_integral
            if is_started or reading(found.bare, found.beside).doubt:
                yield Doubt(found.bare, found.beside)


def dividend_doubts(one: Side, other: Side) -> Iterator[Doubt]:
    """``5000 / population``: nothing says of what the 5000 are; 1 divided by so much to each turns that round."""
    if not one.is_bare or not one.most or other.is_whole or not other.dimension:
        return
    if not (one.most == 1 and not other.dimension.is_single):
        yield Doubt(one, other, "lint-bare-dividend", written_in_declared(one, other))


def factor_forms(multiplier: Multiplier, other: Side | None) -> Text:
    """The number in each unit in which it may be meant."""
    op, bare, beside = multiplier
    if op == "/" and (other is None or other.is_whole or other.is_bare):
        return written_in_declared(bare, beside)
    other = _ANY if other is None or other.is_bare else other
    above, below = (other, beside) if op == "*" else (beside, other)
    forms = quotient_forms(above, below, product("/", above, below))
    value = "…" if bare.most is None else f"{bare.most:.12g}"
    return one_of([f"{value} {form}" for form in forms[:_MOST_FORMS]])


def _per_hundreds(multiplier: Multiplier, other: Side) -> Text:
    """The number for so many of them, not for each."""
    _, bare, beside = multiplier
    forms = quotient_forms(other, beside, product("/", other, beside))
    many = [form for form in forms if form.split("/")[-1][:1].isdigit()]
    value = "…" if bare.most is None else f"{bare.most:.12g}"
    return one_of([f"{value} {form}" for form in (many or forms)[:1]])


def _lost(multiplier: Multiplier, other: Side | None) -> LostUnit | None:
    op, bare, beside = multiplier
    if op == "/" and bare.most is not None and bare.most < 1 and beside.is_integral and _is_plain(beside):
        return LostUnit("fraction", multiplier, remedy("fraction", bare, beside))
    if _is_plain(beside) and (other is None or other.is_bare or _is_plain(other)):
        return None
    return LostUnit("factor", multiplier, factor_forms(multiplier, other))


def _is_plain(side: Side) -> bool:
    """Its numbers are held in the unit that is declared for it."""
    return side.is_whole or (side.declared is not None and isclose(side.declared, 1))


def _doubt_of_factor(side: Side, other: Side) -> str | None:
    """Of a factor between two units: 10000 that only converts, which is done without it; 300 that is nearer to one as
    300 m2 for each ha than as 300 times the land."""
    found = side.multiplier
    sizes = [None if one.declared is None else one.declared * one.factor for one in (side, other)]
    if found is None or not isinstance(found.bare.node, Number) or not all(sizes) or not side.scale:
        return None
    between = log10((sizes[0] or 1.0) / (sizes[1] or 1.0))
    factor = log10(abs(side.scale))
    if isclose(between, 0, abs_tol=1e-9) or abs(factor - between) >= abs(factor):
        return None
    return "lint-converts-twice" if isclose(factor, between, abs_tol=1e-9) else "lint-plain-factor"
