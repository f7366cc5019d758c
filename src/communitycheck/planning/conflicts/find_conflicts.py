"""Where two returns of one period say different things of one subject: which of them is right nobody knows, so both
cells are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.repeated.earlier import EndAndLength, Periods, periods_of
from communitycheck.checking.repeated.identity import Identity
from communitycheck.checking.repeated.ladder import Matched, matched
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import Return
from communitycheck.model.sheet import LEFT_OUT
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.planning.conflicts.cells import both_exempt, differ, filled, unused


class CellPairs(Struct, frozen=True, eq=False):
    """One field of records that stand side by side in ``rows`` and ``others``."""

    field: str
    rows: Ints
    others: Ints


TWICE = "listed_twice"


class PerhapsCommon(Struct, frozen=True):
    """Records of the one and of the other return that may be of one subject, and why nobody knows: a ``MatchDoubt``, or
    ``TWICE`` where one of the returns lists the name several times."""

    rows: tuple[int, ...]
    others: tuple[int, ...]
    why: str


class ReturnConflicts(Struct, frozen=True, eq=False):
    """Two returns of one kind of subject and one period.

    Attributes:
        period: None where neither states one.
        common: how many subjects both list; ``compared`` how many of their cells both fill.
        perhaps: who may be one subject and nobody knows.
        fields: the cells that say different things.
        unused: those of which one says something that is not used, so that nobody knows.
    """

    table: Table
    period: EndAndLength | None
    one: Return
    other: Return
    common: int
    compared: int
    perhaps: tuple[PerhapsCommon, ...]
    fields: tuple[CellPairs, ...]
    unused: tuple[CellPairs, ...]

    @property
    def count(self) -> int:
        return sum(len(one.rows) for one in self.fields)

    @property
    def left_open(self) -> int:
        return sum(len(one.rows) for one in self.unused)


class HeldReturns(Struct):
    """Each two returns with subjects in common; and how many of one kind and period were held against each other."""

    pairs: list[ReturnConflicts] = field(default_factory=list)
    held: int = 0


def find_conflicts(tables: Iterable[Table], returns: Sequence[Return], dictionary: Dictionary) -> HeldReturns:
    """Hold each two returns against each other that are of the same period, or both of none that is stated."""
    number = {
        (sheet.path, sheet.name): n
        for n, one in enumerate(returns)
        for sheet in one.sheets
        if sheet.not_read not in LEFT_OUT
    }
    found = HeldReturns()
    for table in tables:
        numbers = [number[sheet.path, sheet.name] for sheet in table.sheets]
        return_of = np.array(numbers, np.int64)[table.sheet_of]
        periods, identity = periods_of(table), None
        months = periods.months
        for month in np.unique(months).tolist():
            mine = months == month
            period = _period(periods, mine)
            for one, other in combinations(np.unique(return_of[mine]).tolist(), 2):
                identity = identity or Identity(table)
                here, there = (np.flatnonzero(mine & (return_of == n)).astype(np.int32) for n in (one, other))
                pair = _of_two(identity, here, there, dictionary, period, returns[one], returns[other])
                found.held += 1
                if pair.common or pair.perhaps:
                    found.pairs.append(pair)
    return found


def _period(periods: Periods, mine: Bools) -> EndAndLength | None:
    """That of records of one last month: the longest."""
    numbers = [n for n in np.unique(periods.of[mine]).tolist() if n >= 0]
    return max((periods.all[n] for n in numbers), key=lambda one: one.months, default=None)


def _of_two(
    identity: Identity,
    here: Ints,
    there: Ints,
    dictionary: Dictionary,
    period: EndAndLength | None,
    one: Return,
    other: Return,
) -> ReturnConflicts:
    table = identity.table
    pairs = matched(identity, here, there)
    rows = here[pairs.found >= 0]
    others = there[pairs.found[pairs.found >= 0]]
    fields: list[CellPairs] = []
    open_: list[CellPairs] = []
    compared = 0
    stated = {column.field for sheet in table.sheets for column in sheet.columns}  # the rest follows from these
    for key, column in table.columns.items():
        about = dictionary.fields.get(key)
        if about is None or about.role or about.personal or key not in stated or not len(rows):
            continue
        ours, theirs = _of_own_cells(table, about, rows, others)
        full, full_there = filled(column, ours), filled(column, theirs)
        both = full & full_there
        compared += int(both.sum())
        apart = both & differ(about, column, ours, theirs)
        odd, odd_there = unused(column, ours), unused(column, theirs)
        nobody_knows = (odd & (full_there | odd_there) | odd_there & full) & ~both_exempt(column, ours, theirs)
        for cells, which in ((fields, apart), (open_, nobody_knows)):
            if which.any():
                cells.append(CellPairs(key, ours[which], theirs[which]))
    asked = [
        PerhapsCommon((int(here[one.here]),), (int(there[one.there]),), one.why.word) for one in pairs.questions
    ]
    perhaps = (*asked, *_listed_twice(identity, here, there, pairs))
    return ReturnConflicts(
        table, period, one, other, len(rows), compared, perhaps, tuple(fields), tuple(open_)
    )  # fmt: skip


def _of_own_cells(table: Table, about: Field, rows: Ints, others: Ints) -> tuple[Ints, Ints]:
    """The pairs of records but those of which both read the field from the cell of another one, which is held against
    its like itself."""
    if about.same_column is None:
        return rows, others
    shared = np.array([
        column is not None and column == sheet.column_of(about.same_column)
        for sheet in table.sheets
        for column in [sheet.column_of(about.key)]
    ])  # fmt: skip
    own = ~(shared[table.sheet_of[rows]] & shared[table.sheet_of[others]])
    return rows[own], others[own]


def _listed_twice(identity: Identity, here: Ints, there: Ints, pairs: Matched) -> Iterator[PerhapsCommon]:
    """The names that both returns list and one of them several times, so that nobody knows which is meant."""
    names = identity.names.borne_by(np.concatenate([here, there]))
    twice = np.concatenate([names[here[pairs.several]], names[there[pairs.several_there]]])
    both = np.intersect1d(names[here], names[there])
    for name in np.intersect1d(twice[twice >= 0], both).tolist():
        rows, others = (tuple(some[names[some] == name].tolist()) for some in (here, there))
        yield PerhapsCommon(rows, others, TWICE)
