"""What judging gives: one ``RuleResult`` for a rule and all its subjects; a ``Verdict`` is a view of one of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import repeat
from typing import Any, NamedTuple, Protocol

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
    NOT_CARRIED = 16  # another table of the same return carries what the rule asks for

    @property
    def code(self) -> str:
        return "reason-" + self.name.lower().replace("_", "-")


_REASONS = tuple(Reason)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged. ``region`` runs from the largest to the smallest known."""

    entity: str
    name: str
    code: str = ""
    region: tuple[str, ...] = ()


class Seen(NamedTuple):
    """A subject, where it stands, the cells of some fields there, and those of them that give no value."""

    subject: Subject
    at: Address | None
    cells: tuple[str, ...]
    troubled: tuple[tuple[str, State, str], ...]


class SeenColumns(NamedTuple):
    """What ``Seen`` says of several records, as columns: ``rows`` are row numbers, empty where there is none, and
    ``cells`` the addresses of one record with a blank between them."""

    names: list[str]
    codes: list[str]
    regions: list[tuple[str, ...]]
    paths: list[str]
    sheets: list[str]
    rows: list[str]
    cells: list[str]


class Subjects(Protocol):
    """The subjects of one result."""

    def __len__(self) -> int: ...

    def subject(self, i: int) -> Subject: ...

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]: ...

    def seen(self, places: Ints, fields: tuple[str, ...]) -> Iterator[Seen]:
        """The subjects at ``places`` with their cells of ``fields``; much quicker than one by one."""
        ...


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
        return next(self.seen(np.array([i], dtype=np.int32), ())).subject

    def at(self, i: int, fields: tuple[str, ...]) -> tuple[Address | None, tuple[str, ...]]:
        """Where record ``i`` stands, and the cells of ``fields`` in it."""
        _, at, cells, _ = next(self.seen(np.array([i], dtype=np.int32), fields))
        return at, cells

    def seen(self, places: Ints, fields: tuple[str, ...]) -> Iterator[Seen]:
        table = self.table
        rows = places if self.index is None else self.index[places]
        names, codes = table.names_at(rows), table.texts_at("region_code", rows)
        regions = self._regions(rows)
        states = [table.states_at(key, rows) for key in fields]
        numbers, where = table.sheet_of[rows].tolist(), table.row_of[rows].tolist()
        columns = {n: tuple(table.sheets[n].column_of(key) for key in fields) for n in set(numbers)}
        lent = any(c.lent for c in (table.columns.get(key) for key in fields) if c is not None)
        for n, row in enumerate(rows.tolist()):
            sheet, place = table.sheets[numbers[n]], where[n]
            if sheet.transposed or lent:
                spots = [sheet.cell_of(key, place) or self._lent(key, row) for key in fields]
            else:
                spots = [f"{letter}{place}" if letter else None for letter in columns[numbers[n]]]
            troubled = tuple(
                (key, State(state[n]), spot or "")
                for key, state, spot in zip(fields, states, spots, strict=True)
                if state is not None and state[n]
            )
            cells = tuple(dict.fromkeys(spot for spot in spots if spot))
            yield Seen(Subject(table.entity, names[n], codes[n], regions[n]), sheet.address_of(place), cells, troubled)

    def columns(self, places: Ints, fields: tuple[str, ...]) -> SeenColumns:
        """``seen`` as columns, which is quicker still: no object is made for a record."""
        table = self.table
        rows = places if self.index is None else self.index[places]
        sheets = [table.sheets[n] for n in table.sheet_of[rows].tolist()]
        paths, tabs = [s.path for s in sheets], [s.name for s in sheets]
        where = list(map(str, table.row_of[rows].tolist()))
        lent = any(c.lent for c in (table.columns.get(key) for key in fields) if c is not None)
        if lent or any(sheet.transposed for sheet in table.sheets):
            seen = list(self.seen(places, fields))
            cells = [" ".join(one.cells) for one in seen]
            where = ["" if one.at is None or one.at.row is None else str(one.at.row) for one in seen]
        else:
            letters = [dict.fromkeys(filter(None, (sheet.column_of(key) for key in fields))) for sheet in table.sheets]
            patterns = [" ".join(f"{letter}#" for letter in ofsheet) for ofsheet in letters]
            numbers = table.sheet_of[rows].tolist()
            cells = [patterns[n].replace("#", row) for n, row in zip(numbers, where, strict=True)]
        names, codes = table.names_at(rows), table.texts_at("region_code", rows)
        return SeenColumns(names, codes, self._regions(rows), paths, tabs, where, cells)

    def _regions(self, rows: Ints) -> list[tuple[str, ...]]:
        """For each row the names of the regions above it, from the largest to the smallest known."""
        above = [coded for level, coded in self.table.regions.items() if level != self.table.entity]
        if not above:
            return [()] * len(rows)
        known: dict[tuple[int, ...], tuple[str, ...]] = {}
        found = []
        for codes in zip(*(coded.codes[rows].tolist() for coded in above), strict=True):
            if codes not in known:
                known[codes] = tuple(c.names[code] for c, code in zip(above, codes, strict=True) if code >= 0)
            found.append(known[codes])
        return found

    def _lent(self, key: str, k: int) -> str | None:
        """Where a value stands that another sheet holds."""
        column = self.table.columns.get(key)
        return None if column is None or column.lent is None else column.lent.get(k)


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

    def seen(self, places: Ints, fields: tuple[str, ...]) -> Iterator[Seen]:
        for i in places.tolist():
            yield Seen(self.subject(i), None, (), ())


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
        return self.verdicts_at(self.places(all_outcomes=all_outcomes))

    def places(self, *, all_outcomes: bool = False) -> Ints:
        """The positions of what ``verdicts`` gives."""
        if all_outcomes:
            return np.arange(len(self), dtype=np.int32)
        silent = (self.outcome == Outcome.PASS) | (self.outcome == Outcome.NOT_APPLICABLE)
        return np.nonzero(~silent)[0].astype(np.int32)

    def verdict(self, i: int) -> Verdict:
        return next(self.verdicts_at(np.array([i], dtype=np.int32)))

    def verdicts_at(self, places: Ints) -> Iterator[Verdict]:
        """The verdicts at ``places`` (an array of positions), in that order."""
        for start in range(0, len(places), CHUNK):
            yield from self._chunk(places[start : start + CHUNK])

    def numbers_at(self, places: Ints) -> Iterator[tuple[float | None, ...]]:
        """What the figures of the verdicts at ``places`` are made from, as tuples that can be told apart: outcome,
        reason, observed and required from and to, shortfall and what to add; None where not known."""
        arrays = (self.outcome, self.reason, self.observed_lo, self.observed_hi, self.required_lo, self.required_hi)
        missed = self._along_missed(places)
        return zip(
            *(_known(values[places]) for values in arrays),
            missed(self.shortfall),
            missed(self.add),
            strict=True,
        )

    def _along_missed(self, places: Ints) -> Callable[[Floats | None], Iterable[float | None]]:
        """What spreads an array along ``missed`` over ``places``; None for those that are not missed."""
        order = np.searchsorted(self.missed, places)
        order[order == len(self.missed)] = 0
        is_missed = self.missed[order] == places if len(self.missed) else np.zeros(len(places), dtype=bool)

        def spread(values: Floats | None) -> Iterable[float | None]:
            if values is None or not is_missed.any():
                return repeat(None, len(places))
            return _known(np.where(is_missed, values[order], np.nan))

        return spread

    def _chunk(self, places: Ints) -> Iterator[Verdict]:
        along_missed = self._along_missed(places)

        def plain(values: Any) -> Iterator[Any]:
            return repeat(None, len(places)) if values is None else iter(values[places].tolist())

        parts = self.numerator or (None, None)
        columns = zip(
            places.tolist(),
            plain(self.outcome),
            plain(self.reason),
            self.subjects.seen(places, self.fields),
            self._values(self.observed_lo[places], self.observed_hi[places]),
            self._values(self.required_lo[places], self.required_hi[places]),
            along_missed(self.shortfall),
            along_missed(self.add),
            zip(plain(parts[0]), plain(parts[1]), strict=True),
            plain(self.denominator),
            plain(self.blanks),
            strict=True,
        )
        grouped = self.numerator is not None
        for i, outcome, reason, seen, observed, required, shortfall, add, numerator, denominator, blanks in columns:
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
                numerator=numerator if grouped else None,
                denominator=denominator,
                blanks=blanks,
                missing_items=self.items_missing.get(i, ()),
                waiver=self.waived.get(i),
            )

    def _values(self, lo: Floats, hi: Floats) -> Iterator[float | bool | tuple[float, float] | None]:
        truth = self.kind == "truth"
        for low, high in zip(lo.tolist(), hi.tolist(), strict=True):
            if low == high:
                yield (bool(low) if truth else low) if math.isfinite(low) else None
            elif truth or low != low or high != high or (math.isinf(low) and math.isinf(high)):
                yield None
            else:
                # An end that is not reached (近400) lies a hair inside; it is shown as it was written.
                yield float(f"{low:.8g}"), float(f"{high:.8g}")


def _known(values: Any) -> list[float | None]:
    """An array as a list, None for NaN."""
    found: list[float | None] = values.tolist()
    if values.dtype.kind == "f" and np.isnan(values).any():
        return [None if x != x else x for x in found]
    return found


__all__ = [
    "NAME_FIELDS",
    "OUTCOMES",
    "Groups",
    "Outcome",
    "Reason",
    "Records",
    "RuleResult",
    "SeenColumns",
    "Subject",
    "Subjects",
    "Verdict",
]
