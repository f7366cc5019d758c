"""The head of a table: which rows are titles, which name the columns, where the data begins.

A row is a header because of what stands below it: text over columns of values. So every row near the top is scored as
the last row of a header, the best one is taken, and the header is then extended up and down to its other rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from communitycheck.returns.grid import Range
from communitycheck.returns.layout.cell_kinds import Kind, header_text, kind_of, number_of, plain
from communitycheck.returns.layout.words import is_numbered, is_total, is_unit, unit_line

Rows = list[list[str | None]]
# A header lies within so many rows of the top of its table; it is judged by so many rows below it.
REACH = 60
BELOW = 40
MOST_LEVELS = 5
TEXT, PERIOD = int(Kind.TEXT), int(Kind.PERIOD)
GOOD = 0.5
# Answers that head a column of marks as well.
_ANSWERS = ("有", "无", "是", "否")


@dataclass(slots=True)
class Head:
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

    @property
    def rows(self) -> list[int]:
        return list(range(self.top, self.bottom + 1)) if self.bottom >= 0 else []


class _Window:
    """The first rows of a table, looked at cell by cell."""

    def __init__(self, rows: Rows, merged: list[Range]) -> None:
        self.rows = rows
        self.height = len(rows)
        self.width = len(rows[0]) if rows else 0
        self.merged = merged
        self.kinds = np.array([[kind_of(text) for text in row] for row in rows], np.int8).reshape(
            self.height, self.width
        )
        self.filled = (self.kinds != Kind.BLANK).sum(axis=1)
        self.spread = [list(row) for row in rows]
        for r1, c1, r2, c2 in merged:
            if r1 < self.height and c1 < self.width:
                for r in range(r1, min(r2, self.height - 1) + 1):
                    for c in range(c1, min(c2, self.width - 1) + 1):
                        self.spread[r][c] = rows[r1][c1]
        self.spread_kinds = self.kinds
        if merged:
            spread = [[kind_of(text) for text in row] for row in self.spread]
            self.spread_kinds = np.array(spread, np.int8).reshape(self.height, self.width)

    def below(self, row: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Values and filled cells of each column in the next rows that hold more than one cell."""
        wide = [r for r in range(row + 1, min(self.height, row + 1 + BELOW)) if self.filled[r] >= min(2, self.width)]
        kinds = self.kinds[wide]
        return (kinds >= Kind.PERIOD).sum(axis=0), (kinds != Kind.BLANK).sum(axis=0)

    def value_columns(self, row: int) -> set[int]:
        """Columns that hold values below a row."""
        values, filled = self.below(row)
        return set(np.flatnonzero((values > 0) & (values * 2 >= filled)).tolist())

    def title_like(self, row: int) -> bool:
        """One cell, or one cell merged over most of the width: a title, a note, the name of a group."""
        if self.filled[row] != 1:
            return False
        area = self.area(row, int(np.flatnonzero(self.kinds[row])[0]))
        return area is None or area[1] == 0 or area[3] - area[1] + 1 >= self.width * 0.8

    def area(self, row: int, column: int) -> Range | None:
        """The merged range that starts at a cell and is wider than one column."""
        return next((m for m in self.merged if m[0] == row and m[1] == column and m[3] > m[1]), None)

    def heads_by_number(self, row: int) -> set[int]:
        """Columns whose number in this row is a name: a year over figures, or ages and ranks in a series."""
        columns = np.flatnonzero(self.kinds[row] >= PERIOD).tolist()
        if not columns or (not (self.kinds[row] == Kind.TEXT).any() and self.kinds[row, 0] != Kind.BLANK):
            return set()
        kinds = {int(self.kinds[row, c]) for c in columns}
        if kinds == {int(Kind.PERIOD)}:
            if self._named_above(row):  # 社区名称, 户数 over 甲社区, 2000: a figure like a year
                return set()
            wide = [r for r in range(row + 1, min(self.height, row + 12)) if self.filled[r] >= 2]
            below = self.kinds[np.ix_(wide, columns)]
            same = (below == Kind.PERIOD).sum(axis=0)
            held = (below != Kind.BLANK).sum(axis=0)
            return set(columns) if (same * 2 <= held).mean() >= 0.5 else set()
        numbers = [number_of(self.rows[row][c]) for c in columns]
        return set(columns) if len(columns) >= 3 and self._series(row, columns, numbers) else set()

    def _named_above(self, row: int) -> bool:
        """A row above has a name of its own for each cell of this row."""
        held = np.flatnonzero(self.kinds[row] != Kind.BLANK).tolist()
        texts = (r for r in range(row - 1, -1, -1) if (self.kinds[r, held] == Kind.TEXT).all())
        above = next((r for r in texts if not _phrases(self, r)), None)
        return above is not None and len(held) > 1 and len({plain(self.rows[above][c]) for c in held}) == len(held)

    def _series(self, row: int, columns: list[int], numbers: list[float | None]) -> bool:
        if any(n is None for n in numbers):
            return False
        steps = np.diff(np.array(numbers, float))
        if not len(steps) or steps[0] <= 0 or (steps != steps[0]).mean() > 0.1:
            return False
        wide = [r for r in range(row + 1, min(self.height, row + 6)) if self.filled[r] >= 2]
        for r in wide:  # figures that go on as a series mean that this row is one of many, not their head
            other = [number_of(self.rows[r][c]) for c in columns]
            if None not in other and (np.diff(np.array(other, float)) == steps[0]).all():
                return False
        return bool(wide)


