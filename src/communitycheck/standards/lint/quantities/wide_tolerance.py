"""Tolerances as wide as the limit itself, or in a unit of another order than the figures: 0.5 ha beside 400 m2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import inf

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import show
from communitycheck.model.standard import RelativeTolerance
from communitycheck.model.units import measure_of
from communitycheck.standards.language.quantities import parse_quantity
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import bounds, constant

# A unit so many times the one in which the figures are kept: hectares beside m2, 万元 beside yuan.
_ANOTHER_ORDER = 1000


def check_tolerance(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """A tolerance that lets pass whatever is there, and one that may have lost its unit."""
    rule, threshold = linted.rule, linted.rule.threshold
    if rule.indicator is None or threshold is None or rule.tolerance is None or rule.tolerance == "printed":
        return
    values: dict[str, object] = {"tolerance": linted.raw.body.tolerance, "indicator": show(rule.indicator)}
    if isinstance(rule.tolerance, RelativeTolerance):
        if rule.tolerance.share >= 1:
            yield linted.finding("lint-wide-share", "warning", "tolerance", **values)
        return
    read = linted.in_unit(rule.tolerance)
    most = max((_most(linted, day, dictionary) for day in linted.days()), default=inf)
    if 0 < most <= rule.tolerance:
        figure = linted.in_unit(float(f"{most:.6g}"))
        yield linted.finding("lint-wide-tolerance", "warning", "tolerance", read=read, most=figure, **values)
    elif _is_of_another_order(linted, dictionary):
        yield linted.finding("lint-tolerance-unit", "warning", "tolerance", read=read, **values)


def _most(linted: LintedRule, day: date, dictionary: Dictionary) -> float:
    """What the limit comes to; of a formula the most that it or the indicator can plausibly be."""
    limit = linted.limit(day)
    if limit is None:
        return inf
    if (number := constant(limit, dictionary)) is not None:
        return abs(number) or inf  # about nothing there is no part of it
    ends = [bounds(side, dictionary) for side in (limit, linted.indicator(day))]
    return min(max(abs(low), abs(high)) for low, high in ends)


def _is_of_another_order(linted: LintedRule, dictionary: Dictionary) -> bool:
    """The unit that the tolerance states, beside the one of the rule and those that the fields declare."""
    stated = parse_quantity(str(linted.raw.body.tolerance), dictionary.units)
    if stated is None or stated.dimension is None or not stated.stated or not linted.rule.dimension:
        return False
    fields = (dictionary.fields[name] for name in linted.names() if name in dictionary.fields)
    own, factor = measure_of(linted.rule.dimension, dictionary.units)
    if own.is_count or "money" in dict(own.powers):
        return False  # by 万 numbers are said in Chinese
    kept = [factor]
    for field in fields:
        measure, size = measure_of(field.dimension or "", dictionary.units) if field.dimension else (None, 1.0)
        if measure == own:
            kept.append(size * field.factor)
    unit = stated.value * measure_of(stated.dimension, dictionary.units)[1] / stated.stated
    return unit >= _ANOTHER_ORDER * max(kept)
