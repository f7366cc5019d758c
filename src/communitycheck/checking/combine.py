"""The tables of all returns as one table for each kind of subject, with derived fields worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import names_in, unanswerable
from communitycheck.model.expression.values import Num, Tru, settled
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bytes, Column, Floats, State, Table, among
from communitycheck.model.views.table_parts import TablePart

# Bytes of text that one Arrow array may hold.
LONGEST = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Combined:
    """One table for each kind of subject; and each of those given, in their order, as a part of it."""

    by_entity: dict[str, Table]
    parts: list[Table | TablePart]


def combine(tables: Iterable[Table], dictionary: Dictionary) -> Combined:
    """One table for each entity: records in the order of the tables given. A table that nobody else holds is let go,
    column by column, while it is joined."""
    by_entity: dict[str, list[Table]] = {}
    given: list[Table | tuple[str, int]] = []
    for table in tables:
        if len(table):
            own = by_entity.setdefault(table.entity, [])
            given.append((table.entity, len(own)))
            own.append(replace(table, columns=dict(table.columns)))
        else:
            given.append(table)
    pieces = {entity: list(_pieces(own)) for entity, own in by_entity.items()}
    joined = {entity: _joined(own) for entity, own in by_entity.items()}
    for table in joined.values():
        for key, column in table.columns.items():
            field = dictionary.fields.get(key)
            column.truth = field is not None and field.type == "truth"
    # As they are now: what is worked out later belongs to the joined table alone.
    wholes = {entity: replace(table, columns=dict(table.columns)) for entity, table in joined.items()}
    parts = [one if isinstance(one, Table) else TablePart(wholes[one[0]], *pieces[one[0]][one[1]]) for one in given]
    return Combined(joined, parts)


def _pieces(tables: Iterable[Table]) -> Iterator[tuple[int, int, tuple[str, ...], tuple[int, int]]]:
    """Where the records and the sheets of each table will stand among those of all, and which columns it has."""
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}
    start = sheet = 0
    for table in tables:
        stop, last, keys = start + len(table), sheet + len(table.sheets), tuple(table.columns)
        yield start, stop, alike.setdefault(keys, keys), (sheet, last)
        start, sheet = stop, last


def _joined(parts: list[Table]) -> Table:
    """The tables as one; their columns are taken out of them."""
    first = parts[0]
    if len(parts) == 1:
        return replace(first)
    offsets = np.cumsum([0, *(len(p.sheets) for p in parts)])
    return Table(
        about=first.about,
        columns={key: _joined_column(key, parts) for key in dict.fromkeys(k for p in parts for k in p.columns)},
        sheets=[s for p in parts for s in p.sheets],
        sheet_of=np.concatenate([p.sheet_of + o for p, o in zip(parts, offsets, strict=False)]).astype(np.int32),
        row_of=np.concatenate([p.row_of for p in parts]),
    )


def _joined_column(key: str, parts: list[Table]) -> Column:
    columns = [p.columns.pop(key, None) for p in parts]
    present = [c for c in columns if c is not None]
    state = _states(parts, columns)
    steps = None
    if any(c.half_step is not None for c in present):
        steps = np.concatenate([_ends(p, c, "half_step") for p, c in zip(parts, columns, strict=True)])
    if present[0].text is not None:
        refused = None
        if any(c.refused is not None for c in present):
            refused = _whole(parts, [None if c is None else c.refused for c in columns])
        text = _whole(parts, [None if c is None else c.text for c in columns])
        return Column(key, text=text, state=state, refused=refused)
    borrowed = _borrowed(parts, columns)
    low = np.concatenate([_ends(p, c, "lo") for p, c in zip(parts, columns, strict=True)])
    if all(c is None or c.hi is c.lo for c in columns):
        return Column(key, low, low, state=state, half_step=steps, borrowed=borrowed)
    high = np.concatenate([_ends(p, c, "hi") for p, c in zip(parts, columns, strict=True)])
    return Column(key, low, high, state=state, half_step=steps, borrowed=borrowed)


def _states(parts: list[Table], columns: list[Column | None]) -> Bytes | None:
    if all(c is not None and c.state is None for c in columns):
        return None
    state = np.zeros(sum(map(len, parts)), np.uint8)
    start = 0
    for part, column in zip(parts, columns, strict=True):
        end = start + len(part)
        if column is None:
            state[start:end] = State.ABSENT
        elif column.state is not None:
            state[start:end] = column.state
        start = end
    return state


def _whole(parts: list[Table], texts: list[Any]) -> Any:
    """The texts of all parts as one array, since every look at a few records goes through all pieces; in pieces where
    one array cannot hold them. A part without any has nulls."""
    chunks: list[Any] = []
    for part, text in zip(parts, texts, strict=True):
        held = pa.nulls(len(part), pa.string()) if text is None else text
        chunks += held.chunks if isinstance(held, pa.ChunkedArray) else [held]
    chunks = [chunk.cast(pa.string()) for chunk in chunks]
    return pa.concat_arrays(chunks) if sum(c.nbytes for c in chunks) < LONGEST else pa.chunked_array(chunks)


def _borrowed(parts: list[Table], columns: list[Column | None]) -> dict[int, str] | None:
    """Addresses of values that stand in another sheet, by record of the joined table."""
    found: dict[int, str] = {}
    start = 0
    for part, column in zip(parts, columns, strict=True):
        if column is not None and column.borrowed:
            found |= {start + i: cell for i, cell in column.borrowed.items()}
        start += len(part)
    return found or None


def _ends(table: Table, column: Column | None, end: Literal["lo", "hi", "half_step"]) -> Floats:
    found: Floats | None = None if column is None else getattr(column, end)
    return np.full(len(table), np.nan) if found is None else found


def add_derived(
    table: Table, dictionary: Dictionary, wanted: Iterable[str], as_of: date, trail: tuple[str, ...] = ()
) -> None:
    """Work out the ``wanted`` fields that have no column, from other fields that may be derived themselves."""
    for key in wanted:
        field = dictionary.fields.get(key)
        if field is None or field.derived is None or key in trail:
            continue
        add_derived(table, dictionary, names_in(field.derived), as_of, (*trail, key))
        if unanswerable(field.derived, set(table.columns)):
            continue
        existing = table.columns.get(key)
        if existing is not None and (existing.state is None or not among(existing.state, State.ABSENT).any()):
            continue
        value = evaluate(field.derived, RecordContext(Records(table), {}, as_of))
        derived = _derived(key, value)
        _mark_absent(derived, [table.columns.get(name) for name in names_in(field.derived)])
        table.columns[key] = _merged(existing, derived)


def _derived(key: str, value: object) -> Column:
    if isinstance(value, Tru):
        low = np.where(value.yes, 1.0, np.where(value.no, 0.0, np.nan))
        return Column(key, low, low, state=_blank_where(np.isnan(low)), truth=True)
    if isinstance(value, Num):
        value = settled(value)
        nothing = np.isnan(value.lo) if value.na is None else np.isnan(value.lo) | (value.na > 0)
        return Column(key, value.lo, value.hi, state=_blank_where(nothing))
    raise TypeError(f"derived field {key} is text")


def _mark_absent(derived: Column, sources: list[Column | None]) -> None:
    """What has no value because a sheet lacks the column that it is derived from is not there, and no blank cell."""
    state = derived.state
    for source in sources:
        if state is not None and source is not None and source.state is not None:
            state[(state == State.BLANK) & among(source.state, State.ABSENT)] = State.ABSENT


def _blank_where(blank: np.ndarray) -> np.ndarray | None:
    return np.where(blank, np.uint8(State.BLANK), np.uint8(State.KNOWN)) if blank.any() else None


def _merged(existing: Column | None, derived: Column) -> Column:
    if existing is None:
        return derived
    assert existing.state is not None and existing.lo is not None and existing.hi is not None
    assert derived.lo is not None and derived.hi is not None
    absent = among(existing.state, State.ABSENT)
    low = np.where(absent, derived.lo, existing.lo)
    exact = existing.hi is existing.lo and derived.hi is derived.lo
    high = low if exact else np.where(absent, derived.hi, existing.hi)
    below = np.zeros(len(low), np.uint8) if derived.state is None else derived.state
    state = np.where(absent, below, existing.state)
    return Column(
        existing.field,
        low,
        high,
        state=state,
        truth=derived.truth,
        half_step=existing.half_step,
        borrowed=existing.borrowed,
    )
