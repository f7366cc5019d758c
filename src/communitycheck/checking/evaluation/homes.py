"""In which record of a larger region each record lies, as streets and their communities do."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.checking.repeated.keys import Keys, joined, numbers_of_regions
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt, Value
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Coded, Ints, Table


class Homes(Struct, frozen=True):
    """The region of each record as a number (-1: none is listed), and the records of each region, one after another.

    ``members`` are positions among the records of regions, those of one region together; ``begins`` is where each of
    the regions begins there.
    """

    of: Ints
    members: Ints
    begins: Ints

    def values(self, value: Value) -> Value:
        """For each record what those of its region say: where they differ, all that it may be."""
        if not len(self.members):
            nothing = np.full(len(self.of), -1, np.int32)
            return v.taken(value, nothing)
        na = None if value.na is None else np.maximum.reduceat(value.na[self.members], self.begins)
        match value:
            case Num(low, high):
                least = np.minimum.reduceat(low[self.members], self.begins)
                found: Value = Num(least, np.maximum.reduceat(high[self.members], self.begins), na)
            case Tru(yes, no):
                all_yes, all_no = (np.logical_and.reduceat(x[self.members], self.begins) for x in (yes, no))
                found = Tru(all_yes, all_no, na)
            case Txt(codes, names):
                first, last = (end.reduceat(codes[self.members], self.begins) for end in (np.minimum, np.maximum))
                found = Txt(np.where(first == last, first, -1), names, na)
        return v.taken(found, self.of)

    def of_record(self, i: int) -> list[int]:
        """The positions of the records of its region."""
        region = int(self.of[i])
        if region < 0:
            return []
        end = self.begins[region + 1] if region + 1 < len(self.begins) else len(self.members)
        return [int(k) for k in self.members[self.begins[region] : end]]


def homes(below: Records, above: Records, carrying: Bools) -> Homes:
    """Where the records of ``below`` lie among those of ``above`` that carry the field; of several periods each lies
    in those of its own."""
    upper = np.flatnonzero(carrying).astype(np.int32)
    rows, upper_rows = (one.rows(np.arange(len(one), dtype=np.int32)) for one in (below, above))
    upper_rows = upper_rows[upper]
    level = above.table.entity
    parts = []
    for larger in REGION_LEVELS[: REGION_LEVELS.index(level) + 1]:
        region = below.table.regions.get(larger)
        other = _own(above.table) if larger == level else above.table.regions.get(larger)
        if region is None or other is None:
            if larger != level:
                continue
            return Homes(np.full(len(rows), -1, np.int32), upper[:0], upper[:0])
        one, two = numbers_of_regions([region, other], larger)
        one, two = one[rows], two[upper_rows]
        if larger == level or (min(one.min(initial=0), two.min(initial=0)) >= 0):
            parts.append(np.concatenate([one, two]))
    parts += _months(below.table, above.table, rows, upper_rows)
    keys = joined(parts)
    keys[np.any([part < 0 for part in parts], axis=0)] = -1
    mine, theirs = keys[: len(rows)], keys[len(rows) :]
    order = np.argsort(theirs, kind="stable")
    order = order[theirs[order] >= 0]
    regions, begins = np.unique(theirs[order], return_index=True)
    at = np.searchsorted(regions, mine)
    inside = at < len(regions)
    found = np.full(len(rows), -1, np.int32)
    found[inside] = np.where(regions[at[inside]] == mine[inside], at[inside], -1)
    return Homes(found, upper[order], begins.astype(np.int32))


def _own(table: Table) -> Coded | None:
    names = table.columns.get(table.about.name_field)
    return table.regions.get(table.entity) if names is None or names.text is None else names.coded()


def _months(below: Table, above: Table, rows: Ints, upper: Ints) -> list[Keys]:
    """The last months of the periods, where there are several."""
    months = np.concatenate([periods_of(table).months[some] for table, some in ((below, rows), (above, upper))])
    return [months] if len(np.unique(months[months >= 0])) > 1 else []
