"""Rows that look like records and name no one subject: most often totals that nobody marked as such.

Counting one would judge a subject that does not exist and add its figures to those it already sums up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.dictionary import REGION_LEVELS, Field
from communitycheck.model.table import Bools, Column, Table
from communitycheck.returns.table.left_out.one_subject import no_one_subject, unmarked_strangers
from communitycheck.returns.text_columns import bools

# Why a row is not read of which the table leaves open whose or of which period it is (``unsettled_rows``).
UNSETTLED = "unsettled"


class UnnamedRow(NamedTuple):
    """A row that names no one subject, what stands in its name cell, and the code of the notice about it."""

    row: int
    text: str
    code: str


def without_unnamed_rows(table: Table, fields: Mapping[str, Field]) -> tuple[Table, list[UnnamedRow]]:
    """The table without rows that name no one subject, and those rows.

    A table that names nobody, or hardly anybody, is left as it is.
    """
    name = table.columns.get(table.about.name_field)
    if name is None or name.text is None or not len(table) or table.sheets[0].transposed:
        return table, []
    blank = bools(pc.is_null(name.text))
    if 2 * int(blank.sum()) >= len(table):
        return table, []
    unnamed = blank & _blank(table.columns.get(table.about.code_field), len(table))
    for level in REGION_LEVELS:
        region = table.columns.get(level)
        if level != table.entity and region is not None and region.text is not None:
            unnamed |= bools(pc.equal(name.text, region.text))
    nobody = no_one_subject(name.text) & ~unnamed
    if table.entity == "community":
        nobody |= unmarked_strangers(name.text, _marked(table)) & ~unnamed
    left = unnamed | nobody
    if not left.any():
        return table, []
    codes = np.where(nobody, "no-one-subject", "not-a-subject").tolist()
    rows = [
        UnnamedRow(int(table.row_of[i]), str(name.text[i].as_py() or ""), codes[i])
        for i in np.flatnonzero(left).tolist()
    ]
    return kept_records(table, ~left), rows


def _marked(table: Table) -> Bools:
    """Records that another column marks as one: a number in the series, a code, a place they lie in, a kind."""
    marked: Bools = np.zeros(len(table), bool)
    for key in ("region_code", "community_type", *(level for level in REGION_LEVELS if level != table.entity)):
        column = table.columns.get(key)
        if column is not None and column.text is not None:
            marked |= bools(column.text.is_valid())
    seq = table.columns.get("seq")
    return marked if seq is None or seq.lo is None else marked | np.isfinite(seq.lo)


def _blank(column: Column | None, n: int) -> Bools:
    if column is None or column.text is None:
        return np.ones(n, dtype=bool)
    return bools(pc.is_null(column.text))


def kept_records(table: Table, keep: Bools) -> Table:
    """The table with the marked records alone."""
    columns = {key: _kept_column(column, keep) for key, column in table.columns.items()}
    return Table(table.about, columns, table.sheets, table.sheet_of[keep], table.row_of[keep])


def _kept_column(column: Column, keep: Bools) -> Column:
    low = None if column.lo is None else column.lo[keep]
    high = low if column.hi is column.lo or column.hi is None else column.hi[keep]
    return Column(
        column.field,
        low,
        high,
        text=None if column.text is None else column.text.filter(pa.array(keep)),
        state=None if column.state is None else column.state[keep],
        truth=column.truth,
        half_step=None if column.half_step is None else column.half_step[keep],
        refused=None if column.refused is None else column.refused.filter(pa.array(keep)),
        borrowed=column.borrowed,
    )
