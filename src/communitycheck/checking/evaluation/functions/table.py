"""Function -> what works it out from its arguments. Those that ask about a record itself are in ``evaluate``."""

from __future__ import annotations

from collections.abc import Callable

from communitycheck.checking.evaluation.functions import choices, dates, numbers, texts
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Value

ARITHMETIC: dict[str, Callable[..., Value]] = {
    "if": choices.chosen,
    "min": numbers.least,
    "max": numbers.most,
    "ceil": numbers.rounded_up,
    "floor": numbers.rounded_down,
    "round": numbers.rounded,
    "abs": v.absolute,
    "count_of": numbers.how_many,
    "matches": texts.matches,
    "starts_with": texts.starts_with,
    "ends_with": texts.ends_with,
    "contains": texts.contains,
    "length": texts.length,
    "days_between": dates.days_between,
    "months_between": dates.months_between,
    "years_between": dates.years_between,
    "is_division_code": texts.is_division_code,
    "is_identity_number": texts.is_identity_number,
    "is_credit_code": texts.is_credit_code,
}
