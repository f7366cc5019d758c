"""Totals that say so: which cells of a column are words for a total, with few of its texts looked at."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.words import is_total
from communitycheck.returns.text_columns import bools, differs, heads, may_hold

Ints = npt.NDArray[np.int64]

# What a word for a total holds or begins with; no other text has to be asked.
_MARKS = "计計汇"
_FIRST = frozenset("全本合总總其平均最中标\u3000\xa0 \t\r\ntTsSgGaAmMｔＴｓＳｇＧａＡｍＭ")
# Which first two bytes of a text such a character may have.
_HEADS = np.zeros(1 << 16, np.bool_)
for _bytes in (character.encode() for character in _FIRST):
    _HEADS.reshape(256, 256)[_bytes[0], _bytes[1] if len(_bytes) > 1 else slice(None)] = True
_PART = "其中"
_VILLAGES = ("其中村", "其中村委会", "其中村民委员会", "其中村村民委员会")
# Shorter columns are looked through cell by cell.
SHORT = 1_000


def said_totals(grid: Grid, column: int, first: int, n: int) -> Ints:
    """Rows, of ``n`` from ``first`` on and counted from there, whose cell in a column is a word for a total.

    A village may be called 其中村: such a row is a part of a total only below one, or beside another part.
    """
    rows = _said(grid, column, first, n)
    told = grid.columns[column].slice(first, n).take(rows) if len(rows) else None
    if told is None or not pc.any(pc.match_substring(told, _PART)).as_py():
        return rows
    texts = [plain(text) for text in told.to_pylist()]
    parts = np.array([text.startswith(_PART) for text in texts])
    villages = np.array([text in _VILLAGES for text in texts])
    below = np.isin(rows - 1, rows) | np.isin(rows + 1, rows[parts & ~villages])
    return rows[~villages | below]


def _said(grid: Grid, column: int, first: int, n: int) -> Ints:
    """The same by the words alone. A text that stands in many rows is asked once."""
    if n <= SHORT:
        texts = grid.texts(column)[first : first + n]
        said = not set(_MARKS).isdisjoint("".join(filter(None, texts)))
        some = [r for r, t in enumerate(texts) if t and (said or t[0] in _FIRST) and is_total(t)]
        return np.array(some, np.int64)
    part = grid.columns[column].slice(first, n)
    if differs(part):
        rows = _suspects(part)
        told = np.array([is_total(text) for text in part.take(rows).to_pylist()], bool)
        return rows[np.flatnonzero(told)]
    codes, uniques = grid.coded(column, first, n)
    places = _suspects(uniques)
    total = np.zeros(len(uniques) + 1, bool)  # code -1 finds the last place
    total[places] = [is_total(text) for text in uniques.take(places).to_pylist()]
    return np.flatnonzero(total[codes]) if total.any() else np.empty(0, np.int64)


def _suspects(texts: Any) -> Ints:
    """Places whose text may be a word for a total."""
    begin = np.flatnonzero(_HEADS[heads(texts)])
    if len(begin):
        first = pc.utf8_slice_codeunits(texts.take(begin), 0, 1)
        begin = begin[bools(pc.is_in(first, value_set=pa.array(sorted(_FIRST))))]
    if not may_hold(texts, _MARKS):
        return begin
    return np.union1d(begin, np.flatnonzero(bools(pc.match_substring_regex(texts, f"[{_MARKS}]"))))
