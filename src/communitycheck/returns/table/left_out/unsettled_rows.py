"""Records of which the table leaves open whose they are or of which period: rows of one subject below one name, and
rows without a period among those of several. Judging such a row would take a part for the whole, or a past figure for
a present one.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from communitycheck.model.returns import PERIOD_NOT_TOLD, Notice
from communitycheck.model.table import Bools, Ints, State, Table
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.text_columns import bools

# So many subjects are told one by one.
LIMIT = 20


def unsettled_rows(
    table: Table, layout: Layout, found: Assignment, names: FieldNames
) -> tuple[Bools, list[Notice]]:
    """Which records are left open, and notices about them.

    Args:
        table: all records, in the order of ``layout.data_rows``.
    """
    none: Bools = np.zeros(len(table), bool)
    if table.sheets[0].transposed:
        return none, []
    undated, notices = _undated(table, names) or (none, [])
    parts, about_parts = _parts(table, layout, found) or (none, [])
    return undated | parts, [*notices, *about_parts]


def _periods(table: Table) -> Ints:
    """For each record the number of the period that its cell states; -1 where it states none."""
    column = table.columns.get("period")
    if column is None or column.text is None:
        return np.full(len(table), -1, np.int32)
    return np.asarray(column.coded().codes)


def _undated(table: Table, names: FieldNames) -> tuple[Bools, list[Notice]] | None:
    """Records whose cell of the period is blank or unreadable, where the others are of several periods; one that is
    blank beside a single period, which the titles do not contradict, is of that."""
    column, sheet = table.columns.get("period"), table.sheets[0]
    if column is None or column.text is None or table.entity == "period":
        return None
    coded, codes = column.coded(), _periods(table)
    known = sorted({coded.names[k] for k in np.unique(codes[codes >= 0]).tolist()})
    blank: Bools = codes < 0
    if not known or not blank.any():
        return None
    one = len(known) == 1 and sheet.period in (None, date.fromisoformat(known[0]))
    left: Bools = blank
    if one:
        left = np.zeros(len(table), bool) if column.state is None else blank & (column.state == State.UNREADABLE)
    notices = []
    for code, rows, level in ((PERIOD_NOT_TOLD, left, "warning"), ("period-of-the-others", blank & ~left, "info")):
        at = np.flatnonzero(rows)
        if len(at):
            first = int(table.row_of[at[0]])
            address = sheet.address_of(first, sheet.cell_of("period", first))
            values = {"field": names.fields["period"].label, "rows": len(at), "period": known[0]}
            notices.append(Notice(code, address, values=values, level=level))
    return left, notices


def _parts(table: Table, layout: Layout, found: Assignment) -> tuple[Bools, list[Notice]] | None:
    """Records below one name of a subject that is written once for them all: it has several rows in one period, and
    nobody knows whether they are parts, or which of them holds."""
    chosen, name = found.fields.get(table.about.name_field), table.columns.get(table.about.name_field)
    filled = layout.forward_filled.get(chosen.column.index) if chosen is not None else None
    if filled is None or name is None or name.text is None:
        return None
    carried, codes, periods = bools(filled.is_valid()), name.coded().codes, _periods(table)
    same = (codes[1:] == codes[:-1]) & (codes[1:] >= 0) & (periods[1:] == periods[:-1])
    starts = np.flatnonzero(np.r_[True, ~same])
    sizes = np.diff(starts, append=len(table))
    several = (sizes > 1) & (np.add.reduceat(carried, starts) > 0)
    left: Bools = np.repeat(several, sizes)
    sheet, notices = table.sheets[0], []
    blocks = list(zip(starts[several].tolist(), sizes[several].tolist(), strict=True))
    for first, size in blocks[:LIMIT]:
        rows = table.row_of[[first, first + size - 1]].tolist()
        values = {"first": rows[0], "last": rows[1], "rows": size}
        text = str(name.text[first].as_py())
        notices.append(Notice("one-subject-several-rows", sheet.address_of(rows[0]), text, values))
    if len(blocks) > LIMIT:
        at = sheet.address_of(int(table.row_of[blocks[LIMIT][0]]))
        notices.append(Notice("more-subjects-several-rows", at, values={"count": len(blocks) - LIMIT}))
    return left, notices
