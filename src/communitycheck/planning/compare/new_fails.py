"""The fails of the later run that the earlier one did not have, or not so far from their limit.

That is what a gate asks of a comparison. A fail is new unless the same subject failed by the same rule before, as it is
for a baseline: who was not judged before, or not listed, fails newly as well.
"""

from __future__ import annotations

import numpy as np

from communitycheck.model.baseline import BaselineState
from communitycheck.model.result import Outcome
from communitycheck.model.table import Bytes, Ints, among
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule
from communitycheck.planning.compare.side import NOWHERE

_ANSWERS = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE, Outcome.NOT_APPLICABLE)


def states_of_still(trend: Bytes) -> Bytes:
    """How fails that were fails before stand to those: known where they are no worse. Of whom nobody knows which way
    they went, nobody may say that they are no worse."""
    found = np.full(len(trend), np.uint8(BaselineState.WORSE))
    found[among(trend, Trend.SAME, Trend.BETTER)] = BaselineState.KNOWN
    return found


def new_fails(one: ComparedRule) -> tuple[Ints, Ints]:
    """The places of the fails of a rule that are new or worse, among its later verdicts; and for each its place among
    the changes, -1 where the earlier run has no such subject."""
    changes = one.changes
    if changes.after is None:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    n = len(changes.after.rows)
    state = np.zeros(n, np.uint8)
    state[among(changes.after.outcome, Outcome.FAIL)] = BaselineState.NEW
    change_of = np.full(n, -1, np.int32)
    here = np.flatnonzero(changes.at_after >= 0).astype(np.int32)
    change_of[changes.at_after[here]] = here
    still = here[changes.change[here] == int(VerdictChange.STILL_FAILING)]
    state[changes.at_after[still]] = states_of_still(changes.trend[still])
    places = np.flatnonzero(among(state, BaselineState.NEW, BaselineState.WORSE)).astype(np.int32)
    return places, change_of[places]


def lost_answers(one: ComparedRule) -> int:
    """Of how many subjects the rule had an answer before and has none now, though it is there and they are in scope."""
    changes = one.changes
    lost = np.flatnonzero(changes.change == int(VerdictChange.NO_LONGER_CHECKED))
    if changes.after is None:
        return len(lost)
    now = np.full(len(lost), np.uint8(NOWHERE))
    at = changes.at_after[lost]
    now[at >= 0] = changes.after.outcome[at[at >= 0]]
    return int(np.count_nonzero(~among(now, *_ANSWERS, Outcome.MANUAL)))
