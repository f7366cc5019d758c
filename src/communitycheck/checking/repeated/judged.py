"""Which records are judged where returns of several periods are given: of each subject that of its latest period.

An earlier record of the same subject is what ``previous`` and ``change`` compare with. A subject that only an earlier
return lists, though a later one is of its place and reports others of that return again, is gone, renamed or forgotten:
it is not judged as if of the later period, and the user is told. All other records are judged: those whose period
nobody knows, those that may be of a subject listed later, and those of a place of which no later return is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.repeated.earlier import Periods, periods_of
from communitycheck.checking.repeated.identity import Identity, Unpaired
from communitycheck.checking.repeated.keys import Keys, joined
from communitycheck.model.periods.past_records import PastRecords
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Ints, Table


class LatestRecords(Struct, frozen=True):
    """Which records of a table are judged, and why others are not.

    Attributes:
        judged: a mark for each record.
        successor: the row of the record that a later return has of the same subject; -1 where there is none.
        unreported: the period, as a number of ``periods``, whose return is of the record's place and does not report
            its subject; -1 where there is none.
    """

    periods: Periods
    judged: Bools
    successor: Ints
    unreported: Ints

    @property
    def is_past(self) -> Bools:
        """A mark for each record that a later return has again or leaves out."""
        return (self.successor >= 0) | (self.unreported >= 0)

    def before(self, rows: Ints) -> Ints:
        """For each of ``rows`` that of the nearest earlier record of its subject; -1 where there is none."""
        found = np.full(len(self.successor) + 1, -1, np.int32)
        earlier = np.flatnonzero(self.successor >= 0)
        earlier = earlier[np.argsort(self.periods.months[earlier], kind="stable")]
        found[self.successor[earlier]] = earlier
        return found[rows]

    def past(self, table: Table) -> Iterator[PastRecords]:
        """The records that are not judged, those of one period together, with the period that took their place."""
        after = np.where(self.successor >= 0, self.periods.of[self.successor], self.unreported)
        rows = np.flatnonzero(after >= 0)
        keys = np.stack([self.successor[rows] < 0, self.periods.of[rows], after[rows]])
        kinds, kind = np.unique(keys, axis=1, return_inverse=True)
        for k, (unreported, own, later) in enumerate(kinds.T.tolist()):
            records = Records(table, rows[kind.ravel() == k].astype(np.int32))
            then, now = self.periods.all[own], self.periods.all[later]
            yield PastRecords(records, then.last, now.last, then.words, now.words, again=not unreported)


def latest_records(table: Table, today: date, until: date | None = None) -> LatestRecords | None:
    """Which records are judged; None where all are.

    Args:
        today: a period of a year that has not begun is none that anything gives way to; of the columns of several
            years those of such a year are not judged.
        until: records of periods that end later are left out, as if they had not been returned yet.
    """
    if not table.about.placed:
        return None
    periods = periods_of(table)
    counts = np.bincount(periods.of + 1, minlength=len(periods.all) + 1)[1:]
    known = [k for k, one in enumerate(periods.all) if counts[k] and one.last.year <= today.year]
    too_late = [k for k in known if until is not None and periods.all[k].last > until]
    known = [k for k in known if k not in too_late]
    later = {k: [q for q in known if periods.all[q].follows(periods.all[k])] for k in known}
    planned = _planned(table, today)
    if not any(later.values()) and not too_late and not planned.any():
        return None
    search = _Succession(table, periods, later)
    search.run()
    judged = (search.successor < 0) & (search.unreported < 0) & ~np.isin(periods.of, too_late) & ~planned
    return LatestRecords(periods, judged, search.successor, search.unreported)


def _planned(table: Table, today: date) -> Bools:
    """A column of a year that has not begun, beside those of others, holds what is planned."""
    ahead = [sheet.of_year and sheet.period is not None and sheet.period.year > today.year for sheet in table.sheets]
    found: Bools = np.array(ahead, bool)[table.sheet_of]
    return found


def records_of(table: Table, today: date, last: date) -> LatestRecords:
    """The records of the periods that end with the day ``last``, and what came before them: as if they were the latest,
    and no others were judged."""
    found = latest_records(table, today, until=last)
    if found is None:
        nobody = np.full(len(table), -1, np.int32)
        found = LatestRecords(periods_of(table), np.ones(len(table), bool), nobody, nobody)
    own = [k for k, one in enumerate(found.periods.all) if one.last == last]
    return replace(found, judged=found.judged & np.isin(found.periods.of, own))


class _Succession:
    """What became of the records of each period in the later ones.

    Args:
        later: for each period those that follow it.
    """

    def __init__(self, table: Table, periods: Periods, later: dict[int, list[int]]) -> None:
        self.table, self.periods = table, periods
        self.later = {k: sorted(some, key=lambda q: periods.all[q].month) for k, some in later.items() if some}
        self.rows = {k: np.flatnonzero(periods.of == k).astype(np.int32) for k in later}
        self.successor = np.full(len(table), -1, np.int32)
        self.unreported = np.full(len(table), -1, np.int32)
        self.open = np.zeros(len(table), bool)  # nobody knows whether a later return has its subject

    def run(self) -> None:
        identity = Identity(self.table)
        for k, later in self.later.items():
            here = self.rows[k]
            for q in later:
                self._pair(identity, here, self.rows[q])
                if (self.successor[here] >= 0).all():
                    break
            left = here[(self.successor[here] < 0) & ~self.open[here]]
            if len(left):
                self.open[left] = identity.perhaps(left, np.concatenate([self.rows[q] for q in later]))
        left_out = np.isin(self.periods.of, list(self.later)) & (self.successor < 0) & ~self.open
        if left_out.any():
            self._unreported(identity, np.flatnonzero(left_out).astype(np.int32))

    def _pair(self, identity: Identity, here: Ints, there: Ints) -> None:
        found, why = identity.pair(here, there)
        first = (self.successor[here] < 0) & (found >= 0)
        self.successor[here[first]] = found[first]
        self.open[here[why == np.uint8(Unpaired.SEVERAL)]] = True

    def _unreported(self, identity: Identity, candidates: Ints) -> None:
        """Mark those whose own return a later one continues, which is of their place."""
        paths = {path: n for n, path in enumerate(dict.fromkeys(sheet.path for sheet in self.table.sheets))}
        path_of = np.array([paths[sheet.path] for sheet in self.table.sheets], np.int64)[self.table.sheet_of]
        n = len(self.periods.all)
        returns = path_of * n + self.periods.of
        again = np.flatnonzero(self.successor >= 0)
        pairs = np.unique(np.stack([returns[again], returns[self.successor[again]]]), axis=1)
        begins, ends = (np.searchsorted(pairs[0], returns[candidates], side) for side in ("left", "right"))
        which = np.repeat(np.arange(len(candidates)), ends - begins)
        if not len(which):
            return
        place = np.arange(len(which)) - np.repeat(np.cumsum(ends - begins) - (ends - begins), ends - begins)
        rows, others = candidates[which], pairs[1][begins[which] + place]
        fits = _of_the_place(identity, self.table.about.apart, returns, rows, others)
        rows, numbers = rows[fits], others[fits] % n
        order = np.argsort(np.array([p.month for p in self.periods.all])[numbers], kind="stable")
        self.unreported[rows[order]] = numbers[order]  # of several the latest


def _of_the_place(identity: Identity, apart: str, returns: Keys, rows: Ints, others: Keys) -> Bools:
    """For each of ``rows`` whether the return beside it in ``others`` is of its place: all that the records there have
    in common the record has too, and where names count within a county, some of them are of its county.

    Args:
        returns: the number of the return that each record of the table is from.
    """
    members = np.flatnonzero(np.isin(returns, others))
    members = members[np.argsort(returns[members], kind="stable")]
    known, begins = np.unique(returns[members], return_index=True)
    at = np.searchsorted(known, others)
    fits = np.ones(len(rows), bool)
    for level, numbers in identity.places.items():
        least, most = (end.reduceat(numbers[members], begins) for end in (np.minimum, np.maximum))
        common = (least == most) & (least >= 0)
        fits &= ~common[at] | (least[at] == numbers[rows])
        if level == apart:
            both = (returns[members], others), (numbers[members], numbers[rows])
            keys = joined([np.concatenate(some) for some in both])
            fits &= np.isin(keys[len(members) :], keys[: len(members)])
    return fits
