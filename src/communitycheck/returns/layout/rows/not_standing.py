"""Blocks of rows under a heading that says they do not stand today: 二、在建, 三、拟建, 撤销社区."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.words import GONE, NOT_YET
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import GROUP, MANY, RECORD, TOTALS, UNREAD, Body

_ONLY_SO = pattern(rf"(?:{NOT_YET.pattern}|{GONE.pattern})+(?:的)?(?:社区|村|项目|设施|部分|类)?(?:\(.*\))?")
# A heading is short; what is longer is a sentence, of one subject perhaps.
_LONGEST = 14


def unread_what_does_not_stand(body: Body) -> None:
    """What stands under such a heading is not judged as if it stood, up to the next heading that is no place's."""
    heads = np.flatnonzero(np.isin(body.classes, (GROUP, UNREAD)) & (body.counts <= 2))
    if len(heads) > MANY:
        return
    labels = {row: _label(body, row) for row in heads.tolist()}
    # A line that is no heading for certain may head what follows where it says nothing else.
    headings = [row for row, label in labels.items() if body.classes[row] == GROUP or _ONLY_SO.fullmatch(label)]
    headings = [row for row in headings if not 0 < region_rank(labels[row]) < 5]
    for row, following in pairwise([*headings, len(body.classes)]):
        if _says_so(labels[row]):
            below = body.classes[row + 1 : following]
            below[np.isin(below, (RECORD, TOTALS))] = UNREAD


def _label(body: Body, row: int) -> str:
    return next((plain(text) for text in body.row(row) if plain(text)), "")


def _says_so(label: str) -> bool:
    """The label says that nothing stands: a short one, not a sentence about one subject."""
    words = label.split("(")[0] if not label.startswith("(") else label
    return len(words) <= _LONGEST and bool(NOT_YET.search(words) or GONE.search(words))
