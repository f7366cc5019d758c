"""Which records of a table report one subject, and which may: in a sum or a share a subject counts once.

A community is known by its own region code, else by its name and where it lies. Two of one name in different streets
are two. Where a record does not say enough of where it lies, nobody knows whether its namesake is another or the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.checking.repeated.keys import joined, name_numbers, own_codes, place_numbers
from communitycheck.model.table import Bools, Ints, Table

Places = npt.NDArray[np.int64]
# Of more kinds of namesakes each other one may be the first.
_MANY = 200


class SameSubjects(Struct, frozen=True):
    """Pairs of records. ``kept`` counts and ``same`` is of the same subject, so that it does not; of ``perhaps`` nobody
    knows whether it is of the subject that ``beside`` is of. One that may be any of several stands in as many pairs."""

    kept: Places
    same: Places
    beside: Places
    perhaps: Places

    def __bool__(self) -> bool:
        return bool(len(self.kept) or len(self.beside))

    def picked(self, members: Ints, n: int) -> SameSubjects:
        """The pairs among the ``members`` of ``n`` records, by their places there."""
        place = np.full(n, -1, np.int64)
        place[members] = np.arange(len(members))
        return self._where(lambda a, b: (place[a] >= 0) & (place[b] >= 0)).renumbered(place)

    def within(self, groups: Ints) -> SameSubjects:
        """The pairs of records that lie in one group."""
        return self._where(lambda a, b: (groups[a] == groups[b]) & (groups[a] >= 0))

    def renumbered(self, place: Places) -> SameSubjects:
        return SameSubjects(place[self.kept], place[self.same], place[self.beside], place[self.perhaps])

    def _where(self, wanted: Callable[[Places, Places], Bools]) -> SameSubjects:
        one, other = wanted(self.kept, self.same), wanted(self.beside, self.perhaps)
        return SameSubjects(self.kept[one], self.same[one], self.beside[other], self.perhaps[other])


def same_subjects(table: Table, rows: Ints) -> SameSubjects | None:
    """The pairs among the records at ``rows``, by their places there; None where each is of another subject."""
    if not table.about.placed or len(rows) < 2:
        return None
    nothing = np.full(len(rows), -1, np.int64)
    codes = own_codes(table, rows)
    codes = nothing if codes is None else codes
    if codes.min() >= 0 and int(codes.max()) + 1 == len(rows):
        return None  # each has a code of its own
    names = name_numbers(table, rows)
    names = nothing if names is None else names
    if max(codes.max(), names.max()) < 0:
        return None
    levels = {level: numbers[rows] for level, numbers in place_numbers(table).items()}
    # Records that differ in what all of them state are of different subjects.
    whole = joined([names, *(numbers for numbers in levels.values() if (numbers >= 0).all())])
    places = np.flatnonzero(((names >= 0) & _repeated(whole)) | ((codes >= 0) & _repeated(codes)))
    if not len(places):
        return None
    few = _Namesakes(table, rows[places], names[places], codes[places], {k: n[places] for k, n in levels.items()})
    found = few.pairs()
    return found.renumbered(places) if found else None


def _repeated(keys: Places) -> Bools:
    """Which keys stand there more than once."""
    order = np.argsort(keys, kind="stable")
    alike = keys[order][1:] == keys[order][:-1]
    found = np.zeros(len(keys), bool)
    found[order[1:][alike]] = True
    found[order[:-1][alike]] = True
    return found


class _Namesakes:
    """Records with a name or a code in common. Those that say the same of who they are form a kind."""

    def __init__(self, table: Table, rows: Ints, names: Places, codes: Places, levels: dict[str, Places]) -> None:
        self.table, self.rows = table, rows
        _, first, kind = np.unique(joined([names, codes, *levels.values()]), return_index=True, return_inverse=True)
        self.first: Places = first.astype(np.int64)  # of each kind
        self.kind: Places = kind.astype(np.int64)  # of each record
        self.names, self.codes = names[first], codes[first]
        self.levels = [numbers[first] for numbers in levels.values()]
        named = self.names >= 0
        needed = levels.get(table.about.apart)
        # In its county a name is seldom two subjects, in its street it never is.
        self.placed: Bools = named if needed is None else named & (needed[first] >= 0)
        self.settled: Bools = (self.placed & (self.levels[-1] >= 0)) if needed is not None else named

    def pairs(self) -> SameSubjects:
        head, besides = self._related()
        begun = self.first[self.kind]
        others = np.flatnonzero(begun != np.arange(len(self.rows)))
        sure = (self.settled | (self.codes >= 0))[self.kind[others]]
        open_ = np.flatnonzero(~sure & self.placed[self.kind[others]])
        sure[open_] = _agree(self.table, self.rows[begun[others[open_]]], self.rows[others[open_]])
        sure[open_] |= self._lists_agree(self.rows[begun[others]], self.rows[others])[open_]
        moved = np.flatnonzero(head != self.first)
        kept = np.concatenate([head[self.kind[others[sure]]], head[moved]])
        same = np.concatenate([others[sure], self.first[moved]])
        doubtful = others[~sure]
        free = ~np.isin(self.kind[doubtful], list(besides))
        pairs = [(beside, i) for i in doubtful[~free].tolist() for beside in besides[int(self.kind[i])]]
        pairs += [(beside, int(head[k])) for k in besides if head[k] == self.first[k] for beside in besides[k]]
        beside = np.concatenate([head[self.kind[doubtful[free]]], np.array([a for a, _ in pairs], np.int64)])
        perhaps = np.concatenate([doubtful[free], np.array([b for _, b in pairs], np.int64)])
        return SameSubjects(kept, same, beside, perhaps)

    def _lists_agree(self, some: Ints, others: Ints) -> Bools:
        """Where records that stand side by side are of two lists, or parts of one, that name the same subjects: three
        at least, and half of the shorter."""
        table = self.table
        pair = table.sheet_of[some].astype(np.int64) * len(table.sheets) + table.sheet_of[others]
        found, of_pair, counts = np.unique(pair, return_inverse=True, return_counts=True)
        sizes = np.bincount(table.sheet_of, minlength=len(table.sheets))
        one, other = np.divmod(found, len(table.sheets))
        shorter = np.minimum(sizes[one], sizes[other]) - np.where(one == other, counts, 0)
        agree: Bools = (counts >= 3) & (2 * counts >= shorter)
        return agree[of_pair]

    def _related(self) -> tuple[Places, dict[int, list[int]]]:
        """For each kind the first record of its subject, and for each that may be another's those it may be."""
        head = self.first.copy()
        relation: dict[tuple[int, int], bool | None] = {}  # same, not the same, perhaps (None)
        for kinds in self._sharing():
            pairs = combinations(kinds, 2) if len(kinds) <= _MANY else ((kinds[0], k) for k in kinds[1:])
            for a, b in pairs:
                relation.setdefault((a, b), self._same(a, b) if len(kinds) <= _MANY else None)
        for (a, b), same in relation.items():
            if same and head[a] != head[b]:
                least, most = sorted((head[a], head[b]))
                head[head == most] = least
        apart = {frozenset((int(head[a]), int(head[b]))) for (a, b), same in relation.items() if same is False}
        near: dict[int, set[int]] = defaultdict(set)
        for (a, b), same in relation.items():
            ends = frozenset((int(head[a]), int(head[b])))
            if same is None and len(ends) == 2 and ends not in apart:
                one, other = ends
                near[one].add(other)
                near[other].add(one)
        return head, self._besides(head, near)

    def _besides(self, head: Places, near: dict[int, set[int]]) -> dict[int, list[int]]:
        """By kind: the records it may be the same as; those that say most of themselves count for certain."""
        says = np.sum([numbers >= 0 for numbers in [self.codes, *self.levels]], axis=0)
        says_of = {int(record): int(says[self.kind[record]]) for record in near}
        counting: set[int] = set()
        doubtful: dict[int, list[int]] = {}
        for record in sorted(near, key=lambda r: (-says_of[r], r)):
            kept = sorted(near[record] & counting)
            if kept:
                doubtful[record] = kept
            else:
                counting.add(record)
        return {k: doubtful[int(h)] for k, h in enumerate(head.tolist()) if h in doubtful} if doubtful else {}

    def _sharing(self) -> list[list[int]]:
        """Kinds with one name that may lie in one place, and kinds with one code; only where there are several."""
        stated = [numbers for numbers in self.levels if (numbers >= 0).all()]
        whole = joined([self.names, *stated])
        _, numbers = np.unique(whole, return_inverse=True)
        uncoded = np.bincount(numbers, weights=self.codes < 0) > 0  # others differ by their codes
        wanted = _repeated(whole) & (self.names >= 0) & uncoded[numbers]
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for k in np.flatnonzero(wanted).tolist():
            found["name", int(whole[k])].append(k)
        for k in np.flatnonzero(_repeated(self.codes) & (self.codes >= 0)).tolist():
            found["code", int(self.codes[k])].append(k)
        return list(found.values())

    def _same(self, a: int, b: int) -> bool | None:
        """Whether two kinds are of one subject; None where nobody knows."""
        alike = self.names[a] == self.names[b]
        if self.codes[a] == self.codes[b] >= 0:
            return True if alike or min(self.names[a], self.names[b]) < 0 else None
        if not alike or min(self.codes[a], self.codes[b]) >= 0:
            return False
        if any(numbers[a] != numbers[b] and min(numbers[a], numbers[b]) >= 0 for numbers in self.levels):
            return False
        if self.settled[a] and self.settled[b]:
            return True
        if not (self.placed[a] and self.placed[b]):
            return None
        rows = (self.rows[self.first[[k]]] for k in (a, b))
        return True if bool(_agree(self.table, *rows)[0]) else None


def figures_differ(table: Table, some: Ints, others: Ints) -> Bools:
    """Where records that stand side by side say different things in a figure that both give."""
    return _compared(table, some, others)[0]


def _agree(table: Table, some: Ints, others: Ints) -> Bools:
    """Where records that stand side by side say the same in all figures that both give, one number at least."""
    differ, told = _compared(table, some, others)
    return ~differ & told


def _compared(table: Table, some: Ints, others: Ints) -> tuple[Bools, Bools]:
    """Where figures of two records differ, and where a number is the same in both."""
    differ, told = np.zeros(len(some), bool), np.zeros(len(some), bool)
    for column in table.columns.values() if len(some) else ():
        if column.lo is None or column.hi is None:
            continue
        low, high = (np.stack([end[some], end[others]]) for end in (column.lo, column.hi))
        both = ~np.isnan(low).any(axis=0)
        equal = (low[0] == low[1]) & (high[0] == high[1])
        differ |= both & ~equal
        if not column.truth:
            told |= both & equal & (low[0] != 0)
    return differ, told
