"""Which rows make up a header, once one of them is known: it is extended up and down from there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from communitycheck.returns.layout.cell_kinds import Kind, plain, says_how
from communitycheck.returns.layout.head.index_rows import is_index, is_units
from communitycheck.returns.layout.head.record_signs import is_record
from communitycheck.returns.layout.head.window import BELOW, PERIOD, Window, states_something
from communitycheck.returns.layout.row_words import is_numbered, region_rank, unit_line

MOST_LEVELS = 5
# Answers that head a column of marks as well.
_ANSWERS = ("有", "无", "是", "否")


def last_row(window: Window, start: int) -> int:
    """The last row of the header that passes through ``start``."""
    bottom = start
    while bottom + 1 < window.height and bottom - start < MOST_LEVELS:
        row = bottom + 1
        # A cell merged downwards from a header row holds the rows it covers together.
        tied = any(m[0] <= start and m[2] >= row and m[2] - m[0] < MOST_LEVELS for m in window.merged)
        # Many a cell is merged one row too far.
        if is_index(window, row) or (not is_units(window, row) and is_record(window, start, row)):
            break
        goes_on = tied or _continues(window, start, row) or _ends_blank_form(window, row)
        if not goes_on or guides(window, row):
            break
        bottom = row
    return bottom


def guides(window: Window, row: int) -> bool:
    """A line of guidance (填写说明 | 城市或农村 | 年末数): it tells how to fill in the columns and names none."""
    cells = [plain(text) for text in window.rows[row] if plain(text)]
    return len(cells) > 1 and says_how(cells[0])


def _continues(window: Window, start: int, row: int) -> bool:
    """A further row of the header: text where values follow."""
    if not window.filled[row] or is_index(window, row) or is_units(window, row):
        return False
    if window.title_like(row) and (window.kinds[row, 0] != Kind.BLANK or window.area(row, 0) is not None):
        return False  # the name of the first group
    if _parts_headings(window, row):
        return True
    values = window.value_columns(row)
    by_number = window.heads_by_number(row)
    over = [c for c in values if window.kinds[row, c] != Kind.BLANK]
    if not over or any(window.kinds[row, c] != Kind.TEXT and c not in by_number for c in over):
        return False
    # What names the records stands left of their values, and a record has it.
    labels = [c for c in range(min(over)) if c not in values] or [c for c in range(window.width) if c not in values]
    named_twice = any(window.kinds[row, c] != Kind.BLANK and window.kinds[start, c] != Kind.BLANK for c in labels)
    return not named_twice or len(over) >= max(2, 0.8 * len(values))


def _ends_blank_form(window: Window, row: int) -> bool:
    """The last row of all, below headings merged over several columns, each of which it parts: in a form that nobody
    has filled in no figure tells that it belongs to them."""
    if not _nobody_below(window, row) or (window.kinds[row] >= PERIOD).any():
        return False
    if any(region_rank(text) for text in window.rows[row] if text):
        return False
    wide = [m for m in window.merged if m[0] <= row - 1 == m[2] and 1 < m[3] - m[1] + 1 < window.width * 0.8]
    below = [{plain(window.rows[row][c]) for c in range(m[1], min(m[3], window.width - 1) + 1)} - {""} for m in wide]
    return any(len(texts) > 1 for texts in below)


def _nobody_below(window: Window, row: int) -> bool:
    """No record stands below: rows with a number alone, 合计, a note, 填表人： | 审核人： at most."""
    rows = [[text for text in window.rows[r] if text and plain(text)] for r in range(row + 1, window.height)]
    return all(len(texts) < 2 or _left_open(texts) or all(map(states_something, texts)) for texts in rows)


def _parts_headings(window: Window, row: int) -> bool:
    """A row that says into what the headings above are parted: 有 and 无 below one with a blank beside it.

    A record would have a name, or answer below a heading that stands alone, or say what others say below it.
    """
    heads, cells = window.kinds[row - 1] != Kind.BLANK, window.kinds[row] != Kind.BLANK
    starts = np.flatnonzero(heads).tolist()
    odd = cells & (window.kinds[row] != Kind.TEXT)
    marks = any(plain(window.rows[row][c]) not in _ANSWERS for c in np.flatnonzero(odd))
    if len(starts) < 2 or marks or cells[: starts[0]].any():
        return False
    parted = 0
    for first, end in pairwise([*starts, window.width]):
        texts = [plain(window.rows[row][c]) for c in range(first, end) if cells[c]]
        if texts and (end - first == 1 or len(texts) != end - first or len(set(texts)) < len(texts)):
            return False
        parted += bool(texts)
    below = range(row + 1, min(window.height, row + 1 + BELOW))
    repeated = any(plain(window.rows[r][c]) == plain(window.rows[row][c]) for c in np.flatnonzero(cells) for r in below)
    named = row + 1 < window.height and window.kinds[row + 1, starts[0]] != Kind.BLANK
    return parted > 0 and not cells[starts[0]] and (named or _nobody_below(window, row)) and not repeated


def first_row(window: Window, start: int) -> int:
    """The first row of the header that passes through ``start``."""
    top = start
    while top > 0 and start - top < MOST_LEVELS and _precedes(window, top - 1, top):
        top -= 1
    for row in range(top - 1, max(-1, start - MOST_LEVELS), -1):
        if not window.filled[row]:
            break
        if _names_the_nameless(window, row, top, start):
            return row
    return top


def _names_the_nameless(window: Window, row: int, top: int, start: int) -> bool:
    """A row that names the columns which the header below leaves without a name; titles name no such columns."""
    held = window.below(start)[1]
    below = window.spread_kinds[top : start + 1]
    nameless = [c for c in range(window.width) if held[c] and not (below[:, c] != Kind.BLANK).any()]
    own = [c for c in nameless if window.kinds[row, c] == Kind.TEXT]
    between = range(row, top)
    if any(states_something(text) or unit_line(text) for r in between for text in window.rows[r]):
        return False
    # One name alone may be a title; not so where a level of groups stands between it and the rest of the header.
    enough = len(own) > 1 or (len(between) > 1 and bool(own) and window.filled[row] > 1)
    return enough and len(own) * 2 > len(nameless) and not (window.kinds[row] == Kind.VALUE).any()


def _precedes(window: Window, row: int, below: int) -> bool:
    texts = [text for text in window.rows[row] if text and text.strip()]
    if not texts or any(unit_line(t) or states_something(t) or len(plain(t)) > 40 for t in texts):
        return False
    if any(window.kinds[row, c] == Kind.VALUE for c in range(window.width)) or _left_open(texts):
        return False
    if any(m[0] <= row and m[2] >= below and m[3] - m[1] + 1 < window.width for m in window.merged):
        return True
    columns = np.flatnonzero(window.kinds[row])
    if len(columns) == 1:
        area = window.area(row, int(columns[0]))
        return area is not None and area[1] > 0 and area[3] - area[1] + 1 < window.width * 0.8
    both = window.kinds[row, 0] != Kind.BLANK and window.kinds[below, 0] != Kind.BLANK
    spans = sum(m[3] - m[1] for m in window.merged if m[0] == row == m[2])
    if both and len(columns) + spans < 0.5 * window.filled[below]:
        return False
    if any("表" in plain(t)[-6:] and len(plain(t)) > 6 for t in texts):
        return False
    # One numbered text is a heading; a row of them numbers its columns, or the groups right of the names.
    grouped = len(texts) > 1 and window.kinds[row, 0] == Kind.BLANK
    return len(texts) > 2 or grouped or not any(map(is_numbered, texts))


def _left_open(texts: list[str]) -> bool:
    """填报单位： | 填报日期：, to be filled in by hand: a line above the table."""
    return all(plain(text).endswith(":") and not plain(text).startswith("其中") for text in texts)
