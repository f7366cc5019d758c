"""One column from two tables of a return: what a table lacks is borrowed from another sheet, with its addresses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.model.table import Column, Floats, State, Table
from communitycheck.returns.text_columns import TextArray, whole

Places = npt.NDArray[np.int64]


def merged(key: str, own: Column | None, giver: Table, first: Places, second: Places, borrowed: Places) -> Column:
    """Of each record the value at ``first`` of its own table's column, else at ``second`` of the giver's.

    Args:
        first, second: a place in the column for each record, -1 for none.
        borrowed: the records whose own sheet lacks the value; they keep its address in the giver's sheet.
    """
    given = giver.columns.get(key)
    column = _merged(key, [(own, first), (given, second)])
    addresses = {int(i): giver.address_in_return(key, int(second[i])) for i in borrowed}
    column.borrowed = {**((own.borrowed if own else None) or {}), **addresses} or None
    return column


def _merged(key: str, sides: list[tuple[Column | None, Places]]) -> Column:
    held = [(column, places) for column, places in sides if column is not None]
    state = np.full(len(sides[0][1]), State.ABSENT, np.uint8)
    for column, places in held:
        here = places >= 0
        state[here] = 0 if column.state is None else column.state[places[here]]
    states = state if state.any() else None
    if any(column.text is not None for column, _ in held):
        refused = [(column.refused, places) for column, places in held if column.refused is not None]
        texts = _texts([(column.text, places) for column, places in held])
        return Column(key, text=texts, state=states, refused=_texts(refused) if refused else None)
    low, high, steps = (_numbers([(getattr(c, end), p) for c, p in held]) for end in ("lo", "hi", "half_step"))
    exact = all(column.hi is column.lo for column, _ in held)
    half_step = None if np.isnan(steps).all() else steps
    return Column(key, low, low if exact else high, state=states, half_step=half_step)


def _numbers(sides: list[tuple[Floats | None, Places]]) -> Floats:
    values = np.full(len(sides[0][1]), np.nan)
    for array, places in sides:
        here = places >= 0
        if array is not None:
            values[here] = array[places[here]]
    return values


def _texts(sides: list[tuple[TextArray, Places]]) -> TextArray:
    """The texts of both columns, one array behind the other, taken by their places in it."""
    held: list[TextArray] = []
    taken = np.full(len(sides[0][1]), -1, np.int64)
    for texts, places in sides:
        here = places >= 0
        taken[here] = places[here] + sum(map(len, held))
        held.append(whole(texts).cast(pa.string()))
    return pa.concat_arrays(held).take(pa.array(taken, mask=taken < 0))
