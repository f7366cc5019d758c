"""What one item earns: a range for each subject, from what its rule came to."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.scoring.applicability import Applied
from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru
from communitycheck.model.result import Outcome, Reason, RuleResult
from communitycheck.model.scores.score import Band, NotApplicable, ScoreItem
from communitycheck.model.scores.score_result import ItemResult
from communitycheck.model.table import Bools, Floats, Ints, among

# With these reasons what was observed is what counts, or may be anything; with others the item itself is in doubt.
_MEASURED = (Reason.MET, Reason.MISSED, Reason.UNDECIDED, Reason.BLANKS_UNDECIDED, Reason.MISSING)


def item_points(
    item: ScoreItem, judged: Applied | None, places: Ints, not_applicable: NotApplicable | None
) -> ItemResult:
    """The points of ``item`` for the subjects at ``places``.

    Args:
        judged: None where it is marked by hand or no column answers it.
        not_applicable: what becomes of the weight where the item does not apply.
    """
    n = len(places)
    nobody = np.zeros(n, bool)
    if judged is None:
        return ItemResult(item, np.zeros(n), np.full(n, item.most), nobody, nobody)
    result = judged.result
    lo, hi = _range(item, result, places)
    void, unsure = among(result.outcome[places], Outcome.NOT_APPLICABLE), judged.may_not_apply[places]
    if judged.anywhere is not None:
        scope_unknown = among(result.reason[places], Reason.SCOPE_UNKNOWN)
        low, high = _range(item, judged.anywhere, places)
        never = among(judged.anywhere.outcome[places], Outcome.NOT_APPLICABLE) & scope_unknown
        lo, hi = np.where(scope_unknown, low, lo), np.where(scope_unknown, high, hi)
        void, unsure = void | never, (unsure | scope_unknown) & ~never
    least, most = _where_void(item, not_applicable)
    lo, hi = np.where(void, least, lo), np.where(void, most, hi)
    if item.kind == "weight" and not_applicable == "left_out":
        return ItemResult(item, lo, hi, void, unsure, result, places)
    lo, hi = np.where(unsure, np.minimum(lo, least), lo), np.where(unsure, np.maximum(hi, most), hi)
    return ItemResult(item, lo, hi, nobody, nobody, result, places)


def _where_void(item: ScoreItem, not_applicable: NotApplicable | None) -> tuple[float, float]:
    """The fewest and the most points that it gives where it does not apply."""
    if item.kind != "weight" or not_applicable == "left_out":
        return 0.0, 0.0
    return (item.most, item.most) if not_applicable == "full" else (0.0, item.most)


def _range(item: ScoreItem, result: RuleResult, places: Ints) -> tuple[Floats, Floats]:
    """The points, the item being one that applies."""
    earned = _earned(item, result, places)
    outcome, reason = result.outcome[places], result.reason[places]
    known = among(reason, *_MEASURED) if item.way not in ("rule", "full", "if") else _decided(outcome)
    lo = np.where(known & ~np.isnan(earned.lo), earned.lo, 0.0)
    hi = np.where(known & ~np.isnan(earned.hi), earned.hi, item.most)
    return lo, hi


def _decided(outcome: v.Array) -> Bools:
    return among(outcome, Outcome.PASS, Outcome.FAIL)


def _earned(item: ScoreItem, result: RuleResult, places: Ints) -> Num:
    """The points as far as they follow from what was observed; NaN where nothing was."""
    observed = Num(result.observed_lo[places], result.observed_hi[places])
    required = Num(result.required_lo[places], result.required_hi[places])
    outcome = result.outcome[places]
    match item.way:
        case "proportional":
            return _proportional(item, observed, required, among(outcome, Outcome.PASS))
        case "tiers":
            return _tiers(item.bands, observed)
        case "deduct" | "each":
            count = v.largest([observed, v.constant(0.0)])
            points = v.multiply(v.divide(count, v.constant(item.per)), v.constant(item.step))
            if item.way == "deduct":
                points = v.subtract(v.constant(item.most), points)
            return _clipped(item, points)
        case _:
            # A penalty is taken where its rule fails, or its condition holds.
            earns = Outcome.FAIL if item.way == "rule" and item.kind == "penalty" else Outcome.PASS
            points_of = np.where(among(outcome, earns), item.most, 0.0)
            return Num(points_of, points_of)


def _clipped(item: ScoreItem, points: Num) -> Num:
    """No fewer and no more than the item gives; all of that where nothing is known."""
    held = v.smallest([v.largest([points, v.constant(item.floor)]), v.constant(item.cap)])
    return Num(np.where(np.isnan(held.lo), item.floor, held.lo), np.where(np.isnan(held.hi), item.cap, held.hi))


def _proportional(item: ScoreItem, observed: Num, required: Num, met: Bools) -> Num:
    """Observed to target. A target that may be zero or less has no ratio: the points are open unless it is met."""
    positive = required.lo > 0
    low = np.where(positive, required.lo, np.nan)
    target = Num(low, low) if np.array_equal(required.lo, required.hi) else Num(low, required.hi)
    ratio = v.divide(v.largest([observed, v.constant(0.0)]), target)
    points = _clipped(item, v.multiply(ratio, v.constant(item.most)))
    lo, hi = points.lo, points.hi
    if item.none_below:
        limit = v.constant(item.none_below)
        lo = np.where(truths.at_least(Num(ratio.lo, ratio.lo), limit).yes, lo, item.floor)
        hi = np.where(truths.at_least(Num(ratio.hi, ratio.hi), limit).no, item.floor, hi)
    return Num(np.where(met, item.cap, lo), np.where(met, item.cap, hi))


def _tiers(bands: tuple[Band, ...], observed: Num) -> Num:
    """The fewest and the most points of the tiers that the observed range reaches into."""
    n = observed.lo.shape
    lo: Floats = np.full(n, np.inf)
    hi: Floats = np.full(n, -np.inf)
    above = Tru(np.zeros(n, bool), np.ones(n, bool))
    for band in bands:
        inside = reaches(observed, band)
        possible = ~inside.no & ~above.yes
        lo = np.where(possible, np.minimum(lo, band.points), lo)
        hi = np.where(possible, np.maximum(hi, band.points), hi)
        above = inside
    return Num(lo, hi)


def reaches(value: Num, band: Band) -> Tru:
    """Whether a number is not beneath the band."""
    if band.start == -np.inf:
        everywhere = np.ones(value.lo.shape, bool)
        return Tru(everywhere, ~everywhere)
    start = v.constant(band.start)
    return truths.at_least(value, start) if band.included else truths.above(value, start)
