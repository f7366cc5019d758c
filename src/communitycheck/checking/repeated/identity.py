"""Which records of two periods are of the same subject.

A subject is known by its own code, else by its name within its region. One that stands several times in a period is
paired with none, and neither is one that has changed its name or its code, nor one whose code stands for another name
in another place: nobody knows. ``ladder`` goes further, for those who may ask.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from communitycheck.checking.repeated.keys import (
    Keys,
    joined,
    name_numbers,
    own_codes,
    place_numbers,
    region_codes,
    region_numbers,
    stem_numbers,
)
from communitycheck.model.dictionary import REGION_LEVELS
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
        n = len(table)
        nothing = np.full(n, -1, np.int64)
        every = np.arange(n, dtype=np.int32)
        codes = own_codes(table)
        if codes is None and regions_by_code:
            codes = region_codes(table)
        self.codes = nothing if codes is None else codes
        self.names = _names(table, every)
        self.places = place_numbers(table)
        self.apart = table.about.apart
        self.table = table
        self._stems: tuple[Keys, Bools] | None = None

    @property
    def stems(self) -> Keys:
        """The names without what their kind ends in, as numbers."""
        return self._without_ending()[0]

    @property
    def unended(self) -> Bools:
        """Whose names do not end as their kind does."""
        return self._without_ending()[1]

    def _without_ending(self) -> tuple[Keys, Bools]:
        if self._stems is None:
            self._stems = stem_numbers(self.table, self.names)
        return self._stems

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
        for levels in (self.stated_by_some(here, there), self._stated(here, there)):
            keys = self.placed(self.names, levels)
            named, twice = paired(keys[here], keys[there])
            # Two codes that differ are two subjects, whatever they are called.
            other = there[named]
            apart = (self.codes[here] >= 0) & (self.codes[other] >= 0) & (self.codes[here] != self.codes[other])
            open_ = (found < 0) & ~several & ~closed
            taken = np.isin(named, found[found >= 0])
            if closed_there is not None:
                taken |= closed_there[named]
            fits = open_ & (named >= 0) & ~apart & ~taken & self.alike(here, other)
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
        other = there[found]
        return (found >= 0) & ~self.alike(here, other) & self.renamed(here, other)

    def renamed(self, here: Ints, other: Ints) -> Bools:
        """Where two records side by side have different names, whatever these end in."""
        one, two = self.names[here], self.names[other]
        differ: Bools = (one != two) & (one >= 0) & (two >= 0)
        return differ & (self.stems[here] != self.stems[other]) if differ.any() else differ

    def perhaps(self, here: Ints, there: Ints) -> Bools:
        """Which of the records ``here`` may be of the subject of one ``there``: they have its code, or its name where
        nothing that both say of their place tells them apart; of one without a name nobody knows."""
        found = np.isin(self.codes[here], self.codes[there]) & (self.codes[here] >= 0)
        found |= (self.names[here] < 0) & (self.codes[here] < 0)
        levels = [self.names, *self.places.values()]
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
        for bit, numbers in enumerate([self.names, *self.places.values()]):
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
    order = np.argsort(others, kind="stable")
    ordered = others[order]
    first = np.searchsorted(ordered, ones, "left")
    count = np.searchsorted(ordered, ones, "right") - first
    _, inverse, mine = np.unique(ones, return_inverse=True, return_counts=True)
    known = (ones >= 0) & (count > 0)
    alone = known & (count == 1) & (mine[inverse] == 1)
    found = np.where(alone, order[np.minimum(first, len(order) - 1)], -1).astype(np.int32)
    return found, known & ~alone


def _names(table: Table, rows: Ints) -> Keys:
    """The names of the subjects; of a table of periods that of the sheet, whose figures are a series."""
    if table.about.kind == "period":
        number = {name: k for k, name in enumerate(dict.fromkeys(sheet.name for sheet in table.sheets))}
        return np.array([number[sheet.name] for sheet in table.sheets], np.int64)[table.sheet_of]
    names = name_numbers(table, rows)
    region = table.regions.get(table.entity)
    if region is None or table.entity not in REGION_LEVELS:
        return np.full(len(table), -1, np.int64) if names is None else names
    return region_numbers(region, table.entity)
