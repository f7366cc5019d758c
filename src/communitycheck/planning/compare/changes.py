"""What became of each verdict from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

import numpy as np
from msgspec import Struct

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


class RuleChanges(Struct, frozen=True, eq=False):
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

    @property
    def answered_twice(self) -> bool:
        """Whether any subject was judged both times."""
        if self.before is None or self.after is None:
            return False
        both = (self.at >= 0) & (self.at_after >= 0)
        was, now = self.before.outcome[self.at[both]], self.after.outcome[self.at_after[both]]
        return bool((among(was, *_KNOWN) & among(now, *_KNOWN)).any())

    def failing_alone(self, *, later: bool) -> Ints:
        """The places of the fails of subjects that one side alone has, among the verdicts of that side."""
        side, at = (self.after, self.at_after) if later else (self.before, self.at)
        if side is None:
            return np.zeros(0, np.int32)
        fails = among(side.outcome, Outcome.FAIL)
        fails[at[at >= 0]] = False
        return np.flatnonzero(fails).astype(np.int32)

    def told(self) -> Ints:
        """The places of what has changed, or fails still."""
        return np.flatnonzero(self.change).astype(np.int32)


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
    """Which way verdicts went that stand side by side and miss their limit: by what is missing, where better values lie
    on one side. What is known within bounds went a way only where that holds for every value within them."""
    found = np.full(len(at), np.uint8(Trend.UNKNOWN))
    before, after = _Figures(one, at), _Figures(other, at_after)
    same = alike(before.low, after.low) & alike(before.high, after.high)
    if one.unit == other.unit and not other.truth:
        was, now = before.missing(other.direction), after.missing(other.direction)
        with np.errstate(invalid="ignore"):
            better, worse = now[1] <= was[0], now[0] >= was[1]
        equal = alike(was[0], now[0]) & alike(was[1], now[1]) & np.isfinite(was[0])
        sided = after.side(other.direction) == before.side(other.direction)  # too much is no better than too little
        found[better & sided] = Trend.BETTER
        found[worse & sided] = Trend.WORSE
        found[equal & sided & ((was[0] == was[1]) | same)] = Trend.SAME
    found[same & among(found, Trend.UNKNOWN)] = Trend.SAME
    return found


class _Figures:
    """What was observed and required, and what is missing, of verdicts."""

    def __init__(self, verdicts: RuleVerdicts, at: Ints) -> None:
        self.low, self.high = verdicts.observed_lo[at], verdicts.observed_hi[at]
        self.required = verdicts.required_lo[at], verdicts.required_hi[at]
        self.short = verdicts.short[at]

    def missing(self, direction: str | None) -> tuple[Floats, Floats]:
        """The least and the most that may be missing; NaN where nobody knows."""
        low, high = self.required
        with np.errstate(invalid="ignore"):
            if direction == "up":
                least, most = low - self.high, high - self.low
            elif direction == "down":
                least, most = self.low - high, self.high - low
            else:
                least = most = np.full(len(self.low), np.nan)
            exact = np.isfinite(self.short) & (self.low == self.high)
            if direction is not None:
                exact &= low == high
        return np.where(exact, self.short, np.maximum(least, 0.0)), np.where(exact, self.short, most)

    def side(self, direction: str | None) -> Bytes:
        """On which side of what is required they lie, where that may be either."""
        if direction is not None:
            return np.zeros(len(self.low), np.uint8)
        with np.errstate(invalid="ignore"):
            return np.where(self.low > self.required[1], np.uint8(1), np.uint8(0))


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
