"""One table written as each kind of source that is read, and what is judged of it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.model.report import Report
from paths import SAMPLES

DAY = dt.date(2023, 6, 30)
NAME = "communities"


def sample() -> pa.Table:
    """A return, its figures as numbers; one of them is missing."""
    options = csv.ReadOptions(skip_rows=1, encoding="gb18030")
    return csv.read_csv(SAMPLES / "shenyang_liaoning_mixed.csv", options)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def sqlite_file(file: Path, *statements: str) -> Path:
    connection = sqlite3.connect(file)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return file


def as_csv(table: pa.Table, file: Path) -> str:
    csv.write_csv(table, file)
    return str(file)


def as_parquet(table: pa.Table, file: Path) -> str:
    pq.write_table(table, file)
    return str(file)


def as_sqlite(table: pa.Table, file: Path, *, key: str = "", texts: bool = False) -> str:
    """``texts``: every value as a text, as what was imported from a CSV file has it."""
    columns = [f"{quoted(name)}{' PRIMARY KEY' * (name == key)}" for name in table.column_names]
    connection = sqlite3.connect(file)
    connection.execute(f"CREATE TABLE {NAME} ({', '.join(columns)})")
    rows: Iterable[Any] = zip(*(column.to_pylist() for column in table.columns), strict=True)
    if texts:
        rows = [[None if value is None else str(value) for value in row] for row in rows]
    connection.executemany(f"INSERT INTO {NAME} VALUES ({', '.join('?' * len(columns))})", rows)
    connection.commit()
    connection.close()
    return f"{file}::{NAME}"


def as_sqlite_texts(table: pa.Table, file: Path) -> str:
    return as_sqlite(table, file, texts=True)


def as_duckdb(table: pa.Table, file: Path, *, key: str = "") -> str:
    connection = duckdb.connect(str(file))
    connection.register("read", table)
    connection.execute(f"CREATE TABLE {NAME} AS SELECT * FROM read")
    if key:
        connection.execute(f"ALTER TABLE {NAME} ADD PRIMARY KEY ({quoted(key)})")
    connection.close()
    return f"{file}::{NAME}"


WRITERS: dict[str, Callable[[pa.Table, Path], str]] = {
    "csv": as_csv,
    "parquet": as_parquet,
    "sqlite": as_sqlite,
    "sqlite-texts": as_sqlite_texts,
    "duckdb": as_duckdb,
}


def judged(path: str | Path, **options: Any) -> Report:
    return check(str(path), as_of=DAY, **options)


def as_json(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(render(report, "json", "zh", all_verdicts=True)))
    return found


def verdicts(report: Report) -> list[tuple[Any, ...]]:
    """The verdicts, without what says where their figures stand."""
    kept = ("rule", "subject", "outcome", "observed", "required", "shortfall", "lever")
    return [tuple(v[key] for key in kept) for v in as_json(report)["verdicts"]]
