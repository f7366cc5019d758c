"""Subjects that several files, sheets or periods report: each record is judged, and the user is told."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.checking.repeated.keys import own_codes
from communitycheck.checking.repeated.same_subject import SameSubjects, figures_differ, same_subjects
from communitycheck.messages import catalogue
from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, Table
from communitycheck.model.text import Text

# Sheets with more records than that are not joined.
LONGEST_JOINED = 50_000
# How many subjects of one pair of files get a notice each.
LIMIT = 20

Places = npt.NDArray[np.int64]


def across_files(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each record whose subject an earlier file reports as well, or perhaps does, with both addresses.

    Args:
        tables: one for each kind of subject, regions filled in, records in the order of their files.
    """
    notices: list[Notice] = []
    for table in tables:
        files = list(dict.fromkeys(sheet.path for sheet in table.sheets))
        found = _pairs(table) if len(files) > 1 else None
        if found is None:
            continue
        number = {path: i for i, path in enumerate(files)}
        file_of = np.array([number[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
        found, by_period = _of_one_period(table, found)
        notices += by_period
        codes = own_codes(table)
        known = np.zeros(len(table), bool)
        if codes is not None:
            earlier, later = np.r_[found.kept, found.beside], np.r_[found.same, found.perhaps]
            coded = (codes[earlier] == codes[later]) & (codes[earlier] >= 0)
            notices += _repeated(table, "same-code-in-two-files", earlier[coded], later[coded], file_of, known)
        notices += _repeated(table, "subject-in-two-files", found.kept, found.same, file_of, known)
        notices += _repeated(table, "subject-perhaps-in-two-files", found.beside, found.perhaps, file_of, known)
    return notices


def _of_one_period(table: Table, found: SameSubjects) -> tuple[SameSubjects, list[Notice]]:
    """The pairs that are not of two periods, and a notice for those that are: returns of several years list the same
    subjects by intent."""
    periods = periods_of(table)
    month = periods.months

    def apart(some: Places, others: Places) -> Bools:
        two: Bools = (month[some] != month[others]) & (month[some] >= 0) & (month[others] >= 0)
        return two

    sure, open_ = apart(found.kept, found.same), apart(found.beside, found.perhaps)
    rows = np.unique(np.r_[found.same[sure], found.perhaps[open_]])
    if not len(rows):
        return found, []
    few = SameSubjects(found.kept[~sure], found.same[~sure], found.beside[~open_], found.perhaps[~open_])
    seen = np.unique(np.r_[rows, found.kept[sure], found.beside[open_]])
    days = sorted({periods.all[k].last.isoformat() for k in np.unique(periods.of[seen]).tolist()})
    at = Address(table.sheets[int(table.sheet_of[rows[0]])].path, "")
    count = len(np.unique(found.kept[sure])) or len(rows)
    values = {"count": count, "periods": len(days), "first": days[0], "last": days[-1]}
    return few, [Notice("subjects-of-several-periods", at, values=values)]


def _pairs(table: Table) -> SameSubjects | None:
    return same_subjects(table, np.arange(len(table), dtype=np.int32))


def across_sheets(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each sheet that names subjects of an earlier sheet of its file: they are not joined."""
    notices: list[Notice] = []
    for table in tables:
        found = _pairs(table) if len(table.sheets) > len({sheet.path for sheet in table.sheets}) else None
        if found is None:
            continue
        earlier, later = np.r_[found.kept, found.beside], np.r_[found.same, found.perhaps]
        sure = np.arange(len(earlier)) < len(found.kept)
        paths = np.array([sheet.path for sheet in table.sheets])[table.sheet_of]
        sheets = table.sheet_of.astype(np.int64)
        earlier, later = np.minimum(earlier, later), np.maximum(earlier, later)
        apart = (sheets[earlier] != sheets[later]) & (paths[earlier] == paths[later])
        several = np.isin(earlier, earlier[sheets[earlier] == sheets[later]])
        pairs = sheets[later] * len(table.sheets) + sheets[earlier]
        sizes = np.bincount(table.sheet_of, minlength=len(table.sheets))
        for pair in np.unique(pairs[apart]).tolist():
            here = np.flatnonzero(apart & (pairs == pair))
            numbers = divmod(pair, len(table.sheets))
            count = len(np.unique(later[here]))
            if not sure[here].any() and 2 * count < min(sizes[k] for k in numbers):
                continue  # namesakes, perhaps, of sheets that are each of another place
            notices.append(_in_two_sheets(table, earlier[here], later[here], bool(several[here].any())))
    return notices


def _in_two_sheets(table: Table, earlier: Places, later: Places, several: bool) -> Notice:
    """The notice that two sheets list the same subjects, with what keeps them from being one table; ``several``: one
    of them lists some subject more than once."""
    first, other = (table.sheets[int(table.sheet_of[some[0]])] for some in (earlier, later))
    values = {
        "count": len(np.unique(later)),
        "name": table.name_at(int(later.min())),
        "first": first.name,
        "why": Text(*catalogue()[f"apart-{_apart_by(table, earlier, later, several)}"]),
    }
    return Notice("subjects-in-two-sheets", Address(other.path, other.name), values=values)


def _apart_by(table: Table, earlier: Places, later: Places, several: bool) -> str:
    first, other = (table.sheets[int(table.sheet_of[some[0]])] for some in (earlier, later))
    period = table.columns.get("period")
    if (first.period and other.period and first.period != other.period) or _several_periods(table, earlier, later):
        return "periods"
    if figures_differ(table, earlier.astype(np.int32), later.astype(np.int32)).any():
        return "figures"
    if several or min(len(np.unique(some)) for some in (earlier, later)) < len(earlier):
        return "names"
    if period is not None:
        return "period-column"
    if max(first.records, other.records) > LONGEST_JOINED:
        return "length"
    if 2 * len(earlier) < min(first.records, other.records):
        return "few"
    fields = [{c.field for c in sheet.columns if c.field} for sheet in (first, other)]
    return "blanks" if fields[0] >= fields[1] else "places"


def _several_periods(table: Table, earlier: Places, later: Places) -> bool:
    column = table.columns.get("period")
    if column is None or column.text is None:
        return False
    codes = column.coded().codes
    return bool((codes[earlier] != codes[later]).any())


def several_periods(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each sheet whose records state several periods: all are judged by one day."""
    notices: list[Notice] = []
    for table in tables:
        column = table.columns.get("period")
        if not table.about.placed or column is None or column.text is None:
            continue
        periods = column.coded()
        if len(periods.names) < 2:
            continue
        pairs = np.unique(table.sheet_of.astype(np.int64) * (len(periods.names) + 1) + periods.codes + 1)
        stated: dict[int, list[str]] = {}
        for sheet, code in zip(*np.divmod(pairs, len(periods.names) + 1), strict=True):
            if code:
                stated.setdefault(int(sheet), []).append(periods.names[int(code) - 1])
        for number, days in stated.items():
            if len(days) > 1:
                at = Address(table.sheets[number].path, table.sheets[number].name)
                values = {"count": len(days), "first": min(days), "last": max(days)}
                notices.append(Notice("several-periods", at, values=values))
    return notices


def _repeated(table: Table, code: str, earlier: Places, later: Places, file_of: Places, known: Bools) -> list[Notice]:
    """Notices for records of an earlier file's subjects; ``known`` marks those that have one."""
    apart = np.flatnonzero((file_of[earlier] != file_of[later]) & ~known[later])
    _, first = np.unique(later[apart], return_index=True)  # one that may be several is told once
    later, earlier = later[apart[first]], earlier[apart[first]]
    later, earlier = np.maximum(later, earlier), np.minimum(later, earlier)
    known[later] = True
    pairs = file_of[earlier] * (int(file_of.max(initial=0)) + 1) + file_of[later]
    order = np.argsort(pairs, kind="stable")
    _, begins, counts = np.unique(pairs[order], return_index=True, return_counts=True)
    place = np.empty(len(order), np.int64)  # the position of each among those of its pair of files, from 0
    place[order] = np.arange(len(order)) - np.repeat(begins, counts)
    count = np.empty(len(order), np.int64)
    count[order] = np.repeat(counts, counts)
    notices: list[Notice] = []
    for k in np.flatnonzero(place <= LIMIT).tolist():
        one, other = int(later[k]), int(earlier[k])
        at, there = (table.sheets[int(table.sheet_of[i])].address_of(int(table.row_of[i])) for i in (one, other))
        if place[k] < LIMIT:
            notices.append(Notice(code, at, table.name_at(one), {"first": str(there)}))
        else:
            values = {"first": there.path, "count": int(count[k]) - LIMIT}
            notices.append(Notice("more-subjects-in-two-files", at, values=values))
    return notices
