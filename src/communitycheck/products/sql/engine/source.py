"""A file -> the relation ``given`` of DuckDB: ``row`` (from 1), and ``c0``, ``c1``… for its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
from msgspec import Struct

from communitycheck.errors import ReturnError, UsageError
from communitycheck.products.sql.engine.connection import Engine, one_file, quoted, text
from communitycheck.returns.files.chosen import divided, is_url
from communitycheck.returns.files.database_urls import taken
from communitycheck.returns.files.encoding import encoding_of
from communitycheck.returns.files.formats.text.delimiters import delimiter_of
from communitycheck.returns.files.open import digest_of_file, format_of_file

_HEAD = 1 << 20  # bytes of a text by which its encoding and delimiter are told
_TEXTS = ("csv", "text")
# Rows of one group of a Parquet file that is read where it lies.
MOST_OF_GROUP = 4_000_000
# DuckDB would put in place of a column what a folder called ``households=100`` says.
_BARE = "hive_partitioning = false"


class OpenedTable(Struct, frozen=True):
    """A table, and how it lies in DuckDB.

    Attributes:
        path, sheet, format, sha256, encoding: as of an opened file.
        headers: the names of the columns. types: what DuckDB calls what they hold.
        records: how many rows it has.
    """

    path: str
    sheet: str
    format: str
    sha256: str
    encoding: str | None
    headers: tuple[str, ...]
    types: tuple[str, ...]
    records: int


def opened(engine: Engine, path: str) -> OpenedTable:
    """Make ``given`` of a file.

    Raises:
        ReturnError: it cannot be read. UsageError: it is nothing that an engine judges in place.
    """
    file = _file_of(path)
    kind = format_of_file(file, path)
    encoding: str | None = None
    if kind.name == "parquet":
        headers = _parquet(engine, _in_groups(engine, file))
    elif kind.name == "arrow":
        headers = _arrow(engine, file, path)
    elif kind.name in _TEXTS:
        headers, encoding = _delimited(engine, file, path)
    else:
        raise UsageError("engine-kind", path=path, kind=kind.name)
    types = tuple(str(row[1]) for row in engine.rows("DESCRIBE given"))[1:]
    records = int(engine.row("SELECT count(*) FROM given")[0])
    if not records:
        raise ReturnError("no-records", path=path)
    if encoding is not None and _lines(file) != records + 1:
        raise UsageError("engine-lines", path=path)
    return OpenedTable(path, "", kind.name, digest_of_file(file), encoding, headers, types, records)


def _file_of(path: str) -> Path:
    """The file that is meant; no table of a database is.

    Raises:
        ReturnError: a URL that cannot be read. UsageError: ``engine-database``.
    """
    if is_url(path):
        raise UsageError("engine-database", path=taken(path).path)  # without a word of the login
    file = Path(path)
    if not file.exists() and any(Path(whole).is_file() for whole, _ in divided(path)):
        raise UsageError("engine-database", path=path)
    return file


def _in_groups(engine: Engine, file: Path) -> Path:
    """The Parquet file, or the same in smaller groups of rows: of a group no part is read without the rest."""
    (most,) = engine.row(f"SELECT max(row_group_num_rows) FROM parquet_metadata({one_file(file)})")
    if most is None or most <= MOST_OF_GROUP:
        return file
    staged = engine.folder / "given.parquet"
    scan = f"read_parquet({one_file(file)}, {_BARE})"
    engine.run(f"COPY (SELECT * FROM {scan}) TO {text(str(staged))} (FORMAT parquet, COMPRESSION zstd)")
    return staged


def _parquet(engine: Engine, file: Path) -> tuple[str, ...]:
    """The view over a Parquet file, which knows the number of each row itself; the names of its columns."""
    scan = f"read_parquet({one_file(file)}, {_BARE}, file_row_number = true)"
    *headers, _ = (str(row[0]) for row in engine.rows(f"DESCRIBE SELECT * FROM {scan}"))
    columns = "".join(f", {quoted(name)} AS c{k}" for k, name in enumerate(headers))
    engine.run(f'CREATE VIEW given AS SELECT file_row_number + 1 AS "row"{columns} FROM {scan}')
    return tuple(headers)


def _arrow(engine: Engine, file: Path, shown: str) -> tuple[str, ...]:
    """An Arrow file is made a Parquet file, batch by batch."""
    import pyarrow.parquet as pq

    try:
        with pa.memory_map(str(file)) as mapped:
            stream = mapped.read(4) == b"\xff\xff\xff\xff"
            mapped.seek(0)
            reader = pa.ipc.open_stream(mapped) if stream else pa.ipc.open_file(mapped)
            numbers = range(0 if stream else reader.num_record_batches)
            batches: Iterable[Any] = reader if stream else map(reader.get_batch, numbers)
            headers = tuple(reader.schema.names)
            own = pa.schema([field.with_name(f"c{k}") for k, field in enumerate(reader.schema)])
            with pq.ParquetWriter(engine.folder / "given.parquet", own) as writer:
                for batch in batches:
                    writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=own))
    except pa.ArrowException as trouble:
        raise ReturnError("truncated", path=shown) from trouble
    _parquet(engine, engine.folder / "given.parquet")
    return headers


def _delimited(engine: Engine, file: Path, shown: str) -> tuple[tuple[str, ...], str]:
    """A csv is made a Parquet file, all of it text: so that each row has its number."""
    with file.open("rb") as stream:
        data = stream.read(_HEAD)
    whole = data if len(data) < _HEAD else data[: data.rfind(b"\n") + 1]
    encoding = encoding_of(whole)
    if encoding not in ("utf-8", "utf-8-sig"):
        raise UsageError("engine-encoding", path=shown, encoding=encoding or "?")
    head = whole.decode(encoding)
    delimiter = delimiter_of(head)
    names = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
    if not delimiter.isascii() or len(names) < 2:
        raise UsageError("engine-lines", path=shown)
    columns = ", ".join(f"'c{k}': 'VARCHAR'" for k in range(len(names)))
    scan = (
        f"read_csv({one_file(file)}, {_BARE}, delim = {text(delimiter)}, quote = '\"', escape = '\"', header = false, "
        f"skip = 1, columns = {{{columns}}}, auto_detect = false, strict_mode = true, null_padding = false, "
        "encoding = 'utf-8')"
    )
    staged = engine.folder / "given.parquet"
    engine.run(f"COPY (SELECT * FROM {scan}) TO {text(str(staged))} (FORMAT parquet, COMPRESSION zstd)")
    _parquet(engine, staged)
    return tuple(names), encoding


def _lines(file: Path) -> int:
    """How many lines a text has."""
    count, last = 0, b""
    with file.open("rb", buffering=0) as stream:
        while block := stream.read(_HEAD << 4):
            count += block.count(b"\n")
            last = block
    return count + (not last.endswith(b"\n"))
