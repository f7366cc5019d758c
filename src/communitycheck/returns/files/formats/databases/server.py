"""Tables of a PostgreSQL server. What reads them is loaded where it reads: in a process of its own."""

from __future__ import annotations

import hashlib

import numpy as np

from communitycheck.errors import ReturnError
from communitycheck.nearest import nearest
from communitycheck.returns.files.chosen import listed
from communitycheck.returns.files.database_urls import connection_of
from communitycheck.returns.files.formats.apart import read_apart
from communitycheck.returns.files.formats.file_format import Content
from communitycheck.returns.grid import Grid
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import limit
from communitycheck.system.scratch import scratch_folder

POSTGRESQL = "postgresql"
_READER = "communitycheck.returns.files.formats.databases.postgres:read_postgres"
# The size of a file that a server is trusted as far as: reading it may take so much memory and time.
_TRUSTED = 256 << 20
# Seconds that one statement may take on the server, and so many for each second of the limit.
_PATIENCE, _FOR_EACH = 60, 10


def read_server(shown: str, tables: tuple[str, ...]) -> Content:
    """The tables of a database that is shown so.

    Raises:
        ReturnError: ``table-not-chosen``, ``sheet-not-there``, ``database-unreachable``, ``table-closed``,
            ``database-timeout``, ``table-unreadable``, ``driver-missing`` and those of ``read_apart``.
    """
    seconds = max(_PATIENCE, _FOR_EACH * limit("seconds"))
    try:
        with scratch_folder() as spool:
            more = (tables, seconds)
            return read_apart(_READER, connection_of(shown), shown, _TRUSTED, spool=spool, kind="database", more=more)
    except ReturnError as error:
        if "sheets" in error.values:
            names = str(error.values["sheets"]).split("\n")
            error.values["near"] = nearest(str(error.values.get("name", "")), names)
            error.values["sheets"] = listed(names)
        raise


def digest_of(grids: list[Grid]) -> str:
    """A sum of what was read, which stands for that of a file."""
    digest = hashlib.sha256()
    for grid in grids:
        digest.update(f"{grid.sheet}\0{grid.n_rows}\0".encode())
        for column in grid.columns:
            for part in _bytes_of(column):
                digest.update(part)
    return digest.hexdigest()


def _bytes_of(column: TextArray) -> tuple[bytes | memoryview, ...]:
    """What an array says, without what only Arrow fills up."""
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    body = memoryview(data)[int(ends[0]) : int(ends[-1])] if data is not None else b""
    return (np.diff(ends).tobytes(), np.asarray(column.is_null()).tobytes(), body)
