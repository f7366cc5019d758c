"""How far a rule is met, in print: passed of judged, or what the one region came to that it judged as a whole."""

from __future__ import annotations

import math

from msgspec import Struct

from communitycheck.model.result import RuleResult
from communitycheck.reporting.totals.rules import RuleTally, only_region
from communitycheck.reporting.words.numbers import PERCENT, count, rate
from communitycheck.reporting.words.sentences import Wording


class Rate(Struct, frozen=True):
    """How far a rule is met, in print: ``fraction`` and ``rate``; ``part`` of ``whole`` is what a bar draws, and
    ``whole`` is 0 where there is no share."""

    fraction: str
    rate: str
    part: float = 0
    whole: float = 0


class RuleRate(Rate, frozen=True):
    """The same for a rule. ``missing`` is the shortfall of all fails, and ``add`` what its lever needs, with its name;
    empty where neither is. The adjusted ones leave the waived fails out; empty where none is waived."""

    missing: str = ""
    add: str = ""
    adjusted_fraction: str = ""
    adjusted: str = ""


def rule_rate(one: RuleTally, wording: Wording) -> RuleRate:
    """Passed of judged subjects; of a rule that judged one region as a whole, what that came to."""
    rule, place = one.result.rule, only_region(one.result)
    missing = wording.missing(one.shortfall, one.unit) if one.shortfall else ""
    add = wording.to_add(rule, one.add, one.add_unit, missing)
    if missing and one.at_least:
        missing = wording.say("at-least-missing", missing=missing)
    if place is not None:
        own = region_rate(one.result, place, wording)
        return RuleRate(own.fraction, own.rate, own.part, own.whole, missing, add)
    fraction = f"{count(one.passed)}/{count(one.judged)}"
    if one.result.is_group and one.judged:
        fraction += f" {wording.entities(wording.rule_entity(rule))}"
    share = rate(one.passed, one.judged) or wording.say("not-available")
    waived = len(one.result.waived)
    if not waived:
        return RuleRate(fraction, share, one.passed, one.judged, missing, add)
    left = one.judged - waived
    adjusted = f"{count(one.passed)}/{count(left)}", rate(one.passed, left) or wording.say("not-available")
    return RuleRate(fraction, share, one.passed, one.judged, missing, add, *adjusted)


def region_rate(result: RuleResult, place: int, wording: Wording) -> Rate:
    """What a region that is judged as a whole came to: 131/132 and 99.2%, or just its value."""
    verdict = result.verdict(place)
    figures = wording.figures(verdict, result.add_unit)
    fraction = wording.fraction(verdict, figures) or wording.say("none")
    value = figures.observed or wording.say("none")
    low, high = verdict.numerator or (math.nan, math.nan)
    if result.rule.unit != PERCENT or low != high or not verdict.denominator:
        return Rate(fraction, value)
    return Rate(fraction, value, low, verdict.denominator)
