"""What a number without a unit means beside something that has one.

This is the one place that says so: limits, conditions, arms of ``if``, ends of ranges, numbers of parameters and
tables all ask it. A bare number is in the unit that a file declares for what stands beside it; where no single one is
declared, it is refused with the ways to write it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import Literal

from communitycheck.model.expression import Number, show
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, RuleUnit, canonical, parse_unit
from communitycheck.standards.language.side import PARTS_OF_ONE, Side, unit_of_dimension

# Why a bare number is refused: it lacks a unit; the parts beside it declare different ones; it is too large for a
# share; a small one may be meant as a part of one or as a percentage; a fraction stands beside what is counted.
Fault = Literal["", "unit", "mixed", "share", "percent", "fraction"]
# Where it stands: held against what is beside it, added to it, or one of several values of which one is chosen.
Place = Literal["compared", "added", "chosen"]
# Beside a field in one of these a bare number is easily taken for square metres, metres, another sum or another time.
SAID_IN_FULL = frozenset({"ha", "mu", "km2", "km", "yuan", "10k yuan", "months", "quarters", "weeks", "years"})


@dataclass(frozen=True, slots=True)
class Reading:
    """By what a bare number is multiplied, or why it is refused.

    Attributes:
        is_plain: no declared unit is at work.
        is_doubtful: the declared unit is one of several that are in use, so that the number had better state it.
    """

    factor: float = 1.0
    fault: Fault = ""
    is_plain: bool = False
    is_doubtful: bool = False


def bare_number(number: Number) -> Side:
    whole = number.value.is_integer()
    return Side(number, is_bare=True, is_integral=whole, scale=number.value, most=abs(number.value))


def reading(bare: Side, beside: Side, place: Place = "compared") -> Reading:
    """What ``bare`` means beside ``beside``; a share that is added to it, as in 1 - 10%, is a part of one."""
    if not beside.is_told or bare.most == 0:
        return Reading(beside.declared or 1.0, is_plain=True)
    if beside.dimension == NONE and not beside.is_whole:
        return _beside_share(bare, beside, place)
    if beside.declared is None and not beside.is_number_of_things:
        return Reading(fault="mixed")
    if place == "compared" and _is_fraction(bare, beside):
        return Reading(fault="fraction")
    if beside.kind or (beside.states_one_word and not beside.is_loose):
        return _declared(beside)
    if beside.is_loose or beside.is_number_of_things:
        return Reading(beside.declared or 1.0, is_plain=True)
    return Reading(fault="unit")


def _declared(beside: Side) -> Reading:
    factor = beside.declared or 1.0
    stated = "" if beside.written is None else beside.written.parts[0].word.key
    return Reading(factor, is_doubtful=factor != 1 or stated in SAID_IN_FULL)


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
        return Reading(is_plain=True)
    return Reading(fault="share")


# --- the ways to write a number out

# Of how many documents commonly speak, the usual first; area is also given a person.
_USUAL = {"households": (100, 1), "persons": (1000, 10_000, 1)}


def unit_forms(beside: Side) -> tuple[str, ...]:
    """In which units documents state what is measured: m2/100 households, m2/household."""
    words = [canonical(beside.kind)] if beside.kind else []
    words = words if beside.written is None else beside.written.text.split("/")
    if len(words) == 1:
        return (_behind_figures(words[0]),)
    dimension = beside.dimension or NONE
    if not words:
        words = unit_of_dimension(dimension, beside.thing).split("/")
    atoms = [atom for atom in _USUAL if dict(dimension.powers).get(atom) == -1 or _counted(beside.written, atom)]
    if len(words) != 2 or len(atoms) != 1:
        return (_behind_figures("/".join(words)),)
    above, (atom,) = _behind_figures(words[0]), atoms
    numbers = sorted(_USUAL[atom]) if above in ("m2", "万元", "yuan") and atom == "persons" else _USUAL[atom]
    return tuple(f"{above}/{words[1]}" if number == 1 else f"{above}/{number} {atom}" for number in numbers)


def _counted(unit: RuleUnit | None, atom: str) -> bool:
    """So many persons to a person: a share, of which documents may say per 1000."""
    return unit is not None and len(unit.parts) == 2 and dict(unit.parts[1].word.dimension.powers).get(atom) == 1


def _behind_figures(unit: str) -> str:
    """A unit that begins with a figure cannot stand behind one."""
    return unit.replace("10k yuan", "万元")


def written_out(bare: Side, beside: Side) -> Text:
    """The number in each unit in which it may be meant; with dots in its place where it is a formula."""
    held = bare.node.value if isinstance(bare.node, Number) else bare.most
    value = "…" if held is None else f"{held:.12g}"
    if beside.dimension == NONE:
        if held is not None and reading(bare, beside).fault == "percent":
            return one_of([f"{value}%", f"{held * 100:.12g}%"])
        things = [f"{value} {form}" for form in unit_forms(beside) if "/" in form]
        forms = [f"{value}%", f"{value} ratio", *things[:1]]
    else:
        forms = [f"{value} {form}" for form in unit_forms(beside)]
        if held is not None and held <= 1 and beside.is_rate_of_counts:
            forms.append(f"{held * 100:.12g}%")
    return one_of(forms)


def declared_form(bare: Side, beside: Side) -> str:
    """The number in the unit that is declared for what stands beside it."""
    unit, factor = beside.written, beside.declared or 1.0
    if unit is None or not isclose(unit.factor, factor * beside.factor):  # 万人, which has no text of its own
        value = f"{bare.node.value * factor:.12g}" if isinstance(bare.node, Number) else "…"
        return f"{value} {_behind_figures(beside.unit_text)}"
    return f"{spelled(bare) if isinstance(bare.node, Number) else '…'} {_behind_figures(unit.text)}"


def remedy(fault: Fault, bare: Side, beside: Side) -> Text:
    """How a number that is refused is to be written."""
    if fault != "fraction":
        return written_out(bare, beside)
    unit = unit_of_dimension(beside.dimension or NONE, beside.thing)
    return in_thousands(bare.node.value if isinstance(bare.node, Number) else None, unit)


def in_thousands(value: float | None, unit: str) -> Text:
    """As documents give large numbers of things; without a value the unit alone."""
    found = parse_unit(unit, {})
    word = unit if found is None else found.shown("zh")
    if value is None:
        return Text(f"万{word}", f"万{word}")
    large = " or ".join(f"{value * times:.12g} {unit}" for times in (10_000, 1000))
    return Text(f"{value:.12g}万{word} 或 {value:.12g}千{word}", large)


def spelled(limit: Side) -> str:
    """``30 m2``, in the unit in which it is written; a formula or parameter by itself."""
    node = limit.node
    if not isinstance(node, Number):
        return show(node)
    if limit.written is None or limit.written.text[:1].isdigit():  # 10000 households cannot stand behind a figure
        if node.dimension in (None, "ratio"):
            return show(node)
        return f"{node.value:.12g} {canonical(node.dimension or '')}"
    gap = "" if limit.written.text in PARTS_OF_ONE else " "
    return f"{in_written(limit):.12g}{gap}{limit.written.text}"


def in_written(limit: Side) -> float:
    """The figure of a number as it is written before its unit."""
    assert isinstance(limit.node, Number)
    return float(f"{limit.node.value / (limit.declared or 1.0):.12g}")


def one_of(forms: list[str]) -> Text:
    return Text(" 或 ".join(forms), " or ".join(forms))


def code_of(fault: Fault) -> str:
    """The message of a fault."""
    return _CODES[fault]


_CODES: dict[Fault, str] = {
    "unit": "bare-unit",
    "mixed": "bare-mixed",
    "share": "bare-share",
    "percent": "bare-percent",
    "fraction": "bare-fraction",
}
