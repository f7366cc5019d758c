"""DuckDB files, read in a process of their own by the package ``duckdb``, which is no part of the toolkit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.chosen import meant
from communitycheck.returns.files.formats.columnar import as_written
from communitycheck.returns.files.formats.databases.table_spool import BATCH, ZONE, TableSpool, quoted
from communitycheck.returns.files.formats.reader_service import BookContent, Refusal, SheetContent
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import limit, refuse_more

if TYPE_CHECKING:
    import duckdb

# Nothing outside the file is looked at, no extension is loaded, and no view may change that.
_SAFE = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
    "threads": "1",  # in one order whatever the machine
    "preserve_insertion_order": "true",
}
_TABLES = """
SELECT table_oid, schema_name, table_name, true FROM duckdb_tables()
WHERE database_oid = {0} AND NOT internal AND NOT temporary
UNION ALL
SELECT view_oid, schema_name, view_name, false FROM duckdb_views()
WHERE database_oid = {0} AND NOT internal AND NOT temporary
ORDER BY 2, 3
"""
_DATABASE = "SELECT database_oid FROM duckdb_databases() WHERE NOT internal AND path IS NOT NULL"
_KEY = """
SELECT constraint_column_names FROM duckdb_constraints()
WHERE table_oid = ? AND database_oid = ? AND constraint_type = 'PRIMARY KEY'
"""
# The schema that is meant where none is named.
_MAIN = "main"


class DuckRelation(NamedTuple):
    oid: int
    schema: str
    table: str
    is_table: bool

    @property
    def name(self) -> str:
        return self.table if self.schema == _MAIN else f"{self.schema}.{self.table}"


def read_duckdb(file: str, spool: str, wanted: Sequence[str] = ()) -> BookContent:
    """Called in the other process.

    Args:
        wanted: tables and views to read; none: all tables, and the views where there are none.

    Raises:
        Refusal: ``driver-missing``, ``database-in-use``, ``database-of-another-version``, ``truncated``,
            ``table-unreadable``, ``too-large``. OverLimit: see ``TableSpool``.
    """
    try:
        import duckdb  # an extra
    except ImportError as trouble:
        raise Refusal("driver-missing", package="duckdb", extra="duckdb") from trouble
    try:
        with contextlib.closing(duckdb.connect(file, read_only=True, config={**_SAFE, **_memory()})) as connection:
            return _read(connection, Path(file).stat().st_size, spool, wanted)
    except duckdb.OutOfMemoryException as trouble:
        raise Refusal("too-large") from trouble
    except duckdb.Error as trouble:
        text = str(trouble)
        if "lock" in text and isinstance(trouble, duckdb.IOException):
            raise Refusal("database-in-use") from trouble
        if "version" in text and isinstance(trouble, duckdb.IOException | duckdb.SerializationException):
            raise Refusal("database-of-another-version", version=duckdb.__version__) from trouble
        raise Refusal("truncated") from trouble


def _memory() -> dict[str, str]:
    """Less than the process may have, so that what is too much is told."""
    return {"memory_limit": f"{limit('memory') // 2 >> 20}MB"}


def _read(connection: duckdb.DuckDBPyConnection, size: int, spool: str, wanted: Sequence[str]) -> BookContent:
    import duckdb  # as above

    (database,) = connection.execute(_DATABASE).fetchone() or (None,)
    found = [DuckRelation(*row) for row in connection.execute(_TABLES.format(int(database or 0))).fetchall()]
    tables = [one.name for one in found if one.is_table]
    views = [one.name for one in found if not one.is_table]
    chosen = {meant(name, [*tables, *views]) for name in wanted} or set(tables or views)
    refuse_more("sheets", len(chosen))
    content: BookContent = {"sheets": [], "encoding": None, "left_out": []}
    for one in sorted(found, key=lambda one: not one.is_table):
        if one.name not in chosen:
            content["left_out"].append((one.name, "not-chosen" if one.is_table or wanted else "view"))
            continue
        key = connection.execute(_KEY, [one.oid, database]).fetchone() if one.is_table else None
        try:
            sheet = _table(connection, one, key[0] if key else [], size, spool, len(content["sheets"]))
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as trouble:
            if one.is_table:  # it is the file that is broken
                raise
            cause = str(trouble).partition("\n")[0]
            raise Refusal("table-unreadable", name=one.name, cause=cause) from trouble
        content["sheets"].append(sheet)
    return content


def _table(
    connection: duckdb.DuckDBPyConnection, one: DuckRelation, key: Sequence[str], size: int, spool: str, number: int
) -> SheetContent:
    source = f"{quoted(one.schema)}.{quoted(one.table)}"
    facts = connection.execute(f"SELECT * FROM {source} LIMIT 0").description or []
    columns = [name for name, *_ in facts]
    # JSON is a text with something in it that no cell holds; so are shapes and the like.
    asked = [
        f"CASE WHEN {quoted(name)} IS NOT NULL THEN '<json>' END" if str(kind) == "JSON" else quoted(name)
        for name, kind, *_ in facts
    ]
    order = ", ".join(map(quoted, key)) or ("rowid" if one.is_table else "")
    with_rowid = one.is_table and not key and "rowid" not in map(str.lower, columns)
    query = f"SELECT {', '.join(asked + ['rowid'] * with_rowid)} FROM {source}"
    table = TableSpool(spool, number, one.name, columns, size, key=key, rowid="rowid" if with_rowid else "")
    for batch in _batches(connection, query + (f" ORDER BY {order}" if order else "")):
        table.add([_as_text(column) for column in batch.columns])
    return table.close()


def _batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    relation: Any = connection.sql(query)
    older = "fetch_arrow_reader"  # what it is called before version 2
    yield from getattr(relation, "to_arrow_reader" if hasattr(relation, "to_arrow_reader") else older)(BATCH)


def _as_text(column: pa.Array) -> TextArray:
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:  # a moment, kept without a zone
        column = pc.cast(column, pa.timestamp(kind.unit, ZONE))
    return as_written(column)
