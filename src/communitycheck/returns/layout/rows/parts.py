"""What the row above falls into: 其中 rows beneath a record, and a total by kinds."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import is_class, is_subset, region_rank
from communitycheck.returns.layout.rows.body import MANY, RATIO, RECORD, TOTALS, UNREAD, Body, Flags, figures
from communitycheck.returns.layout.rows.sums import Sums

# So many rows at most are the parts of one.
_PARTS = 40


def parts_of_records(body: Body) -> None:
    """其中：一区, 二区 beneath a record whose figures they add up to: the first says so, the others add up with it.

    Where they do not add up nobody knows which of the rows below are still parts: those are unread that are not called
    a place like the record, up to the next that is.
    """
    if len(body.counts) > MANY:
        return
    for row in np.flatnonzero(body.classes == TOTALS).tolist():
        above = _solid_above(body, row)
        if above is None or body.classes[above] != RECORD or not is_subset(_label(body, row)):
            continue
        end = _adds_up_to(body, above, row)
        code = TOTALS
        if end == row:
            end, code = _next_like(body, above, row + 1), UNREAD
        below = body.classes[row:end]
        below[below == RECORD] = code


def kinds_below_totals(body: Body) -> None:
    """城市, 农村 beneath a total that they add up to, though no 其中 says that they are its parts; unread where they do
    not. In a list of classes each is a record."""
    if len(body.counts) > MANY:
        return
    totals = np.flatnonzero(body.classes == TOTALS).tolist()
    records = np.flatnonzero((body.classes == RECORD) & (body.counts > 1))
    if not totals or sum(is_class(_label(body, row)) for row in records.tolist()) * 2 >= len(records):
        return
    for total in totals:
        if is_subset(_label(body, total)):
            continue
        end = total + 1
        while end < len(body.counts) and _is_class_with_figures(body, end):
            end += 1
        if end > total + 1:
            adds_up = _adds_up_to(body, total, total + 1, at=end) == end
            body.classes[total + 1 : end] = TOTALS if adds_up else UNREAD


def _is_class_with_figures(body: Body, row: int) -> bool:
    """A class of communities with figures; alone in its row it heads what follows."""
    return body.classes[row] == RECORD and body.counts[row] > 1 and is_class(_label(body, row))


def _adds_up_to(body: Body, whole: int, first: int, at: int | None = None) -> int:
    """The row after the shortest run of rows from ``first`` on that add up to a row in every column; ``first`` where
    none do. ``at``: the run that ends there alone is tried."""
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    rows = np.array([whole, *range(first, min(first + _PARTS, len(body.counts)))], np.int64)
    if not columns:
        return first
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + rows) for c in columns])
    counted: Flags = np.isin(body.classes[rows], (RECORD, TOTALS))
    counted[0] = False
    sums = Sums(values, counted)
    ends = np.array([at - first + 1], np.int64) if at is not None else np.arange(2, len(rows) + 1)
    stated = np.repeat(values[:1], len(ends), axis=0)
    agree = sums.agree(stated, np.ones(len(ends), np.int64), ends)
    whole_runs = (agree | ~np.isfinite(stated)).all(axis=1) & agree.any(axis=1)
    return first + int(ends[np.argmax(whole_runs)]) - 1 if whole_runs.any() else first


def _next_like(body: Body, record: int, row: int) -> int:
    """The first row from ``row`` on that is no record or names a place of the level of a record; ``row`` where its own
    name tells none."""
    rank = region_rank(_label(body, record))
    while rank and row < len(body.counts) and body.classes[row] == RECORD and region_rank(_label(body, row)) != rank:
        row += 1
    return row


def _solid_above(body: Body, row: int) -> int | None:
    above = np.flatnonzero(np.isin(body.classes[:row], (RECORD, TOTALS)))
    return int(above[-1]) if len(above) else None


def _label(body: Body, row: int) -> str:
    """The first text of the row, up to the column of names."""
    texts = (plain(body.text(row, c)) for c in range(body.naming + 1))
    return next((text for text in texts if text), "")
