"""What one side of a comparison measures, and how its numbers are to be read; two sides in one unit."""

from __future__ import annotations

import math
from typing import NamedTuple

from communitycheck.model.expression import Binary, Node, Number
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, Dimension, RuleUnit, canonical, shown
from communitycheck.model.units.dimension import of
from communitycheck.model.units.words import WORDS


class Side(NamedTuple):
    """An expression as far as units go.

    Attributes:
        node: the expression, every bare number in it in the unit of what stands beside it.
        dimension: what it measures; None where it cannot be told, or it is a bare number.
        factor: what one of its numbers is in the product of the atoms' units.
        kind: the declared unit that it keeps: that of a field, a parameter or a quantity, also of sums of them.
        declared: what a bare number beside it is to be multiplied by: 10,000 beside a field in ha; None where its
            parts declare different units.
        written: the unit as the files state it for its parts, ha/household; None where they state none.
        scale: the product of the bare numbers that multiply it, 1 where it cannot be told; None where there is none.
        is_bare: a number without a unit, or several.
        most: the largest of its numbers, where they are written out, in the file or in a parameter or table of it.
        odd: the first of them that is no whole one.
        is_whole: numbers of things for which no unit tells which (``ceil`` of a quotient).
        is_integral: all its numbers are whole ones, in its plain unit: those of a field of persons.
        is_quantity: a number with a unit, written out or a parameter.
        thing: the word for what it counts.
        nameless: a field in it for which no unit is declared; then nobody knows what it measures.
        power: how often such fields multiply it, less how often they divide it: 0 where they may fall out.
        rest: what its other parts measure, where it has a nameless one.
        multiplier: the bare number that multiplies or divides it.
    """

    node: Node
    dimension: Dimension | None = None
    factor: float = 1.0
    kind: str = ""
    declared: float | None = 1.0
    written: RuleUnit | None = None
    scale: float | None = None
    is_bare: bool = False
    most: float | None = None
    odd: float | None = None
    is_whole: bool = False
    is_integral: bool = False
    is_quantity: bool = False
    thing: str = ""
    nameless: str = ""
    power: int = 0
    rest: Dimension = NONE
    multiplier: Multiplier | None = None

    @property
    def is_told(self) -> bool:
        return self.dimension is not None

    @property
    def is_loose(self) -> bool:
        """Bare numbers may have made something else of it."""
        return self.scale is not None

    @property
    def is_number_of_things(self) -> bool:
        return self.is_whole or (self.dimension is not None and self.dimension.is_count)

    @property
    def is_rate_of_counts(self) -> bool:
        """So many things of one kind to things of another."""
        if self.dimension in (None, NONE) or self.is_loose:
            return False
        return self.dimension.is_rate_of_counts

    def takes_unit_of(self, other: Side) -> bool:
        """``other`` would say what a field is in for which no unit is declared."""
        if not self.nameless or self.is_told:
            return False
        if other.is_bare:
            return self.power != 0 and self.rest != NONE and other.most != 0
        if not other.is_told:
            return False
        if self.power == 0 or self.rest != NONE or other.is_quantity:
            return self.power != 0 or self.rest != other.dimension
        return not other.is_number_of_things  # plain figures are held against numbers of things

    @property
    def states_one_word(self) -> bool:
        """Its parts state units of which one word is left: m2/household by households."""
        return self.written is not None and len(self.written.parts) == 1

    @property
    def unit(self) -> Text:
        """Its unit in words, as the files state it."""
        if self.written is not None and (self.written.dimension or self.written.text in PARTS_OF_ONE):
            return Text(self.written.shown("zh"), self.written.shown("en"))
        return Text(shown(self.unit_text, "zh") or "比值", shown(self.unit_text, "en") or "a ratio")

    @property
    def unit_text(self) -> str:
        if self.kind:
            return canonical(self.kind)
        return unit_of_dimension(self.dimension or NONE, self.thing)

    def with_node(self, node: Node) -> Side:
        return self._replace(node=node)


