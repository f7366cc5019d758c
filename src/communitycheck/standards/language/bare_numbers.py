"""What a number without a unit means beside something that has one.

This is the one place that says so: limits, conditions, arms of ``if``, ends of ranges, numbers of parameters and
tables all ask it. A bare number is in the unit that a file declares for what stands beside it; where no single one is
declared, it is refused with the ways to write it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communitycheck.model.expression import Number, show
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, RuleUnit, canonical
from communitycheck.standards.language.side import PARTS_OF_ONE, Side, unit_of_dimension

# Why a bare number is refused: it lacks a unit; the parts beside it declare different ones; it is too large for a
# share; a small one may be meant as a part of one or as a percentage.
Fault = Literal["", "unit", "mixed", "share", "percent"]


@dataclass(frozen=True, slots=True)
class Reading:
    """By what a bare number is multiplied, or why it is refused; ``is_plain`` where no declared unit is at work."""

    factor: float = 1.0
    fault: Fault = ""
    is_plain: bool = False


def bare_number(number: Number) -> Side:
    return Side(number, is_bare=True, scale=number.value, most=abs(number.value))


def reading(bare: Side, beside: Side, *, is_added: bool = False) -> Reading:
    """What ``bare`` means beside ``beside``; where it ``is_added`` to it, as in 1 - 10%, a share is a part of one."""
    if not beside.is_told or bare.most == 0:
        return Reading(beside.declared or 1.0, is_plain=True)
    if beside.dimension == NONE and not beside.is_whole:
        return _beside_share(bare, beside, is_added)
    if beside.declared is None and not beside.is_number_of_things:
        return Reading(fault="mixed")
    if beside.kind or (beside.states_one_word and not beside.is_loose):
        return Reading(beside.declared or 1.0)
    if beside.is_loose or beside.is_number_of_things:
        return Reading(beside.declared or 1.0, is_plain=True)
    return Reading(fault="unit")


def _beside_share(bare: Side, beside: Side, is_added: bool) -> Reading:
    if beside.is_loose:
        return Reading(is_plain=True)
    stated = beside.written.text if beside.written is not None else ""
    if not is_added and stated in PARTS_OF_ONE:
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
    return one_of(forms)


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
}
