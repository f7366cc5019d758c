"""Engines that run the SQL of a standard: tables in, the rows of a view out.

DuckDB runs in this process, PostgreSQL as a server of its own (``postgres_server``). Spark and ClickHouse are asked for
by ``pytest -m engines`` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from communitycheck.products.sql.script import SqlScript

Rows = dict[str, list[Any]]


class SqlEngine(Protocol):
    dialect: str

    def load(self, name: str, table: pa.Table) -> None: ...

    def make(self, script: SqlScript) -> None: ...

    def rows(self, view: str) -> Rows: ...


class DuckEngine:
    dialect = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.connection = duckdb.connect()

    def load(self, name: str, table: pa.Table) -> None:
        self.connection.register("arrow_table", table)
        self.connection.execute(f'create or replace table "{name}" as select * from arrow_table')
        self.connection.unregister("arrow_table")

    def make(self, script: SqlScript) -> None:
        _make(self.connection, script)

    def rows(self, view: str) -> Rows:
        found: Rows = self.connection.sql(f'select * from "{view}"').to_arrow_table().to_pydict()
        return found


_POSTGRES = {"double": "double precision", "bool": "boolean", "string": "text", "date32[day]": "date"}


class PostgresEngine:
    dialect = "postgres"

    def __init__(self, folder: Path) -> None:
        import psycopg

        self.connection = psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True)
        self.connection.prepare_threshold = None  # views of one name are made anew with other columns

    def load(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(f'"{f.name}" {_POSTGRES[str(f.type)]}' for f in table.schema)
        with self.connection.cursor() as cursor:
            cursor.execute(f'drop table if exists "{name}" cascade')
            cursor.execute(f'create table "{name}" ({columns})')
            with cursor.copy(f'copy "{name}" from stdin') as copy:
                for row in zip(*(table.column(i).to_pylist() for i in range(table.num_columns)), strict=True):
                    copy.write_row(row)

    def make(self, script: SqlScript) -> None:
        _make(self.connection, script)

    def rows(self, view: str) -> Rows:
        with self.connection.cursor() as cursor:
            cursor.execute(f'select * from "{view}"')
            names = [one.name for one in cursor.description or ()]
            found = cursor.fetchall()
        return {name: [row[i] for row in found] for i, name in enumerate(names)}


class SparkEngine:
    dialect = "spark"

    def __init__(self, folder: Path) -> None:
        from pyspark.sql import SparkSession

        self.folder = folder
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        for key, value in {
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.memory": "2g",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def load(self, name: str, table: pa.Table) -> None:
        path = self.folder / f"{name}.parquet"
        pq.write_table(table, path)
        self.session.catalog.dropTempView(name)
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)

    def make(self, script: SqlScript) -> None:
        for statement in script.statements:
            self.session.sql(statement.rstrip().rstrip(";"))

    def rows(self, view: str) -> Rows:
        frame = self.session.sql(f"select * from `{view}`")
        found = [tuple(row) for row in frame.collect()]
        return {name: [row[i] for row in found] for i, name in enumerate(frame.columns)}


class ClickHouseEngine:
    dialect = "clickhouse"

    def __init__(self, folder: Path) -> None:
        from chdb import session

        self.folder = folder
        self.session = session.Session(str(folder / "clickhouse"))

    def load(self, name: str, table: pa.Table) -> None:
        path = self.folder / f"{name}.parquet"
        pq.write_table(table, path)
        self.session.query(f'DROP TABLE IF EXISTS "{name}"')
        self.session.query(
            f"CREATE TABLE \"{name}\" ENGINE = Memory AS SELECT * FROM file('{path}', Parquet) "
            "SETTINGS schema_inference_make_columns_nullable = 1"
        )

    def make(self, script: SqlScript) -> None:
        for statement in script.statements:
            self.session.query(statement.rstrip().rstrip(";"))

    def rows(self, view: str) -> Rows:
        path = self.folder / "rows.parquet"
        path.unlink(missing_ok=True)
        self.session.query(
            f"SELECT * FROM \"{view}\" INTO OUTFILE '{path}' FORMAT Parquet SETTINGS "
            "output_format_parquet_string_as_string = 1"
        )
        found: Rows = pq.read_table(path).to_pydict()
        return found


def _make(connection: Any, script: SqlScript) -> None:
    """Make the views of a script. Planning them is what takes longest, so that each is worked out once: the view of all
    verdicts, which is built on them, finds their rows in tables of their names."""
    names = {view.text: view.name for view in script.views}
    for name in names.values():
        connection.execute(f'drop table if exists "{name}" cascade')
    for statement in script.statements:
        connection.execute(statement)
        if name := names.get(statement):
            connection.execute(f'create table "rows" as select * from "{name}"')
            connection.execute(f'drop view "{name}"')
            connection.execute(f'alter table "rows" rename to "{name}"')


def column_types(asked: Mapping[str, str]) -> dict[str, pa.DataType]:
    """The Arrow types of the columns that a script asks for."""
    types = {"number": pa.float64(), "truth": pa.bool_(), "text": pa.string(), "date": pa.date32()}
    return {name: types[kind] for name, kind in asked.items()}
