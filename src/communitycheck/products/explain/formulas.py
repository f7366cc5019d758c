"""Arithmetic as people write it: with names, with the numbers in, and worked out step by step.

``综合服务设施面积 ÷ 户数 × 100``; ``312 ÷ 1,040 × 100 = 30``; ``max(1, 进一取整(9,821 ÷ 5,000)) = max(1, 2) = 2``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct

from communitycheck.model.expression import (
    ARITHMETIC,
    AS_OF,
    GROUP_FUNCTIONS,
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    Unary,
    children,
    is_group,
    walk,
    with_children,
)
from communitycheck.model.expression.calendar_days import DATE, iso
from communitycheck.model.table import State
from communitycheck.printable import clip, one_line
from communitycheck.products.explain.explanation import Value, Worked
from communitycheck.reporting.words.expressions import Formula
from communitycheck.reporting.words.numbers import CLOSE, PERCENT, grouped, plain, with_unit
from communitycheck.reporting.words.sentences import Wording

_AGGREGATES = (*GROUP_FUNCTIONS, "meets", "is_blank", "is_unique", "rank", "exists_in")
_TEXT = 30  # characters of a text inside a formula
_NEAR = 5e-5  # a computed number is printed to within this, relative
_STEPS = 12

Shown = Callable[[Worked], str | None]


class Arithmetic(Struct, frozen=True):
    """Prints what was worked out for one subject of one standard.

    Args:
        states: fields that gave no value, and why.
    """

    wording: Wording
    standard: str
    states: Mapping[str, State]

    def names(self, worked: Worked) -> str:
        """The expression with people's names for fields and parameters."""
        return self._print(worked, lambda w: None)

    def inner(self, node: Node) -> str:
        """What an aggregate runs over, by name."""
        return ", ".join(self.names(unworked(part)) for part in children(node) if not isinstance(part, Number))

    def chain(self, worked: Worked, unit: str = "", near: Value = None) -> list[str]:
        """The expression with the numbers in, then each step with functions worked out, up to the value.

        Args:
            unit: of the value. near: a number that the value must not look like unless it is alike.
        """
        if not worked.parts:
            return [self._numbers(worked, set()) if worked.value is None else self.value(worked.value, unit, near)]
        folded: set[Worked] = set()
        steps = [self._numbers(worked, folded)]
        for _ in range(0 if _converts(worked) else _STEPS):
            ready = _ready(worked, folded)
            if worked in ready or not ready:
                break
            folded |= ready
            step = self._numbers(worked, folded)
            if step != steps[-1]:
                steps.append(step)
        return [*steps, self.value(worked.value, unit, near)]

    def equation(self, worked: Worked, unit: str = "", near: Value = None) -> str:
        """``312 ÷ 1,040 × 100 = 30 ㎡/百户``; a bare value where there is nothing to work out."""
        steps = self.chain(worked, unit, near)
        if worked.value is None:
            return f"{steps[0]} = {self.wording.say('explain-unknown')}" if worked.parts else steps[-1]
        text = steps[0]
        for k, step in enumerate(steps[1:], 1):
            last = k == len(steps) - 1
            exact = self.is_exact(worked.value, unit, near) if last else "." not in step
            text += f" {'=' if exact else '≈'} {step}"
        return one_line(text)

    def is_exact(self, value: Value, unit: str, near: Value = None) -> bool:
        """False where the value is printed rounded."""
        if isinstance(value, tuple):
            return all(not math.isfinite(x) or self.is_exact(x, unit) for x in value)
        if isinstance(value, bool | str) or value is None or unit == DATE or math.isinf(value):
            return True
        scaled = value * 100 if unit == PERCENT else value
        printed = float(_shortest(scaled, _other(near, unit)))
        return abs(printed - scaled) <= CLOSE * abs(scaled)

    def value(self, value: Value, unit: str = "", near: Value = None) -> str:
        """A value with its unit: ``30 ㎡``, ``12%``, ``[300, 400] ㎡``, 是."""
        if value is None:
            return self.wording.say("explain-unknown")
        if isinstance(value, bool):
            return self.wording.truth(value)
        if isinstance(value, str):
            return one_line(clip(value, _TEXT))
        if isinstance(value, tuple):
            low, high = (self._end(x, unit) for x in value)
            if unit == PERCENT:  # stands at each end
                return f"[{low}%, {high}{'%' if high != '∞' else ''}]"
            return with_unit(f"[{low}, {high}]", unit, self.wording.lang)
        unbounded = not isinstance(value, bool | str) and math.isinf(value)
        return with_unit(self._number(value, unit, near), "" if unbounded else unit, self.wording.lang)

    def _end(self, value: float, unit: str) -> str:
        if math.isinf(value):
            return "∞" if value > 0 else "−∞"
        return self._number(value, unit)

    def _number(self, value: float, unit: str, near: Value = None) -> str:
        if math.isinf(value):
            return self._end(value, unit)
        if unit == DATE:
            return iso(value)
        return _marked(_shortest(value * 100 if unit == PERCENT else value, _other(near, unit)))

    # expressions

    def _numbers(self, worked: Worked, folded: set[Worked]) -> str:
        mixed = _converts(worked)
        # What aggregates over subjects is shown without its unit, so that the factors have to be.
        as_stated = not is_group(worked.node)

        def shown(w: Worked) -> str | None:
            match w.node:
                case Name(name):
                    if w.value is None:
                        state = self.states.get(name)
                        return self.wording.say("explain-gap-" + (state.name.lower() if state else "unknown"))
                    return self.value(w.value, w.unit if (mixed and as_stated) or w.unit in (PERCENT, DATE) else "")
                case Call("previous" | "above", _):
                    unknown = self.wording.say("explain-gap-unknown")
                    return unknown if w.value is None else self.value(w.value, w.unit if w.unit == PERCENT else "")
                case Call(function, ()) if function == AS_OF:
                    return self.value(w.value, DATE)
                case Call(function, _) if function in _AGGREGATES:
                    return self.value(w.value, PERCENT if function == "share" else "")
            return self.value(w.value, w.unit if w.unit == DATE else "") if w in folded else None

        return self._print(worked, shown, as_stated=as_stated)

    def _print(self, worked: Worked, shown: Shown, *, as_stated: bool = True) -> str:
        return one_line(Formula(self.wording, as_stated=as_stated).write(self._replaced(worked, shown)))

    def _replaced(self, worked: Worked, shown: Shown) -> Node:
        """The expression with figures (what ``shown`` gives) and labels in place of names and parts."""
        text = shown(worked)
        if text is not None:
            return Name(text)
        if isinstance(worked.node, Name):
            return Name(self.wording.label(worked.node.name, self.standard))
        parts = worked.parts or map(unworked, children(worked.node))
        return with_children(worked.node, (self._replaced(part, shown) for part in parts))


