"""What judging gives: one ``RuleResult`` for a rule and all its subjects; a ``Verdict`` is a view of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

import numpy as np

from communitycheck.model.returns import Address
from communitycheck.model.standard import Rule
from communitycheck.model.table import NAME_FIELDS, Bytes, Floats, Ints, State, Table
from communitycheck.model.waiver import Waiver


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
    NOT_CARRIED = 16  # another table of the same return carries what the rule asks for

    @property
    def code(self) -> str:
        return "reason-" + self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged. ``region`` runs from the largest to the smallest known."""

    entity: str
    name: str
    code: str = ""
    region: tuple[str, ...] = ()


class Subjects(Protocol):
    """The subjects of one result, addressable one by one."""

    def __len__(self) -> int: ...

    def subject(self, i: int) -> Subject: ...

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]: ...

    def troubled(self, i: int, fields: tuple[str, ...]) -> tuple[tuple[str, State, str], ...]: ...


@dataclass(slots=True)
class Records:
    """Single records of a table; ``index`` picks some of them (None is all)."""

    table: Table
    index: Ints | None = None

    def __len__(self) -> int:
        return len(self.table) if self.index is None else len(self.index)

    def row(self, i: int) -> int:
        return i if self.index is None else int(self.index[i])

    def subject(self, i: int) -> Subject:
        t, k = self.table, self.row(i)
        region = tuple(
            coded.names[coded.codes[k]]
            for level, coded in t.regions.items()
            if level != t.entity and coded.codes[k] >= 0
        )
        return Subject(t.entity, t.name_at(k), t.text_at("region_code", k), region)

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]:
        """Where record ``i`` stands, and the cells of ``fields`` in it."""
        t, k = self.table, self.row(i)
        sheet = t.sheets[int(t.sheet_of[k])]
        place = int(t.row_of[k])
        cells = (sheet.cell_of(f, place) or self._lent(f, k) for f in fields)
        return sheet.address_of(place), tuple(dict.fromkeys(c for c in cells if c))

    def _lent(self, key: str, k: int) -> str | None:
        """Where a value stands that another sheet holds."""
        column = self.table.columns.get(key)
        return None if column is None or column.lent is None else column.lent.get(k)

    def troubled(self, i: int, fields: tuple[str, ...]) -> tuple[tuple[str, State, str], ...]:
        """Of ``fields``, those that record ``i`` gives no value for: (field, state, cell)."""
        t, k = self.table, self.row(i)
        sheet, place = t.sheets[int(t.sheet_of[k])], int(t.row_of[k])
        found = []
        for key in fields:
            column = t.columns.get(key)
            state = State.ABSENT if column is None else column.state_at(k)
            if state is not State.KNOWN:
                found.append((key, state, sheet.cell_of(key, place) or self._lent(key, k) or ""))
        return tuple(found)


@dataclass(slots=True)
class Groups:
    """Groups of records. ``levels[i]`` is the region level of group ``i``, ``paths[i]`` the names down to it."""

    levels: list[str]
    paths: list[tuple[str, ...]]
    codes: list[str]

    def __len__(self) -> int:
        return len(self.paths)

    def subject(self, i: int) -> Subject:
        path = self.paths[i]
        return Subject(self.levels[i], path[-1] if path else "", self.codes[i], path[:-1])

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]:
        return None, ()

    def troubled(self, i: int, fields: tuple[str, ...]) -> tuple[tuple[str, State, str], ...]:
        return ()


@dataclass(slots=True)
class Verdict:
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
    missing_items: tuple[str, ...] = ()
    waiver: Waiver | None = None


