"""What a report is split into, the regions of one level or the returns: which part each record and group belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from msgspec import Struct, field

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import Path, Region, completed, levels_to, names_of, numbered
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Records
from communitycheck.model.table import Ints, Table


class Parts(Struct, frozen=True):
    """Parts by number, from 0 to ``n - 1``.

    Attributes:
        of_table: for each table the part of each of its records.
        of_groups: the part of each of some groups; -1 for one that belongs to none.
        regions: the region that each part is; empty where the parts are returns.
    """

    n: int
    of_table: dict[Table, Ints]
    of_groups: Callable[[Groups], list[int]]
    regions: list[Region] = field(default_factory=list)

    def of(self, records: Records) -> Ints:
        """The part of each of the records."""
        parts = self.of_table[records.table]
        return parts if records.index is None else parts[records.index]


def stated_levels(report: Report) -> tuple[str, ...]:
    """Region levels that some record states, the largest first."""
    found = {
        level
        for records in report.records
        for level, coded in records.table.regions.items()
        if ((coded.codes if records.index is None else coded.codes[records.index]) >= 0).any()
    }
    return tuple(level for level in REGION_LEVELS if level in found)


def by_region(report: Report, level: str) -> Parts:
    """The regions in the order of their paths, last the one without a name, if any record needs it.

    A group belongs to the region that it is or lies in; to none where it is larger or could be in several of them.
    """
    levels = levels_to(level)
    numbers = {table: numbered(table, levels) for table in _tables(report)}
    whole = completed(path for _, paths in numbers.values() for path in paths)
    number = {path: k for k, path in enumerate(sorted(set(map(_known, whole.values())), key=lambda p: (not p, p)))}
    of_table = {}
    for table, (ids, paths) in numbers.items():
        of_table[table] = np.array([number[_known(whole[path])] for path in paths], dtype=np.int32)[ids]
    regions = [Region(level, path) for path in number]
    return Parts(len(regions), of_table, partial(_groups_by_region, len(levels), list(whole), number), regions)


def _groups_by_region(
    depth: int, stated: list[Path], number: dict[tuple[str, ...], int], groups: Groups
) -> list[int]:
    paths = [groups.region(i)[:depth] for i in range(len(groups))]
    whole = completed(paths, stated)
    return [number.get(_known(whole[path]), -1) if len(path) == depth else -1 for path in paths]


def _known(path: Path) -> tuple[str, ...]:
    """The names by which a region is known; none where its own is blank."""
    return names_of(path) if path and path[-1] else ()


def by_return(report: Report) -> Parts:
    """The returns, in the order of ``report.returns``.

    Groups belong to none of them: what a county comes to may hang on several files.
    """
    number = {one.path: k for k, one in enumerate(report.returns)}
    of_table = {
        table: np.array([number[sheet.path] for sheet in table.sheets], dtype=np.int32)[table.sheet_of]
        for table in _tables(report)
    }
    return Parts(len(number), of_table, lambda groups: [-1] * len(groups))


def _tables(report: Report) -> Iterable[Table]:
    """The tables that the records stand in."""
    known = [*report.records, *report.stray, *(r for some in report.governed.values() for r in some)]
    known += [r.subjects for r in report.results if isinstance(r.subjects, Records)]
    return dict.fromkeys(records.table for records in known)
