"""Rows that say they are totals, and what they claim: held against the records they stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.patterns import pattern
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import is_total
from communitycheck.returns.layout.rows.body import MANY, RATIO, RECORD, TOTALS, Body, figures
from communitycheck.returns.layout.rows.sums import decimals
from communitycheck.returns.text_columns import TextArray, bools, differs, heads, may_hold

Ints = npt.NDArray[np.int64]

# What a word for a total holds or begins with; no other text has to be looked at.
_MARKS = "计計汇"
_FIRST = frozenset("全本合总總其平均最中标\u3000\xa0 \t\r\ntTsSgGaAmMｔＴｓＳｇＧａＡｍＭ")
_PART = "其中"
_VILLAGES = ("其中村", "其中村委会", "其中村民委员会", "其中村村民委员会")
# Shorter columns are looked through cell by cell.
SHORT = 1_000


def totals_by_words(grid: Grid, column: int, first: int, n: int) -> Ints:
    """Rows, of ``n`` from ``first`` on and counted from there, whose cell in a column is a word for a total.

    A village may be called 其中村: such a row is a part of a total only below one, or beside another part.
    """
    rows = _by_words(grid, column, first, n)
    cells = grid.columns[column].slice(first, n).take(rows) if len(rows) else None
    if cells is None or not pc.any(pc.match_substring(cells, _PART)).as_py():
        return rows
    texts = [plain(text) for text in cells.to_pylist()]
    parts = np.array([text.startswith(_PART) for text in texts])
    villages = np.array([text in _VILLAGES for text in texts])
    below = np.isin(rows - 1, rows) | np.isin(rows + 1, rows[parts & ~villages])
    return rows[~villages | below]


def _by_words(grid: Grid, column: int, first: int, n: int) -> Ints:
    """The same by the words alone. A text that stands in many rows is looked at once."""
    if n <= SHORT:
        texts = grid.texts(column)[first : first + n]
        marked = not set(_MARKS).isdisjoint("".join(filter(None, texts)))
        some = [r for r, t in enumerate(texts) if t and (marked or t[0] in _FIRST) and is_total(t)]
        return np.array(some, np.int64)
    part = grid.columns[column].slice(first, n)
    if differs(part):
        rows = _suspects(part)
        total = np.array([is_total(text) for text in part.take(rows).to_pylist()], bool)
        return rows[np.flatnonzero(total)]
    codes, uniques = grid.coded(column, first, n)
    places = _suspects(uniques)
    total = np.zeros(len(uniques) + 1, bool)  # code -1 finds the last place
    total[places] = [is_total(text) for text in uniques.take(places).to_pylist()]
    return np.flatnonzero(total[codes]) if total.any() else np.empty(0, np.int64)


@cache
def _first_bytes() -> npt.NDArray[np.bool_]:
    """Which first two bytes of a text (see ``heads``) such a character may have."""
    found = np.zeros((256, 256), np.bool_)
    for first, *rest in (character.encode() for character in _FIRST):
        found[first, rest[0] if rest else slice(None)] = True
    return found.ravel()


def _suspects(texts: TextArray) -> Ints:
    """Places whose text may be a word for a total."""
    begin = np.flatnonzero(_first_bytes()[heads(texts)])
    if len(begin):
        first = pc.utf8_slice_codeunits(texts.take(begin), 0, 1)
        begin = begin[bools(pc.is_in(first, value_set=pa.array(sorted(_FIRST))))]
    if not may_hold(texts, _MARKS):
        return begin
    return np.union1d(begin, np.flatnonzero(bools(pc.match_substring_regex(texts, f"[{_MARKS}]"))))


# --- what they claim

# Rows that are left out like totals and are no sums; and words that claim a sum of what the table lists.
_NO_SUM = pattern(r"平均|均值|最[大小高低]|中位|标准差|其中|计数|average|mean", re.I)
_A_SUM = pattern(r"[合小共累總总]\s*[计計]|^[计計]$|total|sum", re.I)
Floats = npt.NDArray[np.float64]


class Claim(NamedTuple):
    """A total that is not the sum of its records. ``row`` counts from 1, ``column`` from 0 in the grid."""

    row: int
    column: int
    stated: float
    summed: float


def false_claims(body: Body) -> list[Claim]:
    """Cells of total rows that differ from the sum of their records.

    A total may stand for the records above it, those below it, or all of them: the reading under which most of its
    cells agree is taken. Where none agrees it is held against all records if it is the only total, else let be.
    Columns of rates are left out, and a column with blanks or words counts only where it exceeds the total.
    """
    solid = np.flatnonzero((body.classes == RECORD) | (body.classes == TOTALS))
    totals = np.flatnonzero(body.classes[solid] == TOTALS)
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    if not len(totals) or not columns or len(solid) > MANY or len(totals) == len(solid):
        return []
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + solid) for c in columns])
    records = body.classes[solid] == RECORD
    found: list[Claim] = []
    for number, total in enumerate(totals.tolist()):
        if int(solid[total]) in body.unmarked:  # its sum is what it was known by
            continue
        label = next((plain(text) for text in body.row(int(solid[total])) if is_total(text)), "")
        if _NO_SUM.search(label):
            continue
        above = int(totals[number - 1]) + 1 if number else 0
        below = int(totals[number + 1]) if number + 1 < len(totals) else len(solid)
        everything = np.flatnonzero(records)
        choices = [np.arange(above, total), np.arange(total + 1, below), everything]
        best = max((c for c in choices if len(c)), key=lambda c: int(_agree(values, total, c).sum()))
        agree = _agree(values, total, best)
        if not agree.any() and (len(totals) > 1 or len(best) < 2 or not _A_SUM.search(label)):
            continue
        if agree.any() and agree.sum() * 2 < np.isfinite(values[total]).sum():
            continue
        found += _differences(body, values, total, best, columns, solid)
    return found


def _agree(values: Floats, total: int, parts: Ints) -> npt.NDArray[np.bool_]:
    stated, summed = values[total], np.nansum(values[parts], axis=0)
    agree: npt.NDArray[np.bool_] = np.isfinite(stated) & (np.abs(stated - summed) <= _slack(values, parts))
    return agree


def _slack(values: Floats, parts: Ints) -> Floats:
    """Sums of rounded figures may be off by half a last digit for each part; whole numbers may not be off."""
    size = np.abs(np.nan_to_num(values[parts])).sum(axis=0)
    digits = np.array([decimals(column) for column in values.T])
    slack: Floats = np.where(digits == 0, 1e-9 * size, 0.6 * 10.0 ** -digits.astype(float) * len(parts) + 1e-6 * size)
    return slack


def _differences(body: Body, values: Floats, total: int, parts: Ints, columns: list[int], solid: Ints) -> list[Claim]:
    stated, summed = values[total], np.nansum(values[parts], axis=0)
    gaps = np.isnan(values[parts]).any(axis=0)
    wrong = np.isfinite(stated) & ~_agree(values, total, parts) & (~gaps | (summed > stated))
    row = body.first + int(solid[total]) + 1
    return [
        Claim(row, body.columns[columns[k]], float(stated[k]), float(summed[k])) for k in np.flatnonzero(wrong).tolist()
    ]
