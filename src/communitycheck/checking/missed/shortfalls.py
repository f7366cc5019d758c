"""By how much a limit is missed."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.measure import Measured
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.standard import Rule
from communitycheck.model.table import Floats, Ints


def shortfall(rule: Rule, measured: Measured, missed: Ints) -> Floats:
    """For each of ``missed`` by how much it misses, in the rule's unit; at least that much where bounds are known."""
    assert rule.threshold is not None
    if measured.kind == "truth":
        return np.full(len(missed), np.nan)
    few, limit = _picked(measured.observed, missed), _picked(measured.required, missed)
    upper = None if measured.upper is None else _picked(measured.upper, missed)
    short = rule.threshold.comparison.shortfall(few, limit, upper)
    short = v.tidy(np.maximum(short, 0.0), limit.lo)
    if not measured.observed.exact:
        # 近400 misses 400 for certain, but nobody knows by how much.
        with v.unknown_numbers():
            short = np.where((few.lo < few.hi) & (short <= 1e-7 * np.abs(limit.lo)), np.nan, short)
    return short


def _picked(value: Num, places: Ints) -> Num:
    low, high = (x[places] if x.ndim else np.broadcast_to(x, len(places)) for x in (value.lo, value.hi))
    return Num(low, high)
