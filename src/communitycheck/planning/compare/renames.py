"""What somebody declares to have been renamed, merged or split between two runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.repeated.find import Named, rows_meant
from communitycheck.checking.repeated.ladder import PART, Declared
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.table import Coded, Table

RenameKind = Literal["renamed", "merged", "split"]
Unfit = Literal["before-none", "before-several", "after-none", "after-several", "twice", "later"]


class Rename(Struct, frozen=True):
    """One line of a file: what the subjects were, what they are, since when.

    Attributes:
        entity: the kind of subject, or the level of a region in which others lie.
    """

    kind: RenameKind
    entity: str
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    since: date
    line: int = 0


class Unused(Struct, frozen=True):
    """A rename that fits nobody, or more than one, and why."""

    rename: Rename
    why: Unfit


def declared(renames: Sequence[Rename], before: Table, after: Table, unused: list[Unused]) -> Declared | None:
    """What the renames say of two tables of one kind; those that fit nobody go to ``unused``."""
    mine = [one for one in renames if one.entity == before.entity]
    if not mine:
        return None
    found = np.full(len(before), -1, np.int32)
    parts_there = np.zeros(len(after), bool)
    were = iter(rows_meant(before, [named for one in mine for named in one.before]))
    are = iter(rows_meant(after, [named for one in mine for named in one.after]))
    for one in mine:
        here, there = [next(were) for _ in one.before], [next(are) for _ in one.after]
        why = _unfit("before", [len(rows) for rows in here]) or _unfit("after", [len(rows) for rows in there])
        ones, others = ([int(rows[0]) for rows in some if len(rows)] for some in (here, there))
        if not why and ((found[ones] != -1).any() or parts_there[others].any() or np.isin(found, others).any()):
            why = "twice"
        if why:
            unused.append(Unused(one, why))
        elif one.kind == "renamed":
            found[ones[0]] = others[0]
        else:
            found[ones] = PART
            parts_there[others] = True
    return Declared(found, parts_there)


def _unfit(side: Literal["before", "after"], counts: Sequence[int]) -> Unfit | None:
    if 0 in counts:
        return "before-none" if side == "before" else "after-none"
    if max(counts) > 1:
        return "before-several" if side == "before" else "after-several"
    return None


def with_new_regions(renames: Sequence[Rename], table: Table) -> Table:
    """The table with the regions that were renamed under their later names, so that who lies in them is found."""
    regions = dict(table.regions)
    for one in renames:
        region = regions.get(one.entity) if one.entity in REGION_LEVELS and one.kind == "renamed" else None
        if region is None or one.entity == table.entity:
            continue
        probe = Table(replace(table.about, key=one.entity), {}, [], table.sheet_of, table.row_of, regions)
        (rows,) = rows_meant(probe, [replace_code(one.before[0])])
        if len(rows):
            codes = region.codes.copy()
            codes[rows] = len(region.names)
            regions[one.entity] = Coded(codes, [*region.names, one.after[0].name])
    return Table(table.about, table.columns, table.sheets, table.sheet_of, table.row_of, regions)


def replace_code(named: Named) -> Named:
    """Regions in which others lie are known by their names alone."""
    return named._replace(code="")
