"""Where two returns of one period say different things of one subject: which of them is right nobody knows, so both
cells are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.checking.repeated.identity import Identity
from communitycheck.checking.repeated.ladder import Matched, matched
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.table import Bools, Column, Ints, State, Table, among


@dataclass(frozen=True, slots=True, eq=False)
class FieldConflict:
    """One field of which records that stand side by side in ``rows`` and ``others`` say different things."""

    field: str
    rows: Ints
    others: Ints


TWICE = "listed_twice"


@dataclass(frozen=True, slots=True)
class PerhapsCommon:
    """Records of the one and of the other return that may be of one subject, and why nobody knows: a ``MatchDoubt``, or
    ``TWICE`` where one of the returns lists the name several times."""

    rows: tuple[int, ...]
    others: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class ReturnConflicts:
    """Two returns of one kind of subject and one period.

    Attributes:
        common: how many subjects both list; ``compared`` how many of their cells both fill.
        perhaps: who may be one subject and nobody knows.
    """

    table: Table
    path: str
    other: str
    common: int
    compared: int
    perhaps: tuple[PerhapsCommon, ...]
    fields: tuple[FieldConflict, ...]

    @property
    def count(self) -> int:
        return sum(len(one.rows) for one in self.fields)


def find_conflicts(tables: Iterable[Table], dictionary: Dictionary) -> Iterator[ReturnConflicts]:
    """Each two returns that list subjects in common, for the same period or both for none that is stated."""
    for table in tables:
        numbers = {path: n for n, path in enumerate(dict.fromkeys(sheet.path for sheet in table.sheets))}
        path_of = np.array([numbers[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
        months = periods_of(table).months
        paths, identity = list(numbers), None
        for month in np.unique(months).tolist():
            mine = months == month
            present = np.unique(path_of[mine]).tolist()
            for one, other in combinations(present, 2):
                identity = identity or Identity(table)
                here, there = (np.flatnonzero(mine & (path_of == n)).astype(np.int32) for n in (one, other))
                found = _of_two(table, identity, here, there, dictionary, paths[one], paths[other])
                if found.common or found.perhaps:
                    yield found


def _of_two(
    table: Table, identity: Identity, here: Ints, there: Ints, dictionary: Dictionary, path: str, other: str
) -> ReturnConflicts:
    pairs = matched(identity, here, there)
    rows = here[pairs.found >= 0]
    others = there[pairs.found[pairs.found >= 0]]
    fields, compared = [], 0
    stated = {column.field for sheet in table.sheets for column in sheet.columns}  # the rest follows from these
    for key, column in table.columns.items():
        field = dictionary.fields.get(key)
        if field is None or field.role or field.personal or key not in stated or not len(rows):
            continue
        both = _filled(column, rows) & _filled(column, others)
        compared += int(both.sum())
        differ = both & _differ(column, rows, others)
        if differ.any():
            fields.append(FieldConflict(key, rows[differ], others[differ]))
    asked = [
        PerhapsCommon((int(here[one.here]),), (int(there[one.there]),), one.why.word) for one in pairs.questions
    ]
    perhaps = (*asked, *_listed_twice(identity, here, there, pairs))
    return ReturnConflicts(table, path, other, len(rows), compared, perhaps, tuple(fields))


def _listed_twice(identity: Identity, here: Ints, there: Ints, pairs: Matched) -> Iterator[PerhapsCommon]:
    """The names that both returns list and one of them several times, so that nobody knows which is meant."""
    names = identity.names.borne_by(np.concatenate([here, there]))
    twice = np.concatenate([names[here[pairs.several]], names[there[pairs.several_there]]])
    both = np.intersect1d(names[here], names[there])
    for name in np.intersect1d(twice[twice >= 0], both).tolist():
        rows, others = (tuple(some[names[some] == name].tolist()) for some in (here, there))
        yield PerhapsCommon(rows, others, TWICE)


def _filled(column: Column, rows: Ints) -> Bools:
    if column.lo is not None:
        found: Bools = ~np.isnan(column.lo[rows])
    else:
        found = column.coded().codes[rows] >= 0
    if column.state is not None:
        found &= among(column.state[rows], State.KNOWN)
    return found


def _differ(column: Column, rows: Ints, others: Ints) -> Bools:
    """Where two cells cannot both be true: texts that are not one, figures of which no value is in both, as far as
    their digits tell."""
    if column.lo is None or column.hi is None:
        codes = column.coded().codes
        found: Bools = codes[rows] != codes[others]
        return found
    slack = 1e-9 * np.maximum(np.abs(column.lo[rows]), np.abs(column.lo[others]))
    if column.half_step is not None:
        slack += np.nan_to_num(column.half_step[rows]) + np.nan_to_num(column.half_step[others])
    apart: Bools = (column.lo[rows] > column.hi[others] + slack) | (column.lo[others] > column.hi[rows] + slack)
    return apart
