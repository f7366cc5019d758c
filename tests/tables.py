"""Tables built by hand for tests: one mapping of field -> value for each record, as a clean reader would give them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Sheet, SheetColumn
from communitycheck.model.table import Column, State, Table

BLANK, UNREADABLE, EXEMPT = "<blank>", "<unreadable>", "<exempt>"
_STATES = {BLANK: State.BLANK, UNREADABLE: State.UNREADABLE, EXEMPT: State.EXEMPT}


def table(
    records: list[dict[str, Any]], dictionary: Dictionary, entity: str = "community", region_text: str = ""
) -> Table:
    """A table of ``records``. A value may be a number, a truth, text, a pair (bounds) or one of the markers above;
    a field that a record leaves out is blank there."""
    keys = list(dict.fromkeys(k for r in records for k in r))
    letters = {key: chr(ord("A") + i) for i, key in enumerate(keys)}
    sheet = Sheet(
        path="returns/test.xlsx",
        name="Sheet1",
        entity=entity,
        header_rows=[1],
        first_row=2,
        last_row=len(records) + 1,
        records=len(records),
        columns=[SheetColumn(letters[k], k, k, confidence=1.0) for k in keys],
        region_text=region_text,
    )
    columns = {k: _column(k, [r.get(k, BLANK) for r in records], dictionary) for k in keys}
    n = len(records)
    return Table(entity, columns, [sheet], np.zeros(n, np.int32), np.arange(2, n + 2, dtype=np.int32))


def _column(key: str, values: list[Any], dictionary: Dictionary) -> Column:
    state = np.array([_STATES.get(v, State.KNOWN) if isinstance(v, str) else State.KNOWN for v in values], np.uint8)
    field = dictionary.fields[key]
    known = None if not state.any() else state
    if not field.is_number:
        texts = [None if s else v for v, s in zip(values, state, strict=True)]
        return Column(key, text=pa.array(texts, pa.string()), state=known)
    pairs = [(np.nan, np.nan) if s else _bounds(v) for v, s in zip(values, state, strict=True)]
    low = np.array([p[0] for p in pairs], float)
    high = low if all(p[0] == p[1] or np.isnan(p[0]) for p in pairs) else np.array([p[1] for p in pairs], float)
    return Column(key, low, high, state=known, truth=field.type == "truth")


def _bounds(value: Any) -> tuple[float, float]:
    if isinstance(value, tuple):
        return float(value[0]), float(value[1])
    return float(value), float(value)
