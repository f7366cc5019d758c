"""How many pass at every limit: a step function of the limit, exact from the observed values themselves.

Nobody is judged again for it. Where a subject's figure lies between two ends it passes for certain on one side of both,
misses for certain on the other, and is an open question between them; so are those without a figure at every limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from communitycheck.model.comparison import Comparison
from communitycheck.model.expression.values import ABSOLUTE, RELATIVE
from communitycheck.model.result import Outcome, Reason, RuleResult, end_as_written
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Floats, Ints, among

# Without an answer for want of a figure alone: with another limit there may be one.
_OPEN = (Reason.MISSING, Reason.UNDECIDED, Reason.BLANKS_UNDECIDED, Reason.REPEATS_UNDECIDED)


_HAIR = 4e-9  # of a number, by which an end that is not reached is less
_DECIMALS = 2  # of a limit as people write it; of a percentage as many


class _Ends(NamedTuple):
    low: Floats
    high: Floats
    unknown: int
    passing: int
    missing: int


class LimitCurve(Struct, frozen=True, eq=False):
    """The limits at which something changes, in their order, and how many pass, miss and are not known at each.

    Between two of them it is as at the stricter one where a value at the limit passes, else as at the milder one. One
    that is ``open`` is no limit itself: it lies a hair under the number that is meant (an end that is not reached, as
    of 300余), and says how it is between the one before and that number.
    """

    rule: Rule
    limits: Floats
    passed: Ints
    missed: Ints
    unknown: Ints

    def __len__(self) -> int:
        return len(self.limits)

    @property
    def open(self) -> Bools:
        return _unreached(self.limits)

    @property
    def written(self) -> Floats:
        """The limits, the numbers that are meant in place of those that are not reached."""
        return _as_written(self.limits)

    @property
    def holds_below(self) -> bool:
        """It is below a limit, up to the one before, as it is there; else above it, up to the next."""
        return self.is_up == self.comparison.met_at_limit

    @property
    def comparison(self) -> Comparison:
        assert self.rule.threshold is not None
        return self.rule.threshold.comparison

    @property
    def is_up(self) -> bool:
        """A higher limit is a stricter one."""
        return self.comparison.direction == "up"

    def strictest(self, rate: float, *, unknown: str = "left out") -> float | None:
        """The strictest limit at which that share passes, as people write it; None where it does at none.

        Args:
            unknown: whether those without an answer are ``left out``, as in the rates of reports, ``miss`` or ``pass``.
        """
        at = self.strictest_place(rate, unknown=unknown)
        return None if at is None else self.sayable(at)

    def strictest_place(self, rate: float, *, unknown: str = "left out") -> int | None:
        """Where the strictest limit stands."""
        passed = self.passed + (self.unknown if unknown == "pass" else 0)
        counted = self.passed + self.missed + (0 if unknown == "left out" else self.unknown)
        reached = np.flatnonzero((counted > 0) & (passed >= rate * counted - RELATIVE * counted))
        if not len(reached):
            return None
        return int(reached[-1] if self.is_up else reached[0])

    def sayable(self, place: int) -> float:
        """A limit of few digits at which it is as at a place: that limit, where it has few itself."""
        at, is_open, sign = float(self.limits[place]), bool(self.open[place]), 1.0 if self.holds_below else -1.0
        least = _DECIMALS + 2 * (self.rule.unit == "ratio")
        if not is_open and round(at, least) == at:
            return at
        end = sign * float(self.written[place])
        beside = place - int(sign)
        other = sign * float(self.limits[beside]) if 0 <= beside < len(self) else end - 2 * max(abs(end), 1.0)
        first = int(np.ceil(-np.log10((end - other) / 2))) if is_open else least
        for decimals in range(first, 13):
            steps = round(end * 10.0**decimals, 6)
            number = (np.ceil(steps) - 1 if is_open else np.floor(steps)) / 10.0**decimals
            if number > other + float(_slack(other)):
                return round(sign * float(number), max(decimals, 0))
        return at

    def within(self, low: float, high: float) -> Bools:
        """Which of the limits lie between two ends."""
        inside: Bools = (self.limits >= low - _slack(low)) & (self.limits <= high + _slack(high))
        return inside


def curve_of(results: Sequence[RuleResult], limits: Sequence[float] = ()) -> LimitCurve:
    """The curve of a rule from its results, one for each class of its subjects, under the mildest of its limits.

    Args:
        limits: stand among those of the curve, whether anything changes there or not.
    """
    rule = results[0].rule
    assert rule.threshold is not None
    comparison = rule.threshold.comparison
    parts = [_ends(one, up=comparison.direction == "up") for one in results]
    low, high = np.concatenate([one.low for one in parts]), np.concatenate([one.high for one in parts])
    open_, passing = sum(one.unknown for one in parts), sum(one.passing for one in parts)
    missing = sum(one.missing for one in parts)
    low_sorted, high_sorted = np.sort(low), np.sort(high)
    ends = np.concatenate([low_sorted, high_sorted])
    ends = ends[np.isfinite(ends)]
    if (comparison.direction == "up") != comparison.met_at_limit:
        ends = _as_written(ends)  # what is so at an end that is not reached is so at the number that is meant
    steps = _apart(np.concatenate([ends, np.array(limits, np.float64)]))
    passed, missed = _counts(comparison, low_sorted, high_sorted, steps)
    unknown = len(low) - passed - missed + open_
    return LimitCurve(rule, steps, passed + passing, missed + missing, unknown)


def _ends(result: RuleResult, *, up: bool) -> _Ends:
    """Between which ends the subjects lie whose answer hangs on the limit; how many have no answer at any limit, pass
    each and miss each."""
    low, high = result.observed_lo, result.observed_hi
    judged = among(result.outcome, Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)
    none = among(result.outcome, Outcome.NO_DATA)
    told = ~np.isnan(low) & ~np.isnan(high) & ~(np.isinf(low) & (low == high))
    hangs = told & (judged | (none & among(result.reason, *_OPEN)))
    # What is missing of a whole can only lower what is known of it: it fails where that does, and never passes.
    part = told & none & among(result.reason, Reason.REGIONS_MISSING)
    low = np.where(part, -np.inf if up else low, low)
    high = np.where(part & (not up), np.inf, high)
    hangs |= part
    passes = judged & ~hangs & among(result.outcome, Outcome.PASS)
    misses = judged & ~hangs & ~passes
    return _Ends(low[hangs], high[hangs], int((none & ~hangs).sum()), int(passes.sum()), int(misses.sum()))


def _unreached(values: Floats) -> Bools:
    """Those that lie a hair under a number of few digits."""
    meant = np.array([end_as_written(value) for value in values.tolist()], np.float64)
    found: Bools = (meant != 0) & (np.abs(meant * (1 - _HAIR) - values) <= _HAIR / 8 * np.abs(meant))
    return found


def _as_written(values: Floats) -> Floats:
    meant = np.array([end_as_written(value) for value in values.tolist()], np.float64)
    return np.where(_unreached(values), meant, values)


def _slack(size: Floats | float) -> Floats:
    """Within what judging takes two figures of that size for one."""
    found: Floats = np.abs(size) * RELATIVE + ABSOLUTE
    return found


def _apart(values: Floats) -> Floats:
    """Every value once, in their order; of those that judging takes for one the largest."""
    known = np.unique(values[np.isfinite(values)])
    if len(known) < 2:
        return known
    size = np.maximum(np.abs(known[1:]), np.abs(known[:-1]))
    last = np.append(np.diff(known) > _slack(size), True)
    kept: Floats = known[last]
    return kept


def _counts(comparison: Comparison, low: Floats, high: Floats, limits: Floats) -> tuple[Ints, Ints]:
    """At each limit how many pass and miss for certain; ``low`` and ``high`` are sorted each for itself."""
    slack, n = _slack(limits), len(low)
    match comparison.key:
        case "at_least":
            passed = n - np.searchsorted(low, limits - slack, "left")
            missed = np.searchsorted(high, limits - slack, "left")
        case "more_than":
            passed = n - np.searchsorted(low, limits + slack, "right")
            missed = np.searchsorted(high, limits + slack, "right")
        case "at_most":
            passed = np.searchsorted(high, limits + slack, "right")
            missed = n - np.searchsorted(low, limits + slack, "right")
        case "less_than":
            passed = np.searchsorted(high, limits - slack, "left")
            missed = n - np.searchsorted(low, limits - slack, "left")
        case other:
            raise ValueError(other)
    return passed.astype(np.int32), missed.astype(np.int32)
