"""Every rule in numbers, what is listed of them, and the worst fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.returns import Notice
from communitycheck.model.standard import SEVERITIES
from communitycheck.model.table import among
from communitycheck.model.units import canonical
from communitycheck.reporting.words.numbers import difference

# Only amounts of these can be added up over subjects; a sum of rates or of hours a day says nothing.
ADDABLE = {canonical(d) for d in ("area", "households", "persons", "items", "money")}


@dataclass(frozen=True, slots=True)
class RuleTally:
    """One rule in numbers. ``shortfall`` sums over its fails, in ``unit``; None where it cannot be summed."""

    result: RuleResult
    counts: dict[Outcome, int]
    shortfall: float | None
    unit: str

    @property
    def passed(self) -> int:
        return self.counts[Outcome.PASS]

    @property
    def failed(self) -> int:
        return self.counts[Outcome.FAIL]

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def concerned(self) -> int:
        """Verdicts on subjects that the rule covers."""
        return len(self.result) - self.counts[Outcome.NOT_APPLICABLE]


def tally(result: RuleResult, dictionary: Dictionary) -> RuleTally:
    """The rule's counts, and its shortfall: of the lever field where it has one, else its own if that can be added."""
    counts = result.counts()
    values, unit = amounts_missing(result, dictionary)
    if values is None or not counts[Outcome.PASS] + counts[Outcome.FAIL]:
        return RuleTally(result, counts, None, "")
    size = np.nanmax(np.abs(result.required_lo[result.missed]), initial=0.0) if len(result.missed) else 0.0
    return RuleTally(result, counts, difference(float(np.nansum(values[failed_of(result)])), float(size)), unit)


def is_listed(result: RuleResult) -> bool:
    """True for rules that judge: not manual, and with the columns they need."""
    return result.checked and result.rule.manual is None


def subjects_by_entity(report: Report) -> dict[str, int]:
    """How many subjects of each kind were read, in the order they came."""
    counts: Counter[str] = Counter()
    for records in report.records:
        counts[records.table.entity] += len(records)
    return dict(counts)


def all_notices(report: Report) -> Iterator[Notice]:
    """Every notice once: those of each return, then those of the run."""
    return iter(dict.fromkeys(chain(*(r.notices for r in report.returns), report.notices)))


def worst(report: Report, n: int, *, each: int = 3) -> list[tuple[RuleResult, int]]:
    """The ``n`` worst fails (result and position): binding rules first, then the largest relative shortfall; at most
    ``each`` of a rule."""
    ranked = []
    for order, result in enumerate(report.results):
        severity = SEVERITIES.index(result.rule.severity)
        for place, i in enumerate(result.worst(each)):
            ranked.append(((severity, -_relative(result.verdict(i)), order, place), result, i))
    ranked.sort(key=lambda r: r[0])
    return [(result, i) for _, result, i in ranked[:n]]


def group_verdicts(report: Report) -> list[tuple[RuleResult, int]]:
    """Verdicts on groups of records (result and position), those that need a look first."""
    order = {Outcome.FAIL: 0, Outcome.ERROR: 1, Outcome.NO_DATA: 2, Outcome.NOT_DUE: 3, Outcome.PASS: 4}
    found = [
        (order[outcome], result, i)
        for result in report.results
        if result.is_group and result.checked
        for i in range(len(result))
        if (outcome := Outcome(int(result.outcome[i]))) in order
    ]
    found.sort(key=lambda f: f[0])
    return [(result, i) for _, result, i in found]


def failed_of(result: RuleResult) -> npt.NDArray[np.bool_]:
    """Along ``missed``: which of them are fails (the others are not due)."""
    return among(result.outcome[result.missed], Outcome.FAIL)


def amounts_missing(result: RuleResult, dictionary: Dictionary) -> tuple[npt.NDArray[np.float64] | None, str]:
    """What is missing along ``missed``, and its unit; None where amounts of that kind do not add up."""
    rule = result.rule
    if rule.threshold is None or rule.threshold.comparison.direction is None or result.kind == "truth":
        return None, ""
    if result.add is not None:
        known = dictionary.find(rule.lever or "")
        unit = result.add_unit or (known.unit if known else "")
        return (result.add, unit) if unit in ADDABLE else (None, "")
    return (result.shortfall, rule.unit) if rule.unit in ADDABLE else (None, "")


def _relative(verdict: Verdict) -> float:
    required = verdict.required[0] if isinstance(verdict.required, tuple) else verdict.required
    if verdict.shortfall is None:
        return 0.0
    return verdict.shortfall / abs(required) if required else verdict.shortfall


