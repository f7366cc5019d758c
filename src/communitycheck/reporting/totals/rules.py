"""Every rule in numbers, what is listed of them, and the worst fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.periods.past_records import NOT_REPORTED_AGAIN
from communitycheck.model.report import STRAYS, Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.returns import COLUMN_TO_CONFIRM, Notice
from communitycheck.model.standard import SEVERITIES
from communitycheck.model.table import among
from communitycheck.model.units import amount_in
from communitycheck.reporting.words.numbers import difference

OPEN = ("unread-row", "unread-rows", NOT_REPORTED_AGAIN, STRAYS)


class RuleTally(Struct, frozen=True):
    """One rule in numbers, summed over its fails; None where amounts of that kind do not add up.

    ``shortfall`` is what the indicator misses, in its ``unit`` (of one region judged as a whole in any unit); ``add``
    what its lever needs, in ``add_unit``.
    """

    result: RuleResult
    counts: dict[Outcome, int]
    shortfall: float | None
    unit: str
    add: float | None = None
    add_unit: str = ""
    at_least: bool = False
    """True where of some fails nobody knows exactly how much they are short of, so that the sum to mend is a lower
    bound; ``at_most`` where it is what groups need however their blanks turn out."""
    at_most: bool = False

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
        return self.result.total - self.counts[Outcome.NOT_APPLICABLE]

    @property
    def to_mend(self) -> tuple[float | None, str]:
        """What closes the fails: of the lever where it has one, else of the indicator."""
        return (self.shortfall, self.unit) if self.add is None else (self.add, self.add_unit)


def tally(result: RuleResult, dictionary: Dictionary) -> RuleTally:
    """The rule's counts, what is missing and what its lever needs."""
    missing = (result.shortfall, result.rule.unit) if only_region(result) is not None else amounts_missing(result)
    added = amounts_to_add(result, dictionary)
    shortfall, unit = _summed(result, *missing)
    add, add_unit = _summed(result, *added)
    failed = failed_of(result)
    known = missing[0] if add is None else result.add
    at_least = known is not None and bool(np.isnan(known[failed]).any())
    if known is not None and add is not None and result.least is not None:
        at_least |= bool((result.least < known)[failed].any())
    blanks = result.blanks
    at_most = add is not None and blanks is not None and bool(blanks[result.missed[failed]].any())
    return RuleTally(result, result.counts(), shortfall, unit, add, add_unit, at_least, at_most)


def _summed(result: RuleResult, values: npt.NDArray[np.float64] | None, unit: str) -> tuple[float | None, str]:
    """The sum over the fails, without the noise that the difference of large numbers leaves."""
    failed = failed_of(result)
    if values is None or not among(result.outcome, Outcome.PASS, Outcome.FAIL).any():
        return None, ""
    if len(values[failed]) and np.isnan(values[failed]).all():
        return None, ""
    size = np.nanmax(np.abs(result.required_lo[result.missed]), initial=0.0) if len(result.missed) else 0.0
    return difference(float(np.nansum(result.times(values)[failed])), float(size)), unit


def is_listed(result: RuleResult) -> bool:
    """True for rules that judge: not manual, and with the columns they need."""
    return result.checked and result.rule.manual is None


def rule_states(report: Report) -> dict[str, int]:
    """How many rules came to an answer (``judged``), could judge nobody (``undecided``), had nobody in scope
    (``not-applicable``), lacked columns (``not-checked``) or are ``manual``; sums to all rules."""
    states = dict.fromkeys(("judged", "undecided", "not-applicable", "not-checked", "manual"), 0)
    order = list(states)
    found: dict[tuple[str, str], str] = {}
    for result in report.results:  # a rule with classes of subjects has several
        key, state = (result.rule.standard, result.rule.id), _state(result)
        found[key] = min(found.get(key, state), state, key=order.index)
    for state in found.values():
        states[state] += 1
    return states


def _state(result: RuleResult) -> str:
    counts = result.counts()
    if result.rule.manual is not None:
        return "manual"
    if not result.checked:
        return "not-checked"
    if counts[Outcome.PASS] + counts[Outcome.FAIL] + counts[Outcome.NOT_DUE]:
        return "judged"
    return "undecided" if counts[Outcome.NO_DATA] + counts[Outcome.ERROR] else "not-applicable"


def subjects_by_entity(report: Report) -> dict[str, int]:
    """How many subjects of each kind were read, in the order they came."""
    counts: Counter[str] = Counter()
    for records in report.records:
        counts[records.table.entity] += records.count
    for one in report.past:
        if one.again:
            counts[one.records.table.entity] -= len(one.records)
    return dict(counts)


def all_notices(report: Report) -> Iterator[Notice]:
    """Every notice once: those of each return, then those of the run."""
    return iter(dict.fromkeys(chain(*(r.notices for r in report.returns), report.notices)))


def open_notices(report: Report) -> Iterator[Notice]:
    """Those that tell why the answer is incomplete: rows that nobody could read, records that no standard judges,
    columns that gating rules wait for."""
    asked = report.fields_in_question()
    for notice in all_notices(report):
        if notice.code in OPEN or (notice.code == COLUMN_TO_CONFIRM and notice.values["key"] in asked):
            yield notice


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


Amounts = tuple[npt.NDArray[np.float64] | None, str]


def _adds_up(unit: str) -> bool:
    """Areas, money and numbers of things do, by whatever word they are counted."""
    return amount_in(unit) is not None


def amounts_missing(result: RuleResult) -> Amounts:
    """What the indicator misses along ``missed``, and its unit; None where amounts of that kind do not add up."""
    unit = result.rule.unit
    return (result.shortfall, unit) if _has_amounts(result) and _adds_up(unit) else (None, "")


def amounts_to_add(result: RuleResult, dictionary: Dictionary) -> Amounts:
    """What the lever needs along ``missed``, for certain where it is known within bounds, and its unit; None where
    there is no lever, or amounts do not add up."""
    if not _has_amounts(result) or result.least is None:
        return None, ""
    known = dictionary.find(result.rule.lever or "")
    unit = result.add_unit or (known.unit if known else "")
    return (result.least, unit) if _adds_up(unit) else (None, "")


def amounts_to_mend(result: RuleResult, dictionary: Dictionary) -> Amounts:
    """What closes the fails along ``missed``: of the lever where it has one, else of the indicator."""
    return amounts_missing(result) if result.least is None else amounts_to_add(result, dictionary)


def _has_amounts(result: RuleResult) -> bool:
    limits = result.rule.threshold
    return limits is not None and limits.comparison.direction is not None and result.kind != "truth"


def only_region(result: RuleResult) -> int | None:
    """The position of the one region that a rule on whole regions judged; None where it judged several, or none."""
    if not result.is_group:
        return None
    judged = np.flatnonzero(among(result.outcome, Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE))
    return int(judged[0]) if len(judged) == 1 else None


def _relative(verdict: Verdict) -> float:
    required = verdict.required[0] if isinstance(verdict.required, tuple) else verdict.required
    if verdict.shortfall is None:
        return 0.0
    return verdict.shortfall / abs(required) if required else verdict.shortfall


