"""Rows of the table, read like those of any return."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.errors import ReturnError, UsageError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.model.table import Column, State, Table
from communitycheck.products.sql.engine.columns import Columns
from communitycheck.products.sql.engine.connection import Engine, quoted
from communitycheck.products.sql.engine.source import OpenedTable
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.returns.files.formats.columnar import as_written
from communitycheck.returns.tidy import TidyRows, read_tidy
from communitycheck.system.threads import ahead

Rows = npt.NDArray[np.int64]


class RowReader:
    """Reads rows of ``given`` by what SQL says of them."""

    def __init__(self, engine: Engine, source: OpenedTable, dictionary: Dictionary, mapping: Mapping | None) -> None:
        self._engine, self._source, self._dictionary, self._mapping = engine, source, dictionary, mapping

    def head(self, rows: int) -> Return:
        """The first rows, by which it is told what the columns are. Raises like ``read``."""
        return self._read(self._engine.table(f'SELECT * FROM given WHERE "row" <= {rows} ORDER BY "row"'))

    def read(self, condition: str) -> Return:
        """The rows of which the condition holds, in their order.

        Raises:
            UsageError: ``engine-header``, ``engine-unread``.
        """
        return self.of(self._engine.table(f'SELECT * FROM given WHERE {condition} ORDER BY "row"'))

    def batches(self, picked: str) -> Iterator[tuple[pa.Table, Rows]]:
        """The rows of a table, in the order of the file, some at a time, and the place of each.

        The next are fetched while one looks at those before.
        """
        queries = (
            f"SELECT given.*, known.place FROM (SELECT * FROM given WHERE {span}) AS given "
            f'JOIN (SELECT "row", place FROM {picked} WHERE {span}) AS known USING ("row") ORDER BY "row"'
            for span in self._engine.spans(picked, self._source.records)
        )
        count = 0
        for rows in ahead(self._engine.table, queries):
            count += len(rows)
            yield rows.drop_columns(["place"]), rows.column("place").to_numpy().astype(np.int64)
        (all_,) = self._engine.row(f"SELECT count(*) FROM {picked}")
        assert count == all_, "some rows were not fetched"

    def of(self, found: pa.Table) -> Return:
        """Rows of ``given``. Raises like ``read``."""
        one = self._read(found)
        if one.sheets[0].unread_rows:
            raise UsageError("engine-unread", path=self._source.path, row=one.sheets[0].unread_rows[0])
        return one

    def _read(self, found: pa.Table) -> Return:
        source = self._source
        rows, *columns = (column.combine_chunks() for column in found.columns)
        texts = [
            pa.concat_arrays([pa.array([header.strip() or None], pa.string()), as_written(column).cast(pa.string())])
            for header, column in zip(source.headers, columns, strict=True)
        ]
        numbers = rows.to_numpy().astype(np.int64) + 1  # the header is row 1
        some = TidyRows(
            source.path, source.sheet, source.format, source.sha256, source.encoding, texts, numbers, source.records
        )
        try:
            one = read_tidy(some, self._dictionary, self._mapping)
        except ReturnError as trouble:
            if trouble.code not in ("no-table", "no-records"):
                raise
            raise UsageError("engine-header", path=source.path) from None
        if len(one.tables) != 1 or len(one.sheets) != 1:
            raise UsageError("engine-header", path=source.path)
        return one


def refuse_differences(engine: Engine, columns: Columns, table: Table, path: str, picked: str) -> None:
    """Hold what SQL makes of the cells of some rows, ``picked``, against what the reader of returns makes of them.

    Raises:
        UsageError: ``engine-differs``.
    """
    asked = [one for one in columns if one.key in table.columns]
    fields = "".join(f", {quoted(one.key)}" for one in asked)
    found = engine.table(f'SELECT "row"{fields} FROM tidy SEMI JOIN {picked} USING ("row") ORDER BY "row"')
    for one in asked:
        for k in _apart(table.columns[one.key], found.column(one.key).combine_chunks()):
            raise UsageError("engine-differs", **columns.where(one), row=int(table.row_of[k]))


def _apart(ours: Column, theirs: pa.Array) -> Iterator[int]:
    """The records of which the two say something else, impossible figures and those in doubt aside."""
    state = np.zeros(len(theirs), np.uint8) if ours.state is None else ours.state
    known = state == State.KNOWN
    if ours.lo is not None and ours.hi is not None:
        other = theirs.cast(pa.float64()).to_numpy(zero_copy_only=False)
        same = (ours.lo == other) & (ours.hi == other)
        close = np.abs(ours.lo - other) <= 1e-9 * np.maximum(1.0, np.abs(other))  # what is whole but for noise
        yield from np.flatnonzero(known & ~(same | close)).tolist()
        yield from np.flatnonzero((state == State.BLANK) & ~np.isnan(other)).tolist()
        yield from np.flatnonzero(~np.isin(state, _COMPARED)).tolist()
        return
    texts, written = theirs.cast(pa.string()).to_pylist(), ours.text.to_pylist()
    for k, (one, other) in enumerate(zip(written, texts, strict=True)):
        if one != other:
            yield k


_COMPARED = [int(one) for one in (State.KNOWN, State.BLANK, State.IMPOSSIBLE, State.DOUBTED)]
