"""Subjects that several files or sheets report: each record is judged, and the user is told. Those whose place a return
of a later period took (``judged``) are no repeats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.checking.repeated.keys import own_codes
from communitycheck.checking.repeated.same_subject import SameSubjects, figures_differ, same_subjects
from communitycheck.messages import catalogue
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, State, Table
from communitycheck.model.text import Text

# Sheets with more records than that are not joined.
LONGEST_JOINED = 50_000
# How many cells left blank are named.
CELLS = 3
# How many subjects of one pair of files get a notice each.
LIMIT = 20

Places = npt.NDArray[np.int64]


def across_files(tables: Iterable[tuple[Table, Bools | None]], dictionary: Dictionary) -> list[Notice]:
    """A notice for each record whose subject an earlier file reports as well, or perhaps does, with both addresses.

    Args:
        tables: one for each kind of subject, regions filled in, records in the order of their files, with those that
            are judged (None: all).
    """
    notices: list[Notice] = []
    for table, judged in tables:
        files = list(dict.fromkeys(sheet.path for sheet in table.sheets))
        found = _pairs(table, judged) if len(files) > 1 else None
        if found is None:
            continue
        number = {path: i for i, path in enumerate(files)}
        file_of = np.array([number[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
        codes = own_codes(table)
        known = np.zeros(len(table), bool)
        if codes is not None:
            earlier, later = np.r_[found.kept, found.beside], np.r_[found.same, found.perhaps]
            coded = (codes[earlier] == codes[later]) & (codes[earlier] >= 0)
            field = dictionary.fields[table.about.code_field].label
            notices += _repeated(table, "same-code-in-two-files", earlier[coded], later[coded], file_of, known, field)
        notices += _repeated(table, "subject-in-two-files", found.kept, found.same, file_of, known)
        notices += _repeated(table, "subject-perhaps-in-two-files", found.beside, found.perhaps, file_of, known)
    return notices


def _pairs(table: Table, judged: Bools | None) -> SameSubjects | None:
    rows = np.arange(len(table), dtype=np.int32) if judged is None else np.flatnonzero(judged).astype(np.int32)
    found = same_subjects(table, rows)
    return found if found is None or judged is None else found.renumbered(rows.astype(np.int64))


def across_sheets(tables: Iterable[tuple[Table, Bools | None]]) -> list[Notice]:
    """A notice for each sheet that names subjects of an earlier sheet of its file: they are not joined."""
    notices: list[Notice] = []
    for table, judged in tables:
        found = _pairs(table, judged) if len(table.sheets) > len({sheet.path for sheet in table.sheets}) else None
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


def several_periods(tables: Iterable[tuple[Table, Bools | None]]) -> list[Notice]:
    """A notice for the records of each kind that are judged and of several periods: all are judged by one day."""
    notices: list[Notice] = []
    for table, judged in tables:
        periods = periods_of(table) if table.about.placed else None
        if periods is None or len(periods.all) < 2:
            continue
        rows = np.arange(len(table)) if judged is None else np.flatnonzero(judged)
        counts = np.bincount(periods.of[rows] + 1, minlength=len(periods.all) + 1)[1:]
        spans = sorted((periods.all[k], int(n)) for k, n in enumerate(counts.tolist()) if n)
        earlier = sum(n for span, n in spans if span.month < spans[-1][0].month)
        if earlier:
            first = rows[periods.of[rows] == periods.all.index(spans[0][0])][0]
            at = Address(table.sheets[int(table.sheet_of[first])].path, "")
            values = {"count": earlier, "first": spans[0][0].words, "last": spans[-1][0].words}
            notices.append(Notice("several-periods", at, values=values))
    return notices


def blank_since(judged: Iterable[tuple[Table, LatestRecords | None]]) -> list[Notice]:
    """A notice for the figures of each kind of subject that an earlier return has and the later one leaves blank. They
    stay blank: what was so then is not so now."""
    notices: list[Notice] = []
    for table, latest in judged:
        if latest is None:
            continue
        earlier = latest.before(np.arange(len(table), dtype=np.int32))
        rows = np.flatnonzero(latest.judged & (earlier >= 0)).astype(np.int32)
        earlier, count = earlier[rows], 0
        places: list[tuple[int, str]] = []
        for key, column in table.columns.items():
            if column.lo is not None and column.state is not None:
                left = (column.state[rows] == State.BLANK) & (column.state[earlier] == State.KNOWN)
                count += int(left.sum())
                places += [(int(row), key) for row in rows[left][:CELLS]]
        if count:
            notices.append(_left_blank(table, sorted(places)[:CELLS], count))
    return notices


def _left_blank(table: Table, places: list[tuple[int, str]], count: int) -> Notice:
    sheet = table.sheets[int(table.sheet_of[places[0][0]])]
    beside = [one for one in places if table.sheets[int(table.sheet_of[one[0]])] is sheet]
    cells = [cell for row, key in beside if (cell := sheet.cell_of(key, int(table.row_of[row])))]
    first = cells[0] if cells else None
    values = {"count": count, "cells": Text("、".join(cells), ", ".join(cells))}
    return Notice("blank-since", sheet.address_of(int(table.row_of[places[0][0]]), first), "", values)


def _repeated(
    table: Table, code: str, earlier: Places, later: Places, file_of: Places, known: Bools, field: Text | None = None
) -> list[Notice]:
    """Notices for records of an earlier file's subjects; ``known`` marks those that have one. ``field`` is what says
    so."""
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
            values: dict[str, Any] = {"first": str(there)} | ({} if field is None else {"field": field})
            notices.append(Notice(code, at, table.name_at(one), values))
        else:
            values = {"first": there.path, "count": int(count[k]) - LIMIT}
            notices.append(Notice("more-subjects-in-two-files", at, values=values))
    return notices
