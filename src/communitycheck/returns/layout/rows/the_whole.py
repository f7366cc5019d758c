"""沈阳市 above or below its districts, in the column that names them: no district, but all of them."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import MANY, RATIO, RECORD, TOTALS, UNREAD, Body, Ints, figures

# Names of one level where so large a share of them is of it.
_CERTAIN = 0.9
# The whole is as large as its parts together, or nearly; some of its figures are their sum but for what rounding makes.
_NEARLY = 0.9
_ROUNDED = 0.001


def the_whole(body: Body) -> None:
    """Set aside the one row that names a larger region than all others and stands for all of them.

    It does where the title of the table names the region, and where it is the first or the last row and its figures
    are the sums of the others. Where they are as large as the others together and no sums, nobody can say what it is.
    """
    rows = np.flatnonzero(body.classes == RECORD)
    if len(rows) < 3 or len(rows) > MANY:
        return
    names = [plain(text) for text in body.grid.some(body.columns[body.label], body.first + rows)]
    ranks = [region_rank(name) for name in names]
    usual = max(set(ranks), key=ranks.count)
    larger = [i for i, rank in enumerate(ranks) if 0 < rank < usual]
    if len(larger) != 1:
        return
    (at,) = larger
    code = TOTALS if names[at] in "".join(body.titles) else RECORD
    if code == RECORD and at in (0, len(rows) - 1) and ranks.count(usual) >= _CERTAIN * (len(ranks) - 1):
        code = _by_its_figures(body, rows, at)
    body.classes[rows[at]] = code
    if code == TOTALS:
        body.whole.append(int(rows[at]))


def _by_its_figures(body: Body, rows: Ints, at: int) -> int:
    """What the row is by its figures: a total, unread, or a record like the others."""
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    if not columns:
        return RECORD
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + rows) for c in columns])
    stated, summed = values[at], np.nansum(np.delete(values, at, axis=0), axis=0)
    compared = np.isfinite(stated) & (summed > 0)
    if not compared.any() or (stated[compared] < _NEARLY * summed[compared]).any():
        return RECORD
    sums = np.abs(stated[compared] - summed[compared]) <= _ROUNDED * summed[compared]
    return TOTALS if sums.any() else UNREAD
