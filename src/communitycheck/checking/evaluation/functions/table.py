"""Function -> what works it out from its arguments. Those that ask about a record itself are in ``evaluate``."""

from __future__ import annotations

from collections.abc import Callable

from communitycheck.checking.evaluation.functions import numbers
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Value

ARITHMETIC: dict[str, Callable[..., Value]] = {
    "min": numbers.least,
    "max": numbers.most,
    "ceil": numbers.rounded_up,
    "floor": numbers.rounded_down,
    "round": numbers.rounded,
    "abs": v.absolute,
    "count_of": numbers.how_many,
}
