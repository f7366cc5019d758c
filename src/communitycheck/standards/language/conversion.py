"""Two sides of a comparison in one unit: whether they measure the same, and the factors between their units."""

from __future__ import annotations

from math import isclose, prod

from communitycheck.model.expression import Binary, Node, Number
from communitycheck.model.units import RuleUnit, canonical
from communitycheck.model.units.dimension import of
from communitycheck.standards.language.side import Side

# What is done in a year or a day is often said without it: 8 h, 240 days, 4 times.
_ABBREVIATED = {of(hours=1): of(hours=1, days=-1), of(days=1): of(days=1, years=-1), of(times=1): of(times=1, years=-1)}


def comparable(left: Side, right: Side) -> bool:
    """They measure the same, or say so in short (8 h of opening hours); numbers of things for which no unit is told,
    and those that bare numbers have made of others, go with all numbers of things."""
    if left.dimension == right.dimension:
        return True
    for one, other in ((left, right), (right, left)):
        if one.is_quantity and one.dimension is not None and _ABBREVIATED.get(one.dimension) == other.dimension:
            return other.written is None or isclose(prod(part.factor for part in other.written.parts[1:]), 1)
    if left.is_number_of_things and right.is_number_of_things:
        return left.is_whole or right.is_whole or left.is_loose or right.is_loose
    return False


def in_unit_of(side: Side, other: Side) -> Side:
    """``side`` in the numbers that ``other`` has."""
    if side.is_whole or other.is_whole or isclose(side.factor, other.factor, rel_tol=1e-12):
        return side
    ratio = side.factor / other.factor
    declared = None if side.declared is None else side.declared * ratio
    return side._replace(node=times(side.node, ratio, other.kind), factor=other.factor, declared=declared)


def times(node: Node, factor: float, kind: str = "") -> Node:
    """``node`` multiplied; a number at once, and then in the unit ``kind``."""
    if isclose(factor, 1, rel_tol=1e-12):
        return node
    if isinstance(node, Number):
        stated, written = node.stated, node.written
        if stated is None:
            stated, written = node.value, canonical(node.dimension or "")
        return Number(clean(node.value * factor), kind or node.dimension, written, stated)
    inverse = 1 / factor
    if factor < 1 and isclose(inverse, round(inverse), rel_tol=1e-9):
        return Binary("/", node, Number(float(round(inverse)), converts=True))
    return Binary("*", node, Number(clean(factor), converts=True))


def clean(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.14g}")


def common(sides: list[Side]) -> tuple[float | None, RuleUnit | None]:
    """The unit that all of them declare: what one of it is, and its words."""
    if not sides:
        return 1.0, None
    first = sides[0]
    sizes = [None if side.declared is None else side.declared * side.factor for side in sides]
    one = all(size is not None and isclose(size, sizes[0] or 0.0, rel_tol=1e-9) for size in sizes)
    words = {None if side.written is None else side.written.text for side in sides}
    return first.declared if one else None, first.written if len(words) == 1 else None