class Multiplier(NamedTuple):
    """A bare number behind ``*`` or ``/``, and what it multiplies or divides."""

    op: str
    bare: Side
    beside: Side


PARTS_OF_ONE = ("%", "‰", "成")
_ATOM_UNITS = {"money": "10k yuan", "hours": "h", "length": "m"}


def unit_of_dimension(dimension: Dimension, thing: str = "") -> str:
    """The product of the atoms' units as a unit: ``m2/household``; ``thing`` names what is counted."""

    def word(atom: str, power: int) -> list[str]:
        if atom == "length" and power >= 2:
            return ["m2", *word(atom, power - 2)] if power > 2 else ["m2"]
        name = thing if atom == "items" and thing else _ATOM_UNITS.get(atom, atom)
        return [name] * power

    above = [w for atom, power in dimension.powers if power > 0 for w in word(atom, power)]
    below = [w for atom, power in dimension.powers if power < 0 for w in word(atom, -power)]
    if not above and not below:
        return "ratio"
    return "/".join(["*".join(above) or "1", *(_single(w) for w in below)])


def _single(name: str) -> str:
    """``person`` of ``persons``: so it stands behind a stroke."""
    word = WORDS.get(name)
    return (word.one if word is not None else "") or name


def is_power_of_ten(value: float) -> bool:
    """100, 0.001 and the like, but not 1."""
    if not value > 0 or math.isclose(value, 1):
        return False
    exponent = math.log10(value)
    return math.isclose(exponent, round(exponent), abs_tol=1e-9)


# --- two sides in one unit

# What is done in a year or a day is often said without it: 8 h, 240 days, 4 times.
_ABBREVIATED = {of(hours=1): of(hours=1, days=-1), of(days=1): of(days=1, years=-1), of(times=1): of(times=1, years=-1)}


def comparable(left: Side, right: Side) -> bool:
    """They measure the same, or say so in short (8 h of opening hours); 40% says how many beds there are to a hundred
    persons. Numbers of things for which no unit is told, and those that bare numbers have made of others, go with all
    numbers of things."""
    if left.dimension == right.dimension or says_how_many_per_hundred(left, right):
        return True
    for one, other in ((left, right), (right, left)):
        if one.is_quantity and one.dimension is not None and _ABBREVIATED.get(one.dimension) == other.dimension:
            return other.written is None or math.isclose(math.prod(part.factor for part in other.written.parts[1:]), 1)
    if left.is_number_of_things and right.is_number_of_things:
        return left.is_whole or right.is_whole or left.is_loose or right.is_loose
    return False


def says_how_many_per_hundred(left: Side, right: Side) -> bool:
    """A percentage beside so many things to things of another kind."""
    pairs = ((left, right), (right, left))
    return any(one.dimension == NONE and one.written is not None and other.is_rate_of_counts for one, other in pairs)


def in_unit_of(side: Side, other: Side) -> Side:
    """``side`` in the numbers that ``other`` has."""
    if side.is_whole or other.is_whole or math.isclose(side.factor, other.factor, rel_tol=1e-12):
        return side
    ratio = side.factor / other.factor
    declared = None if side.declared is None else side.declared * ratio
    most = None if side.most is None else side.most * ratio
    return side._replace(node=times(side.node, ratio, other.kind), factor=other.factor, declared=declared, most=most)


def times(node: Node, factor: float, kind: str = "") -> Node:
    """``node`` multiplied; a number at once, and then in the unit ``kind``."""
    if math.isclose(factor, 1, rel_tol=1e-12):
        return node
    if isinstance(node, Number):
        stated, written = node.stated, node.written
        if stated is None:
            stated, written = node.value, canonical(node.dimension or "")
        return Number(clean(node.value * factor), kind or node.dimension, written, stated)
    inverse = 1 / factor
    if factor < 1 and math.isclose(inverse, round(inverse), rel_tol=1e-9):
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
    one = all(size is not None and math.isclose(size, sizes[0] or 0.0, rel_tol=1e-9) for size in sizes)
    words = {None if side.written is None else side.written.text for side in sides}
    return first.declared if one else None, first.written if len(words) == 1 else None
