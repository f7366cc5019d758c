"""Fails that a baseline holds: they are shown and counted, and only what is new or worse decides the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
from msgspec import Struct

from communitycheck.model.table import Bytes


class BaselineState(IntEnum):
    """How a fail stands to the baseline."""

    NONE = 0  # no fail, or no baseline
    KNOWN = 1  # held, and no worse than when it was written
    WORSE = 2  # held, and further from its limit now, or nobody knows
    RULE_CHANGED = 3  # held, and the rule asks something else today
    NEW = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class BaselineApplied(Struct, frozen=True):
    """What became of a baseline in a run.

    Attributes:
        held: how many fails it holds.
        states: of the fails of this run how many are known, worse, of a changed rule, and new.
        settled: held, and passed or out of scope now; ``baseline update`` takes them out.
        unanswered: held, and without an answer now.
        unlisted: held, of subjects that this run does not list, or not once; or of rules that it did not judge.
    """

    path: str
    held: int
    states: tuple[tuple[BaselineState, int], ...]
    settled: int
    unanswered: int
    unlisted: int

    def within(self, marks: Iterable[Bytes]) -> BaselineApplied:
        """What it says of a part of the report, by the marks of its fails; entries that are no fails are of no part."""
        counts = np.bincount(np.concatenate([*marks, np.zeros(0, np.uint8)]), minlength=len(BaselineState))
        states = tuple((state, int(counts[state])) for state in BaselineState if state.value)
        held = sum(n for state, n in states if state is not BaselineState.NEW)
        return BaselineApplied(self.path, held, states, 0, 0, 0)

    def count(self, state: BaselineState) -> int:
        return dict(self.states).get(state, 0)
