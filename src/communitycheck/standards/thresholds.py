"""The threshold of a rule, what it may be missed by and what is possible at all."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from communitycheck.errors import ExpressionError
from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.expression import (
    Binary,
    Call,
    Kind,
    ListOf,
    Name,
    Node,
    Number,
    String,
    addends,
    constant_of,
    show,
)
from communitycheck.model.standard import Limit, RelativeTolerance, Threshold
from communitycheck.model.units import NONE, canonical
from communitycheck.patterns import pattern
from communitycheck.printable import clip
from communitycheck.standards.files.shape_parts import DatedValueIn
from communitycheck.standards.formulas import Formulas, plain_quantity, plausible_ends
from communitycheck.standards.language.bare_numbers import bare_number, code_of, reading
from communitycheck.standards.language.spellings import remedy, unit_forms, written_out
from communitycheck.standards.raw_rule import RawRule
from communitycheck.standards.rule_units import UnitsOfRule

_JOINED = pattern("[、，；]")  # part nothing in YAML
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
            items = tuple(dict.fromkeys(value))
            _check_list(raw, key, indicator, items, formulas)
            return Threshold(comparison, (Limit(Number(_needed(raw, needed, len(items), formulas))),), items=items)
        case "limit" | "range":
            pass
    if kind not in ("number", "date"):
        raise raw.fault("rule-not-number", "indicator", comparison=key)
    if comparison.form == "range":
        low, high = (formulas.limit(raw, key, text, kind) for text in value)
        ends = [constant_of(end) for end in (low, high)] if kind == "date" else [None, None]
        if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
            raise raw.fault("rule-between-order", key, comparison=key, low=value[0], high=value[1])
        return Threshold(comparison, (Limit(low),), upper=high)
    return Threshold(comparison, _dated(raw, comparison, value, formulas, kind))


def _check_list(raw: RawRule, key: str, indicator: Node, items: tuple[str, ...], formulas: Formulas) -> None:
    """A record names the items in a list; the records of a region name them in a list or one each."""
    joined = next((item for item in items if _JOINED.search(item)), None)
    if joined is not None:
        raise raw.fault("rule-covers-joined", key, item=joined, near=", ".join(_JOINED.split(joined)))
    kind, grouped = formulas.kinds.kind(indicator), bool(raw.body.by)
    if not isinstance(indicator, Name) or kind not in (("items", "text") if grouped else ("items",)):
        code = "rule-covers-names" if grouped else "rule-covers-items"
        raise raw.fault(code, key, comparison=key)
    if kind == "text":
        try:
            formulas.kinds.kind(Binary("in", Name(indicator.name), ListOf(tuple(map(String, items)))))
        except ExpressionError as error:
            raise raw.placed(error, key) from None


def _needed(raw: RawRule, text: Any, items: int, formulas: Formulas) -> float:
    """How many of the items are needed: all, or the number that stands behind ``at_least`` beside the list."""
    if text is None:
        return float(items)
    if isinstance(text, list):
        raise raw.fault("rule-covers-count", "at_least", n=items)
    number = plain_quantity(raw, "at_least", text, formulas, code="rule-covers-count", n=items)
    if not (number.value.is_integer() and 1 <= number.value <= items and number.dimension in (None, "items")):
        raise raw.fault("rule-covers-count", "at_least", n=items)
    return number.value


def check_whole(raw: RawRule, units: UnitsOfRule) -> None:
    """Months and years are held against a limit of whole ones, which end on a day that everybody names."""
    match units.indicator:
        case Call("months_between" | "years_between" as name):
            finer = "months_between" if name == "years_between" else "days_between"
        case _:
            return
    held = [limit.value for limit in units.threshold.limits]
    for node in (*held, units.threshold.upper):
        if isinstance(node, Number) and not node.value.is_integer():
            limit = f"{node.value:.6g} {units.unit}".strip()
            raise raw.fault("rule-whole-limit", units.threshold.comparison.key, name=name, limit=limit, near=finer)


def _dated(raw: RawRule, comparison: Comparison, value: Any, formulas: Formulas, kind: Kind) -> tuple[Limit, ...]:
    """The limits in order of their dates."""
    dated = value if isinstance(value, list) else [DatedValueIn(value=value)]
    limits = [Limit(formulas.limit(raw, comparison.key, d.value, kind), d.from_, d.clause) for d in dated]
    limits.sort(key=lambda x: x.start or date.min)
    if len({x.start for x in limits}) != len(limits):
        raise raw.fault("rule-same-date", comparison.key)
    return tuple(limits)


def tolerance_of(
    raw: RawRule, by: tuple[str, ...], units: UnitsOfRule, formulas: Formulas
) -> float | Literal["printed"] | RelativeTolerance | None:
    """By how much the two sides may differ."""
    text, threshold = raw.body.tolerance, units.threshold
    if text is None:
        return None
    if not threshold.comparison.equates:
        known = ", ".join(one.key for one in COMPARISONS.values() if one.equates)
        raise raw.fault("rule-tolerance-place", "tolerance", comparison=threshold.comparison.key, known=known)
    if text == PRINTED:
        sides = [units.indicator, *(limit.value for limit in threshold.limits)]
        printed = {name for side in sides for name in addends(side)} - set(formulas.parameters)
        if by or not printed:
            raise raw.fault("rule-tolerance-printed", "tolerance")
        return PRINTED
    relative = _OF_VALUE.fullmatch(text.strip())
    number = plain_quantity(raw, "tolerance", relative[1] if relative else text, formulas, code="rule-tolerance")
    if number.value < 0:
        raise raw.fault("rule-tolerance-negative", "tolerance")
    if relative:
        if number.dimension is None:
            share = number.value * 100 if number.value <= 1 else number.value
            raise raw.fault("rule-tolerance-part", "tolerance", text=text, near=f"{share:.12g}% of value")
        if number.dimension != "ratio":
            raise raw.fault("rule-tolerance", "tolerance", text=text)
        return RelativeTolerance(number.value)
    if number.dimension is None and number.value and (beside := units.beside) is not None and beside.is_told:
        bare = bare_number(number)
        if beside.dimension != NONE and not raw.body.unit and not (beside.is_loose and not units.kind):
            near = written_out(bare, beside)
            raise raw.fault("rule-tolerance-bare", "tolerance", text=text, near=near)
        if fault := reading(bare, beside).fault:
            values = {"beside": show(units.indicator), "limit": text, "wanted": units.unit}
            raise raw.fault(code_of(fault), "tolerance", near=remedy(fault, bare, beside), **values)
    value = units.held(number, formulas.dictionary.units)
    if value is None:
        unit = units.unit or (canonical(number.dimension or "") if number.dimension != "ratio" else "")
        if units.beside is not None and units.beside.written is not None:
            unit = unit_forms(units.beside)[0]
        absolute = f"5 {unit}".strip()
        code = "rule-tolerance-share" if number.dimension == "ratio" else "rule-tolerance-unit"
        raise raw.fault(code, "tolerance", text=text, near=absolute, unit=units.unit or "—")
    return value


_OF_VALUE = pattern(r"(.+?)\s*of\s+value")


def plausible_of(raw: RawRule, units: UnitsOfRule, formulas: Formulas) -> tuple[float | None, float | None] | None:
    """Outside of which the data is at fault, in the rule's unit."""
    if raw.body.plausible is None:
        return None
    ends: list[float | None] = []
    for text, number in zip(raw.body.plausible, plausible_ends(raw, formulas), strict=True):
        held = None if number is None else units.held(number, formulas.dictionary.units)
        if number is not None and held is None:
            found = canonical(number.dimension or "")
            raise raw.fault("rule-plausible-unit", "plausible", text=text, found=found, unit=units.unit or "—")
        if units.kind and units.beside is not None and number is not None and number.dimension is None:
            bare = bare_number(number)
            if fault := reading(bare, units.beside).fault:
                beside, near = clip(show(units.indicator), 60), remedy(fault, bare, units.beside)
                raise raw.fault(code_of(fault), "plausible", beside=beside, limit=text, wanted=units.unit, near=near)
        ends.append(held)
    low, high = ends
    if low is not None and high is not None and low > high:
        raise raw.fault("rule-plausible-order", "plausible")
    return low, high
