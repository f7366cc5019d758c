"""Which records say the same in some fields: what is not unique, and what another sheet lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from communitycheck.checking.repeated.keys import Keys, joined
from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt, Value
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.place_names import place_of
from communitycheck.model.table import Bools, Ints


def keys_of(values: Sequence[Value]) -> Keys:
    """A number for what each record says in all of them, equal where they say the same; -1 where one is not known."""
    parts = [_numbered(value) for value in values]
    keys = joined(parts)
    keys[np.any([part < 0 for part in parts], axis=0)] = -1
    return keys


def is_alone(values: Sequence[Value], heads: Ints | None) -> Tru:
    """Whether no other record says the same.

    Args:
        heads: for each record the one that stands for its subject; None where each is of its own.
    """
    keys = keys_of(values)
    shared = _shared(keys, np.arange(len(keys), dtype=np.int32) if heads is None else heads)
    known = keys >= 0
    na: v.Na = None
    for value in values:
        na = v.both_na(na, value.na)
    return Tru(known & ~shared, known & shared, na)


def sharing(keys: Keys, places: Ints) -> dict[int, list[int]]:
    """For each of ``places`` the others that say the same."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.searchsorted(ordered, keys[places], "left").tolist()
    last = np.searchsorted(ordered, keys[places], "right").tolist()
    return {
        place: [int(other) for other in order[a:b] if other != place]
        for place, a, b in zip(places.tolist(), first, last, strict=True)
    }


def is_listed(value: Value, names: Iterable[str], level: str) -> Tru:
    """Whether what a record says is one of ``names``; names of places in the form in which they are compared.

    Args:
        level: the kind of place that they name; empty where they are no names of places.
    """
    assert isinstance(value, Txt)
    listed = {form_of(name, level) for name in names}
    return truths.text_is(Txt(value.codes, [form_of(name, level) for name in value.names], value.na), listed)


def form_of(text: str, level: str) -> str:
    """A text in the form in which it is compared; ``level`` is the kind of place that it names, if it does."""
    return place_of(comparable(text), level) if level else comparable(text).casefold()


def _shared(keys: Keys, heads: Ints) -> Bools:
    """Where another record than those of the same subject has the key."""
    order = np.lexsort((heads, keys))
    same_key = keys[order][1:] == keys[order][:-1]
    other_head = heads[order][1:] != heads[order][:-1]
    run = np.concatenate([[0], np.cumsum(~same_key)])
    several = np.bincount(run[1:], weights=same_key & other_head, minlength=int(run[-1]) + 1) > 0
    found = np.zeros(len(keys), bool)
    found[order] = several[run]
    return found & (keys >= 0)


def _numbered(value: Value) -> Keys:
    match value:
        case Txt(codes, names):
            number = {form: i for i, form in enumerate(dict.fromkeys(form_of(name, "") for name in names))}
            return np.array([*(number[form_of(name, "")] for name in names), -1], np.int64)[codes]
        case Tru(yes, no):
            return np.where(yes, 1, np.where(no, 0, -1)).astype(np.int64)
        case Num(low, high):
            keys = np.full(low.shape, -1, np.int64)
            known = (low == high) & np.isfinite(low)
            keys[known] = np.unique(low[known], return_inverse=True)[1]
            return keys
