"""Rows among the records that stand as totals do in the same table: 丙市 over its counties, where 甲市 is a sum."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import GROUP, MANY, RATIO, RECORD, TOTALS, Body, Ints, figures
from communitycheck.returns.layout.rows.sums import Sums

# So many sums of one level for each row of it that is none show that the row is a wrong sum, and no subject.
_FEW_WRONG = 3


def totals_like_others(body: Body) -> None:
    """Take for totals the regions over rows of a lower level, where others of their level are headings or sums.

    A sum of figures that are nearly all blank is too weak to show a total; beside others that are shown it is enough.
    """
    if len(body.counts) > MANY or not (body.unmarked or (body.classes == GROUP).any()):
        return
    unmarked = np.isin(np.arange(len(body.classes)), body.unmarked)
    rows = np.flatnonzero((body.classes == RECORD) | (body.classes == GROUP) | unmarked)
    names = body.grid.some(body.columns[body.naming], body.first + rows)
    ranks = np.array([region_rank(name) for name in names])
    known = body.classes[rows] == TOTALS
    beside = body.classes[rows] != RECORD
    for level in sorted(set(ranks[beside].tolist()) - {0}):
        shown = np.flatnonzero(known & (ranks == level))
        heads = [at for at in np.flatnonzero(~beside & (ranks == level)).tolist() if _end(ranks, at) > at + 1]
        sums = [at for at in heads if _is_sum(body, rows, at, _end(ranks, at))]
        if len(heads) - len(sums) <= len(shown) // _FEW_WRONG:
            sums = heads
        body.classes[rows[sums]] = TOTALS
        body.unmarked += rows[sums].tolist()


def _end(ranks: Ints, at: int) -> int:
    """The row after those below that are of a lower level."""
    higher = np.flatnonzero((ranks[at + 1 :] <= ranks[at]) & (ranks[at + 1 :] > 0))
    end = at + 1 + int(higher[0]) if len(higher) else len(ranks)
    return end if at + 1 < end and ranks[at + 1] > ranks[at] else at + 1


def _is_sum(body: Body, rows: Ints, at: int, end: int) -> bool:
    """Every figure of the row is the sum of those below it."""
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    if not columns:
        return False
    part = rows[at:end]
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + part) for c in columns])
    below = np.arange(len(part)) > 0
    stated = values[:1]
    agree = Sums(values, below).agree(stated, np.array([1]), np.array([len(part)]))
    return bool(np.isfinite(stated).any() and (agree | ~np.isfinite(stated)).all())
