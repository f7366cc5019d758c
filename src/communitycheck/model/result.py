"""What judging gives: one ``RuleResult`` for a rule and all its subjects; a ``Verdict`` is a view of one of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from communitycheck.model.address import Address
from communitycheck.model.baseline import BaselineState
from communitycheck.model.comparison import IndicatorKind
from communitycheck.model.expression.values import unknown_numbers
from communitycheck.model.rule import Rule
from communitycheck.model.subjects import Groups, Impossible, Records, Subject, Subjects
from communitycheck.model.table import Bools, Bytes, Floats, Ints, State, among
from communitycheck.model.waiver import OwnExplanation, Waiver


class Outcome(IntEnum):
    PASS = 0
    FAIL = 1
    NOT_DUE = 2
    NOT_APPLICABLE = 3
    NO_DATA = 4
    MANUAL = 5
    ERROR = 6

    @property
    def word(self) -> str:
        return self.name.lower()


OUTCOMES = tuple(Outcome)
_MISSED = (Outcome.FAIL, Outcome.NOT_DUE)
CHUNK = 2048  # verdicts whose columns are fetched at once


class Reason(IntEnum):
    """Why a verdict is what it is; the sentence is ``reason-<name>`` in the message catalogue."""

    MET = 0
    MISSED = 1
    OUT_OF_SCOPE = 2  # the rule's ``where`` does not hold
    OUTSIDE = 3  # outside the standard's jurisdiction
    ZERO_DENOMINATOR = 4  # nothing to take a share of
    EXEMPT = 5  # the return says that it does not apply
    SCOPE_UNKNOWN = 6  # a cell that ``where`` needs is missing
    MISSING = 7  # a cell that the indicator or threshold needs is missing
    UNDECIDED = 8  # a bound straddles the threshold
    BLANKS_UNDECIDED = 9  # a group's blanks could tip it either way
    NOT_IN_FORCE = 10  # the standard or its threshold does not apply on the as-of date
    IMPLAUSIBLE = 11  # the indicator itself is impossible (a share above 1)
    MANUAL = 12
    NOT_EVALUATED = 13  # the rule failed
    EMPTY_GROUP = 14  # no record of the group is in scope
    REGION_UNKNOWN = 15  # it is not known whether a more local standard governs the record
    NOT_CARRIED = 16  # the rule's columns stand in another table of the same return
    REGIONS_MISSING = 17  # the whole is judged, and the returns hold only some of its regions
    REPEATS_UNDECIDED = 18  # subjects of a group stand there several times, and which of it counts could tip it
    DUE_UNKNOWN = 19  # missed, and it is not known which of several deadlines the subject has
    NOT_LAID_DOWN = 20  # a table of the standard has nothing for its class

    @property
    def code(self) -> str:
        return "reason-" + self.name.lower().replace("_", "-")


class GapCause(IntEnum):
    """Why a record of a group is not known: its column in ``RuleResult.gaps``."""

    BLANK = 0
    UNREADABLE = 1
    IMPOSSIBLE = 2
    REPEATED = 3  # several records are of its subject, or may be, and they differ
    UNPAIRED = 4  # the period before has no record of its subject

    @property
    def word(self) -> str:
        return self.name.lower()


_REASONS = tuple(Reason)
_STATES = tuple(BaselineState)


class Unlisted(NamedTuple):
    """A value for which a table of the standard has no row or lays nothing down, or that a sheet of another kind of
    subject (``table``) does not list."""

    table: str
    key: str
    value: str


class Twin(NamedTuple):
    """Another record that says the same, and in which cell."""

    name: str
    cell: str


class Twins(NamedTuple):
    """The records that say the same; ``more`` of them are not named."""

    named: tuple[Twin, ...]
    more: int


# The code of a field that only an earlier return of the subject has; ``cell`` is where.
ONLY_EARLIER = "only-earlier"
# The codes of a cell of a record below, of one that may be of the subject of another, and of a region that has
# none for certain.
MEMBER_CELL = "member-cell"
MEMBER_REPEATED = "member-repeated"
NONE_BELOW = "none-below"


class Untold(NamedTuple):
    """A field for which a record elsewhere gives no value. ``code`` is that of the sentence, ``of`` the last day of the
    period before, the kind of region above or the name of a group's record, ``cell`` where something stands that is no
    value (``state``)."""

    key: str
    code: str
    of: str
    cell: str = ""
    state: State = State.KNOWN


class Verdict(Struct):
    """One rule and one subject. Numbers are in the rule's unit; a range where only bounds are known."""

    rule: Rule
    outcome: Outcome
    reason: Reason
    subject: Subject
    observed: float | bool | tuple[float, float] | None
    required: float | bool | tuple[float, float] | None
    shortfall: float | None
    add: float | None
    at: Address | None
    cells: tuple[str, ...]
    troubled: tuple[tuple[str, State, str], ...]
    numerator: tuple[float, float] | None = None
    denominator: float | None = None
    blanks: int | None = None
    gaps: tuple[int, ...] = ()
    again: int = 0
    missing_items: tuple[str, ...] = ()
    unlisted: Unlisted | None = None
    twins: Twins | None = None
    untold: tuple[Untold, ...] = ()
    waiver: Waiver | OwnExplanation | None = None
    lapsed: Waiver | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    impossible: tuple[Impossible, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    open_severity: bool = False
    baseline: BaselineState = BaselineState.NONE

    def __repr__(self) -> str:
        place = "/".join((*self.subject.region, self.subject.name))
        numbers = {"observed": self.observed, "required": self.required, "shortfall": self.shortfall}
        known = (f", {name} {number}" for name, number in numbers.items() if number is not None)
        return f"<Verdict {self.rule.id} {place!r}: {self.outcome.word}{''.join(known)}>"


class RuleResult(Struct, eq=False):
    """One rule's answer for all its subjects, as arrays of one length.

    ``observed_lo/hi`` and ``required_lo/hi`` are NaN where unknown. ``missed`` are the positions that were judged
    and not met (fail and not_due); ``shortfall`` and ``add`` run along ``missed`` only: by how much the limit was
    missed, and how much of the lever field closes it (NaN where it cannot; of a group whatever its blanks hold).
    ``add_least`` is how much of the lever is missing for certain, where some figures are known within bounds.
    ``numerator``, ``denominator`` and ``gaps`` are set for groups: how many of their records are not known, a column a
    ``GapCause``; ``again`` are records of subjects that others count for. ``over_nothing`` are the numerators of
    records that miss the limit for a denominator of zero. A rule that no column can answer has ``lacking`` and no
    subjects.

    ``asks_form`` are the fields whose cells have to have a form, and whether their column holds something else than the
    text: a fail quotes what stands there.

    Where severity or deadline of a rule hang on the class of its subjects, it has a result for each: ``part_of`` are
    the places of its subjects among all, ``open_severity`` those that may be of a milder one. ``baseline`` says how
    each fail stands to a baseline (``BaselineState``); None where none is given.

    ``stands_for`` says how many verdicts each position counts for, where an engine of a database has judged and only
    some subjects are here one by one; None is one each. A position that stands for several has the mean of their
    shortfalls, and is no verdict to be shown.
    """

    rule: Rule
    subjects: Subjects
    outcome: Bytes
    reason: Bytes
    observed_lo: Floats
    observed_hi: Floats
    required_lo: Floats
    required_hi: Floats
    missed: Ints
    shortfall: Floats
    add: Floats | None = None
    add_unit: str = ""
    add_least: Floats | None = None
    numerator: tuple[Floats, Floats] | None = None
    denominator: Floats | None = None
    gaps: Ints | None = None
    again: Ints | None = None
    fields: tuple[str, ...] = ()
    asks_form: Mapping[str, bool] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    kind: IndicatorKind = "number"
    items_missing: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unlisted: dict[int, Unlisted] = field(default_factory=dict)
    over_nothing: dict[int, tuple[float, float]] = field(default_factory=dict)
    twins: dict[int, Twins] = field(default_factory=dict)
    untold: dict[int, tuple[Untold, ...]] = field(default_factory=dict)
    waived: dict[int, Waiver | OwnExplanation] = field(default_factory=dict)
    lapsed: dict[int, Waiver] = field(default_factory=dict)
    open_severity: Bools | None = None
    part_of: Ints | None = None
    baseline: Bytes | None = None
    stands_for: npt.NDArray[np.int64] | None = None
    error: str = ""

    def __len__(self) -> int:
        return len(self.outcome)

    def __repr__(self) -> str:
        if self.lacking:
            return f"<RuleResult {self.rule.id}: lacking {', '.join(self.lacking)}>"
        counts = ", ".join(f"{outcome.word} {n}" for outcome, n in self.counts().items() if n)
        return f"<RuleResult {self.rule.id}: {counts or 'no subjects'}>"

    @property
    def blanks(self) -> Ints | None:
        """How many records of each group are not known, whatever the cause."""
        return None if self.gaps is None else self.gaps.sum(axis=1, dtype=np.int32)

    @property
    def is_group(self) -> bool:
        return bool(self.rule.by)

    @property
    def least(self) -> Floats | None:
        """Along ``missed``: how much of the lever is missing for certain."""
        return self.add if self.add_least is None else self.add_least

    @property
    def checked(self) -> bool:
        return not self.lacking

    @property
    def total(self) -> int:
        """How many subjects there are."""
        return len(self) if self.stands_for is None else int(self.stands_for.sum())

    def counts(self) -> dict[Outcome, int]:
        """How many subjects had each outcome; sums to all of them."""
        if self.stands_for is not None:
            return {o: int(self.stands_for[among(self.outcome, o)].sum()) for o in OUTCOMES}
        # Against a bare number bytes are compared as bytes; against an ``Outcome`` they would be widened first.
        return {o: int(np.count_nonzero(among(self.outcome, o))) for o in OUTCOMES}

    def counts_by(self, numbers: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
        """How many subjects of each number below ``n`` had each outcome: a row a number, a column an outcome."""
        width = len(OUTCOMES)
        counts = np.bincount(numbers * width + self.outcome, weights=self.stands_for, minlength=n * width)
        return counts.astype(np.int64, copy=False).reshape(n, width)

    def number_of(self, places: npt.NDArray[Any]) -> int:
        """How many verdicts the positions count for."""
        return len(places) if self.stands_for is None else int(self.stands_for[places].sum())

    def times(self, values: Floats) -> Floats:
        """Values along ``missed``, each as often as its position counts."""
        return values if self.stands_for is None else values * self.stands_for[self.missed]

    def counting(self) -> Bools:
        """The fails that decide the exit code: neither waived nor known to the baseline."""
        failed = among(self.outcome, Outcome.FAIL) & ~self.known()
        if self.waived:
            failed[list(self.waived)] = False
        return failed

    def known(self) -> Bools:
        """The fails that the baseline holds, no worse than they were."""
        return np.zeros(len(self), bool) if self.baseline is None else among(self.baseline, BaselineState.KNOWN)

    @property
    def pass_rate(self) -> float | None:
        """passed / (passed + failed); None where nothing was judged."""
        counts = self.counts()
        judged = counts[Outcome.PASS] + counts[Outcome.FAIL]
        return counts[Outcome.PASS] / judged if judged else None

    @property
    def adjusted_rate(self) -> float | None:
        """The same without the fails that are waived: passed / (passed + failed - waived)."""
        counts = self.counts()
        judged = counts[Outcome.PASS] + counts[Outcome.FAIL] - len(self.waived)
        return counts[Outcome.PASS] / judged if judged else None

    def relative_shortfall(self) -> Floats:
        """Along ``missed``: the shortfall as a share of what is required; as it is where that is 0 or unknown."""
        required = np.abs(self.required_lo[self.missed])
        short = np.nan_to_num(self.shortfall, nan=0.0)
        with unknown_numbers():
            return np.where(required > 0, short / required, short)

    def worst(self, n: int) -> list[int]:
        """Positions of the ``n`` fails with the largest relative shortfall, the worst first."""
        if not len(self.missed):
            return []
        places = np.flatnonzero(among(self.outcome[self.missed], Outcome.FAIL))
        if self.stands_for is not None:
            places = places[self.stands_for[self.missed[places]] == 1]
        relative = self.relative_shortfall()[places]
        if len(places) > 4 * n:  # a full sort of 200,000 fails is not needed for the worst ten
            keep = np.sort(np.argpartition(-relative, n)[: 4 * n])
            cut = np.sort(-relative)[min(n, len(relative)) - 1] if n else 0.0
            keep = np.nonzero(-relative <= cut)[0]
            places, relative = places[keep], relative[keep]
        order = np.argsort(-relative, kind="stable")[:n]
        return [int(k) for k in self.missed[places[order]]]

    def verdicts(self, *, all_outcomes: bool = False) -> Iterator[Verdict]:
        """Verdicts one by one; without ``all_outcomes`` only what was neither passed nor out of scope."""
        return self.verdicts_at(self.places(all_outcomes=all_outcomes))

    def places(self, *, all_outcomes: bool = False) -> Ints:
        """The positions of what ``verdicts`` gives."""
        if all_outcomes:
            return np.arange(len(self), dtype=np.int32)
        silent = among(self.outcome, Outcome.PASS, Outcome.NOT_APPLICABLE)
        return np.nonzero(~silent)[0].astype(np.int32)

    def verdict(self, i: int) -> Verdict:
        return next(self.verdicts_at(np.array([i], dtype=np.int32)))

    def verdicts_at(self, places: Ints) -> Iterator[Verdict]:
        """The verdicts at ``places`` (an array of positions), in that order."""
        for start in range(0, len(places), CHUNK):
            yield from self._chunk(places[start : start + CHUNK])

    def short_and_add(self, places: Ints) -> tuple[Floats, Floats]:
        """``shortfall`` and ``add`` of the verdicts at ``places``; NaN where nothing was missed or none is known."""
        if not len(self.missed):
            return np.full(len(places), np.nan), np.full(len(places), np.nan)
        order = np.minimum(np.searchsorted(self.missed, places), len(self.missed) - 1)
        is_missed = self.missed[order] == places
        short = np.where(is_missed, self.shortfall[order], np.nan)
        return short, np.full(len(places), np.nan) if self.add is None else np.where(is_missed, self.add[order], np.nan)

    def _chunk(self, places: Ints) -> Iterator[Verdict]:
        short, add_ = self.short_and_add(places)
        parts = self.numerator or (None, None)
        held = repeat(0, len(places)) if self.baseline is None else self.baseline[places].tolist()
        columns = zip(
            places.tolist(),
            _plain(self.outcome, places),
            _plain(self.reason, places),
            self.subjects.with_cells(places, self.fields),
            self._values(self.observed_lo[places], self.observed_hi[places]),
            self._values(self.required_lo[places], self.required_hi[places]),
            _known(short),
            _known(add_),
            zip(_plain(parts[0], places), _plain(parts[1], places), strict=True),
            _plain(self.denominator, places),
            _plain(self.gaps, places),
            _plain(self.again, places),
            held,
            strict=True,
        )
        for i, outcome, reason, seen, *figures, gaps, again, state in columns:
            observed, required, shortfall, add, numerator, denominator = figures
            yield Verdict(
                rule=self.rule,
                outcome=OUTCOMES[outcome],
                reason=_REASONS[reason],
                subject=seen.subject,
                observed=observed,
                required=required,
                shortfall=shortfall,
                add=add,
                at=seen.at,
                cells=seen.cells,
                troubled=seen.troubled,
                numerator=self.over_nothing.get(i) if self.numerator is None else numerator,
                denominator=0.0 if i in self.over_nothing else denominator,
                blanks=None if gaps is None else sum(gaps),
                gaps=tuple(gaps or ()),
                again=again or 0,
                missing_items=self.items_missing.get(i, ()),
                unlisted=self.unlisted.get(i),
                twins=self.twins.get(i),
                untold=self.untold.get(i, ()),
                waiver=self.waived.get(i),
                lapsed=self.lapsed.get(i),
                remarks=seen.remarks,
                impossible=seen.impossible,
                written=self._written(i) if outcome in _MISSED else (),
                open_severity=self.open_severity is not None and bool(self.open_severity[i]),
                baseline=_STATES[state],
            )

    def _written(self, i: int) -> tuple[tuple[str, str], ...]:
        """What stands in the cells whose form is asked: field and text."""
        if not self.asks_form or not isinstance(self.subjects, Records):
            return ()
        table, row = self.subjects.table, self.subjects.row(i)
        told = [(key, table.written_at(key, row, refused=coded)) for key, coded in self.asks_form.items()]
        return tuple((key, text) for key, text in told if text)

    def _values(self, lo: Floats, hi: Floats) -> Iterator[float | bool | tuple[float, float] | None]:
        truth = self.kind == "truth"
        for low, high in zip(lo.tolist(), hi.tolist(), strict=True):
            if low == high:
                yield (bool(low) if truth else low) if math.isfinite(low) else None
            elif truth or low != low or high != high or (math.isinf(low) and math.isinf(high)):
                yield None
            else:
                yield end_as_written(low), end_as_written(high)


def end_as_written(value: float) -> float:
    """An end of what is known: one that is not reached (近400) lies a hair inside, and is shown as it was written."""
    return float(f"{value:.8g}")


def _plain(values: Any, places: Ints) -> Iterator[Any]:
    return repeat(None, len(places)) if values is None else iter(values[places].tolist())


def _known(values: Floats) -> list[float | None]:
    """An array as a list, None for NaN."""
    found: list[float | None] = values.tolist()
    return [None if x != x else x for x in found] if np.isnan(values).any() else found


__all__ = [
    "OUTCOMES",
    "Groups",
    "Outcome",
    "Reason",
    "Records",
    "RuleResult",
    "Subject",
    "Subjects",
    "Unlisted",
    "Verdict",
]
