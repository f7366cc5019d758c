"""Which records of two periods are of the same subject.

A subject is known by its own code, else by its name within its region. One that stands several times in a period is
paired with none, and neither is one that has changed its name or its code, nor one whose code stands for another name
in another place: nobody knows. ``ladder`` goes further, for those who may ask.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from communitycheck.checking.repeated.keys import Keys, joined, own_codes, place_numbers, region_codes
from communitycheck.checking.repeated.subject_names import SubjectNames
from communitycheck.model.table import Bools, Bytes, Ints, Table


class Unpaired(IntEnum):
    """Why a record has none of the period before; the sentence is ``earlier-<name>``."""

    PAIRED = 0
    UNDATED = 1  # its own period is not known
    NO_RETURN = 2  # no return of that period is given
    UNLISTED = 3  # that return does not list the subject
    SEVERAL = 4  # one of the two lists it several times
    OTHER_NAME = 5  # its code stands there for another name in another place

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", "-")


class Identity:
    """What tells the subjects of a table apart: their codes, and their names within their regions.

    Args:
        regions_by_code: regions too are known by their codes, which are given anew now and then, and not by name alone.
    """

    def __init__(self, table: Table, *, regions_by_code: bool = False) -> None:
        codes = own_codes(table)
        if codes is None and regions_by_code:
            codes = region_codes(table)
        self.codes = np.full(len(table), -1, np.int64) if codes is None else codes
        self.names = SubjectNames(table)
        self.places = place_numbers(table)
        self.apart = table.about.apart
        self.table = table

    def pair(self, here: Ints, there: Ints) -> tuple[Ints, Bytes]:
        """For each of the records ``here`` that of the same subject ``there``, and why there is none."""
        found, several = paired(self.codes[here], self.codes[there])
        odd = self.elsewhere(here, there, found)
        found[odd] = -1
        several = self.by_name(here, there, found, several, odd)
        rows = np.where(found >= 0, there[found], -1).astype(np.int32)
        why = np.where(several, np.uint8(Unpaired.SEVERAL), np.uint8(Unpaired.UNLISTED))
        why[odd] = Unpaired.OTHER_NAME
        why[rows >= 0] = Unpaired.PAIRED
        return rows, why

    def by_name(
        self, here: Ints, there: Ints, found: Ints, several: Bools, closed: Bools, closed_there: Bools | None = None
    ) -> Bools:
        """Pair those that ``found`` leaves open with the one of their name in their region, and say of which there are
        several. Who is ``closed`` is left as it is."""
        open_ = (found < 0) & ~several & ~closed
        if not open_.any():
            return several
        names = self.names.borne_by(here[open_])
        for levels in (self.stated_by_some(here, there), self._stated(here, there)):
            keys = self.placed(names, levels)
            named, twice = paired(keys[here], keys[there])
            # Two codes that differ are two subjects, whatever they are called.
            other = there[named]
            apart = (self.codes[here] >= 0) & (self.codes[other] >= 0) & (self.codes[here] != self.codes[other])
            open_ = (found < 0) & ~several & ~closed
            taken = np.zeros(len(there), bool) if closed_there is None else closed_there.copy()
            taken[found[found >= 0]] = True
            fits = open_ & (named >= 0) & ~apart & ~taken[named] & self.alike(here, other)
            found[fits] = named[fits]
            several = several | open_ & twice & ((self.codes[here] < 0) | (self.codes[there] < 0).all())
        return several

    def placed(self, names: Keys, levels: list[str]) -> Keys:
        """Name and place as one number; -1 where one of them is not told."""
        keys = joined([names, *(self.places[level] for level in levels)])
        keys[np.any([names < 0, *(self.places[level] < 0 for level in levels)], axis=0)] = -1
        return keys

    def elsewhere(self, here: Ints, there: Ints, found: Ints) -> Bools:
        """Where a code has come to stand for another name in another place."""
        apart = (found >= 0) & ~self.alike(here, there[found])
        at = np.flatnonzero(apart)
        apart[at] = self.renamed(here[at], there[found[at]])
        return apart

    def renamed(self, here: Ints, other: Ints) -> Bools:
        """Where two records side by side have different names, whatever these end in."""
        differ = self.names.differ(here, other)
        at = np.flatnonzero(differ)
        differ[at] = self.names.stems_differ(here[at], other[at])
        return differ

    def perhaps(self, here: Ints, there: Ints) -> Bools:
        """Which of the records ``here`` may be of the subject of one ``there``: they have its code, or its name where
        nothing that both say of their place tells them apart; of one without a name nobody knows."""
        found = np.isin(self.codes[here], self.codes[there]) & (self.codes[here] >= 0)
        found |= (self.names.numbers[here] < 0) & (self.codes[here] < 0)
        levels = [self.names.numbers, *self.places.values()]
        ours, theirs = (self._told(rows) for rows in (here, there))
        for some in np.unique(ours).tolist():
            for others in np.unique(theirs).tolist():
                one, other = np.flatnonzero(ours == some), there[theirs == others]
                both = np.concatenate([here[one], other])
                told = [numbers[both] for bit, numbers in enumerate(levels) if some & others & 1 << bit]
                if some & others & 1:
                    keys = joined(told)
                    found[one] |= np.isin(keys[: len(one)], keys[len(one) :])
        return found

    def _told(self, rows: Ints) -> Ints:
        """What each record says of its name and its place, as bits: the name's is the first."""
        told = np.zeros(len(rows), np.int32)
        for bit, numbers in enumerate([self.names.numbers, *self.places.values()]):
            told |= (numbers[rows] >= 0).astype(np.int32) << np.int32(bit)
        return told

    def stated_by_some(self, here: Ints, there: Ints) -> list[str]:
        return [level for level, numbers in self.places.items() if max(numbers[here].max(), numbers[there].max()) >= 0]

    def _stated(self, here: Ints, there: Ints) -> list[str]:
        """The levels that all records of both periods state, and that within which names count."""
        stated = []
        for level, numbers in self.places.items():
            sides = numbers[here], numbers[there]
            if all((side >= 0).all() for side in sides) or (
                level == self.apart and any((side >= 0).any() for side in sides)
            ):
                stated.append(level)
        return stated

    def alike(self, here: Ints, other: Ints) -> Bools:
        """Where two records do not lie in different regions of one level."""
        alike = np.ones(len(here), bool)
        for numbers in self.places.values():
            one, two = numbers[here], numbers[other]
            alike &= (one == two) | (one < 0) | (two < 0)
        return alike


def paired(ones: Keys, others: Keys) -> tuple[Ints, Bools]:
    """For each key the place of the one that is equal among ``others`` (-1: none), and where there are several."""
    mine, order = np.argsort(ones), np.argsort(others)
    sought, ordered = ones[mine], others[order]
    first = np.searchsorted(ordered, sought)
    at, after = np.minimum(first, max(len(ordered) - 1, 0)), first + 1
    known = (sought >= 0) & (ordered[at] == sought) if len(ordered) else np.zeros(len(ones), bool)
    twice = np.zeros(len(ones), bool)
    same = sought[1:] == sought[:-1]
    twice[1:] |= same
    twice[:-1] |= same
    more = after < len(ordered)
    twice[more] |= ordered[after[more]] == sought[more]
    found, several = np.full(len(ones), -1, np.int32), np.zeros(len(ones), bool)
    alone = known & ~twice
    found[mine[alone]] = order[at[alone]]
    several[mine[known & twice]] = True
    return found, several
