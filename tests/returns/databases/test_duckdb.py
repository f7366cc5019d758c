"""DuckDB files: each table a sheet, its values as a person would write them; nothing else is looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from communitycheck.check import check
from communitycheck.errors import ReturnError
from communitycheck.returns.files.find import look_for_files
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.files.over_limit import limits
from returns.databases.table_writers import as_duckdb, as_json, judged, sample

COMMUNITIES = "CREATE TABLE communities AS SELECT '甲社区' AS 社区名称, 412.5 AS 综合服务设施面积"


def duckdb_file(file: Path, *statements: str) -> Path:
    connection = duckdb.connect(str(file))
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return file


def opened(tmp_path: Path, *statements: str, sheets: tuple[str, ...] = ()) -> Opened:
    return open_file(duckdb_file(tmp_path / "a.duckdb", *statements), sheets=sheets)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("412.50::DECIMAL(10, 2)", "412.50"), ("0.0000001::DECIMAL(18, 7)", "0.0000001"), ("3::TINYINT", "3"),
        ("12345678901234567890::HUGEINT", "12345678901234567890"), ("412::DOUBLE", "412"), ("true", "true"),
        ("'2020-12-31'::DATE", "2020-12-31"), ("'2020-12-31 08:30:00'::TIMESTAMP", "2020-12-31 08:30:00"),
        ("'2020-12-31 20:00:00+00'::TIMESTAMPTZ", "2021-01-01 04:00:00"), ("'08:30:00'::TIME", "08:30:00"),
        ("['智能监控', '智能门禁']", "智能监控、智能门禁"), ("[1, 2]", "<list>"), ("{'a': 1}", "<struct>"),
        ("'[1]'::JSON", "<json>"), ("'城市'::ENUM ('城市', '农村')", "城市"), ("NULL::INTEGER", None), ("'  '", None),
    ],
)  # fmt: skip
def test_values_are_written_as_a_person_would(value: str, shown: str | None, tmp_path: Path) -> None:
    (grid,) = opened(tmp_path, f"CREATE TABLE t AS SELECT '甲' AS name, {value} AS v").grids
    assert grid.texts(1) == ["v", shown]


def test_tables_schemas_views_and_keys(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        "CREATE TABLE a (code VARCHAR PRIMARY KEY, v INTEGER)",
        "INSERT INTO a VALUES ('2', 1), ('1', 2)",
        "CREATE SCHEMA own",
        "CREATE TABLE own.b AS SELECT 7 AS x, 8 AS y",
        "CREATE VIEW v AS SELECT * FROM a",
    )
    assert {grid.sheet: grid.row_keys.to_pylist() if grid.row_keys else [] for grid in found.grids} == {
        "a": [None, "code=1", "code=2"], "own.b": [None, "rowid=0"]
    }  # fmt: skip
    assert (found.format, found.left_out) == ("duckdb", [("v", "view")])
    (view,) = open_file(tmp_path / "a.duckdb", sheets=("V",)).grids
    assert view.sheet == "v" and view.row_keys is not None and view.row_keys.to_pylist() == [None, "#1", "#2"]


def test_a_row_is_named_by_its_key(tmp_path: Path) -> None:
    report = as_json(judged(as_duckdb(sample(), tmp_path / "a.duckdb", key="行政区划代码")))
    assert {v["at"]["key"] for v in report["verdicts"] if v["at"]} >= {"行政区划代码=210102001002"}


@pytest.mark.parametrize("name", ['a"b', "a; DROP TABLE x", "select", "1", "a'b", "表 一"])
def test_no_name_is_an_order(name: str, tmp_path: Path) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    found = opened(
        tmp_path, "CREATE TABLE x (a INTEGER)", f"CREATE TABLE {quoted} ({quoted} INTEGER, b INTEGER)", sheets=(name,)
    )
    assert [(grid.sheet, grid.row(0)[0]) for grid in found.grids] == [(name, name)]


@pytest.mark.parametrize("name", ["a.duckdb", "a.db"])
def test_in_a_folder_the_content_tells(name: str, tmp_path: Path) -> None:
    duckdb_file(tmp_path / name, COMMUNITIES)
    assert [Path(one.path).name for one in look_for_files([tmp_path])[0]] == [name]


# --- what is broken, in use or means harm


def code_of(file: Path, *asked: str, **most: int | str) -> str:
    with pytest.raises(ReturnError) as caught, limits(**most):
        open_file(file, sheets=asked)
    return caught.value.code


@pytest.mark.parametrize("cut", [13, 5000, 20_000])
def test_a_file_that_is_cut_short(cut: int, tmp_path: Path) -> None:
    data = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES).read_bytes()
    (tmp_path / "b.duckdb").write_bytes(data[:cut])
    assert code_of(tmp_path / "b.duckdb") in ("truncated", "table-unreadable")


def test_a_file_with_bytes_of_something_else(tmp_path: Path) -> None:
    data = bytearray(duckdb_file(tmp_path / "a.duckdb", COMMUNITIES).read_bytes())
    for at in range(12_288, len(data), 977):
        data[at] ^= 0xA5
    (tmp_path / "b.duckdb").write_bytes(data)
    assert code_of(tmp_path / "b.duckdb") in ("truncated", "table-unreadable", "database-too-large")


def test_one_of_another_version(tmp_path: Path) -> None:
    data = bytearray(duckdb_file(tmp_path / "a.duckdb", COMMUNITIES).read_bytes())
    data[12:20] = (9999).to_bytes(8, "little")
    (tmp_path / "b.duckdb").write_bytes(data)
    assert code_of(tmp_path / "b.duckdb") in ("database-of-another-version", "truncated")


def test_changes_that_have_not_come_to_the_file_are_not_missed(tmp_path: Path) -> None:
    file = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES)
    (tmp_path / "a.duckdb.wal").write_bytes(b"\x62\x00")
    assert code_of(file) == "database-unfinished"


def test_one_that_another_program_has_open(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    code = f"import duckdb; c = duckdb.connect({str(file)!r}); c.execute({COMMUNITIES!r}); c.execute('CHECKPOINT'); "
    code += "print('open', flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    try:
        assert code_of(file) in ("database-in-use", "database-unfinished")
    finally:
        other.communicate(b"\n")


def test_a_view_of_a_file_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    view = f"CREATE VIEW v AS SELECT * FROM read_csv('{tmp_path}/secret.csv')"
    file = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES, view)
    assert code_of(file, "v") == "table-unreadable"
    assert [grid.sheet for grid in open_file(file).grids] == ["communities"]


def test_a_view_that_never_ends_is_given_up(tmp_path: Path) -> None:
    endless = "CREATE VIEW v AS SELECT sum(a.range * b.range) FROM range(9999999) a, range(9999999) b"
    file = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES, endless)
    assert code_of(file, "v", seconds=2) == "database-took-too-long"


def test_a_view_that_asks_for_too_much(tmp_path: Path) -> None:
    long = "CREATE VIEW v AS SELECT range AS a, range AS b FROM range(20000)"
    file = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES, long)
    assert code_of(file, "v", rows=10_000) == "too-many-rows"


def test_the_package_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads finds what this one does."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "duckdb.py").write_text("raise ImportError")
    file = duckdb_file(tmp_path / "a.duckdb", COMMUNITIES)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib"), *sys.path])
    (error,) = check(str(file), region="510400").unread
    assert (error.code, error.values["extra"]) == ("driver-missing", "duckdb")
