"""Files that are databases. Their readers are loaded where they read: in a process of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.apart import read_apart
from communitycheck.returns.files.formats.file_format import Content, FileFormat, Sample
from communitycheck.system.scratch import scratch_folder

_HOME = __name__.rpartition(".")[0] + ".databases"
# What is read may be so many times the file: the one packs its columns, the other hardly anything.
_PACKED, _PLAIN = 10, 2
# Addresses that DuckDB takes as it starts, most of them for nothing; the limit of memory counts them.
_SPACE = 1 << 30
# What a journal begins with that has to be rolled back before the file is right; one that is over is blotted out.
_HOT = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def _read(
    reader: str, swelling: int, space: int, file: Path, shown: str, wanted: tuple[str, ...] = ()
) -> Content:
    beside = _unfinished(file)
    if beside:
        raise ReturnError("database-unfinished", path=shown, beside=beside)
    with scratch_folder() as spool:
        size, reader = swelling * file.stat().st_size, f"{_HOME}.{reader}"
        return read_apart(reader, file, shown, size, spool=spool, kind="database", more=(wanted,), space=space)


def _unfinished(file: Path) -> str:
    """What lies beside the file and holds changes that have not come to it yet; empty where nothing does."""
    for name in (f"{file.name}-wal", f"{file.name}.wal", f"{file.name}-journal"):
        try:
            with file.with_name(name).open("rb") as stream:
                begin = stream.read(len(_HOT))
        except OSError:
            continue
        if begin if name.endswith("wal") else begin == _HOT:
            return name
    return ""


def _is_sqlite(sample: Sample) -> bool:
    return sample.head.startswith(b"SQLite format 3\0")


def _is_duckdb(sample: Sample) -> bool:
    return sample.head[8:12] == b"DUCK"


_read_duckdb = partial(_read, "duck:read_duckdb", _PACKED, _SPACE)
_read_sqlite = partial(_read, "sqlite:read_sqlite", _PLAIN, 0)

DUCKDB = FileFormat(
    "duckdb", (".duckdb",), (".duckdb",), _is_duckdb, _read_duckdb, apart=True, read_tables=_read_duckdb
)
SQLITE = FileFormat(
    "sqlite", (".sqlite", ".sqlite3"), (".sqlite",), _is_sqlite, _read_sqlite, apart=True, read_tables=_read_sqlite
)
