"""The SQL of a standard against ``check``: ``python bench/engines.py RETURN.csv [-s STANDARD] [-e ENGINE]``.

The return is read by this tool, its records go as tidy columns (Parquet, with two columns where a figure is known
between bounds) to the engine, and outcome and shortfall of every record are held against each other: it exits with 1 on
any difference. ``-e duckdb`` and ``-e postgres`` need the extra ``dev``, ``spark`` and ``clickhouse`` the extra
``engines``; a PostgreSQL server is found by its own variables (PGHOST, PGUSER).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from communitycheck import check
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.table import Table
from communitycheck.products.sql.front import sql_script
from communitycheck.products.sql.script import SqlScript

AS_OF = date(2023, 12, 31)
Engine = Callable[[SqlScript, Path, list[str]], tuple[pa.Table, float]]


def tidy(table: Table, asked: dict[str, str]) -> pa.Table:
    """The columns of a table as the SQL asks for them."""
    columns: dict[str, Any] = {}
    for name, kind in asked.items():
        key = name.removesuffix("__low").removesuffix("__high")
        column = table.columns.get(key)
        if column is None:
            columns[name] = pa.nulls(len(table), pa.string() if kind == "text" else pa.float64())
        elif column.text is not None:
            columns[name] = column.text.cast(pa.string())
        elif kind == "truth":
            columns[name] = pa.array(column.lo == 1, pa.bool_(), mask=np.isnan(column.lo))
        else:
            exact = column.lo == column.hi
            end = column.hi if name.endswith("__high") else column.lo
            columns[name] = pa.array(end, mask=np.isnan(end) | (exact if name != key else ~exact))
    columns[table.about.name_field] = pa.array(map(str, range(len(table))))  # by which the rows are found again
    return pa.table(columns)


def in_duckdb(script: SqlScript, file: Path, columns: list[str]) -> tuple[pa.Table, float]:
    import duckdb

    connection = duckdb.connect()
    entity = script.views[0].entity
    connection.execute(f"create view \"{script.tables.table(entity)}\" as select * from '{file}'")
    for statement in script.statements:
        connection.execute(statement)
    start = time.perf_counter()
    wanted = ", ".join(f'"{name}"' for name in columns)
    found = connection.sql(f'select {wanted} from "{script.views[0].name}"').to_arrow_table()
    return found, time.perf_counter() - start


def in_spark(script: SqlScript, file: Path, columns: list[str]) -> tuple[pa.Table, float]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.driver.memory", "3g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.read.parquet(str(file)).createOrReplaceTempView(script.tables.table(script.views[0].entity))
    for statement in script.statements:
        session.sql(statement.rstrip().rstrip(";"))
    start, out = time.perf_counter(), file.with_name("spark")
    wanted = ", ".join(f"`{name}`" for name in columns)
    session.sql(f"select {wanted} from `{script.views[0].name}`").toDF(*map(_plain, columns)).write.parquet(str(out))
    seconds = time.perf_counter() - start
    return pq.read_table(out).rename_columns(columns), seconds


def in_clickhouse(script: SqlScript, file: Path, columns: list[str]) -> tuple[pa.Table, float]:
    from chdb import session

    engine, out = session.Session(str(file.with_name("clickhouse"))), file.with_name("found.parquet")
    name = script.tables.table(script.views[0].entity)
    engine.query(f"CREATE VIEW \"{name}\" AS SELECT * FROM file('{file}', Parquet)")
    for statement in script.statements:
        engine.query(statement.rstrip().rstrip(";"))
    start = time.perf_counter()
    wanted = ", ".join(f'"{name}"' for name in columns)
    engine.query(
        f"SELECT {wanted} FROM \"{script.views[0].name}\" INTO OUTFILE '{out}' FORMAT Parquet "
        "SETTINGS output_format_parquet_string_as_string = 1"
    )
    return pq.read_table(out), time.perf_counter() - start


def in_postgres(script: SqlScript, file: Path, columns: list[str]) -> tuple[pa.Table, float]:
    import psycopg

    kinds = {"double": "double precision", "bool": "boolean", "string": "text", "date32[day]": "date"}
    table, name = pq.read_table(file), script.tables.table(script.views[0].entity)
    declared = ", ".join(f'"{one.name}" {kinds[str(one.type)]}' for one in table.schema)
    with psycopg.connect(autocommit=True) as connection:  # by the environment: PGHOST, PGUSER...
        cursor = connection.cursor()
        cursor.execute(f'create temporary table "{name}" ({declared})')
        with cursor.copy(f'copy "{name}" from stdin') as copy:
            for batch in table.to_batches(10_000):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copy.write_row(row)
        cursor.execute(f'analyze "{name}"')
        for statement in script.statements:
            cursor.execute(statement.replace("CREATE VIEW", "CREATE TEMPORARY VIEW"))
        start = time.perf_counter()
        wanted = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(f'create temporary table found as select {wanted} from "{script.views[0].name}"')
        seconds = time.perf_counter() - start
        cursor.execute("select * from found")
        rows = zip(*cursor.fetchall(), strict=True)
    return pa.table([pa.array(values) for values in rows], names=columns), seconds


def _plain(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name)


ENGINES: dict[str, Engine] = {
    "duckdb": in_duckdb,
    "postgres": in_postgres,
    "spark": in_spark,
    "clickhouse": in_clickhouse,
}


def differences(result: RuleResult, outcome: list[str], shortfall: np.ndarray) -> tuple[int, int]:
    """How many outcomes and shortfalls are other than ours."""
    words = np.array([one.word for one in Outcome])
    others = int((words[result.outcome] != np.array(outcome)).sum())
    short = shortfall[result.missed]
    return others, int((~np.isclose(short, result.shortfall, rtol=1e-9, atol=1e-9, equal_nan=True)).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="a return whose records are of one kind")
    parser.add_argument("-s", "--standard", default=str(Path(__file__).with_name("eight_rules.yaml")))
    parser.add_argument("-e", "--engine", choices=[*ENGINES], default="duckdb")
    options = parser.parse_args()
    start = time.perf_counter()
    report = check(options.path, options.standard, as_of=AS_OF)
    print(f"{'communitycheck':<15}{time.perf_counter() - start:8.2f} s, the return read and judged")
    results = {result.rule.id: result for result in report.results if result.checked and not result.rule.by}
    table = next(iter(results.values())).subjects.table  # type: ignore[attr-defined]
    bounded = [key for key, one in table.columns.items() if one.lo is not None and (one.lo < one.hi).any()]
    script = sql_script(options.standard, options.engine, as_of=AS_OF, columns=[*table.columns], bounded=bounded)
    view = script.views[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.parquet"
        pq.write_table(tidy(table, script.asked[view.entity]), file)
        rules = [rule for rule in view.rules if rule in results]
        columns = [view.rules[rule][part] for rule in rules for part in ("outcome", "shortfall")]
        found, seconds = ENGINES[options.engine](script, file, [view.subject[-1], *columns])
    found = found.take(np.argsort(found.column(0).to_numpy(zero_copy_only=False).astype(np.int64)))
    outcomes = shortfalls = fails = total = 0
    for rule in rules:
        result, parts = results[rule], view.rules[rule]
        short = found.column(parts["shortfall"]).to_numpy(zero_copy_only=False).astype(float)
        others, shorts = differences(result, found.column(parts["outcome"]).to_pylist(), short)
        outcomes, shortfalls = outcomes + others, shortfalls + shorts
        fails, total = fails + len(result.missed), total + len(result)
    print(
        f"{options.engine:<15}{seconds:8.2f} s  {total:,} verdicts, {outcomes:,} of them other than ours; "
        f"{fails:,} shortfalls, {shortfalls:,} of them other than ours"
    )
    sys.exit(1 if outcomes or shortfalls else 0)


if __name__ == "__main__":
    main()
