"""What keeps a rule that asks for the period before from an answer: no such record, or a cell that says nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.repeated.earlier import Unpaired
from communitycheck.model.expression import compared_in
from communitycheck.model.result import Earlier
from communitycheck.model.standard import Rule
from communitycheck.model.table import State


def compared_by(rule: Rule) -> tuple[str, ...]:
    """The fields whose value of the period before the rule asks for."""
    return tuple(dict.fromkeys(name for node in rule.expressions for name in compared_in(node)))


def earlier_of_open(
    fields: tuple[str, ...], context: RecordContext, places: npt.NDArray[np.int64]
) -> dict[int, tuple[Earlier, ...]]:
    """For the records at ``places`` the fields for which the period before gives no value, and why."""
    found: dict[int, tuple[Earlier, ...]] = {}
    table = context.records.table
    rows = context.records.rows(places.astype(np.int32))
    for name in fields:
        earlier, column = context.earlier(name), table.columns.get(name)
        before, why = earlier.rows[rows], earlier.why[rows]
        states = np.full(len(rows), State.ABSENT) if column is None else np.zeros(len(rows), np.uint8)
        if column is not None and column.state is not None:
            states = column.state[before]
        for place, row, other, reason, state in zip(
            places.tolist(), rows.tolist(), before.tolist(), why.tolist(), states.tolist(), strict=True
        ):
            if other < 0:
                told = Earlier(name, Unpaired(reason).word, earlier.day(row))
            elif state:
                told = Earlier(name, State(state).name.lower(), earlier.day(row), table.place_of(name, other))
            else:
                continue
            if told.why not in {one.why for one in found.get(place, ()) if not one.cell} or told.cell:
                found[place] = (*found.get(place, ()), told)
    return found