@dataclass(slots=True)
class RuleResult:
    """One rule's answer for all its subjects, as arrays of one length.

    ``observed_lo/hi`` and ``required_lo/hi`` are NaN where unknown. ``missed`` are the positions that were judged
    and not met (fail and not_due); ``shortfall`` and ``add`` run along ``missed`` only: by how much the limit was
    missed, and how much of the lever field closes it (NaN where it cannot). ``numerator``, ``denominator`` and
    ``blanks`` are set for groups. A rule that no column can answer has ``lacking`` and no subjects.
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
    numerator: tuple[Floats, Floats] | None = None
    denominator: Floats | None = None
    blanks: Ints | None = None
    fields: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    kind: str = "number"  # or "truth", "items"
    items_missing: dict[int, tuple[str, ...]] = field(default_factory=dict)
    waived: dict[int, Waiver] = field(default_factory=dict)
    error: str = ""

    def __len__(self) -> int:
        return len(self.outcome)

    @property
    def is_group(self) -> bool:
        return bool(self.rule.by)

    @property
    def checked(self) -> bool:
        return not self.lacking

    def counts(self) -> dict[Outcome, int]:
        """How many subjects had each outcome; sums to ``len(self)``."""
        tally = np.bincount(self.outcome, minlength=len(OUTCOMES))
        return {o: int(tally[o]) for o in OUTCOMES}

    @property
    def pass_rate(self) -> float | None:
        """passed / (passed + failed); None where nothing was judged."""
        counts = self.counts()
        judged = counts[Outcome.PASS] + counts[Outcome.FAIL]
        return counts[Outcome.PASS] / judged if judged else None

    def worst(self, n: int) -> list[int]:
        """Positions of the ``n`` fails with the largest relative shortfall, the worst first."""
        if not len(self.missed):
            return []
        failing = self.outcome[self.missed] == Outcome.FAIL
        places = np.nonzero(failing)[0]
        required = np.abs(self.required_lo[self.missed[places]])
        short = np.nan_to_num(self.shortfall[places], nan=0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = np.where(required > 0, short / required, short)
        if len(places) > 4 * n:  # a full sort of 200,000 fails is not needed for the worst ten
            keep = np.sort(np.argpartition(-relative, n)[: 4 * n])
            cut = np.sort(-relative)[min(n, len(relative)) - 1] if n else 0.0
            keep = np.nonzero(-relative <= cut)[0]
            places, relative = places[keep], relative[keep]
        order = np.argsort(-relative, kind="stable")[:n]
        return [int(k) for k in self.missed[places[order]]]

    def verdicts(self, *, all_outcomes: bool = False) -> Iterator[Verdict]:
        """Verdicts one by one; without ``all_outcomes`` only what was neither passed nor out of scope."""
        if all_outcomes:
            places: Any = range(len(self))
        else:
            silent = (self.outcome == Outcome.PASS) | (self.outcome == Outcome.NOT_APPLICABLE)
            places = np.nonzero(~silent)[0]
        for i in places:
            yield self.verdict(int(i))

    def verdict(self, i: int) -> Verdict:
        at, cells = self.subjects.at(i, self.fields)
        k = int(np.searchsorted(self.missed, i))
        is_missed = k < len(self.missed) and self.missed[k] == i
        reason = Reason(int(self.reason[i]))
        return Verdict(
            rule=self.rule,
            outcome=Outcome(int(self.outcome[i])),
            reason=reason,
            subject=self.subjects.subject(i),
            observed=self._value(self.observed_lo, self.observed_hi, i),
            required=self._value(self.required_lo, self.required_hi, i),
            shortfall=_known(self.shortfall[k]) if is_missed else None,
            add=_known(self.add[k]) if is_missed and self.add is not None else None,
            at=at,
            cells=cells,
            troubled=self.subjects.troubled(i, self.fields),
            numerator=None if self.numerator is None else (float(self.numerator[0][i]), float(self.numerator[1][i])),
            denominator=None if self.denominator is None else float(self.denominator[i]),
            blanks=None if self.blanks is None else int(self.blanks[i]),
            missing_items=self.items_missing.get(i, ()),
            waiver=self.waived.get(i),
        )

    def _value(self, lo: Floats, hi: Floats, i: int) -> float | bool | tuple[float, float] | None:
        low, high = float(lo[i]), float(hi[i])
        if np.isnan(low) or np.isnan(high) or (np.isinf(low) and np.isinf(high)):
            return None
        if self.kind == "truth":
            return bool(low) if low == high else None
        # An end that is not reached (近400) lies a hair inside; it is shown as it was written.
        return low if low == high else (float(f"{low:.8g}"), float(f"{high:.8g}"))


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


__all__ = [
    "NAME_FIELDS",
    "OUTCOMES",
    "Groups",
    "Outcome",
    "Reason",
    "Records",
    "RuleResult",
    "Subject",
    "Subjects",
    "Verdict",
]
