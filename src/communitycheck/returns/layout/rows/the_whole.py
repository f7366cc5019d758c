"""沈阳市 among its districts in a table whose title speaks of 沈阳市: no district, but all of them."""

from __future__ import annotations

import numpy as np

from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import MANY, RECORD, TOTALS, Body


def the_whole(body: Body) -> None:
    """Set aside the one row that bears the name of a larger region, which the title names as well."""
    rows = np.flatnonzero(body.classes == RECORD)
    titles = "".join(body.titles)
    if not titles or len(rows) < 3 or len(rows) > MANY:
        return
    names = [plain(text) for text in body.grid.some(body.columns[body.label], body.first + rows)]
    named = [i for i, name in enumerate(names) if name and name in titles]
    if len(named) != 1:
        return
    ranks = [region_rank(name) for name in names]
    usual = max(set(ranks), key=ranks.count)
    if 0 < ranks[named[0]] < usual and sum(0 < rank < usual for rank in ranks) == 1:
        body.classes[rows[named[0]]] = TOTALS
        body.whole.append(int(rows[named[0]]))
