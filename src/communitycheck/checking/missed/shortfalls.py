"""By how much a limit is missed, and what stands over a denominator of zero where nobody can say."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.evaluation.measure import Measured
from communitycheck.model.expression import MIRRORED, Binary, quotients_in
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.result import RuleResult
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


def over_nothing(context: RecordContext, result: RuleResult) -> dict[int, tuple[float, float]]:
    """Between which two numbers the numerator lies of each record that misses its limit for a denominator of zero, 40
    people for 0 carers; by its position."""
    node, found = result.rule.indicator, dict[int, tuple[float, float]]()
    places = result.missed
    if result.kind == "number":
        places = places[np.isnan(result.observed_lo[places])]
    elif not (isinstance(node, Binary) and node.op in MIRRORED):
        return found  # of several conditions another may be the one that is missed
    if node is None or not len(places) or result.kind not in ("number", "truth"):
        return found
    for top, bottom in quotients_in(node):
        below = number(bottom, context)
        here = places[np.broadcast_to((below.lo == 0) & (below.hi == 0), len(context))[places]]
        if len(here):
            above = _picked(number(top, context), here)
            for i, low, high in zip(here.tolist(), above.lo.tolist(), above.hi.tolist(), strict=True):
                found.setdefault(i, (low, high))
    return found


def _picked(value: Num, places: Ints) -> Num:
    low, high = (x[places] if x.ndim else np.broadcast_to(x, len(places)) for x in (value.lo, value.hi))
    return Num(low, high)