def find_head(rows: Rows, merged: list[Range]) -> Head | None:
    """The head of the table that starts in ``rows``; None where there is nothing to read.

    Args:
        rows: the top of the table, every row of the same width, from its first column on.
        merged: merged ranges inside it, counted from its first row and column.
    """
    window = _Window(rows, merged)
    if not window.width or not window.filled.any():
        return None
    scores = _scores(window)
    best = max(scores.values(), default=0.0)
    if best < GOOD:
        return _headless(window)
    start = _start(window, {b for b, score in scores.items() if score >= best - 0.1})
    bottom = _lower(window, start)
    top = _upper(window, start)
    head = Head(
        titles=[r for r in range(top) if window.filled[r]],
        top=top,
        bottom=bottom,
        first=bottom + 1,
        names=_names(window, top, bottom),
        score=best,
        value_columns=window.value_columns(bottom),
    )
    _skip_index_and_units(window, head)
    return head


def _scores(window: _Window) -> dict[int, float]:
    """Row -> score, of the rows that may end the header.

    Below a row that could not score better, the first row of figures ends the search, as it does in ``_start``.
    """
    scores: dict[int, float] = {}
    for row in range(min(window.height, REACH)):
        if 1.0 in scores.values() and not _is_index(window, row) and _figures(window, row, window.value_columns(row)):
            break
        if _may_end_header(window, row):
            scores[row] = _score(window, row)
    return scores


def _figures(window: _Window, row: int, columns: set[int]) -> int:
    """Figures of a row in ``columns``, names that are numbers aside."""
    by_number = window.heads_by_number(row)
    return sum(1 for c in columns if window.kinds[row, c] >= Kind.PERIOD and c not in by_number)


def _headless(window: _Window) -> Head:
    first = next((r for r in range(window.height) if window.filled[r] >= min(2, window.width)), 0)
    return Head([r for r in range(first) if window.filled[r]], first, -1, first, [""] * window.width)


def _may_end_header(window: _Window, row: int) -> bool:
    if _is_index(window, row):
        return False
    if window.width == 1:
        return bool(window.kinds[row, 0] == Kind.TEXT) and row + 1 < window.height
    return bool(window.filled[row] >= 2)


