"""SQLite files, read in a process of their own: what they hold is asked for in SQL, and views may be any query."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.chosen import meant
from communitycheck.returns.files.formats.columnar import as_written
from communitycheck.returns.files.formats.databases.table_spool import BATCH, TableSpool, quoted
from communitycheck.returns.files.formats.reader_service import BookContent, Refusal, SheetContent
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import OverLimit, limit, refuse_more

# A row of a table may be so long, pictures in it included, which are not read.
_LONGEST_ROW = 256 << 20
_ROWIDS = ("rowid", "_rowid_", "oid")
# What the file keeps for itself, and what an index of its own keeps beside it.
_TABLES = """
SELECT name, type, sql FROM sqlite_master
WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name
"""


_PICTURE_OR_VALUE = "CASE typeof({0}) WHEN 'blob' THEN '<blob>' ELSE {0} END"


class SqliteColumn(NamedTuple):
    name: str
    key: int  # its place in the primary key, from 1; 0 where it is not in it


def read_sqlite(file: str, spool: str, wanted: Sequence[str] = ()) -> BookContent:
    """Called in the other process.

    Args:
        wanted: tables and views to read; none: all tables, and the views where there are none.

    Raises:
        Refusal: ``truncated``, ``table-unreadable``, ``too-large``. OverLimit: see ``TableSpool``; ``line``.
    """
    if _is_cut_short(file):
        raise Refusal("truncated")
    size = Path(file).stat().st_size
    try:
        for texts in (None, SqliteTexts()):  # decoding them here takes as long as all the rest, and few need it
            with contextlib.closing(_connected(file)) as connection:
                if texts is not None:
                    connection.text_factory = texts.decoded
                try:
                    content = _read(connection, size, spool, wanted)
                except sqlite3.OperationalError as trouble:
                    if texts is None and "UTF-8" in str(trouble):
                        continue
                    raise
                content["encoding"] = "utf-8?" if texts is not None and texts.lost else None
                return content
        raise Refusal("truncated")
    except sqlite3.OperationalError as trouble:
        raise Refusal("table-unreadable", name="", cause=str(trouble)) from trouble
    except (sqlite3.Error, OverflowError) as trouble:
        raise Refusal("truncated") from trouble


def _is_cut_short(file: str) -> bool:
    """Whether pages are missing at the end; SQLite would take them for empty ones."""
    size = Path(file).stat().st_size
    with Path(file).open("rb") as stream:
        head = stream.read(100)
    page = int.from_bytes(head[16:18], "big")
    page = 1 << 16 if page == 1 else page
    counted = head[24:28] == head[92:96]  # else an older program has written it, which did not count its pages
    least = page * int.from_bytes(head[28:32], "big") if counted else 0
    return len(head) < 100 or not page or size % page > 0 or least > size


def _connected(file: str) -> sqlite3.Connection:
    """Opened so that nothing is written, no code of an extension is loaded and no function of a view does harm."""
    connection = sqlite3.connect(f"{Path(file).as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_ROW)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return connection


def _read(connection: sqlite3.Connection, size: int, spool: str, wanted: Sequence[str]) -> BookContent:
    schema = connection.execute(_TABLES).fetchall()
    virtual = {name for name, kind, sql in schema if kind == "table" and str(sql).upper().startswith("CREATE VIRTUAL")}
    # An index of texts or places keeps what it knows in tables of its own, called like it.
    shadows = {name for name, *_ in schema for one in virtual if name.startswith(f"{one}_")}
    tables = [name for name, kind, _ in schema if kind == "table" and name not in virtual | shadows]
    views = [name for name, kind, _ in schema if kind == "view" or name in virtual]
    chosen = {meant(name, [*tables, *views]) for name in wanted} or set(tables or views)
    refuse_more("sheets", len(chosen))
    found: BookContent = {"sheets": [], "encoding": None, "left_out": []}
    for name in (*tables, *views):
        if name in chosen:
            try:
                found["sheets"].append(_table(connection, name, name in views, size, spool, len(found["sheets"])))
            except sqlite3.OperationalError as trouble:
                if "UTF-8" in str(trouble):
                    raise
                raise Refusal("table-unreadable", name=name, cause=str(trouble)) from trouble
        else:
            found["left_out"].append((name, "view" if name in views and not wanted else "not-chosen"))
    return found


def _table(
    connection: sqlite3.Connection, name: str, is_view: bool, size: int, spool: str, number: int
) -> SheetContent:
    facts = connection.execute("SELECT name, pk, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    columns = [SqliteColumn(column, key) for column, key, hidden in facts if hidden != 1]
    key = sorted((one for one in columns if one.key), key=lambda one: one.key)
    taken = {one.name.lower() for one in columns}
    rowid = next((one for one in _ROWIDS if one not in taken), None) if not is_view and not key else None
    # A picture is as good as its name, and is not loaded for it.
    asked = [_PICTURE_OR_VALUE.format(quoted(one.name)) for one in columns]
    order = ", ".join(quoted(one.name) for one in key) or rowid
    query = f"SELECT {', '.join([*asked, *([rowid] if rowid else [])])} FROM main.{quoted(name)}"
    names = [one.name for one in columns]
    table = TableSpool(spool, number, name, names, size, key=[one.name for one in key], rowid=rowid or "")
    for rows in _batches(connection.execute(query + (f" ORDER BY {order}" if order else ""))):
        table.add([_as_text(values) for values in zip(*rows, strict=True)])
    return table.close()


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _as_text(values: Sequence[Any]) -> TextArray:
    """A column, in which each value may be of a kind of its own."""
    try:
        texts = as_written(pa.array(values))
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        texts = pa.array([text_of(value) for value in values], pa.string())
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    if longest > limit("line"):
        raise OverLimit("line", longest)
    return texts


class SqliteTexts:
    """Texts of the file; ``lost`` where some were none."""

    def __init__(self) -> None:
        self.lost = False

    def decoded(self, raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.lost = True
            return raw.decode(errors="replace")
