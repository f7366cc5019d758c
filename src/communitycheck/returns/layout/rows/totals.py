"""Rows that say they are totals."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import is_total
from communitycheck.returns.text_columns import TextArray, bools, differs, heads, may_hold, picked

Ints = npt.NDArray[np.int64]

# What a word for a total holds or begins with; no other text has to be looked at.
_MARKS = "计計汇"
_FIRST = frozenset("全本合总總其平均最中标共一过转结承\u3000\xa0 \t\r\ntTsSgGaAmMｔＴｓＳｇＧａＡｍＭ")
_PART = "其中"
_VILLAGES = ("其中村", "其中村委会", "其中村民委员会", "其中村村民委员会")
# Shorter columns are looked through cell by cell.
SHORT = 1_000


def totals_by_words(grid: Grid, column: int, first: int, n: int) -> Ints:
    """Rows, of ``n`` from ``first`` on and counted from there, whose cell in a column is a word for a total.

    A village may be called 其中村: such a row is a part of a total only below one, or beside another part.
    """
    rows = _by_words(grid, column, first, n)
    cells = picked(grid.columns[column].slice(first, n), rows) if len(rows) else None
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
