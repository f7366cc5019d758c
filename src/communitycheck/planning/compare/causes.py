"""Whether a verdict changed because the figures did, or because the rule did.

Where what a rule asks is the same on both sides (``threshold_hash``), it is the figures; a deadline that has passed or
was put off is told by itself. Where it is not, the later figures judged by the earlier rules tell: what has changed
between the earlier run and that is of the figures, what has changed from there on of the rules.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from communitycheck.model.result import Outcome
from communitycheck.model.table import Bytes, Ints, among
from communitycheck.planning.compare.changes import RuleChanges, Trend, VerdictChange, alike, changes_of, trends
from communitycheck.planning.compare.side import NOWHERE, RuleVerdicts, RunSide


class ChangeCause(IntEnum):
    NONE = 0
    DATA = 1
    RULES = 2
    BOTH = 3
    DEADLINE = 4
    UNTOLD = 5  # the rule is another, and the later figures were not judged by the earlier one

    @property
    def word(self) -> str:
        return self.name.lower()


def is_another(key_of: tuple[str, str], before: RunSide, after: RunSide) -> bool | None:
    """Whether a rule asks something else than before; None where nobody knows."""
    one, other = before.rules.get(key_of), after.rules.get(key_of)
    if one is None or other is None:
        return True
    return None if not one or not other else one != other


def causes(
    found: RuleChanges, before: RunSide, after: RunSide, between: RunSide | None, row_between: Ints | None
) -> Bytes:
    """The cause of each change of a rule.

    Args:
        between: the later figures judged by the earlier rules; ``row_between`` is the row there of each of the later
            side's subjects (-1: none).
    """
    cause = np.zeros(len(found.change), np.uint8)
    moved = (found.change != int(VerdictChange.SAME)) & ~(
        (found.change == int(VerdictChange.STILL_FAILING)) & (found.trend == int(Trend.SAME))
    )
    another = is_another(found.key[:2], before, after)
    if another is False:
        cause[moved] = ChangeCause.DATA
        was, now = (_outcomes(one, at) for one, at in ((found.before, found.at), (found.after, found.at_after)))
        due = among(was, Outcome.NOT_DUE) & among(now, Outcome.FAIL) | among(was, Outcome.FAIL) & among(
            now, Outcome.NOT_DUE
        )
        cause[moved & due] = ChangeCause.DEADLINE
        return cause
    if found.before is None or found.after is None:
        absent = found.key[:2] not in (before.rules if found.before is None else after.rules)
        cause[moved] = ChangeCause.RULES if absent else ChangeCause.UNTOLD if between is None else ChangeCause.DATA
        if absent or between is None:
            return cause
    if between is None or row_between is None:
        cause[moved] = ChangeCause.UNTOLD
        _same_figures(found, cause, moved)
        return cause
    _by_trial(found, between.verdicts.get(found.key), row_between, cause)
    cause[~moved] = ChangeCause.NONE
    return cause


def _same_figures(found: RuleChanges, cause: Bytes, moved: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    """What is observed is the same both times: then it is the rule."""
    if found.before is None or found.after is None or found.before.unit != found.after.unit:
        return
    both = np.flatnonzero((found.at >= 0) & (found.at_after >= 0) & moved)
    at, at_after = found.at[both], found.at_after[both]
    one, other = found.before, found.after
    same = alike(one.observed_lo[at], other.observed_lo[at_after])
    same &= alike(one.observed_hi[at], other.observed_hi[at_after]) & np.isfinite(one.observed_lo[at])
    cause[both[same]] = ChangeCause.RULES


def _by_trial(found: RuleChanges, trial: RuleVerdicts | None, row_between: Ints, cause: Bytes) -> None:
    at_trial = np.full(len(found.rows_after), -1, np.int32)
    if trial is not None:
        rows = row_between[found.rows_after]
        known = rows >= 0
        at_trial[known] = trial.spread(max(len(row_between), int(row_between.max(initial=-1)) + 1))[rows[known]]
    was, between, now = (
        _outcomes(one, at) for one, at in ((found.before, found.at), (trial, at_trial), (found.after, found.at_after))
    )
    by_data, by_rules = changes_of(was, between), changes_of(between, now)
    data, rules = was != between, between != now
    still = found.change == int(VerdictChange.STILL_FAILING)  # of others the outcome alone is told
    if found.before is not None and trial is not None:
        data |= still & _moved(found.before, trial, found.at, at_trial, by_data)
    if trial is not None and found.after is not None:
        rules |= still & _moved(trial, found.after, at_trial, found.at_after, by_rules)
    cause[data & ~rules] = ChangeCause.DATA
    cause[rules & ~data] = ChangeCause.RULES
    cause[data & rules] = ChangeCause.BOTH


def _moved(
    one: RuleVerdicts, other: RuleVerdicts, at: Ints, at_after: Ints, change: Bytes
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where a fail stayed one and became better or worse."""
    found = np.zeros(len(change), bool)
    still = np.flatnonzero(change == int(VerdictChange.STILL_FAILING))
    if len(still):
        found[still] = among(trends(one, other, at[still], at_after[still]), Trend.BETTER, Trend.WORSE)
    return found


def _outcomes(one: RuleVerdicts | None, at: Ints) -> Bytes:
    found = np.full(len(at), np.uint8(NOWHERE))
    if one is not None:
        found[at >= 0] = one.outcome[at[at >= 0]]
    return found
