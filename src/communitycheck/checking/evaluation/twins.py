"""Which other records say the same where a rule asks that none does: each is named with its cell."""

from __future__ import annotations

import numpy as np

from communitycheck.checking.evaluation.alike import keys_of, sharing
from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.model.expression import Call, names_in, walk
from communitycheck.model.result import Twin, Twins
from communitycheck.model.standard import Rule
from communitycheck.model.subjects import Records, SubjectCells
from communitycheck.model.table import Ints

NAMED = 3


def uniques_of(rule: Rule) -> list[tuple[str, ...]]:
    """The fields in which a rule asks for no other record that says the same."""
    node = rule.indicator
    calls = [] if node is None else [n for n in walk(node) if isinstance(n, Call) and n.function == "is_unique"]
    return list(dict.fromkeys(names_in(call) for call in calls))


def twins(fields: list[tuple[str, ...]], context: RecordContext, records: Records, missed: Ints) -> dict[int, Twins]:
    """For each of the records at ``missed`` the others that say the same."""
    found: dict[int, Twins] = {}
    for names in fields:
        keys = keys_of([context.field(name) for name in names])
        known = missed[keys[missed] >= 0]
        others = {place: those for place, those in sharing(keys, known).items() if those}
        named = np.unique([k for those in others.values() for k in those[: NAMED + 1]]).astype(np.int32)
        seen = dict(zip(named.tolist(), records.with_cells(named, names), strict=True))
        mine = dict(zip(others, records.with_cells(np.fromiter(others, np.int32), ()), strict=True))
        for place, those in others.items():
            listed = tuple(_twin(seen[k], mine[place]) for k in those[:NAMED])
            found.setdefault(place, Twins(listed, len(those) - len(listed)))
    return found


def _twin(other: SubjectCells, mine: SubjectCells) -> Twin:
    """Its name and cell; the sheet where that is another, and the file."""
    cell = other.cells[0] if other.cells else ""
    if other.at is not None and mine.at is not None:
        if other.at.path != mine.at.path:
            cell = f"{other.at.path}[{other.at.sheet}]!{cell}" if other.at.sheet else f"{other.at.path}!{cell}"
        elif other.at.sheet != mine.at.sheet:
            cell = f"[{other.at.sheet}]!{cell}"
    return Twin(other.subject.name, cell)
