"""Tables that stand one under the other in a sheet: where one ends and the next begins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from communitycheck.returns.grid import Grid, Range
from communitycheck.returns.layout.cell_kinds import Kind, kind_of, plain
from communitycheck.returns.layout.head.head import Head, find_head
from communitycheck.returns.layout.head.window import states_something
from communitycheck.returns.layout.row_words import is_note, region_rank, unit_line
from communitycheck.returns.layout.rows.body import in_rows

Flags = npt.NDArray[np.bool_]
# A header is looked for in so many rows; a further table below is tried at so many places.
WINDOW = 130
PLACES = 300
# So many records of the table above show what its names are like.
NEAR = 8


def head_at(grid: Grid, filled: Flags, start: int, end: int) -> tuple[Head | None, list[int]]:
    """Head of the table in rows ``start`` to ``end``, and the columns it may use."""
    used = np.flatnonzero(filled[start : end + 1].any(axis=0))
    if not len(used):
        return None, []
    low, high = int(used[0]), int(used[-1])
    last = min(end, start + WINDOW - 1)
    rows = [row[low : high + 1] for row in grid.rows(start, last)]
    return find_head(rows, shifted(grid.merged, start, low, last, high)), list(range(low, high + 1))


def shifted(merged: list[Range], row: int, column: int, last: int, high: int) -> list[Range]:
    return [
        (r1 - row, c1 - column, r2 - row, min(c2, high) - column)
        for r1, c1, r2, c2 in merged
        if row <= r1 <= last and column <= c1 <= high
    ]


def end_of_table_above(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int) -> int | None:
    """Where a smaller table stands above the best header, among what would else be its titles: the row after it."""
    rows = [start + row for row in head.titles]
    wide = [at for at in rows if sum(kind_of(grid.cell(at, c)) != Kind.BLANK for c in columns) > 1]
    figures = [at for at in wide if any(kind_of(grid.cell(at, c)) is Kind.VALUE for c in columns)]
    if not figures:
        return None if head.value_columns else _end_of_blank_above(grid, filled, head, columns, start, wide)
    last = figures[-1]
    other, _ = head_at(grid, filled, start, last)
    if other is None or other.bottom < 0 or not other.value_columns:
        return None
    names, known = ({plain(name) for name in one.names if name} for one in (other, head))
    again = len(names) > 2 and names == known  # the same columns, in another order below
    if not again and len(figures) < 2 and all(filled[at].any() for at in range(last + 1, start + head.top)):
        return None
    # Lines of a preamble (单位 | 某局 | 日期 | 2020年) have no header of their own above them; those of two cells
    # (户数 | 1200) may look like one, but neither stand below names of the columns that follow nor begin with names
    # like those of their records.
    if len(names) < 2 or start + other.bottom >= figures[0]:
        return None
    if len(names) < 3 and not (
        names <= known or any(_begins_like_a_record(grid, head, columns, start, at) for at in figures)
    ):
        return None
    top = start + head.top
    return next((at for at in range(last + 1, top) if not filled[at].any()), last + 1)


def _begins_like_a_record(grid: Grid, head: Head, columns: list[int], start: int, row: int) -> bool:
    """The first cell of a row is a name of the same kind as one that begins a record below."""
    first = start + head.first
    rank = _first_rank(grid, columns, row)
    return rank > 0 and any(_first_rank(grid, columns, at) == rank for at in range(first, first + NEAR))


def _first_rank(grid: Grid, columns: list[int], row: int) -> int:
    """Of the first name of a place among the cells of a row; 0 where there is none."""
    if row >= grid.n_rows:
        return 0
    ranks = (region_rank(grid.cell(row, c)) for c in columns if kind_of(grid.cell(row, c)) is Kind.TEXT)
    return next((rank for rank in ranks if rank > 0), 0)


def next_table(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, end: int) -> int:
    """First row of the next table below, or the row after ``end``."""
    first = start + head.first + 1
    if first > end:
        return end + 1
    counts = in_rows(filled[first : end + 1])
    if counts.min(initial=2) > 1 and filled[first - 1].any():
        return end + 1
    before = np.concatenate([in_rows(filled[first - 1 : first]), counts[:-1]])
    places = np.flatnonzero((counts > 0) & ((before == 0) | (counts == 1)))
    if len(places) > PLACES:
        return end + 1
    known = {plain(name) for name in head.names if name}
    header = [_plain_row(grid, start + row) for row in head.rows]
    for place in places:
        at = first + int(place)
        if before[place] and at < end and not filled[at + 1].any():  # a last row, with a blank one below
            continue
        if _plain_row(grid, at) in header:  # a header of several rows, repeated on the next page
            continue
        other, there = head_at(grid, filled, at, min(end, at + 40))
        if other is None or other.bottom < 0 or other.bottom > 8 or other.score < 0.75:
            continue
        names = {plain(name) for name in other.names if name}
        # What stands between may be titles of the other table, and no records of this one.
        if any(_is_record(grid, head, columns, start, at + row) for row in other.titles):
            continue
        if all(_plain_row(grid, at + row) in header for row in other.rows):
            continue
        if _is_blank_below_blank(grid, filled[start + head.first : at], head, at, other, there, end):
            return at
        if len(names) < 2 or not (
            _kind_changes(grid, head, columns, start, at + other.bottom, there, other)
            or (other.titles and _shares_a_name(grid, head, columns, at + other.bottom))
            or (not before[place] and _words_for_figures(grid, head, columns, start, at + other.bottom))
        ):
            continue
        if len(names & known) < 0.6 * max(len(names), len(known)):
            return at
    return end + 1


def _plain_row(grid: Grid, row: int) -> list[str]:
    """The texts of a row without white space."""
    return [plain(text) for text in grid.row(row)]


def _is_record(grid: Grid, head: Head, columns: list[int], start: int, row: int) -> bool:
    """A record of the table with this head, not a title: two cells or more, with a value in a column of values or a
    name like those of its first records in the same column."""
    cells = [grid.cell(row, c) for c in columns]
    kinds = [kind_of(text) for text in cells]
    if sum(kind != Kind.BLANK for kind in kinds) < 2:
        return False
    if any(kinds[c] == Kind.VALUE for c in head.value_columns):
        return True
    ranks = [region_rank(text) for text in cells]
    first = start + head.first
    records = [[region_rank(cells[c]) for c in columns] for cells in grid.rows(first, min(first + NEAR, row - 1))]
    return any(0 < a == b for record in records for a, b in zip(record, ranks, strict=True))


def _words_for_figures(grid: Grid, head: Head, columns: list[int], start: int, row: int) -> bool:
    """Below a blank row: a header and a row at least that say words where the table above has figures: 联系人, 电话.

    Records that are still to be reported say the same in each row, or have names like those above.
    """
    if _is_record(grid, head, columns, start, row):
        return False
    above = [[kind_of(text) for text in cells] for cells in grid.rows(start + head.first, row - 1)[:NEAR]]
    figures = [c for c in columns if any(kinds[c] == Kind.VALUE for kinds in above)]
    rows = [[plain(grid.cell(r, c)) for c in figures] for r in range(row, row + 3)]
    rows = [texts for texts in rows if any(texts)]
    words = all(kind_of(text) == Kind.TEXT for texts in rows for text in texts if text)
    again = any(text and text == other for texts in rows[1:] for text, other in zip(rows[0], texts, strict=True))
    return len(rows) > 1 and words and not again


def _end_of_blank_above(
    grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, wide: list[int]
) -> int | None:
    """Where a header that nobody has filled in stands above another such header: the blank row after it."""
    names = {plain(name) for name in head.names if name}
    for at in wide:
        below = range(at + 1, start + head.top)
        if not below or filled[at + 1].any() or not _names_columns(grid, columns, at):
            continue
        if any(filled[row].any() for row in below) or names & set(_plain_row(grid, at)):
            return at + 1
    return None


def _is_blank_below_blank(
    grid: Grid, between: Flags, head: Head, at: int, other: Head, there: list[int], end: int
) -> bool:
    """Below a header without a record, and a blank row or a title: another header without one.

    Args:
        between: the cells below the header and above row ``at``, where the other begins.
    """
    row = at + other.bottom
    names, known = ({plain(name) for name in one.names if name} for one in (other, head))
    if between.any() or names == known or not _names_columns(grid, there, row):
        return False
    below = [text for text in _plain_row(grid, row + 1) if text] if row < end else []
    if below and not all(map(is_note, below)):
        return False
    return bool(other.titles or names & known)


def _names_columns(grid: Grid, columns: list[int], row: int) -> bool:
    """Different words, and none of them the name of a place: a header, where no figure stands below to tell."""
    texts = [text for c in columns if (text := plain(grid.cell(row, c)))]
    words = all(kind_of(text) == Kind.TEXT for text in texts)
    others = any(region_rank(text) or states_something(text) or unit_line(text) or is_note(text) for text in texts)
    return words and not others and len(set(texts)) == len(texts) > 1


def _shares_a_name(grid: Grid, head: Head, columns: list[int], row: int) -> bool:
    """A row below that repeats the name of a column in that column: a header, also over nothing but text."""
    return any(name and plain(grid.cell(row, c)) == plain(name) for c, name in zip(columns, head.names, strict=True))


def _kind_changes(
    grid: Grid, head: Head, columns: list[int], start: int, row: int, there: list[int], other: Head
) -> bool:
    """The other header stands over values of its own, and is no record of the table above."""
    if not other.value_columns:
        return False
    values_above = [columns[c] for c in head.value_columns]
    texts = [grid.cell(row, there[c]) for c in other.value_columns]
    if not any(kind_of(text) == Kind.TEXT for text in texts) and _is_record(grid, head, columns, start, row):
        return False  # 和平社区 | 1900: a figure like a year
    names = sum(1 for text in texts if kind_of(text) in (Kind.TEXT, Kind.PERIOD))
    over = [grid.cell(row, c) for c in values_above]
    breaks = any(kind_of(text) in (Kind.TEXT, Kind.PERIOD) for text in over) or not any(over)
    return names * 2 > len(texts) and breaks
