"""A run held against a baseline: which of its fails are known, worse or new, and what became of each entry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from communitycheck.model.baseline import BaselineApplied, BaselineState
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.model.table import Bytes, Ints, among
from communitycheck.planning.baseline.entries import Baseline
from communitycheck.planning.compare.changes import RuleChanges, VerdictChange, rule_changes
from communitycheck.planning.compare.new_fails import states_of_still
from communitycheck.planning.compare.of_report import side_of
from communitycheck.planning.compare.pairs import KindPairs, pair_subjects
from communitycheck.planning.compare.renames import Rename
from communitycheck.planning.compare.side import NOWHERE, RuleKey, RunSide, SubjectKind

# What an entry is no longer needed for.
SETTLED = (Outcome.PASS, Outcome.NOT_APPLICABLE)


class HeldRun(Struct, eq=False):
    """A run beside a baseline.

    Attributes:
        outcome: by rule, of each entry the outcome of today; ``NOWHERE`` where its subject or its rule is not judged.
        verdict: by rule, of each entry the place of its verdict in ``side``; -1 where there is none.
        state: by rule, of each verdict of the run how it stands to the baseline.
    """

    baseline: Baseline
    side: RunSide
    pairs: dict[SubjectKind, KindPairs]
    outcome: dict[RuleKey, Bytes]
    verdict: dict[RuleKey, Ints]
    state: dict[RuleKey, Bytes]

    def entries(self, *outcomes: int) -> int:
        """How many entries have one of the outcomes today."""
        return sum(int(np.count_nonzero(among(one, *outcomes))) for one in self.outcome.values())


def held_run(baseline: Baseline, side: RunSide, renames: Sequence[Rename] = ()) -> HeldRun:
    """Hold the verdicts of a run against the entries of a baseline."""
    pairs, _ = pair_subjects(baseline.side, side, renames)
    found = HeldRun(baseline, side, pairs, {}, {}, {})
    for key, verdicts in side.verdicts.items():
        fails = among(verdicts.outcome, Outcome.FAIL)
        found.state[key] = np.where(fails, np.uint8(BaselineState.NEW), np.uint8(BaselineState.NONE))
    for key, entries in baseline.side.verdicts.items():
        found.outcome[key] = np.full(len(entries.rows), np.uint8(NOWHERE))
        found.verdict[key] = np.full(len(entries.rows), -1, np.int32)
    for changes in rule_changes(baseline.side, side, pairs):
        if changes.before is not None and changes.after is not None:
            _note(found, changes)
    return found


def _note(found: HeldRun, changes: RuleChanges) -> None:
    both = np.flatnonzero((changes.at >= 0) & (changes.at_after >= 0))
    at, at_after = changes.at[both], changes.at_after[both]
    assert changes.after is not None
    found.outcome[changes.key][at] = changes.after.outcome[at_after]
    found.verdict[changes.key][at] = at_after
    still = changes.change[both] == int(VerdictChange.STILL_FAILING)
    state = states_of_still(changes.trend[both])
    state[found.baseline.hashes[changes.key][at] != changes.after.hash] = BaselineState.RULE_CHANGED
    found.state[changes.key][at_after[still]] = state[still]


def held_against(report: Report, baseline: Baseline, renames: Sequence[Rename] = ()) -> None:
    """Mark the fails of the report by the baseline, and note in it what became of that."""
    side = side_of(report, "")
    found = held_run(baseline, side, renames)
    for result in report.results:
        result.baseline = np.zeros(len(result), np.uint8)
    for key, state in found.state.items():
        verdicts, start = side.verdicts[key], 0
        for number, n in verdicts.parts:
            marks = report.results[number].baseline
            assert marks is not None
            marks[verdicts.places[start : start + n]] = state[start : start + n]
            start += n
    states = np.bincount(np.concatenate([*found.state.values(), np.zeros(0, np.uint8)]), minlength=len(BaselineState))
    unlisted, settled = found.entries(NOWHERE), found.entries(*SETTLED)
    report.baseline = BaselineApplied(
        baseline.path,
        len(baseline),
        tuple((state, int(states[state])) for state in BaselineState if state.value),
        settled,
        len(baseline) - unlisted - settled - found.entries(Outcome.FAIL),
        unlisted,
    )
