"""``--set RULE=LOW..HIGH`` and ``--rate``: the ends of the span as numbers, and the curves between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from communitycheck.errors import ExpressionError, UsageError
from communitycheck.judging import Basis
from communitycheck.model.expression import Number, rules_in
from communitycheck.model.expression.folding import fold
from communitycheck.model.report import Report
from communitycheck.model.result import RuleResult
from communitycheck.model.standard import Rule, Standard
from communitycheck.planning.whatif.curve import curve_of
from communitycheck.products.whatif.found import FoundCurve
from communitycheck.products.whatif.limit_option import LimitSpan
from communitycheck.standards import parse_quantity

BasisAt = Callable[[str], Basis]


def rate_asked(written: str | None) -> float | None:
    """``--rate``: a share.

    Raises:
        UsageError: it is none.
    """
    if written is None:
        return None
    try:
        number = parse_quantity(written.strip())
    except ExpressionError:
        number = None
    if number is None or number.dimension != "ratio" or not 0 < number.value <= 1:
        raise UsageError("whatif-rate", value=written)
    return number.value


def mildest(before: Report, span: LimitSpan, at: BasisAt) -> str:
    """The mildest limit of the span, under which the records are judged that its curve is made of."""
    results = _of_rule(before, span)
    up = not results or _is_up(results)
    if end := span.low if up else span.high:
        return end
    observed = np.concatenate([np.append(one.observed_lo, one.observed_hi) for one in results] or [np.zeros(1)])
    known = observed[np.isfinite(observed)]
    one = _limit(at(f"1 {span.unit}".replace(" %", "%").strip()), results[0]) if results else 1.0
    value = 0.0 if not len(known) else float(known.min() if up else known.max()) / (one or 1.0)
    return f"{value:.15f} {span.unit}".replace(" %", "%").strip()


def curves_of(before: Report, after: Report, span: LimitSpan, at: BasisAt) -> list[FoundCurve]:
    """A curve for each standard that has verdicts by the rule.

    Raises:
        UsageError: the ends are the wrong way round.
    """
    found = []
    bases = [at(end) if end else None for end in (span.low, span.high)]
    standards = {one.id: one for one in before.standards}
    for key in dict.fromkeys(result.rule.standard for result in _of_rule(after, span)):
        results = [one for one in _of_rule(after, span) if one.rule.standard == key]
        low, high = (None if basis is None else _limit(basis, results[0]) for basis in bases)
        if low is not None and high is not None and low > high:
            raise UsageError("whatif-span-order", low=span.low, high=span.high)
        now = _limit_of(standards[key], results[0].rule.id, before) if key in standards else None
        curve = curve_of(results, [end for end in (low, high, now) if end is not None])
        ends = (float(curve.limits[0]), float(curve.limits[-1])) if len(curve) else (0.0, 0.0)
        found.append(FoundCurve(curve, ends[0] if low is None else low, ends[1] if high is None else high, now))
    return found


def hanging_on(rule: str, standards: Sequence[Standard]) -> list[Rule]:
    """The rules that ask for what a rule says, or for what such a rule does."""
    found: list[Rule] = []
    for standard in standards:
        held = {rule}
        for _ in standard.rules:
            more = [
                one for one in standard.rules
                if one.id not in held and any(not held.isdisjoint(rules_in(node)) for node in one.expressions)
            ]  # fmt: skip
            if not more:
                break
            found += more
            held |= {one.id for one in more}
    return found


def _of_rule(report: Report, span: LimitSpan) -> list[RuleResult]:
    return [one for one in report.results if one.rule.id == span.rule and one.checked and len(one)]


def _is_up(results: list[RuleResult]) -> bool:
    held = results[0].rule.threshold
    return held is not None and held.comparison.direction == "up"


def _limit(basis: Basis, result: RuleResult) -> float | None:
    standard = next(one for one in basis.standards if one.id == result.rule.standard)
    return _constant(standard, result.rule.id, {})


def _limit_of(standard: Standard, rule: str, report: Report) -> float | None:
    values = {name: one.at(report.as_of) for name, one in standard.parameters.items()}
    return _constant(standard, rule, values, report)


def _constant(
    standard: Standard, rule: str, parameters: dict[str, float | None], report: Report | None = None
) -> float | None:
    held = next(one for one in standard.rules if one.id == rule).threshold
    limit = None if held is None else held.limits[-1] if report is None else held.at(report.as_of)
    value = None if limit is None else fold(limit.value, parameters.get)
    return value.value if isinstance(value, Number) else None
