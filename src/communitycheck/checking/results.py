"""Results that are not worked out: a rule that cannot be answered, is not in force or is judged by hand."""

from __future__ import annotations

import numpy as np

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.result import Groups, Outcome, Reason, RuleResult
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.subjects import Subjects


def all_alike(
    rule: Rule, subjects: Subjects, outcome: Outcome, reason: Reason, fields: tuple[str, ...] = ()
) -> RuleResult:
    """The same outcome for every subject, and nothing observed."""
    n = len(subjects)
    nothing = np.broadcast_to(np.nan, n)
    return RuleResult(
        rule=rule,
        subjects=subjects,
        outcome=np.full(n, outcome, np.uint8),
        reason=np.full(n, reason, np.uint8),
        observed_lo=nothing,
        observed_hi=nothing,
        required_lo=nothing,
        required_hi=nothing,
        missed=np.zeros(0, np.int32),
        shortfall=np.zeros(0),
        fields=fields,
    )


def unanswered(rule: Rule, fields: tuple[str, ...], lacking: tuple[str, ...]) -> RuleResult:
    """A rule that no column can answer: no subjects, no verdicts, the missing fields named."""
    result = all_alike(rule, Groups([], [], []), Outcome.NO_DATA, Reason.MISSING, fields)
    result.lacking = lacking
    return result


def by_hand(rule: Rule, standard: Standard) -> RuleResult:
    """A manual rule: one verdict for the whole jurisdiction, so that coverage stays honest."""
    place = standard.jurisdiction
    level = place.level if place.level in REGION_LEVELS else rule.applies_to
    return all_alike(rule, Groups([level], [(place.name,)], [place.code]), Outcome.MANUAL, Reason.MANUAL)


def joined(parts: list[RuleResult]) -> RuleResult:
    """Results of several group levels as one, the larger regions after the smaller as the rule lists them."""
    first = parts[0]
    sizes = np.cumsum([0, *(len(p) for p in parts)])
    subjects = Groups([], [], [])
    for part in parts:
        assert isinstance(part.subjects, Groups)
        subjects.levels += part.subjects.levels
        subjects.paths += part.subjects.paths
        subjects.codes += part.subjects.codes

    def chain(name: str) -> np.ndarray:
        return np.concatenate([getattr(p, name) for p in parts])

    result = RuleResult(
        rule=first.rule,
        subjects=subjects,
        outcome=chain("outcome"),
        reason=chain("reason"),
        observed_lo=chain("observed_lo"),
        observed_hi=chain("observed_hi"),
        required_lo=chain("required_lo"),
        required_hi=chain("required_hi"),
        missed=np.concatenate([p.missed + s for p, s in zip(parts, sizes, strict=False)]).astype(np.int32),
        shortfall=chain("shortfall"),
        fields=first.fields,
        kind=first.kind,
        denominator=chain("denominator"),
        gaps=chain("gaps"),
        again=chain("again"),
    )
    for part, begin in zip(parts, sizes.tolist(), strict=False):
        result.items_missing |= {begin + i: items for i, items in part.items_missing.items()}
    result.numerator = (
        np.concatenate([p.numerator[0] for p in parts if p.numerator]),
        np.concatenate([p.numerator[1] for p in parts if p.numerator]),
    )
    if any(p.add is not None for p in parts):
        result.add = np.concatenate([np.full(len(p.missed), np.nan) if p.add is None else p.add for p in parts])
        result.add_unit = next(p.add_unit for p in parts if p.add is not None)
    return result