def _score(window: _Window, row: int) -> float:
    """How well a row ends a header: 1 is text over every column, 2 to 1 in favour of columns of values."""
    values, held = window.below(row)
    if not held.any():
        # Nothing below: a bare header, if it is all text and there is no better row above.
        kinds = window.kinds[row]
        whole = (kinds == Kind.TEXT).sum() == window.filled[row] and window.filled[row] * 2 > window.width
        return 0.75 if whole and not _phrases(window, row) else 0.0
    kinds = _kinds_above(window, row)
    kinds[sorted(window.heads_by_number(row))] = TEXT
    weights = np.where((values > 0) & (values * 2 >= held), 2.0, 1.0)
    weights[(held == 0) & (window.kinds[row] == 0)] = 0
    got = weights[kinds == TEXT].sum() - weights[(kinds >= PERIOD) & (weights == 2)].sum()
    total = weights.sum()
    return float(got / total) - 0.3 * _phrases(window, row) if total else 0.0


def _phrases(window: _Window, row: int) -> float:
    """Share of the cells that are no names of columns: ``填报单位：…``, sentences, totals."""
    texts = [text for text in window.rows[row] if kind_of(text) == Kind.TEXT]
    odd = sum(1 for text in texts if len(plain(text)) > 40 or _states_something(text) or unit_line(text))
    first = next((c for c in range(window.width) if window.kinds[row, c] != Kind.BLANK), 0)
    return (odd + (is_total(window.rows[row][first]) and window.filled[row] > 2)) / max(1, len(texts))


def _states_something(text: str | None) -> bool:
    """``key: value``: a line of a preamble, no header."""
    body = plain(text)
    return ":" in body[1:-1] and not body.startswith("其中") and "(" not in body.split(":")[0]


def _kinds_above(window: _Window, row: int) -> npt.NDArray[np.int8]:
    """Kind of each cell of a row or, where it is blank, of the nearest cell of the header above it."""
    kinds: npt.NDArray[np.int8] = np.where(window.kinds[row] != 0, window.kinds[row], window.spread_kinds[row])
    for r in range(row - 1, max(-1, row - MOST_LEVELS), -1):
        if window.filled[r] == 0 or window.title_like(r):
            break
        kinds = np.where(kinds != 0, kinds, window.spread_kinds[r])
    return kinds


def _start(window: _Window, good: set[int]) -> int:
    """A row that is surely of the header: of the good ones above the first record the last with names of its own.

    Without columns of values any record reads like a header, so the first good row it is.
    """
    start = min(good)
    known = window.value_columns(start)
    if not known:
        return start
    for row in range(start + 1, max(good) + 1):
        if _is_index(window, row):
            continue
        values = window.value_columns(row)
        own = [int(window.spread_kinds[row, c]) for c in values]
        # Below the last figures of a table nothing tells its columns of values: those of the rows above still do.
        if _figures(window, row, values | known) or not own:
            break
        if row in good and sum(kind != Kind.BLANK for kind in own) * 2 >= len(own) and not window.title_like(row):
            start = row
    return start


def _lower(window: _Window, start: int) -> int:
    """The last row of the header that passes through ``start``."""
    bottom = start
    while bottom + 1 < window.height and bottom - start < MOST_LEVELS:
        row = bottom + 1
        # A cell merged downwards from a header row holds the rows it covers together.
        tied = any(m[0] <= start and m[2] >= row and m[2] - m[0] < MOST_LEVELS for m in window.merged)
        if not tied and not _continues(window, start, row):
            break
        bottom = row
    return bottom


def _continues(window: _Window, start: int, row: int) -> bool:
    """A further row of the header: text where values follow."""
    if not window.filled[row] or _is_index(window, row) or _is_units(window, row):
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


def _parts_headings(window: _Window, row: int) -> bool:
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
    said = any(plain(window.rows[r][c]) == plain(window.rows[row][c]) for c in np.flatnonzero(cells) for r in below)
    named = not cells[starts[0]] and row + 1 < window.height and window.kinds[row + 1, starts[0]] != Kind.BLANK
    return parted > 0 and named and not said


def _upper(window: _Window, start: int) -> int:
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


