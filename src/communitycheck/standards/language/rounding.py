"""In which unit a figure is rounded: to whole ones, to so many decimals, or by a step that says its unit.

36 m2 to 100 households is 0.36 to a household: what ``round(x, 1)`` makes of it hangs on the unit of its numbers. So a
number of decimals is taken for figures in one plain unit alone, and everything else wants its step.
"""

from __future__ import annotations

from math import isclose

from communitycheck.errors import ExpressionError
from communitycheck.model.expression import Binary, Call, Node, Number, Unary, show, walk
from communitycheck.model.text import Text
from communitycheck.model.units import NONE, parse_unit
from communitycheck.printable import clip
from communitycheck.standards.language.bare_numbers import SAID_IN_FULL
from communitycheck.standards.language.side import PARTS_OF_ONE, Side, is_power_of_ten
from communitycheck.standards.language.spellings import one_of, unit_forms

ROUNDING = ("ceil", "floor", "round")
# A figure in one of these is as often given in another of its kind.
_DOUBTFUL = SAID_IN_FULL - {"months", "quarters", "weeks", "years"}


def rounded(call: Call, number: Side) -> Side:
    """Without a step: to whole numbers or to decimals, where it is certain in which unit.

    Raises:
        ExpressionError: it is not.
    """
    decimals = len(call.arguments) > 1
    if not _is_certain(number, decimals=decimals):
        raise ExpressionError(
            "expression-round-unit", column=call.column, formula=_brief(call), near=_with_steps(call, number)
        )
    is_quotient = number.dimension == NONE
    exact = call.function != "round"
    counts = (is_quotient and (exact or not number.is_loose)) or (exact and number.is_loose)
    return number._replace(
        node=call,
        is_whole=number.is_whole or (counts and not decimals),
        is_integral=number.is_integral or not decimals,
        is_quantity=False,
    )


def rounded_by(call: Call, number: Side, step: Side) -> Side:
    """To multiples of a step, both in the same numbers."""
    if number.is_loose and is_power_of_ten(number.scale or 0) and number.dimension and not number.dimension.is_single:
        factor = f"{number.scale:.12g}"
        raise ExpressionError("expression-step-scaled", column=call.column, formula=_brief(call), factor=factor)
    steps = Call(call.function, (Binary("/", number.node, step.node),), call.column)
    return number._replace(node=Binary("*", steps, step.node), is_whole=False, is_integral=False, is_quantity=False)


def check_stated(side: Side, stated: Side) -> None:
    """A rule that speaks in a unit of its own rounds in it.

    Raises:
        ExpressionError: it rounds in another one.
    """
    check_percentage(side, stated)
    call = side.node
    if not isinstance(call, Call) or call.function not in ROUNDING or side.is_whole or side.is_loose:
        return
    if not side.dimension or side.dimension != stated.dimension or stated.written is None:
        return
    if not isclose(side.factor * (side.declared or 1.0), stated.written.factor):
        near = _by_steps(call, [(1, f" {stated.written.text}")])
        raise ExpressionError("expression-round-unit", column=call.column, formula=_brief(call), near=near)


def check_percentage(one: Side, other: Side) -> None:
    """How many times the one goes into the other, in whole numbers, is held against no percentage.

    Raises:
        ExpressionError: it is.
    """
    is_percentage = other.written is not None and other.written.text in PARTS_OF_ONE
    if one.is_whole and one.dimension == NONE and is_percentage and isinstance(one.node, Call):
        near = _with_steps(one.node, one)
        raise ExpressionError("expression-round-unit", column=one.node.column, formula=_brief(one.node), near=near)


def states_step(call: Call) -> bool:
    """Its second argument has a unit, 0.1 m2/100 households; a number of decimals has none."""
    return any(isinstance(part, Number) and part.dimension for given in call.arguments[1:] for part in walk(given))


def check_step(call: Call) -> None:
    """What stands behind the comma is written out, and the same for all records."""
    for given in call.arguments[1:]:
        parts = list(walk(given))
        numbers = [part.value for part in parts if isinstance(part, Number)]
        written_out = all(isinstance(part, Number) or (isinstance(part, Binary) and part.op in "*/") for part in parts)
        if states_step(call) and written_out and min(numbers) > 0:
            continue
        if call.function != "round":
            raise ExpressionError("expression-step", column=call.column, name=call.function, text=_brief(given))
        which = given.operand if isinstance(given, Unary) else given
        plain = isinstance(which, Number) and which.dimension is None and which.value.is_integer() and which.value <= 9
        if not plain:
            raise ExpressionError("expression-decimals", column=call.column, text=_brief(given))


def _is_certain(number: Side, *, decimals: bool) -> bool:
    if number.is_bare or not number.is_told or number.is_whole:
        return True
    assert number.dimension is not None
    if number.dimension == NONE:
        # Of a share nobody knows whether the decimals are those of its percentage; a quotient counts whole times.
        is_multiple = number.written is not None and number.written.text == "ratio"
        return number.is_loose or is_multiple or (not decimals and not number.kind)
    is_divided = number.multiplier is not None and number.multiplier.op == "/"
    if number.is_loose and (number.dimension.is_count or (is_divided and not decimals)):
        return True  # so many times
    if not isclose(number.declared or 0.0, 1) or _stated(number) in _DOUBTFUL:
        return False
    if number.is_loose or number.kind:
        return True
    unit = number.written or parse_unit(number.unit_text, {})
    return number.dimension.is_single and unit is not None and isclose(unit.factor, number.factor)


def _stated(number: Side) -> str:
    return "" if number.written is None else number.written.parts[0].word.key


def _with_steps(call: Call, number: Side) -> Text:
    """The ways to say by what is rounded: round(x, 0.1 m2/100 households)."""
    if number.dimension == NONE:
        return _by_steps(call, [(1, "%"), (100, "%")])
    return _by_steps(call, [(1, f" {form}") for form in unit_forms(number)[:2]])


def _by_steps(call: Call, units: list[tuple[int, str]]) -> Text:
    step, what = 10.0 ** -_digits(call), clip(show(call.arguments[0]), 40)
    return one_of([f"{call.function}({what}, {step * times:.12g}{unit})" for times, unit in units])


def _digits(call: Call) -> float:
    match call.arguments[1:]:
        case (Number(value),):
            return value
        case (Unary("-", Number(value)),):
            return -value
        case _:
            return 0


def _brief(node: Node) -> str:
    return clip(show(node), 60)
