"""A table from plain records: for rule cases, for tests, and for callers who already hold their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import SupportsFloat

import numpy as np
import pyarrow as pa

from communitycheck.model.address import column_letter
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression.calendar_days import span_of
from communitycheck.model.places.code_formats import INVALID, VALID, identity_word
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Column, State, Table
from communitycheck.model.units.half_steps import half_step

# A number, a truth, text, several texts, a pair of bounds (None is no bound), or nothing.
RecordValue = SupportsFloat | str | Sequence[str] | Sequence[float | None] | None

# What a cell of a case may say instead of a value.
STATES = {
    "(blank)": State.BLANK,
    "(unreadable)": State.UNREADABLE,
    "(impossible)": State.IMPOSSIBLE,
    "(unlisted)": State.UNLISTED,
    "(doubted)": State.DOUBTED,
    "不适用": State.EXEMPT,
}
# Types whose cells may be refused for their form; rules may ask of that.
_OF_A_FORM = ("category", "code", "date")


def table_from_records(
    records: Sequence[Mapping[str, RecordValue]], dictionary: Dictionary, entity: str, *, path: str = "records"
) -> Table:
    """Records as a clean reader would give them.

    Args:
        records: one mapping of field key -> value for each record. A value is a number, a truth, text, a pair of
            bounds, None (blank) or one of ``(blank) (unreadable) (impossible) 不适用``. A field that some records
            leave out is blank there; a class that there is not and a day that no calendar has are unreadable; one that
            all leave out is a column the table lacks. Shares and decimals count as
            printed with the digits that Python shows.

    Raises:
        KeyError: a field that the dictionary does not know.
    """
    keys = list(dict.fromkeys(k for r in records for k in r))
    fields = {k: _field(k, dictionary) for k in keys}
    n = len(records)
    sheet = Sheet(
        path=path,
        name=entity,
        entity=entity,
        header_rows=[1],
        first_row=2,
        last_row=n + 1,
        records=n,
        columns=[SheetColumn(column_letter(i), k, fields[k].key, confidence=1.0) for i, k in enumerate(keys, start=1)],
    )
    columns = {fields[k].key: _column(fields[k], [r.get(k) for r in records]) for k in keys}
    about = dictionary.entity(entity)
    return Table(about, columns, [sheet], np.zeros(n, np.int32), np.arange(2, n + 2, dtype=np.int32))


def _field(key: str, dictionary: Dictionary) -> Field:
    found = dictionary.find(key)
    if found is None:
        raise KeyError(key)
    return found


def _column(field: Field, values: Sequence[RecordValue]) -> Column:
    states = [_state(value, field) for value in values]
    state = None if not any(states) else np.array(states, dtype=np.uint8)
    if not field.is_number:
        texts = [None if s else _text(v) for v, s in zip(values, states, strict=True)]
        if field.type == "identity":
            texts = [text if text in (None, VALID, INVALID) else identity_word(text) for text in texts]
        refused = None
        if field.type in _OF_A_FORM and State.UNREADABLE in states:
            written = [str(v) if s is State.UNREADABLE else None for v, s in zip(values, states, strict=True)]
            refused = pa.array(written, pa.string())
        return Column(field.key, text=pa.array(texts, pa.string()), state=state, refused=refused)
    pairs = [(np.nan, np.nan) if s else _bounds(v) for v, s in zip(values, states, strict=True)]
    if field.factor != 1:  # as in a column that states no unit
        pairs = [(_scaled(low, field.factor), _scaled(high, field.factor)) for low, high in pairs]
    low = np.array([p[0] for p in pairs], dtype=np.float64)
    bounded = any(p[0] < p[1] for p in pairs)
    high = np.array([p[1] for p in pairs], dtype=np.float64) if bounded else low
    steps = None
    if field.type in ("share", "decimal"):
        steps = np.array([half_step(repr(v)) if isinstance(v, int | float) else np.nan for v in values])
    return Column(field.key, low, high, state=state, truth=field.type == "truth", half_step=steps)


def _scaled(value: float, factor: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value * factor:.14g}")


def _state(value: RecordValue, field: Field) -> State:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return State.BLANK
    if isinstance(value, str):
        return STATES.get(value, State.UNREADABLE if _is_misformed(value, field) else State.KNOWN)
    if field.is_number and isinstance(value, int | float):
        outside = (field.low is not None and value < field.low) or (field.high is not None and value > field.high)
        return State.IMPOSSIBLE if outside or (field.zero_impossible and value == 0) else State.KNOWN
    return State.KNOWN


def _is_misformed(text: str, field: Field) -> bool:
    """Whether it is certainly no value of the field: a class that there is not, a day that no calendar has."""
    if field.type == "category":
        return bool(field.values) and text not in field.values
    return field.type == "date" and field.role != "period" and span_of(text) is None


def _text(value: RecordValue) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _bounds(value: RecordValue) -> tuple[float, float]:
    if isinstance(value, tuple | list):
        low, high = (float("inf") if v is None else float(v) for v in value)
        return low, high
    if isinstance(value, str | SupportsFloat):
        return float(value), float(value)
    raise TypeError(f"no number: {value!r}")
