"""The tables of several returns as one for each kind of subject, of which each then is a part.

What is joined is let go, column by column, so that at no time much is held twice. Parts of tables that were joined
before may be joined again: then those are let go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Bytes, Column, Floats, State, Table
from communitycheck.model.views.spare_column import SpareColumn
from communitycheck.model.views.table_parts import TablePart, TableParts, cut

# Bytes of text that one Arrow array may hold.
LONGEST = (1 << 31) - 1


class Joined(Struct, frozen=True):
    """One table for each kind of subject; and each of those given, in their order, as a part of it."""

    by_entity: dict[str, Table]
    parts: list[Table | TablePart]


def handed_over(returns: Iterable[Return]) -> Iterator[Table | TablePart]:
    """The tables of the returns, which hold them no longer."""
    for one in returns:
        tables, one.tables = list(one.tables.parts if isinstance(one.tables, TableParts) else one.tables), ()
        while tables:
            yield tables.pop(0)


def handed_back(returns: Sequence[Return], held: Sequence[int], joined: Iterable[Table | TablePart]) -> None:
    """Give the returns their tables again, as many as each held."""
    parts = iter(joined)
    for one, n in zip(returns, held, strict=True):
        one.tables = TableParts(list(islice(parts, n)))


def join_tables(tables: Iterable[Table | TablePart]) -> Joined:
    """One table for each entity: records in the order of the tables given. A table that nobody else holds is let go,
    column by column, while it is joined."""
    runs, places = _runs(tables)
    by_entity = {entity: _joined(own) for entity, own in runs.items()}
    # As they are now: what is worked out later belongs to the joined table alone.
    wholes = {entity: replace(table, columns=dict(table.columns)) for entity, table in by_entity.items()}
    parts = [one if isinstance(one, Table) else TablePart(wholes[one[0]], *one[1:]) for one in places]
    return Joined(by_entity, parts)


class _Stretch(Struct, eq=False):
    """Records that are taken from one table as they stand there, one after the other."""

    source: Table
    start: int
    stop: int
    keys: tuple[str, ...]
    sheets: tuple[int, int]

    def __len__(self) -> int:
        return self.stop - self.start

    def whole(self) -> bool:
        return len(self) == len(self.source) and len(self.keys) == len(self.source.columns)

    def column(self, key: str) -> Column | None:
        return cut(self.source.columns[key], self.start, self.stop) if key in self.keys else None

    def goes_on_with(self, part: TablePart, source: Table) -> bool:
        next_to = source is self.source and part.start == self.stop and part.sheets[0] == self.sheets[1]
        return next_to and part.keys == self.keys


_Place = tuple[str, int, int, tuple[str, ...], tuple[int, int]]


def _runs(tables: Iterable[Table | TablePart]) -> tuple[dict[str, list[_Stretch]], list[Table | _Place]]:
    """What each joined table is made of; and where the records and the sheets of each that is given will stand in it,
    with the columns that it has. One without records stays as it is."""
    runs: dict[str, list[_Stretch]] = {}
    places: list[Table | _Place] = []
    sources: dict[Table, Table] = {}
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}
    ends: dict[str, tuple[int, int]] = {}
    for table in tables:
        if isinstance(table, Table) and not len(table):
            places.append(table)
            continue
        part = TablePart.of(table) if isinstance(table, Table) else table
        whole, entity, keys = part.whole, part.whole.entity, alike.setdefault(part.keys, part.keys)
        source = sources.setdefault(whole, replace(whole, columns=dict(whole.columns)))
        own = runs.setdefault(entity, [])
        if own and own[-1].goes_on_with(part, source):
            own[-1].stop, own[-1].sheets = part.stop, (own[-1].sheets[0], part.sheets[1])
        else:
            own.append(_Stretch(source, part.start, part.stop, keys, part.sheets))
        start, sheet = ends.get(entity, (0, 0))
        ends[entity] = stop, last = start + part.stop - part.start, sheet + part.sheets[1] - part.sheets[0]
        places.append((entity, start, stop, keys, (sheet, last)))
    return runs, places


def _joined(runs: list[_Stretch]) -> Table:
    """The runs as one table; their columns are taken out of where they stood."""
    first = runs[0].source
    if len(runs) == 1 and runs[0].whole():
        return first
    return Table(
        about=first.about,
        columns={key: _joined_column(key, runs) for key in dict.fromkeys(k for r in runs for k in r.keys)},
        sheets=[sheet for run in runs for sheet in _sheets(run)],
        sheet_of=np.concatenate(list(_sheet_numbers(runs))).astype(np.int32),
        row_of=np.concatenate([run.source.row_of[run.start : run.stop] for run in runs]),
    )


def _sheets(run: _Stretch) -> list[Sheet]:
    return run.source.sheets[slice(*run.sheets)]


def _sheet_numbers(runs: list[_Stretch]) -> Iterator[Any]:
    before = 0
    for run in runs:
        first, last = run.sheets
        yield run.source.sheet_of[run.start : run.stop] + (before - first)
        before += last - first


def _joined_column(key: str, runs: list[_Stretch]) -> Column:
    columns = [run.column(key) for run in runs]
    for run in runs:
        run.source.columns.pop(key, None)
    present = [c for c in columns if c is not None]
    state = _states(runs, columns)
    steps = None
    if any(c.half_step is not None for c in present):
        steps = np.concatenate([_ends(r, c, "half_step") for r, c in zip(runs, columns, strict=True)])
    truth = all(c.truth for c in present)
    if present[0].text is not None:
        refused = None
        if any(c.refused is not None for c in present):
            refused = _whole(runs, [None if c is None else c.refused for c in columns])
        text = _whole(runs, [None if c is None else c.text for c in columns])
        return Column(key, text=text, state=state, refused=refused)
    borrowed = _borrowed(runs, columns)
    low = np.concatenate([_ends(r, c, "lo") for r, c in zip(runs, columns, strict=True)])
    high = low
    if not all(c is None or c.hi is c.lo for c in columns):
        high = np.concatenate([_ends(r, c, "hi") for r, c in zip(runs, columns, strict=True)])
    made = Column if high is low else SpareColumn
    return made(key, low, high, state=state, truth=truth, half_step=steps, borrowed=borrowed)


def _states(runs: list[_Stretch], columns: list[Column | None]) -> Bytes | None:
    if all(c is not None and c.state is None for c in columns):
        return None
    state = np.zeros(sum(map(len, runs)), np.uint8)
    start = 0
    for run, column in zip(runs, columns, strict=True):
        end = start + len(run)
        if column is None:
            state[start:end] = State.ABSENT
        elif column.state is not None:
            state[start:end] = column.state
        start = end
    return state


def _whole(runs: list[_Stretch], texts: list[Any]) -> Any:
    """The texts of all runs as one array, since every look at a few records goes through all pieces; in pieces where
    one array cannot hold them. A run without any has nulls."""
    import pyarrow as pa

    chunks: list[Any] = []
    for run, text in zip(runs, texts, strict=True):
        held = pa.nulls(len(run), pa.string()) if text is None else text
        chunks += held.chunks if isinstance(held, pa.ChunkedArray) else [held]
    chunks = [chunk.cast(pa.string()) for chunk in chunks]
    return pa.concat_arrays(chunks) if sum(c.nbytes for c in chunks) < LONGEST else pa.chunked_array(chunks)


def _borrowed(runs: list[_Stretch], columns: list[Column | None]) -> dict[int, str] | None:
    """Addresses of values that stand in another sheet, by record of the joined table."""
    found: dict[int, str] = {}
    start = 0
    for run, column in zip(runs, columns, strict=True):
        if column is not None and column.borrowed:
            found |= {start + i: cell for i, cell in column.borrowed.items()}
        start += len(run)
    return found or None


def _ends(run: _Stretch, column: Column | None, end: Literal["lo", "hi", "half_step"]) -> Floats:
    found: Floats | None = None if column is None else getattr(column, end)
    return np.full(len(run), np.nan) if found is None else found
