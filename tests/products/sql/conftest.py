"""The engines that run the SQL of rules: one of each for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from postgres_server import postgres_programs, postgres_server
from sql_engines import ClickHouseEngine, DuckEngine, PostgresEngine, SparkEngine


@pytest.fixture(scope="session")
def duck() -> DuckEngine:
    return DuckEngine()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresEngine]:
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server() as folder:
        engine = PostgresEngine(folder)
        yield engine
        engine.connection.close()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> SparkEngine:
    pytest.importorskip("pyspark")
    return SparkEngine(tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="session")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> ClickHouseEngine:
    pytest.importorskip("chdb")
    return ClickHouseEngine(tmp_path_factory.mktemp("clickhouse"))
