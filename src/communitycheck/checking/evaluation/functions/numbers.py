"""Functions of numbers: the least and the most, rounding, counts of what holds."""

from __future__ import annotations

import numpy as np

from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru


def least(*numbers: Num) -> Num:
    return v.smallest(list(numbers))


def most(*numbers: Num) -> Num:
    return v.largest(list(numbers))


def rounded_up(value: Num) -> Num:
    return v.stepwise(np.ceil, value)


def rounded_down(value: Num) -> Num:
    return v.stepwise(np.floor, value)


def rounded(value: Num, decimals: Num | None = None) -> Num:
    """Half away from zero, as people round; ``round(x, 1)`` keeps one decimal."""
    scale = v.constant(10.0 ** (0 if decimals is None else int(decimals.lo)))

    def half_up(x: v.Array) -> v.Array:
        return np.sign(x) * np.floor(np.abs(x) + 0.5 + v.RELATIVE)

    return v.divide(v.stepwise(half_up, v.multiply(value, scale)), scale)


def how_many(*asked: Tru) -> Num:
    return truths.count_true(list(asked))
