"""DuckDB for one run: with a limit of memory, beyond which it writes to a folder of the run."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from communitycheck.errors import ReturnError, UsageError
from communitycheck.printable import one_line
from communitycheck.system.limits import limit

if TYPE_CHECKING:
    import duckdb

ENGINES = ("duckdb",)
BATCH = 100_000  # rows that are fetched at once
SPAN = 1_000_000  # records that are grouped or joined at once: what that takes does not grow with their number
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "true",
}


def refuse_missing_packages() -> None:
    """Raises UsageError: DuckDB or sqlglot is not installed."""
    for package, extra in (("duckdb", "duckdb"), ("sqlglot", "sql")):
        if find_spec(package) is None:
            raise UsageError("engine-package", package=package, extra=extra)


class Engine(NamedTuple):
    """A connection, and a folder for what does not fit into memory."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        self.connection.execute(statement, list(values))

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def row(self, query: str) -> tuple[Any, ...]:
        return self.rows(query)[0]

    def table(self, query: str) -> pa.Table:
        return pa.Table.from_batches(reader := self.batches(query), reader.schema)

    def run_by_spans(self, statement: str, records: int) -> None:
        """Run a statement for some records at a time: in place of ``{span}`` it is told which are meant."""
        for begin in range(1, records + 1, SPAN):
            self.run(statement.replace("{span}", span(begin, begin + SPAN)))

    def spans(self, table: str, records: int) -> Iterator[str]:
        """Conditions that each hold for some rows of a table, which has them in order, and together for all."""
        found = self.rows(f'SELECT "row" FROM {table} WHERE rowid > 0 AND rowid % {BATCH} = 0 ORDER BY "row"')
        for begin, end in pairwise([1, *(row for (row,) in found), records + 1]):
            yield span(begin, end)

    def batches(self, query: str) -> Any:
        """A reader of record batches."""
        found: Any = self.connection.cursor().sql(query)  # others may be asked meanwhile
        older = "fetch_arrow_reader"  # what it is called before version 2
        return getattr(found, "to_arrow_reader" if hasattr(found, "to_arrow_reader") else older)(BATCH)


@contextlib.contextmanager
def connected(folder: str, shown: str) -> Iterator[Engine]:
    """DuckDB, ready; what it raises of the file or the machine is one error.

    Raises:
        ReturnError: ``engine-failed``.
    """
    import duckdb  # an extra

    settings: dict[str, str | bool | int | float | list[str]] = {
        **_SETTINGS,
        "memory_limit": f"{limit('memory') >> 20}MB",
        "temp_directory": folder,
    }
    try:
        with contextlib.closing(duckdb.connect(str(Path(folder) / "judged.duckdb"), config=settings)) as connection:
            yield Engine(connection, Path(folder))
    except duckdb.OutOfMemoryException:
        raise ReturnError("engine-memory", path=shown) from None
    except duckdb.Error as trouble:
        raise ReturnError("engine-failed", path=shown, cause=one_line(str(trouble))[:200]) from trouble


def span(begin: int, end: int) -> str:
    """The condition for the rows from ``begin`` on, up to the one before ``end``."""
    return f'"row" BETWEEN {begin} AND {end - 1}'


def quoted(name: str) -> str:
    """An identifier, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def one_file(file: Path) -> str:
    """One file, also where its name looks like a pattern for the names of several."""
    return text("".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(file)))
