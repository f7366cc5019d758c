"""What tells a record from a further row of the header, where neither figures nor merged cells do.

A header says what each column holds, a record says something of one subject. So a row is a record where it has figures,
where it names a place as the rows below do, or where it says in a column what other records say there as well.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of
from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import HOW_TO_FILL, Kind, number_of, plain
from communitycheck.returns.layout.head.window import Window
from communitycheck.returns.layout.row_words import region_rank

# So many rows below are compared with a row.
_COMPARED = 12
# 所属街道, 乡镇, 区县名称: what a column of places is headed; such a word is the name of none.
_LEVELS = (*(end for ends in (*ENDINGS.values(), *OFFICES.values()) for end in ends), "居", "街")
_HEADS_PLACES = pattern(rf"(?:所属|所在|所辖|隶属|各|本)?(?:{any_of(_LEVELS)}|[()、/和或及])+(?:名称|全称|简称|名)?")


def is_record(window: Window, start: int, row: int) -> bool:
    """Whether a row below ``start``, a row of the header, is surely a record."""
    values = window.value_columns(row)
    if _states_figures(window, row, values):
        return True
    labels = [c for c in range(window.width) if c not in values and window.kinds[row, c] == Kind.TEXT]
    return (
        any(_names_a_place(window, row, c) for c in labels)
        or _says_what_others_say(window, row)
        or _named_and_says_one_thing(window, start, row, labels, values)
    )


def _states_figures(window: Window, row: int, values: set[int]) -> bool:
    """Half of what it says are figures, and no numbers that are names; one (0, 1~4, 5~9) may well be a name."""
    by_number = window.heads_by_number(row)
    said = [window.rows[row][c] for c in values if window.kinds[row, c] != Kind.BLANK and c not in by_number]
    return bool(said) and sum(number_of(text) is not None for text in said) * 2 >= len(said)


def _rows_below(window: Window, row: int) -> range:
    return range(row + 1, min(window.height, row + 1 + _COMPARED))


def _names_a_place(window: Window, row: int, column: int) -> bool:
    """The cell names a place of the level that most of the rows below name in this column."""
    text = plain(window.rows[row][column])
    rank = 0 if _HEADS_PLACES.fullmatch(text) else region_rank(text)
    below = [window.rows[r][column] for r in _rows_below(window, row) if window.kinds[r, column] == Kind.TEXT]
    return rank > 0 and bool(below) and sum(region_rank(t) == rank for t in below) * 2 > len(below)


def _says_what_others_say(window: Window, row: int) -> bool:
    """A text of the row stands below it in the same column again, in a row that is not the whole row again."""
    texts = {c: plain(window.rows[row][c]) for c in np.flatnonzero(window.kinds[row] == Kind.TEXT).tolist()}
    for r in _rows_below(window, row):
        same = [plain(window.rows[r][c]) == text for c, text in texts.items()]
        if any(same) and not all(same):
            return True
    return False


def _named_and_says_one_thing(window: Window, start: int, row: int, labels: list[int], values: set[int]) -> bool:
    """It has a name where the header has one, and says the same in several columns: 未上报, 未上报.

    Names of columns differ, but for how to fill them in (必填, 必填).
    """
    if not any(window.kinds[start, c] != Kind.BLANK for c in labels):
        return False
    said = Counter(plain(window.rows[row][c]) for c in values if window.kinds[row, c] == Kind.TEXT)
    return len(said) == 1 and said.total() > 1 and not any(map(HOW_TO_FILL.fullmatch, said))
