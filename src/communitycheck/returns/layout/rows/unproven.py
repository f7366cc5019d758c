"""Rows that only a word calls totals: what they state, and what in them only a single subject has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import DASHES, number_of, plain
from communitycheck.returns.layout.row_words import is_total, region_rank, total_word
from communitycheck.returns.layout.rows.body import (
    CODES,
    KINDS,
    MANY,
    RATIO,
    RECORD,
    TOTALS,
    Body,
    Ints,
    figures,
    names_of,
)
from communitycheck.returns.layout.rows.claims import says_sum

_ADDRESSES = pattern(r"地址|住址|坐落|座落|位置|^address", re.I)
# One false figure may be a slip of the pen in a total; two, and not one that is right, make it no sum.
_SLIPS = 1


class WordTotal(NamedTuple):
    """A row that a word calls a total. ``row`` counts from 1 and ``columns`` from 0 in the grid; ``columns`` are those
    whose figures may add up; ``personal``: it has a kind, a number or an address, as its records do."""

    row: int
    columns: frozenset[int]
    personal: bool

    def is_refuted(self, false: set[int]) -> bool:
        """None of its figures is the sum of its records, where those of the columns ``false`` are not."""
        wrong = len(self.columns & false)
        return wrong == len(self.columns) and wrong > (0 if self.personal else _SLIPS)


def word_totals(body: Body) -> list[WordTotal]:
    """The rows of a body whose word alone says that they are totals; totals of a kind that add up are left out."""
    rows = np.flatnonzero(body.classes == TOTALS)
    records = np.flatnonzero(body.classes == RECORD)
    if not len(rows) or not len(records):
        return []
    added = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    apart = {*body.unmarked, *body.whole}
    usual = names_of(body).rank
    found = []
    for row in rows.tolist():
        texts = tuple(plain(body.text(row, c)) for c in range(body.naming + 1))
        if row in apart or not says_sum(texts) or _names_a_place(texts[-1], usual):
            continue
        stated = {c for c in added if number_of(body.text(row, c)) is not None}
        marks = list(_marks(body, row, records))
        if not any(_adds_up(body, row, records, stated, c) for c in marks if c >= 0):
            columns = frozenset(body.columns[c] for c in stated)
            found.append(WordTotal(body.first + row + 1, columns, bool(marks)))
    return found


def _names_a_place(text: str, usual: int) -> bool:
    """小计 | 东街道, 东街道合计: a place larger than those of the records, so no word alone."""
    return 0 < region_rank(text[: -len(total_word(text) or "")] or text) < usual


def _marks(body: Body, row: int, records: Ints) -> Iterator[int]:
    """Columns of kinds in which the row says what a record says; -1 for a number or an address of its own."""
    for c, name in enumerate(body.names):
        text = plain(body.text(row, c))
        if not text or text in DASHES or is_total(text):
            continue
        if CODES.search(name) or _ADDRESSES.search(name):
            yield -1
        elif (
            KINDS.search(name)
            and number_of(text) is None
            and len(records) <= MANY
            and text in set(map(plain, body.grid.some(body.columns[c], body.first + records)))
        ):
            yield c


def _adds_up(body: Body, row: int, records: Ints, stated: set[int], kinds: int) -> bool:
    """The row is the sum of the records of its kind: 合计 | 城市社区."""
    kind = plain(body.text(row, kinds))
    same = records[[plain(t) == kind for t in body.grid.some(body.columns[kinds], body.first + records)]]
    if len(same) < 2:
        return False
    for c in stated:
        column = body.grid.columns[body.columns[c]]
        if abs(np.nansum(figures(column, body.first + same)) - (number_of(body.text(row, c)) or 0.0)) <= 1e-6:
            return True
    return False
