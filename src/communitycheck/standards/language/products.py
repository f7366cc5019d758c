"""What a product or quotient measures, and in which unit its numbers are."""

from __future__ import annotations

from communitycheck.model.expression import Binary, Node, Number
from communitycheck.model.units import NONE, Dimension, RuleUnit
from communitycheck.model.units.compound import MOST_PARTS, UnitPart
from communitycheck.standards.language.side import Multiplier, Side, times


def product(op: str, left: Side, right: Side) -> Side:
    """What the two are when multiplied, or the first divided by the second."""
    node: Node = Binary(op, left.node, right.node)
    if not (left.is_told or left.is_bare) or not (right.is_told or right.is_bare):
        return _of_nameless(op, left, right)
    # So many started thousands are a plain number.
    one, other = (NONE if s.is_whole else s.dimension or NONE for s in (left, right))
    dimension: Dimension = one * other if op == "*" else one / other
    if left.is_bare and right.is_bare:
        most = _most(op, left, right)
        whole = most is not None and most.is_integer()
        return Side(node, is_bare=True, is_integral=whole, scale=_scale(op, left, right), most=most)
    factor = left.factor * right.factor if op == "*" else left.factor / right.factor
    whole = all(side.is_whole or side.is_bare for side in (left, right))
    if dimension == NONE and not whole:  # a share is a plain number, whatever its parts are in: m2 of ha as well
        node, factor = times(node, factor), 1.0
    kept = _kept(op, left, right)
    written = _written(op, left, right)
    return Side(
        node,
        dimension,
        factor,
        kind="" if kept is None else kept.kind,
        declared=_declared(op, left, right) if dimension else 1.0,
        written=written if written is not None and written.dimension == dimension else None,
        scale=_scale(op, left, right),
        most=_most(op, left, right),
        is_whole=whole,
        thing=_thing(op, left, right),
        multiplier=_multiplier(op, left, right),
    )


def _of_nameless(op: str, left: Side, right: Side) -> Side:
    """A product in which the unit of a field is not known."""
    sign = 1 if op == "*" else -1
    one, other = (NONE if side.is_whole else side.dimension or side.rest for side in (left, right))
    return Side(
        Binary(op, left.node, right.node),
        nameless=left.nameless or right.nameless,
        power=left.power + sign * right.power,
        rest=one * other if op == "*" else one / other,
    )


def _declared(op: str, left: Side, right: Side) -> float | None:
    """A bare number beside a product is in the product of the declared units; beside a share it is a plain one."""
    one, other = (1.0 if side.dimension in (NONE, None) else side.declared for side in (left, right))
    if one is None or other is None:
        return None
    return one * other if op == "*" else one / other


def _written(op: str, left: Side, right: Side) -> RuleUnit | None:
    """The unit of a product, of the words of both; what both have falls out, but for things per things."""
    above: list[UnitPart] = []
    below: list[UnitPart] = []
    for side, up in ((left, True), (right, op == "*")):
        if side.is_bare or side.is_whole or side.dimension == NONE:
            continue
        if side.written is None:
            return None
        first, *rest = side.written.parts
        (above if up else below).append(first)
        (below if up else above).extend(rest)
    # So many persons to a person is worth saying; so many yuan to a yuan is a ratio.
    kept = op == "/" and len(above) == len(below) == 1 and above[0].word.dimension.is_count
    for part in () if kept else list(below):
        if part in above:
            above.remove(part)
            below.remove(part)
    return RuleUnit((above[0], *below)) if len(above) == 1 and len(below) < MOST_PARTS else None


def _most(op: str, left: Side, right: Side) -> float | None:
    if left.most is None or right.most is None or (op == "/" and not right.most):
        return None
    return left.most * right.most if op == "*" else left.most / right.most


def _kept(op: str, left: Side, right: Side) -> Side | None:
    """The side whose unit a factor without one leaves as it is."""
    for one, other in ((left, right), (right, left)):
        if other.dimension == NONE and other.factor == 1 and not other.is_whole and not (op == "/" and one is right):
            return one if one.is_told and not one.is_loose else None
    return None


def _scale(op: str, left: Side, right: Side) -> float | None:
    """The bare numbers of both."""
    if left.scale is None and right.scale is None:
        return None
    a, b = (1.0 if s.scale is None else s.scale for s in (left, right))
    if op == "/" and not b:
        return a
    return a * b if op == "*" else a / b


def _multiplier(op: str, left: Side, right: Side) -> Multiplier | None:
    """The bare number behind what has a unit; several are one."""
    told, bare = (right, left) if left.is_bare and op == "*" else (left, right)
    if not bare.is_bare:
        return left.multiplier if op == "/" else left.multiplier or right.multiplier
    if told.is_whole or not told.dimension:
        return None
    if (before := told.multiplier) is None:
        return Multiplier(op, bare, told) if bare.most else None
    held = _scale(op, left, right)
    if held is None or not all(isinstance(one.node, Number) for one in (bare, before.bare)):
        return before
    both = bare._replace(node=Number(held), scale=held, most=abs(held), is_integral=held.is_integer())
    return Multiplier("*", both, before.beside)


def _thing(op: str, left: Side, right: Side) -> str:
    named = left.thing or right.thing
    both = bool(left.thing and right.thing)
    return "" if both and op == "/" else named
