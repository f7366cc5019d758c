"""Subjects that several files, sheets or periods report: each is judged and counted every time, so the user is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.comparable_names import other_forms
from communitycheck.model.returns import Notice
from communitycheck.model.table import NAME_FIELDS, Bools, Coded, Table, begun

# Names repeat from county to county, so a name counts only together with its region at this level.
_WITHIN = {"community": "county", "estate": "county", "street": "county", "county": "city"}
# A region code with this many digits is one community's own.
_WHOLE_CODE = 12
# How many subjects of one pair of files get a notice each.
LIMIT = 20

Keys = npt.NDArray[np.int64]


def across_files(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each subject that an earlier file reports as well, with both addresses.

    Args:
        tables: one for each kind of subject, regions filled in, records in the order of their files.
    """
    notices: list[Notice] = []
    for table in tables:
        files = list(dict.fromkeys(sheet.path for sheet in table.sheets))
        if len(files) < 2 or table.entity in ("document", "period"):
            continue
        number = {path: i for i, path in enumerate(files)}
        file_of = np.array([number[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
        known = np.zeros(len(table), bool)
        for code, keys in (("same-code-in-two-files", _by_code(table)), ("subject-in-two-files", _by_name(table))):
            if keys is not None:
                notices += _repeated(table, code, keys, file_of, known)
    return notices


def across_sheets(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each sheet that names subjects of an earlier sheet of its file: they are not joined."""
    notices: list[Notice] = []
    for table in tables:
        paths = {path: i for i, path in enumerate(dict.fromkeys(sheet.path for sheet in table.sheets))}
        several = len(table.sheets) > len(paths) and table.entity not in ("document", "period")
        keys = _by_name(table, placed=False) if several else None
        if keys is None:
            continue
        placed = _by_name(table)
        sizes = np.bincount(table.sheet_of, minlength=len(table.sheets))
        path_of = np.array([paths[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
        order = np.lexsort((keys, path_of))
        begins = np.r_[True, (np.diff(keys[order]) != 0) | (np.diff(path_of[order]) != 0)]
        first = order[begun(begins)]
        twice = (keys[order] >= 0) & (table.sheet_of[first] != table.sheet_of[order])
        pairs = table.sheet_of[order[twice]].astype(np.int64) * len(table.sheets) + table.sheet_of[first[twice]]
        found, examples, which, counts = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
        known = np.zeros(len(found), bool)
        if placed is not None:
            known[which[placed[order[twice]] >= 0]] = True
        for pair, example, count, sure in zip(found, examples, counts, known, strict=True):
            numbers = divmod(int(pair), len(table.sheets))
            if not sure and 2 * int(count) < min(sizes[k] for k in numbers):
                continue  # namesakes, perhaps, of sheets that are each of another place
            later, earlier = (table.sheets[k] for k in numbers)
            values = {"count": int(count), "name": table.name_at(int(order[twice][example])), "first": earlier.name}
            notices.append(Notice("subjects-in-two-sheets", Address(later.path, later.name), values=values))
    return notices


def several_periods(tables: Iterable[Table]) -> list[Notice]:
    """A notice for each sheet whose records state several periods: all are judged by one day."""
    notices: list[Notice] = []
    for table in tables:
        column = table.columns.get("period")
        if table.entity in ("document", "period") or column is None or column.text is None:
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


def _by_code(table: Table) -> Keys | None:
    """The community's own region code as a number; -1 where there is none."""
    column = table.columns.get("region_code")
    if column is None or column.text is None or table.entity not in ("community", "estate"):
        return None
    own = pc.and_(pc.utf8_is_decimal(column.text), pc.greater_equal(pc.utf8_length(column.text), _WHOLE_CODE))
    return _numbered(pc.if_else(own, column.text, None))


def _compared(text: Any) -> Any:
    """Names in the form in which they are compared."""
    if isinstance(text, pa.ChunkedArray):
        return pa.chunked_array([_compared(part) for part in text.chunks], text.type)
    rows, forms = other_forms(text)
    if not len(rows):
        return text
    mask = np.zeros(len(text), bool)
    mask[rows] = True
    return pc.replace_with_mask(text, pa.array(mask), pa.array(forms, pa.string()))


def _numbered(text: Any) -> Keys:
    """Equal texts as equal numbers; -1 for null. The names themselves, a million perhaps, are not needed."""
    encoded = text.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    numbers: Keys = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _by_name(table: Table, *, placed: bool = True) -> Keys | None:
    """Name and region together as a number; -1 where the name is unknown, or its region where that is asked for.

    Args:
        placed: a name counts only with its region. Without, two that say nothing of it are alike.
    """
    column = table.columns.get(NAME_FIELDS.get(table.entity, ""))
    if column is None or column.text is None:
        return None
    needed = _WITHIN.get(table.entity) if placed else None
    if needed is not None and needed not in table.regions:
        return None
    key = _numbered(_compared(column.text))
    unknown = key < 0
    span = int(key.max(initial=0)) + 2
    for level in REGION_LEVELS:
        if level == table.entity or level not in table.regions:
            continue
        region = table.regions[level]
        if level == needed:
            unknown = unknown | (region.codes < 0)
        key, span = _joined(key, span, region)
    return np.where(unknown, -1, key)


def _joined(key: Keys, span: int, region: Coded) -> tuple[Keys, int]:
    width = len(region.names) + 2
    if span * width >= 1 << 62:
        _, key = np.unique(key, return_inverse=True)
        key = key.astype(np.int64)
        span = int(key.max(initial=0)) + 1
    return key * width + region.codes + 1, span * width


def _repeated(table: Table, code: str, keys: Keys, file_of: Keys, known: Bools) -> list[Notice]:
    """Notices for records that share their key with one of an earlier file; ``known`` marks those that have one."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.r_[True, ordered[1:] != ordered[:-1]]
    first = order[begun(begins)]
    twice = (ordered >= 0) & (file_of[first] != file_of[order])
    later, earlier = order[twice], first[twice]
    fresh = np.flatnonzero(~known[later])
    fresh = fresh[np.argsort(later[fresh])]
    later, earlier = later[fresh], earlier[fresh]
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
