"""A table of a database, spooled batch by batch: it may be larger than the memory that reading it may take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.formats.reader_service import Refusal, SheetContent, plain_sheet
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import refuse_more, refuse_packing

# Rows that are asked for at once.
BATCH = 20_000
# Where the day of a moment is told that is kept without a zone.
ZONE = "Asia/Shanghai"
# Bytes of text that one array of Arrow holds.
_MOST = (1 << 31) - 1
_KEY_LENGTH = 200


class TableSpool:
    """Where a table is written to, column by column.

    Args:
        folder: for the file. number: of the table, from 0. name: of the table. columns: the names of its columns.
        size: bytes of the file that it stands in; None where it comes from a server.
        key: those of ``columns`` that name a row. rowid: what does where there are none, as a further column of each
            batch; without it rows are counted.

    Raises:
        OverLimit: ``rows``, ``columns``, ``cells``, ``unpacked``, ``packing``. Refusal: ``too-large``.
    """

    def __init__(
        self, folder: str, number: int, name: str, columns: Sequence[str], size: int | None,
        *, key: Sequence[str] = (), rowid: str = "",
    ) -> None:  # fmt: skip
        refuse_more("columns", len(columns))
        self._name, self._file, self._size = name, str(Path(folder) / f"{number}.arrow"), size
        self._schema = pa.schema([(str(k), pa.string()) for k in range(len(columns) + 1)])
        self._sink = pa.OSFile(self._file, "wb")
        self._writer = pa.ipc.new_file(self._sink, self._schema)
        self._bytes, self._rows = [0] * (len(columns) + 1), 0
        self._key, self._rowid = [(column, columns.index(column)) for column in key], rowid
        self._write([pa.array([column.strip() or None], pa.string()) for column in columns], pa.nulls(1, pa.string()))

    def add(self, columns: Sequence[TextArray]) -> None:
        """Further rows."""
        if self._rowid:
            *columns, numbers = columns
            keys = _keys_of([(self._rowid, numbers)])
        elif self._key:
            keys = _keys_of([(name, columns[place]) for name, place in self._key])
        else:
            keys = _numbers_from(self._rows, len(columns[0]))
        self._write(columns, keys)

    def _write(self, columns: Sequence[TextArray], keys: TextArray) -> None:
        every = [*columns, keys]
        self._rows += len(keys)
        refuse_more("rows", self._rows)
        refuse_more("cells", self._rows * len(columns))
        for k, column in enumerate(every):
            self._bytes[k] += column.nbytes
        if max(self._bytes) > _MOST:
            raise Refusal("too-large")
        total = sum(self._bytes)
        refuse_more("unpacked", total)
        if self._size is not None:
            refuse_packing(total, self._size)
        self._writer.write_batch(pa.RecordBatch.from_arrays(every, schema=self._schema))

    def close(self) -> SheetContent:
        """The sheet, where all rows are there."""
        self._writer.close()
        self._sink.close()
        sheet = plain_sheet(self._name, self._rows)
        sheet["spool"], sheet["places"], sheet["errors"] = self._file, list(range(len(self._bytes))), []
        sheet["keyed"] = True
        return sheet


def _keys_of(named: Sequence[tuple[str, TextArray]]) -> TextArray:
    """``code=510402001001``: for each row the columns of its key with their values."""
    parts: list[TextArray | pa.Scalar] = []
    for k, (name, values) in enumerate(named):
        parts += [pa.scalar(f"{', ' if k else ''}{name}="), pc.utf8_slice_codeunits(values, 0, _KEY_LENGTH)]
    return pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="NULL")


def _numbers_from(first: int, count: int) -> TextArray:
    """``#3``: rows that nothing else names."""
    return pa.array([f"#{number}" for number in range(first, first + count)], pa.string())


def quoted(name: str) -> str:
    """An identifier of SQLite and DuckDB, whatever is in it; their drivers have no means of their own."""
    return '"' + name.replace('"', '""') + '"'
