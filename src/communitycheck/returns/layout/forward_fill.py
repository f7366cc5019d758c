"""Names that are written once for a block of rows fill the blank cells below them.

No name reaches past the next name of a higher level: below a new city the county of the city before fills nothing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.places.place_names import any_of, endings
from communitycheck.patterns import pattern
from communitycheck.returns.layout.row_words import is_total, region_rank
from communitycheck.returns.layout.rows.body import GROUP, HEADER, MANY, PAGE, RECORD, TOTALS, Body, Flags, rows_of
from communitycheck.returns.text_columns import TextArray, bools, picked, whole

Ints = npt.NDArray[np.int64]


# Headers of regions. 盟 is as often a 联盟, 自治州 stands beside 市, and 苏木 beside 乡 and 镇.
_HEADS_REGIONS = any_of(
    endings(
        "province", "city", "county", "street", but=("自治州", "盟", "苏木"),
        also=("region", "province", "city", "county", "district", "street"),
    )
)  # fmt: skip
_REGIONS = pattern(rf"^(?!.*(?:码|编号)).*{_HEADS_REGIONS}", re.I)
_NUMBERED = pattern(r"码|编号|序号|code|no\.", re.I)
DITTOS = pa.array(["〃", "同上", "″", "〞", "＂", '"', "''", "々", "ditto", "Ditto", "do."])
# In bytes: a column whose texts are all longer holds none.
LONGEST_DITTO = pc.max(pc.binary_length(DITTOS)).as_py()
# So many names of a column are looked at to tell what it holds.
MOST_NAMES = 500
# Where more of a column is filled than this, its blank cells may as well be forgotten ones: a notice says so.
FULL = 0.6


def forward_fill(body: Body, records: Ints) -> tuple[dict[int, TextArray], dict[int, list[int]]]:
    """The names that fill blank cells, and which of them do so doubtfully.

    Within a merged cell its name fills every row; where the file does not say which cells are merged, a name fills the
    rows below it in a column of names in which each is written once, on the first row of its block (or on the middle
    one).

    Returns:
        Column of the grid -> for each record the name that fills its blank cell, null where none does; and column of
        the grid -> rows (from 0) of the cells that may as well be blank by mistake.
    """
    if not len(records):
        return {}, {}
    filled: dict[int, TextArray] = {}
    doubtful: dict[int, list[int]] = {}
    levels: list[NameLevel] = []
    complete: list[tuple[int, Ints]] = []  # higher levels, looked at only once a column below them has blanks
    # A name may stand on the subtotal of its block, and fills the rows from there.
    rows = np.flatnonzero((body.classes == RECORD) | (body.classes == TOTALS))
    is_record = np.isin(rows, records) if len(records) < len(rows) else np.ones(len(rows), bool)
    nowhere = np.full(len(rows), -1, np.int64)
    last = _last_name(body)
    few = len(rows) <= MANY
    for c in range(len(body.columns) if body.grid.merged or few else last + 1):
        held = rows_of(body.filled[:, c], rows)
        if not held.any():
            continue
        spans = [m for m in body.grid.merged if m[1] <= body.columns[c] <= m[3] and m[2] > m[0] and m[2] >= body.first]
        source = nowhere
        if spans:
            source = _in_merges(body.first + rows, held, spans)
        elif c > last:
            if not few:
                continue
        elif not held.all():
            levels += [_level(body, rows, *each) for each in complete]
            complete.clear()
            named = _without_total_words(body, rows, c, held, is_record)
            source = _within(levels, _in_blocks(body, rows, c, named, int(np.argmax(is_record))), body.first + rows)
            if named[is_record].mean() > FULL:
                doubtful[body.columns[c]] = [int(row) for row in body.first + rows[is_record & (source >= 0)]]
        if (c <= last or few) and c not in body.values:
            source = _under_dittos(body, rows, c, source)
        if c < last and c not in body.values:
            complete.append((c, source))
        if source is not nowhere and (source[is_record] >= 0).any():
            filled[body.columns[c]] = _names_at(body, c, source[is_record])
    return filled, {column: cells for column, cells in doubtful.items() if cells}


def _under_dittos(body: Body, rows: Ints, column: int, source: Ints) -> Ints:
    """A cell that says 同上 or 〃 has the name of the row above."""
    cells = body.grid.columns[body.columns[column]].slice(body.first, len(body.counts))
    if (pc.min(pc.binary_length(cells)).as_py() or 0) > LONGEST_DITTO:
        return source
    ditto = bools(pc.fill_null(pc.is_in(cells, value_set=DITTOS), False))[rows]
    if not ditto.any():
        return source
    named = np.where(ditto, 0, np.arange(len(rows)))
    above = np.maximum.accumulate(named)
    shown = np.where(source >= 0, source, body.first + rows)
    return np.where(ditto & ~ditto[above], shown[above], source)


def _without_total_words(body: Body, rows: Ints, column: int, held: Flags, is_record: Flags) -> Flags:
    """Which cells of a column hold a name: a word for a total in a row of totals is none."""
    named = held.copy()
    others = np.flatnonzero(held & ~is_record)
    named[others] = [not is_total(body.text(int(rows[i]), column)) for i in others]
    return named


def _within(levels: list[NameLevel], source: Ints, absolute: Ints) -> Ints:
    """No name fills a row that lies in another block of a higher level than the name does."""
    at = np.minimum(np.searchsorted(absolute, source), len(absolute) - 1)
    for level in levels:
        if level.named:
            source[(source >= 0) & (level.blocks[at] != level.blocks)] = -1
    return source


def _names_at(body: Body, column: int, rows: Ints) -> TextArray:
    """The texts of a column in some rows of the grid, null for row -1 (an Arrow array in one piece)."""
    return whole(body.grid.columns[body.columns[column]].take(pa.array(rows, mask=rows < 0)))


class NameLevel(NamedTuple):
    """A column of names left of others: the number of the block that each row lies in, from 0, and whether the columns
    to the right lie within these blocks (those of a column of codes or of kinds they do not)."""

    blocks: Ints
    named: bool


def _level(body: Body, rows: Ints, column: int, source: Ints) -> NameLevel:
    """The blocks of a column of names, once it is known what fills its blank cells.

    A block ends where another name stands; a blank cell that nothing fills is a name of its own, and a word for a
    total is none.
    """
    shown = pa.array(np.where(source >= 0, source, body.first + rows))
    encoded = whole(body.grid.columns[body.columns[column]].take(shown)).dictionary_encode()
    names: list[str] = encoded.dictionary.to_pylist()
    codes = pc.fill_null(encoded.indices, len(names)).to_numpy(zero_copy_only=False)
    total = np.array([is_total(name) for name in names[:MOST_NAMES]])
    last = np.arange(len(rows))
    last[np.isin(codes, np.flatnonzero(total)) & (body.classes[rows] == TOTALS)] = 0
    codes = codes[np.maximum.accumulate(last)]
    ranks = [region_rank(name) for name in names[:MOST_NAMES]]
    blocks: Ints = np.cumsum(np.r_[False, codes[1:] != codes[:-1]])
    named = bool(_REGIONS.search(body.names[column])) or sum(0 < rank < 5 for rank in ranks) * 2 > len(ranks)
    return NameLevel(blocks, named or bool((source[body.classes[rows] == RECORD] >= 0).any()))


def _last_name(body: Body) -> int:
    """The best filled column of names among those that lead the table; what is left of it may be written once."""
    records = np.flatnonzero(body.classes == RECORD)

    @cache
    def share(column: int) -> float:
        return int(np.count_nonzero(rows_of(body.filled[:, column], records))) / len(records)

    last = best = 0
    for c in range(len(body.columns)):
        if c in body.values:
            # Codes and serial numbers stand among the names.
            if share(c) >= 0.9 and body.names[c] and c > body.label and not _NUMBERED.search(body.names[c]):
                break
        elif share(c) > share(best) or best in body.values or (share(c) == share(best) and _varied(body, c, best)):
            last = best = c
    return last


def _varied(body: Body, column: int, other: int) -> bool:
    """The column names the records better than the other: its texts repeat less."""
    rows = body.first + np.flatnonzero(body.classes == RECORD)[:200]
    here, there = (len(set(body.grid.some(body.columns[c], rows))) for c in (column, other))
    return here > there


def _in_merges(absolute: Ints, held: Flags, spans: list[tuple[int, int, int, int]]) -> Ints:
    """For each row the row of the grid whose name fills it, within a merged cell; -1 where none does."""
    place = np.full(len(absolute), -1, np.int64)
    for r1, _, r2, _ in spans:
        lo, hi = np.searchsorted(absolute, [r1, r2 + 1])
        place[lo:hi] = np.where(held[lo:hi], -1, r1)
    return place


def _in_blocks(body: Body, rows: Ints, column: int, held: Flags, first: int) -> Ints:
    """The same where the file does not say which cells are merged: names that are written once for a block.

    ``first`` is the place of the first record in ``rows``; a total may stand before it.
    """
    n = len(rows)
    none = np.full(n, -1, np.int64)
    starts = np.flatnonzero(held)
    if not len(starts):
        return none
    cells = picked(body.grid.columns[body.columns[column]], body.first + rows[starts])
    texts: list[str] = cells.to_pylist()
    # A name that is repeated on each row, or a column with but few blanks: its blanks are blanks. Names of regions
    # above a community may well stand for one record alone, so that most of the column is filled.
    most = 0.9 if all(0 < region_rank(text) < 5 for text in dict.fromkeys(texts)) else 0.6
    # On a new page, and below a subtotal, a name may be written again.
    breaks = np.flatnonzero(np.isin(body.classes, (HEADER, PAGE, TOTALS)))
    parts = zip(texts, np.searchsorted(breaks, rows[starts]).tolist(), strict=True)
    if held.mean() > most or any(a == b for a, b in pairwise(parts)):
        return none
    if starts[0] <= first:
        of_row = np.searchsorted(starts, np.arange(n), side="right") - 1
    else:  # written on a row in the middle of its block: the blocks are then all of one height
        steps = np.diff(starts)
        if not len(steps) or (steps != steps[0]).any() or steps[0] <= starts[0]:
            return none
        of_row = np.minimum(np.arange(n) // steps[0], len(starts) - 1)
    # No name reaches past the name of a group.
    groups = np.searchsorted(np.flatnonzero(body.classes == GROUP), rows)
    source = starts[np.maximum(of_row, 0)]
    return np.where(held | (of_row < 0) | (groups[source] != groups), -1, body.first + rows[source])