def unworked(node: Node) -> Worked:
    """An expression without values, for its names alone."""
    return Worked(node, None, tuple(unworked(c) for c in children(node)))


def _converts(worked: Worked) -> bool:
    """Parts are in different units, and each figure needs its own: the factors between them are not shown."""
    return any(isinstance(one, Number) and one.converts for one in walk(worked.node))


def _ready(worked: Worked, folded: set[Worked]) -> set[Worked]:
    """What can be worked out next: the largest parts that are arithmetic alone, else functions of plain values."""
    sums: set[Worked] = set()
    calls: set[Worked] = set()

    def plain_values(w: Worked) -> bool:
        return not w.parts or w in folded or isinstance(w.node, ListOf)  # a list is no step of its own

    def arithmetic(w: Worked) -> bool:
        if plain_values(w):
            return True
        node = w.node
        operator = (isinstance(node, Binary) and node.op in ARITHMETIC) or (isinstance(node, Unary) and node.op == "-")
        return operator and all(arithmetic(p) for p in w.parts)

    def look(w: Worked) -> None:
        if plain_values(w):
            return
        if arithmetic(w):
            sums.add(w)
        elif all(plain_values(p) for p in w.parts):
            calls.add(w)
        else:
            for part in w.parts:
                look(part)

    look(worked)
    return sums or calls


def _shortest(value: float, other: float | None = None) -> str:
    """The number with as few decimals as show it to within ``_NEAR``.

    It looks whole, or like ``other``, only where it is.
    """
    if not value:
        return "0"
    for decimals in range(13):
        text = f"{value:.{decimals}f}"
        printed = float(text)
        exact = abs(printed - value) <= CLOSE * abs(value)
        alike = other is not None and abs(printed - other) <= CLOSE * abs(other)
        if exact or (abs(printed - value) <= _NEAR * abs(value) and not printed.is_integer() and not alike):
            return text
    return plain(value)


def _other(near: Value, unit: str) -> float | None:
    if isinstance(near, bool | str) or not isinstance(near, float):
        return None
    return near * 100 if unit == PERCENT else near


def _marked(text: str) -> str:
    """Thousands marks and a true minus sign; zeros that say nothing go."""
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return grouped(text).replace("-", "−")
