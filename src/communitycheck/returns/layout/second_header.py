"""A second header below a table's records: what follows it is another table, read by its own header."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import Kind, kind_of, plain, printed, without_brackets
from communitycheck.returns.layout.head.head import Head
from communitycheck.returns.layout.head.same_header import is_same_header
from communitycheck.returns.layout.row_words import is_page, region_rank, unit_line
from communitycheck.returns.layout.rows.body import MANY
from communitycheck.returns.text_columns import bools

Flags = npt.NDArray[np.bool_]
# So many lines that stand above a second header and belong to it: its title, its line of units.
_LINES_ABOVE = 3
_LONG = 40
# So many names that have changed places make a header, whatever stands below it.
_LEAST = 3


def second_header(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, end: int) -> int | None:
    """The row of the first header below the records that is not the header above once more.

    A header below another line of units is another header, whatever it says: its figures are of that unit. So is one
    below the title of another place: its records are of that place.
    """
    if head.bottom < 0:
        return None
    first = start + head.first
    marks = [r for r in (*head.rows, head.index_row, head.unit_row) if r is not None]
    above = [[printed(grid.cell(start + r, c)) for c in columns] for r in marks]
    words = _Words([[grid.cell(start + r, c) or "" for c in columns] for r in head.rows], head)
    stated = _units_of(grid, columns, [start + r for r in (*head.titles, *marks)])
    titles = [start + r for r in head.titles]
    for row in _suspects(grid, filled, columns, first, end, words):
        texts = [printed(grid.cell(row, c)) for c in columns]
        if any(is_same_header(texts, level) for level in above):
            lines = _lines_above(grid, filled, columns, first, row) if is_same_header(texts, above[0]) else []
            if not _units_of(grid, columns, lines) <= stated or _is_of_another_place(grid, columns, lines, titles):
                return row
        elif words.moved(texts) or words.are_names(texts, above=row < end and _is_level(grid, columns, row + 1, above)):
            return row
    return None


def begin_of(grid: Grid, filled: Flags, head: Head, columns: list[int], start: int, row: int) -> int:
    """Where the table of a second header begins: with its levels that are as above, and the lines that are its own."""
    first = start + head.first
    above = [[printed(grid.cell(start + r, c)) for c in columns] for r in head.rows]
    while row - 1 > first and _is_level(grid, columns, row - 1, above):
        row -= 1
    return min((row, *_lines_above(grid, filled, columns, first, row)))


def _is_level(grid: Grid, columns: list[int], row: int, above: list[list[str]]) -> bool:
    texts = [printed(grid.cell(row, c)) for c in columns]
    return any(is_same_header(texts, level) for level in above)


class _Words:
    """What a header says in each column, and what of it another row says."""

    def __init__(self, levels: list[list[str]], head: Head) -> None:
        self.values = sorted(head.value_columns)
        self.own = [_bare(name.rsplit("/", 1)[-1]) for name in head.names]
        self.raw = [{level[c] for level in levels} - {""} for c in range(len(head.names))]
        self.known = {_bare(text) for level in levels for text in level if text} | {name for name in self.own if name}

    def moved(self, texts: list[str]) -> bool:
        """The texts are names of the header, one in four perhaps another one, and some stand over other columns: the
        same columns in another order."""
        held = {c: _bare(text) for c, text in enumerate(texts) if text}
        own = set(self.own) - {""}
        known = {c: text for c, text in held.items() if text in own}
        if len(known) < min(_LEAST, max(2, len(own))) or len(known) * 4 < len(held) * 3:
            return False
        if len(set(held.values())) < len(held) or any(kind_of(texts[c]) is not Kind.TEXT for c in held.keys() - known):
            return False
        return any(text != self.own[c] for c, text in known.items())

    def are_names(self, texts: list[str], *, above: bool) -> bool:
        """The texts name columns: no figure among them, and they say what the header says, if in another place.

        Args:
            above: a row of the header as it was stands right below, so that this may be an upper level of it.
        """
        held = {c: _bare(text) for c, text in enumerate(texts) if text}
        if not self.values or len(held) < 2 or any(kind_of(texts[c]) is Kind.VALUE for c in held):
            return False
        lead = min(held)
        over = sum(c in held for c in self.values) * 5 >= len(self.values) * 3
        known = sum(text in self.known for c, text in held.items() if c != lead)
        # No subject is called 社区名称; the upper level of a header names few of its columns.
        named = lead not in self.values and held[lead] == self.own[lead]
        if named and (over or above or known * 2 >= len(held) - 1):
            return True
        if not over:
            return False
        if sum(text == self.own[c] for c, text in held.items()) * 2 >= len(held):
            return True
        if len(set(held.values())) * 2 <= len(held):  # names of columns differ; 未上报 stands in several
            return False
        same = sum(text in self.known for text in held.values())
        alike = sum(self._is_like_a_name(c, text) for c, text in held.items())
        return same * 2 >= len(held) or alike * 3 >= len(held) * 2

    def _is_like_a_name(self, column: int, text: str) -> bool:
        if text in self.known:
            return True
        names = [name for name in self.known if len(name) > 1]
        return len(text) > 1 and any(text in name or (column in self.values and name in text) for name in names)


def _suspects(grid: Grid, filled: Flags, columns: list[int], first: int, end: int, words: _Words) -> list[int]:
    """Rows that may be headers; of a long table those alone that say in some column what its header says there."""
    count = end + 1 - first
    if count <= 0:
        return []
    if count <= MANY:
        held = filled[first : end + 1][:, columns]
        rows = np.flatnonzero(held.sum(axis=1) > 1)
        over = [c for c in words.values if held[:, c].any()]
        texts = {c: grid.some(columns[c], first + rows) for c in over[:2]}
        some = [i for i in range(len(rows)) if all(kind_of(cells[i]) is not Kind.VALUE for cells in texts.values())]
        return [first + int(rows[i]) for i in some]
    found = np.zeros(count, bool)
    for c, name in enumerate(words.own):
        if name and c not in words.values:
            cells = grid.columns[columns[c]].slice(first, count)
            for form in {name, *words.raw[c]}:  # a few: each is sought faster than all together
                found |= bools(pc.equal(cells, form))
    # Where the columns have changed places, another name stands in one of the first.
    wanted = pa.array(list({name for name in words.own if name} | {form for forms in words.raw for form in forms}))
    for column in columns[:2]:
        found |= bools(pc.is_in(grid.columns[column].slice(first, count), value_set=wanted))
    return [first + int(row) for row in np.flatnonzero(found)]


def _lines_above(grid: Grid, filled: Flags, columns: list[int], first: int, row: int) -> list[int]:
    """Rows right above a header, blank rows between, that say what it heads: its title, its place, its line of units.

    Each is one cell, or the same line over each of several blocks (续表1, 续表4).
    """
    found: list[int] = []
    for at in range(row - 1, max(first, row - 2 * _LINES_ABOVE) - 1, -1):
        texts = [grid.cell(at, c) for c in columns if filled[at, c]]
        if not texts:
            continue
        if len(found) == _LINES_ABOVE or not (all(map(_heads_a_page, texts)) or _is_a_title(grid, filled, columns, at)):
            break
        found.append(at)
    return found


def _heads_a_page(text: str | None) -> bool:
    return bool(unit_line(text) or is_page(text))


def _is_a_title(grid: Grid, filled: Flags, columns: list[int], row: int) -> bool:
    """The row is one cell: a place above the lowest, the title of one, or words with nothing above them."""
    texts = [grid.cell(row, c) or "" for c in columns if filled[row, c]]
    if len(texts) > 1:
        return False
    apart = not filled[row - 1, columns].any()
    of_a_place = 0 < region_rank(texts[0]) < 5 or bool(_places_of(grid, columns, [row]))
    return of_a_place or (apart and kind_of(texts[0]) is Kind.TEXT)


def _units_of(grid: Grid, columns: list[int], rows: list[int]) -> set[str]:
    """The lines of units in some rows."""
    texts = [grid.cell(row, c) for row in rows for c in columns]
    return {plain(unit) for text in texts if text and len(text) <= _LONG * 3 and (unit := unit_line(text))}


def _is_of_another_place(grid: Grid, columns: list[int], lines: list[int], titles: list[int]) -> bool:
    """The lines above a header begin with a place that those titles do not begin with."""
    return bool(lines) and bool(_places_of(grid, columns, lines) - _places_of(grid, columns, titles))


def _places_of(grid: Grid, columns: list[int], rows: list[int]) -> set[str]:
    """The places that titles in some rows begin with."""
    from communitycheck.returns.layout.titles_above import titled_places  # which few returns need

    return titled_places(text for row in rows for c in columns if (text := grid.cell(row, c)))


def _bare(text: str) -> str:
    """The name of a column without the unit in brackets behind it."""
    return without_brackets(plain(text))