def _names_the_nameless(window: _Window, row: int, top: int, start: int) -> bool:
    """A row that names the columns which the header below leaves without a name; titles name no such columns."""
    held = window.below(start)[1]
    below = window.spread_kinds[top : start + 1]
    nameless = [c for c in range(window.width) if held[c] and not (below[:, c] != Kind.BLANK).any()]
    own = [c for c in nameless if window.kinds[row, c] == Kind.TEXT]
    between = range(row, top)
    if any(_states_something(text) or unit_line(text) for r in between for text in window.rows[r]):
        return False
    # One name alone may be a title; not so where a level of groups stands between it and the rest of the header.
    enough = len(own) > 1 or (len(between) > 1 and bool(own) and window.filled[row] > 1)
    return enough and len(own) * 2 > len(nameless) and not (window.kinds[row] == Kind.VALUE).any()


def _precedes(window: _Window, row: int, below: int) -> bool:
    texts = [text for text in window.rows[row] if text and text.strip()]
    if not texts or any(unit_line(t) or _states_something(t) or len(plain(t)) > 40 for t in texts):
        return False
    if any(window.kinds[row, c] == Kind.VALUE for c in range(window.width)):
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
    # One numbered text is a heading; a row of them numbers its columns.
    return len(texts) > 2 or not any(map(is_numbered, texts))


def _names(window: _Window, top: int, bottom: int) -> list[str]:
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


# --- rows between the header and the data

_STEMS = set("甲乙丙丁戊己庚辛壬癸") | {"栏次", "行次", "代码", "栏号", "列号", "-", "—", "——"}


def _is_index(window: _Window, row: int) -> bool:
    """A row that numbers the columns: 甲 乙 1 2 3."""
    # (4)=(3)/(2) numbers its column like (4) does.
    texts = [re.sub(r"[=:].*|[()\[\]<>①-⑳]", "", plain(text)) for text in window.rows[row]]
    held = [text for text in texts if text]
    if len(held) < 2 or len(held) * 2 < window.width:
        return False
    numbers = [int(text) for text in held if text.isdecimal() and len(text) < 4]
    stems = [text for text in held if text in _STEMS or (len(text) == 1 and text.isascii() and text.isalpha())]
    if len(numbers) + len(stems) != len(held):
        return False
    # Of panels side by side each is numbered anew.
    anew = numbers[0] if numbers and any(text in _STEMS for text in stems) else None
    runs = len(numbers) < 2 or all(b in (a + 1, anew) for a, b in pairwise(numbers))
    if not runs or (numbers and numbers[0] > 2):
        return False
    if any(text in _STEMS for text in stems) and (numbers or len(stems) > 2):
        return True
    values = window.value_columns(row)
    # Without 甲 and 乙: only where the columns of names are numbered too, which no record does.
    names = [c for c in range(window.width) if c not in values and texts[c]]
    return len(numbers) >= 3 and not stems and (bool(names) or len(numbers) >= 6) and numbers[0] == 1


def _is_units(window: _Window, row: int) -> bool:
    """A row that gives the units: (户) (人) (平方米)."""
    held = [text for text in window.rows[row] if plain(text)]
    units = [text for text in held if is_unit(text)]
    rest = [text for text in held if not is_unit(text)]
    return bool(units) and all(plain(t) in ("单位", "计量单位", "-", "—", "/") for t in rest)


def _skip_index_and_units(window: _Window, head: Head) -> None:
    """Move ``first`` past the index and unit rows below the header; take a unit row from its last level."""
    if head.bottom > head.top and _is_units(window, head.bottom):
        head.unit_row = head.bottom
        head.names = _names(window, head.top, head.bottom - 1)
    row = head.first
    while row < window.height and row <= head.bottom + 3:
        if head.index_row is None and _is_index(window, row):
            head.index_row = row
        elif head.unit_row is None and _is_units(window, row):
            head.unit_row = row
        elif window.filled[row] or row > head.bottom + 2:
            break
        row += 1
    if head.index_row is not None or head.unit_row is not None:
        marks = [r for r in (head.index_row, head.unit_row, head.bottom) if r is not None]
        head.first = max(marks) + 1
    if head.unit_row is not None:
        head.units = {c: t for c, t in enumerate(window.rows[head.unit_row]) if t is not None and is_unit(t)}
