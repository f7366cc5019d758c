"""Can linear demands be met together? One quantity after the other is worked out of them (Fourier and Motzkin).

Exact over fractions. What no numbers meet, none of the records meets either; where some do, an example is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm

from msgspec import Struct

# Beyond so many demands at once nothing is decided.
MOST_DEMANDS = 160


class Linear(Struct, frozen=True):
    """A sum that has to be at least zero, or more than zero where ``strict``."""

    factors: Mapping[int, Fraction]
    constant: Fraction
    strict: bool = False


# Whole factors by quantity -> the constant beside them, and whether the sum has to be above zero.
_System = dict[tuple[tuple[int, int], ...], tuple[Fraction, bool]]
Example = dict[int, Fraction]


class TooMany(Exception):
    """The demands have become too many to be worked out."""


def example(demands: Iterable[Linear], whole: Iterable[int] = ()) -> Example | None:
    """Numbers that meet all demands; None where there are none.

    Of quantities that are ``whole`` numbers the example may yet have broken ones.

    Raises:
        TooMany: it would take too long.
    """
    wholes = frozenset(whole)
    system = _system(demands, wholes)
    done: list[tuple[int, _System]] = []
    while system is not None and any(system):
        quantity = _cheapest(system)
        about = {key: value for key, value in system.items() if any(i == quantity for i, _ in key)}
        done.append((quantity, about))
        rest = [_linear(key, value) for key, value in system.items() if key not in about]
        system = _system([*rest, *_combined(about, quantity)], wholes)
    return None if system is None else _example(done, wholes)


def _system(demands: Iterable[Linear], wholes: frozenset[int]) -> _System | None:
    """The tightest demand in each direction; None where one of them asks the impossible by itself."""
    found: _System = {}
    for demand in demands:
        factors = {i: f for i, f in demand.factors.items() if f}
        if not factors:
            if demand.constant < 0 or (demand.strict and demand.constant == 0):
                return None
            continue
        by = Fraction(reduce(lcm, (f.denominator for f in factors.values())))
        by /= reduce(gcd, (abs(int(f * by)) for f in factors.values()))
        key = tuple(sorted((i, int(f * by)) for i, f in factors.items()))
        constant, strict = demand.constant * by, demand.strict
        if wholes.issuperset(factors):
            constant, strict = Fraction(ceil(constant) - 1 if strict else floor(constant)), False
        if key not in found or (constant, not strict) < (found[key][0], not found[key][1]):
            found[key] = constant, strict
    if len(found) > MOST_DEMANDS:
        raise TooMany
    return found


def _linear(key: tuple[tuple[int, int], ...], value: tuple[Fraction, bool]) -> Linear:
    return Linear({i: Fraction(f) for i, f in key}, *value)


def _cheapest(system: _System) -> int:
    """The quantity whose demands, upward times downward, make the fewest new ones."""
    signs: dict[int, list[int]] = {}
    for key in system:
        for i, factor in key:
            signs.setdefault(i, [0, 0])[factor > 0] += 1
    return min(signs, key=lambda i: (signs[i][0] * signs[i][1], i))


def _combined(about: _System, quantity: int) -> list[Linear]:
    """What the demands about ``quantity`` ask of the others."""
    lower: list[tuple[Fraction, Linear]] = []
    upper: list[tuple[Fraction, Linear]] = []
    for key, value in about.items():
        linear = _linear(key, value)
        factor = linear.factors[quantity]
        (lower if factor > 0 else upper).append((abs(factor), linear))
    return [_sum(one, by_two, two, by_one, quantity) for by_one, one in lower for by_two, two in upper]


def _sum(one: Linear, by_one: Fraction, two: Linear, by_two: Fraction, without: int) -> Linear:
    factors = {i: f * by_one for i, f in one.factors.items()}
    for i, f in two.factors.items():
        factors[i] = factors.get(i, Fraction(0)) + f * by_two
    factors.pop(without, None)
    return Linear(factors, one.constant * by_one + two.constant * by_two, one.strict or two.strict)


def _example(done: Sequence[tuple[int, _System]], wholes: frozenset[int]) -> Example:
    """Values from the last quantity worked out back to the first."""
    found: Example = {}
    for quantity, about in reversed(done):
        lows: list[tuple[Fraction, bool]] = []
        highs: list[tuple[Fraction, bool]] = []
        for key, (constant, strict) in about.items():
            rest = constant + sum((found.setdefault(i, Fraction(0)) * f for i, f in key if i != quantity), Fraction(0))
            factor = dict(key)[quantity]
            (lows if factor > 0 else highs).append((-rest / factor, strict))
        found[quantity] = _between(lows, highs, is_whole=quantity in wholes)
    return found


def _between(lows: list[tuple[Fraction, bool]], highs: list[tuple[Fraction, bool]], *, is_whole: bool) -> Fraction:
    """A number above all of ``lows`` and below all of ``highs``, a whole one where there is one."""
    low, above = max(lows, default=(None, False))
    high, below = min(highs, key=lambda end: (end[0], not end[1]), default=(None, False))
    if is_whole:
        first = None if low is None else floor(low) + 1 if above else ceil(low)
        last = None if high is None else ceil(high) - 1 if below else floor(high)
        if first is not None and (last is None or first <= last):
            return Fraction(first if last is None else (first + last) // 2)
        if first is None:
            return Fraction(0 if last is None else last)
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2
