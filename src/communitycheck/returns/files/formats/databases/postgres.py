"""Tables of a PostgreSQL server, by the package ``psycopg``, which is no part of the toolkit.

Read in one transaction that can only read and sees one state of the database. The server writes each value as text and
sends them by COPY, in batches; every name in a statement is put there by the driver.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from communitycheck.returns.files.chosen import meant
from communitycheck.returns.files.formats.columnar import as_written, without_exponents
from communitycheck.returns.files.formats.databases.table_spool import ZONE, TableSpool
from communitycheck.returns.files.formats.reader_service import BookContent, Refusal, SheetContent
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import limit, refuse_more

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

# Seconds until a server has answered, unless the environment says how many, and those that a lock is waited for.
_CONNECT, _LOCK = 15, 10
_SETTINGS = {
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "extra_float_digits": "1",
    "lock_timeout": f"{_LOCK}s",
}
# Tables, views and what is like them, but for the system's own; of a divided table its parts are none of their own.
_RELATIONS = """
SELECT c.oid, n.nspname, c.relname, pg_table_is_visible(c.oid), c.relispartition, has_table_privilege(c.oid, 'SELECT')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 2, 3
"""
_COLUMNS = """
SELECT a.attname, b.typname, b.typcategory, e.typcategory
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type b ON b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_KEY = """
SELECT a.attname FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indrelid = %s AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)
"""
# How the server writes the values of a type; of all else its name stands for what no cell could hold.
_AS_TEXT = {
    "timestamp": "date_trunc('second', {0})::text",
    "timestamptz": "date_trunc('second', {0} AT TIME ZONE '" + ZONE + "')::text",
    "time": "left({0}::text, 8)",
    "money": "{0}::numeric::text",
    "uuid": "{0}::text",
}
_PLAIN = "BDENST"  # truths, moments, choices, numbers, words, spans: the categories of types that text says all of
_KIND = "CASE WHEN {0} IS NOT NULL THEN %s END"
# A list of words, unless one of them would read as several.
_WORDS = (
    "CASE WHEN array_ndims({0}) > 1 OR array_position({0}, NULL) IS NOT NULL"
    " OR EXISTS (SELECT FROM unnest({0}) AS w (w) WHERE w::text ~ '[、,，;；/|\\s]')"
    " THEN '<list>' ELSE nullif(array_to_string({0}, '、'), '') END"
)
_BLOCK = 4 << 20


class ServerRelation(NamedTuple):
    oid: int
    schema: str
    table: str
    visible: bool
    is_part: bool
    may_read: bool

    @property
    def name(self) -> str:
        return self.table if self.visible else f"{self.schema}.{self.table}"


class ServerColumn(NamedTuple):
    name: str
    type: str
    category: str
    of: str | None


def read_postgres(uri: str, spool: str, wanted: Sequence[str], seconds: int) -> BookContent:
    """Called in the other process.

    Args:
        uri: what to connect with. seconds: that one statement may take.

    Raises:
        Refusal: ``driver-missing``, ``database-unreachable``, ``table-not-chosen``, ``sheet-not-there``,
            ``table-closed``, ``database-timeout``, ``table-unreadable``, ``too-large``. OverLimit: see ``TableSpool``.
    """
    try:
        import psycopg  # an extra
    except ImportError as trouble:
        raise Refusal("driver-missing", package="psycopg", extra="postgres") from trouble
    patience: dict[str, Any] = (
        {} if "connect_timeout" in uri or "PGCONNECT_TIMEOUT" in os.environ else {"connect_timeout": _CONNECT}
    )
    try:
        connection = psycopg.connect(
            uri, client_encoding="utf8", fallback_application_name="communitycheck", **patience
        )
    except (psycopg.Error, ValueError) as trouble:
        raise Refusal("database-unreachable", cause=_cause(trouble, uri)) from None
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    name = ""
    try:
        with connection:
            for setting, value in {**_SETTINGS, "statement_timeout": f"{seconds}s"}.items():
                connection.execute("SELECT set_config(%s, %s, true)", (setting, value))
            chosen = _chosen(connection, wanted)
            sheets: list[SheetContent] = []
            for name, one in chosen:
                sheets.append(_table(connection, name, one, spool, len(sheets)))
            connection.rollback()
    except psycopg.errors.InsufficientPrivilege:
        raise Refusal("table-closed", name=name) from None
    except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable):
        raise Refusal("database-timeout", name=name, seconds=str(seconds)) from None
    except (psycopg.Error, pa.ArrowInvalid) as trouble:
        raise Refusal("table-unreadable", name=name, cause=_cause(trouble, uri)) from None
    return {"sheets": sheets, "encoding": None}


