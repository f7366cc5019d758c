"""What became of each verdict from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from communitycheck.model.result import Outcome
from communitycheck.model.table import Bools, Bytes, Floats, Ints, among
from communitycheck.planning.compare.pairs import KindPairs
from communitycheck.planning.compare.side import NOWHERE, RuleKey, RuleVerdicts, RunSide, SubjectKind

_KNOWN = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)
_CLOSE = 1e-9  # what arithmetic may differ by


class VerdictChange(IntEnum):
    SAME = 0  # nothing that anybody asks about
    NEWLY_FAILING = 1  # met before, or not due
    STILL_FAILING = 2
    FIXED = 3  # missed before, met now
    NOT_DUE = 4  # missed, and not due yet; met before, or due
    NO_LONGER_CHECKED = 5  # there was an answer, and there is none
    NEWLY_CHECKED = 6  # there was none, and there is one
    # A report of what did not pass does not say what became of the others.
    NO_LONGER_LISTED = 7  # failed before; passes, is out of scope or gone
    NEWLY_LISTED = 8  # fails now; passed before, was out of scope or is new

    @property
    def word(self) -> str:
        return self.name.lower()


class Trend(IntEnum):
    """Which way the figure of a subject went that misses the limit both times."""

    NONE = 0  # not missed both times
    SAME = 1
    BETTER = 2
    WORSE = 3
    UNKNOWN = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, eq=False)
class RuleChanges:
    """One rule on the subjects that both sides have: places of their verdicts before and after (-1: none)."""

    key: RuleKey
    kind: SubjectKind
    before: RuleVerdicts | None
    after: RuleVerdicts | None
    rows: Ints
    rows_after: Ints
    at: Ints
    at_after: Ints
    change: Bytes
    trend: Bytes

    @property
    def rule(self) -> RuleVerdicts:
        found = self.after or self.before
        assert found is not None
        return found

    def count(self, change: VerdictChange, trend: Trend | None = None) -> int:
        where = self.change == int(change)
        if trend is not None:
            where = where & (self.trend == int(trend))
        return int(np.count_nonzero(where))

    def told(self) -> Ints:
        """The places of what has changed, or fails still."""
        return np.flatnonzero(self.change).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class OneSided:
    """The verdicts of a rule on subjects that one side alone has: how many failed."""

    key: RuleKey
    failed: int


def rule_changes(before: RunSide, after: RunSide, pairs: dict[SubjectKind, KindPairs]) -> Iterator[RuleChanges]:
    """Each rule of either side, in the order of the later one."""
    places = _VerdictPlaces(pairs)
    for key in dict.fromkeys([*after.verdicts, *before.verdicts]):
        one, other = before.verdicts.get(key), after.verdicts.get(key)
        if one is not None and other is not None and one.kind != other.kind:
            other_only = _changes(key, None, other, before, after, places)
            yield from (_changes(key, one, None, before, after, places), other_only)
            continue
        yield _changes(key, one, other, before, after, places)


class _VerdictPlaces:
    """Where the verdicts on the subjects that both sides have stand: as one for all rules of the same subjects."""

    def __init__(self, pairs: dict[SubjectKind, KindPairs]) -> None:
        self._pairs = pairs
        self._rows: dict[SubjectKind, tuple[Ints, Ints]] = {}
        self._known: list[tuple[SubjectKind, Ints | None, Ints | None, tuple[Ints, ...]]] = []

    def of(self, kind: SubjectKind, one: RuleVerdicts | None, other: RuleVerdicts | None) -> tuple[Ints, ...]:
        """The rows of the subjects before and after, and the places of their verdicts (-1: none)."""
        mine, theirs = (None if side is None else side.rows for side in (one, other))
        for known, before, after, found in self._known:
            if known == kind and before is mine and after is theirs:
                return found
        pairs = self._pairs[kind]
        if kind not in self._rows:
            rows = np.flatnonzero(pairs.matched.found >= 0).astype(np.int32)
            self._rows[kind] = rows, pairs.matched.found[rows]
        rows, rows_after = self._rows[kind]
        at, at_after = _at(one, rows, len(pairs.before)), _at(other, rows_after, len(pairs.after))
        told = (at >= 0) | (at_after >= 0)
        found = rows, rows_after, at, at_after
        if not told.all():
            found = rows[told], rows_after[told], at[told], at_after[told]
        self._known.append((kind, mine, theirs, found))
        return found


def _changes(
    key: RuleKey,
    one: RuleVerdicts | None,
    other: RuleVerdicts | None,
    before: RunSide,
    after: RunSide,
    places: _VerdictPlaces,
) -> RuleChanges:
    present = one or other
    assert present is not None
    rows, rows_after, at, at_after = places.of(present.kind, one, other)
    was, now = _outcomes(one, at), _outcomes(other, at_after)
    change = changes_of(was, now)
    if before.in_part:
        change[among(was, NOWHERE) & among(now, Outcome.FAIL)] = VerdictChange.NEWLY_LISTED
        change[among(was, NOWHERE) & ~among(now, Outcome.FAIL)] = VerdictChange.SAME
    if after.in_part:
        change[among(now, NOWHERE) & among(was, Outcome.FAIL)] = VerdictChange.NO_LONGER_LISTED
        change[among(now, NOWHERE) & ~among(was, Outcome.FAIL)] = VerdictChange.SAME
    trend = np.zeros(len(rows), np.uint8)
    if one is not None and other is not None:
        missed = among(was, Outcome.FAIL, Outcome.NOT_DUE) & (was == now)
        trend[missed] = trends(one, other, at[missed], at_after[missed])
    return RuleChanges(key, present.kind, one, other, rows, rows_after, at, at_after, change, trend)


def changes_of(was: Bytes, now: Bytes) -> Bytes:
    """What became of outcomes that stand side by side."""
    known, known_now = among(was, *_KNOWN), among(now, *_KNOWN)
    found = np.zeros(len(was), np.uint8)
    found[known & ~known_now] = VerdictChange.NO_LONGER_CHECKED
    found[~known & known_now] = VerdictChange.NEWLY_CHECKED
    both, missed = known & known_now, among(was, Outcome.FAIL, Outcome.NOT_DUE)
    failed, fails = among(was, Outcome.FAIL), among(now, Outcome.FAIL)
    found[both & missed & among(now, Outcome.PASS)] = VerdictChange.FIXED
    found[both & ~failed & fails] = VerdictChange.NEWLY_FAILING
    found[both & failed & fails] = VerdictChange.STILL_FAILING
    found[both & among(now, Outcome.NOT_DUE) & ~among(was, Outcome.NOT_DUE)] = VerdictChange.NOT_DUE
    return found


def trends(one: RuleVerdicts, other: RuleVerdicts, at: Ints, at_after: Ints) -> Bytes:
    """Which way verdicts went that stand side by side and miss their limit: by what is missing; where nobody knows
    that, by what was observed, if better values lie on one side."""
    short, later = one.short[at], other.short[at_after]
    low, high = one.observed_lo[at], one.observed_hi[at]
    low_after, high_after = other.observed_lo[at_after], other.observed_hi[at_after]
    found = np.full(len(at), np.uint8(Trend.UNKNOWN))
    same = alike(low, low_after) & alike(high, high_after)
    if one.unit == other.unit:
        measured = np.isfinite(short) & np.isfinite(later)
        equal = alike(short, later)
        found[measured] = np.where(
            equal, np.uint8(Trend.SAME), np.where(later < short, np.uint8(Trend.BETTER), np.uint8(Trend.WORSE))
        )[measured]
        if other.direction and not other.truth:
            up = other.direction == "up"
            rest = ~measured & ~same
            better, worse = (low_after >= high, high_after <= low) if up else (high_after <= low, low_after >= high)
            found[rest & better] = Trend.BETTER
            found[rest & worse] = Trend.WORSE
    found[same & among(found, Trend.UNKNOWN)] = Trend.SAME
    return found


def alike(one: Floats, other: Floats) -> Bools:
    """Where two columns give one figure; two unknown ones do."""
    with np.errstate(invalid="ignore"):
        near: Bools = np.abs(one - other) <= _CLOSE * np.maximum(np.abs(one), np.abs(other))
    near |= (one == other) | (np.isnan(one) & np.isnan(other))
    return near


def _at(one: RuleVerdicts | None, rows: Ints, n: int) -> Ints:
    return np.full(len(rows), -1, np.int32) if one is None else one.spread(n)[rows]


def _outcomes(one: RuleVerdicts | None, at: Ints) -> Bytes:
    found = np.full(len(at), np.uint8(NOWHERE))
    if one is not None:
        known = at >= 0
        found[known] = one.outcome[at[known]]
    return found
