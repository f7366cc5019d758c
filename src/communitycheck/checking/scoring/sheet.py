"""One assessment sheet for all its subjects: what its items earn together, and the grade that makes."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.scoring.applicability import Applied, judged
from communitycheck.checking.scoring.points import item_points, reaches
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.expression.values import ABSOLUTE, Num, tidy
from communitycheck.model.result import Groups, Outcome, Reason, Records, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.scores.score import Grade, Score, Veto
from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.model.subjects import Subjects, picked
from communitycheck.model.table import Bools, Floats, Ints, among


def scored(run: StandardRun, score: Score) -> ScoreResult | None:
    """The sheet for every subject that the standard governs; None where it is not in force or there is nobody."""
    governed = run.governed.get(score.applies_to)
    if governed is None or not run.standard.in_force(run.as_of):
        return None
    rules = [score.scope, *(item.rule for item in score.items), *(veto.rule for veto in score.vetoes)]
    results = {rule.id: run.judged(rule) for rule in rules if rule is not None}
    found = _subjects(score, governed.records, governed.out_of_jurisdiction, results)
    if found is None:
        return None
    everyone, at, size = found

    def of(rule: Rule | None) -> Applied | None:
        """What a rule came to, where it says something about each subject."""
        result = None if rule is None else results[rule.id]
        if rule is None or result is None or not result.checked or len(result) != size:
            return None
        return judged(rule, run, result)

    inside, unsure = _scope(score.scope, of(score.scope), at)
    places, subjects, outside = at[inside], _picked(everyone, inside), _picked(everyone, ~inside)
    items = [item_points(item, of(item.rule), places, score.not_applicable) for item in score.items]
    lo, hi = _together(score, items)
    result = ScoreResult(score, subjects, lo, hi, *_grades(score.grades, lo, hi), unsure[inside], outside, items)
    for veto in score.vetoes:
        holds, may_hold = _veto(veto, of(veto.rule), places)
        result.vetoed.append(holds)
        result.may_veto.append(may_hold)
        result.worst = _capped(result.worst, holds | may_hold, veto)
        result.best = _capped(result.best, holds, veto)
    return result


def _subjects(
    score: Score, records: Records, outside: Bools, results: dict[str, RuleResult]
) -> tuple[Subjects, Ints, int] | None:
    """Who is scored, where they stand in the results of single subjects, and how many those are.

    Left out are records outside the jurisdiction, and those of which another table of the return holds all columns.
    """
    if score.by:
        groups = next((r.subjects for r in results.values() if r.checked and r.rule.by and len(r)), None)
        if not isinstance(groups, Groups):
            return None
        return groups, np.arange(len(groups), dtype=np.int32), len(groups)
    size = len(records)
    judged = [r for r in results.values() if r.checked and len(r) == size and isinstance(r.subjects, Records)]
    elsewhere = np.full(size, bool(judged))
    for one in judged:
        elsewhere &= among(one.reason, Reason.NOT_CARRIED)
    places = np.flatnonzero(~outside & ~elsewhere).astype(np.int32)
    if not len(places):
        return None
    return (records if len(places) == size else Records(records.table, records.rows(places))), places, size


def _scope(scope: Rule | None, found: Applied | None, places: Ints) -> tuple[Bools, Bools]:
    """Whom the sheet is for or may be for, and of whom that is not known."""
    if scope is None:
        return np.ones(len(places), bool), np.zeros(len(places), bool)
    if found is None:
        return np.ones(len(places), bool), np.ones(len(places), bool)
    outcome, may_not_apply = found.result.outcome[places], found.may_not_apply[places]
    certain = among(outcome, Outcome.PASS) & ~may_not_apply
    outside = among(outcome, Outcome.FAIL, Outcome.NOT_APPLICABLE)
    return ~outside, ~outside & ~certain


def _picked(subjects: Subjects, which: Bools) -> Subjects:
    return subjects if which.all() else picked(subjects, np.flatnonzero(which).astype(np.int32))


def _together(score: Score, items: list[ItemResult]) -> tuple[Floats, Floats]:
    """The score of each subject: a range."""
    lo, hi = _marks(items)
    for kind, cap, sign in (("bonus", score.bonus_cap, 1.0), ("penalty", score.penalty_cap, -1.0)):
        some = [one for one in items if one.item.kind == kind]
        if some:
            least, most = sum(one.lo for one in some), sum(one.hi for one in some)
            if cap is not None:
                least, most = np.minimum(least, cap), np.minimum(most, cap)
            lo, hi = (lo + least, hi + most) if sign > 0 else (lo - most, hi - least)
    top = np.inf if score.most is None else score.most
    ends = (np.clip(end, 0.0, top) for end in (lo, hi))
    low, high = (tidy(end, np.full(end.shape, max(score.highest, 1.0))) for end in ends)
    return low, high


def _marks(items: list[ItemResult]) -> tuple[Floats, Floats]:
    """What the weighted items earn; those that do not apply are left out, and the others carry their weight.

    What is not known to apply is left out where that makes the score lower, and where it makes it higher.
    """
    some = [one for one in items if one.item.kind == "weight"]
    if not some or not len(items[0].lo):
        n = len(items[0].lo)
        return np.zeros(n), np.zeros(n)
    if any(one.left_out.any() or one.may_leave_out.any() for one in some):
        return _extreme(some, [one.lo for one in some], -1.0), _extreme(some, [one.hi for one in some], 1.0)
    return np.sum([one.lo for one in some], axis=0), np.sum([one.hi for one in some], axis=0)


def _extreme(some: list[ItemResult], points: list[Floats], sign: float) -> Floats:
    """The lowest (``sign`` -1) or the highest score that leaving out can bring about.

    The score is the share of the weight that is earned. Leaving out what earns a better share than the whole lowers
    it, and what is worse raises it, so each round leaves out what the last share tells, until no share changes.
    """
    total = sum(one.item.most for one in some)
    share = np.full(points[0].shape, np.nan)
    for _ in range(len(some) + 1):
        earned, counted = np.zeros(share.shape), np.zeros(share.shape)
        for one, found in zip(some, points, strict=True):
            weight = one.item.most
            better = np.isnan(share) | (sign * (found - share * weight) >= -ABSOLUTE * total)
            taken = ~one.left_out & (~one.may_leave_out | better) & (weight > 0)
            earned += np.where(taken, found, 0.0)
            counted += np.where(taken, weight, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(counted > 0, earned / counted, share)
    return share * total


def _grades(grades: tuple[Grade, ...], lo: Floats, hi: Floats) -> tuple[Ints, Ints]:
    """The place among the grades of the fewest points and of the most; -1 where there is none."""
    ends = []
    for points in (lo, hi):
        value = Num(points, points)
        place = np.full(points.shape, -1, np.int32)
        for k, grade in reversed(list(enumerate(grades))):
            place = np.where(reaches(value, grade.band).yes & ~np.isnan(points), np.int32(k), place)
        ends.append(place)
    return ends[0], ends[1]


def _capped(grades: Ints, vetoed: Bools, veto: Veto) -> Ints:
    """The grades, none of those vetoed better than the veto allows."""
    return np.where(vetoed & (grades >= 0), np.maximum(grades, veto.cap), grades).astype(np.int32)


def _veto(veto: Veto, found: Applied | None, places: Ints) -> tuple[Bools, Bools]:
    """Whom a veto holds for, and for whom that is not known."""
    if found is None:
        return np.zeros(len(places), bool), np.ones(len(places), bool)
    outcome = found.result.outcome[places]
    holds, not_so = (Outcome.PASS, Outcome.FAIL) if veto.on_condition else (Outcome.FAIL, Outcome.PASS)
    certain = among(outcome, holds) & ~found.may_not_apply[places]
    return certain, ~certain & ~among(outcome, not_so, Outcome.NOT_APPLICABLE)