def _chosen(connection: psycopg.Connection[Any], wanted: Sequence[str]) -> list[tuple[str, ServerRelation]]:
    """The tables that are asked for, each with the name that it is called by."""
    there = [ServerRelation(*row) for row in connection.execute(_RELATIONS).fetchall()]
    named = {one.name: one for one in there}
    for one in there:
        named.setdefault(f"{one.schema}.{one.table}", one)
    listed = "\n".join(one.name for one in there if one.may_read and not one.is_part)
    if not wanted:
        raise Refusal("table-not-chosen", sheets=listed)
    found = {}
    for name in wanted:
        known = meant(name, list(named))
        if known is None:
            raise Refusal("sheet-not-there", name=name, near="", sheets=listed)
        found[named[known].name] = named[known]
    refuse_more("sheets", len(found))
    return sorted(found.items())


def _table(
    connection: psycopg.Connection[Any], name: str, one: ServerRelation, spool: str, number: int
) -> SheetContent:
    from psycopg import sql  # an extra

    columns = [ServerColumn(*row) for row in connection.execute(_COLUMNS, (one.oid,)).fetchall()]
    key = [column for (column,) in connection.execute(_KEY, (one.oid,)).fetchall()]
    texts = [_as_text(column) for column in columns]
    order: list[sql.Composable] = [sql.Identifier(column) for column in key]
    order = order or [sql.SQL('({}) COLLATE "C"').format(text) for text in texts]
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT csv)").format(
        sql.SQL(", ").join(texts), sql.Identifier(one.schema, one.table), sql.SQL(", ").join(order)
    )
    table = TableSpool(spool, number, name, [column.name for column in columns], None, key=key)
    for batch in _batches(connection, query, len(columns)) if columns else ():
        table.add([_tidied(values, column) for values, column in zip(batch.columns, columns, strict=True)])
    return table.close()


def _as_text(column: ServerColumn) -> sql.Composable:
    """What the server writes for a value of the column."""
    from psycopg import sql  # an extra

    if column.category == "A" and column.of in ("S", "E"):
        form = _WORDS
    elif column.type in _AS_TEXT:
        form = _AS_TEXT[column.type]
    elif column.category in _PLAIN:
        form = "{0}::text"
    else:
        kind = "list" if column.category == "A" else "json" if column.type == "jsonb" else column.type
        form = _KIND.replace("%s", "{1}")
        return sql.SQL(form).format(sql.Identifier(column.name), sql.Literal(f"<{kind}>"))
    return sql.SQL(form).format(sql.Identifier(column.name))


def _tidied(values: TextArray, column: ServerColumn) -> TextArray:
    if column.type in ("timestamp", "timestamptz"):
        values = pc.replace_substring_regex(values, " 00:00:00$", "")
    if column.type in ("float4", "float8"):
        values = without_exponents(values)
    return as_written(values)


def _batches(connection: psycopg.Connection[Any], query: sql.Composed, width: int) -> Iterator[pa.RecordBatch]:
    names = [str(k) for k in range(width)]
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        stream = ServerBlocks(copy)
        if not stream.begun():
            return
        yield from csv.open_csv(
            pa.PythonFile(stream, "r"),
            csv.ReadOptions(column_names=names, block_size=max(_BLOCK, 2 * limit("line")), use_threads=False),
            csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )  # fmt: skip


class ServerBlocks(io.RawIOBase):
    """What the server sends, as a file: as much as is asked for, whatever the pieces that it came in."""

    def __init__(self, pieces: Any) -> None:
        self._pieces = iter(pieces)
        self._kept = bytearray()

    def readable(self) -> bool:
        return True

    def begun(self) -> bool:
        """Whether there is anything."""
        self._fill(1)
        return bool(self._kept)

    def read(self, size: int = -1) -> bytes:
        self._fill(size)
        size = len(self._kept) if size < 0 else size
        found = bytes(self._kept[:size])
        del self._kept[:size]
        return found

    def _fill(self, size: int) -> None:
        while size < 0 or len(self._kept) < size:
            piece = next(self._pieces, None)
            if piece is None:
                return
            self._kept += piece


def _cause(trouble: BaseException, uri: str) -> str:
    """What the server or the driver says, without what was to log in with."""
    text = " ".join(str(trouble).split())
    login = uri.partition("://")[2].partition("/")[0].rpartition("@")[0]
    user, _, password = login.partition(":")
    settings = dict(one.split("=", 1) for one in uri.partition("?")[2].split("&") if "=" in one)
    secrets = [user, password, *(settings.get(key, "") for key in ("user", "password", "sslpassword"))]
    secrets += [os.environ.get("PGPASSWORD", ""), os.environ.get("PGUSER", "")]
    for secret in sorted({form for one in secrets for form in (one, unquote(one)) if form}, key=len, reverse=True):
        text = text.replace(secret, "…")
    return text[:300]
