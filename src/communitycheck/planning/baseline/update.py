"""A baseline after a run: it only shrinks, unless what is new is accepted."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.baseline import BaselineState
from communitycheck.model.result import Outcome
from communitycheck.model.table import Bools, Ints, Table, among
from communitycheck.planning.baseline.entries import Baseline, Excused, Hashes, compact, picked, told_apart
from communitycheck.planning.baseline.hold import SETTLED, HeldRun
from communitycheck.planning.compare.side import COLUMNS, NOWHERE, RuleKey, RuleVerdicts, RunSide, SubjectKind
from communitycheck.planning.compare.subjects import both

_GROWING = (BaselineState.NEW, BaselineState.WORSE, BaselineState.RULE_CHANGED)


class UpdatedBaseline(Struct, frozen=True, eq=False):
    """The baseline to be written, and what was done.

    Attributes:
        settled: entries taken out, since they pass or are out of scope.
        waived: entries taken out, since their fails are excused, which has an end of its own.
        dropped: entries taken out, since this run does not list their subjects.
        better: entries that now hold a figure nearer to the limit.
        accepted: fails taken over: new, worse, or of a changed rule; ``refused`` those that were not.
        unnamed: fails that were to be taken over and are not, since nothing tells their subjects from others.
        unanswered: entries that stay, since this run lists their subjects and has no answer on them.
        kept: entries of which this run says nothing.
        spared: whether entries were to be dropped and none was, since the run was not read in full: who is not listed
            may stand in what was not read.
    """

    baseline: Baseline
    settled: int
    waived: int
    dropped: int
    better: int
    accepted: int
    refused: int
    unnamed: int
    unanswered: int
    kept: int
    spared: bool


def updated(found: HeldRun, excused: Excused, *, accept: bool, drop_unlisted: bool) -> UpdatedBaseline:
    """The baseline without what is settled, and nearer where figures are better.

    Args:
        excused: the fails of the run that a waiver or the return itself excuses: none of them is held.
        accept: fails that are new, worse or of a changed rule are taken over.
        drop_unlisted: entries of subjects that the run does not list are taken out; for runs over everything.
    """
    return _Update(found, excused, accept=accept, drop_unlisted=drop_unlisted).done()


class _Update:
    def __init__(self, found: HeldRun, excused: Excused, *, accept: bool, drop_unlisted: bool) -> None:
        self.found, self.excused, self.accept = found, excused, accept
        self.drop = drop_unlisted and not found.side.open
        self.spared = drop_unlisted and not self.drop
        self.waived = self.dropped = self.better = self.growing = self.unnamed = 0
        self.apart = told_apart(found.side) if accept else {}
        # Who is matched stands there as the run calls him, the others as before.
        self.subjects: dict[SubjectKind, Table] = {}
        self.row_of: dict[SubjectKind, Ints] = {}
        for kind, pairs in found.pairs.items():
            self.subjects[kind] = both(pairs.after, pairs.before)
            alone = np.arange(len(pairs.after), len(pairs.after) + len(pairs.before), dtype=np.int32)
            self.row_of[kind] = np.where(pairs.matched.found >= 0, pairs.matched.found, alone).astype(np.int32)

    def done(self) -> UpdatedBaseline:
        found, old = self.found, self.found.baseline
        verdicts: dict[RuleKey, RuleVerdicts] = {}
        hashes: dict[RuleKey, Hashes] = {}
        for key in dict.fromkeys([*old.side.verdicts, *found.side.verdicts]):
            parts = [part for part in (self._kept(key), self._grown(key)) if part is not None]
            if parts:
                verdicts[key], hashes[key] = _joined(parts)
        side = RunSide(
            old.path, found.side.day, found.side.standards, self.subjects, verdicts, found.side.rules, in_part=True
        )
        unlisted = found.entries(NOWHERE)
        return UpdatedBaseline(
            compact(Baseline(old.path, side, hashes)),
            settled=found.entries(*SETTLED),
            waived=self.waived,
            dropped=self.dropped,
            better=self.better,
            accepted=self.growing if self.accept else 0,
            refused=0 if self.accept else self.growing,
            unnamed=self.unnamed,
            unanswered=len(old) - unlisted - found.entries(*SETTLED) - found.entries(Outcome.FAIL),
            kept=unlisted - self.dropped,
            spared=self.spared and unlisted > 0,
        )

    def _kept(self, key: RuleKey) -> tuple[RuleVerdicts, Hashes] | None:
        """The entries that stay, nearer to their limit where they are now."""
        found = self.found
        entries = found.baseline.side.verdicts.get(key)
        if entries is None:
            return None
        now, at = found.outcome[key], found.verdict[key]
        stays = ~among(now, *SETTLED)
        if self.drop and key in found.side.verdicts:  # of a rule that it did not judge the run says nothing
            gone = found.pairs[entries.kind].gone[entries.rows]
            self.dropped += int(np.count_nonzero(gone))
            stays &= ~gone
        if key in self.excused:
            excused = (at >= 0) & self.excused[key][at]
            self.waived += int(np.count_nonzero(excused))
            stays &= ~excused
        state = np.zeros(len(now), np.uint8)
        if key in found.state:
            state[at >= 0] = found.state[key][at[at >= 0]]
        if self.accept:
            stays &= ~among(state, *_GROWING)  # what stands for them today is taken over
        kept = picked(entries, np.flatnonzero(stays).astype(np.int32))
        kept.rows = self.row_of[kept.kind][kept.rows]
        nearer = (among(state, BaselineState.KNOWN) & _nearer(entries, found.side.verdicts.get(key), at))[stays]
        if nearer.any():
            today = found.side.verdicts[key]
            for name in COLUMNS:
                getattr(kept, name)[nearer] = getattr(today, name)[at[stays][nearer]]
        self.better += int(nearer.sum())
        return kept, found.baseline.hashes[key][stays]

    def _grown(self, key: RuleKey) -> tuple[RuleVerdicts, Hashes] | None:
        """The fails of today that the baseline does not hold as they are."""
        today = self.found.side.verdicts.get(key)
        if today is None:
            return None
        growing = among(self.found.state[key], *_GROWING) & ~self.excused[key]
        if self.accept:
            alike = growing & ~self.apart[today.kind][today.rows]
            self.unnamed += int(alike.sum())
            growing &= ~alike
        self.growing += int(growing.sum())
        if not self.accept or not growing.any():
            return None
        new = picked(today, np.flatnonzero(growing).astype(np.int32))
        return new, np.full(len(new.rows), today.hash, object)


def _nearer(entries: RuleVerdicts, today: RuleVerdicts | None, at: Ints) -> Bools:
    """Whose shortfall is less than the entry says."""
    if today is None:
        return np.zeros(len(at), bool)
    short = np.where(at >= 0, today.short[at], np.nan)
    with np.errstate(invalid="ignore"):
        nearer: Bools = short < entries.short
    return nearer


def _joined(parts: list[tuple[RuleVerdicts, Hashes]]) -> tuple[RuleVerdicts, Hashes]:
    whole, hashes = parts[-1]
    for name in ("rows", *COLUMNS):
        setattr(whole, name, np.concatenate([getattr(one, name) for one, _ in parts]))
    return whole, np.concatenate([some for _, some in parts]) if len(parts) > 1 else hashes
