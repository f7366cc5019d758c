"""The head of a table: which rows are titles, which name the columns, where the data begins.

A row is a header because of what stands below it: text over columns of values. So every row near the top is scored as
the last row of a header, the best one is taken, and the header is then extended up and down to its other rows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from communitycheck.returns.grid import Range
from communitycheck.returns.layout.blocks import repeated_blocks, titles_of_blocks
from communitycheck.returns.layout.cell_kinds import Kind, header_text, kind_of
from communitycheck.returns.layout.head.header_rows import MOST_LEVELS, first_row, guides, last_row
from communitycheck.returns.layout.head.index_rows import is_index, is_units, units_of
from communitycheck.returns.layout.head.record_signs import is_record
from communitycheck.returns.layout.head.window import PERIOD, TEXT, Rows, Window
from communitycheck.returns.layout.row_words import unit_line

# A header lies within so many rows of the top of its table.
REACH = 60
GOOD = 0.5


class Head(Struct):
    """Rows count from 0 within the window that was searched.

    ``bottom`` is -1 and ``names`` are empty where no header was found; ``first`` is the row where data may begin.
    """

    titles: list[int]
    top: int
    bottom: int
    first: int
    names: list[str]
    score: float = 0.0
    index_row: int | None = None
    unit_row: int | None = None
    units: dict[int, str] = field(default_factory=dict)
    value_columns: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    caption: str | None = None

    @property
    def rows(self) -> list[int]:
        return list(range(self.top, self.bottom + 1)) if self.bottom >= 0 else []


def find_head(rows: Rows, merged: list[Range]) -> Head | None:
    """The head of the table that starts in ``rows``; None where there is nothing to read.

    Args:
        rows: the top of the table, every row of the same width, from its first column on.
        merged: merged ranges inside it, counted from its first row and column.
    """
    window = Window(rows, merged)
    if not window.width or not window.filled.any():
        return None
    scores = {row: score for row, score in _scores(window).items() if not guides(window, row)}
    best = max(scores.values(), default=0.0)
    if best < GOOD:
        return _headless(window)
    start = _start(window, {b for b, score in scores.items() if score >= best - 0.1})
    return _head(window, first_row(window, start), last_row(window, start), best)


def head_in_rows(rows: Rows, merged: list[Range], top: int, bottom: int) -> Head:
    """The head of a table whose header is known to stand in rows ``top`` to ``bottom``."""
    return _head(Window(rows, merged), top, bottom, 1.0)


def _head(window: Window, top: int, bottom: int, score: float) -> Head:
    top = _below_titles_of_blocks(window, top, bottom)
    head = Head(
        titles=[r for r in range(top) if window.filled[r]],
        top=top,
        bottom=bottom,
        first=bottom + 1,
        names=_names(window, top, bottom),
        score=score,
        value_columns=window.value_columns(bottom),
        joined=_joined(window, top, bottom),
    )
    _skip_index_and_units(window, head)
    return head


def _joined(window: Window, top: int, bottom: int) -> set[int]:
    """Columns that share their whole header, one merged cell, with the column left of them."""
    names = _names(window, top, bottom)
    wide = [m for m in window.merged if top <= m[0] and m[2] <= bottom]
    return {c for m in wide for c in range(m[1] + 1, min(m[3], window.width - 1) + 1) if names[c] == names[c - 1] != ""}


def _below_titles_of_blocks(window: Window, top: int, bottom: int) -> int:
    """The first row of the header below the titles of blocks, which stand over several columns like headings do."""
    values = window.value_columns(bottom)
    for row in range(top, bottom):
        blocks = repeated_blocks(_names(window, row + 1, bottom), values)
        if blocks and titles_of_blocks(window.spread[row], blocks):
            return row + 1
    return top


def _scores(window: Window) -> dict[int, float]:
    """Row -> score, of the rows that may end the header.

    Below a row that could not score better, the first row of figures ends the search, as it does in ``_start``.
    """
    scores: dict[int, float] = {}
    for row in range(min(window.height, REACH)):
        if 1.0 in scores.values() and not is_index(window, row) and window.figures(row, window.value_columns(row)):
            break
        if _may_end_header(window, row):
            scores[row] = _score(window, row)
    return scores


def _headless(window: Window) -> Head:
    first = next((r for r in range(window.height) if window.filled[r] >= min(2, window.width)), 0)
    return Head([r for r in range(first) if window.filled[r]], first, -1, first, [""] * window.width)


def _may_end_header(window: Window, row: int) -> bool:
    if is_index(window, row):
        return False
    if window.width == 1:
        return bool(window.kinds[row, 0] == Kind.TEXT) and row + 1 < window.height
    return bool(window.filled[row] >= 2)


def _score(window: Window, row: int) -> float:
    """How well a row ends a header: 1 is text over every column, 2 to 1 in favour of columns of values."""
    values, held = window.below(row)
    if not held.any():
        # Nothing below: a bare header, if it is all text and there is no better row above.
        kinds = window.kinds[row]
        whole = (kinds == Kind.TEXT).sum() == window.filled[row] and window.filled[row] * 2 > window.width
        return 0.75 if whole and not window.phrases(row) else 0.0
    kinds = _kinds_above(window, row)
    kinds[sorted(window.heads_by_number(row))] = TEXT
    weights = np.where((values > 0) & (values * 2 >= held), 2.0, 1.0)
    weights[(held == 0) & (window.kinds[row] == 0)] = 0
    got = weights[kinds == TEXT].sum() - weights[(kinds >= PERIOD) & (weights == 2)].sum()
    total = weights.sum()
    return float(got / total) - 0.3 * window.phrases(row) if total else 0.0


def _kinds_above(window: Window, row: int) -> npt.NDArray[np.int8]:
    """Kind of each cell of a row or, where it is blank, of the nearest cell of the header above it."""
    kinds: npt.NDArray[np.int8] = np.where(window.kinds[row] != 0, window.kinds[row], window.spread_kinds[row])
    for r in range(row - 1, max(-1, row - MOST_LEVELS), -1):
        if window.filled[r] == 0 or window.title_like(r):
            break
        kinds = np.where(kinds != 0, kinds, window.spread_kinds[r])
    return kinds


def _start(window: Window, good: set[int]) -> int:
    """A row that is surely of the header: of the good ones above the first record the last with names of its own.

    Without columns of values any record reads like a header, so the first good row it is.
    """
    start = min(good)
    known = window.value_columns(start)
    if not known:
        return start
    for row in range(start + 1, max(good) + 1):
        if is_index(window, row) or is_units(window, row):
            continue
        if is_record(window, start, row):
            break
        values = window.value_columns(row)
        own = [int(window.spread_kinds[row, c]) for c in values]
        # Below the last figures of a table nothing tells its columns of values: those of the rows above still do.
        if window.figures(row, values | known) or not own:
            break
        if row in good and sum(kind != Kind.BLANK for kind in own) * 2 >= len(own) and not window.title_like(row):
            start = row
    return start


def _names(window: Window, top: int, bottom: int) -> list[str]:
    levels = [list(window.spread[r]) for r in range(top, bottom + 1)]
    if not any(top <= m[0] <= bottom for m in window.merged):
        _spread_right(levels)
    names = []
    for c in range(window.width):
        parts: list[str] = []
        for level in levels:
            part = header_text(level[c])
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        names.append("/".join(parts))
    return names


def _spread_right(levels: Rows) -> None:
    """Where the file tells of no merged cells: a header over several columns stands in the first of them alone."""
    for r, level in enumerate(levels[:-1]):
        for c in range(1, len(level)):
            blank_here = not header_text(level[c]) and not any(header_text(up[c]) for up in levels[:r])
            parent = header_text(level[c - 1])
            if blank_here and parent and header_text(levels[r + 1][c]) and header_text(levels[r + 1][c - 1]):
                level[c] = level[c - 1]


def _unit_caption(window: Window, row: int) -> str | None:
    """The units of a line 单位：户、平方米 that stands below the header."""
    return unit_line(next(text for text in window.rows[row] if kind_of(text) != Kind.BLANK))


def _skip_index_and_units(window: Window, head: Head) -> None:
    """Move ``first`` past the index and unit rows below the header; take a unit row from its last level."""
    if head.bottom > head.top and is_units(window, head.bottom):
        head.unit_row = head.bottom
        head.names = _names(window, head.top, head.bottom - 1)
    row = head.first
    while row < window.height and row <= head.bottom + 3:
        if head.index_row is None and is_index(window, row):
            head.index_row = row
        elif head.unit_row is None and is_units(window, row):
            head.unit_row = row
        elif head.caption is None and window.filled[row] == 1 and (caption := _unit_caption(window, row)):
            head.caption, head.unit_row = caption, row
        elif window.filled[row] or row > head.bottom + 2:
            break
        row += 1
    if head.index_row is not None or head.unit_row is not None:
        marks = [r for r in (head.index_row, head.unit_row, head.bottom) if r is not None]
        head.first = max(marks) + 1
    if head.unit_row is not None and head.caption is None:
        head.units = units_of(window.rows[head.unit_row])
