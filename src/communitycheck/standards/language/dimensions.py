"""What the parts of an expression measure, known before any data is read.

Sums and comparisons of different kinds of quantity are refused, and a bare number is read in the unit of what stands
beside it, so that a rule which loads adds like to like.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from communitycheck.errors import ExpressionError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    TableOf,
    Unary,
    children,
    column_of,
    show,
    with_children,
)
from communitycheck.model.expression.functions import AS_ARGUMENTS, FUNCTIONS
from communitycheck.model.expression.lookup_table import ByNumber, levels, numbers_of
from communitycheck.model.standard import Parameter
from communitycheck.model.units import kind_of, measure_of, parse_unit
from communitycheck.model.units.dimension import of
from communitycheck.printable import clip
from communitycheck.standards.language.bare_numbers import Doubt, Place, Reading, bare_number, code_of, reading
from communitycheck.standards.language.multipliers import (
    LostUnit,
    dividend_doubts,
    doubts_between,
    lacking,
    lost_between,
    lost_in_rounding,
)
from communitycheck.standards.language.orders import order_doubts, rate_doubts
from communitycheck.standards.language.per_names import per_field
from communitycheck.standards.language.products import product
from communitycheck.standards.language.rounding import ROUNDING, check_percentage, rounded, rounded_by, states_step
from communitycheck.standards.language.side import (
    Side,
    clean,
    common,
    comparable,
    in_unit_of,
    is_power_of_ten,
    says_how_many_per_hundred,
    times,
)
from communitycheck.standards.language.spellings import lone_ten_thousand, remedy, spelled

_COMPARED = ("==", "!=", "<", "<=", ">", ">=")
_ITEMS = of(items=1)
# What these make of whole numbers may lie between them.
_BETWEEN_FIGURES = ("mean", "median", "percentile")
TYPES_OF_TIME = {"hours": "hours_per_day", "days": "days_per_year", "times": "times_per_year"}


class Dimensions:
    """Dimensions of expressions over one dictionary and one set of parameters."""

    def __init__(self, dictionary: Dictionary, parameters: Mapping[str, Parameter]) -> None:
        self.dictionary = dictionary
        self.parameters = parameters
        self._fields: dict[str, Side] = {}
        self._doubts: list[Doubt] = []

    def with_doubts(self, node: Node) -> tuple[Side, list[Doubt]]:
        """The same as ``settled``, and the bare numbers in it that had better state their unit."""
        before, self._doubts = self._doubts, []
        try:
            return self.settled(node), self._doubts
        finally:
            self._doubts = before

    def settled(self, node: Node) -> Side:
        """``node`` with every bare number in the unit of what stands beside it.

        Raises:
            ExpressionError: different kinds of quantity are added or compared.
        """
        match node:
            case Number(_, None):
                return bare_number(node)
            case Number(value, kind, written):
                return _with_most(self._of_kind(node, kind or "", written), [value])
            case TableOf(table):
                numbers = list(numbers_of(table.rows))
                if table.dimension is None:
                    return _bare(node, numbers, 1.0)
                return _with_most(self._of_kind(node, table.dimension, table.declared, table.factor), numbers)
            case Name(name):
                return self._named(node, name)
            case Unary("-", operand):
                side = self.settled(operand)
                return side.with_node(Unary("-", side.node))
            case Binary("+" | "-", left, right):
                one, other = self._alike(self.settled(left), self.settled(right), node)
                return self._sum(node, one, other)
            case Binary("*" | "/" as op, left, right):
                one, other = self.settled(left), self.settled(right)
                for side in (one, other):
                    if side.is_whole:  # it is a plain number from here on
                        self._ask_of_multiplier(side, bare_number(Number(1.0)), node)
                if op == "/":
                    if one.dimension is not None and one.dimension.is_count:  # 每 50 万人
                        _refuse_lone(other, one, node)
                    self._doubts += (*dividend_doubts(one, other), *per_field(one, other, self.dictionary.units))
                else:
                    self._doubts += rate_doubts(one, other)
                return product(op, one, other)
            case Binary(op, left, right) if op in _COMPARED:
                one, other = self._alike(self.settled(left), self.settled(right), node)
                return Side(Binary(op, one.node, other.node))
            case Binary("in" | "not in" as op, left, ListOf(items)):
                first = self.settled(left)
                others = tuple(self._alike(first, self.settled(i), node)[1].node for i in items)
                return Side(Binary(op, first.node, ListOf(others)))
            case Call():
                return self._call(node)
            case _:
                return Side(with_children(node, [self.settled(part).node for part in children(node)]))

    def derived(self, field: Field, node: Node) -> Node:
        """What works out ``field``, in the unit of the field.

        Raises:
            ExpressionError: it measures something else.
        """
        side = self.settled(node)
        if field.dimension is None or not field.is_number or field.type == "truth":
            return side.node
        if not side.is_told and not side.is_bare:
            return side.node
        return self._alike(self._field(replace(field, derived=None)), side, Name(field.key))[1].node

    def _of_kind(self, node: Node, kind: str, written: str = "", declared: float | None = None) -> Side:
        """Of a number of that kind, whose file states the unit ``written``, ``declared`` of the canonical one."""
        units = self.dictionary.units
        dimension, factor = measure_of(kind, units)
        thing = kind if dimension == _ITEMS and kind != "items" else ""
        unit = parse_unit(written, units) if written else None
        if declared is None:
            declared = 1.0 if unit is None else clean(unit.factor / factor)
        return Side(
            node, dimension, factor, kind, declared=declared, written=unit, is_quantity=True, thing=thing
        )

    def _named(self, node: Node, name: str) -> Side:
        parameter = self.parameters.get(name)
        if parameter is None:
            return self._field(self.dictionary.fields[name]).with_node(node)
        values = {value for _, value in parameter.values}
        if parameter.dimension is None:
            scale = next(iter(values)) if len(values) == 1 else 1.0
            return _bare(node, values, scale if is_power_of_ten(scale) else 1.0)
        return _with_most(self._of_kind(node, parameter.dimension, parameter.declared, parameter.factor), values)

    def _field(self, field: Field) -> Side:
        if field.key in self._fields:
            return self._fields[field.key]
        node = Name(field.key)
        if field.dimension is None:
            is_figure = field.is_number and field.type not in ("truth", "share")
            side = Side(node, nameless=field.key, power=1) if is_figure else Side(node)
            if field.derived is not None and field.is_number and field.type != "truth":
                told, _ = self.with_doubts(field.derived)  # of the field's file, not of the rule's
                named = told._replace(node=node, is_quantity=False, multiplier=None)
                side = named if told.is_told else _of_nameless(node, [told])
        else:
            # 亿元 as a unit by itself has no text of its own, and its numbers are held in yuan.
            stated = (parse_unit(text, self.dictionary.units) for text in (field.declared, field.unit) if text)
            written = next((unit for unit in stated if unit is not None), None)
            kind = TYPES_OF_TIME.get(field.type) or (field.dimension if written is None else kind_of(written))
            # A number up to 1 is a share, whatever unit its column may have.
            words = "" if field.type == "share" else field.declared
            side = self._of_kind(node, kind, words, field.factor)
            side = side._replace(is_quantity=False, is_integral=field.type in ("int", "count"))
        self._fields[field.key] = side
        return side

    def _sum(self, node: Binary, left: Side, right: Side) -> Side:
        """Of two of a kind; what one keeps, both do."""
        if any(not (side.is_told or side.is_bare) for side in (left, right)):
            return _of_nameless(Binary(node.op, left.node, right.node), [left, right])
        told = left if left.is_told or not right.is_told else right
        both = left.is_told and right.is_told and left.kind == right.kind
        declared, written = common([side for side in (left, right) if side.is_told])
        alone = left.is_told != right.is_told and (left.is_bare or right.is_bare)
        return told._replace(
            node=Binary(node.op, left.node, right.node),
            kind=told.kind if both or alone else "",
            scale=told.scale if alone else _either(left.scale, right.scale),
            declared=declared,
            written=written,
            is_bare=left.is_bare and right.is_bare,
            most=left.most + right.most if left.most is not None and right.most is not None else None,
            is_whole=left.is_whole and right.is_whole,
            is_integral=left.is_integral and right.is_integral,
            is_quantity=False,
        )

    def _call(self, node: Call) -> Side:
        function = FUNCTIONS[node.function]
        sides = [self.settled(a) for a in node.arguments]
        if node.function == "lookup":
            return self._lookup(node, sides)
        again = Call(node.function, tuple(a.node for a in sides), node.column)
        if function.measures is None:
            return Side(again)
        if function.measures != AS_ARGUMENTS:
            return self._of_kind(again, function.measures)._replace(is_quantity=False, is_integral=function.whole)
        if node.function in ROUNDING:
            if states_step(node):
                return rounded_by(again, *self._alike(sides[0], sides[1], node))
            if len(sides) == 1:
                _refuse_multiplier(lost_in_rounding(sides[0]), node)
            return rounded(again, sides[0])
        if function.most is None or "alike" in function.takes:
            alike = [k for k in range(len(sides)) if function.taken(k) in ("number", "alike")]
            return self._alternatives(again, sides, alike[0])
        integral = sides[0].is_integral and node.function not in _BETWEEN_FIGURES
        return sides[0]._replace(node=again, is_integral=integral)

    def _lookup(self, node: Call, sides: list[Side]) -> Side:
        """The number of a table, each key in the unit of its rows."""
        table, *keys = sides
        assert isinstance(table.node, TableOf)
        nodes: list[Node] = []
        for at, key in enumerate(keys):
            ranges = [rows for rows in levels(table.node.table.rows, at) if isinstance(rows, ByNumber)]
            kind = next((rows.dimension for rows in ranges if rows.dimension), None)
            if kind is not None:
                rows = self._of_kind(Number(1.0, kind), kind)
                if key.is_told and not comparable(rows, key):
                    raise ExpressionError(
                        "expression-table-unit",
                        column=node.column,
                        name=table.node.table.name,
                        one=rows.unit,
                        what=_brief(key.node),
                        other=key.unit,
                    )
                nodes.append(self._alike(rows, key, node)[1].node)
                continue
            ends = [abs(end) for rows in ranges for end, _ in rows.edges]
            if not any(ends):
                nodes.append(key.node)
                continue
            factor = {self._read(bare_number(Number(end)), key, node, "equated").factor for end in ends if end}.pop()
            nodes.append(times(key.node, 1 / factor))
        return table._replace(node=Call(node.function, (table.node, *nodes), node.column), is_quantity=False)

    def _alternatives(self, node: Call, sides: list[Side], first: int) -> Side:
        if any(not (s.is_told or s.is_bare) for s in sides[first:]):
            return _of_nameless(node, sides[first:])
        told = next((s for s in sides[first:] if s.is_told and not s.is_whole), None) or next(
            (s for s in sides[first:] if s.is_told), None
        )
        if told is None:
            bare = all(s.is_bare for s in sides[first:])
            values = [s.most for s in sides[first:]]
            known = [value for value in values if value is not None]
            most = max(known) if bare and len(known) == len(values) else None
            whole = bare and all(s.is_integral for s in sides[first:])
            return Side(node, is_bare=bare, is_integral=whole, scale=1.0 if bare else None, most=most)
        declared, written = common([s for s in sides[first:] if s.is_told and not s.is_whole])
        for one in sides[first:]:
            self._doubts += () if one is told else order_doubts(one, told)
        told = told._replace(declared=declared, written=written, most=None, odd=None)
        alike = [*sides[:first], *(self._alike(told, s, node)[1] for s in sides[first:])]
        told_of = [None if s.is_bare else s.most for s in alike[first:]]
        loose = [s.scale for s in alike[first:] if s.is_told and s.scale is not None]
        return told._replace(
            node=Call(node.function, tuple(s.node for s in alike), node.column),
            scale=loose[0] if loose else None,
            most=None if None in told_of else max(filter(None, told_of), default=0.0),
            odd=next((s.odd for s in alike[first:] if s.odd is not None), None),
            is_whole=all(s.is_whole or s.is_bare for s in alike[first:]),
            is_integral=all(s.is_integral for s in sides[first:]),
            is_quantity=False,
        )

    def _alike(self, left: Side, right: Side, whole: Node) -> tuple[Side, Side]:
        """Both in one unit: the bare one in that of the other, the second in that of the first."""
        for one, other in ((left, right), (right, left)):
            if one.takes_unit_of(other):
                raise ExpressionError(
                    "expression-no-field-unit",
                    column=column_of(whole),
                    field=one.nameless,
                    left=_brief(one.node),
                    right=clip(spelled(other), 40),
                )
        if left.is_told and right.is_bare:
            return left, self._in_declared(right, left, whole)
        if right.is_told and left.is_bare:
            return self._in_declared(left, right, whole), right
        if not (left.is_told and right.is_told):
            return left, right
        check_percentage(left, right)
        check_percentage(right, left)
        added = _place_in(whole) == "added"
        if isinstance(whole, Binary) and not added:
            self._doubts += order_doubts(left, right)
        if not comparable(left, right):
            _refuse_lone_multiple(left, right, whole)
            _refuse_multiplier(lacking(left, right), whole)
        self._ask_of_multiplier(left, right, whole)
        if not comparable(left, right) or (added and says_how_many_per_hundred(left, right)):
            compares = isinstance(whole, Binary) and whole.op in _COMPARED
            raise ExpressionError(
                "expression-compared-units" if compares else "expression-mixed-units",
                column=column_of(whole),
                left=_brief(left.node),
                one=left.unit,
                right=_brief(right.node),
                other=right.unit,
            )
        return left, in_unit_of(right, left)

    def _ask_of_multiplier(self, left: Side, right: Side, whole: Node) -> None:
        """Whether bare numbers behind ``*`` or ``/`` on the two sides have lost their units."""
        if left.dimension != right.dimension:
            _refuse_multiplier(lost_between(left, right), whole)
        self._doubts += doubts_between(left, right)

    def _in_declared(self, bare: Side, beside: Side, whole: Node) -> Side:
        if beside.is_whole and bare.most:
            self._ask_of_multiplier(beside, bare, whole)
        return bare.with_node(times(bare.node, self._read(bare, beside, whole, _place_in(whole)).factor))

    def _read(self, bare: Side, beside: Side, whole: Node, place: Place) -> Reading:
        """What the bare number means; a fault where that is not certain."""
        found = reading(bare, beside, place)
        if found.doubt and bare.most:
            self._doubts.append(Doubt(bare, beside, found.doubt))
        if not found.fault:
            return found
        raise ExpressionError(
            code_of(found.fault),
            column=column_of(whole),
            beside=_brief(whole) if found.fault == "mixed" else clip(spelled(beside), 40),
            wanted=beside.unit,
            limit=_brief(bare.node),
            near=remedy(found.fault, bare, beside),
        )


def _refuse_multiplier(lost: LostUnit | None, whole: Node) -> None:
    """A bare number behind ``*`` or ``/`` whose unit is lost."""
    if lost is not None:
        raise ExpressionError(code_of(lost.fault), column=column_of(whole), **lost.values())


def _refuse_lone_multiple(left: Side, right: Side, whole: Node) -> None:
    """1.2 万 without its unit."""
    _refuse_lone(left, right, whole)
    _refuse_lone(right, left, whole)


def _refuse_lone(number: Side, beside: Side, whole: Node) -> None:
    if (near := lone_ten_thousand(number, beside)) is not None:
        raise ExpressionError(
            "bare-ten-thousand", column=column_of(whole), beside=_brief(beside.node), wanted=beside.unit, near=near
        )


def _of_nameless(node: Node, sides: list[Side]) -> Side:
    """A sum and the like of which a part has no unit."""
    found = next((side for side in sides if side.nameless), None)
    return Side(node) if found is None else found._replace(node=node)


def _bare(node: Node, values: Collection[float], scale: float) -> Side:
    """Several numbers without a unit of which one is taken."""
    whole = all(value.is_integer() for value in values)
    return Side(node, is_bare=True, is_integral=whole, scale=scale, most=max(map(abs, values), default=None))


def _with_most(side: Side, values: Collection[float]) -> Side:
    odd = next((value for value in values if not value.is_integer()), None)
    return side._replace(most=max(map(abs, values), default=None), odd=odd)


def _place_in(whole: Node) -> Place:
    match whole:
        case Binary("+" | "-", _, _):
            return "added"
        case Binary("==" | "!=" | "in" | "not in", _, _):
            return "equated"
        case Binary():
            return "compared"
        case _:
            return "chosen"


def _either(one: float | None, other: float | None) -> float | None:
    if one is None and other is None:
        return None
    return one if one is not None and one == other else 1.0


def _brief(node: Node) -> str:
    return clip(show(node), 40)
