"""Severity and deadline of each subject where a rule gives them by class, and the result by them.

A class of which nobody knows whether a subject is in it is possible and so are those below it. Where the deadlines that
are possible differ on whether the day has passed, a miss is neither a fail nor not due; of possible severities the
strictest counts, so that no blank makes a return look better.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.evaluation.context import EvaluationContext
from communitycheck.checking.evaluation.evaluate import in_scope
from communitycheck.model.result import Outcome, Reason, RuleResult
from communitycheck.model.result_part import part_of
from communitycheck.model.standard import SEVERITIES, OfClass, Rule
from communitycheck.model.subjects import picked
from communitycheck.model.table import Bools, Bytes, Ints, among


class SubjectClasses(Struct, frozen=True):
    """Along the subjects of one rule.

    Attributes:
        severity: place in ``SEVERITIES``; ``open_severity`` where others are possible, too.
        due: the number of the earliest possible day among ``days``, whose first is none.
        passed: on the as-of date a deadline may have passed, or there may be none; ``ahead``: it may lie ahead.
    """

    severity: Ints
    open_severity: Bools
    due: Ints
    days: tuple[date | None, ...]
    passed: Bools
    ahead: Bools

    def settle(self, outcome: Bytes, reason: Bytes) -> None:
        """Whether what was missed fails, is not due, or nobody can say which of the two."""
        missed = among(reason, Reason.MISSED)
        outcome[missed] = np.where(self.ahead[missed], Outcome.NOT_DUE, Outcome.FAIL)
        unclear = missed & self.passed & self.ahead
        outcome[unclear], reason[unclear] = Outcome.NO_DATA, Reason.DUE_UNKNOWN


def classes_of(rule: Rule, context: EvaluationContext, as_of: date) -> SubjectClasses | None:
    """The classes of the records or groups in ``context``; None where the rule is the same for all."""
    if not rule.severities and not rule.dues:
        return None
    n = len(context)
    severity = np.full(n, SEVERITIES.index(rule.severity), np.int32)
    open_severity = np.zeros(n, bool)
    if rule.severities:
        possible = _possible(rule.severities, context)
        ranks = np.array([SEVERITIES.index(one.value) for one in rule.severities])
        severity = _least(possible, ranks)
        open_severity = severity != -_least(possible, -ranks)
    own = {one.value for one in rule.dues} or ({rule.due} if rule.due is not None else set())
    days: tuple[date | None, ...] = (None, *sorted(own))
    ahead = np.full(n, rule.due is not None and rule.due > as_of)
    passed, due = ~ahead, np.full(n, days.index(rule.due), np.int32)
    if rule.dues:
        possible = _possible(rule.dues, context)
        numbers = np.array([*(days.index(one.value) for one in rule.dues), 0])
        later = np.array([*(one.value > as_of for one in rule.dues), False])
        due = _least(possible, numbers)
        ahead, passed = (possible & later[:, None]).any(axis=0), (possible & ~later[:, None]).any(axis=0)
    return SubjectClasses(severity, open_severity, due, days, passed, ahead)


def _possible(classes: Sequence[OfClass[object]], context: EvaluationContext) -> Bools:
    """A row for each class, and one for those in none: which records may be in it."""
    left = np.ones(len(context), bool)
    rows = []
    for one in classes:
        inside = in_scope(one.where, context)
        rows.append(left & ~inside.no)
        left = left & ~inside.yes
    found: Bools = np.array([*rows, left])
    return found


def joined_classes(parts: Sequence[SubjectClasses]) -> SubjectClasses:
    """The classes of the groups of several levels, one level behind the other."""

    def chain(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    return SubjectClasses(
        chain("severity"), chain("open_severity"), chain("due"), parts[0].days, chain("passed"), chain("ahead")
    )


def _least(possible: Bools, numbers: Ints) -> Ints:
    """The least number of the classes that are possible for each record."""
    wide = np.where(possible[: len(numbers)], numbers[:, None], np.iinfo(np.int32).max)
    found: Ints = wide.min(axis=0).astype(np.int32)
    return found


def by_class(result: RuleResult, classes: SubjectClasses | None) -> list[RuleResult]:
    """The result with a part for each severity and deadline, whose rule has no other.

    Subjects that the rule does not concern are counted with others of theirs, and where there are none with the first.
    """
    if classes is None or len(classes.severity) != len(result):
        return [result]
    number = classes.severity * len(classes.days) + classes.due
    concerned = ~among(result.outcome, Outcome.NOT_APPLICABLE)
    kinds = np.unique(number[concerned]) if concerned.any() else number[:1]
    number = np.where(np.isin(number, kinds), number, kinds[:1])
    parts = []
    for kind in kinds.tolist():
        severity, due = divmod(kind, len(classes.days))
        places = np.flatnonzero(number == kind).astype(np.int32)
        rule = replace(result.rule, severity=SEVERITIES[severity], due=classes.days[due])
        part = part_of(result, picked(result.subjects, places), places)
        part.rule, part.open_severity = rule, classes.open_severity[places]
        parts.append(part)
    return parts
