"""The threshold of a rule, with its unit and its tolerance."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.expression import Name, Node, Number, addends
from communitycheck.model.standard import Limit, Threshold
from communitycheck.model.units import canonical
from communitycheck.standards.dictionary import unit_of
from communitycheck.standards.files.schema import DatedValueIn
from communitycheck.standards.formulas import Formulas, plain_number
from communitycheck.standards.raw_rule import RawRule

PRINTED: Literal["printed"] = "printed"  # a tolerance taken from the digits that the return prints


def compile_threshold(raw: RawRule, indicator: Node, formulas: Formulas) -> Threshold:
    """The one comparison that the rule has, with its limits."""
    compared = raw.body.compared
    needed = compared.pop("at_least", None) if "covers" in compared else None
    ((key, value),) = compared.items()
    comparison = COMPARISONS[key]
    kind = formulas.kinds.kind(indicator)
    match comparison.form:
        case "truth":
            try:
                formulas.kinds.truth(indicator)
            except ExpressionError as error:
                raise raw.placed(error, "indicator") from None
            return Threshold(comparison, (Limit(Number(float(value))),))
        case "items":
            if kind != "items":
                raise raw.fault("rule-covers-items", key, comparison=key)
            items = tuple(dict.fromkeys(value))
            return Threshold(comparison, (Limit(Number(_needed(raw, needed, len(items)))),), items=items)
        case "limit" | "range":
            pass
    if kind != "number":
        raise raw.fault("rule-not-number", "indicator", comparison=key)
    if comparison.form == "range":
        low, high = (formulas.limit(raw, key, text) for text in value)
        if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
            raise raw.fault("rule-between-order", key, comparison=key)
        return Threshold(comparison, (Limit(low),), upper=high)
    return Threshold(comparison, _dated(raw, comparison, value, formulas))


def _needed(raw: RawRule, text: Any, items: int) -> float:
    """How many of the items are needed: all, or the number that stands behind ``at_least`` beside the list."""
    if text is None:
        return float(items)
    if isinstance(text, list):
        raise raw.fault("rule-covers-count", "at_least", n=items)
    needed = plain_number(raw, "at_least", text, code="rule-covers-count", n=items)
    if not (needed.is_integer() and 1 <= needed <= items):
        raise raw.fault("rule-covers-count", "at_least", n=items)
    return needed


def _dated(raw: RawRule, comparison: Comparison, value: Any, formulas: Formulas) -> tuple[Limit, ...]:
    """The limits in order of their dates."""
    dated = value if isinstance(value, list) else [DatedValueIn(value=value)]
    limits = [Limit(formulas.limit(raw, comparison.key, d.value), d.from_, d.clause) for d in dated]
    limits.sort(key=lambda x: x.start or date.min)
    if len({x.start for x in limits}) != len(limits):
        raise raw.fault("rule-same-date", comparison.key)
    return tuple(limits)


def unit_of_rule(raw: RawRule, indicator: Node, threshold: Threshold, formulas: Formulas) -> tuple[str, str | None]:
    """The indicator's unit: stated, or the field's, or the threshold's; they must not contradict each other."""
    if threshold.comparison.kind != "number":
        return "", None
    held = [threshold.limits[0].value] + ([threshold.upper] if threshold.upper is not None else [])
    required = next((d for n in held if (d := formulas.dimensions.of(n))), None)
    own = formulas.dimensions.of(indicator)
    if raw.body.unit is not None:
        try:
            return unit_of(raw.body.unit, raw.file, (*raw.path, "unit"))
        except RuleFileError as error:
            error.key = raw.key("unit")
            raise
    explicit = next((n.dimension for n in held if isinstance(n, Number) and n.dimension), None)
    plain_without_unit = isinstance(indicator, Name) and own is None
    if explicit is not None and (plain_without_unit or (own is not None and own != explicit)):
        wanted = canonical(own) if own else "—"
        raise raw.fault("rule-dimension", threshold.comparison.key, wanted=wanted, found=canonical(explicit))
    dimension = own or required
    return (canonical(dimension), dimension) if dimension else ("", None)


def tolerance_of(
    raw: RawRule, by: tuple[str, ...], indicator: Node, threshold: Threshold, formulas: Formulas
) -> float | Literal["printed"] | None:
    """By how much the two sides may differ."""
    text = raw.body.tolerance
    if text is None:
        return None
    if not threshold.comparison.equates:
        known = ", ".join(one.key for one in COMPARISONS.values() if one.equates)
        raise raw.fault("rule-tolerance-place", "tolerance", comparison=threshold.comparison.key, known=known)
    if text == PRINTED:
        sides = [indicator, *(limit.value for limit in threshold.limits)]
        printed = {name for side in sides for name in addends(side)} - set(formulas.parameters)
        if by or not printed:
            raise raw.fault("rule-tolerance-printed", "tolerance")
        return PRINTED
    value = plain_number(raw, "tolerance", text, code="rule-tolerance")
    if value < 0:
        raise raw.fault("rule-tolerance-negative", "tolerance")
    return value
