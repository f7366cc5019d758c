"""Which of the items that a rule lists the records of a group name: the communities that a county must have.

Every blank, every record of which nobody knows whether it counts, and every row that nobody could read may name one
more, so that a missing item is certain only where these are too few.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from communitycheck.checking.evaluation.alike import form_of
from communitycheck.checking.evaluation.items import items_named
from communitycheck.model.expression.values import Num, Txt, Value
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Bools, Floats, Ints

# For a text which of the wanted items it names for certain, and which it may name.
Named = Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]


class Members(Struct, frozen=True):
    """The records of the groups: which group each is in (-1: nobody knows), who counts and who may."""

    codes: Ints
    groups: int
    inside: Bools
    perhaps: Bools


class Listed(Struct, frozen=True):
    """What the groups name of the items.

    ``present`` are those named for certain, a row a group; ``number`` how many there are; ``open`` marks the records
    that may name one more.
    """

    wanted: tuple[str, ...]
    present: Bools
    number: Num
    open: Bools

    def missing(self, group: int) -> tuple[str, ...]:
        return tuple(item for item, there in zip(self.wanted, self.present[group], strict=True) if not there)


def one_by_one(wanted: tuple[str, ...], level: str) -> Named:
    """A text names the item that it is; names of places are held against each other as ``exists_in`` does."""
    items: dict[str, tuple[str, ...]] = {}
    for item in wanted:
        form = form_of(item, level)
        items[form] = (*items.get(form, ()), item)
    return lambda text: (items.get(form_of(text, level), ()),) * 2


def in_lists(wanted: tuple[str, ...]) -> Named:
    """A cell with a list names several."""
    return lambda text: items_named(text, wanted)


def listed(
    value: Value, wanted: tuple[str, ...], named: Named, members: Members, unread: Floats, most: int = 1
) -> Listed:
    """What the records of each group name.

    Args:
        unread: in how many rows of each group nobody knows what they say.
        most: how many items one cell can name.
    """
    n, groups = len(wanted), members.groups
    present, possible = np.zeros((groups, n), bool), np.zeros((groups, n), bool)
    counting = members.inside | members.perhaps
    open_ = counting.copy()
    if isinstance(value, Txt):
        codes = np.broadcast_to(value.codes, counting.shape)
        open_ &= codes < 0
        if value.na is not None:
            open_ &= value.na == 0
        place = {item: k for k, item in enumerate(wanted)}
        order = np.argsort(codes, kind="stable").astype(np.int32)
        begins = np.searchsorted(codes[order], np.arange(len(value.names) + 1))
        for text, name in enumerate(value.names):
            sure, maybe = named(name)
            if maybe:
                here = order[begins[text] : begins[text + 1]]
                here = here[counting[here]]
                _mark(present, here[members.inside[here]], sure, members, place, surely=True)
                _mark(possible, here, maybe, members, place, surely=False)
    placed = members.codes >= 0
    blanks = np.bincount(members.codes[open_ & placed], minlength=groups) + (open_ & ~placed).sum() + unread
    low = present.sum(axis=1).astype(np.float64)
    high = np.minimum((present | possible).sum(axis=1) + blanks * most, n).astype(np.float64)
    return Listed(wanted, present, Num(low, low if np.array_equal(low, high) else high), open_)


def _mark(
    marks: Bools, records: Ints, items: tuple[str, ...], members: Members, place: dict[str, int], *, surely: bool
) -> None:
    """Mark the items in the groups of the records; one that may lie anywhere may name them in every group."""
    groups = np.unique(members.codes[records])
    for item in items:
        marks[groups[groups >= 0], place[item]] = True
        if not surely and len(groups) and groups[0] < 0:
            marks[:, place[item]] = True


def rows_unread(sheets: list[Sheet], sheet_of: Ints, members: Members) -> Floats:
    """For each group how many rows nobody could read in the sheets that have records of it."""
    number = np.array([len(sheet.unread_rows) for sheet in sheets], np.float64)
    if not number.any():
        return np.zeros(members.groups)
    pairs = np.unique(np.stack([members.codes, sheet_of])[:, members.codes >= 0], axis=1)
    rows = np.bincount(pairs[0], weights=number[pairs[1]], minlength=members.groups)
    return rows.astype(np.float64, copy=False)


__all__ = ["Listed", "Members", "in_lists", "listed", "one_by_one", "rows_unread"]
