"""How many different values a group's records have."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from communitycheck.checking.groups.quotients import Terms
from communitycheck.checking.groups.so_far import RowColumns
from communitycheck.model.expression.values import Num, Tru, Txt, Value
from communitycheck.model.table import Bools, Floats, Ints


def as_numbers(value: Value, numbers: Callable[[list[str]], Floats] | None = None) -> Num:
    """A number for each different value; NaN where it is blank.

    Args:
        numbers: those of texts, where the same text has to have the same number later.
    """
    match value:
        case Num():
            return value
        case Tru(yes, no, na):
            found = np.where(yes, 1.0, np.where(no, 0.0, np.nan))
            return Num(found, found, na)
        case Txt(codes, names, na):
            joint = {name: float(i) for i, name in enumerate(dict.fromkeys(names))}
            each = [joint[name] for name in names] if numbers is None else numbers(names)
            found = np.array([*each, np.nan])[codes]
            return Num(found, found, na)


def exact(x: Terms) -> Bools:
    """Records of which the value is known, and not only within bounds."""
    found: Bools = ~x.blank & (x.low == x.high)
    return found


def how_many(x: Terms, codes: Ints, groups: int) -> tuple[Floats, Floats]:
    """The least and the most that there may be: a blank may hold one of the known values or another."""
    known, home = exact(x), codes >= 0
    inside, perhaps = x.inside & home, (x.inside | x.doubtful) & home
    some = np.bincount(codes[inside], minlength=groups) > 0
    least = _different(x.low[inside & known], codes[inside & known], groups)
    most = _different(x.low[perhaps & known], codes[perhaps & known], groups)
    return np.maximum(least, some), most + np.bincount(codes[perhaps & ~known], minlength=groups)


def one_of_each(records: RowColumns) -> RowColumns:
    """The records without those that say what another of their group says that counts as surely."""
    codes, low, high, blank, inside, _ = records
    known = ~blank & (low == high)
    order = np.lexsort((low, inside, codes))
    order = order[known[order]]
    new = np.ones(len(order), bool)
    for one in (codes, inside, low):
        new[1:] &= one[order][1:] == one[order][:-1]
    new[1:] = ~new[1:]
    kept = ~known
    kept[order[new]] = True
    return tuple(column[kept] for column in records)


def _different(values: Floats, codes: Ints, groups: int) -> Floats:
    order = np.lexsort((values, codes))
    values, codes = values[order], codes[order]
    new = np.ones(len(values), bool)
    new[1:] = (values[1:] != values[:-1]) | (codes[1:] != codes[:-1])
    return np.bincount(codes[new], minlength=groups).astype(np.float64)
