"""How a limit stands in a rule file, and how it is better written."""

from __future__ import annotations

from communitycheck.model.expression import Number, show
from communitycheck.model.units import CANONICAL, Dimension, canonical
from communitycheck.model.units.dimension import of
from communitycheck.standards.language.side import Side, unit_of_dimension

# Of what documents commonly count the numerator, where it is per household or person.
_USUAL = {"households": 100, "persons": 1000}
_AREA = of(length=2)
_MONEY = (CANONICAL["money"][0], CANONICAL["money"][1].zh)


def spelled(limit: Side) -> str:
    """``30 m2``; a formula or parameter by itself."""
    node = limit.node
    if not isinstance(node, Number):
        return show(node)
    if node.dimension in (None, "ratio"):
        return show(node)
    return f"{node.value:.12g} {canonical(node.dimension or '')}"


def suggested(measured: Side, limit: Side) -> str:
    """The limit in the usual unit of what the indicator measures."""
    value = f"{limit.node.value:.12g}" if isinstance(limit.node, Number) else "30"
    dimension = measured.dimension
    if dimension is None:
        return value
    # A unit that begins with a figure cannot stand behind one.
    return f"{value} {usual_unit(dimension, measured.thing).replace(*_MONEY)}" if dimension else f"{value}%"


def usual_unit(dimension: Dimension, thing: str) -> str:
    """In which unit documents state what is measured: area per 100 households, beds per 1000 persons."""
    for atom, number in _USUAL.items():
        above = dimension * of(**{atom: 1})
        if above == _AREA and atom == "persons":
            return "m2/person"
        if above == _AREA or above == of(items=1) or (above.is_count and atom != "households"):
            return f"{unit_of_dimension(above, thing)}/{number} {atom}"
    return unit_of_dimension(dimension, thing)
