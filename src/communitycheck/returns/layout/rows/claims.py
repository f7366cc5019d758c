"""What totals claim, held against the records that they stand for: subtotals, grand totals and the parts of a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import (
    is_kind,
    is_subset,
    is_total,
    region_rank,
    total_word,
)
from communitycheck.returns.layout.rows.body import GROUP, RATIO, RECORD, TOTALS, Body, Flags, Ints, figures
from communitycheck.returns.layout.rows.sums import Sums

Floats = npt.NDArray[np.float64]

# What a row that is left out like a total claims.
NOTHING, SUM, PART = range(3)
_SUBTOTAL = pattern(r"小计|小計|本页|subtotal", re.I)
_GRAND = pattern(r"总计|總計|总合计|累计|grandtotal", re.I)
# A total whose level no word tells: it is known by its sum.
_UNTOLD = 0
# The least level of a total that is no subtotal by its word.
_WHOLE_TABLE = 200
# Sums of totals of so many levels are tried.
_LEVELS = 6


class Claim(NamedTuple):
    """A total that is not the sum of its records, or a part (其中) that exceeds its total.

    ``row`` counts from 1, ``column`` from 0 in the grid; ``summed`` is the sum, or the total that the part exceeds.
    """

    row: int
    column: int
    stated: float
    summed: float
    part: bool = False


class TotalsRow(NamedTuple):
    """A row of totals: its place among the records and totals, what it claims, and the level of its sum."""

    place: int
    claims: int
    level: int
    certain: bool


def false_claims(body: Body) -> list[Claim]:
    """Cells of rows of totals that are not what they claim to be.

    A total may stand for the records above it or those below it, back or forth to the next total of its level or of a
    higher one, or for all records: the reading under which most of its figures agree is taken, and where none agrees
    the one that its word and its place tell. Columns of rates are left out, and where a record has a blank or a word a
    total counts as false only if it falls below the rest.
    """
    solid = np.flatnonzero((body.classes == RECORD) | (body.classes == TOTALS))
    records = body.classes[solid] == RECORD
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    if records.all() or not records.any() or not columns:
        return []
    lines = list(_lines(body, solid, np.flatnonzero(~records)))
    if not any(line.claims != NOTHING for line in lines):
        return []
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + solid) for c in columns])
    sums = [line for line in lines if line.claims == SUM]
    table = _Claims(values, records, sums, _headed(body, solid, sums))
    wrong = table.false_sums() + _false_parts(values, lines)
    return [
        Claim(body.first + int(solid[place]) + 1, body.columns[columns[k]], float(values[place, k]), summed, part)
        for place, k, summed, part in sorted(wrong)
    ]


def _headed(body: Body, solid: Ints, lines: list[TotalsRow]) -> Ints:
    """For each total the place of the first row below the heading that it stands under; 0 where there is none."""
    groups = np.flatnonzero(body.classes == GROUP)
    if not len(groups):
        return np.zeros(len(lines), np.int64)
    rows = solid[np.array([line.place for line in lines], np.int64)]
    last = np.searchsorted(groups, rows) - 1
    return np.where(last >= 0, np.searchsorted(solid, groups[last]), 0)


def _lines(body: Body, solid: Ints, totals: Ints) -> Iterator[TotalsRow]:
    """The rows of totals and what each claims."""
    unmarked, whole = set(body.unmarked), set(body.whole)
    known: dict[tuple[str, ...], tuple[int, int, bool]] = {}
    last_part = -2
    for place in totals.tolist():
        row = int(solid[place])
        if row in whole:
            yield TotalsRow(place, SUM, _level("", 3, 0), False)
        elif row in unmarked:
            yield TotalsRow(place, SUM, _UNTOLD, False)
        else:
            texts = tuple(plain(body.text(row, c)) for c in range(body.naming + 1))
            if texts not in known:
                known[texts] = _meaning(texts)
            claims, level, certain = known[texts]
            if claims == PART and not any(map(is_subset, texts)) and last_part != place - 1:
                claims, level = SUM, _level("", 1, 0)  # 农村社区 above its villages, under no 其中
            if claims == PART:
                last_part = place
            yield TotalsRow(place, claims, level, certain)


def _meaning(texts: tuple[str, ...]) -> tuple[int, int, bool]:
    """What a row of totals with these texts claims, the level of its sum, and whether its word leaves no doubt."""
    place = next((c for c, text in enumerate(texts) if is_total(text)), None)
    if any(is_subset(text) for text in texts):
        return PART, 0, False
    if place is None:  # below 其中 the parts need no word; what compares or requires claims no sum
        return (PART if any(map(is_kind, texts)) else NOTHING), 0, False
    word = total_word(texts[place])
    if word is None:
        return NOTHING, 0, False
    degree = 1 if _SUBTOTAL.search(texts[place]) else 3 if _GRAND.search(texts[place]) else 2
    if not word:  # 全市 may hold more than is listed
        return SUM, _level("", 3, len(texts) - 1 - place), False
    return SUM, _level(texts[place][: -len(word)], degree, len(texts) - 1 - place), True


def says_sum(texts: tuple[str, ...]) -> bool:
    """Whether a row with these texts before its figures is called a sum by a word that leaves no doubt."""
    return _meaning(texts)[2]


def _level(named: str, degree: int, left: int) -> int:
    """How high a total stands: by its word, by the region it names (none for the whole), by how far left it stands."""
    rank = region_rank(named)
    region = 10 * (5 - rank) if rank else (0 if degree == 1 else 90)
    return 100 * degree + region + min(left, 9)


class _Claims:
    """The totals of a table that claim to be sums, against the runs of records that each may stand for."""

    def __init__(self, values: Floats, records: Flags, lines: list[TotalsRow], headed: Ints) -> None:
        self.values = values
        self.headed = headed
        self.lines = lines
        self.size = len(values)
        self.records = Sums(values, records)
        self.places = np.array([line.place for line in lines], np.int64)
        self.levels = np.array([line.level for line in lines], np.int64)
        self.first_record = int(np.argmax(records))

    def false_sums(self) -> list[tuple[int, int, float, bool]]:
        """Place of the total, column, sum of its records."""
        if not self.lines:
            return []
        stated = self.values[self.places]
        given = np.isfinite(stated).sum(axis=1)
        best_first, best_end = self._told()
        told = self.records.agree(stated, best_first, best_end)
        best = told.copy()
        for first, end in self._runs():
            agree = self.records.agree(stated, first, end)
            better = _weight(agree, stated) > _weight(best, stated)
            better &= agree.sum(axis=1) * 2 >= given  # chance lets one small figure agree
            best[better], best_first[better], best_end[better] = agree[better], first[better], end[better]
        summed, gaps = self.records.of(best_first, best_end), self.records.gaps(best_first, best_end)
        wrong = np.isfinite(stated) & ~best & (~gaps | (summed > stated))
        certain = np.array([line.certain for line in self.lines])
        told_by_word = (self.levels != _UNTOLD)[:, None]
        mostly = best.any(axis=1) & (best.sum(axis=1) * 2 >= given)
        wrong &= (certain | mostly)[:, None] | (told_by_word & (summed > stated))
        wrong &= (self.records.counts(best_first, best_end) > 0)[:, None]
        wrong &= ~self._sums_of_totals(stated)[:, None] | mostly[:, None]
        return [
            (int(self.places[i]), int(k), float(summed[i, k]), False) for i, k in zip(*np.nonzero(wrong), strict=True)
        ]

    def _told(self) -> tuple[Ints, Ints]:
        """The run of records that the word and the place of each total tell.

        Totals that begin before the first record stand above their records, others below; a subtotal stands for those
        under its own heading. A total with nothing between
        it and the last one of its level is that of the whole table.
        """
        above, below = self._to_level(strictly=False)
        first, end = above, self.places.copy()
        for level in np.unique(self.levels).tolist():
            own = np.flatnonzero(self.levels == level)
            if self.places[own[0]] < self.first_record:
                first[own], end[own] = self.places[own] + 1, below[own]
        within = (self.levels > _UNTOLD) & (self.levels < _WHOLE_TABLE) & (end == self.places)
        first = np.where(within, np.maximum(first, self.headed), first)
        nothing = self.records.counts(first, end) == 0
        first[nothing], end[nothing] = 0, self.size
        return first, end

    def _runs(self) -> Iterator[tuple[Ints, Ints]]:
        """First and end of the other runs that the totals may stand for."""
        n = len(self.lines)
        for strictly in (False, True):
            above, below = self._to_level(strictly=strictly)
            yield above, self.places
            yield self.places + 1, below
        yield self.headed, self.places
        before = np.concatenate([[0], self.places[:-1] + 1])
        after = np.concatenate([self.places[1:], [self.size]])
        yield before, self.places
        yield self.places + 1, after
        yield np.zeros(n, np.int64), np.full(n, self.size, np.int64)

    def _to_level(self, *, strictly: bool) -> tuple[Ints, Ints]:
        """For each total where the records above it begin and those below it end: at the next total of its level or of
        a higher one; ``strictly``: of a higher one."""
        levels = self.levels.tolist()
        above, below = np.zeros(len(levels), np.int64), np.full(len(levels), self.size, np.int64)
        for order, found, step in ((range(len(levels)), above, 1), (range(len(levels) - 1, -1, -1), below, 0)):
            open_: list[int] = []
            for i in order:
                while open_ and (levels[open_[-1]] < levels[i] or (strictly and levels[open_[-1]] == levels[i])):
                    open_.pop()
                if open_:
                    found[i] = self.places[open_[-1]] + step
                open_.append(i)
        return above, below

    def _sums_of_totals(self, stated: Floats) -> Flags:
        """Which totals are the sum of totals of one lower level, whose records are not all listed."""
        found = np.zeros(len(self.lines), bool)
        given = np.isfinite(stated).sum(axis=1)
        above, below = self._to_level(strictly=False)
        for level in np.unique(self.levels)[:_LEVELS].tolist():
            at_level = np.zeros(self.size, bool)
            at_level[self.places[self.levels == level]] = True
            sums = Sums(self.values, at_level)
            for first, end in ((above, self.places), (self.places + 1, below)):
                agree = sums.agree(stated, first, end).sum(axis=1)
                found |= (self.levels > level) & (agree * 2 >= given) & (agree > 0) & (sums.counts(first, end) > 1)
        return found


def _weight(agree: Flags, stated: Floats) -> Floats:
    """How much it says that these figures agree: large ones say more."""
    weight: Floats = np.where(agree, 1 + np.log10(1 + np.abs(np.nan_to_num(stated))), 0.0).sum(axis=1)
    return weight


def _false_parts(values: Floats, lines: list[TotalsRow]) -> list[tuple[int, int, float, bool]]:
    """Parts that exceed the total above them: its place, the column, the total."""
    found = []
    whole = -1
    for line in lines:
        if line.claims == SUM:
            whole = line.place
        elif line.claims == PART and whole >= 0:
            part, total = values[line.place], values[whole]
            with np.errstate(invalid="ignore"):
                exceeds = np.flatnonzero((total >= 0) & (part > total * (1 + 1e-9)))
            found += [(line.place, int(k), float(total[k]), True) for k in exceeds]
    return found
