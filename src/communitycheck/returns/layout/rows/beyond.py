"""Cells that stand under no name of the header: remarks at the edge, or rows of another table.

A row that goes straight on where the records above end is of another shape: which of its cells belongs to which column
nobody can say, however well the first of them may fit. A word at the edge of one record is a remark.
"""

from __future__ import annotations

import numpy as np

from communitycheck.returns.layout.rows.body import INDICATORS, RECORD, TOTALS, UNREAD, Body, Flags, Ints, figures

# A column without a name that so many of the first records fill is one of the table.
_OWN = 0.5


def cells_beyond(body: Body) -> None:
    """Find such cells: rows of another shape become unread, the others are kept to be told. What stands left of the
    names of the subjects numbers or groups them."""
    named = [c for c, name in enumerate(body.names) if name]
    if not named or len(named) == len(body.columns) or INDICATORS.search(body.names[body.label]):
        return
    edge = named[-1] + 1
    counted = np.flatnonzero(np.isin(body.classes, (RECORD, TOTALS)))
    if edge < len(body.columns):
        _unread_what_is_wider(body, edge)
    kept = counted[body.classes[counted] != UNREAD]
    for c in range(body.label + 1, len(body.columns)):
        held = kept[body.filled[kept, c]] if not body.names[c] else kept[:0]
        if len(held):
            body.beyond[c] = (int(held[0]), len(held))


def _unread_what_is_wider(body: Body, edge: int) -> None:
    """Rows of another shape than those above them are unread."""
    beyond = body.filled[:, edge:]
    records = np.flatnonzero((body.classes == RECORD) & (body.counts > 1))
    if not len(records) or not beyond[records].any():
        return
    blocks = _blocks(records)
    first = records[blocks == blocks[0]] if (blocks == blocks[0]).sum() > 1 else records
    own = beyond[first].mean(axis=0) >= _OWN
    odd = beyond & ~own
    goes_on = odd[:, 0] if not own[0] else np.zeros(len(odd), bool)
    rows = records[goes_on[records]]
    for row in rows[_is_of_another_shape(body, rows, edge, own) | _whole_blocks(blocks, goes_on[records])].tolist():
        body.classes[row] = UNREAD
        body.wide[row] = edge


def _blocks(records: Ints) -> Ints:
    """The number of the block that each record lies in: one ends at a blank row, a heading, a total."""
    return np.cumsum(np.r_[0, (np.diff(records) > 1).astype(np.int64)])


def _is_of_another_shape(body: Body, rows: Ints, edge: int, own: Flags) -> Flags:
    """A figure, or more than one cell, goes on straight behind the last name."""
    run = np.ones(len(rows), bool)
    cells = np.zeros(len(rows), np.int64)
    stated = np.zeros(len(rows), bool)
    for c in range(edge, len(body.columns)):
        run &= body.filled[rows, c]
        if own[c - edge] or not run.any():
            break
        cells += run
        stated[run] |= np.isfinite(figures(body.grid.columns[body.columns[c]], body.first + rows[run]))
    return stated | (cells > 1)


def _whole_blocks(blocks: Ints, goes_on: Flags) -> Flags:
    """Of the records that go on beyond the header those of a further block all of whose records do."""
    alike = np.bincount(blocks[goes_on], minlength=int(blocks[-1]) + 1) == np.bincount(blocks)
    alike[0] = False
    whole: Flags = alike[blocks[goes_on]]
    return whole
