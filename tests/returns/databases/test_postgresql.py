"""Tables of a PostgreSQL server: read in a transaction that can only read, and no word of what was to log in with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

import communitycheck
from communitycheck.api import render
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.errors import ReturnError
from communitycheck.messages import LANGS
from communitycheck.returns.files.find import find_files, look_for_files
from communitycheck.returns.files.open import Opened, open_any
from communitycheck.returns.files.over_limit import limits
from postgres_server import postgres_programs, postgres_server
from returns.databases.table_writers import DAY, NAME, as_csv, as_json, judged, sample, verdicts

PASSWORD = "s3cr/et@é?x"
WANTED = postgres_programs() is not None


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    if not WANTED:
        pytest.skip("no PostgreSQL server is installed")
    with postgres_server(access="local all reader scram-sha-256\n") as place:
        yield place


@pytest.fixture
def server(folder: Path) -> Iterator[Any]:
    """A connection to an empty database, with what its URL goes on with."""
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS own CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        yield connection


def url(folder: Path, *tables: str, login: str = "postgres@") -> str:
    asked = "".join(f"&table={quote(table, safe='')}" for table in tables)
    return f"postgresql://{login}/postgres?host={quote(str(folder), safe='')}{asked}"


def opened(given: str) -> Opened:
    (found,) = open_any(given)
    if isinstance(found, ReturnError):
        raise found
    return found


def refusal(given: str) -> ReturnError:
    (found,) = open_any(given)
    assert isinstance(found, ReturnError)
    return found


def fill(server: Any, table: Any, *, key: str = "") -> None:
    kinds = {"int64": "bigint", "double": "double precision"}
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(one.name), sql.SQL(kinds.get(str(one.type), "text")))
        for one in table.schema
    ]
    keys = [sql.SQL("PRIMARY KEY ({})").format(sql.Identifier(key))] if key else []
    server.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(NAME), sql.SQL(", ").join([*columns, *keys])))
    marks = ", ".join(["%s"] * len(columns))
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        server.execute(f"INSERT INTO {NAME} VALUES ({marks})", row)


# --- judged


def test_a_table_is_judged_as_its_csv_is(server: Any, folder: Path, tmp_path: Path) -> None:
    fill(server, sample(), key="行政区划代码")
    expected = verdicts(judged(as_csv(sample(), tmp_path / "a.csv")))
    report = judged(url(folder, NAME))
    assert sorted(verdicts(report), key=repr) == sorted(expected, key=repr) and len(expected) > 20
    (found,) = report.returns
    assert (found.path, found.format) == ("postgresql:///postgres", "postgresql")
    assert found.argument() == f"postgresql:///postgres?table={NAME}"
    at = next(v["at"] for v in as_json(report)["verdicts"] if v["subject"]["code"] == "210102001002")
    assert (at["path"], at["sheet"], at["key"]) == ("postgresql:///postgres", NAME, "行政区划代码=210102001002")


def test_the_same_bytes_whatever_the_number_of_processes(server: Any, folder: Path, tmp_path: Path) -> None:
    fill(server, sample())
    as_csv(sample().slice(0, 2), tmp_path / "b.csv")
    paths = [url(folder, NAME), str(tmp_path / "b.csv")]
    one, two = ("".join(render(check(paths, as_of=DAY, jobs=jobs), "json", "en")) for jobs in (1, 2))
    assert one == two and '"key": "#1"' in one
    cached = check(paths, as_of=DAY, cache=tmp_path / "cache")
    server.execute(f"DELETE FROM {NAME}")
    assert len(as_json(check(paths, as_of=DAY, cache=tmp_path / "cache"))["verdicts"]) < len(
        as_json(cached)["verdicts"]
    )


def test_from_python_and_from_a_list(server: Any, folder: Path, tmp_path: Path) -> None:
    fill(server, sample())
    assert communitycheck.read_return(url(folder, NAME)).format == "postgresql"
    (tmp_path / "list.txt").write_text(f"{url(folder, NAME)}\n", encoding="utf-8")
    assert find_files([f"@{tmp_path}/list.txt"])[0] == ["postgresql:///postgres"]
    assert len(judged(f"@{tmp_path}/list.txt").returns) == 1


# --- values and tables


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("412.50::numeric(10, 2)", "412.50"),
        ("0.0000001::numeric", "0.0000001"),
        ("1e20::float8", "1" + "0" * 20),
        ("0.1::float8", "0.1"),
        ("3::smallint", "3"),
        ("true", "true"),
        ("'2020-12-31'::date", "2020-12-31"),
        ("'2020-12-31 00:00'::timestamp", "2020-12-31"),
        ("'2020-12-31 20:00+00'::timestamptz", "2021-01-01 04:00:00"),
        ("'2020-12-31 08:30:00.5'::timestamp", "2020-12-31 08:30:00"),
        ("'08:30:00.25'::time", "08:30:00"),
        ("'infinity'::date", "infinity"),
        ("'1234.50'::money", "1234.50"),
        ("'ab'::char(5)", "ab"),
        ("ARRAY['智能监控', '智能门禁']", "智能监控、智能门禁"),
        ("ARRAY['甲、乙']", "<list>"),
        ("ARRAY[1, 2]", "<list>"),
        ("ARRAY[]::text[]", None),
        ("'[1]'::json", "<json>"),
        ("'\\xff'::bytea", "<bytea>"),
        ("point(1, 2)", "<point>"),
        ("E'甲\"乙,\\n丙'", '甲"乙,\n丙'),
        ("'  '", None),
        ("NULL::int", None),
        ("'NaN'::float8", "NaN"),
    ],
)
def test_values_are_written_as_a_person_would(value: str, shown: str | None, server: Any, folder: Path) -> None:
    server.execute(f"CREATE TABLE t AS SELECT 1 AS n, {value} AS v")
    (grid,) = opened(url(folder, "t")).grids
    assert grid.texts(1) == ["v", shown]


def test_a_domain_is_read_by_what_it_stands_on(server: Any, folder: Path) -> None:
    server.execute(
        "CREATE DOMAIN area AS numeric(10, 2) CHECK (value > 0); CREATE TABLE t (a area); INSERT INTO t VALUES (2)"
    )
    (grid,) = opened(url(folder, "t")).grids
    assert grid.texts(0) == ["a", "2.00"]


def test_rows_are_named_by_their_key_or_counted_in_the_order_of_their_values(server: Any, folder: Path) -> None:
    server.execute("CREATE TABLE a (v int, code text, year int, PRIMARY KEY (code, year))")
    server.execute("INSERT INTO a VALUES (1, 'b', 1), (2, 'a', 2), (3, 'a', 1)")
    server.execute(
        "CREATE TABLE b (s text, n int); INSERT INTO b VALUES ('乙', 2), ('b', 1), ('B', 3), (NULL, 1), ('b', 0)"
    )
    server.execute("CREATE VIEW v AS SELECT * FROM b WHERE n > 1; CREATE TABLE nothing (x int, y int)")
    grids = {grid.sheet: grid for grid in opened(url(folder, "a", "b", "v", "nothing")).grids}
    keys = {name: grid.row_keys.to_pylist() for name, grid in grids.items() if grid.row_keys is not None}
    assert keys["a"] == [None, "code=a, year=1", "code=a, year=2", "code=b, year=1"]
    assert keys["b"] == [None, "#1", "#2", "#3", "#4", "#5"] and keys["nothing"] == [None]
    assert grids["b"].rows(1, 5) == [["B", "3"], ["b", "0"], ["b", "1"], ["乙", "2"], [None, "1"]]
    assert grids["v"].rows(1, 2) == [["B", "3"], ["乙", "2"]]


def test_a_column_of_nothing_and_very_many_rows(server: Any, folder: Path) -> None:
    server.execute("CREATE TABLE one (a text); INSERT INTO one VALUES (NULL), ('x'), ('')")
    server.execute("CREATE TABLE many AS SELECT g AS n, repeat('字', 200) AS s FROM generate_series(1, 20000) g")
    one, many = sorted(opened(url(folder, "one", "many")).grids, key=lambda grid: grid.n_rows)
    assert one.texts(0) == ["a", None, "x", None]
    assert many.n_rows == 20_001 and many.columns[1].null_count == 0


@pytest.mark.parametrize("name", ['a"b', "a; DROP TABLE x; --", "select", "own.t", "a'b", "表 一", "%s", "{}", "a&b=c"])
def test_no_name_is_an_order(name: str, server: Any, folder: Path) -> None:
    server.execute("CREATE TABLE x (a int)")
    server.execute(sql.SQL("CREATE TABLE {0} ({0} int, b int)").format(sql.Identifier(name)))
    (grid,) = opened(url(folder, name)).grids
    assert (grid.sheet, grid.row(0)) == (name, [name, "b"])
    assert refusal(url(folder, "x; DROP TABLE x")).code == "sheet-not-there"
    assert opened(url(folder, "x")).grids[0].row(0) == ["a"]


def test_schemas_and_what_is_not_there(server: Any, folder: Path) -> None:
    server.execute("CREATE SCHEMA own; CREATE TABLE own.t (a int); CREATE TABLE t (b int)")
    assert [grid.row(0) for grid in opened(url(folder, "own.t", "public.t")).grids] == [["a"], ["b"]]
    error = refusal(url(folder))
    assert error.code == "table-not-chosen" and "own.t, t" in str(error)
    assert (refusal(url(folder, "tt")).code, refusal(url(folder, "pg_class")).code) == ("sheet-not-there",) * 2


# --- what a server may do, and what is never written


def test_nothing_can_be_written(server: Any, folder: Path) -> None:
    server.execute("CREATE TABLE log (a int); CREATE TABLE t (a int)")
    server.execute(
        "CREATE FUNCTION noted() RETURNS int LANGUAGE sql AS 'INSERT INTO log VALUES (1) RETURNING a';"
        "CREATE VIEW v AS SELECT noted() AS a, 1 AS b"
    )
    assert refusal(url(folder, "v")).code == "table-unreadable"
    assert server.execute("SELECT count(*) FROM log").fetchone() == (0,)


def test_limits_hold(server: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.execute("CREATE VIEW slow AS SELECT pg_sleep(30)::text AS a, 1 AS b")
    server.execute("CREATE VIEW long AS SELECT g AS a, g AS b FROM generate_series(1, 20000) g")
    from communitycheck.returns.files.formats.databases import server as reader

    monkeypatch.setattr(reader, "_PATIENCE", 1)
    monkeypatch.setattr(reader, "_FOR_EACH", 0)
    assert refusal(url(folder, "slow")).code == "database-timeout"
    with limits(rows=10_000):
        assert refusal(url(folder, "long")).code == "too-many-rows"


SECRETS = (PASSWORD, quote(PASSWORD, safe=""), "hunter2")


def unsaid(text: str) -> None:
    assert not [one for one in SECRETS if one in text]


def test_no_report_and_no_message_says_the_password(
    server: Any, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(server, sample(), key="行政区划代码")
    server.execute("DROP ROLE IF EXISTS reader")
    server.execute(sql.SQL("CREATE ROLE reader LOGIN PASSWORD {}").format(sql.Literal(PASSWORD)))
    server.execute(
        f"GRANT USAGE ON SCHEMA public TO reader; GRANT SELECT ON {NAME} TO reader; CREATE TABLE closed (a int)"
    )
    login = f"reader:{quote(PASSWORD, safe='')}@"
    given = url(folder, NAME, login=login)
    outputs = [f"--output={tmp_path / 'out'}.{end}" for end in ("json", "csv", "html", "md", "xlsx", "sarif", "xml")]
    day = f"--as-of={DAY}"
    assert run(["check", given, day, *outputs, "--details", "--fail-on=never", "--allow-incomplete"]) == 0
    assert run(["explain", given, day, "--rule=LN-01", "--subject=210102001001"]) == 0
    assert run(["inspect", given]) == 0
    for made in tmp_path.iterdir():
        unsaid(made.read_bytes().decode("utf-8", "replace"))
    wrong = url(folder, NAME, login="reader:hunter2@")
    monkeypatch.chdir(tmp_path)
    for words in (
        ["check", wrong],
        ["check", url(folder, "closed", login=login)],
        ["check", url(folder, login=login)],
        ["check", f"{given}&nosuch=hunter2"],
        ["check", "postgresql://reader:hunter2/x@h/db?table=a"],
        ["check", "mysql://reader:hunter2@h/db"],
        ["check", given, "--output-dir=."],
        ["check", given, f"--output={given}"],
        ["watch", given],
        ["explain", given],
        ["rules", given],
        ["compare", given, wrong],
        [given, "--nosuch"],
    ):
        for lang in LANGS:
            run([*words, f"--lang={lang}"])
    said = capfd.readouterr()
    unsaid(said.out + said.err)
    assert "reader" not in said.err


def test_the_login_may_come_from_the_environment(server: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.execute("CREATE TABLE t (a int)")
    monkeypatch.setenv("PGUSER", "postgres")
    monkeypatch.setenv("PGHOST", str(folder))
    assert [grid.sheet for grid in opened("postgresql:///postgres?table=t").grids] == ["t"]
    monkeypatch.setenv("PGUSER", "nobody-there")
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    error = refusal("postgresql:///postgres?table=t")
    assert error.code == "database-unreachable"
    unsaid(str(error))


@pytest.mark.parametrize(
    ("given", "code", "shown"),
    [
        ("postgresql://u:hunter2@127.0.0.1:1/db?table=a", "database-unreachable", "postgresql://127.0.0.1:1/db"),
        ("postgres://u:hunter2@127.0.0.1:1/db?table=a", "database-unreachable", "postgresql://127.0.0.1:1/db"),
        ("postgresql://u:hun/ter2@h/db", "database-url", "postgresql://"),
        ("postgresql://u:hun?ter2@h/db", "database-url", "postgresql://"),
        ("mysql://u:hunter2@h/db", "url-not-read", "mysql://"),
        ("https://u:hunter2@h/a.csv", "url-not-read", "https://"),
    ],
)
def test_what_cannot_be_reached_is_shown_without_a_login(given: str, code: str, shown: str) -> None:
    (error,) = check(given, region="510400").unread
    assert (error.code, error.path) == (code, shown)
    unsaid(str(error))


def test_tables_of_one_database_are_one_return() -> None:
    (one,), errors, _ = look_for_files(["postgresql://h/db?table=a", "postgresql://u:p@h/db?table=b&table=a"])
    assert (one.path, one.sheets, errors) == ("postgresql://h/db", ("a", "b"), [])


@pytest.mark.skipif(os.name == "nt", reason="a path of sockets")
def test_the_driver_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError")
    monkeypatch.setattr("sys.path", [str(tmp_path), *__import__("sys").path])
    error = refusal("postgresql://127.0.0.1:1/db?table=a")
    assert (error.code, error.values["extra"]) == ("driver-missing", "postgres")
