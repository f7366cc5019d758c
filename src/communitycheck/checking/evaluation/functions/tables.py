"""``lookup``: the number of a table's row. A bound that spans rows lies between the least and the most of theirs."""

from __future__ import annotations

from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.model.expression import values as v
from communitycheck.model.expression.lookup_table import ByNumber, ByText, Entry, in_force
from communitycheck.model.expression.values import Num, Txt, Value
from communitycheck.model.table import Ints


class Found(Struct):
    """What the rows give for each record: numbers, at which key (from 1) a known key has no row, 0 where it has, and at
    which one the table lays nothing down for it (``void``)."""

    low: v.Array
    high: v.Array
    missed: v.Array
    void: v.Array


def look_up(rows: Entry, keys: list[Value], day: date) -> Num:
    found = find_rows(rows, keys, day)
    na: v.Na = None
    for key in keys:
        na = v.both_na(na, key.na)
    if found.void.any():
        na = v.both_na(na, np.where(found.void > 0, np.uint8(v.NOT_LAID_DOWN), np.uint8(0)))
    exact = all(not isinstance(key, Num) or key.exact for key in keys)
    return Num(found.low, found.low if exact else found.high, na)


def find_rows(entry: Entry, keys: list[Value], day: date, level: int = 1) -> Found:
    match entry:
        case ByText(rows):
            key = keys[0]
            text = v.nothing_of(Txt, key) if isinstance(key, Num) else key
            assert isinstance(text, Txt)
            number = {name: i for i, (name, _) in enumerate(rows)}
            places = np.array([*(number.get(name, -1) for name in text.names), -2], np.int32)[text.codes]
            parts = [find_rows(one, keys[1:], day, level + 1) for _, one in rows]
            return _taken(parts, places, places, level)
        case ByNumber(edges, entries):
            key = keys[0]
            assert isinstance(key, Num)
            low = _place(key.lo, edges)
            high = low if key.exact else _place(key.hi, edges)
            return _taken([find_rows(one, keys[1:], day, level + 1) for one in entries], low, high, level)
        case None:
            nothing = np.asarray(np.nan)
            return Found(nothing, nothing, np.asarray(level - 1), np.asarray(0))
        case ():
            nothing = np.asarray(np.nan)
            return Found(nothing, nothing, np.asarray(0), np.asarray(level - 1))
        case _:
            value = in_force(entry, day)
            number_ = np.asarray(np.nan if value is None else value, np.float64)
            return Found(number_, number_, np.asarray(0), np.asarray(0))


def _place(numbers: v.Array, edges: tuple[tuple[float, bool], ...]) -> Ints:
    """In which of the ranges each number lies; -2 where it is not known. An end within the tolerance counts as met."""
    place = np.zeros(np.shape(numbers), np.int32)
    with v.unknown_numbers():
        for edge, belongs in edges:
            room = abs(edge) * v.RELATIVE + v.ABSOLUTE
            place += numbers > edge + room if belongs else numbers >= edge - room
    return np.where(np.isnan(numbers), np.int32(-2), place)


def _taken(parts: list[Found], first: Ints, last: Ints, level: int) -> Found:
    """What the parts from ``first`` to ``last`` give together; -1 is a key without a row, -2 one that is not known."""
    if first is last and all(part.low.ndim == 0 for part in parts):  # one number a row: each record takes its own
        ends = [np.array([*row, _agreed(row), np.nan]) for row in ([p.low for p in parts], [p.high for p in parts])]
        none = np.array([*(part.missed for part in parts), 0, level], np.int8)
        void_ = np.array([*(part.void for part in parts), 0, 0], np.int8)
        return Found(ends[0][first], ends[1][first], none[first], void_[first])
    shape = np.broadcast_shapes(first.shape, *(part.low.shape for part in parts))
    low, high, missed = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.int8)
    begun, void = np.zeros(shape, bool), np.zeros(shape, np.int8)
    for i, part in enumerate(parts):
        here = np.broadcast_to((first <= i) & (i <= last), shape)
        if not here.any():
            continue
        fresh, more = here & ~begun, here & begun
        low, high = np.where(fresh, part.low, low), np.where(fresh, part.high, high)
        low, high = np.where(more, np.minimum(low, part.low), low), np.where(more, np.maximum(high, part.high), high)
        missed = np.where(here & (part.missed > 0), part.missed, missed)
        void = np.where(fresh, part.void, np.where(more, np.minimum(void, part.void), void))
        begun |= here
    unknown = np.broadcast_to(first == -2, shape)
    if unknown.any():
        least, most = (_agreed([np.broadcast_to(getattr(p, end), shape) for p in parts]) for end in ("low", "high"))
        agreed = ~np.isnan(least) & ~np.isnan(most)
        low = np.where(unknown, np.where(agreed, least, np.nan), low)
        high = np.where(unknown, np.where(agreed, most, np.nan), high)
    return Found(low, high, np.where(first == -1, level, missed), void)


def _agreed(rows: list[v.Array]) -> v.Array:
    """What all rows say, so that it holds whatever the key is; unknown where they differ."""
    found = np.asarray(rows, np.float64)
    return np.where((found == found[0]).all(axis=0), found[0], np.nan)
