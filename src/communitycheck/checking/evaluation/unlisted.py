"""For which values a table of the standard has no row or lays nothing down, or the sheet of another kind of subject has
none: each is named."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate, truth
from communitycheck.checking.evaluation.functions.tables import find_rows
from communitycheck.model.expression import Call, Name, Node, String, TableOf, show, walk
from communitycheck.model.expression.values import Num, Tru, Value
from communitycheck.model.result import Unlisted
from communitycheck.model.standard import Rule
from communitycheck.model.table import Ints

Lookup = tuple[TableOf, tuple[Node, ...]]


def lookups_of(rule: Rule) -> list[Lookup]:
    """The tables that a rule asks, with their keys."""
    found: list[Lookup] = []
    for node in (part for whole in rule.expressions for part in walk(whole)):
        match node:
            case Call("lookup", (TableOf() as table, *keys)):
                found.append((table, tuple(keys)))
            case _:
                pass
    return found


def unlisted(lookups: list[Lookup], context: RecordContext, places: Ints) -> dict[int, Unlisted]:
    """Of the records at ``places`` those with a key that is known and has no row, or nothing in it."""
    few = context.picked(places)
    found: dict[int, Unlisted] = {}
    for table, keys in lookups:
        values = [evaluate(key, few) for key in keys]
        rows = find_rows(table.table.rows, values, few.as_of)
        missed = np.broadcast_to(np.where(rows.void > 0, rows.void, rows.missed), len(few))
        for at, (key, value) in enumerate(zip(keys, values, strict=True), 1):
            here = np.flatnonzero(missed == at).astype(np.int32)
            texts = _texts(value, here, len(few))
            found |= {
                i: Unlisted(table.table.name, show(key), text)
                for i, text in zip(places[here].tolist(), texts, strict=True)
            }
    return found


def outside_lists(rule: Rule, context: RecordContext, missed: Ints) -> dict[int, Unlisted]:
    """Of the records at ``missed`` what they say that the sheet of another kind of subject does not list."""
    found: dict[int, Unlisted] = {}
    few = context.picked(missed)
    for node in () if rule.indicator is None else walk(rule.indicator):
        match node:
            case Call("exists_in", (Name(name), String(entity), *_)):
                no = np.broadcast_to(truth(node, few).no, len(few))
                here = np.flatnonzero(no).astype(np.int32)
                texts = _texts(few.field(name), here, len(few))
                found |= {i: Unlisted(entity, name, text) for i, text in zip(missed[here].tolist(), texts, strict=True)}
            case _:
                pass
    return found


def _texts(value: Value, places: Ints, n: int) -> list[str]:
    """What the key says at those places."""
    if isinstance(value, Num):
        low, high = (np.broadcast_to(end, n)[places].tolist() for end in (value.lo, value.hi))
        return [f"{x:.12g}" if x == y else f"{x:.12g}~{y:.12g}" for x, y in zip(low, high, strict=True)]
    assert not isinstance(value, Tru)
    return [value.names[code] for code in np.broadcast_to(value.codes, n)[places].tolist()]
